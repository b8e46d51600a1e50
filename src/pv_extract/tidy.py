"""Frames made of an extraction: one row per figure, or a table as wide as printed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from pv_extract.model import Column, Match, Period, Role, Row, Table
from pv_extract.tidy_columns import COLUMNS, POINTS

__all__ = ["COLUMNS", "POINTS", "figures", "records", "rows", "wide"]

if TYPE_CHECKING:
    import pandas as pd

    from pv_extract.extraction import Extraction

# pandas is imported where a frame is made: reading and checking a document do without it, and start four times as fast.


def figures(extraction: "Extraction") -> "pd.DataFrame":
    """All figures of an extraction, one a row, in the order of printing; the columns are `COLUMNS`.

    `obs_value` holds int or Decimal exactly as printed, None where nothing countable is; dates are ISO texts; boxes are
    points from the top-left corner. `figure_id` is unique: a label and column that occur twice in a table are numbered.
    """
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(records(extraction), columns=list(COLUMNS), dtype=object)


def records(extraction: "Extraction") -> list[dict[str, Any]]:  # Any: a frame's cells are of many types
    """The rows of `figures`, as dictionaries from column to value."""
    return [dict(zip(COLUMNS, values, strict=True)) for values in rows(extraction)]


def rows(extraction: "Extraction") -> list[tuple[Any, ...]]:  # Any: as above
    """The rows of `figures`, their values in the order of `COLUMNS`."""
    return [values for table in extraction.tables for values in _of_table(extraction, table)]


def _of_table(extraction: "Extraction", table: Table) -> Iterator[tuple[Any, ...]]:  # Any: as above
    answer = extraction.answer
    shared = (
        extraction.source.sha256,
        answer.question_number,
        answer.question_date.isoformat() if answer.question_date else None,
        answer.answered_by,
        table.item,
        table.id,
        table.title,
        table.topic,
        table.spec,
    )
    place = _place_in_item(extraction.tables, table)
    under = [
        (
            column,
            _column_key(column),
            _unit(table, column),
            _match(column.match),
            _period(column.time_period),
            column.role is not Role.PART,
        )
        for column in table.columns
    ]
    seen: defaultdict[str, int] = defaultdict(int)  # a Counter is slow to meet what it has not seen
    for row in table.rows:
        row_key = _row_key(answer.question_number, table.item, place, row)
        labels = (row.label, " > ".join([label for label in (*row.group, *row.labels) if label]))
        row_match, row_period = _match(row.match), _period(row.time_period)
        is_total = row.role is not Role.PART
        for (column, column_key, (unit, factor), match, period, of_totals), cell in zip(under, row.cells, strict=True):
            if not cell.raw:
                continue
            key = f"{row_key}{column_key}"
            seen[key] = times = seen[key] + 1
            marks = cell.marks + row.marks + column.marks
            yield (
                sha256(f"{key}\x1f{times}".encode()).hexdigest()[:16],
                *shared,
                cell.unit or unit,
                *labels,
                *(row_match if row.match else match),
                column.raw,
                *(period if column.time_period else row_period),
                cell.value,
                cell.raw,
                str(cell.obs_status),
                is_total or of_totals,
                *(_marks(marks, table) if marks else ("", "")),
                cell.page,
                *(cell.box or _NOWHERE),
                _power(cell.multiplier) if cell.unit or cell.multiplier != 1 else factor,
            )


_NOWHERE = (None,) * 4


def _match(match: Match | None) -> tuple[Any, ...]:  # Any: as above
    """List, id, name, how and score."""
    return (match.list, match.id, match.name, match.how, match.score) if match else (None,) * 5


def _period(period: Period | None) -> tuple[str | None, ...]:
    """Label, first and last day."""
    return (period.label, period.start.isoformat(), period.end.isoformat()) if period else (None,) * 3


def _marks(printed: Sequence[str], table: Table) -> tuple[str, str]:
    """The marks of a figure, and what the notes of its table say of them."""
    marks = list(dict.fromkeys(printed))
    return " ".join(marks), " | ".join([note.text for note in table.notes if note.mark in marks])


def _unit(table: Table, column: Column) -> tuple[str | None, int]:
    """The unit that a header or the caption gives to the figures of a column, and the power of ten that the nearer one states."""
    own = column.unit or column.multiplier != 1
    return column.unit or table.unit, _power(column.multiplier if own else table.multiplier)


def _power(multiplier: int) -> int:
    return len(str(multiplier)) - 1


def _row_key(number: int | None, item: str | None, place: int, row: Row) -> str:
    """The first half of what a figure is, apart from where it was printed: question, item, table within it, labels."""
    return "\x1f".join((str(number), str(item), str(place), *row.group, *row.labels, "\x1e"))


def _column_key(column: Column) -> str:
    """The other half: the column."""
    return "".join([f"\x1f{level}" for level in column.path])


def _place_in_item(tables: Sequence[Table], table: Table) -> int:
    return [t.id for t in tables if t.item == table.item].index(table.id)


def wide(table: Table) -> "pd.DataFrame":
    """The table as printed: a column for each stub and data column under its printed header, values typed (int, Decimal, None)."""
    import pandas as pd  # noqa: PLC0415

    names = _unique([*table.stub_columns, *(" | ".join(column.path) for column in table.columns)])
    rows = [[*row.labels, *(cell.value for cell in row.cells)] for row in table.rows]
    return pd.DataFrame(rows, columns=names, dtype=object)


def _unique(names: Sequence[str]) -> list[str]:
    """Printed headers as column names: a repeated one gets its number, so that no column hides another."""
    seen: Counter[str] = Counter()
    out = []
    for name in names:
        seen[name] += 1
        out.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return out
