"""Rows to names so that no name is given twice and the scores together are as high as they can be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf


def assign(scores: Sequence[Mapping[str, float]]) -> list[str | None]:
    """A key for each row, each key once, with the highest sum of scores; None where a row gets none.

    The Hungarian method by shortest augmenting paths (Kuhn 1955; Jonker and Volgenant 1987); scores are positive.
    """
    keys = sorted({key for row in scores for key in row})
    # a place of its own for each row, worth nothing, lets it stay without a name
    costs = [[-row.get(k, 0.0) for k in keys] + [0.0] * len(scores) for row in scores]
    owner = _owners(costs, len(keys) + len(scores))
    chosen: list[str | None] = [None] * len(scores)
    for column, row in enumerate(owner[: len(keys)]):
        if row is not None and keys[column] in scores[row]:
            chosen[row] = keys[column]
    return chosen


@dataclass(slots=True)
class _Prices:
    """Dual prices of rows and columns, and the row that each column belongs to."""

    of_row: list[float]
    of_column: list[float]
    owner: list[int | None]


def _owners(costs: Sequence[Sequence[float]], width: int) -> list[int | None]:
    prices = _Prices([0.0] * len(costs), [0.0] * width, [None] * width)
    for start in range(len(costs)):
        _place(start, costs, prices)
    return prices.owner


def _place(start: int, costs: Sequence[Sequence[float]], prices: _Prices) -> None:
    """Gives the row a column, moving others along the cheapest path there is."""
    width = len(prices.owner)
    nearest, came_from, settled = [inf] * width, [-1] * width, [False] * width
    row: int | None = start
    last, reached = -1, 0.0
    while row is not None:
        for column in range(width):
            distance = reached + costs[row][column] - prices.of_row[row] - prices.of_column[column]
            if not settled[column] and distance < nearest[column]:
                nearest[column], came_from[column] = distance, last
        last = min((c for c in range(width) if not settled[c]), key=nearest.__getitem__)
        reached, settled[last] = nearest[last], True
        row = prices.owner[last]
    prices.of_row[start] += reached
    for column in (c for c in range(width) if settled[c]):
        holder = prices.owner[column]
        if holder is not None:
            prices.of_row[holder] += reached - nearest[column]
        prices.of_column[column] -= reached - nearest[column]
    while last >= 0:
        before = came_from[last]
        prices.owner[last] = start if before < 0 else prices.owner[before]
        last = before
