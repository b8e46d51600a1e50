"""Tables made again from tidy frames, those of this package or of others, so that the same checks judge them."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from pv_extract.languages import Language
from pv_extract.model import Cell, Column, Match, Note, Number, ObsStatus, Role, Row, Table
from pv_extract.periods import read_period
from pv_extract.text import clean, split_marks

if TYPE_CHECKING:
    import pandas as pd

NEEDED = ("label", "column", "obs_value")
_TRUE = frozenset({"true", "1", "1.0", "yes", "ja"})


def tables_of(frame: "pd.DataFrame", language: Language) -> tuple[Table, ...]:
    """The tables of a tidy frame (one row per figure): `NEEDED` columns must be there, the others of `tidy.COLUMNS` may be.

    Frames of several documents give tables with the ids `t1`, `t2`, ... of their order; values that are no numbers give
    cells without a value, as they are printed.
    """
    records = [{str(k): _plain(v) for k, v in record.items()} for record in frame.to_dict("records")]
    groups: dict[Hashable, list[dict[str, object]]] = {}
    for record in records:
        groups.setdefault((record.get("source_sha256"), record.get("table_id")), []).append(record)
    return tuple(_table(n, rows, language) for n, rows in enumerate(groups.values(), start=1))


def _plain(value: object) -> object:
    import pandas as pd  # noqa: PLC0415 - slow to load

    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return None
    return value.item() if hasattr(value, "item") else value


def _text(record: dict[str, object], key: str) -> str:
    value = record.get(key)
    return "" if value is None else str(value)


def _table(number: int, records: Sequence[dict[str, object]], language: Language) -> Table:
    first = records[0]
    columns = list(dict.fromkeys(_text(r, "column") for r in records))
    rows = list(_occurrences(records))
    marks = {c: _column_marks([r for r in records if _text(r, "column") == c]) for c in columns}
    total_columns = {c for c in columns if _all_totals([r for r in records if _text(r, "column") == c], rows)}
    return Table(
        id=_text(first, "table_id") or f"t{number}",
        item=_text(first, "item") or None,
        title=_text(first, "table_title"),
        pages=tuple(sorted({int(str(r["page"])) for r in records if str(r.get("page") or "").isdigit()})),
        stub_columns=("",),
        columns=tuple(
            Column(
                raw=c, path=(c,), time_period=read_period(c, language), marks=split_marks(c)[1],
                role=Role.TOTAL if c in total_columns else Role.PART,
            )
            for c in columns
        ),
        rows=tuple(_row(row, columns, total_columns) for row in rows),
        notes=tuple(_notes(records, marks, language)),
        unit=_text(first, "unit_measure") or None,
        topic=_text(first, "topic") or None,
        spec=_text(first, "spec") or None,
    )  # fmt: skip


def _occurrences(records: Sequence[dict[str, object]]) -> Iterator[dict[str, dict[str, object]]]:
    """Records by row: a label whose column comes a second time starts another row."""
    rows: list[tuple[str, dict[str, dict[str, object]]]] = []
    for record in records:
        key, column = _text(record, "label_path") or _text(record, "label"), _text(record, "column")
        home = next((cells for k, cells in rows if k == key and column not in cells), None)
        if home is None:
            home = {}
            rows.append((key, home))
        home[column] = record
    yield from (cells for _, cells in rows)


def _all_totals(records: Sequence[dict[str, object]], rows: Sequence[dict[str, dict[str, object]]]) -> bool:
    return len(rows) > 1 and all(_is_total(record) for record in records)


def _is_total(record: dict[str, object]) -> bool:
    return str(record.get("is_total") or "").lower() in _TRUE


def _row(cells: dict[str, dict[str, object]], columns: Sequence[str], total_columns: set[str]) -> Row:
    first = next(iter(cells.values()))
    path = [part for part in _text(first, "label_path").split(" > ") if part]
    label = _text(first, "label")
    own = [record for column, record in cells.items() if column not in total_columns] or list(cells.values())
    return Row(
        labels=(label,),
        cells=tuple(_cell(cells[c]) if c in cells else Cell("", None, ObsStatus.MISSING) for c in columns),
        role=Role.TOTAL if all(_is_total(record) for record in own) else Role.PART,
        match=_match(first),
        group=tuple(path[:-1]) if path[-1:] == [label] else (),
        marks=split_marks(label)[1],
    )


def _match(record: dict[str, object]) -> Match | None:
    if not record.get("ref_id"):
        return None
    score = float(str(record.get("match_score") or 100))
    how = _text(record, "match_how") or "exact"
    return Match(_text(record, "ref_list"), _text(record, "ref_id"), _text(record, "ref_name"), how, score, score)


def _cell(record: dict[str, object]) -> Cell:
    value = number(record.get("obs_value"))
    printed = record.get("obs_raw")
    raw = (
        clean(str(record.get("obs_value") if printed is None else printed)) if (printed, value) != (None, None) else ""
    )
    status = _text(record, "obs_status")
    page = str(record.get("page") or "1")
    return Cell(
        raw=raw,
        value=value,
        obs_status=ObsStatus(status) if status in set(ObsStatus) else ObsStatus.NORMAL,
        page=int(page) if page.isdigit() else 1,
        unit="%" if raw.endswith("%") else None,
    )


def number(value: object) -> Number | None:
    """An exact number of whatever a frame holds: whole ones as int; None for what is none."""
    if value is None or isinstance(value, bool):
        return None
    try:
        exact = Decimal(str(value))
    except InvalidOperation:
        return None
    if not exact.is_finite():
        return None
    whole = exact == exact.to_integral_value()
    return int(exact) if whole and (not isinstance(value, Decimal | str) or "." not in str(value)) else exact


def _column_marks(records: Sequence[dict[str, object]]) -> set[str]:
    return {mark for record in records for mark in _text(record, "marks").split()}


def _notes(records: Sequence[dict[str, object]], marks: dict[str, set[str]], language: Language) -> Iterator[Note]:
    """The notes that figures carry; a note whose mark only some columns bear keeps it, the others speak of the whole table."""
    texts = dict.fromkeys(text for r in records for text in _text(r, "notes").split(" | ") if text)
    shared = set.intersection(*marks.values()) if marks else set()
    for text in texts:
        bearing = [r for r in records if text in _text(r, "notes").split(" | ")]
        own = set.intersection(*(set(_text(r, "marks").split()) for r in bearing)) - shared
        everywhere = len(bearing) == len(records)
        yield Note("" if everywhere else next(iter(sorted(own)), ""), text, language.meaning(text))


def with_topic(table: Table, topic: str, spec: str) -> Table:
    """The table as one of a topic."""
    return replace(table, topic=topic, spec=spec)
