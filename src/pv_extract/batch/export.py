"""The tables of a store as files for others: CSV, Parquet, workbooks, SQLite, a Frictionless data package.

Rows stand in a stable order and equal runs give equal bytes, save for the table of the runs.
"""

import csv
import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any  # a cell is of many types

import duckdb

from pv_extract.batch.current import select
from pv_extract.batch.datapackage import describe
from pv_extract.batch.query import Query
from pv_extract.batch.rows import exact_text
from pv_extract.batch.status import BatchError
from pv_extract.batch.store import Store, readable
from pv_extract.findings import ConfigurationError
from pv_extract.outputs.sheets import exact_in_double

EXPORTED = ("figures", "tables", "findings", "documents", "inputs", "runs")
_SHEET_ROWS, _CELL_TEXT = 1_048_575, 32_767  # what a workbook can hold, beside a header
_WIDTHS = {
    "answer": 26, "figure_id": 18, "question_date": 11, "time_start": 11, "time_end": 11, "table_title": 40, "title": 40,
    "label": 30, "label_path": 36, "ref_name": 28, "message": 70, "file": 30, "location": 60, "code": 20, "obs_value": 11,
    "notes": 30, "total_because": 40,
}  # fmt: skip
_SQLITE_TYPES = {"VARCHAR": "TEXT", "DATE": "TEXT", "DOUBLE": "REAL", "BOOLEAN": "INTEGER"}


Writer = Callable[[Store, Sequence[Query], Path], None]


def export(store: Path, format: str, out: Path, *, history: bool = False, schemas: Sequence[Path] = ()) -> list[Path]:  # noqa: A002
    """Writes the tables of the store to a folder; gives the files, each whole or as it was.

    Args:
        store: folder of the store.
        format: one of `FORMATS`.
        out: folder; made where it does not exist.
        history: superseded documents too, with what superseded them.
        schemas: the user's own schema folders; the last `publication.yaml` gives title and licence of a data package.

    Raises:
        ConfigurationError: for an unknown format, a folder without a store, a place that cannot be written.
    """
    if format not in FORMATS:
        raise ConfigurationError(f"format {format!r}: expected one of {', '.join(FORMATS)}")
    with readable(store) as opened:
        if out.resolve().is_relative_to(store.resolve()):
            raise ConfigurationError(f"{out}: expected a folder outside the store, whose own files it would replace")
        queries = [_query(opened, name, history=history, exact=format != "parquet") for name in EXPORTED]
        temporary = out / f".export-{secrets.token_hex(4)}"
        try:
            temporary.mkdir(parents=True)
            FORMATS[format](opened, queries, temporary)
            if format == "datapackage":
                describe(opened, queries, temporary, schemas)
            return [file.replace(out / file.name) for file in sorted(temporary.iterdir())]
        except (OSError, duckdb.Error, sqlite3.Error) as error:
            raise BatchError(f"{out}: cannot be written: {getattr(error, 'strerror', None) or error}") from error
        finally:
            shutil.rmtree(temporary, ignore_errors=True)


def _query(store: Store, name: str, *, history: bool, exact: bool) -> Query:
    sql = select(name, history=history)
    if name == "figures" and exact:
        sql = f"SELECT * EXCLUDE (obs_text) REPLACE (obs_text AS obs_value) FROM ({sql})"
    described = store.query(f"DESCRIBE {sql}")
    types = {column: kind for column, kind, *_ in described}
    if "obs_value" in types:
        types["obs_value"] = "DECIMAL"
    return Query(name, sql, types)


def _csv(store: Store, queries: Sequence[Query], folder: Path) -> None:
    for query in queries:
        with (folder / f"{query.name}.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file, lineterminator="\n")
            rows.writerow(query.columns)
            rows.writerows([_text(value) for value in row] for row in query.rows(store.db))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return exact_text(value) if isinstance(value, Decimal) else str(value)


def _parquet(store: Store, queries: Sequence[Query], folder: Path) -> None:
    for query in queries:
        place = str(folder / f"{query.name}.parquet").replace("'", "''")
        store.db.execute(f"COPY ({query.sql}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")


def _xlsx(store: Store, queries: Sequence[Query], folder: Path) -> None:
    """A workbook for each table; what a sheet cannot hold goes on in the next one."""
    import xlsxwriter  # noqa: PLC0415 - slow to load

    from pv_extract.outputs.xlsx import NO_CLOCK  # noqa: PLC0415 - the same

    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    for query in queries:
        with xlsxwriter.Workbook(folder / f"{query.name}.xlsx", plain) as book:
            book.set_properties({"created": NO_CLOCK})
            bold = book.add_format({"bold": True})
            sheet: Any = None
            number = 0
            for number, row in enumerate(_or_none(query.rows(store.db))):
                if number % _SHEET_ROWS == 0:
                    part = number // _SHEET_ROWS
                    sheet = book.add_worksheet(query.name if part == 0 else f"{query.name} {part + 1}")
                    sheet.freeze_panes(1, 0)
                    sheet.autofilter(0, 0, _SHEET_ROWS, len(query.columns) - 1)
                    for column, (name, kind) in enumerate(query.columns.items()):
                        sheet.set_column(column, column, _WIDTHS.get(name, 12 if kind == "VARCHAR" else 8))
                    sheet.write_row(0, 0, list(query.columns), bold)
                if row is not None:
                    _sheet_row(sheet, number % _SHEET_ROWS + 1, query, row)
            sheet.autofilter(0, 0, number % _SHEET_ROWS + 1, len(query.columns) - 1)


def _or_none(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...] | None]:
    """The rows, or None once where there are none: a table without rows has its header all the same."""
    first = next(rows, None)
    yield first
    yield from rows


def _sheet_row(sheet: Any, place: int, query: Query, row: tuple[Any, ...]) -> None:
    for column, (name, value) in enumerate(zip(query.columns, row, strict=True)):
        if value is None:
            continue
        if name == "obs_value":
            number = Decimal(value)
            sheet.write(place, column, number if exact_in_double(number) else value)
        elif isinstance(value, bool | int | float | Decimal):
            sheet.write(place, column, value)
        else:
            text = str(value)
            sheet.write_string(place, column, text if len(text) <= _CELL_TEXT else f"{text[: _CELL_TEXT - 1]}…")


def _sqlite(store: Store, queries: Sequence[Query], folder: Path) -> None:
    """One database with all tables; numbers that a double does not hold exactly stay text."""
    with closing(sqlite3.connect(folder / "pv-extract.sqlite")) as db, db:
        for query in queries:
            kinds = {name: _SQLITE_TYPES.get(kind, "NUMERIC") for name, kind in query.columns.items()}
            declared = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
            db.execute(f"CREATE TABLE {query.name} ({declared})")
            marks = ", ".join("?" * len(kinds))
            rows = (tuple(_plain(value) for value in row) for row in query.rows(store.db))
            db.executemany(f"INSERT INTO {query.name} VALUES ({marks})", rows)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return exact_text(value) if isinstance(value, Decimal) else value


FORMATS: Mapping[str, Writer] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "datapackage": _csv,
    "sqlite": _sqlite,
}
"""Every format of an export by name; a new one is a function here."""
