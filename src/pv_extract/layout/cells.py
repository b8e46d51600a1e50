"""The cells of a frame: its lattice refined by the text inside, where columns and rows go on without rules."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter

from pv_extract.layout.bands import split_rows
from pv_extract.layout.breaks import span_breaks
from pv_extract.layout.columns import Column, columns, separators, supported
from pv_extract.layout.edges import Edge
from pv_extract.layout.entries import entries
from pv_extract.layout.flush import Setting, settings
from pv_extract.layout.group_labels import join_labels
from pv_extract.layout.headings import headings_over
from pv_extract.layout.lines import LEADERS, TextLine, has_digits, text_lines
from pv_extract.layout.merged import bounded, heads_part, merged
from pv_extract.layout.parted import part_rows
from pv_extract.layout.ruled import Frame, areas
from pv_extract.layout.shared_units import SharedUnit, place_units, shared_units
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.spanners import span_headers
from pv_extract.layout.spans import span_rows
from pv_extract.layout.tall import Tall, place, tall_headers, top_lines
from pv_extract.layout.turned import turned_text
from pv_extract.model import Box, GridCell, Word
from pv_extract.text import join_lines, without_leaders

_PLACE, _COLUMN, _REACH = attrgetter("top", "left"), attrgetter("left"), attrgetter("left", "right")
_DOTS = ".…·"
_ROOM = 0.75  # of a cell: more than its text fills beside its margins


def lattice(
    frame: Frame,
    words: Sequence[Word],
    level: Sequence[Edge] = (),
    upright: Sequence[Edge] = (),
    *,
    search: bool = True,
    walled: bool = True,
    lines: Sequence[TextLine] = (),
) -> Lattice:
    """The frame's merged cells with their words, refined until rows and columns of text are rows and columns of slots.

    `level` and `upright` are the rules of the page: they tell how far the headers over several columns reach. Columns are not
    searched for where the frame already has those of its text; a frame is not `walled` where rows stand outside its rules.
    `lines` are lines of the words that are known already.
    """
    found = areas(frame)
    slots = [Slot(a.top, a.bottom, a.left, a.right, []) for a in found]
    out = Lattice(list(frame.xs), list(frame.ys), slots)
    out.meet(lines)
    closed = [s for s, a in zip(slots, found, strict=True) if a.left < a.right and bounded(frame, a)] if search else []
    _cut_open(out, frame, words)
    top = [] if search else top_lines(out, words)
    if units := shared_units(out, words, top, upright):
        words = _apart(words, units)
        top = top_lines(out, words)
    if tall := tall_headers(out, top, level):
        words = _apart(words, tall)
        out.headed = frozenset(t.column for t in tall)
    _fill(out, words)
    if search:
        part_rows(out)
        _overflowing(out)
    marks = _rivers(out) if search else list(out.xs[1:-1])
    out.merged = merged(closed, out.slots, out.xs, marks)
    drawn = {id(w): id(s.words) for s in out.slots if s.right > s.left for w in s.words} if search else {}
    split_rows(out, marks, level)
    for column in reversed(range(len(out.xs) - 1)):
        if inside := [m for m in marks if out.xs[column] < m < out.xs[column + 1]]:
            _add_columns(out, column, inside)
    _split_slots(out, level, drawn, walled=search)
    place(out, tall)
    if not (search and walled):
        headings_over(out)
    if not search:
        span_rows(out, level)
        join_labels(out)
        span_breaks(out)
    span_headers(out, level, upright)
    place_units(out, units)
    return out


def _apart(words: Sequence[Word], found: Sequence[Tall | SharedUnit]) -> Sequence[Word]:
    """The words without those of headers that are placed apart."""
    held = {id(w) for header in found for w in header.words}
    return [w for w in words if id(w) not in held] if held else words


def _cut_open(out: Lattice, frame: Frame, words: Sequence[Word]) -> None:
    """Cells cut where no level rule stands at all, but upright ones begin or end clear of the text: other columns begin there."""
    walled = {k for k, _ in frame.across}
    for k in range(1, frame.rows):
        if k in walled:
            continue
        tall = [s for s in out.slots if s.top < k <= s.bottom]
        if not tall or any(w.box.top + 1 < frame.ys[k] < w.box.bottom - 1 for w in words):
            continue
        for slot in tall:
            out.slots.append(Slot(k, slot.bottom, slot.left, slot.right, []))
            slot.bottom = k - 1


def _fill(out: Lattice, words: Sequence[Word]) -> None:
    if len(out.slots) == 1:
        out.slots[0].words += words
        return
    at = {(r, c): s for s in out.slots for r in range(s.top, s.bottom + 1) for c in range(s.left, s.right + 1)}
    ys, xs = out.ys, out.xs
    bottom, right = len(ys) - 1, len(xs) - 1
    for word in words:
        x0, high, x1, low = word.box
        row = bisect_right(ys, (high + low) / 2, 1, bottom) - 1
        spot = at.get((row, bisect_right(xs, (x0 + x1) / 2, 1, right) - 1))
        if spot is not None:
            spot.words.append(word)


def _overflowing(out: Lattice) -> None:
    """Text that runs on over the wall of its cell into a blank neighbour, as spreadsheets print it, stays with its beginning."""
    at = {(s.top, s.left): s for s in out.slots if s.words and s.top == s.bottom}
    for slot in sorted(at.values(), key=_COLUMN, reverse=True):
        beside = at.get((slot.top, slot.right + 1))
        if beside is not None and beside.words and _runs_on(slot.words, beside.words, out.xs[slot.right + 1]):
            slot.words += beside.words
            beside.words = []


def _runs_on(left: Sequence[Word], right: Sequence[Word], wall: float) -> bool:
    """Whether words at both sides of a wall are one line of text, with no more than a word space at the wall."""
    here = left[0] if len(left) == 1 else max(left, key=lambda w: w.box.x1)
    after = right[0] if len(right) == 1 else min(right, key=lambda w: w.box.x0)
    if here.box.x1 < wall - 0.3 and after.box.x0 > wall + 0.3:
        return False
    gap = after.box.x0 - here.box.x1
    figures = has_digits(here.text) or has_digits(after.text)
    return not figures and gap < 0.4 * after.size and len(text_lines([*left, *right])) == 1


# -- columns ----------------------------------------------------------------------------------------------------------


def _rivers(out: Lattice) -> list[float]:
    """All column borders inside the frame: its walls, and the rivers of white where cells of equal extent hold columns."""
    marks = list(out.xs[1:-1])
    extents: dict[tuple[int, int], list[Slot]] = {}
    for slot in out.slots:
        if slot.words:
            extents.setdefault((slot.left, slot.right), []).append(slot)
    known: list[Column] = []
    for (left, right), held in sorted(extents.items(), key=lambda extent: -sum(len(s.words) for s in extent[1])):
        if sum([len(s.words) for s in held if len(s.words) > 1]) < 4:
            continue  # no two lines of two texts
        printed = [found for slot in held if len(slot.words) > 1 for found in text_lines(slot.words)]
        if sum([len(found.words) > 1 and len(found.chunks) > 1 for found in printed]) < 2:
            continue
        inside = [found for slot in held for found in text_lines(slot.words)]
        inside.sort(key=lambda found: found.box.top)
        found = columns(inside)
        if not supported(found, inside):
            continue
        walls = out.xs[left + 1 : right + 1]
        settled = [c for c in known if found[0].x0 < c.x1 and c.x0 < found[-1].x1]
        among = sum([settled[0].x0 < c.x1 and c.x0 < settled[-1].x1 for c in found]) if settled else 0
        told = settled if among <= len(settled) else []
        for (a, b), middle in zip(pairwise(found), separators(found), strict=True):
            near = min(a.x1, b.x0) - 4.0, max(a.x1, b.x0) + 4.0
            if told and told[0].x0 < middle < told[-1].x1:
                continue  # fewer texts show no more columns than many
            if not any(near[0] <= wall <= near[1] for wall in walls) and not any(abs(m - middle) < 4.0 for m in marks):
                marks.append(middle)
        known = sorted([*known, *found], key=lambda c: c.x0) if not settled else known
    return sorted(marks)


def _add_columns(out: Lattice, column: int, marks: list[float]) -> None:
    """The column band becomes one band more for each mark; every slot over it grows."""
    extra = len(marks)
    for slot in out.slots:
        if slot.left > column:
            slot.left += extra
        if slot.right >= column:
            slot.right += extra
    out.xs[column + 1 : column + 1] = marks


def _split_slots(out: Lattice, level: Sequence[Edge], drawn: Mapping[int, int], *, walled: bool) -> None:
    """Slots over several columns fall apart where their text does; text that runs across a border keeps its columns.

    Where no walls are drawn, text keeps to the columns that it stands in; a cell that walls bound inside of those that fall
    apart is as wide as it is drawn. So does a text over a part of a cell that a rule parts, or whose other lines fall apart;
    `drawn` tells which words one cell holds.
    """
    kept: list[Slot] = []
    wide = [s for s in out.slots if s.right > s.left]
    if not wide:
        return
    several = max([len(s.words) for s in wide]) > 1
    found = settings([w for s in out.slots for w in s.words], out.xs[1:-1]) if several else []
    parts = [_parts(out, s, found[s.left : s.right + 1]) for s in wide]
    apart = sum(1 for s, p in zip(wide, parts, strict=True) if s.words and len(p) > 1)
    filled = sum(1 for s in wide if s.words)
    loose = {(s.left, s.right) for s, p in zip(wide, parts, strict=True) if len(p) > 1}
    cells = [drawn.get(id(s.words[0])) if s.words else None for s in wide]
    torn = {cell for cell, p in zip(cells, parts, strict=True) if len(p) > 1} - {None}
    for slot, cut, cell in zip(wide, parts, cells, strict=True):
        if slot.words and id(slot.words[0]) in out.merged:
            kept.append(slot)
        elif len(cut) > 1 or not slot.words:
            kept += cut
        elif (
            not walled
            or (2 * apart > filled and not any(_inside(slot, other) for other in loose))
            or heads_part(slot, out.xs, level, apart=cell in torn)
        ):
            kept += _shrunk(slot, out.xs)
        else:
            kept.append(slot)
    out.slots = [s for s in out.slots if s.right == s.left] + kept


def _inside(slot: Slot, other: tuple[int, int]) -> bool:
    """Whether a slot holds some of these columns and no others."""
    return other[0] <= slot.left and slot.right <= other[1] and slot.right - slot.left < other[1] - other[0]


def _parts(out: Lattice, slot: Slot, settled: Sequence[Setting]) -> list[Slot]:
    """A slot cut at the column borders inside it; the whole slot where all its text stays together."""
    if len(slot.words) == 1:
        return [slot]
    spans: list[tuple[int, int, list[Word]]] = []
    marks = out.xs[slot.left + 1 : slot.right + 1]
    held = [entry for found in out.lines(slot.words) for entry in entries(found, marks, settled, out.begins)]
    for entry in sorted(held, key=_REACH):
        if spans and spans[-1][1] >= entry.left:
            left, right, words = spans[-1]
            spans[-1] = (left, max(right, entry.right), [*words, *entry.words])
        else:
            spans.append((entry.left, entry.right, list(entry.words)))
    if len(spans) == 1 and slot.words:
        return [slot]
    return _spread(slot, spans)


def _spread(slot: Slot, spans: list[tuple[int, int, list[Word]]]) -> list[Slot]:
    """The slot as one slot for each text, from left to right, and for each column without one."""
    columns = slot.right - slot.left + 1
    if len(spans) < columns:
        covered = {c for left, right, _ in spans for c in range(left, right + 1)}
        blank: list[tuple[int, int, list[Word]]] = [(c, c, []) for c in range(columns) if c not in covered]
        spans = sorted(spans + blank, key=itemgetter(0))
    top, bottom, first = slot.top, slot.bottom, slot.left
    return [Slot(top, bottom, first + left, first + right, words) for left, right, words in spans]


def _shrunk(slot: Slot, xs: Sequence[float]) -> list[Slot]:
    """Where the frame draws no walls, text keeps the columns that it stands in and no more."""
    marks = xs[slot.left + 1 : slot.right + 1]
    at = [bisect_right(marks, w.box.middle[0]) for w in slot.words]
    return _spread(slot, [(min(at), max(at), slot.words)])


# -- text -------------------------------------------------------------------------------------------------------------


def grid_cells(found: Lattice, page: int) -> list[GridCell]:
    """The slots as cells, row by row, their text put together as a reader reads it."""
    last = [(s.left, s.words[-1].text) for s in found.slots if s.words]
    led = frozenset([left for left, text in last if text[-1:] in ".…_·" and LEADERS.search(text)])
    return [_cell(slot, found, page, led) for slot in sorted(found.slots, key=_PLACE)]


def mended(parts: Sequence[str], fits: Sequence[bool] = ()) -> list[str]:
    """Lines put together where a narrow column broke a word: letters without a vowel are no word (`stedelij` / `k`).

    `fits` tells of each line whether its first word had room behind the line above: no column breaks such a word.
    """
    out: list[str] = []
    for k, part in enumerate(parts):
        first = part.split(" ", 1)[0]
        torn = first.isalpha() and first.islower() and not set(first) & set("aeiouyàáâäèéêëìíîïòóôöùúûü")
        if out and torn and out[-1][-1:].isalpha() and not (fits and fits[k]):
            out[-1] += part
        else:
            out.append(part)
    return out


def _led_over(words: Sequence[Word], width: float) -> bool:
    """Whether nothing but dots fills a cell: they lead on over it to a figure further right. Fewer are a sign for no figure."""
    if words[-1].box.x1 - words[0].box.x0 < _ROOM * width:
        return False
    return sum([len(w.text) for w in words]) > 4 and not any(w.text.strip(_DOTS) for w in words)


def _cell(slot: Slot, found: Lattice, page: int, led: frozenset[int]) -> GridCell:
    """The slot as a cell; in the columns that are `led` dots lead from the texts to their figures, be it one dot only."""
    top, left, words = slot.top, slot.left, slot.words
    box = Box(found.xs[left], found.ys[top], found.xs[slot.right + 1], found.ys[slot.bottom + 1])
    rows, columns = slot.bottom - top + 1, slot.right - left + 1
    if not words or (words[-1].text[-1] in _DOTS and _led_over(words, box.width)):
        return GridCell(top, left, "", page, box, rows, columns)
    if len(words) == 1:
        word = words[0]
        text = without_leaders(join_lines([word.text]), led=left in led)
        return GridCell(top, left, text, page, box, rows, columns, word.bold, word.box.x0 - box.x0)
    if words[0].angle:
        return GridCell(top, left, turned_text(words), page, box, rows, columns, all(w.bold for w in words))
    lines = text_lines(words)
    parts = [x.text for x in lines]
    if len(parts) > 1:
        room = _ROOM * box.width
        fits = [False, *(a.box.width + b.words[0].box.width < room for a, b in pairwise(lines))]
        parts = mended(parts, fits)
    text = without_leaders(join_lines(parts), led=left in led)
    bold, x0 = all(x.bold for x in lines), min([x.box.x0 for x in lines])
    return GridCell(top, left, text, page, box, rows, columns, bold, x0 - box.x0)
