"""Headers over several columns: how far each reaches, by the rule under it or by standing in the middle of its columns."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from operator import attrgetter

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import YEARS, is_datum, printed, text_lines, without_ranges
from pv_extract.layout.numbering import numbers_columns
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.span_rules import NEAR, ruled_span, to_the_ends, under_rule
from pv_extract.layout.span_signs import bounds, first_line, goes_on, period_span, unit_below
from pv_extract.layout.titles import Leaves, Title, chosen
from pv_extract.model import Box

_LEFT = attrgetter("left")
_LINES = 1.2  # type sizes of white between the lines of one spanner beside two levels


@dataclass(frozen=True, slots=True)
class _Header:
    """Header rows of a lattice with the rules of the page."""

    out: Lattice
    level: Sequence[Edge]
    upright: Sequence[Edge]
    last: int

    def row(self, number: int) -> list[Slot]:
        return sorted([s for s in self.out.slots if s.top <= number <= s.bottom], key=_LEFT)

    def under(self, row: int) -> dict[int, Slot]:
        """The next header text below a row in each column."""
        lower = sorted((s for s in self.out.slots if row < s.top <= self.last and s.words), key=lambda s: -s.top)
        return {c: s for s in lower for c in range(s.left, s.right + 1)}

    def leaves(self, below: Mapping[int, Slot]) -> Leaves:
        """The lowest header over each column."""
        lowest = sorted((s for s in self.out.slots if s.top <= self.last and s.words), key=lambda s: s.bottom)
        single = {s.left: s for s in lowest if s.left == s.right}
        found = {c: single.get(c, s) for c, s in below.items()}
        boxes = {c: bounds(s) for c, s in found.items()}
        return Leaves(boxes, {c: bool(YEARS.match(s.words[-1].text)) for c, s in found.items()}, self.out.xs)

    def ruled_between(self, upper: Slot, lower: Slot) -> bool:
        """Whether a rule is drawn between the texts of two slots above each other."""
        a, b = bounds(upper), bounds(lower)
        low, high = a.bottom - 2, b.top + 2
        x0, x1 = min(a.x0, b.x0), max(a.x1, b.x1)
        return any(low <= e.at <= high and min(e.end, x1) - max(e.start, x0) > 0.5 * (x1 - x0) for e in self.level)

    def walled(self, slot: Slot, border: int) -> bool:
        """Whether a vertical rule stands at a column border beside the text of a slot."""
        box, x = bounds(slot), self.out.xs[border]
        return any(abs(e.at - x) <= 2 * NEAR and e.start <= box.middle[1] <= e.end for e in self.upright)


def span_headers(out: Lattice, level: Sequence[Edge], upright: Sequence[Edge]) -> None:
    """Header slots widened over the columns that they head, and joined with the lines of the same text under them."""
    rows = header_rows(out)
    head = _Header(out, level, upright, rows[-1] if rows else 0)
    for row in reversed(rows[:-1]):
        _one_text(head, row)
        _widen(head, row)
    if len(rows) > 1:
        _like_above(head, rows[-1])
        _like_all(head, rows[-1])
    for upper, lower in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        _join(head, upper, lower)


def _one_text(head: _Header, row: int) -> None:
    """Lines that stand above each other in slots side by side are one text over both columns, and one slot."""
    slots = [s for s in head.row(row) if s.left > 0 and s.top == s.bottom == row and s.words]
    for left, right in pairwise(slots):
        a, b = bounds(left), bounds(right)
        if left.right + 1 == right.left and min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 * min(a.width, b.width):
            right.left, right.words = left.left, [*left.words, *right.words]
            head.out.slots.remove(left)


def header_rows(out: Lattice) -> list[int]:
    """Rows above the first that prints figures other than years in its data columns."""
    rows: dict[int, list[Slot]] = defaultdict(list)
    for slot in out.slots:
        if slot.words:
            rows[slot.top].append(slot)
    head: list[int] = []
    for number in sorted(rows):
        first = rows[number][0]
        if len(head) > 1 and len(rows[number]) == 1 and first.left == 0 and first.right == len(out.xs) - 2 > 0:
            return head  # a heading over the first rows of figures
        texts = _texts(sorted(rows[number], key=_LEFT))
        if (
            number >= out.header
            and (data := [t for t in without_ranges(texts) if is_datum(t)])
            and 2 * len(data) >= len(texts)
            and not numbers_columns(_label(rows[number]), texts)
        ):
            while head and all(s.left == 0 for s in rows[head[-1]]):
                head.pop()  # a heading of the rows below
            return head
        head.append(number)
    return _bold_rows(rows)


def _bold_rows(rows: Mapping[int, Sequence[Slot]]) -> list[int]:
    """Rows of bold texts over those of a table of words; none where a single row is its header."""
    head = list(takewhile(lambda number: all(w.bold for s in rows[number] for w in s.words), sorted(rows)))
    return head if 1 < len(head) < len(rows) and len(rows[head[-1]]) > 2 else []


def _texts(slots: Sequence[Slot]) -> list[str]:
    """What slots beside the labels print."""
    return [printed(s.words) for s in slots if s.left > 0 and s.words]


def _label(slots: Sequence[Slot]) -> str:
    """What they print in the column of the labels."""
    return " ".join(w.text for s in slots if s.left == 0 for w in s.words)


def _widen(head: _Header, row: int) -> None:
    """The headers of a row grow over blank neighbours: over the rule under them, or to the middle of their columns."""
    slots = [s for s in head.row(row) if s.left > 0 and s.bottom == row and (s.words or s.top == row)]
    own = {c: s for s in slots for c in range(s.left, s.right + 1)}
    for run in _stretches(head, own):
        held = [s for s in slots if s.words and s.left in run]
        if held and (len(held) < len(run)):
            _spread(head, held, run)


def _stretches(head: _Header, own: Mapping[int, Slot]) -> list[list[int]]:
    """Columns beside each other that no wall parts."""
    out: list[list[int]] = []
    for c in sorted(own):
        beside = out and out[-1][-1] == c - 1
        within = beside and own[c - 1] is own[c]
        texts = [s for s in (own[c], own.get(c - 1)) if s is not None and s.words]
        if beside and (within or not any(head.walled(s, c) for s in texts)):
            out[-1].append(c)
        else:
            out.append([c])
    return out


def _spread(head: _Header, held: list[Slot], run: list[int]) -> None:
    """The headers of a stretch take their columns; the others stay blank."""
    below = head.under(held[0].bottom)
    leaves = head.leaves(below)
    columns = [c for c in run if c in below]
    titles = [_title(head, slot, held, {c: below[c] for c in columns}) for slot in held]
    spans = _flush_spans(held, below, columns) or chosen(titles, leaves, columns)
    row, ids = held[0].bottom, {id(s) for s in held}
    for slot, span in zip(held, spans, strict=True):
        slot.left, slot.right = span
    covered = {c for a, b in spans for c in range(a, b + 1)}
    kept = [s for s in head.out.slots if not (s.top == s.bottom == row and s.left in run and id(s) not in ids)]
    head.out.slots = [*kept, *(Slot(row, row, c, c, []) for c in run if c not in covered)]


def _flush_spans(
    held: Sequence[Slot], below: Mapping[int, Slot], columns: Sequence[int]
) -> tuple[tuple[int, int], ...]:
    """Columns of headers that all begin with the first of theirs: each up to the next; none where one stands otherwise.

    The last has no more columns than the others: a column may follow that it is not over.
    """
    first = [s.left for s in held]
    if len(held) < 2 or first[0] != columns[0] or any(c not in below for c in first):
        return ()
    if any(abs(bounds(s).x0 - bounds(below[s.left]).x0) > 1.0 for s in held):
        return ()
    spans = [(a, b - 1) for a, b in pairwise(first)]
    widest = max(b - a for a, b in spans)
    last = (first[-1], min(columns[-1], first[-1] + widest))
    found = (*spans, last)
    return found if widest and all(_whole(dict(below), a, b) for a, b in found) else ()


def _title(head: _Header, slot: Slot, held: Sequence[Slot], below: dict[int, Slot]) -> Title:
    """The header with the columns that it may have; `below` are the headers under those of the stretch."""
    box, xs = bounds(slot), head.out.xs
    columns = sorted(below)
    spans = [
        (a, b)
        for k, a in enumerate(columns)
        for wide, b in enumerate(columns[k:])
        if b - a == wide and _over(box, xs[a], xs[b + 1]) and _whole(below, a, b)
    ]
    if slot.left == slot.right and (unit_below(slot, below) or goes_on(slot, below)):
        spans = [(a, b) for a, b in spans if a == b]
    spans = under_rule(head.level, slot, below, spans) or spans
    spans = to_the_ends(head.level, xs[1], slot, held, below, spans) or spans
    others = [bounds(s).middle[0] for s in held if s is not slot]
    wide = [(a, b) for a, b in spans if b > a and not any(xs[a] < x < xs[b + 1] for x in others)]
    ruled = ruled_span(head.level, slot, below, wide)
    certain = ruled or period_span(slot, below, wide) or first_line(slot, below, wide)
    size = max(w.size for w in slot.words)
    return Title(box, size, (slot.left, slot.right), tuple(spans), certain, ruled=ruled is not None)


def _over(box: Box, x0: float, x1: float) -> bool:
    """Whether most of a text stands between two borders."""
    return min(box.x1, x1) - max(box.x0, x0) > 0.7 * box.width


def _whole(below: dict[int, Slot], first: int, last: int) -> bool:
    """Whether columns from the first to the last take in all of each header below."""
    return below.get(first - 1) is not below[first] and below.get(last + 1) is not below[last]


def _cover(head: _Header, slot: Slot, span: tuple[int, int]) -> None:
    """The slot takes the place of the blanks in its row."""
    head.out.slots = [
        s for s in head.out.slots if s is slot or not (s.top == slot.top and span[0] <= s.left <= span[1])
    ]
    slot.left, slot.right = span


def _like_above(head: _Header, last: int) -> None:
    """Units alone under the headers of several columns, in the middle of a spanner's columns, hold for them all."""
    row = {c: s for s in head.row(last) for c in range(s.left, s.right + 1)}
    over = [s for s in head.out.slots if s.bottom < last and s.right > s.left > 0 and s.words]
    for upper in over:
        inside = [row.get(c) for c in range(upper.left, upper.right + 1)]
        texts = [s for s in inside if s is not None and s.words]
        if len(texts) != 1 or any(s is None or s.top != last or s.bottom != last for s in inside):
            continue
        lone = texts[0]
        off = abs(bounds(lone).middle[0] - bounds(upper).middle[0])
        if lone.left == lone.right and off < max(w.size for w in lone.words):
            _cover(head, lone, (upper.left, upper.right))


def _like_all(head: _Header, last: int) -> None:
    """A text alone under a whole header, in the middle of the data columns, is the unit of them all."""
    texts = [s for s in head.row(last) if s.words]
    own = [s for s in head.out.slots if s.words and s.bottom < last and s.left == s.right > 0]
    columns = len(head.out.xs) - 1
    if len(texts) != 1 or texts[0].left == 0 or len({s.left for s in own}) < columns - 1:
        return
    over = Box.around(bounds(s) for s in own)
    if abs(bounds(texts[0]).middle[0] - over.middle[0]) < 0.05 * over.width:
        _cover(head, texts[0], (1, columns - 1))


def _join(head: _Header, upper: int, lower: int) -> None:
    """Beside a spanner a header may fill both lines: its parts are one cell where no rule comes between.

    A year beside years over several columns is one of them, be it over a single one.
    """
    above, under = head.row(upper), head.row(lower)
    spanners = [s for s in above if s.right > s.left and s.words]
    if not (spanners or _ragged(head, above, under)) or numbers_columns(_label(under), _texts(under)):
        return
    years = all(map(_year, spanners))
    for slot in above:
        match = next((s for s in under if (s.left, s.right) == (slot.left, slot.right) and s is not slot), None)
        if match is None or not slot.words or not match.words or slot.bottom != upper:
            continue
        if slot.right > slot.left and not _second_line(slot, match):
            continue
        if years and _year(slot):
            continue
        size = max(w.size for w in slot.words)
        room = _LINES * size if slot.right > slot.left else min(0.7 * size, 0.25 * size + _leading(match))
        near = bounds(match).top - bounds(slot).bottom < room
        if near and not head.ruled_between(slot, match):
            slot.words += match.words
            slot.bottom = match.bottom
            head.out.slots.remove(match)


def _second_line(upper: Slot, lower: Slot) -> bool:
    """Whether a text below a spanner over the same columns goes on in lower case around the same middle (`of estimate`)."""
    off = abs(bounds(upper).middle[0] - bounds(lower).middle[0])
    return lower.words[0].text[:1].islower() and off < 0.2 * upper.words[0].size


def _ragged(head: _Header, above: Sequence[Slot], under: Sequence[Slot]) -> bool:
    """Whether texts of one column each end in the next row, beside others that have that row alone, all under a spanner."""
    lower = {(s.left, s.right): s for s in under if s.words and s.left == s.right}
    held = [s for s in above if s.words and s.left > 0 and s.top == s.bottom]
    alone = [s for s in above if not s.words and (s.left, s.right) in lower]
    over = [s for s in head.out.slots if s.words and s.left < s.right and above and s.bottom < above[0].top]
    return bool(held and alone and over) and all(
        (below := lower.get((s.left, s.right))) is not None
        and abs(bounds(s).middle[0] - bounds(below).middle[0]) < 0.5 * below.words[0].size
        for s in held
    )


def _year(slot: Slot) -> bool:
    return YEARS.match(printed(slot.words)) is not None


def _leading(slot: Slot) -> float:
    """White between the lines of a text; that of a single line tells nothing."""
    lines = text_lines(slot.words)
    return min((b.box.top - a.box.bottom for a, b in pairwise(lines)), default=9.0)
