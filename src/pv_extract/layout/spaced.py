"""Rows of several lines: labels in two languages, one above the other, with figures beside one of them or between them."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.links import link, slanted
from pv_extract.layout.rulings import Ruling, heading

_FEWEST = 3  # rows
_EVEN = 0.04  # type sizes: steps that differ less are equal


def close_step(ruled: Sequence[Ruling]) -> float:
    """The largest step between lines of one row below a header, where white space parts rows of several lines; 0 elsewhere."""
    if len(ruled) <= _FEWEST:
        return 0.0
    ruled = ruled[heading(ruled) :]
    steps = _steps(ruled)
    cuts = spaced_rows(ruled)
    return max((step for k, step in enumerate(steps, start=1) if k not in cuts), default=0.0) if cuts else 0.0


def _steps(ruled: Sequence[Ruling]) -> list[float]:
    return [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(ruled)]


def spaced_rows(ruled: Sequence[Ruling], close: float = 0.0) -> set[int] | None:
    """Positions at which rows begin, where lines closer to each other than to the next hold one line of figures each.

    Between two rules there may be one row alone, whose lines stand as `close` as those of other rows. Lines without figures
    that white space parts from all others are the heading of a group, in as many languages. So is a label in bold type or
    less far in than the line of figures below it.
    """
    figured, steps = sum(1 for r in ruled if r.figures), _steps(ruled)
    if close and figured == 1 < len(ruled) and max(steps) < close + 0.5 and _one_row(ruled):
        return set()
    if not _FEWEST <= figured < len(ruled):
        return None
    size = ruled[0].line.size
    for low, high in pairwise(sorted(set(steps))):
        if high - low > _EVEN * size and high <= 1.9 * size + low:
            wide = {k for k, step in enumerate(steps, start=1) if step >= high}
            if len(wide) + 1 < figured:
                break
            cuts = _with_headings(ruled, wide)
            if _all_rows(_groups(ruled, cuts)):
                return cuts
    return _even_rows(ruled, steps)


def _with_headings(ruled: Sequence[Ruling], cuts: set[int]) -> set[int]:
    """The positions, and those of rows right below the heading of a group: it is set in another type, or has as many lines."""
    bounds = list(pairwise([0, *sorted(cuts), len(ruled)]))
    counts = Counter(b - a for a, b in bounds)
    usual, often = counts.most_common(1)[0]
    firm = usual > 1 and 2 * often > len(bounds)
    edge = max((e.words[-1].box.x1 for r in ruled if (e := r.at(0)) is not None and e.right == 0), default=0.0)
    leads = [_lead(ruled[a:b]) for a, b in bounds]
    # the first of two languages is set in another type than the second in every row
    alike = 2 * sum(1 for lead in leads if lead) > len(bounds)
    out = set(cuts)
    for (a, b), lead in zip(bounds, leads, strict=True):
        if lead and not alike:
            out.add(a + lead)
        elif firm and b - a > usual and (a == 0 or (b - a) % usual == 0) and not _wraps(ruled[a:b], edge):
            out.add(b - usual)
    return out


def _lead(lines: Sequence[Ruling]) -> int:
    """Number of lines without figures before the first that is set in another type than they are."""
    change = next((k for k, r in enumerate(lines) if k and _other_type(lines[0], r)), 0)
    return change if change and _heading(lines[:change]) and not any(r.figures for r in lines[:change]) else 0


def _wraps(lines: Sequence[Ruling], edge: float) -> bool:
    """Whether the label of one of these lines goes on in the next."""
    labels = [e.words for r in lines if (e := r.at(0)) is not None]
    return any(link(a, b, edge) > 0 for a, b in pairwise(labels))


def _groups(ruled: Sequence[Ruling], cuts: set[int]) -> list[Sequence[Ruling]]:
    return [ruled[a:b] for a, b in pairwise([0, *sorted(cuts), len(ruled)])]


def _all_rows(groups: Sequence[Sequence[Ruling]]) -> bool:
    """Whether each group is a row or the heading of rows below it; with headings most rows have several lines."""
    held = [g for g in groups if any(r.figures for r in g)]
    if len(held) < _FEWEST or not all(map(_one_row, held)):
        return False
    if len(held) == len(groups):
        return True
    several = sum(1 for g in held if len(g) > 1)
    headings = [g for g in groups if not any(r.figures for r in g)]
    return several >= _FEWEST and 2 * several > len(held) and all(map(_heading, headings))


def _heading(lines: Sequence[Ruling]) -> bool:
    return all(len(r.entries) == 1 and r.entries[0].left == 0 for r in lines)


def _one_row(lines: Sequence[Ruling]) -> bool:
    """Whether one of the lines prints figures, and the others labels that begin where its label does, in the same weight.

    Figures that stand between two labels, at half the height of both, have none beside them.
    """
    held = [k for k, r in enumerate(lines) if r.figures]
    if len(held) != 1 or any(r.filled != {0} for k, r in enumerate(lines) if k != held[0]):
        return False
    row = lines[held[0]]
    if row.at(0) is None and 2 * held[0] + 1 != len(lines):
        return False
    firsts = [e.words[0] for r in lines if (e := r.at(0)) is not None]
    return bool(firsts) and all(abs(w.box.x0 - firsts[0].box.x0) < 3.0 and w.bold == firsts[0].bold for w in firsts)


def _even_rows(ruled: Sequence[Ruling], steps: Sequence[float]) -> set[int] | None:
    """Where rows of equally many lines begin that no space parts: as often as their figures return.

    What is left between them are headings, in another type than the row below them or in as many lines.
    """
    data = [k for k, r in enumerate(ruled) if r.figures]
    count = min(b - a for a, b in pairwise(data))
    if count < 2:
        return None
    found = [
        cuts for first in range(count) if (cuts := _even_cuts(ruled, [k - first for k in data], count)) is not None
    ]
    if len(found) != 1:
        return None
    rows = [g for g in _groups(ruled, found[0]) if any(r.figures for r in g)]
    inside = max(step for g in rows for step in _steps(g))
    return found[0] if inside < min(steps[k - 1] for k in found[0]) + _EVEN * ruled[0].line.size else None


def _even_cuts(ruled: Sequence[Ruling], starts: Sequence[int], count: int) -> set[int] | None:
    """These positions and those of the headings between, where rows of so many lines begin at each of them; None where not."""
    if starts[0] < 0 or starts[-1] + count > len(ruled):
        return None
    if not all(_one_row(ruled[k : k + count]) for k in starts) or not _told_apart(ruled, starts, count):
        return None
    ends = [0, *(k + count for k in starts)]
    between = [(end, start) for end, start in zip(ends, [*starts, len(ruled)], strict=True) if end < start]
    for end, start in between:
        if start == len(ruled) or not _heading(ruled[end:start]):
            return None
        if end and (start - end) % count and not all(_other_type(r, ruled[start]) for r in ruled[end:start]):
            return None
    return {*starts, *(end for end, _ in between)} - {0}


def _told_apart(ruled: Sequence[Ruling], starts: Sequence[int], count: int) -> bool:
    """Whether no line of a row says the same in most rows, as a label under changing headings does (`Total`)."""
    said = [
        [ruled[k + n].line.text if (e := ruled[k + n].at(0)) is None else e.text for k in starts] for n in range(count)
    ]
    return all(2 * len(set(texts)) > len(texts) for texts in said)


def _other_type(a: Ruling, b: Ruling) -> bool:
    """Whether two labels differ in weight or size, or one of them is in italics."""
    here, there = a.entries[0].words, b.entries[0].words
    if a.at(0) is None or b.at(0) is None:
        return False
    other = here[0].bold != there[0].bold or abs(here[0].size - there[0].size) > 0.6
    return other or slanted(here) != slanted(there)
