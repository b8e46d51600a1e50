"""Tables of a DOCX as grids: spans resolved, paragraphs of a cell joined, tables inside cells set apart."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from lxml.etree import _Element

from pv_extract.findings import Code
from pv_extract.model import Grid, GridCell, Remark
from pv_extract.numbers import is_figure
from pv_extract.readers.docx_text import Paragraph, on
from pv_extract.readers.docx_xml import TBL, TC, TR, VAL, P, by_tag, children, first, w
from pv_extract.text import clean, join_lines

_TR_PR, _TC_PR, _T = w("trPr"), w("tcPr"), w("t")
_SENTENCE = 15  # words
_DELETED, _HEADER, _GRID_BEFORE = w("del"), w("tblHeader"), w("gridBefore")
_GRID_SPAN, _V_MERGE = w("gridSpan"), w("vMerge")


class _Placed(NamedTuple):
    cell: GridCell
    continues: bool
    tables: tuple[_Element, ...]


def framed(tbl: _Element) -> list[_Element]:
    """The cells of a table that only sets text or other tables in their places, in reading order; none of a real table.

    So does one with a single cell; one without figures that has one row, or tables inside, or two columns of running text.
    Cells under each other are read before those beside them, as a caption stands over its table.
    """
    every = list(children(tbl, (TR,)))
    if any(map(_is_deleted, every)):
        return []  # a grid says so
    rows = [list(children(row, (TC,))) for row in every]
    cells = [cell for row in rows for cell in row]
    if len(cells) == 1:
        return cells
    if any(is_figure(_own_text(cell)) for cell in cells):
        return []
    texts = [_own_text(cell) for cell in cells]
    tables = any(next(children(cell, (TBL,)), None) is not None for cell in cells)
    if not (
        len(rows) == 1 or tables or (all(len(row) == 2 for row in rows) and _prose(texts[::2]) and _prose(texts[1::2]))
    ):
        return []
    out: list[_Element] = []
    for _, stretch in groupby(rows, len):
        out += [cell for column in zip(*stretch, strict=True) for cell in column]
    return out


def _is_deleted(row: _Element) -> bool:
    return first(first(row, _TR_PR), _DELETED) is not None


def _prose(texts: Sequence[str]) -> bool:
    """Whether most of these are sentences, and not labels."""
    return 2 * sum(len(text.split()) >= _SENTENCE for text in texts) > len(texts)


def _own_text(cell: _Element) -> str:
    """What a cell prints itself, apart from tables in it."""
    return clean("".join([t.text or "" for p in children(cell, (P,)) for t in p.iter(_T)]))


def grids(tbl: _Element, read: Callable[[_Element], Paragraph]) -> Iterator[Grid]:
    """The grid of a `w:tbl`, then those of the tables inside its cells."""
    every = list(children(tbl, (TR,)))
    rows = [row for row in every if not _is_deleted(row)]
    placed = [_row(row, number, read) for number, row in enumerate(rows)]
    gone = len(every) - len(rows)
    remarks = [Remark(Code.CONTENT_HIDDEN, f"{gone} table rows are marked as deleted and left out")] if gone else []
    header = 0
    while header < len(rows) and on(by_tag(first(rows[header], _TR_PR)), _HEADER):
        header += 1
    cells = tuple(_merged(placed))
    yield Grid(
        cells, page=1, header_rows=header if 0 < header < len(rows) else None, how="docx", remarks=tuple(remarks)
    )
    for inner in (t for row in placed for p in row for t in p.tables):
        for grid in grids(inner, read):
            nested = Remark(
                Code.TABLE_AMBIGUOUS, "printed inside a cell of the table before it, read as a table of its own"
            )
            yield replace(grid, remarks=(*grid.remarks, nested))


def _row(row: _Element, number: int, read: Callable[[_Element], Paragraph]) -> list[_Placed]:
    column = _count(by_tag(first(row, _TR_PR)), _GRID_BEFORE, 0)
    placed = []
    for tc in children(row, (TC,)):
        properties = by_tag(first(tc, _TC_PR))
        span = max(1, _count(properties, _GRID_SPAN, 1))
        printed, tables = [], []
        for element in children(tc, (P, TBL)):
            if element.tag == TBL:
                tables.append(element)
            elif any(map(str.strip, (paragraph := read(element)).lines)):
                printed.append(paragraph)
        cell = GridCell(
            number,
            column,
            join_lines([line for p in printed for line in p.lines]),
            column_span=span,
            bold=bool(printed) and all(p.bold for p in printed),
            indent=printed[0].indent if printed else 0.0,
        )
        placed.append(_Placed(cell, _continues(properties), tuple(tables)))
        column += span
    return placed


def _merged(rows: list[list[_Placed]]) -> Iterator[GridCell]:
    """The cells, each continued by those below that are merged with it."""
    open_cells: dict[int, GridCell] = {}
    done: dict[tuple[int, int], GridCell] = {}
    for row in rows:
        for placed in row:
            cell = placed.cell
            above = open_cells.get(cell.column)
            if placed.continues and above is not None and above.column_span == cell.column_span:
                text = join_lines([t for t in (above.text, cell.text) if t])
                cell = above._replace(row_span=cell.row - above.row + 1, text=text)
            for column in range(cell.column, cell.column + cell.column_span):
                open_cells.pop(column, None)
            open_cells[cell.column] = cell
            done[cell.row, cell.column] = cell
    yield from (done[place] for place in sorted(done))


def _continues(properties: Mapping[str, _Element]) -> bool:
    merge = properties.get(_V_MERGE)
    return merge is not None and merge.get(VAL, "continue") == "continue"


def _count(properties: Mapping[str, _Element], tag: str, default: int) -> int:
    found = properties.get(tag)
    value = "" if found is None else found.get(VAL, "")
    return int(value) if value.isdigit() else default
