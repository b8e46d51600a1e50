"""What a dump does not decide: which words head which column, where only a space or a line end parts them."""

from dataclasses import replace

from pv_extract.findings import Code
from pv_extract.layout.dump_lines import is_period
from pv_extract.model import Grid, Remark
from pv_extract.text import clean, split_marks


def doubted(grid: Grid) -> Grid:
    """The grid, with a remark where its headers are told apart by nothing but spacing.

    A period is its own evidence: headers that are each another period leave no doubt, and one column needs no telling.
    """
    width = max((cell.column for cell in grid.cells), default=-1) + 1
    columns = range(grid.stub_columns if grid.stub_columns is not None else 1, width)
    headers = [_header(grid, column) for column in columns]
    clear = len(set(headers)) == len(headers) and all(is_period(text) for text in headers)
    if len(headers) < 2 or clear or not grid.header_rows or any(r.code == Code.TABLE_AMBIGUOUS for r in grid.remarks):
        return grid
    told = " | ".join(text or "(none)" for text in headers)
    message = f"the dump parts the headers of {len(headers)} columns by spacing alone; read as {told}"
    return replace(grid, remarks=(*grid.remarks, Remark(Code.TABLE_AMBIGUOUS, message, grid.page)))


def _header(grid: Grid, column: int) -> str:
    rows = range(grid.header_rows or 0)
    texts = [
        cell.text for cell in grid.cells
        if cell.row in rows and cell.column <= column < cell.column + cell.column_span
    ]  # fmt: skip
    return split_marks(clean(" ".join(texts)))[0]
