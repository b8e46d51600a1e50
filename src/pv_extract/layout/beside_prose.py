"""A table or a chart beside a column of running text: each keeps its own lines, at heights that mean nothing to the other."""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.even_text import even_text
from pv_extract.layout.lines import Chunk, TextLine, text_lines
from pv_extract.model import Box, Word

_FEWEST = 6  # lines of prose in a column of text
_LEAST = 3  # words on each
_SURE = 4  # lines of prose that make the others next to them prose
_BESIDE = 3  # lines of what stands beside it
_STRIP = 0.8  # type sizes between them
_NEAR = 2.5  # type sizes between paragraphs, and to a heading
_LEVEL = 0.04  # type sizes: lines of one row stand that close
_FLUSH = 2.0  # points

Prose = Callable[[Sequence[Word]], bool]


@dataclass(frozen=True, slots=True)
class Beside:
    """The lines of a page above, at the left, at the right and below of a column of text with something beside it."""

    above: list[TextLine]
    left: list[Word]
    right: list[Word]
    below: list[TextLine]


def beside_prose(lines: Sequence[TextLine], prose: Prose, level: Sequence[Edge]) -> Beside | None:
    """The lines around a column of prose that stands beside others at heights of their own; None without one."""
    found = [parts for parts in (_prose_text(lines, prose, level), even_text(lines)) if parts]
    if not found:
        return None
    column, at = max(found, key=lambda parts: parts[0].height)
    return _divided(lines, column, at)


def _prose_text(lines: Sequence[TextLine], prose: Prose, level: Sequence[Edge]) -> tuple[Box, float] | None:
    """The first column of text whose lines read as prose, and the x of the strip between it and what stands beside it."""
    for column in _columns(lines, prose):
        at = _strip(lines, column, level)
        if at is not None:
            return column, at
    return None


def _columns(lines: Sequence[TextLine], prose: Prose) -> Iterator[Box]:
    """Stretches of prose that begin at one x and leave a quarter of the width or more to others, the longest first."""
    if len(lines) < _FEWEST + 1:
        return
    widest = 0.75 * (max(x.box.x1 for x in lines) - min(x.box.x0 for x in lines))
    long = [c for x in lines if len(x.words) >= _LEAST for c in x.chunks if len(c.words) >= _LEAST]
    groups: list[list[Chunk]] = []
    for piece in sorted((c for c in long if c.box.x1 - c.box.x0 < widest), key=lambda c: c.box.x0):
        if not groups or piece.box.x0 - groups[-1][0].box.x0 >= _FLUSH:
            groups.append([])
        groups[-1].append(piece)
    texts = [_text(group, prose) for group in groups if len(group) >= _FEWEST]
    runs = [run for text in texts if len(text) >= _FEWEST for run in _runs(sorted(text, key=lambda b: b.top))]
    yield from (Box.around(run) for run in sorted(runs, key=len, reverse=True) if len(run) >= _FEWEST)


def _text(group: Sequence[Chunk], prose: Prose) -> list[Box]:
    """Those that are prose; all of them where most are, as a narrow column has lines of few words and a number."""
    found = [c.box for c in group if prose(c.words)]
    return [c.box for c in group] if len(found) >= _SURE and 2 * len(found) > len(group) else found


def _runs(boxes: Sequence[Box]) -> list[list[Box]]:
    """Lines of prose without more than the end of a paragraph between them."""
    out = [[boxes[0]]]
    for above, here in pairwise(boxes):
        if here.top - above.bottom < _NEAR * here.height:
            out[-1].append(here)
        else:
            out.append([here])
    return out


def _strip(lines: Sequence[TextLine], column: Box, level: Sequence[Edge]) -> float | None:
    """The x of the white beside a column of prose, where lines of another text stand behind it; None without them."""
    words = [w for line in lines for w in line.words if column.top < w.box.middle[1] < column.bottom]
    inside = [w for w in words if column.x0 - 1 < w.box.x0 and w.box.x1 < column.x1 + 1]
    size = sorted(w.size for w in inside)[len(inside) // 2]
    left = [w for w in words if w.box.x1 < column.x0 - _STRIP * size]
    right = [w for w in words if w.box.x0 > column.x1 + _STRIP * size]
    if len(inside) + len(left) + len(right) < len(words):
        return None  # a line runs over its edge
    for beside in (left, right):
        found = text_lines(beside)
        if len(found) < _BESIDE or _ruled([*inside, *beside], column, level) or not _apart(found, text_lines(inside)):
            continue
        if beside is left:
            return (max(w.box.x1 for w in beside) + column.x0) / 2
        return (min(w.box.x0 for w in beside) + column.x1) / 2
    return None


def _ruled(words: Sequence[Word], column: Box, level: Sequence[Edge]) -> bool:
    """Whether a rule parts rows of both: they are columns of one table."""
    x0, x1 = min(w.box.x0 for w in words), max(w.box.x1 for w in words)
    margin = 0.1 * (x1 - x0)
    across = [e for e in level if column.top < e.at < column.bottom]
    return any(e.start < x0 + margin and e.end > x1 - margin for e in across)


def _apart(found: Sequence[TextLine], text: Sequence[TextLine]) -> bool:
    """Whether most lines stand neither at the height of a line of the text nor half way between two, as cells of one row do.

    Cells in another type size than the text stand as far off its lines in every row.
    """
    heights = [x.box.bottom for x in text]
    both = sorted([*heights, *((a + b) / 2 for a, b in pairwise(heights))])
    offs = sorted(_off(both, x.box.bottom) / x.size for x in found)
    usual = offs[len(offs) // 2]
    alike = sum(1 for off in offs if abs(off - usual) < _LEVEL)
    return 2 * sum(1 for off in offs if off < _LEVEL) < len(offs) and alike < 0.7 * len(offs)


def _off(heights: Sequence[float], y: float) -> float:
    """How far a height is from the nearest of these, from top to bottom."""
    k = bisect_left(heights, y)
    return min(abs(y - near) for near in heights[max(0, k - 1) : k + 1])


def _divided(lines: Sequence[TextLine], column: Box, at: float) -> Beside:
    """The words above the column, to the left and to the right of the strip, and below."""
    inside = [k for k, x in enumerate(lines) if column.top < x.box.middle[1] < column.bottom]
    first, last = inside[0], inside[-1]
    while first > 0 and _one_side(lines[first - 1], lines[first], at):
        first -= 1
    while last + 1 < len(lines) and _one_side(lines[last + 1], lines[last], at):
        last += 1
    here = [w for x in lines[first : last + 1] for w in x.words]
    left = [w for w in here if w.box.middle[0] < at]
    right = [w for w in here if w.box.middle[0] >= at]
    return Beside(list(lines[:first]), left, right, list(lines[last + 1 :]))


def _one_side(line: TextLine, near: TextLine, at: float) -> bool:
    """Whether a line next to those at both sides of a strip goes on at one of them."""
    gap = max(line.box.top - near.box.bottom, near.box.top - line.box.bottom)
    return gap < _NEAR * line.size and (line.box.x1 < at or line.box.x0 > at)
