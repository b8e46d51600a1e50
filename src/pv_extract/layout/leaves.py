"""Headers side by side that run into one text: below the last level of a header each column has a header of its own."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.rulings import Ruling
from pv_extract.model import Word

_SPACE = 0.33  # type sizes: more than the space of a word
_WIDER = 1.25


def own_headers(lines: Sequence[Ruling], marks: Sequence[float]) -> frozenset[int]:
    """Ids of the words that begin the header of their column, in texts over several columns with no header below each.

    `lines` are those of the header from the top, `marks` the borders of the columns.
    """
    out: set[int] = set()
    for k, ruling in enumerate(lines):
        for entry in ruling.entries:
            if entry.right == entry.left or len(entry.words) < 2:
                continue
            below = {e.left for r in lines[k + 1 :] for e in r.entries if e.left == e.right}
            if not all(c in below for c in range(entry.left, entry.right + 1)):
                out |= {id(w) for w in _begins(entry.words, marks[entry.left : entry.right])}
    return frozenset(out)


def _begins(words: Sequence[Word], borders: Sequence[float]) -> list[Word]:
    """The words behind the widest gaps, one for each border, or behind those nearest to the borders; none without them."""
    gaps = [(b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2, b) for a, b in pairwise(words)]
    wide = [gap for gap in gaps if gap[0] > _SPACE * gap[2].size]
    if len(wide) < len(borders):
        return []
    widest = sorted(gaps, key=lambda gap: -gap[0])
    rest = widest[len(borders)][0] if len(widest) > len(borders) else 0.0
    if widest[len(borders) - 1][0] > _WIDER * rest:
        return [gap[2] for gap in widest[: len(borders)]]
    nearest = [min(wide, key=lambda gap: abs(gap[1] - border)) for border in borders]
    return [gap[2] for gap in nearest] if len({id(gap[2]) for gap in nearest}) == len(borders) else []
