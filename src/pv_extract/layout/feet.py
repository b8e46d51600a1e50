"""Notes in the last rows of a frame: they stand below the table as far as its figures go."""

import re
from dataclasses import replace

from pv_extract.model import Grid, GridCell, Line
from pv_extract.text import MARK

_NOTE = re.compile(rf"(?:{MARK})[\s:]*[^\W\d_].*")


def without_feet(grid: Grid) -> tuple[Grid, list[Line]]:
    """The grid without the notes that are its last rows, in one cell over all columns each; and these notes as lines."""
    if not (grid.cells and _NOTE.fullmatch(grid.cells[-1].text)):
        return grid, []
    width = max(c.column + c.column_span for c in grid.cells)
    feet: list[GridCell] = []
    for cell in reversed(grid.cells):
        if cell.column or cell.column_span < width or width < 2 or not _NOTE.fullmatch(cell.text):
            break
        feet.insert(0, cell)
    if len(feet) in (0, len(grid.cells)):
        return grid, []
    kept = grid.cells[: len(grid.cells) - len(feet)]
    lines = [Line(c.text, c.page, c.box, bold=c.bold, gap=k == 0) for k, c in enumerate(feet)]
    return replace(grid, cells=kept), lines
