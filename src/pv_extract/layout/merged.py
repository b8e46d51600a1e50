"""Cells that walls bound over several columns: one text, however its words fall between the columns below."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.flush import Setting, flush_parts, settings
from pv_extract.layout.lines import TextLine, has_digits, text_lines
from pv_extract.layout.ruled import Area, Frame
from pv_extract.layout.slots import Slot
from pv_extract.model import Box, Word

_NEAR = 0.3  # type sizes
_EXACT = 0.12


def bounded(frame: Frame, area: Area) -> bool:
    """Whether walls stand at both sides of a cell over several columns; one may be missing at the side of the table.

    A wall under some of its columns and not the others parts no cell: it underlines a header.
    """
    under = sum((area.bottom + 1, c) in frame.across for c in range(area.left, area.right + 1))
    if 0 < under <= area.right - area.left:
        return False
    rows = range(area.top, area.bottom + 1)
    left = all((r, area.left) in frame.down for r in rows)
    right = all((r, area.right + 1) in frame.down for r in rows)
    ends = (left or area.left == 0) and (right or area.right + 1 == frame.columns)
    return ends and (left or right)


def merged(
    slots: Sequence[Slot], every: Sequence[Slot], xs: Sequence[float], marks: Sequence[float]
) -> dict[int, tuple[int, int]]:
    """The columns of each word, by its id, in those of these cells that hold one text; `marks` are the borders of all columns."""
    out: dict[int, tuple[int, int]] = {}
    held = [s for s in slots if s.words and s.right > s.left]
    found = settings((w for s in every for w in s.words), marks) if held else []
    for slot in held:
        first, last = bisect_right(marks, xs[slot.left] + 1), bisect_right(marks, xs[slot.right + 1] - 1)
        whole = last - first == slot.right - slot.left  # no columns of text inside
        if whole and all(_one(line, first, xs[slot.left : slot.right + 2], found) for line in text_lines(slot.words)):
            out |= dict.fromkeys((id(w) for w in slot.words), (first, last))
    return out


def heads_part(slot: Slot, xs: Sequence[float], level: Sequence[Edge], *, apart: bool) -> bool:
    """Whether a text in a cell over several columns heads some of them: a rule right under it runs over these and no others.

    Where its cell is no cell, since other lines of it fall `apart`, so does a text clear of the labels and off the middle.
    """
    box, size = Box.around(w.box for w in slot.words), slot.words[0].size
    borders = xs[slot.left : slot.right + 2]
    for _, start, end in _under(box, size, level):
        ends = [k for x in (start, end) for k, border in enumerate(borders) if abs(border - x) < size]
        if len(ends) > 1 and (ends[0], ends[-1]) != (0, len(borders) - 1):
            return True
    clear = slot.left > 0 or box.x0 > xs[1]
    return apart and clear and abs(box.middle[0] - (borders[0] + borders[-1]) / 2) > size


def _under(box: Box, size: float, level: Sequence[Edge]) -> list[Edge]:
    """Rules right under a text that run along all of it."""
    near = [e for e in level if box.bottom - 2 < e.at < box.bottom + size]
    return [e for e in near if e.start < box.x0 + 2 and box.x1 - 2 < e.end]


def _one(line: TextLine, first: int, xs: Sequence[float], found: Sequence[Setting]) -> bool:
    """Whether nothing but even word spaces part a line, and its words do not stand as those of the columns do."""
    words, size = line.words, line.size
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(words)]
    if len(line.chunks) > 1 or (gaps and max(gaps) > max(1.25 * min(gaps), 0.35 * size)):
        return False
    if len(words) > 1 and has_digits(words[-1].text) and _flush(words[-1], first, xs, found):
        return False
    parts = [[w for w in words if a <= w.box.middle[0] < b] for a, b in pairwise(xs)]
    if not all(parts):
        return True
    middles = [(p[0].box.x0 + p[-1].box.x1 - a - b) / 2 for p, (a, b) in zip(parts, pairwise(xs), strict=True)]
    begins = [p[0].box.x0 - a for p, a in zip(parts, xs, strict=False)]
    off, most = abs(words[0].box.x0 + words[-1].box.x1 - xs[0] - xs[-1]) / 2, max(map(abs, middles))
    if off < _EXACT * size < most:
        return True  # it stands in the middle of the cell, and its parts in that of no column
    even = max(begins) - min(begins) < _NEAR * size or most < 2 * _NEAR * size
    return not even and flush_parts(line.chunks[0], xs[1:-1], found[first : first + len(parts)]) is None


def _flush(figure: Word, first: int, xs: Sequence[float], found: Sequence[Setting]) -> bool:
    """Whether a figure stands where the figures of its column do."""
    column = found[first + bisect_right(xs[1:-1], figure.box.middle[0])]
    pairs = ((column.left, figure.box.x0), (column.right, figure.box.x1))
    return any(at is not None and abs(at - x) < 0.15 * figure.size for at, x in pairs)
