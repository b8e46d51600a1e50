"""Figures in brackets right behind others, under one header: the error or the share of each, and no column of their own."""

import re
from collections.abc import Sequence

from pv_extract.layout.lines import Chunk, is_datum
from pv_extract.text import without_leaders

BRACKETED = re.compile(r"^\((?:[+\-−–±]?\d[\d.,]*\s?%?|[†‡*#X]|\w{1,2}|[-–—.]+)\)$")
_FEWEST = 3  # lines

Span = tuple[float, float]


def behind(spans: Sequence[Span], parted: Sequence[Sequence[Chunk]]) -> set[int]:
    """Positions of the columns that hold figures in brackets only, where the header has texts for the other columns alone."""
    first = next((k for k, pieces in enumerate(parted) if sum(1 for c in pieces[1:] if is_datum(c.text)) > 1), 0)
    if not first or not any(BRACKETED.match(c.text) for c in parted[first]):
        return set()
    rows = [_placed(pieces, spans) for pieces in parted[first:]]
    found = {k for k in range(1, len(spans)) if _bracketed(rows, k)}
    labelled = any(0 in row and not is_datum(without_leaders(row[0].text)) for row in rows)
    heads = [c for c in parted[first - 1] if not labelled or c.box.middle[0] > spans[0][1]]
    return found if len(heads) == len(spans) - labelled - len(found) else set()


def _placed(pieces: Sequence[Chunk], spans: Sequence[Span]) -> dict[int, Chunk]:
    """The texts of a line by their columns."""
    return {k: c for c in pieces for k, (x0, x1) in enumerate(spans) if x0 - 1 <= c.box.middle[0] <= x1 + 1}


def _bracketed(rows: Sequence[dict[int, Chunk]], column: int) -> bool:
    """Whether a column holds figures in brackets, each right behind one that is not."""
    held = [row for row in rows if column in row]
    return len(held) >= _FEWEST and all(
        BRACKETED.match(row[column].text) and column - 1 in row and not BRACKETED.match(row[column - 1].text)
        for row in held
    )
