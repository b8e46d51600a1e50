"""Tables under each other on one set of columns: the header comes again over each, with another label before it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from pv_extract.layout.lines import has_digits, is_datum
from pv_extract.model import Box, Grid, GridCell

_FEWEST = 2  # columns with a header
_COLUMN = attrgetter("column")

Row = Sequence[GridCell]


def again(grid: Grid) -> list[Grid]:
    """The tables of a grid in whose body its header comes again: from top to bottom, each with its header."""
    rows = _rows(grid)
    body = _body(grid, rows)
    if not body or len(_heads(rows[body - 1])) < _FEWEST:
        return [grid]
    end = rows[body - 1][-1].text
    if end not in [row[-1].text for row in rows[body + 1 :]]:
        return [grid]
    head = [_heads(row) for row in rows[:body]]
    starts, headers = [0], [grid.header_rows]
    at = body + 1
    while at < len(rows):
        if tall := next((n for n in (len(head), 1) if _comes_again(rows[at : at + n], head[-n:])), 0):
            starts.append(_with_title(rows, at, body, grid))
            whole = grid.header_rows is not None and starts[-1] == at
            headers.append(rows[at + tall - 1][0].row + 1 if whole else None)
            at += tall
        at += 1
    if len(starts) == 1:
        return [grid]
    ends = [*starts[1:], len(rows)]
    return [_part(grid, rows[a:b], header) for a, b, header in zip(starts, ends, headers, strict=True)]


def _rows(grid: Grid) -> list[Row]:
    """The cells with text, by the row in which they begin."""
    rows: dict[int, list[GridCell]] = defaultdict(list)
    for cell in grid.cells:
        if cell.text:
            rows[cell.row].append(cell)
    return [sorted(rows[k], key=_COLUMN) for k in sorted(rows)]


def _body(grid: Grid, rows: Sequence[Row]) -> int:
    """The number of rows above the first one of figures."""
    if grid.header_rows is not None:
        return sum(1 for row in rows if row[0].row < grid.header_rows)
    figures = (k for k, row in enumerate(rows) if any(is_datum(c.text) and has_digits(c.text) for c in row if c.column))
    return next(figures, 0)


def _heads(row: Row) -> list[tuple[int, int, str]]:
    """What a row prints over columns other than that of the labels."""
    return [(c.column, c.column_span, c.text) for c in row if c.column]


def _comes_again(rows: Sequence[Row], head: Sequence[list[tuple[int, int, str]]]) -> bool:
    """Whether rows print this header, all of it and no more, over the columns behind that of the labels."""
    return len(rows) == len(head) and all(map(_same, rows, head)) and not any(is_datum(c.text) for c in rows[0][:1])


def _same(row: Row, head: list[tuple[int, int, str]]) -> bool:
    return len(row) >= len(head) and _heads(row) == head


def _with_title(rows: Sequence[Row], at: int, body: int, grid: Grid) -> int:
    """Where a table begins whose header stands at a row: at the titles over it, each one text over the whole width."""
    wide = max(c.column + c.column_span for c in grid.cells)
    while at - 1 > body and len(rows[at - 1]) == 1 and rows[at - 1][0].column_span >= wide > 1:
        at -= 1
    return at


def _part(grid: Grid, rows: Sequence[Row], header: int | None) -> Grid:
    """The table of these rows, whose header ends before this one; the first keeps what is said of the grid."""
    first, last = rows[0][0].row, rows[-1][0].row
    cells = tuple(c for c in grid.cells if first <= c.row <= last)
    boxes = [c.box for c in cells if c.box is not None]
    whole = first == min(c.row for c in grid.cells if c.text)
    return replace(
        grid,
        cells=cells,
        box=Box.around(boxes) if boxes else grid.box,
        header_rows=header,
        caption=grid.caption if whole else None,
        remarks=grid.remarks if whole else (),
    )
