"""Which declared table a printed table is: by its caption or item, its names and its columns; each declaration once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pv_extract.model import Role, Table
from pv_extract.text import fold
from pv_extract.topics.model import Spec, Topics

_ENOUGH = 0.5  # of the rows bear names of the declared list, or of the columns are of the declared kind
_OWN_CAPTION, _ITEM_TEXT = 3.0, 1.0


def recognise(
    tables: Sequence[Table], topics: Topics, wanted: str | None, item_texts: Mapping[str, str]
) -> tuple[Table, ...]:
    """The tables with `topic`, `spec` and the declared unit set where a declaration fits.

    The best fit wins, and a declaration is used at most once. All tables go to one topic: the wanted one, or the one that
    most tables fit. `item_texts` holds the text of each item of the answer by its id.
    """
    among = [topics[wanted]] if wanted else [topics[name] for name in sorted(topics)]
    assigned = [(topic.id, _assign(tables, topic.tables, item_texts)) for topic in among]
    topic_id, chosen = max(assigned, key=lambda pair: len(pair[1]), default=("", {}))
    return tuple(_declared(table, topic_id, spec) if (spec := chosen.get(table.id)) else table for table in tables)


def _declared(table: Table, topic_id: str, spec: Spec) -> Table:
    """The table as its declaration has it: a row that bears the declared label of a total is one, whatever its words."""
    label = spec.totals.label
    rows = tuple(
        replace(row, role=Role.TOTAL, match=None, review=None)
        if label and row.role is Role.PART and any(re.search(label, fold(text)) for text in row.labels)
        else row
        for row in table.rows
    )
    return replace(table, topic=topic_id, spec=spec.id, unit=spec.unit, rows=rows)


def list_of(topics: Topics, table: Table) -> str | None:
    """Id of the canonical list that the rows of a recognised table are names of; None where no topic declares one."""
    topic = topics.get(table.topic or "")
    spec = topic.spec(table.spec) if topic else None
    return spec.rows.list if spec else None


def _assign(tables: Sequence[Table], specs: Sequence[Spec], item_texts: Mapping[str, str]) -> dict[str, Spec]:
    offers = sorted(_offers(tables, specs, item_texts), key=lambda offer: -offer[0])
    chosen: dict[str, Spec] = {}
    for _, table_id, spec in offers:
        if table_id not in chosen and spec not in chosen.values():
            chosen[table_id] = spec
    return chosen


def _offers(
    tables: Sequence[Table], specs: Sequence[Spec], item_texts: Mapping[str, str]
) -> Iterator[tuple[float, str, Spec]]:
    for table in tables:
        own = fold(" ".join([table.title, *table.stub_columns]))
        for spec in specs:
            if score := _fit(table, spec, own, item_texts.get(table.item or "", "")):
                yield score, table.id, spec


def _fit(table: Table, spec: Spec, own: str, item_text: str) -> float:
    """How well a declaration fits, 0 where it does not: its caption must be said, and rows and columns must be of its kind.

    `own` is what the table says of itself, folded.
    """
    if any(_compiled(p).search(own) for p in spec.caption.never):
        return 0.0
    if all(_compiled(p).search(own) for p in spec.caption.says):
        said = _OWN_CAPTION
    elif all(_compiled(p).search(f"{own} {fold(item_text)}") for p in spec.caption.says):
        said = _ITEM_TEXT
    else:
        return 0.0
    rows, columns = _share_of_list(table, spec.rows.list), _share_of_columns(table, spec)
    return said + rows + columns if rows >= _ENOUGH and columns >= _ENOUGH else 0.0


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a declaration: each is held against every table."""
    return re.compile(pattern)


def _share_of_list(table: Table, name: str) -> float:
    parts = [row for row in table.rows if row.role is Role.PART]
    named = [row for row in parts if row.match and row.match.list == name]
    return len(named) / len(parts) if parts else 0.0


def _share_of_columns(table: Table, spec: Spec) -> float:
    parts = [column for column in table.columns if column.role is Role.PART]
    if spec.columns.kind:
        fitting = [c for c in parts if c.time_period and c.time_period.kind == spec.columns.kind]
    else:
        texts = [(c, fold(f"{c.raw} {table.title}")) for c in parts]
        fitting = [c for c, text in texts if spec.columns.measure and re.search(spec.columns.measure, text)]
    return len(fitting) / len(parts) if parts else 0.0
