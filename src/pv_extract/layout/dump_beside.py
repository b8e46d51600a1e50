"""Two tables that a dump prints beside each other, read as one: labels begin anew behind the figures."""

from collections.abc import Sequence
from dataclasses import replace

from pv_extract.findings import Code
from pv_extract.languages import languages
from pv_extract.layout.lines import has_digits, is_figure
from pv_extract.model import Grid, GridCell, Remark

_FEWEST = 2  # labels in a column of labels


def apart(grid: Grid) -> list[Grid]:
    """The tables of a grid: two where both columns of labels have the same header or a total each.

    One with a remark where labels begin anew and nothing else tells.
    """
    texts: dict[int, list[str]] = {}
    for cell in grid.cells:
        if cell.text and cell.row >= (grid.header_rows or 0):
            texts.setdefault(cell.column, []).append(cell.text)
    width = max(texts, default=-1) + 1
    for column in range(2, width - 1):
        before, here, after = (texts.get(c, []) for c in (column - 1, column, column + 1))
        if not (_figures(before) and _labels(here) and _figures(after)):
            continue
        if _head(grid, 0) == _head(grid, column) != "" or (_totalled(texts.get(0, [])) and _totalled(here)):
            return [_part(grid, 0, column), *apart(_part(grid, column, width))]
        message = f"labels begin anew in column {column + 1}: this may be two tables beside each other"
        return [replace(grid, remarks=(*grid.remarks, Remark(Code.TABLE_AMBIGUOUS, message, grid.page)))]
    return [grid]


def _figures(texts: Sequence[str]) -> bool:
    return len(texts) >= _FEWEST and 2 * sum(1 for text in texts if is_figure(text)) > len(texts)


def _labels(texts: Sequence[str]) -> bool:
    """Whether a column names rows: words of which no two are alike."""
    worded = {text.casefold() for text in texts if any(c.isalpha() for c in text) and not has_digits(text)}
    return len(worded) > _FEWEST and len(worded) == len(texts)


def _totalled(texts: Sequence[str]) -> bool:
    return any(language.is_total(text) for text in texts for language in languages())


def _head(grid: Grid, column: int) -> str:
    return " ".join(c.text for c in grid.cells if c.row < (grid.header_rows or 0) and c.column == column).strip()


def _part(grid: Grid, first: int, end: int) -> Grid:
    """The grid of these columns; what spans further is cut to them."""
    cells: list[GridCell] = []
    for cell in grid.cells:
        left, right = max(cell.column, first), min(cell.column + cell.column_span, end)
        if left < right and (left == cell.column or not cell.text):
            cells.append(cell._replace(column=left - first, column_span=right - left))
    return replace(grid, cells=tuple(cells))
