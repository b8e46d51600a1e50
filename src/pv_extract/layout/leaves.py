"""Headers side by side that run into one text: below the last level of a header each column has a header of its own."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.flush import Setting, flush_parts
from pv_extract.layout.lines import chunk
from pv_extract.layout.rulings import Ruling
from pv_extract.model import Word

_SPACE = 0.33  # type sizes: more than the space of a word, where no other word spaces tell
_WIDER = 1.25
_OVERLAP = -0.6  # type sizes by which a header may reach into its neighbour


def own_headers(
    lines: Sequence[Ruling],
    marks: Sequence[float],
    settled: Sequence[Setting],
    labels: Sequence[Sequence[Word]],
) -> frozenset[int]:
    """Ids of the words that begin the header of their column, in texts over several columns with no header below each.

    `lines` are those of the header from the top, `marks` the borders of the columns and `settled` how they are set; `labels`
    show how wide a word space is.
    """
    out: set[int] = set()
    space = _space(labels)
    for k, ruling in enumerate(lines):
        for entry in ruling.entries:
            if entry.right == entry.left or len(entry.words) < 2:
                continue
            below = {e.left for r in lines[k + 1 :] for e in r.entries if e.left == e.right}
            above = {e.left for r in lines[:k] for e in r.entries if e.left == e.right}
            columns = range(entry.left, entry.right + 1)
            borders = marks[entry.left : entry.right]
            if all(c in above for c in columns):
                if len(ruling.entries) == 1 and len(above - {0}) == len(marks):
                    continue  # a unit of all columns
                out |= {id(w) for w in _begins(entry.words, borders, _OVERLAP)}
            elif not all(c in below for c in columns):
                flush = flush_parts(chunk(entry.words), marks, settled)
                begun = [part[0] for part in flush[1:]] if flush else _begins(entry.words, borders, space)
                out |= {id(w) for w in begun}
    return frozenset(out)


def _space(labels: Sequence[Sequence[Word]]) -> float:
    """What is wider than the space between words, in type sizes."""
    gaps = sorted((b.box.x0 - a.box.x1) / a.size for words in labels for a, b in pairwise(words) if a.size)
    return 1.1 * gaps[len(gaps) // 2] if len(gaps) > 2 else _SPACE


def _begins(words: Sequence[Word], borders: Sequence[float], space: float) -> list[Word]:
    """The words behind the borders, or behind the widest gaps or those nearest to the borders; none without such gaps."""
    at = [
        next((b for a, b in pairwise(words) if a.box.x1 - 0.5 <= border <= b.box.x0 + 0.5), None) for border in borders
    ]
    begins = [word for word in at if word is not None]
    if len(begins) == len(borders):
        return begins  # a border in a gap of the text
    gaps = [(b.box.x0 - a.box.x1, (a.box.x1 + b.box.x0) / 2, b) for a, b in pairwise(words)]
    wide = [gap for gap in gaps if gap[0] > space * gap[2].size]
    if len(wide) < len(borders):
        return []
    widest = sorted(gaps, key=lambda gap: -gap[0])
    rest = widest[len(borders)][0] if len(widest) > len(borders) else 0.0
    if widest[len(borders) - 1][0] > _WIDER * rest:
        return [gap[2] for gap in widest[: len(borders)]]
    nearest = [min(wide, key=lambda gap: abs(gap[1] - border)) for border in borders]
    return [gap[2] for gap in nearest] if len({id(gap[2]) for gap in nearest}) == len(borders) else []
