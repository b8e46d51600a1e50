"""Lines between those of a text of several lines: what stands at half its height is in its row."""

from collections.abc import Sequence

from pv_extract.layout.rulings import Ruling


def around(ruled: Sequence[Ruling], scores: list[float], cuts: set[int]) -> None:
    """Lines around one at half their height become one row with it: a wrapped label around figures, or around a code.

    So does a text in any column around words that stand in the middle of it.
    """
    for k, ruling in enumerate(ruled):
        between = _between(ruled, k)
        if not (between or (ruling.figures and ruling.at(0) is None)):
            continue
        pairs = 0
        while _pair(ruled, k, pairs + 1, cuts if pairs else set(), between=between):
            pairs += 1
        if pairs:
            inside = range(k - pairs + 1, k + pairs + 1)
            cuts.difference_update(inside)
            cuts.update({k - pairs, k + pairs + 1} - {0, len(ruled)})
            for j in inside:
                scores[j - 1] = 9.0


def _between(ruled: Sequence[Ruling], k: int) -> bool:
    """Whether the lines above and below reach into the height of this one."""
    if not 0 < k < len(ruled) - 1:
        return False
    box = ruled[k].line.box
    return ruled[k - 1].line.box.bottom > box.top and ruled[k + 1].line.box.top < box.bottom


def _pair(ruled: Sequence[Ruling], k: int, away: int, cuts: set[int], *, between: bool) -> bool:
    """Whether the lines this far above and below are of one text, no further apart than lines of one are."""
    above, below = k - away, k + away
    if above < 0 or below >= len(ruled) or above + 1 in cuts or below in cuts:
        return False
    upper, lower = ruled[above], ruled[below]
    inner = ruled[above + 1] if away > 1 else lower
    step = inner.line.box.bottom - upper.line.box.bottom
    if step >= 1.6 * upper.line.size or upper.filled != lower.filled or upper.filled & ruled[k].filled:
        return False
    label = {0 if ruled[k].at(0) is None else 1}
    return upper.filled == label or (between and not upper.figures and not lower.figures)
