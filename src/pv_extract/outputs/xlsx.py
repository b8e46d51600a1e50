"""An extraction as a workbook: a sheet for each table as printed, one with the tidy figures, one with the findings."""

import io
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any  # xlsxwriter publishes no types: workbooks, sheets and formats

import xlsxwriter

from pv_extract.extraction import Extraction
from pv_extract.model import Cell, Number, Role, Row, Table, Totals
from pv_extract.outputs.sheets import Spanner, exact_in_double, number_format, sheet_names, spanners

INK, FAINT, SHADE = "#1F2933", "#6B7280", "#E8EDF3"
LEVEL_COLORS = {"error": "#F8D7DA", "warning": "#FFF3CD", "note": "#E2E8F0"}
LONGEST_TEXT = 32_000  # a cell holds 32,767 characters and drops longer texts without a word
LABEL_WIDTH, MESSAGE_WIDTH, TIDY_WIDTH = 54, 90, 40  # characters
LINE_HEIGHT = 15  # points
NO_CLOCK = datetime(2000, 1, 1)  # noqa: DTZ001 - the format keeps no zone; a real clock would change the bytes


@dataclass(frozen=True, slots=True)
class _Book:
    """A workbook and the formats made so far: the format is handed the same properties many times over."""

    workbook: Any
    formats: dict[tuple[tuple[str, Any], ...], Any]

    def style(self, **properties: Any) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"font_color": INK, "valign": "top", **properties})
        return self.formats[key]


def xlsx_bytes(extraction: Extraction) -> bytes:
    """The workbook as bytes, the same for the same extraction; every text is written as text, so none becomes a formula."""
    written = io.BytesIO()
    workbook = xlsxwriter.Workbook(written, {"in_memory": True})
    workbook.set_properties({"title": extraction.answer.title or extraction.source.file, "created": NO_CLOCK})
    book = _Book(workbook, {})
    names = sheet_names([table.item or table.id for table in extraction.tables], ["figures", "findings"])
    for name, table in zip(names, extraction.tables, strict=True):
        _table_sheet(book, name, table, extraction)
    _figures_sheet(book, extraction)
    _findings_sheet(book, extraction)
    workbook.close()
    return written.getvalue()


def _text(sheet: Any, row: int, column: int, text: str, style: Any) -> None:
    shown = text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}... ({len(text)} characters)"
    sheet.write_string(row, column, shown, style)


def _number(sheet: Any, row: int, column: int, value: Number, style: Any) -> None:
    if exact_in_double(value):
        sheet.write_number(row, column, float(value) if isinstance(value, Decimal) else value, style)
    else:
        sheet.write_string(row, column, str(value), style)


# -- a table as printed -----------------------------------------------------------------------------------------------


def _table_sheet(book: _Book, name: str, table: Table, extraction: Extraction) -> None:
    sheet = book.workbook.add_worksheet(name)
    _text(sheet, 0, 0, table.title, book.style(bold=True, font_size=13))
    _text(sheet, 1, 0, _about(table, extraction), book.style(font_color=FAINT))
    first = 3
    body = first + _header(book, sheet, first, table)
    widths = _widths(sheet, table)
    _header_heights(sheet, first, table, widths)
    after = _body(book, sheet, body, table)
    _below(book, sheet, after + 1, table, extraction.totals.get(table.id))
    sheet.freeze_panes(body, len(table.stub_columns))
    sheet.repeat_rows(first, body - 1)
    _page_setup(sheet)


def _about(table: Table, extraction: Extraction) -> str:
    answer = extraction.answer
    said = [
        f"item {table.item}" if table.item else f"table {table.id}",
        f"question {answer.question_number}" if answer.question_number is not None else "",
        answer.question_date.isoformat() if answer.question_date else "",
        answer.answered_by or "",
        f"unit: {table.unit}" if table.unit else "",
        f"times {table.multiplier}" if table.multiplier != 1 else "",
        f"page {', '.join(map(str, table.pages))}" if table.pages else "",
        extraction.source.file,
    ]
    return " · ".join(part for part in said if part)


def _header(book: _Book, sheet: Any, first: int, table: Table) -> int:
    """Write the header, levels merged where one text spans them; the number of its rows comes back."""
    style = book.style(bold=True, bg_color=SHADE, border=1, border_color="#C3CBD6", text_wrap=True)
    centred = book.style(bold=True, bg_color=SHADE, border=1, border_color="#C3CBD6", text_wrap=True, align="center")
    depth = max((len(column.path) for column in table.columns), default=1)
    stub = [Spanner(depth, 1, 0, i, text) for i, text in enumerate(table.stub_columns)]
    for span in [*stub, *spanners([c.path for c in table.columns], len(table.stub_columns))]:
        _merged(sheet, first + span.row, span.column, span, style if span in stub else centred)
    return depth


def _merged(sheet: Any, row: int, column: int, span: Spanner, style: Any) -> None:
    if span.rows == 1 and span.columns == 1:
        _text(sheet, row, column, span.text, style)
    else:
        sheet.merge_range(row, column, row + span.rows - 1, column + span.columns - 1, "", style)
        _text(sheet, row, column, span.text, style)


def _body(book: _Book, sheet: Any, first: int, table: Table) -> int:
    """Write the rows, a heading row where the group changes; the row after the last comes back."""
    at, group = first, tuple[str, ...]()
    for same, rows in groupby(table.rows, key=lambda row: row.group):
        for level, heading in enumerate(same):
            if group[: level + 1] != same[: level + 1]:
                _text(sheet, at, 0, heading, book.style(bold=True, align="left", indent=level))
                at += 1
        group = same
        run = list(rows)
        _labels(book, sheet, at, run)
        for row in run:
            sheet.set_row(at, LINE_HEIGHT * _lines(row.labels[-1] if row.labels else "", LABEL_WIDTH + 6))
            for place, cell in enumerate(row.cells):
                style = {"align": "right", **_total_style(row.role is not Role.PART)}
                _cell(book, sheet, (at, len(table.stub_columns) + place), cell, style)
            at += 1
    return at


def _labels(book: _Book, sheet: Any, first: int, rows: Sequence[Row]) -> None:
    """Write the labels; one carried down over rows is merged, the innermost stands on every row."""
    for stub in range(max((len(row.labels) for row in rows), default=0)):
        at = first
        for _, same in groupby(rows, key=lambda row: (row.labels[: stub + 1], _inner(row, stub) or id(row))):
            run = list(same)
            row = run[0]
            style = book.style(
                text_wrap=True, align="left", indent=row.level, **_total_style(row.role is not Role.PART)
            )
            _merged(sheet, at, stub, Spanner(len(run), 1, 0, stub, row.labels[stub]), style)
            at += len(run)


def _inner(row: Row, stub: int) -> bool:
    """Whether labels further in tell this row from its neighbours, so that this label may span them."""
    return stub < len(row.labels) - 1 and bool(row.labels[stub])


def _total_style(total: bool) -> dict[str, Any]:
    return {"bold": True, "top": 1} if total else {}


def _cell(book: _Book, sheet: Any, place: tuple[int, int], cell: Cell, style: dict[str, Any]) -> None:
    if cell.value is None:
        _text(sheet, *place, cell.raw, book.style(**style))
    else:
        _number(sheet, *place, cell.value, book.style(num_format=number_format(cell), **style))


def _below(book: _Book, sheet: Any, row: int, table: Table, totals: Totals | None) -> None:
    """Notes and verdicts under the table."""
    lines = [n.text if n.text.startswith(n.mark) else f"{n.mark} {n.text}" for n in table.notes]
    if totals:
        lines += [*([""] if lines else []), f"Totals by rule {totals.rule}: {totals.because}"]
        lines += [
            f"{r.total}, {r.column}: {r.verdict}, {r.detail or f'printed {r.printed}, parts sum to {r.sum}'}"
            for r in totals.results
        ]
    for offset, line in enumerate(lines):
        _text(sheet, row + offset, 0, line, book.style(font_color=FAINT))


def _widths(sheet: Any, table: Table) -> list[int]:
    """Set the widths of stub and data columns; they come back in characters."""
    widths = []
    for stub in range(len(table.stub_columns)):
        longest = max((len(r.labels[stub]) + 2 * r.level for r in table.rows), default=12)
        widths.append(min(LABEL_WIDTH, max(28 if stub == 0 else 14, longest + 2)))
    for place, column in enumerate(table.columns):
        words = [len(word) for level in column.path for word in re.split(r"\s", level)]
        widths.append(min(24, max([9, *words, *(len(row.cells[place].raw) for row in table.rows)]) + 3))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    return widths


def _header_heights(sheet: Any, first: int, table: Table, widths: Sequence[int]) -> None:
    """Give wrapped headers their height: not every program does so when it opens a workbook."""
    stubs = len(table.stub_columns)
    depth = max((len(column.path) for column in table.columns), default=1)
    spans = spanners([c.path for c in table.columns], stubs)
    spans += [Spanner(depth, 1, 0, i, text) for i, text in enumerate(table.stub_columns)]
    lines = [1] * depth
    for span in spans:
        needed = _lines(span.text, sum(widths[span.column : span.column + span.columns]))
        last = span.row + span.rows - 1
        lines[last] = max(lines[last], needed - sum(lines[span.row : last]))
    for level, count in enumerate(lines):
        sheet.set_row(first + level, LINE_HEIGHT * count)


def _lines(text: str, width: int) -> int:
    """Lines that a text takes in a column; widths count digits, and most letters are no wider."""
    return max(1, len(textwrap.wrap(text, width)))


def _page_setup(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


# -- figures and findings -----------------------------------------------------------------------------------------------


def _figures_sheet(book: _Book, extraction: Extraction) -> None:
    frame = extraction.figures()
    rows = [list(values) for values in frame.itertuples(index=False)]
    _listing(book, "figures", [str(name) for name in frame.columns], rows, {})


def _findings_sheet(book: _Book, extraction: Extraction) -> None:
    columns = ["level", "code", "message", "table", "row", "column", "page", "id"]
    rows = [
        [f.level.value, f.code.value, f.message, f.table, f.row, f.column, f.page, f.id] for f in extraction.findings
    ]
    shades = {at: LEVEL_COLORS[f.level.value] for at, f in enumerate(extraction.findings)}
    _listing(book, "findings", columns, rows or [["", "", "no findings", None, None, None, None, None]], shades)


def _listing(
    book: _Book, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]], shades: dict[int, str]
) -> None:
    """A sheet of records: header frozen, filters on, the first column shaded where `shades` says so."""
    sheet = book.workbook.add_worksheet(name)
    for place, column in enumerate(columns):
        _text(sheet, 0, place, column, book.style(bold=True, bg_color=SHADE, bottom=1))
        width = max([len(column) + 3, *(len(str(r[place])) + 2 for r in rows if r[place] is not None)])
        sheet.set_column(place, place, min(width, MESSAGE_WIDTH if column == "message" else TIDY_WIDTH))
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            shade = {"bg_color": shades[at]} if place == 0 and at in shades else {}
            wrap = {"text_wrap": True} if columns[place] == "message" else {}
            _value(book, sheet, at + 1, place, value, **shade, **wrap)
        message = str(row[columns.index("message")]) if "message" in columns else ""
        sheet.set_row(at + 1, LINE_HEIGHT * _lines(message, MESSAGE_WIDTH))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.repeat_rows(0)
    _page_setup(sheet)


def _value(book: _Book, sheet: Any, row: int, column: int, value: object, **style: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value, book.style(**style))
    elif isinstance(value, int | Decimal):
        _number(sheet, row, column, value, book.style(**style))
    elif isinstance(value, float):
        sheet.write_number(row, column, round(value, 2), book.style(**style))
    elif value is not None:
        _text(sheet, row, column, str(value), book.style(**style))
