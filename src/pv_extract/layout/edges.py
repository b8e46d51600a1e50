"""Rules and the borders of shaded cells as edges: snapped to common coordinates, collinear stretches joined."""

from collections.abc import Iterable
from dataclasses import dataclass

from pv_extract.model import Box, Rule

# producers draw the border of each cell by itself, up to this many points off its neighbour's
SNAP = 2.5
JOIN = 3.5
SHORTEST = 4.0


@dataclass(frozen=True, slots=True)
class Edge:
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
        return min(self.end, high) - max(self.start, low) >= 0.6 * (high - low)


def edges(rules: Iterable[Rule]) -> tuple[list[Edge], list[Edge]]:
    """Horizontal and vertical edges, top to bottom and left to right."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for rule in rules:
        box = rule.box
        if rule.horizontal:
            level.append(Edge((box.top + box.bottom) / 2, box.x0, box.x1))
        else:
            upright.append(Edge((box.x0 + box.x1) / 2, box.top, box.bottom))
    return join(level), join(upright)


def sides(boxes: Iterable[Box]) -> tuple[list[Edge], list[Edge]]:
    """The four sides of each box as edges."""
    level: list[Edge] = []
    upright: list[Edge] = []
    for box in boxes:
        level += [Edge(box.top, box.x0, box.x1), Edge(box.bottom, box.x0, box.x1)]
        upright += [Edge(box.x0, box.top, box.bottom), Edge(box.x1, box.top, box.bottom)]
    return level, upright


def join(found: Iterable[Edge]) -> list[Edge]:
    """Edges of one direction: nearly equal coordinates made equal, overlapping or touching stretches made one."""
    out: list[Edge] = []
    for group in _snapped(sorted(found, key=lambda e: e.at)):
        at = sum(e.at * max(e.length, 0.1) for e in group) / sum(max(e.length, 0.1) for e in group)
        start = end = None
        for edge in sorted(group, key=lambda e: e.start):
            if start is None or end is None or edge.start > end + JOIN:
                if start is not None and end is not None and end - start >= SHORTEST:
                    out.append(Edge(at, start, end))
                start, end = edge.start, edge.end
            else:
                end = max(end, edge.end)
        if start is not None and end is not None and end - start >= SHORTEST:
            out.append(Edge(at, start, end))
    return out


def _snapped(ordered: list[Edge]) -> Iterable[list[Edge]]:
    group: list[Edge] = []
    for edge in ordered:
        if group and edge.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(edge)
    if group:
        yield group
