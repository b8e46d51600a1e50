"""Canonical names for the labels of typed tables: a whole column of labels is matched at once, totals are left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    """Rows named by the label column that a list fits best: sectors may stand beside provinces.

    Labels that claim one name show in `review`, and the same label on two rows in the checks of members.
    """
    if not table.rows:
        return table
    width = len(table.rows[0].labels)
    tried = [_match(table, k, lists, list_id) for k in reversed(range(width))]
    best = max(tried, key=lambda column: sum([o.match is not None for o in column.outcomes.values()]), default=None)
    if best is None or not best.outcomes:
        return table
    rows = [_named(row, best.outcomes.get(i), aggregate=i in best.aggregates) for i, row in enumerate(table.rows)]
    return replace(table, rows=tuple(rows))


@dataclass(frozen=True, slots=True)
class _Column:
    """What came of one label column, by row of the table."""

    outcomes: Mapping[int, Outcome]
    aggregates: frozenset[int]


def _match(table: Table, k: int, lists: Mapping[str, NameList], list_id: str | None) -> _Column:
    at = [i for i, row in enumerate(table.rows) if row.role is Role.PART and row.labels[k]]
    labels = [split_marks(table.rows[i].labels[k])[0] for i in at]
    caption = " ".join([table.title, *table.stub_columns])
    if (chosen := list_id or names.best_list(labels, lists, caption)) is None:
        return _Column({}, frozenset())
    groups = [table.rows[i].group for i in at]
    found = names.match_column(labels, lists, list_id=chosen, groups=groups, caption=caption)
    return _Column(
        outcomes=dict(zip(at, found.outcomes, strict=True)),
        aggregates=frozenset(at[i] for i in found.aggregates),
    )


def _named(row: Row, outcome: Outcome | None, *, aggregate: bool) -> Row:
    """A row whose name lies above that of other rows (a region among its provinces) is a subtotal without the word."""
    if outcome is None:
        return row
    role = Role.SUBTOTAL if aggregate and row.role is Role.PART else row.role
    return row.named(outcome.match, None if outcome.match else outcome.why, role, settled=outcome.settled)
