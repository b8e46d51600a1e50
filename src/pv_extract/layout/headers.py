"""A grid of any origin told apart: caption, header rows, stub columns, data columns and body rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from pv_extract.languages import is_unit
from pv_extract.layout.lines import has_digits, is_datum, without_ranges
from pv_extract.layout.numbering import numbers_columns
from pv_extract.layout.stub import body_rows
from pv_extract.layout.stub_width import is_period, stub_width
from pv_extract.model import Grid, GridCell, RawColumn, RawTable
from pv_extract.text import join_lines

Matrix = Mapping[tuple[int, int], GridCell]
# a score, as comparisons of options print it: ++, 0/+, – –, ✓
_SIGNS = re.compile(r"(?:[+−–-]|0)(?:[\s/]?(?:[+−–-]|0))*|[✓✔✗✘●○]+")
_CAPTION = re.compile(r"^(?:tabel|tableau|tabelle|table|tab\.|bijlage|annexe)\b", re.IGNORECASE)


def interpret(grid: Grid) -> RawTable:
    """The grid as a table of text: header levels as column paths, labels carried down, heading rows and levels told.

    Rows and columns are numbered anew without the empty ones; `header_rows` and `stub_columns` of the grid are honoured.
    """
    matrix = _matrix(grid)
    filled = [place for place, cell in matrix.items() if cell.text]
    rows, columns = sorted({r for r, _ in filled}), sorted({c for _, c in filled})
    if not rows:
        return RawTable((), (), (), grid, grid.caption)
    caption, rows = _caption(grid, matrix, rows, columns)
    stub = grid.stub_columns
    header = (
        [r for r in rows if r < grid.header_rows] if grid.header_rows is not None else _header(matrix, rows, columns)
    )
    body = rows[len(header) :]
    width = stub if stub is not None else stub_width(matrix, header, body, columns)
    width = min(width, len(columns))
    while len(header) > 1 and grid.header_rows is None and _no_header(matrix, header[-1], columns[width:]):
        body = [header.pop(), *body]  # a heading beside codes
    return RawTable(
        stub_columns=tuple(" ".join(_path(matrix, header, c)[0]) for c in columns[:width]),
        columns=tuple(RawColumn(*_path(matrix, header, c, columns[width:])) for c in columns[width:]),
        rows=tuple(body_rows(matrix, body, columns[:width], columns[width:])),
        grid=grid,
        caption=caption,
    )


def _matrix(grid: Grid) -> dict[tuple[int, int], GridCell]:
    """The cell that covers each place; a cell over several rows or columns covers them all."""
    matrix: dict[tuple[int, int], GridCell] = {}
    for cell in grid.cells:
        row, column, high, wide = cell.row, cell.column, cell.row_span, cell.column_span
        if high == wide == 1:
            matrix[row, column] = cell
        else:
            matrix.update(dict.fromkeys(product(range(row, row + high), range(column, column + wide)), cell))
    return matrix


def _texts(matrix: Matrix, row: int, columns: Sequence[int]) -> list[str]:
    """Distinct printed cells of a row; a cell that began in a row above is not printed here."""
    seen = []
    for c in columns:
        cell = matrix.get((row, c))
        if cell is not None and cell.text and cell.row == row and cell not in seen:
            seen.append(cell)
    return [cell.text for cell in seen]


def _caption(grid: Grid, matrix: Matrix, rows: list[int], columns: list[int]) -> tuple[str | None, list[int]]:
    """A caption inside the grid: leading rows that print one text only, over the whole width or called a table."""
    caption = [grid.caption] if grid.caption else []
    while len(rows) > 2 and grid.header_rows is None:
        texts = _texts(matrix, rows[0], columns)
        cell = next((matrix[rows[0], c] for c in columns if (rows[0], c) in matrix and matrix[rows[0], c].text), None)
        whole = _whole(matrix, rows[0], columns)
        if len(texts) != 1 or cell is None or not (whole or _CAPTION.match(texts[0])):
            break
        caption.append(texts[0])
        rows = rows[1:]
    return (join_lines(caption) if caption else None), rows


# -- header -----------------------------------------------------------------------------------------------------------


def _header(matrix: Matrix, rows: list[int], columns: list[int]) -> list[int]:
    """Rows above the first row of figures; without any figures the first row; none where all labels lead to a value (`Naam:`)."""
    labels = _column(matrix, rows, columns[0])
    if len(labels) > 2 and all(text.endswith(":") for text in labels):
        return []
    data = columns[1:] or columns
    first = next((k for k in _begun(matrix, rows, data) if not _names_columns(matrix, rows[k], columns)), None)
    if first is None:
        return rows[: _levels(matrix, rows, columns)] if len(rows) > 1 else []
    head = rows[: _labelled(matrix, rows, first, columns[0])]
    while head and (_no_header(matrix, head[-1], data) or (len(head) > 1 and _whole(matrix, head[-1], columns))):
        head = head[:-1]  # headings of groups stand between header and figures
    return head[: _heavy(matrix, head, columns)]


def _heavy(matrix: Matrix, head: list[int], columns: Sequence[int]) -> int:
    """The number of bold rows of a header, where they head each column and a row with a label follows in which nothing is bold."""
    own: set[int] = set()
    for k, row in enumerate(head):
        cells = [(c, cell) for c in columns if (cell := matrix.get((row, c))) is not None and cell.text]
        begun = [cell for _, cell in cells if cell.row == row]
        label = matrix.get((row, columns[0]))
        if not any(cell.bold for cell in begun):
            return k if own >= set(columns[1:]) and label in begun else len(head)
        if not all(cell.bold for cell in begun):
            break
        own |= {c for c, cell in cells if cell.column_span == 1}
    return len(head)


def _levels(matrix: Matrix, rows: list[int], columns: Sequence[int]) -> int:
    """The number of levels of a header of words: as long as a cell over some of the columns has others below it."""
    for k, row in enumerate(rows[:-1]):
        cells = [cell for c in columns if (cell := matrix.get((row, c))) is not None and cell.text and cell.row == row]
        if not any(1 < cell.column_span < len(columns) - 1 for cell in cells):
            return k + 1
    return 1


def _begun(matrix: Matrix, rows: list[int], data: list[int]) -> Iterator[int]:
    """Positions of the rows of figures; below the first row, columns that print little else may show them."""
    figured: list[int] | None = None
    for k, row in enumerate(rows):
        found = _is_data(matrix, row, data)
        if k and not found:
            figured = [c for c in data if _figured(matrix, rows[1:], c)] if figured is None else figured
            found = _is_data(matrix, row, figured)
        if found:
            yield k


def _labelled(matrix: Matrix, rows: list[int], first: int, column: int) -> int:
    """The position behind the header: the cell over its labels may reach down over levels that look like figures."""
    cell = matrix.get((rows[0], column))
    end = cell.row + cell.row_span if cell is not None and cell.text else 0
    covered = sum(1 for r in rows if r < end)
    return covered if 0 < first < covered < len(rows) else first


def _no_header(matrix: Matrix, row: int, data: list[int]) -> bool:
    """Whether a row prints nothing over the figures: at most a heading, which may reach over the first of them."""
    begun = any((cell := matrix.get((row, c))) and cell.text and (cell.row, cell.column) == (row, c) for c in data)
    return not begun and not _covered(matrix, row, data)


def _whole(matrix: Matrix, row: int, columns: Sequence[int]) -> bool:
    """Whether one cell over the label column and all others is all that a row prints."""
    cell = matrix.get((row, columns[0]))
    return cell is not None and bool(cell.text) and cell.row == row and cell.column_span >= len(columns) > 1


def _covered(matrix: Matrix, row: int, columns: list[int]) -> bool:
    """Whether header cells from above reach down into this row."""
    return any((cell := matrix.get((row, c))) is not None and cell.text and cell.row < row for c in columns)


def _is_data(matrix: Matrix, row: int, columns: list[int]) -> bool:
    """Whether a row prints figures that are not years or the numbers of the columns."""
    texts = _texts(matrix, row, columns)
    figures = [t for t in without_ranges(texts) if (is_datum(t) and not is_period(t)) or _SIGNS.fullmatch(t)]
    if not figures or not (any(has_digits(t) for t in figures) or len(figures) == len(texts)):
        return False
    return 2 * len(figures) >= len(texts) or len(figures) >= 2


def _figured(matrix: Matrix, rows: list[int], column: int) -> bool:
    """Whether a column prints figures from its second row on: two of them, and hardly anything else."""
    texts = _column(matrix, rows, column)
    figures = sum([is_datum(t) for t in texts])
    return figures > 1 and figures >= 0.8 * len(texts)


def _names_columns(matrix: Matrix, row: int, columns: Sequence[int]) -> bool:
    """Whether a row numbers the columns (1, 2, 3 and on), or prints years with their unit beside no label (`2022 €`)."""
    label, texts = " ".join(_texts(matrix, row, columns[:1])), _texts(matrix, row, columns[1:])
    if numbers_columns(label, texts):
        return True
    return not label and all(_year_and_unit(t) for t in texts if is_datum(t))


def _year_and_unit(text: str) -> bool:
    year, _, unit = text.partition(" ")
    return bool(unit) and is_period(year) and is_unit(unit)


def _path(
    matrix: Matrix, header: list[int], column: int, among: Sequence[int] = ()
) -> tuple[tuple[str, ...], tuple[GridCell, ...]]:
    """Header texts above a column from the top, one for each level, and the cells that print them."""
    cells: list[GridCell] = []
    for row in header:
        cell = matrix.get((row, column))
        if cell is not None and not cell.text:
            cell = _spanner_left(matrix, header, row, column, among)
        if cell is not None and cell.text and cell not in cells:
            cells.append(cell)
    return tuple(c.text for c in cells), tuple(cells)


def _spanner_left(matrix: Matrix, header: list[int], row: int, column: int, among: Sequence[int]) -> GridCell | None:
    """A blank beside a spanner that repeats the labels under it (2019, 2020, 2019, 2020) belongs to the spanner."""
    if row == header[-1] or column not in among:
        return None
    below = header[header.index(row) + 1]
    left = [c for c in among if c < column]
    for c in reversed(left):
        cell = matrix.get((row, c))
        if cell is not None and cell.text:
            labels = _texts(matrix, below, among)
            again = labels.count(_text(matrix, below, column)) > 1 and all(_text(matrix, below, k) for k in among)
            parted = any(matrix.get((r, c)) != matrix.get((r, column)) for r in header[: header.index(row)])
            return cell if again and not parted and cell.row_span == cell.column_span == 1 else None
    return None


def _column(matrix: Matrix, rows: Sequence[int], column: int) -> list[str]:
    """What these rows of a column print."""
    cells = [matrix.get((r, column)) for r in rows]
    return [cell.text for cell in cells if cell is not None and cell.text]


def _text(matrix: Matrix, row: int, column: int) -> str:
    cell = matrix.get((row, column))
    return cell.text if cell is not None else ""
