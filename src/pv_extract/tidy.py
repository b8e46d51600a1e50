"""Frames made of an extraction: one row per figure, or a table as wide as printed."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from pv_extract.model import Cell, Column, Role, Row, Table

if TYPE_CHECKING:
    import pandas as pd

    from pv_extract.extraction import Extraction

# pandas is imported where a frame is made: reading and checking a document do without it, and start four times as fast.

POINTS = 2  # decimals of a place on the page, where it is written

COLUMNS = (
    "figure_id", "source_sha256", "question_number", "question_date", "answered_by", "item", "table_id", "table_title",
    "topic", "spec", "unit_measure", "label", "label_path", "ref_list", "ref_id", "ref_name", "match_how", "match_score",
    "column", "time_period", "time_start", "time_end", "obs_value", "obs_raw", "obs_status", "is_total", "marks", "notes",
    "page", "x0", "top", "x1", "bottom", "unit_mult",
)  # fmt: skip


def figures(extraction: "Extraction") -> "pd.DataFrame":
    """All figures of an extraction, one a row, in the order of printing; the columns are `COLUMNS`.

    `obs_value` holds int or Decimal exactly as printed, None where nothing countable is; dates are ISO texts; boxes are
    points from the top-left corner. `figure_id` is unique: a label and column that occur twice in a table are numbered.
    """
    import pandas as pd  # noqa: PLC0415

    return pd.DataFrame(records(extraction), columns=list(COLUMNS), dtype=object)


def records(extraction: "Extraction") -> list[dict[str, Any]]:  # Any: a frame's cells are of many types
    """The rows of `figures`, as dictionaries from column to value."""
    return [record for table in extraction.tables for record in _records(extraction, table)]


def _records(
    extraction: "Extraction", table: Table
) -> Iterator[dict[str, Any]]:  # Any: a frame's cells are of many types
    answer = extraction.answer
    shared = {
        "source_sha256": extraction.source.sha256,
        "question_number": answer.question_number,
        "question_date": answer.question_date.isoformat() if answer.question_date else None,
        "answered_by": answer.answered_by,
        "item": table.item,
        "table_id": table.id,
        "table_title": table.title,
        "topic": table.topic,
        "spec": table.spec,
    }
    place = _place_in_item(extraction.tables, table)
    seen: Counter[str] = Counter()
    for row in table.rows:
        of_row = {
            **shared,
            "label": next((label for label in reversed(row.labels) if label), ""),
            "label_path": " > ".join([label for label in (*row.group, *row.labels) if label]),
        }
        for column, cell in zip(table.columns, row.cells, strict=True):
            if not cell.raw:
                continue
            key = figure_key(answer.question_number, table.item, place, row, column)
            seen[key] += 1
            figure_id = _hash(f"{key}\x1f{seen[key]}")
            yield {"figure_id": figure_id, **of_row, **_of_cell(table, row, column, cell)}


def _of_cell(table: Table, row: Row, column: Column, cell: Cell) -> dict[str, Any]:  # Any: as above
    match, period, box = row.match or column.match, column.time_period or row.time_period, cell.box
    marks = list(dict.fromkeys(cell.marks + row.marks + column.marks))
    notes = [note.text for note in table.notes if note.mark in marks] if marks else []
    return {
        "unit_measure": cell.unit or column.unit or table.unit,
        "ref_list": match.list if match else None,
        "ref_id": match.id if match else None,
        "ref_name": match.name if match else None,
        "match_how": match.how if match else None,
        "match_score": match.score if match else None,
        "column": column.raw,
        "time_period": period.label if period else None,
        "time_start": period.start.isoformat() if period else None,
        "time_end": period.end.isoformat() if period else None,
        "obs_value": cell.value,
        "obs_raw": cell.raw,
        "obs_status": cell.obs_status.value,
        "is_total": row.role is not Role.PART or column.role is not Role.PART,
        "marks": " ".join(marks),
        "notes": " | ".join(notes),
        "page": cell.page,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "unit_mult": len(str(_multiplier(table, column, cell))) - 1,
    }


def _multiplier(table: Table, column: Column, cell: Cell) -> int:
    """The factor stated nearest to the figure: in the cell, else in its header, else in the caption."""
    for place in (cell, column):
        if place.unit or place.multiplier != 1:
            return place.multiplier
    return table.multiplier


def figure_key(number: int | None, item: str | None, place: int, row: Row, column: Column) -> str:
    """What a figure is, apart from where it was printed: question, item, table within it, labels and column."""
    return "\x1f".join((str(number), str(item), str(place), *row.group, *row.labels, "\x1e", *column.path))


def _place_in_item(tables: Sequence[Table], table: Table) -> int:
    return [t.id for t in tables if t.item == table.item].index(table.id)


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


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
