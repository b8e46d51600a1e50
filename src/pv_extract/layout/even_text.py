"""A column of running text by how it is set: lines at even steps that all begin at one x, however wide their spaces are."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pv_extract.layout.lines import TextLine, lettered, text_lines
from pv_extract.model import Box, Word

_FEWEST = 8  # lines of text
_WORDS = 4  # on a line
_GUTTER = 0.8  # type sizes


def even_text(lines: Sequence[TextLine]) -> tuple[Box, float] | None:
    """The first column of text with anything but text beside it, and the x that parts them."""
    if len(lines) < _FEWEST:
        return None
    for x0, run in _runs(lines):
        box = Box.around(lines[k].box for k in run)
        inside = [w for line in lines[run[0] : run[-1] + 1] for w in line.words]
        size = lines[run[0]].size
        x1 = _end(inside, x0, size)
        held = [w for w in inside if x0 - 1 <= w.box.x0 and w.box.x1 <= x1 + 1]
        if not _fills(held, x0, x1, size):
            continue
        right = [w for w in inside if w.box.x0 > x1 + 1]
        left = [w for w in inside if w.box.x1 < x0 - 1]
        for others, gutter in ((right, x1 + 0.4 * size), (left, x0 - 0.4 * size)):
            if _stands_alone(others, held, size):
                return box, gutter
    return None


def _runs(lines: Sequence[TextLine]) -> Iterator[tuple[float, list[int]]]:
    """Where lines begin, and the positions of those that follow each other at even steps."""
    group: list[tuple[float, int]] = []
    for x, k in [*_begins(lines), (float("inf"), -1)]:
        if group and x - group[0][0] > 1.0:
            if len(group) >= _FEWEST:
                for run in _even(lines, sorted({at for _, at in group})):
                    yield group[0][0], run
            group = []
        group.append((x, k))


def _begins(lines: Sequence[TextLine]) -> list[tuple[float, int]]:
    """The x of words that begin a line or stand behind a gap, with the position of their line."""
    out = []
    for k, line in enumerate(lines):
        end, gap = float("-inf"), _GUTTER * line.size
        for word in line.words:
            x0, _, x1, _ = word.box
            if x0 - end > gap and lettered(word.text):
                out.append((x0, k))
            end = x1
    return sorted(out)


def _even(lines: Sequence[TextLine], at: Sequence[int]) -> Iterator[list[int]]:
    """Runs of lines a line's height apart, most of them at the same step; between paragraphs it may be larger."""
    run = [at[0]]
    for above, below in pairwise(at):
        if lines[below].box.bottom - lines[above].box.bottom > 2.2 * lines[above].size:
            if _regular(lines, run):
                yield run
            run = []
        run.append(below)
    if _regular(lines, run):
        yield run


def _regular(lines: Sequence[TextLine], run: Sequence[int]) -> bool:
    if len(run) < _FEWEST:
        return False
    steps = sorted(lines[b].box.bottom - lines[a].box.bottom for a, b in pairwise(run))
    usual, size = steps[len(steps) // 2], lines[run[0]].size
    return sum(1 for step in steps if abs(step - usual) < 0.1 * size) >= 0.75 * len(steps)


def _end(words: Sequence[Word], x0: float, size: float) -> float:
    """The x behind which the first strip of white runs down beside all lines."""
    end = x0
    for word in sorted((w for w in words if w.box.x0 >= x0 - 1), key=lambda w: w.box.x0):
        if end > x0 and word.box.x0 - end > _GUTTER * size:
            break
        end = max(end, word.box.x1)
    return end


def _fills(held: Sequence[Word], x0: float, x1: float, size: float) -> bool:
    """Whether words are running text: several on a line, hardly any figures, and most lines as long as the column is wide."""
    if x1 - x0 < 8 * size or len(held) < _WORDS * _FEWEST or sum([lettered(w.text) for w in held]) < 0.7 * len(held):
        return False
    found = text_lines(held)
    if len(found) < _FEWEST or len(held) < _WORDS * len(found):
        return False
    return sum(1 for line in found if line.box.x1 > x0 + 0.75 * (x1 - x0)) >= 0.75 * len(found)


def _stands_alone(others: Sequence[Word], held: Sequence[Word], size: float) -> bool:
    """Whether lines beside a text stand at heights of their own, as they do in no table whose labels that text is."""
    heights = [line.box.bottom for line in text_lines(held)]
    own = [line for line in text_lines(others) if not any(abs(line.box.bottom - y) < 0.1 * size for y in heights)]
    return len(own) >= 3 and 2 * len(own) >= len(text_lines(others))
