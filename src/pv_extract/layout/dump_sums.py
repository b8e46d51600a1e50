"""The order of figures that a dump prints apart from their labels, told by the totals: only one order adds up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pv_extract.languages import languages
from pv_extract.numbers import read_cell

Turn = tuple[Sequence[str], Sequence[str]]  # labels, and the figures printed after them


def ordered(turns: Sequence[Turn], columns: int) -> list[list[str]] | None:
    """The figures as rows, one for each label, where exactly one of both orders makes every total the sum of its parts.

    Both orders are tried: column by column and row by row. None where no label names a total, or the sums do not decide.
    """
    labels = [label for turn, _ in turns for label in turn]
    if any(len(figures) != len(turn) * columns for turn, figures in turns):
        return None
    ways = [
        [row for turn, figures in turns for row in order(turn, figures, columns)] for order in (_by_column, _by_row)
    ]
    right = [rows for rows in ways if _adds_up(labels, rows)]
    return right[0] if len(right) == 1 else None


def _by_column(labels: Sequence[str], figures: Sequence[str], columns: int) -> Iterator[list[str]]:
    for n in range(len(labels)):
        yield [figures[n + k * len(labels)] for k in range(columns)]


def _by_row(labels: Sequence[str], figures: Sequence[str], columns: int) -> Iterator[list[str]]:
    for n in range(len(labels)):
        yield list(figures[n * columns : (n + 1) * columns])


def _adds_up(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the one total is the sum of all other rows, in every column."""
    totals = [n for n, label in enumerate(labels) if any(language.is_total(label) for language in languages())]
    if len(totals) != 1 or len(labels) < 4:
        return False
    return all(_sum_holds(column, totals[0]) for column in zip(*rows, strict=True))


def _sum_holds(column: Sequence[str], total: int) -> bool:
    values = [read_cell(text).value for text in column]
    if any(value is None for value in values):
        return False
    numbers = [Decimal(value) for value in values if value is not None]
    return sum(numbers) == 2 * numbers[total]
