"""Rows of several lines that white space parts: labels in two languages, one above the other, with figures beside one of them."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.rulings import Ruling

_FEWEST = 3  # rows


def close_step(ruled: Sequence[Ruling]) -> float:
    """The largest step between lines of one row, where white space parts rows of several lines; 0 elsewhere."""
    steps = _steps(ruled)
    cuts = spaced_rows(ruled)
    return max((step for k, step in enumerate(steps, start=1) if k not in cuts), default=0.0) if cuts else 0.0


def _steps(ruled: Sequence[Ruling]) -> list[float]:
    return [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(ruled)]


def spaced_rows(ruled: Sequence[Ruling], close: float = 0.0) -> set[int] | None:
    """Positions at which rows begin, where lines closer to each other than to the next hold one line of figures each.

    Between two rules there may be one row alone, whose lines stand as `close` as those of other rows.

    A label in bold type or less far in than the line of figures below it is the heading of a group.
    """
    figured, steps = sum(1 for r in ruled if r.figures), _steps(ruled)
    if close and figured == 1 < len(ruled) and max(steps) < close + 0.5 and _one_row(ruled):
        return set()
    if not _FEWEST <= figured < len(ruled) or any(r.at(0) is None for r in ruled):
        return None
    size = ruled[0].line.size
    for low, high in pairwise(sorted(set(steps))):
        if high - low > 0.12 * size and high <= 1.9 * size + low:
            cuts = {k for k, step in enumerate(steps, start=1) if step >= high}
            if len(cuts) + 1 == figured and all(_one_row(group) for group in _groups(ruled, cuts)):
                return cuts
    return None


def _groups(ruled: Sequence[Ruling], cuts: set[int]) -> list[Sequence[Ruling]]:
    return [ruled[a:b] for a, b in pairwise([0, *sorted(cuts), len(ruled)])]


def _one_row(lines: Sequence[Ruling]) -> bool:
    """Whether one of the lines prints figures, and the others labels that begin where its label does, in the same weight."""
    row = next((r for r in lines if r.figures), None)
    if row is None or any(r is not row and r.filled != {0} for r in lines):
        return False
    label = row.entries[0].words[0]
    firsts = [r.entries[0].words[0] for r in lines]
    return all(abs(w.box.x0 - label.box.x0) < 3.0 and w.bold == label.bold for w in firsts)
