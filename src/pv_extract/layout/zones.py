"""Columns of running text: a page is divided at the gutters between them before lines are read across it."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.beside_prose import beside_prose
from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import TextLine, has_digits, is_figure, lettered, text_lines
from pv_extract.layout.rivers import river
from pv_extract.model import Word

FEWEST_LINES = 6
WORDS_OF_PROSE = 4
WIDEST_SPACE = 1.4  # type sizes; justified lines are stretched, but no further


def zones(words: Sequence[Word], depth: int = 2, level: Sequence[Edge] = ()) -> list[list[TextLine]]:
    """The lines by zone, in reading order: full width from top to bottom, text columns from left to right.

    `level` are the horizontal rules of the page: they part the rows of a table, whatever its texts look like.
    """
    lines = text_lines(words)
    gutter = _gutter(lines) if depth else None
    white = river(lines, _prose, WORDS_OF_PROSE) if depth and gutter is None else None
    if gutter is None and white is None:
        return _around(lines, depth, level)
    out: list[list[TextLine]] = []
    runs = _runs(lines, gutter) if gutter is not None else _beside(lines, white or 0.0)
    gutter = gutter if gutter is not None else white or 0.0
    for run, divided in runs:
        if not divided:
            out.append(run)
            continue
        inside = [w for found in run for w in found.words]
        left = [w for w in inside if w.box.middle[0] < gutter]
        right = [w for w in inside if w.box.middle[0] >= gutter]
        out += zones(left, depth - 1, level) + zones(right, depth - 1, level)
    return out


def _around(lines: list[TextLine], depth: int, level: Sequence[Edge]) -> list[list[TextLine]]:
    """The zones of a page without a gutter from top to bottom: something may stand beside a text on a part of it."""
    found = beside_prose(lines, _prose, level) if depth else None
    if found is None:
        return [lines] if lines else []
    beside = [zone for side in (found.left, found.right) for zone in zones(side, depth - 1, level)]
    return [*_around(found.above, depth, level), *beside, *_around(found.below, depth, level)]


def _gutter(lines: Sequence[TextLine]) -> float | None:
    """The x at which most lines of two texts side by side have a gap; None where the page has one column.

    Beside a justified text, whose lines all end at one x, anything may stand.
    """
    if len(lines) < FEWEST_LINES:
        return None
    votes: Counter[int] = Counter()
    beside: list[tuple[float, float]] = []
    for found in lines:
        words = found.words
        for right in range(WORDS_OF_PROSE, len(words)):
            a, b = words[right - 1].box, words[right].box
            if b.x0 - a.x1 > 0.8 * found.size and _prose(words[:right]):
                beside.append((a.x1, b.x0))
                if _prose(words[right:]):
                    votes.update(_between(a.x1, b.x0))
    if votes and max(votes.values()) < FEWEST_LINES:
        edge = max((x1 for x1, _ in beside), key=lambda x: sum(1 for y, _ in beside if abs(x - y) < 1.5))
        flush = [gap for gap in beside if abs(gap[0] - edge) < 1.5]
        if len(flush) >= FEWEST_LINES and len(flush) > 0.6 * len(beside):
            votes = Counter(x for gap in flush for x in _between(*gap))
    if not votes:
        return None
    best = max(votes.values())
    if best < FEWEST_LINES:
        return None
    at = [x for x, n in votes.items() if n == best]
    return 2.0 * sorted(at)[len(at) // 2]


def _between(x0: float, x1: float) -> range:
    return range(int(x0 / 2) + 1, int(x1 / 2) + 1)


def _prose(words: Sequence[Word]) -> bool:
    """Whether this looks like the line of a text column: several words, few of them figures, no wide gap between them."""
    if len(words) < WORDS_OF_PROSE:
        return False
    letters = sum([lettered(w.text) for w in words])
    if letters < WORDS_OF_PROSE or letters < 0.6 * len(words):
        return False
    return all(b.box.x0 - a.box.x1 < WIDEST_SPACE * b.size for a, b in pairwise(words))


def _runs(lines: Sequence[TextLine], gutter: float) -> list[tuple[list[TextLine], bool]]:
    """Stretches of lines that keep the gutter free and hold text at both sides of it, and the stretches between them."""
    out: list[tuple[list[TextLine], bool]] = []
    run: list[TextLine] = []
    free = True
    for found in lines:
        here = not any(w.box.x0 < gutter < w.box.x1 for w in found.words) and not _tight(found, gutter)
        if run and here != free:
            out.append((run, free))
            run = []
        run.append(found)
        free = here
    if run:
        out.append((run, free))
    parts = [part for group, free in out for part in (_trimmed(group, gutter) if free else [(group, False)])]
    whole: list[tuple[list[TextLine], bool]] = []
    for group, divided in parts:
        if whole and not divided and not whole[-1][1]:
            whole[-1][0].extend(group)
        else:
            whole.append((list(group), divided))
    return whole


def _beside(lines: Sequence[TextLine], white: float) -> list[tuple[list[TextLine], bool]]:
    """Stretches that keep the strip free, but for rows that print at both sides of it and are prose at none."""
    out: list[tuple[list[TextLine], bool]] = []
    for k, found in enumerate(lines):
        near = lines[max(0, k - 1) : k + 2]
        across = any(w.box.x0 < white < w.box.x1 for w in found.words)
        row = all(
            _left(x, white) and _right(x, white) and not _prose(_left(x, white)) and not _prose(_right(x, white))
            for x in near
        )
        divided = not across and not row
        if out and out[-1][1] == divided:
            out[-1][0].append(found)
        else:
            out.append(([found], divided))
    return out


def _trimmed(run: list[TextLine], gutter: float) -> list[tuple[list[TextLine], bool]]:
    """The run in stretches of running text at either side, and stretches of table rows over the whole width."""
    both = [k for k, found in enumerate(run) if _prose(_left(found, gutter)) and _prose(_right(found, gutter))]
    if len(both) < 3:
        return [(run, False)]
    start = min(run[k].words[0].box.x0 for k in both)
    end = max(run[k].words[-1].box.x1 for k in both)
    sides = {id(run[k]) for k in both}
    out: list[tuple[list[TextLine], bool]] = []
    pending: list[TextLine] = []
    for k, found in enumerate(run):
        row = _row(found, gutter)
        divided = not row and (k in both or _full(found, start, gutter, end))
        if not row and not divided:
            pending.append(found)
        elif out and out[-1][1] == divided:
            out[-1][0].extend([*pending, found])
            pending = []
        else:
            out.append(([*pending, found], divided))
            pending = []
    if pending and out:
        out[-1][0].extend(pending)
    lone = {
        k for k in range(1, len(out) - 1) if out[k][1] and not any(id(x) in sides for x in out[k][0])
    }  # a long label between rows
    return [(group, divided and k not in lone) for k, (group, divided) in enumerate(out)]


def _row(found: TextLine, gutter: float) -> bool:
    """Whether the line goes on with nothing but figures beyond the gutter: a row of a table over both columns."""
    left, right = _left(found, gutter), _right(found, gutter)
    return bool(left and right) and all(is_figure(w.text) for w in right) and any(has_digits(w.text) for w in right)


def _left(found: TextLine, gutter: float) -> list[Word]:
    return [w for w in found.words if w.box.x1 <= gutter]


def _right(found: TextLine, gutter: float) -> list[Word]:
    return [w for w in found.words if w.box.x0 >= gutter]


def _full(found: TextLine, start: float, gutter: float, end: float) -> bool:
    """Whether running text fills one of the columns on this line."""
    left, right = _left(found, gutter), _right(found, gutter)
    return (_prose(left) and left[-1].box.x1 - left[0].box.x0 > 0.85 * (gutter - start)) or (
        _prose(right) and right[-1].box.x1 - right[0].box.x0 > 0.85 * (end - gutter)
    )


def _tight(found: TextLine, gutter: float) -> bool:
    """Whether the gutter falls in a mere word space of a line that runs over it."""
    return any(
        a.box.x1 <= gutter <= b.box.x0 and b.box.x0 - a.box.x1 < 0.6 * found.size for a, b in pairwise(found.words)
    )
