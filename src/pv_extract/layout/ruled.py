"""Edges that meet form a frame: a lattice of bands with walls between them, from which cells are merged."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pv_extract.layout.edges import Edge
from pv_extract.model import Box

REACH = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Lattice of rules: `ys` bound the row bands, `xs` the column bands; walls name the borders that are really drawn.

    `across` holds (k, column) where a horizontal wall stands at ys[k] over that column band, `down` holds (row, k) where a
    vertical wall stands at xs[k] beside that row band.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: frozenset[tuple[int, int]]
    down: frozenset[tuple[int, int]]

    @property
    def box(self) -> Box:
        """Outer bounds."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        """Number of row bands."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of column bands."""
        return len(self.xs) - 1


class Area(NamedTuple):
    """Merged lattice cell: bands from `top` to `bottom` and `left` to `right`, both included."""

    top: int
    bottom: int
    left: int
    right: int


def frames(level: list[Edge], upright: list[Edge]) -> list[Frame]:
    """A frame for each set of edges that touch each other, and horizontal and vertical ones both among them."""
    out = []
    for group in _touching(level, upright):
        across = [level[k] for k in group if k < len(level)]
        down = [upright[k - len(level)] for k in group if k >= len(level)]
        if len(across) >= 2 and down:
            out.append(_frame(across, down))
    return _stacked(sorted(out, key=lambda f: (f.ys[0], f.xs[0])))


def _stacked(found: list[Frame]) -> list[Frame]:
    """Frames of one width right under each other are one: some producers leave a sliver between rows."""
    out: list[Frame] = []
    for frame in found:
        at = next((k for k, other in enumerate(out) if _under(other, frame)), None)
        if at is None:
            out.append(frame)
        else:
            out[at] = _merged(out[at], frame)
    return out


def _under(above: Frame, below: Frame) -> bool:
    near = -REACH <= below.ys[0] - above.ys[-1] <= 2 * REACH
    return near and abs(above.xs[0] - below.xs[0]) <= REACH and abs(above.xs[-1] - below.xs[-1]) <= REACH


def _merged(above: Frame, below: Frame) -> Frame:
    """Both frames on common column coordinates; the sliver between them disappears."""
    xs = _distinct([*above.xs, *below.xs])
    ys = (*above.ys, *below.ys[1:])
    across: set[tuple[int, int]] = set()
    down: set[tuple[int, int]] = set()
    for frame, first in ((above, 0), (below, above.rows)):
        place = [min(range(len(xs)), key=lambda k, x=x: abs(xs[k] - x)) for x in frame.xs]  # type: ignore[misc]
        across |= {(k + first, c) for k, old in frame.across for c in range(place[old], place[old + 1])}
        down |= {(r + first, place[k]) for r, k in frame.down}
    return Frame(tuple(xs), ys, frozenset(across), frozenset(down))


def parted(frame: Frame, level: Iterable[Edge]) -> Frame:
    """The frame with walls more where shading changes over its whole width between two of its rules."""
    flat: dict[float, list[Edge]] = {}
    for edge in level:
        if (
            frame.ys[0] < edge.at < frame.ys[-1]
            and frame.xs[0] - REACH < edge.start
            and edge.end < frame.xs[-1] + REACH
        ):
            flat.setdefault(edge.at, []).append(edge)
    for at in sorted(at for at, found in flat.items() if _whole(found, frame)):
        near = min(range(len(frame.ys)), key=lambda k, ys=frame.ys, at=at: abs(ys[k] - at))  # type: ignore[misc]
        if abs(frame.ys[near] - at) <= 2 * REACH:
            across = frame.across | {(near, c) for c in range(frame.columns)}
            frame = Frame(frame.xs, frame.ys, across, frame.down)
        else:
            frame = _cut(frame, at)
    return frame


def _whole(found: list[Edge], frame: Frame) -> bool:
    """Whether edges run from side to side of a frame; the shading of a blank cell may be missing between them."""
    start, end = min(e.start for e in found), max(e.end for e in found)
    whole = start < frame.xs[0] + 2 * REACH and end > frame.xs[-1] - 2 * REACH
    return whole and sum(e.length for e in found) > 0.75 * (frame.xs[-1] - frame.xs[0])


def _cut(frame: Frame, at: float) -> Frame:
    """The frame with one wall more from side to side."""
    k = sum(1 for y in frame.ys if y < at)
    across = {(i + (i >= k), c) for i, c in frame.across} | {(k, c) for c in range(frame.columns)}
    down = {(r + (r >= k), c) for r, c in frame.down} | {(k, c) for r, c in frame.down if r == k - 1}
    return Frame(frame.xs, (*frame.ys[:k], at, *frame.ys[k:]), frozenset(across), frozenset(down))


def extended(frame: Frame, top: float | None, bottom: float | None) -> Frame:
    """The frame with an open band more above, below, or both, for text that its rules do not enclose."""
    across, down, ys = frame.across, frame.down, frame.ys
    if top is not None:
        across = frozenset((k + 1, c) for k, c in across) | {(1, c) for c in range(frame.columns)}
        down = frozenset((r + 1, k) for r, k in down)
        ys = (top, *ys)
    if bottom is not None:
        across = across | {(len(ys) - 1, c) for c in range(frame.columns)}
        ys = (*ys, bottom)
    return Frame(frame.xs, ys, across, down)


def without_first(frame: Frame) -> Frame:
    """The frame without its first row."""
    across = frozenset((k - 1, c) for k, c in frame.across if k)
    return Frame(frame.xs, frame.ys[1:], across, frozenset((r - 1, k) for r, k in frame.down if r))


def _touching(level: list[Edge], upright: list[Edge]) -> Iterable[list[int]]:
    held = [[k] for k in range(len(level) + len(upright))]  # the edges that hang together with each
    places = [tall.at for tall in upright]  # from left to right
    for i, flat in enumerate(level):
        for k in range(bisect_left(places, flat.start - REACH), bisect_right(places, flat.end + REACH)):
            _, start, end = upright[k]
            if start - REACH <= flat.at <= end + REACH and held[i] is not held[len(level) + k]:
                fewer, more = sorted((held[i], held[len(level) + k]), key=len)
                more += fewer
                for edge in fewer:
                    held[edge] = more
    return [sorted(group) for group in {id(group): group for group in held}.values()]


def _frame(across: list[Edge], down: list[Edge]) -> Frame:
    xs = _distinct([e.at for e in down] + [e.start for e in across] + [e.end for e in across])
    ys = _distinct([e.at for e in across] + [e.start for e in down] + [e.end for e in down])
    walls_down = frozenset([(row, k) for k, row in _walls(down, xs, ys)])
    return Frame(tuple(xs), tuple(ys), frozenset(_walls(across, ys, xs)), walls_down)


def _walls(found: list[Edge], places: list[float], bounds: list[float]) -> list[tuple[int, int]]:
    """(k, band) wherever an edge at the k-th of these places covers the band between two bounds."""
    out: list[tuple[int, int]] = []
    for edge in found:
        at, start, end = edge
        first, last = bisect_right(bounds, start) - 1, bisect_left(bounds, end)
        covered = []
        for band in range(max(first, 0), min(last, len(bounds) - 1)):
            low, high = bounds[band], bounds[band + 1]
            if (start <= low and high <= end) or edge.covers(low, high):
                covered.append(band)
        for k in range(bisect_left(places, at - REACH), bisect_right(places, at + REACH)):
            out += [(k, band) for band in covered]
    return out


def _distinct(values: list[float]) -> list[float]:
    """Coordinates closer than a rule can mean apart are one; the drawn edges come first in the list and win."""
    out: list[float] = []
    for value in values:
        k = bisect_left(out, value)
        if (not k or value - out[k - 1] > REACH) and (k == len(out) or out[k] - value > REACH):
            out.insert(k, value)
    return out


def areas(frame: Frame) -> list[Area]:
    """Cells of the frame: bands with no wall between them are one; a shape that is no rectangle falls apart by rows."""
    seen: set[tuple[int, int]] = set()
    out: list[Area] = []
    for row in range(frame.rows):
        for column in range(frame.columns):
            if (row, column) not in seen:
                area = _grown(frame, row, column, seen)
                if area.top < area.bottom or area.left < area.right:  # no other cell asks about one place
                    rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
                    seen.update([(r, c) for r in rows for c in columns])
                out.append(area)
    return out


def _grown(frame: Frame, row: int, column: int, seen: set[tuple[int, int]]) -> Area:
    """Largest rectangle from this corner to the right and then down without a wall inside."""
    right, last = column, len(frame.xs) - 2
    while right < last and (row, right + 1) not in frame.down and (row, right + 1) not in seen:
        right += 1
    bottom, last = row, len(frame.ys) - 2
    while (
        bottom < last and (bottom + 1, column) not in frame.across and _open_below(frame, bottom, column, right, seen)
    ):
        bottom += 1
    return Area(row, bottom, column, right)


def _open_below(frame: Frame, bottom: int, left: int, right: int, seen: set[tuple[int, int]]) -> bool:
    below = bottom + 1
    if any((below, c) in frame.across or (below, c) in seen for c in range(left, right + 1)):
        return False
    if any((below, k) in frame.down for k in range(left + 1, right + 1)):
        return False
    ends_left = left == 0 or (below, left) in frame.down
    ends_right = right + 1 == frame.columns or (below, right + 1) in frame.down
    return ends_left and ends_right
