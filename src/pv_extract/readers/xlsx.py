"""XLSX workbooks through openpyxl: what each visible sheet shows, as lines of text and grids."""

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from pv_extract.findings import Code, SourceError
from pv_extract.languages import detect
from pv_extract.model import Block, Document, Grid, GridCell, Line, Remark, Source
from pv_extract.numbers import is_figure
from pv_extract.readers.xlsx_format import shown
from pv_extract.text import clean, join_lines

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_PLACES = 5_000_000  # rows times columns: past this the sheet is no table of an answer, and memory is at stake
_UNNAMED = re.compile(r"(?:sheet|blad|feuil|tabelle|tabel|hoja)\s*\d*", re.IGNORECASE)
_INDENT = 9.0  # points that one step of indentation shows


@dataclass(slots=True)
class _Unseen:
    """What a workbook holds and does not show."""

    said: list[str] = field(default_factory=list)


def read_xlsx(data: bytes, file: str, sha256: str) -> Document:
    """Titles, notes and tables of the visible sheets; the page is the sheet's place in the workbook.

    Values are the text that the sheet shows to a reader of its language. Hidden sheets, rows and columns are left out with a
    remark.

    Raises:
        SourceError: where the file is no workbook, is damaged, is too large, or shows nothing.
    """
    values, formulas = _load(data, formulas=False), _load(data, formulas=True)
    unseen = _Unseen()
    blocks: list[Block] = []
    locale = _locale(values)
    for number, sheet in enumerate(values.worksheets, start=1):
        if sheet.sheet_state != "visible":
            unseen.said.append(f"sheet {sheet.title!r} is hidden and left out")
            continue
        blocks += _sheet(sheet, formulas[sheet.title], number, locale, unseen)
    if not blocks:
        raise SourceError(f"expected a workbook with cells, found {len(values.worksheets)} sheets that show nothing")
    remarks = tuple(Remark(Code.CONTENT_HIDDEN, said) for said in unseen.said)
    return Document(
        Source(file, sha256, MEDIA_TYPE, len(values.worksheets), "xlsx"), blocks=tuple(blocks), remarks=remarks
    )


def _load(data: bytes, *, formulas: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions (slicers, validation) that hold no cells
            return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)
    except Exception as error:  # openpyxl raises whatever the damage leads to
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(f"expected an XLSX workbook, found a damaged one ({reason})") from error


def _locale(book: Workbook) -> str:
    """That of the language in which the visible sheets are written, by the very words that tell it for the document."""
    visible = [s for s in book.worksheets if s.sheet_state == "visible" and not _too_large(s)]
    texts = [v for s in visible for row in s.values for v in row if isinstance(v, str)]
    return detect(" ".join([*(s.title for s in visible if _named_sheet(s)), *texts])).locale


def _named_sheet(sheet: Worksheet) -> bool:
    return not _UNNAMED.fullmatch(sheet.title.strip())


def _too_large(sheet: Worksheet) -> bool:
    return (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_PLACES


def _sheet(sheet: Worksheet, formulas: Worksheet, number: int, locale: str, unseen: _Unseen) -> Iterator[Block]:
    """The name of a sheet, then its lines and grids from top to bottom."""
    if _too_large(sheet):
        size = f"{sheet.max_row} rows by {sheet.max_column} columns"
        raise SourceError(f"sheet {sheet.title!r}: expected at most {_MOST_PLACES} cells, found {size}")
    rows = _rows(_cells(sheet, formulas, number, locale, unseen))
    if rows and _named_sheet(sheet):
        yield Line(clean(sheet.title), page=number, bold=True, gap=True)
    for band in _bands(rows):
        if len(band) == 1 or len({cell.column for row in band for cell in row}) == 1:
            yield from _lines(band)
        else:
            yield from (_grid(part, number) for part in _beside(band))


def _rows(cells: Iterable[GridCell]) -> list[list[GridCell]]:
    """The cells of each row that shows something, from top to bottom."""
    rows: dict[int, list[GridCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return [rows[number] for number in sorted(rows)]


def _cells(sheet: Worksheet, formulas: Worksheet, number: int, locale: str, unseen: _Unseen) -> Iterator[GridCell]:
    """The cells that show something, with their spans over visible rows and columns."""
    hidden_rows = {number for number, dimension in sheet.row_dimensions.items() if dimension.hidden}
    hidden_columns = _hidden_columns(sheet)
    merged = {(m.min_row, m.min_col): m for m in sheet.merged_cells.ranges}
    hidden = unset = 0
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell, MergedCell):
                continue
            source = formulas.cell(cell.row, cell.column)
            unset += cell.value is None and source.data_type == "f"
            text = _text(cell, locale)
            if not text:
                continue
            if cell.row in hidden_rows or cell.column in hidden_columns:
                hidden += 1
                continue
            area = merged.get((cell.row, cell.column))
            height = sum(r not in hidden_rows for r in range(area.min_row, area.max_row + 1)) if area else 1
            width = sum(c not in hidden_columns for c in range(area.min_col, area.max_col + 1)) if area else 1
            yield _grid_cell(cell, text, number, height, width)
    if hidden:
        unseen.said.append(f"sheet {sheet.title!r}: {hidden} cells in hidden rows or columns are left out")
    if unset:
        unseen.said.append(f"sheet {sheet.title!r}: {unset} formulas have no stored result and are shown empty")


def _text(cell: Cell, locale: str) -> str:
    value = cell.value
    if isinstance(value, str):
        return join_lines(value.split("\n"))
    return clean(shown(value, str(cell.number_format), locale))


def _grid_cell(cell: Cell, text: str, page: int, height: int, width: int) -> GridCell:
    return GridCell(
        cell.row,
        cell.column,
        text,
        page,
        row_span=height,
        column_span=width,
        bold=bool(cell.font and cell.font.bold),
        indent=_INDENT * float(cell.alignment.indent or 0) if cell.alignment else 0.0,
    )


def _hidden_columns(sheet: Worksheet) -> set[int]:
    """Columns that are hidden; one entry may stand for a range."""
    return {
        column
        for dimension in sheet.column_dimensions.values()
        if dimension.hidden
        for column in range(dimension.min or 0, (dimension.max or -1) + 1)
    }


def _bands(rows: Sequence[list[GridCell]]) -> Iterator[list[list[GridCell]]]:
    """Rows between blank rows; a band that starts with figures goes on with the one above it."""
    band: list[list[GridCell]] = []
    reach = 0
    for row in rows:
        figures = any(is_figure(cell.text) for cell in row)
        wide = any(len(above) > 1 for above in band)
        if band and row[0].row > reach + 1 and not (figures and wide):
            yield band
            band = []
        band.append(row)
        reach = max(reach, *(cell.row + cell.row_span - 1 for cell in row))
    if band:
        yield band


def _beside(band: list[list[GridCell]]) -> list[list[list[GridCell]]]:
    """The tables of a band from left to right: behind a blank column another begins with the header of the labels once more."""
    first = band[0][0].text
    again = [cell.column for cell in band[0][1:] if cell.text == first]
    filled = {k for row in band for c in row for k in range(c.column, c.column + c.column_span)}
    starts = [k for k in again if k - 1 not in filled and _named(band, k)]
    if not starts:
        return [band]
    ends = [*starts, max(filled) + 1]
    sides = [[[c for c in row if a <= c.column < b] for row in band] for a, b in pairwise([0, *ends])]
    return [[row for row in side if row] for side in sides]


def _named(band: Sequence[list[GridCell]], column: int) -> bool:
    """Whether a column names rows: texts below its header, and no figures."""
    texts = [cell.text for row in band[1:] for cell in row if cell.column == column]
    return len(texts) > 1 and not any(map(is_figure, texts))


def _lines(band: Sequence[list[GridCell]]) -> Iterator[Line]:
    for n, row in enumerate(band):
        text = " ".join(cell.text for cell in row)
        yield Line(text, page=row[0].page, bold=all(cell.bold for cell in row), gap=n == 0)


def _grid(band: Sequence[list[GridCell]], page: int) -> Grid:
    """The band with its rows and columns numbered from 0, those that show nothing left out."""
    here = [cell for row in band for cell in row]
    rows = sorted({r for c in here for r in range(c.row, c.row + c.row_span)})
    columns = sorted({k for c in here for k in range(c.column, c.column + c.column_span)})
    row_at = {row: n for n, row in enumerate(rows)}
    column_at = {column: n for n, column in enumerate(columns)}
    return Grid(tuple(c._replace(row=row_at[c.row], column=column_at[c.column]) for c in here), page, how="xlsx")
