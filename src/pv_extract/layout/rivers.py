"""The gutter between columns of text whose lines stand at different heights: a strip of white beside many lines of prose."""

from collections.abc import Callable, Sequence

from pv_extract.layout.lines import TextLine, lettered, text_lines
from pv_extract.model import Box, Word

_FEWEST = 8  # lines of prose in a column of text
_BESIDE = 3  # lines of prose at the other side
_CROSSING = 0.15  # of the lines: titles and tables over both columns
_STEP = 2.0


def river(lines: Sequence[TextLine], prose: Callable[[Sequence[Word]], bool], fewest: int) -> float | None:
    """The x of a strip that few lines cross, with a text column that fills its width at one side; None without one.

    A line of prose has so many words at the fewest.
    """
    if len(lines) < 2 * _FEWEST:
        return None
    box = Box.around(line.box for line in lines)
    size = sorted(line.size for line in lines)[len(lines) // 2]
    first, last = box.x0 + 0.25 * box.width, box.x0 + 0.75 * box.width
    crossed = [0] * (int((last - first) / _STEP) + 1)
    for word in (w for line in lines for w in line.words if w.box.x1 > first and w.box.x0 < last):
        start = max(0, int((word.box.x0 - first) / _STEP) + 1)
        for k in range(start, min(len(crossed), int((word.box.x1 - first) / _STEP) + 1)):
            crossed[k] += 1
    free = [first + k * _STEP for k, count in enumerate(crossed) if count <= _CROSSING * len(lines)]
    for x in _middles(free, 0.8 * size):
        words = [w for line in lines if not _across(line, x) for w in line.words]
        left, right = [w for w in words if w.box.middle[0] < x], [w for w in words if w.box.middle[0] >= x]
        long = sorted([sum([lettered(w.text) for w in side]) // fewest for side in (left, right)])
        if long[0] < _BESIDE or long[1] < _FEWEST:
            continue  # as in most tables
        sides = [text_lines(left), text_lines(right)]
        if any(_column(side, prose) for side in sides) and all(
            sum(1 for s in side if prose(s.words)) >= _BESIDE for side in sides
        ):
            return x
    return None


def _middles(at: Sequence[float], width: float) -> list[float]:
    """The middle of each stretch of neighbouring positions that is wide enough."""
    runs: list[list[float]] = []
    for x in at:
        if runs and x - runs[-1][-1] <= _STEP:
            runs[-1].append(x)
        else:
            runs.append([x])
    return [(run[0] + run[-1]) / 2 for run in runs if run[-1] - run[0] + _STEP >= width]


def _across(line: TextLine, x: float) -> bool:
    return any(w.box.x0 < x < w.box.x1 for w in line.words)


def _column(lines: Sequence[TextLine], prose: Callable[[Sequence[Word]], bool]) -> bool:
    """Whether most lines are prose that runs to the end of the column."""
    if len(lines) < _FEWEST:
        return False
    x0, x1 = min(line.box.x0 for line in lines), max(line.box.x1 for line in lines)
    full = sum(1 for line in lines if prose(line.words) and line.box.width > 0.85 * (x1 - x0))
    return full >= _FEWEST and full > 0.6 * len(lines)
