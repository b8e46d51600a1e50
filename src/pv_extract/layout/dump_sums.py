"""The order of figures that a dump prints apart from their labels, told by the totals: only one order adds up."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from pv_extract.languages import languages
from pv_extract.numbers import read_cell

_FEWEST = 4  # rows whose total tells anything

Turn = tuple[Sequence[str], Sequence[str]]  # labels, and the figures printed after them


class Order(NamedTuple):
    """Figures as rows, one for each label, and what the totals do in this order alone."""

    rows: list[list[str]]
    why: str


def ordered(turns: Sequence[Turn], columns: int) -> Order | None:
    """The figures in the one order of both, column by column or row by row, in which every total is the sum of its parts.

    Where none is, the one in which every total is as large as its largest part and no larger than their sum: what has several
    parts counts once in it. None where no label names a total, or the totals do not decide.
    """
    labels = [label for turn, _ in turns for label in turn]
    if any(len(figures) != len(turn) * columns for turn, figures in turns):
        return None
    ways = [
        [row for turn, figures in turns for row in order(turn, figures, columns)] for order in (_by_column, _by_row)
    ]
    for test, why in ((adds_up, "which add up"), (_bounded, "each between its largest part and the sum of them")):
        right = [rows for rows in ways if test(labels, rows)]
        if right:
            return Order(right[0], why) if len(right) == 1 else None
    return None


def _by_column(labels: Sequence[str], figures: Sequence[str], columns: int) -> Iterator[list[str]]:
    for n in range(len(labels)):
        yield [figures[n + k * len(labels)] for k in range(columns)]


def _by_row(labels: Sequence[str], figures: Sequence[str], columns: int) -> Iterator[list[str]]:
    for n in range(len(labels)):
        yield list(figures[n * columns : (n + 1) * columns])


def adds_up(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the one total is the sum of all other rows, in every column."""
    columns = _columns(labels, rows)
    return bool(columns) and all(sum(parts) == total for total, parts in columns)


def _bounded(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the one total lies between its largest part and the sum of all other rows, in every column."""
    columns = _columns(labels, rows)
    return len(columns) > 1 and all(max(parts) <= total <= sum(parts) for total, parts in columns)


def _columns(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> list[tuple[Decimal, list[Decimal]]]:
    """Total and parts of each column; none where not exactly one label names a total, or a figure is no number."""
    totals = [n for n, label in enumerate(labels) if any(language.is_total(label) for language in languages())]
    if len(totals) != 1 or len(labels) < _FEWEST:
        return []
    values = [[read_cell(text).value for text in column] for column in zip(*rows, strict=True)]
    numbers = [[Decimal(value) for value in column if value is not None] for column in values]
    if any(len(column) != len(labels) for column in numbers):
        return []
    return [(column.pop(totals[0]), column) for column in numbers]
