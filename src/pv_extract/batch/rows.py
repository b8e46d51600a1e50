"""The tables of a store: what a row of each holds, and the rows that one extraction gives."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any  # pyarrow publishes no types; a cell is of many types

from pv_extract.findings import Finding, Level
from pv_extract.tidy_columns import COLUMNS, POINTS

if TYPE_CHECKING:
    from pv_extract.extraction import Extraction
    from pv_extract.model import Number, Table, Totals

# a run that has nothing new to read knows the tables of its store from here, and does without what reads

SCALE, PRECISION = 9, 38  # of obs_value; what it cannot hold stands in obs_text alone
_LARGEST = 10 ** (PRECISION - SCALE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the store: `type` is a DuckDB type."""

    name: str
    type: str
    description: str


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(Column(*(part.strip() for part in line.split("|"))) for line in text.splitlines() if line)


_KEY = """
answer        | VARCHAR | key of the answer: question number, date and minister, or the source's hash
source_sha256 | VARCHAR | SHA-256 of the source
version       | VARCHAR | hash of code, schemas and settings that read it
position      | INTEGER | order in the document, from 1
"""
_PLACE = """
page   | INTEGER | page, from 1
x0     | DOUBLE | left edge, points
top    | DOUBLE | upper edge, points from the top of the page
x1     | DOUBLE | right edge, points
bottom | DOUBLE | lower edge, points from the top of the page
"""
_FIGURE_TYPES = {
    "question_number": "BIGINT", "question_date": "DATE", "match_score": "DOUBLE", "time_start": "DATE", "time_end": "DATE",
    "obs_value": f"DECIMAL({PRECISION},{SCALE})", "is_total": "BOOLEAN", "page": "INTEGER", "x0": "DOUBLE", "top": "DOUBLE",
    "x1": "DOUBLE", "bottom": "DOUBLE", "unit_mult": "INTEGER",
}  # fmt: skip

FIGURES = (
    *_columns(_KEY),
    *(
        Column(name, _FIGURE_TYPES.get(name, "VARCHAR"), "see the tidy frame")
        for name in COLUMNS
        if name != "source_sha256"
    ),
    Column("obs_text", "VARCHAR", "obs_value with exactly the decimals that were printed"),
)
TABLES = _columns(
    _KEY
    + """
table_id     | VARCHAR | id in the document
item         | VARCHAR | item of the answer
title        | VARCHAR | printed title
pages        | VARCHAR | pages, separated by spaces
topic        | VARCHAR | topic that recognised it
spec         | VARCHAR | its table in the topic
unit_measure | VARCHAR | what is counted
how          | VARCHAR | evidence that made it a table
row_count    | INTEGER | body rows
column_count | INTEGER | data columns
figure_count | INTEGER | figures
notes        | VARCHAR | JSON list of mark, text and meaning
total_rule   | VARCHAR | rule of the totals
total_because | VARCHAR | reason of the rule
totals       | VARCHAR | JSON list of the verdicts on its totals
"""
)
FINDINGS = _columns(
    _KEY
    + """
finding_id | VARCHAR | stable hash of code and place
code       | VARCHAR | what was found
level      | VARCHAR | error, warning or note
message    | VARCHAR | what was expected, found and where
table_id   | VARCHAR | table
row        | VARCHAR | row
column     | VARCHAR | column
"""
    + _PLACE.strip()
)
DOCUMENTS = _columns(
    """
answer          | VARCHAR | key of the answer: question number, date and minister, or the source's hash
source_sha256   | VARCHAR | SHA-256 of the source
version         | VARCHAR | hash of code, schemas and settings that read it
file            | VARCHAR | name of the file
bytes           | BIGINT | size of the file
status          | VARCHAR | ok, ok with findings, no tables found or unreadable
message         | VARCHAR | why it is unreadable
media_type      | VARCHAR | media type
reader          | VARCHAR | reader that took it
pages           | INTEGER | number of pages, 0 where there are none
kind            | VARCHAR | kind of answer
question_number | BIGINT | number of the question
question_date   | DATE | date of the question
asked_by        | VARCHAR | who asked
answered_by     | VARCHAR | who answered
portfolio       | VARCHAR | portfolio
title           | VARCHAR | printed title
language        | VARCHAR | language
topic           | VARCHAR | topic
table_count     | INTEGER | tables
figure_count    | INTEGER | figures
errors          | INTEGER | findings of level error
warnings        | INTEGER | findings of level warning
notes           | INTEGER | findings of level note
numbers         | INTEGER | numbers printed
unclaimed       | INTEGER | numbers that nothing claims
"""
)
STORED: Mapping[str, tuple[Column, ...]] = {
    "figures": FIGURES,
    "tables": TABLES,
    "findings": FINDINGS,
    "documents": DOCUMENTS,
}

_NAMES = {table: [column.name for column in columns] for table, columns in STORED.items()}

_TABLE, _SCORE, _VALUE, _SOURCE, _LEFT = map(
    COLUMNS.index, ("table_id", "match_score", "obs_value", "source_sha256", "x0")
)
_BOX = slice(_LEFT, _LEFT + 4)

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
"""Rows by table of `STORED`, their values in the order of its columns; dates as ISO texts, decimals as int or Decimal."""


def rows_of(extraction: "Extraction", version: str, size: int, status: str) -> Rows:
    """The rows of one document for each table of `STORED`."""
    from pv_extract import tidy  # noqa: PLC0415 - see above

    key = {"answer": answer_key(extraction), "source_sha256": extraction.source.sha256, "version": version}
    figures, places = tidy.rows(extraction), _Places()
    counts = Counter([f[_TABLE] for f in figures])
    found = {
        "tables": [_table(t, extraction.totals.get(t.id), counts[t.id]) for t in extraction.tables],
        "findings": [_finding(f) for f in extraction.findings],
    }
    for rows in found.values():
        for n, row in enumerate(rows, 1):
            row.update(key, position=n)
    found["documents"] = [{**key, "bytes": size, "status": status, **_document(extraction, len(figures))}]
    start = tuple(key.values())
    return {"figures": [(*start, n, *_figure(f, places)) for n, f in enumerate(figures, 1)], **_ordered(found)}


def _ordered(found: Mapping[str, Sequence[dict[str, Any]]]) -> Rows:
    return {table: [tuple(map(row.get, _NAMES[table])) for row in rows] for table, rows in found.items()}


def unread_rows(sha256: str, name: str, version: str, size: int, message: str) -> Rows:
    """The one row of a document that cannot be read, so that the next run need not try it."""
    empty = dict.fromkeys(
        ("table_count", "figure_count", "errors", "warnings", "notes", "numbers", "unclaimed", "pages"), 0
    )
    key = {"answer": sha256[:16], "source_sha256": sha256, "version": version}
    row = {**key, "file": name, "bytes": size, "status": "unreadable", "message": message, **empty}
    return _ordered({"figures": [], "tables": [], "findings": [], "documents": [row]})


def answer_key(extraction: "Extraction") -> str:
    """Names the answer over its versions and formats: `757-2023-06-16-jo-brouns`, or 16 digits of the source's hash.

    Numbering restarts for each minister and session year, so that the number alone names nothing.
    """
    answer = extraction.answer
    if answer.question_number is None or answer.question_date is None:
        return extraction.source.sha256[:16]
    minister = unicodedata.normalize("NFKD", answer.answered_by or "unknown").encode("ascii", "ignore").decode().lower()
    return f"{answer.question_number}-{answer.question_date}-{re.sub(r'[^a-z0-9]+', '-', minister).strip('-')[:60]}"


class _Places(dict[float, float]):
    """Places on pages as they are written; many figures share them."""

    def __missing__(self, place: float) -> float:
        self[place] = written = round(float(place), POINTS)
        return written


def _figure(values: tuple[Any, ...], places: _Places) -> list[Any]:
    """The values of a tidy row as the store has them, in the order of `FIGURES`, without its key."""
    row = list(values)
    value: Number | None = row[_VALUE]
    whole = type(value) is int and -_LARGEST < value < _LARGEST
    if row[_SCORE] is not None:
        row[_SCORE] = round(float(row[_SCORE]), POINTS)
    if row[_BOX.start] is not None:
        row[_BOX] = map(places.__getitem__, row[_BOX])
    if not whole:
        row[_VALUE] = _storable(value)
    row.append(str(value) if whole else None if value is None else exact_text(value))
    del row[_SOURCE]
    return row


def exact_text(value: "Number") -> str:
    """The number with a decimal point and no exponent, as exact as printed."""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _storable(value: "Number | None") -> "Number | None":
    if value is None or (isinstance(value, int) and abs(value) < _LARGEST):
        return value
    number = Decimal(value)
    whole, decimals = number.adjusted() + 1, -int(number.as_tuple().exponent)
    return number if decimals <= SCALE and whole <= PRECISION - SCALE else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(float(value), POINTS)


def _table(table: "Table", totals: "Totals | None", figures: int) -> dict[str, Any]:
    return {
        "table_id": table.id,
        "item": table.item,
        "title": table.title,
        "pages": " ".join(map(str, table.pages)),
        "topic": table.topic,
        "spec": table.spec,
        "unit_measure": table.unit,
        "how": table.how,
        "row_count": len(table.rows),
        "column_count": len(table.columns),
        "figure_count": figures,
        "notes": _json([{"mark": n.mark, "text": n.text, "meaning": n.meaning.value} for n in table.notes]),
        "total_rule": totals.rule if totals else None,
        "total_because": totals.because if totals else None,
        "totals": _json([_verdict(r) for r in totals.results] if totals else []),
    }


def _verdict(result: Any) -> dict[str, str | None]:
    numbers = {"printed": result.printed, "sum": result.sum}
    texts = {name: None if value is None else exact_text(value) for name, value in numbers.items()}
    return {"total": result.total, "column": result.column, "verdict": result.verdict, **texts, "detail": result.detail}


_json = json.JSONEncoder(ensure_ascii=False).encode  # json.dumps makes one for each call


def _finding(finding: Finding) -> dict[str, Any]:
    box = finding.box
    return {
        "finding_id": finding.id,
        "code": finding.code.value,
        "level": finding.level.value,
        "message": finding.message,
        "table_id": finding.table,
        "row": finding.row,
        "column": finding.column,
        "page": finding.page,
        "x0": _rounded(box.x0) if box else None,
        "top": _rounded(box.top) if box else None,
        "x1": _rounded(box.x1) if box else None,
        "bottom": _rounded(box.bottom) if box else None,
    }


def _document(extraction: "Extraction", figures: int) -> dict[str, Any]:
    source, answer = extraction.source, extraction.answer
    levels = [finding.level for finding in extraction.findings]
    return {
        "file": source.file,
        "media_type": source.media_type,
        "reader": source.reader,
        "pages": source.pages,
        "kind": answer.kind,
        "question_number": answer.question_number,
        "question_date": answer.question_date.isoformat() if answer.question_date else None,
        "asked_by": answer.asked_by,
        "answered_by": answer.answered_by,
        "portfolio": answer.portfolio,
        "title": answer.title,
        "language": answer.language,
        "topic": extraction.topic,
        "table_count": len(extraction.tables),
        "figure_count": figures,
        "errors": levels.count(Level.ERROR),
        "warnings": levels.count(Level.WARNING),
        "notes": levels.count(Level.NOTE),
        "numbers": extraction.ledger.numbers,
        "unclaimed": extraction.ledger.unclaimed,
    }
