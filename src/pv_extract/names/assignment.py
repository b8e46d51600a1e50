"""Rows to names so that no name is given twice and the scores together are as high as they can be."""

from collections.abc import Mapping, Sequence
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


def _owners(costs: Sequence[Sequence[float]], width: int) -> list[int | None]:
    owner: list[int | None] = [None] * width
    of_row, of_column = [0.0] * len(costs), [0.0] * width
    for start in range(len(costs)):
        nearest, came_from, settled = [inf] * width, [-1] * width, [False] * width
        row, last, reached = start, -1, 0.0
        while True:
            for column in range(width):
                distance = reached + costs[row][column] - of_row[row] - of_column[column]
                if not settled[column] and distance < nearest[column]:
                    nearest[column], came_from[column] = distance, last
            last = min((c for c in range(width) if not settled[c]), key=nearest.__getitem__)
            reached, settled[last] = nearest[last], True
            holder = owner[last]
            if holder is None:
                break
            row = holder
        _reprice(start, reached, nearest, settled, owner, of_row, of_column)
        _shift(start, last, came_from, owner)
    return owner


def _reprice(
    start: int,
    reached: float,
    nearest: Sequence[float],
    settled: Sequence[bool],
    owner: Sequence[int | None],
    of_row: list[float],
    of_column: list[float],
) -> None:
    of_row[start] += reached
    for column, done in enumerate(settled):
        holder = owner[column]
        if done and holder is not None:
            of_row[holder] += reached - nearest[column]
        if done:
            of_column[column] -= reached - nearest[column]


def _shift(start: int, last: int, came_from: Sequence[int], owner: list[int | None]) -> None:
    while last >= 0:
        before = came_from[last]
        owner[last] = start if before < 0 else owner[before]
        last = before
