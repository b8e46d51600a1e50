"""Rows of words whose cells all wrap, labels too: told by space between them, or by where texts begin anew."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pv_extract.layout.links import link
from pv_extract.layout.rulings import Ruling

# an address on the network, which stands on a line of its own below what else a cell says
_ADDRESS = re.compile(r"^(?:\S+@|https?://|www\.)\S+$", re.IGNORECASE)
_FEWEST = 3  # rows, and texts that go on in small letters


def wrapped_starts(ruled: Sequence[Ruling]) -> set[int]:
    """Positions of lines that begin a row, none where texts do not tell.

    All cells of a row begin on its first line, or stand in its middle; the texts in a cell go on from those above them, some
    in the middle of a sentence.
    """
    if len(ruled) < 2 * _FEWEST or not _small_letters(ruled) or any(e.right > e.left for r in ruled for e in r.entries):
        return set()
    for starts in (_spaced(ruled, _leading(ruled)), _begun(ruled, _edges(ruled))):
        if wrapped_rows([ruled[a:b] for a, b in pairwise([0, *sorted(starts), len(ruled)])]):
            return starts
    return set()


def wrapped_rows(parts: Sequence[Sequence[Ruling]]) -> bool:
    """Whether each of these groups of lines is a row whose cells wrap."""
    ruled = [r for part in parts for r in part]
    if len(parts) < _FEWEST or not _small_letters(ruled) or any(e.right > e.left for r in ruled for e in r.entries):
        return False
    leading = min((_leading(part) for part in parts if len(part) > 1), default=0.0)
    return all(_row(part, leading) for part in parts) and _wrap(parts, _edges(ruled))


def _small_letters(ruled: Sequence[Ruling]) -> bool:
    """Whether as many texts begin in small letters as have to go on from those above them."""
    return sum([e.words[0].text[:1].islower() for r in ruled for e in r.entries]) >= _FEWEST


def _edges(ruled: Sequence[Ruling]) -> dict[int, float]:
    """The x to which each column is filled."""
    out: dict[int, float] = {}
    for ruling in ruled:
        for entry in ruling.entries:
            out[entry.left] = max(out.get(entry.left, 0.0), entry.words[-1].box.x1)
    return out


def _columns(part: Sequence[Ruling]) -> dict[int, list[Ruling]]:
    """The lines that print each column."""
    out: dict[int, list[Ruling]] = {}
    for ruling in part:
        for entry in ruling.entries:
            out.setdefault(entry.left, []).append(ruling)
    return out


def _leading(ruled: Sequence[Ruling]) -> float:
    """The smallest step between lines above each other in one column."""
    return min((_step(a, b) for held in _columns(ruled).values() for a, b in pairwise(held)), default=99.0)


def _step(above: Ruling, below: Ruling) -> float:
    return below.line.box.bottom - above.line.box.bottom


def _spaced(ruled: Sequence[Ruling], leading: float) -> set[int]:
    """Lines after a larger step than that between the lines of one text."""
    near = leading + 0.12 * ruled[0].line.size
    return {k for k, (above, below) in enumerate(pairwise(ruled), start=1) if _step(above, below) > near}


def _begun(ruled: Sequence[Ruling], edges: Mapping[int, float]) -> set[int]:
    """Lines with a label that print a column which the line above does not, or of whose texts half begin anew."""
    out = set()
    for k, (above, below) in enumerate(pairwise(ruled), start=1):
        on = sum(1 for e in below.entries if _goes_on(above, below, e.left, edges))
        if below.at(0) is not None and (below.filled - above.filled or 2 * on <= len(below.entries)):
            out.add(k)
    return out


def _goes_on(above: Ruling, below: Ruling, column: int, edges: Mapping[int, float]) -> bool:
    """Whether the text of a line in a column goes on from that of the line above."""
    upper, lower = above.at(column), below.at(column)
    if upper is None or lower is None:
        return False
    first = lower.words[0].text
    if len(lower.words) == 1 and _ADDRESS.match(first):
        return True
    more = 1.5 if first[:1].isdigit() and len(lower.words) > 1 else 0.0  # the number of a house, or of an article
    return link(upper.words, lower.words, edges[column]) + more > 0


def _row(part: Sequence[Ruling], leading: float) -> bool:
    """Whether lines can be one row: one text in each column, all from its first line or in its middle, and at most one figure."""
    columns = _columns(part)
    size, near = part[0].line.size, leading + 0.12 * part[0].line.size
    if 0 not in columns or any(_step(a, b) > near for held in columns.values() for a, b in pairwise(held)):
        return False
    if any(sum(1 for r in held if c in r.figures) > 1 for c, held in columns.items()):
        return False
    middle = _middle(part)
    return all(r is part[0] for r, *_ in columns.values()) or all(
        abs(_middle(held) - middle) < 0.35 * size for held in columns.values()
    )


def _middle(held: Sequence[Ruling]) -> float:
    return (held[0].line.box.top + held[-1].line.box.bottom) / 2


def _wrap(parts: Sequence[Sequence[Ruling]], edges: Mapping[int, float]) -> bool:
    """Whether hardly a text inside these rows begins anew, and some begin in small letters, as the first ones do not.

    Half of the rows have several lines at least.
    """
    inner = [(a, b, c) for part in parts for c, held in _columns(part).items() for a, b in pairwise(held)]
    on = sum(1 for a, b, c in inner if _goes_on(a, b, c, edges))
    small = sum(1 for _, b, c in inner if _small(b, c))
    first = [_small(held[0], c) for part in parts for c, held in _columns(part).items()]
    several = sum(1 for part in parts if len(part) > 1)
    if sum(first) > 0.1 * len(first):
        return False
    return 2 * several >= len(parts) and on >= 0.8 * len(inner) and small >= max(_FEWEST, 0.2 * len(inner))


def _small(ruling: Ruling, column: int) -> bool:
    """Whether its text in a column begins in a small letter."""
    entry = ruling.at(column)
    return entry is not None and entry.words[0].text[:1].islower()
