"""Tables set beside each other to save room, inside one set of rules: all their headers come again, labels and all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pv_extract.layout.again import again
from pv_extract.layout.lines import has_digits, is_datum
from pv_extract.model import Box, Grid, GridCell

_FEWEST = 2  # labels in a table


def tables_of(grid: Grid) -> list[Grid]:
    """The tables of a grid in which they stand beside each other or under each other."""
    return [part for beside in twins(grid) for part in again(beside)]


def twins(grid: Grid) -> list[Grid]:
    """The tables of a grid whose columns all come again: from left to right, each with its labels."""
    columns = sorted({c.column for c in grid.cells if c.text})
    widths = [wide for wide in range(2, len(columns) // 2 + 1) if len(columns) % wide == 0]
    if not widths:
        return [grid]
    body = next((c.row for c in grid.cells if is_datum(c.text) and has_digits(c.text)), 0)
    if not body:
        return [grid]
    heads = _heads(grid, body)
    for wide in widths:
        starts = columns[::wide]
        if _again(heads, columns, wide) and all(_labels(grid, body, k) for k in starts):
            if any(_over(c, starts) for c in grid.cells):
                break
            return [_part(grid, a, b) for a, b in zip(starts, [*starts[1:], columns[-1] + 1], strict=True)]
    return [grid]


def _heads(grid: Grid, body: int) -> Mapping[int, tuple[str, ...]]:
    """The header of each column, from the top."""
    out: dict[int, tuple[str, ...]] = {}
    for cell in sorted((c for c in grid.cells if c.text and c.row < body), key=lambda c: c.row):
        for column in range(cell.column, cell.column + cell.column_span):
            out[column] = (*out.get(column, ()), cell.text)
    return out


def _again(heads: Mapping[int, tuple[str, ...]], columns: Sequence[int], wide: int) -> bool:
    """Whether the headers of the first columns come again over all others, none of them blank."""
    return all(heads.get(c, ()) == heads.get(columns[k % wide]) for k, c in enumerate(columns))


def _over(cell: GridCell, starts: Sequence[int]) -> bool:
    """Whether a text stands over two of the tables."""
    return bool(cell.text) and any(cell.column < k < cell.column + cell.column_span for k in starts)


def _labels(grid: Grid, body: int, column: int) -> bool:
    """Whether a column names rows: texts of which no two are alike, and hardly any figures."""
    texts = [c.text for c in grid.cells if c.column == column and c.row >= body and c.text]
    worded = {t for t in texts if any(c.isalpha() for c in t) and not has_digits(t)}
    return len(worded) >= _FEWEST and len(worded) >= 0.9 * len(texts)


def _part(grid: Grid, first: int, end: int) -> Grid:
    """The table in these columns."""
    cells = tuple(c._replace(column=c.column - first) for c in grid.cells if first <= c.column < end)
    boxes = [c.box for c in cells if c.box is not None]
    return replace(grid, cells=cells, box=Box.around(boxes) if boxes else grid.box)
