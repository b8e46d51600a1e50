"""Text beside a chart: what stands at either side of the white strip next to the chart is read by itself."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from pv_extract.layout.lines import WIDE, TextLine, text_lines
from pv_extract.model import Box, Page, Word

Chart = tuple[Box, list[Box]]
Strip = tuple[float, float]

_FEWEST = 4  # bars of a chart
_MOST = 500  # areas of a page; more are a map
_DRAWINGS = 12
_LEAST = 60.0  # points: width and height of a drawing
_STRIP = 1.5  # type sizes
_REACH = 3.0  # type sizes from a chart to its caption, and to the labels under its axis
_PLAIN = str.maketrans({",": ".", "–": "-", "−": "-"})
_NUMBER = re.compile(r"[-–−]?\d+(?:[.,]\d+)?")
_GROUPED = re.compile(r"[-–−]?\d{1,3}(?:[.,'’\s]\d{3})+")
_UNIT = re.compile(r"^[^\w\s.,–−-]\s?|\s?[^\w\s.,]$")


def apart(
    page: Page, words: Sequence[Word], zones: Callable[[Sequence[Word]], list[list[TextLine]]]
) -> list[list[TextLine]]:
    """The zones of these words, and within each of them those to the left and to the right of the strip beside a chart."""
    found, parts = _charts(page, words), zones(words)
    if not found:
        return parts
    out: list[list[TextLine]] = []
    for part in parts:
        x0, x1 = min(x.box.x0 for x in part), max(x.box.x1 for x in part)
        groups = _parts([chart for chart in found if x0 < chart[0].middle[0] < x1], part)
        out += [part] if len(groups) == 1 else [zone for group in groups for zone in zones(group)]
    return out


def _parts(charts: Sequence[Chart], rest: Sequence[TextLine]) -> list[list[Word]]:
    """The words of these lines parted beside the charts from top to bottom, those at each side beside the others among them."""
    out: list[list[Word]] = []
    for k, (box, bars) in enumerate(charts):
        strips = _strips(rest, box, bars)
        inside = _stretch(rest, box, strips) if strips else None
        if inside is None:
            continue
        sides: list[list[Word]] = [[] for _ in range(len(strips) + 1)]
        for line in rest[inside[0] : inside[1]]:
            cuts = _cuts(line, strips) or []
            for word in line.words:
                sides[bisect_right(cuts, word.box.middle[0])].append(word)
        above = [w for line in rest[: inside[0]] for w in line.words]
        parts = [part for side in sides if side for part in _parts(charts[k + 1 :], text_lines(side))]
        out += [above, *parts] if above else parts
        rest = rest[inside[1] :]
    below = [w for line in rest for w in line.words]
    return [*out, below] if below or not out else out


def _charts(page: Page, words: Sequence[Word]) -> list[Chart]:
    """Bounds of the charts of a page, from top to bottom, with the bars on their axis; drawings have none."""
    fills = [f.box for f in page.fills if f.color != "ffffff" and min(f.box.height, f.box.width) > 2]
    found: list[Chart] = []
    if _FEWEST <= len(fills) <= _MOST:
        lying = _bars(fills, lambda b: (round(b.x0), round(b.height)), lambda b: round(b.width))
        standing = _bars(fills, lambda b: (round(b.bottom), round(b.width)), lambda b: round(b.height))
        middles = [w.box.middle for w in words] if lying or standing else []
        bars = [group for group in (*lying, *standing) if not any(b.holds(m) for b in group for m in middles)]
        found += [(Box.around(group), group) for group in bars]
    drawn = [a for a in page.art if _LEAST < a.width < 0.8 * page.width and a.height > _LEAST]
    found += [(a, []) for a in drawn] if len(drawn) <= _DRAWINGS else []
    return sorted(found, key=lambda chart: chart[0].top)


def _bars(
    fills: Sequence[Box], axis: Callable[[Box], tuple[int, int]], length: Callable[[Box], int]
) -> list[list[Box]]:
    """Groups of areas that begin on one axis and are equally thick, of different lengths."""
    groups: dict[tuple[int, int], list[Box]] = {}
    for box in fills:
        groups.setdefault(axis(box), []).append(box)
    return [g for g in groups.values() if len(g) >= _FEWEST and len({length(b) for b in g}) >= _FEWEST - 1]


def _strips(lines: Sequence[TextLine], box: Box, bars: Sequence[Box]) -> list[Strip]:
    """The white strips to the left and to the right of a chart with its labels, where other text follows."""
    words = [w for x in lines if box.top < x.box.middle[1] < box.bottom for w in x.words]
    left = _columns(w for w in words if w.box.x1 <= box.x0 + 1)
    right = _columns(w for w in words if w.box.x0 >= box.x1 - 1)
    end, begin = box.x0, box.x1
    while left and _labels(left[-1], bars):
        end = min(w.box.x0 for w in left.pop())
    while right and _labels(right[0], bars):
        begin = max(w.box.x1 for w in right.pop(0))
    before = [(max(w.box.x1 for w in left[-1]), end)] if left else []
    behind = [(begin, min(w.box.x0 for w in right[0]))] if right else []
    size = words[0].size if words else 0.0
    return [strip for strip in (*before, *behind) if strip[1] - strip[0] > _STRIP * size]


def _columns(words: Iterable[Word]) -> list[list[Word]]:
    """The words by the white between them that none of them stands in, from left to right."""
    out: list[list[Word]] = []
    end = 0.0
    for word in sorted(words, key=lambda w: w.box.x0):
        if out and word.box.x0 - end < 0.5 * word.size:
            out[-1].append(word)
        else:
            out.append([word])
            end = 0.0
        end = max(end, word.box.x1)
    return out


def _labels(column: Sequence[Word], bars: Sequence[Box]) -> bool:
    """Whether texts stand beside the bars of a chart, or number its axis from the bottom in equal steps."""
    lines = text_lines(column)
    heights = [x.box.middle[1] for x in lines]
    if bars:
        off = [min((b.middle[1] - y for b in bars), key=abs) for y in heights]
        if max(off) - min(off) < 1.0 and max(map(abs, off)) < 0.5 * lines[0].size:
            return True
    values = [value for x in lines if (value := _value(x.text)) is not None]
    if len(lines) < 3 or len(values) < len(lines):
        return False
    steps = [b - a for a, b in pairwise(heights)]
    fallen = [a - b for a, b in pairwise(values)]
    even = max(steps) - min(steps) < 1.0 and max(fallen) - min(fallen) < 1e-6 < min(fallen)
    return even and abs(values[0] / fallen[0] - round(values[0] / fallen[0])) < 1e-6


def _value(text: str) -> float | None:
    """What a label of an axis says: a number, in thousands or not, with its unit or without; None for other text."""
    bare = _UNIT.sub("", text)
    if _GROUPED.fullmatch(bare):
        bare = re.sub(r"[.,'’\s]", "", bare)
    return float(bare.translate(_PLAIN)) if _NUMBER.fullmatch(bare) else None


def _stretch(lines: Sequence[TextLine], box: Box, strips: Sequence[Strip]) -> tuple[int, int] | None:
    """The positions of the lines beside a chart and next to them that keep its strips free; None where one of them does not."""
    inside = [k for k, x in enumerate(lines) if box.top < x.box.middle[1] < box.bottom]
    if any(_cuts(lines[k], strips) is None for k in inside):
        return None
    first = _reach(lines, range(inside[0] - 1, -1, -1), box, strips)
    last = _reach(lines, range(inside[-1] + 1, len(lines)), box, strips)
    return inside[0] - first, inside[-1] + 1 + last


def _reach(lines: Sequence[TextLine], order: range, box: Box, strips: Sequence[Strip]) -> int:
    """How many lines in this order go on beside a chart: those of its caption and labels, and all beside them."""
    here = bisect_right([x0 for x0, _ in strips], box.middle[0])
    reach, edge = _REACH, box
    for n, k in enumerate(order):
        line = lines[k]
        cuts = _cuts(line, strips)
        if cuts is None:
            return n
        if any(bisect_right(cuts, w.box.middle[0]) == here for w in line.words):
            if max(edge.top - line.box.bottom, line.box.top - edge.bottom) > reach * line.size:
                return n
            reach, edge = 1.0, line.box
    return len(order)


def _cuts(line: TextLine, strips: Sequence[Strip]) -> list[float] | None:
    """Where a line is divided at these strips: in its widest gap that touches one; None where none is wider than a word space."""
    out: list[float] = []
    for x0, x1 in strips:
        ends = [-9e9, *(w.box.x1 for w in line.words)]
        begins = [*(w.box.x0 for w in line.words), 9e9]
        gaps = [(b - a, (max(a, x0) + min(b, x1)) / 2) for a, b in zip(ends, begins, strict=True) if a < x1 and b > x0]
        width, middle = max(gaps, default=(0.0, 0.0))
        if width < WIDE * line.size:
            return None
        out.append(middle)
    return out
