"""Headers over several columns: how far each reaches, by the rule under it or by standing in the middle of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import is_datum
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box

NEAR = 3.0


@dataclass(frozen=True, slots=True)
class _Header:
    """Header rows of a lattice with the rules of the page."""

    out: Lattice
    level: Sequence[Edge]
    upright: Sequence[Edge]
    last: int

    def row(self, number: int) -> list[Slot]:
        return sorted((s for s in self.out.slots if s.top <= number <= s.bottom), key=lambda s: s.left)

    def under(self, slot: Slot) -> dict[int, Slot]:
        """The header text in the next row in each column; in the rows after it too where none of it is under the slot."""
        below = {c: s for s in self.row(slot.bottom + 1) for c in range(s.left, s.right + 1) if s.words}
        if slot.left in below:
            return below
        lower = sorted(
            (s for s in self.out.slots if slot.bottom < s.top <= self.last and s.words), key=lambda s: -s.top
        )
        return {c: s for s in lower for c in range(s.left, s.right + 1)}

    def ruled_between(self, upper: Slot, lower: Slot) -> bool:
        """Whether a rule is drawn between the texts of two slots above each other."""
        a, b = _bounds(upper), _bounds(lower)
        low, high = a.bottom - 2, b.top + 2
        x0, x1 = min(a.x0, b.x0), max(a.x1, b.x1)
        return any(low <= e.at <= high and min(e.end, x1) - max(e.start, x0) > 0.5 * (x1 - x0) for e in self.level)

    def walled(self, slot: Slot, border: int) -> bool:
        """Whether a vertical rule stands at a column border beside the text of a slot."""
        box, x = _bounds(slot), self.out.xs[border]
        return any(abs(e.at - x) <= 2 * NEAR and e.start <= box.middle[1] <= e.end for e in self.upright)


def span_headers(out: Lattice, level: Sequence[Edge], upright: Sequence[Edge]) -> None:
    """Header slots widened over the columns that they head, and joined with the lines of the same text under them."""
    rows = _header_rows(out)
    head = _Header(out, level, upright, rows[-1] if rows else 0)
    for row in reversed(rows[:-1]):
        for slot in head.row(row):
            if slot.words and slot.top == slot.bottom == row and slot.left > 0:
                _widen(head, slot)
    if len(rows) > 1:
        _like_above(head, rows[-1])
        _like_all(head, rows[-1])
    for upper, lower in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        _join(head, upper, lower)


def _header_rows(out: Lattice) -> list[int]:
    """Rows above the first that prints figures other than years in its data columns."""
    rows: dict[int, list[Slot]] = {}
    for slot in out.slots:
        if slot.words:
            rows.setdefault(slot.top, []).append(slot)
    head: list[int] = []
    for number in sorted(rows):
        texts = [" ".join(w.text for w in s.words) for s in rows[number] if s.left > 0]
        data = [t for t in texts if is_datum(t)]
        if number >= out.header and data and 2 * len(data) >= len(texts):
            return head
        head.append(number)
    return []


def _bounds(slot: Slot) -> Box:
    return Box.around(w.box for w in slot.words)


def _widen(head: _Header, slot: Slot) -> None:
    """A header grows over blank neighbours where the rule under it does, or where that brings it to the middle."""
    row = {c: s for s in head.row(slot.top) for c in range(s.left, s.right + 1)}
    free = [c for c in row if c > 0 and (row[c] is slot or (not row[c].words and row[c].top == row[c].bottom))]
    left = right = slot.left
    while left - 1 in free and not head.walled(slot, left):
        left -= 1
    while right + 1 in free and not head.walled(slot, right + 1):
        right += 1
    below = head.under(slot)
    spans = [
        (a, b)
        for a in range(left, slot.left + 1)
        for b in range(slot.right, right + 1)
        if b > a and all(c in below for c in range(a, b + 1))
    ]
    best = (
        _ruled_span(head, slot, below, spans)
        or _period_span(slot, below, spans)
        or _middle_span(slot, below, spans)
        or _flush_span(slot, below, spans)
    )
    if best is not None and best != (slot.left, slot.right):
        _cover(head, slot, best)


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
        off = abs(_bounds(lone).middle[0] - _bounds(upper).middle[0])
        if lone.left == lone.right and off < max(w.size for w in lone.words):
            _cover(head, lone, (upper.left, upper.right))


def _like_all(head: _Header, last: int) -> None:
    """A text alone under a whole header, in the middle of the data columns, is the unit of them all."""
    texts = [s for s in head.row(last) if s.words]
    own = [s for s in head.out.slots if s.words and s.bottom < last and s.left == s.right > 0]
    columns = len(head.out.xs) - 1
    if len(texts) != 1 or texts[0].left == 0 or len({s.left for s in own}) < columns - 1:
        return
    over = Box.around(_bounds(s) for s in own)
    if abs(_bounds(texts[0]).middle[0] - over.middle[0]) < 0.05 * over.width:
        _cover(head, texts[0], (1, columns - 1))


def _ruled_span(
    head: _Header, slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Columns over which the rule right under the header runs, where it does not run on over others."""
    box = _bounds(slot)
    bottom = max((_bounds(below[c]).top for a, b in spans for c in range(a, b + 1)), default=box.bottom)
    for edge in head.level:
        if not box.bottom - 2 <= edge.at <= bottom + 2 or edge.start > box.x0 + 2 or edge.end < box.x1 - 2:
            continue
        under = [c for c in below if edge.start - 2 <= _bounds(below[c]).middle[0] <= edge.end + 2]
        if under and (min(under), max(under)) in spans:
            return min(under), max(under)
    return None


def _period_span(slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Columns that a header has for itself, where their headers come again under its neighbour (2021, 2022, 2021, 2022)."""
    texts = {c: " ".join(w.text for w in s.words) for c, s in below.items() if s.left == s.right}
    first = min((c for c in texts if c > 0), default=0)
    center = _bounds(slot).middle[0]
    found = []
    for a, b in spans:
        unit = [texts.get(c) for c in range(a, b + 1)]
        wide = b - a + 1
        again = any([texts.get(c + turn) for c in range(a, b + 1)] == unit for turn in (-wide, wide))
        if again and None not in unit and len(set(unit)) == wide:
            box = Box.around(_bounds(below[c]) for c in range(a, b + 1))
            if (a - first) % wide == 0 or abs(box.middle[0] - center) < 0.2 * box.width:
                found.append((abs(box.middle[0] - center), a, b))
    return min(found)[1:] if found else None


def _middle_span(slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Columns in whose middle the header stands, if it does not stand over the middle of its own."""
    center = _bounds(slot).middle[0]

    def off(span: tuple[int, int]) -> float:
        return abs(Box.around(_bounds(below[c]) for c in range(span[0], span[1] + 1)).middle[0] - center)

    if not spans or (slot.left in below and slot.left == slot.right and off((slot.left, slot.left)) < 6.0):
        return None
    best = min(spans, key=off)
    size = max(w.size for w in slot.words)
    own = slot.right > slot.left and off((slot.left, slot.right)) <= off(best) + 1
    return best if off(best) < size and not own else None


def _flush_span(slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Columns from the one that the header begins with up to the next header, where it reads as the head of them all.

    It does where the headers under it come again under its neighbours (number, share, number, share), or where its text
    runs on over the second of them.
    """
    box, size = _bounds(slot), max(w.size for w in slot.words)
    flush = [(a, b) for a, b in spans if abs(_bounds(below[a]).x0 - box.x0) < 0.35 * size]
    if not flush:
        return None
    start, end = max(flush, key=lambda span: span[1])
    texts = [" ".join(w.text for w in s.words) for s in {id(s): s for s in below.values()}.values()]
    second = next((below[c] for c in range(start, end + 1) if below[c] is not below[start]), None)
    over = second is not None and box.x1 > _bounds(second).x0
    repeated = len(set(texts)) < len(texts) and below[start].left != below[end].left
    return (start, end) if over or repeated else None


def _join(head: _Header, upper: int, lower: int) -> None:
    """Beside a spanner a header may fill both lines: its parts are one cell where no rule comes between."""
    above, under = head.row(upper), head.row(lower)
    if not any(s.right > s.left and s.words for s in above):
        return
    for slot in above:
        match = next((s for s in under if (s.left, s.right) == (slot.left, slot.right) and s is not slot), None)
        if match is None or not slot.words or not match.words or slot.right > slot.left or slot.bottom != upper:
            continue
        size = max(w.size for w in slot.words)
        if _bounds(match).top - _bounds(slot).bottom < 0.7 * size and not head.ruled_between(slot, match):
            slot.words += match.words
            slot.bottom = match.bottom
            head.out.slots.remove(match)
