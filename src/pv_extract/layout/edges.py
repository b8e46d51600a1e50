"""Rules and the borders of shaded cells as edges: snapped to common coordinates, collinear stretches joined."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from operator import attrgetter
from typing import NamedTuple

from pv_extract.model import Box, Fill, Page, Rule

# producers draw the border of each cell by itself, up to this many points off its neighbour's
SNAP = 2.5
JOIN = 3.5
SHORTEST = 4.0
# more areas than any table shades: a map, a chart, a gradient
MOST_FILLS = 3000
# a shading keeps up to this distance from the rules of its cell, and from the next shading
INSET = 6.5


class Edge(NamedTuple):
    """A straight border at coordinate `at` (y when horizontal, x when vertical), from `start` to `end` along it."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """Extent in points."""
        return self.end - self.start

    def covers(self, low: float, high: float) -> bool:
        """Whether it runs along most of this stretch."""
        whole = self.start <= low and high <= self.end
        return whole or min(self.end, high) - max(self.start, low) >= 0.6 * (high - low)


_AT, _START = attrgetter("at"), attrgetter("start")


def edges(rules: Iterable[Rule]) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical edges of rules, top to bottom and left to right."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for rule in rules:
        x0, top, x1, bottom = rule.box
        if x1 - x0 >= bottom - top:
            level.append(Edge((top + bottom) / 2, x0, x1))
        else:
            upright.append(Edge((x0 + x1) / 2, top, bottom))
    return join(level), join(upright)


def with_sides(level: list[Edge], upright: list[Edge], areas: Iterable[Box]) -> tuple[list[Edge], list[Edge]]:
    """The edges, and the sides of areas among them."""
    flat, tall = sides(areas)
    return _with_sides(level, flat), _with_sides(upright, tall)


def _with_sides(drawn: list[Edge], found: list[Edge]) -> list[Edge]:
    """The rules, and the sides of areas where no rule is near: a shading is inset from the rules of its cell."""
    out: list[Edge] = []
    for group in _snapped(sorted(found, key=lambda e: e.at), INSET):
        at = sum(e.at for e in group) / len(group)
        out += [Edge(at, e.start, e.end) for e in group]
    free = [e for e in out if not any(abs(e.at - d.at) <= INSET and d.covers(e.start, e.end) for d in drawn)]
    return sorted([*drawn, *join(free, INSET)], key=lambda e: e.at)


def shaded(page: Page) -> list[Box]:
    """Filled areas that hold words: cells, rows and headers; stacked areas of one colour are one, as they look.

    So are blank cells beside them that are shaded alike.
    """
    if not page.fills or len(page.fills) > MOST_FILLS:
        return []
    out: list[tuple[Box, str]] = []
    for fill in sorted(_held(page), key=lambda f: (f.box.x0, f.box.x1, f.box.top)):
        box = fill.box
        last, color = out[-1] if out else (None, "")
        stacked = last is not None and abs(last.x0 - box.x0) < 1 and abs(last.x1 - box.x1) < 1
        if (
            last is not None
            and stacked
            and color == fill.color
            and box.top - last.bottom < 1
            and box.bottom > last.bottom
        ):
            out[-1] = (Box(last.x0, last.top, last.x1, box.bottom), color)
        else:
            out.append((box, fill.color))
    return [
        box
        for k, (box, color) in enumerate(out)
        if not any(_within(box, b) and c == color for b, c in out[:k] + out[k + 1 :])
    ]


def _held(page: Page) -> list[Fill]:
    """The areas that hold words, and those without beside them, of the same height and colour."""
    middles = sorted((w.box.middle for w in page.words), key=lambda m: m[1])
    heights = [m[1] for m in middles]
    large = [
        f
        for f in page.fills
        if f.color != "ffffff" and f.box.height >= 5 and f.box.width >= 12 and f.box.height <= 0.8 * page.height
    ]
    worded = [
        f
        for f in large
        if any(f.box.holds(m) for m in middles[bisect_left(heights, f.box.top) : bisect_right(heights, f.box.bottom)])
    ]
    alike = {_stripe(f) for f in worded}
    return [f for f in large if _stripe(f) in alike]


def _stripe(fill: Fill) -> tuple[int, int, str]:
    """Where an area begins and ends from top to bottom, and its colour."""
    return round(fill.box.top), round(fill.box.bottom), fill.color


def crown(areas: Iterable[Box], frame: Box) -> list[Box]:
    """Shaded areas that lie on top of a frame over its whole width: a header that is coloured where the rows are ruled."""
    over = [a for a in areas if a.bottom < frame.top + SNAP and frame.x0 - SNAP < a.x0 and a.x1 < frame.x1 + SNAP]
    out: list[Box] = []
    for area in sorted(over, key=lambda a: -a.bottom):
        if abs(area.bottom - frame.top) < SNAP or any(_lies_on(area, b) for b in out):
            out.append(area)
    first = sum(a.width for a in out if abs(a.bottom - frame.top) < SNAP)
    return out if first > 0.95 * frame.width else []


def tiles(areas: Iterable[Box], frame: Box) -> list[Box]:
    """Shaded areas in a frame, each next to another of its height: producers shade each cell by itself, ruled or not."""
    inside = [a for a in areas if frame.top - SNAP < a.top and a.bottom < frame.bottom + SNAP and frame.holds(a.middle)]
    starts = {(round(a.x0), round(a.top), round(a.bottom)) for a in inside}
    ends = {(round(a.x1), round(a.top), round(a.bottom)) for a in inside}
    both = starts & ends
    return [a for a in inside if both & {(round(x), round(a.top), round(a.bottom)) for x in (a.x0, a.x1)}]


def _lies_on(upper: Box, lower: Box) -> bool:
    return abs(upper.bottom - lower.top) < SNAP and min(upper.x1, lower.x1) - max(upper.x0, lower.x0) > SNAP


def _within(box: Box, other: Box) -> bool:
    """Whether a shading lies on a larger one: the paragraph in a shaded cell."""
    smaller = box.width * box.height < 0.98 * other.width * other.height
    return (
        smaller
        and other.x0 - 1 <= box.x0
        and box.x1 <= other.x1 + 1
        and other.top - 1 <= box.top
        and box.bottom <= other.bottom + 1
    )


def sides(boxes: Iterable[Box]) -> tuple[list[Edge], list[Edge]]:
    """The four sides of each box as edges."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for box in boxes:
        level += [Edge(box.top, box.x0, box.x1), Edge(box.bottom, box.x0, box.x1)]
        upright += [Edge(box.x0, box.top, box.bottom), Edge(box.x1, box.top, box.bottom)]
    return level, upright


def join(found: Iterable[Edge], reach: float = JOIN) -> list[Edge]:
    """Edges of one direction: nearly equal coordinates made equal, overlapping or touching stretches made one."""
    out: list[Edge] = []
    for group in _snapped(sorted(found, key=_AT), SNAP):
        lengths = [max(end - start, 0.1) for _, start, end in group]
        at = sum([e.at * length for e, length in zip(group, lengths, strict=True)]) / sum(lengths)
        (_, start, end), *others = sorted(group, key=_START)
        for _, begin, stop in others:
            if begin > end + reach:
                if end - start >= SHORTEST:
                    out.append(Edge(at, start, end))
                start, end = begin, stop
            else:
                end = max(end, stop)
        if end - start >= SHORTEST:
            out.append(Edge(at, start, end))
    return out


def _snapped(ordered: list[Edge], reach: float) -> Iterable[list[Edge]]:
    group: list[Edge] = []
    for edge in ordered:
        if group and edge.at - group[0].at > reach:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group
