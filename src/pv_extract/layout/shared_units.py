"""Units that hold for several columns: alone on a line of the header, in the middle under the headers of those columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pv_extract.languages import is_unit
from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import YEARS, Chunk, TextLine, text_lines
from pv_extract.layout.rulings import heading, rulings
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.titles import Leaves, Span, Title, chosen
from pv_extract.model import Box, Word


@dataclass(frozen=True, slots=True)
class SharedUnit:
    """The words of a unit, and the first and the last column that it holds for."""

    words: tuple[Word, ...]
    span: Span

    @property
    def box(self) -> Box:
        """Bounds of its text."""
        return Box.around(w.box for w in self.words)


@dataclass(slots=True)
class _Column:
    """The header texts of a column."""

    held: list[Box] = field(default_factory=list)
    lowest: str = ""


def shared_units(
    out: Lattice, words: Sequence[Word], lines: Sequence[TextLine], upright: Sequence[Edge]
) -> list[SharedUnit]:
    """The units of a header among these lines that hold for several columns, under the headers of each."""
    xs, marks = out.xs, out.xs[1:-1]
    if not any(map(is_unit, [c.text for line in lines for c in line.chunks])):
        return []
    lines = lines[: heading(rulings(lines, marks))]
    units = [c for line in lines for c in line.chunks if c.box.x0 > xs[1] and is_unit(c.text)]
    if not units or _headings(units, words, xs):
        return []
    columns = _columns(lines, units, xs)
    shared: list[SharedUnit] = []
    for _, group in groupby(units, key=lambda c: round(c.box.middle[1])):
        level = list(group)
        found = [u for run, held in _stretches(level, columns, xs, upright) for u in _shared(held, run, columns, xs)]
        shared += found + _beside(level, found, xs) if found else []
    return shared


def _beside(level: Sequence[Chunk], found: Sequence[SharedUnit], xs: Sequence[float]) -> list[SharedUnit]:
    """The units of single columns beside those of several, where each column has one: they are one level of the header."""
    held = {c for unit in found for c in range(unit.span[0], unit.span[1] + 1)}
    single = [(u, list(_over(u.box, xs))) for u in level if not any(u.words == unit.words for unit in found)]
    whole = held | {c for _, over in single for c in over} >= set(range(1, len(xs) - 1))
    return [SharedUnit(u.words, (over[0], over[0])) for u, over in single if len(over) == 1] if whole else []


def _headings(units: Sequence[Chunk], words: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether the one unit of a header is the first of several that stand around one axis, each over the rows below it."""
    axis = units[0].box.middle[0]
    lone = (line for line in text_lines(words) if line.box.x0 > xs[1] and line.box.top > units[0].box.bottom)
    return len(units) == 1 and any(len(x.chunks) == 1 and abs(x.box.middle[0] - axis) < 1.0 for x in lone)


def _columns(lines: Sequence[TextLine], units: Sequence[Chunk], xs: Sequence[float]) -> dict[int, _Column]:
    """The texts over each data column but the units; a text over several is one of each."""
    out = {c: _Column() for c in range(1, len(xs) - 1)}
    apart = {id(c) for c in units}
    for piece in (c for line in lines for c in line.chunks if id(c) not in apart):
        for c in _over(piece.box, xs):
            out[c].held.append(piece.box)
            out[c].lowest = piece.text
    return out


def _over(box: Box, xs: Sequence[float]) -> range:
    """The data columns over which a text stands, be it with less than the half of a letter."""
    near = 0.2 * box.height
    held = [c for c in range(1, len(xs) - 1) if xs[c] < box.x1 - near and box.x0 + near < xs[c + 1]]
    return range(held[0], held[-1] + 1) if held else range(0)


def _stretches(
    level: list[Chunk], columns: Mapping[int, _Column], xs: Sequence[float], upright: Sequence[Edge]
) -> list[tuple[list[int], list[Chunk]]]:
    """Columns beside each other with a header above the units of one line, and nothing at their height or below."""
    box = Box.around(c.box for c in level)
    size = level[0].words[0].size
    out: list[list[int]] = []
    for c in sorted(columns):
        last = max((b.bottom for b in columns[c].held), default=-99.0)
        if not -2.4 * size < last - box.top < 0.3 * size:
            continue
        walled = any(abs(e.at - xs[c]) < 4.0 and e.start <= box.middle[1] <= e.end for e in upright)
        if out and out[-1][-1] == c - 1 and not walled:
            out[-1].append(c)
        else:
            out.append([c])
    stretches = [(run, [u for u in level if xs[run[0]] <= u.box.middle[0] <= xs[run[-1] + 1]]) for run in out]
    return [(run, held) for run, held in stretches if len(run) > len(held) > 0]


def _shared(
    held: Sequence[Chunk], stretch: Sequence[int], columns: Mapping[int, _Column], xs: Sequence[float]
) -> list[SharedUnit]:
    """The units of a stretch that hold for several of its columns; none where they may be the last lines of their headers."""
    boxes = {c: columns[c].held for c in stretch}
    periods = {c: bool(YEARS.match(columns[c].lowest)) for c in stretch}
    leaves = Leaves({c: columns[c].held[-1] for c in stretch}, periods, xs)
    titles = [_title(unit, stretch, xs) for unit in held]
    spans = chosen(titles, leaves, stretch)
    out = []
    shared = len(spans) > 1 and all(b > a for a, b in spans) and sum(b - a + 1 for a, b in spans) == len(stretch)
    for unit, (a, b) in zip(held, spans, strict=True):
        years = all(periods[c] and len(boxes[c]) == 1 for c in range(a, b + 1))
        middle = Box.around(box for c in range(a, b + 1) for box in boxes[c]).middle[0]
        among = years and abs(middle - unit.box.middle[0]) < 0.35 * unit.box.height
        if b > a and (shared or among or not _own(unit.box, boxes, xs)):
            out.append(SharedUnit(unit.words, (a, b)))
    return out


def _title(unit: Chunk, stretch: Sequence[int], xs: Sequence[float]) -> Title:
    """The unit with all stretches of columns that take in most of it."""
    box, inside = unit.box, [c for c in stretch if xs[c] <= unit.box.middle[0] <= xs[c + 1]]
    spans = [
        (a, b)
        for a in stretch
        for b in stretch
        if a <= inside[0] <= b and min(box.x1, xs[b + 1]) - max(box.x0, xs[a]) > 0.7 * box.width
    ]
    return Title(box, unit.words[0].size, (inside[0], inside[0]), tuple(spans))


def _own(unit: Box, boxes: Mapping[int, Sequence[Box]], xs: Sequence[float]) -> bool:
    """Whether a unit is set as the last line of the header over it: flush with it or in its middle, in its column."""
    near = 0.15 * unit.height
    inside = [held for c, held in boxes.items() if xs[c] - 2 * near <= unit.x0 and unit.x1 <= xs[c + 1] + 2 * near]
    return any(_off(unit, held) < near for held in inside)


def _off(unit: Box, held: Sequence[Box]) -> float:
    """How far a unit stands from being set as the lines over it, in the ways in which these are set alike."""
    ways = [
        ([b.x0 for b in held], unit.x0),
        ([b.x1 for b in held], unit.x1),
        ([b.middle[0] for b in held], unit.middle[0]),
    ]
    best = min(max(xs) - min(xs) for xs, _ in ways)
    return min(abs(xs[-1] - x) for xs, x in ways if max(xs) - min(xs) < best + 0.5)


def place_units(out: Lattice, found: Sequence[SharedUnit]) -> None:
    """Each unit in a slot over its columns, below their headers."""
    for _, level in groupby(found, key=lambda u: round(u.box.middle[1])):
        _place(out, list(level))


def _place(out: Lattice, level: Sequence[SharedUnit]) -> None:
    """The units of one line in a row below the headers of their columns; the headers of others reach down into it."""
    height = level[0].box.middle[1]
    held = {c for unit in level for c in range(unit.span[0], unit.span[1] + 1)}
    above = [
        s for s in out.slots if s.words and s.left in held and Box.around(w.box for w in s.words).middle[1] < height
    ]
    last = max((s.bottom for s in above), default=0)
    below = [s for s in out.slots if s.top == last + 1 and s.left in held]
    if not below or any(s.words or s.bottom > s.top for s in below) or height > out.ys[min(last + 2, len(out.ys) - 1)]:
        _insert(out, last, (max(w.box.bottom for s in above for w in s.words) + level[0].box.top) / 2, held)
    out.slots = [s for s in out.slots if not (s.top == s.bottom == last + 1 and s.left in held)]
    out.slots += [Slot(last + 1, last + 1, *unit.span, list(unit.words)) for unit in level]


def _insert(out: Lattice, last: int, border: float, held: set[int]) -> None:
    """A row below the row `last`: its slots reach down into it but for those over the `held` columns."""
    for slot in out.slots:
        if slot.top > last:
            slot.top += 1
        if slot.bottom > last or (slot.bottom == last and not held & set(range(slot.left, slot.right + 1))):
            slot.bottom += 1
    out.ys.insert(last + 1, min(max(border, out.ys[last]), out.ys[last + 1]))
    if out.header > last:
        out.header += 1
    at = {c for s in out.slots if s.top <= last + 1 <= s.bottom for c in range(s.left, s.right + 1)}
    out.slots += [Slot(last + 1, last + 1, c, c, []) for c in range(len(out.xs) - 1) if c not in at]
