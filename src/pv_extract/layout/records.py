"""Rows of several lines that white space parts: lists of offices, of topics with findings, of persons with addresses."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.brackets import BRACKETED
from pv_extract.layout.rulings import Ruling

_FEWEST = 3  # rows, and lines without a label


def record_starts(ruled: Sequence[Ruling]) -> set[int]:
    """Positions of lines that begin a row, none where space does not tell.

    It does where each line after a larger step has a label, the lines between them go on with some of its columns, and no
    column prints two figures in one row: rows of figures that stand in groups do.
    """
    if len(ruled) < 2 * _FEWEST:
        return set()
    size = ruled[0].line.size
    steps = [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(ruled)]
    tight, small = min(steps), min(r.line.size for r in ruled)
    close = [tight * r.line.size / small + 0.12 * size for r in ruled[1:]]  # lines in larger type stand further apart
    starts = [0, *(k for k, (step, most) in enumerate(zip(steps, close, strict=True), start=1) if step > most)]
    parts = [ruled[a:b] for a, b in pairwise([*starts, len(ruled)])]
    if tight < 0.9 * size or len(parts) < _FEWEST or not all(_record(part) for part in parts):
        return set()
    after = [r for part in parts for r in part[1:] if r.at(0) is None]
    columns = set().union(*(r.filled for r in ruled)) - {0}
    some = sum(1 for r in after if r.filled < columns)
    several = [part for part in parts if len(part) > 1]
    if 3 * len(several) < len(parts) or len(after) < max(_FEWEST, len(several) / 2) or 4 * some < len(after):
        return set()
    return set(starts) - {0}


def _record(part: Sequence[Ruling]) -> bool:
    """Whether lines can be one row: the first has a label, the others stand under its texts, no figure over another."""
    first, *rest = part
    printed = [c for r in part for c in r.figures]
    under = all(r.filled <= first.filled for r in rest)
    return first.at(0) is not None and under and len(printed) == len(set(printed))


def errors_below(ruled: Sequence[Ruling]) -> set[int]:
    """Positions of lines that print figures in brackets only, under those of the labelled row above: its errors or shares."""
    found = {k for k, (row, line) in enumerate(pairwise(ruled), start=1) if _bracketed(line) and _over(row, line)}
    labelled = sum(1 for r in ruled if r.figures and r.at(0) is not None)
    return found if len(found) > 1 and 2 * len(found) > labelled else set()


def _bracketed(line: Ruling) -> bool:
    return line.at(0) is None and all(BRACKETED.match(e.text) for e in line.entries)


def _over(row: Ruling, line: Ruling) -> bool:
    """Whether a row has a label, and a figure without brackets over each of a line."""
    bare = {e.left for e in row.entries if e.left in row.figures and not BRACKETED.match(e.text)}
    return row.at(0) is not None and {e.left for e in line.entries} <= bare
