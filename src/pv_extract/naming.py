"""Canonical names for the labels of typed tables: a whole column of labels is matched at once, totals are left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pv_extract import names
from pv_extract.model import Role, Row, Table
from pv_extract.names import NameList, Outcome
from pv_extract.text import split_marks


def name_tables(
    tables: Sequence[Table], lists: Mapping[str, NameList], wanted: Mapping[str, str | None]
) -> tuple[Table, ...]:
    """The tables with a match, or the reason why there is none, on every row that could bear a name.

    `wanted` gives the list that a topic declares for a table id; for the others the list is found by what fits.
    """
    return tuple(_name_rows(table, lists, wanted.get(table.id)) for table in tables)


def _name_rows(table: Table, lists: Mapping[str, NameList], list_id: str | None) -> Table:
    """Rows named by the label column that a list fits best: sectors may stand beside provinces."""
    if not table.rows:
        return table
    width = len(table.rows[0].labels)
    columns = [_match(table, k, lists, list_id) for k in reversed(range(width))]
    best = max(columns, key=lambda outcomes: sum(o is not None and o.match is not None for o in outcomes), default=[])
    rows = [_named(row, outcome) for row, outcome in zip(table.rows, best, strict=True)]
    return replace(table, rows=tuple(rows))


def _match(table: Table, k: int, lists: Mapping[str, NameList], list_id: str | None) -> list[Outcome | None]:
    rows = [i for i, row in enumerate(table.rows) if row.role is Role.PART and row.labels[k]]
    labels = [split_marks(table.rows[i].labels[k])[0] for i in rows]
    groups = [table.rows[i].group for i in rows]
    caption = " ".join([table.title, *table.stub_columns])
    column = names.match_column(labels, lists, list_id=list_id, groups=groups, caption=caption)
    found = dict(zip(rows, column.outcomes, strict=True)) if column.list_id else {}
    return [found.get(i) for i in range(len(table.rows))]


def _named(row: Row, outcome: Outcome | None) -> Row:
    if outcome is None:
        return row
    return replace(row, match=outcome.match, review=None if outcome.match else outcome.why)
