"""Tables of a DOCX as grids: spans resolved, paragraphs of a cell joined, tables inside cells set apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from docx.oxml.ns import nsmap, qn
from lxml.etree import _Element

from pv_extract.findings import Code
from pv_extract.model import Grid, GridCell, Remark
from pv_extract.readers.docx_text import Paragraph, on
from pv_extract.text import join_lines

_WRAPPERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"), qn("w:smartTag")}


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: GridCell
    continues: bool
    tables: tuple[_Element, ...]


def children(element: _Element, *names: str) -> Iterator[_Element]:
    """Children of these names, those inside content controls and tracked insertions too."""
    wanted = {qn(name) for name in names}
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from children(child, *names)


def is_box(tbl: _Element) -> bool:
    """Whether a table has a single cell: a frame around text rather than a table."""
    return sum(1 for row in children(tbl, "w:tr") for _ in children(row, "w:tc")) == 1


def grids(tbl: _Element, read: Callable[[_Element], Paragraph]) -> Iterator[Grid]:
    """The grid of a `w:tbl`, then those of the tables inside its cells."""
    rows = [row for row in children(tbl, "w:tr") if not _deleted(row)]
    placed = [_row(row, number, read) for number, row in enumerate(rows)]
    gone = sum(1 for _ in children(tbl, "w:tr")) - len(rows)
    remarks = [Remark(Code.CONTENT_HIDDEN, f"{gone} table rows are marked as deleted and left out")] if gone else []
    header = 0
    while header < len(rows) and on(rows[header].find(qn("w:trPr")), "w:tblHeader"):
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
    column = _count(row, "w:trPr/w:gridBefore", 0)
    placed = []
    for tc in children(row, "w:tc"):
        span = max(1, _count(tc, "w:tcPr/w:gridSpan", 1))
        paragraphs = [read(p) for p in children(tc, "w:p")]
        printed = [p for p in paragraphs if any(line.strip() for line in p.lines)]
        cell = GridCell(
            number,
            column,
            join_lines([line for p in printed for line in p.lines]),
            column_span=span,
            bold=bool(printed) and all(p.bold for p in printed),
            indent=printed[0].indent if printed else 0.0,
        )
        placed.append(_Placed(cell, _continues(tc), tuple(children(tc, "w:tbl"))))
        column += span
    return placed


def _merged(rows: list[list[_Placed]]) -> Iterator[GridCell]:
    """The cells, each continued by those below that are merged with it."""
    open_cells: dict[int, GridCell] = {}
    done: list[GridCell] = []
    for row in rows:
        for placed in row:
            cell = placed.cell
            above = open_cells.get(cell.column)
            if placed.continues and above is not None and above.column_span == cell.column_span:
                text = join_lines([t for t in (above.text, cell.text) if t])
                cell = replace(above, row_span=cell.row - above.row + 1, text=text)
                done.remove(above)
            for column in range(cell.column, cell.column + cell.column_span):
                open_cells.pop(column, None)
            open_cells[cell.column] = cell
            done.append(cell)
    yield from sorted(done, key=lambda c: (c.row, c.column))


def _continues(tc: _Element) -> bool:
    merge = tc.find("w:tcPr/w:vMerge", nsmap)
    return merge is not None and merge.get(qn("w:val"), "continue") == "continue"


def _deleted(row: _Element) -> bool:
    return row.find("w:trPr/w:del", nsmap) is not None


def _count(element: _Element, path: str, default: int) -> int:
    found = element.find(path, nsmap)
    value = "" if found is None else found.get(qn("w:val"), "")
    return int(value) if value.isdigit() else default
