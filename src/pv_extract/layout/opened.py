"""The frame of a table that no frame encloses: its rules are walls, its outer bounds are open."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pv_extract.layout.columns import Column, separators
from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import TextLine, has_digits, text_lines
from pv_extract.layout.links import link
from pv_extract.layout.plain import Region
from pv_extract.layout.ruled import Frame
from pv_extract.layout.tabular import along
from pv_extract.model import Box

_WALL = 4.0  # points of a wall beside the lines of a table
_NEAR = 1.5  # points between stretches of one rule
_STEP = 1.5  # type sizes between the lines of one label


def open_frame(region: Region, level: Sequence[Edge], upright: Sequence[Edge] = ()) -> Frame:
    """The region as a frame: rules over most of its width are walls, its outer bounds are open.

    Rules over all columns but the first, beside one label, part the rows of its group: the label stands beside them all.
    """
    box = region.box
    inside = sorted((e for e in level if box.top + 2 < e.at < box.bottom - 2), key=lambda e: e.at)
    marks = [m for m in _at_walls(separators(region.columns), region, upright) if box.x0 < m < box.x1]
    firsts = _firsts(inside, region.columns) if len(marks) + 1 == len(region.columns) else {}
    partial = _grouped(region, firsts, marks) if any(firsts.values()) else {}
    rules = sorted({e.at for e in inside if along(e, box)} | set(partial))
    ys = [box.top - 1, *rules, box.bottom + 1]
    starts = {k: partial.get(at, 0) for k, at in enumerate(rules, start=1)}
    across = frozenset((k, c) for k, first in starts.items() for c in range(first, len(marks) + 1))
    down = frozenset((row, c) for k, c in starts.items() if c for row in (k - 1, k))
    return Frame((box.x0 - 1, *marks, box.x1 + 1), tuple(ys), across, down)


def _at_walls(marks: Sequence[float], region: Region, upright: Sequence[Edge]) -> list[float]:
    """What parts the columns: the wall that stands between the figures of two of them, if only beside their headers."""
    box = region.box
    walls = [e.at for e in upright if min(e.end, box.bottom) - max(e.start, box.top) > _WALL]
    if not walls or len(marks) + 1 != len(region.columns):
        return list(marks)
    figures = _figures(region)
    found = [[w for w in walls if a.x1 < w < b.x0] if a and b else [] for a, b in pairwise(figures)]
    return [w[0] if len(w) == 1 else mark for w, mark in zip(found, marks, strict=True)]


def _figures(region: Region) -> list[Box | None]:
    """For each column the box of what its rows of figures print in it."""
    held: list[list[Box]] = [[] for _ in region.columns]
    for strip in region.strips:
        if strip.figures:
            for chunk in strip.chunks:
                inside = [k for k, c in enumerate(region.columns) if c.x0 - 1 < chunk.box.middle[0] < c.x1 + 1]
                if len(inside) == 1:
                    held[inside[0]].append(chunk.box)
    return [Box.around(boxes) if boxes else None for boxes in held]


def _firsts(rules: Sequence[Edge], found: Sequence[Column]) -> dict[float, int]:
    """For the height of each rule the first of the columns that it runs over, where it runs over the last; 0 for all columns."""
    out: dict[float, int] = {}
    for edge in rules:
        over = [k for k, c in enumerate(found) if min(edge.end, c.x1) - max(edge.start, c.x0) > 0.5 * (c.x1 - c.x0)]
        at = next((y for y in out if abs(y - edge.at) < _NEAR), edge.at)
        if over and (over[-1] == len(found) - 1 or at in out):
            out[at] = min(over[0], out.get(at, len(found)))
    return out


def _grouped(region: Region, firsts: Mapping[float, int], marks: Sequence[float]) -> dict[float, int]:
    """The rules that leave out the first columns, where these print one text each between the rules over all columns."""
    heights = sorted(at for at, first in firsts.items() if first == 0)
    out: dict[float, int] = {}
    lines = [s.line for s in region.strips]
    for top, bottom in pairwise([*heights, region.box.bottom + 1]):
        held = {at: first for at, first in firsts.items() if top < at < bottom}
        first = max(held.values(), default=0)
        if not first or set(held.values()) != {first}:
            continue
        inside = [x for x in lines if top < x.box.middle[1] < bottom]
        labels = [
            text_lines(w for x in inside for w in x.words if a < w.box.middle[0] < b)
            for a, b in pairwise([-1.0, *marks[:first]])
        ]
        ends = [c.x1 for c in region.columns[:first]]
        one = all(_one_text(found, end) for found, end in zip(labels, ends, strict=True))
        if any(labels) and one and _single(inside, [top, *sorted(held), bottom], marks[first - 1]):
            out |= held
    return out


def _one_text(lines: Sequence[TextLine], end: float) -> bool:
    """Whether each line goes on from the one above it; `end` is the x to which the column is filled."""
    return all(
        b.box.bottom - a.box.bottom < _STEP * a.size and link(a.words, b.words, end) > 0 for a, b in pairwise(lines)
    )


def _single(lines: Sequence[TextLine], bounds: Sequence[float], left: float) -> bool:
    """Whether no more than one line of figures stands between two rules next to each other."""
    figured = [x for x in lines if any(has_digits(c.text) for c in x.chunks if c.box.x0 > left)]
    heights = [x.box.middle[1] for x in figured]
    return all(sum(1 for y in heights if a < y < b) < 2 for a, b in pairwise(bounds))
