"""Cells that walls bound over several columns: one text, however its words fall between the columns below."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.flush import Setting, flush_parts, settings
from pv_extract.layout.lines import TextLine, has_digits, text_lines
from pv_extract.layout.ruled import Area, Frame
from pv_extract.layout.slots import Slot
from pv_extract.model import Word

_NEAR = 0.3  # type sizes


def bounded(frame: Frame, area: Area) -> bool:
    """Whether walls stand at both sides of a cell over several columns; one may be missing at the side of the table."""
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
    even = max(begins) - min(begins) < _NEAR * size or max(map(abs, middles)) < 2 * _NEAR * size
    return not even and flush_parts(line.chunks[0], xs[1:-1], found[first : first + len(parts)]) is None


def _flush(figure: Word, first: int, xs: Sequence[float], found: Sequence[Setting]) -> bool:
    """Whether a figure stands where the figures of its column do."""
    column = found[first + bisect_right(xs[1:-1], figure.box.middle[0])]
    pairs = ((column.left, figure.box.x0), (column.right, figure.box.x1))
    return any(at is not None and abs(at - x) < 0.15 * figure.size for at, x in pairs)
