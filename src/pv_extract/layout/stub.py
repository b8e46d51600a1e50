"""Body rows of a grid: labels carried down over their group, heading rows, levels by indentation."""

from collections.abc import Iterator, Mapping, Sequence

from pv_extract.model import GridCell, RawRow
from pv_extract.text import without_leaders

Matrix = Mapping[tuple[int, int], GridCell]
STEP = 3.0


def body_rows(matrix: Matrix, rows: Sequence[int], stub: Sequence[int], data: Sequence[int]) -> Iterator[RawRow]:
    """A raw row for each printed row, with the labels of its group carried down and the headings above it."""
    levels = _levels(matrix, rows, stub)
    labels = [""] * len(stub)
    headings: list[tuple[int, str]] = []
    before_was_heading = deeper = False
    for row in rows:
        here = [_own(matrix, row, c) for c in stub]
        cells = tuple(_data_cell(matrix, row, c) for c in data)
        level = levels.get(row, 0)
        heading = not any(c.text for c in cells) and any(here)
        labels = _carried(labels, here)
        if heading:
            kept = [h for h in headings if h[0] < level or (before_was_heading and h[0] == level)]
            headings = [*kept, (level, " ".join(t for t in here if t))]
            deeper = False
        elif deeper and headings and level <= headings[-1][0]:
            headings = [h for h in headings if h[0] < level]  # members stood further in: this row is none of them
        deeper = deeper or bool(headings and level > headings[-1][0])
        group = tuple(text for at, text in (headings[:-1] if heading else headings) if at <= level)
        yield RawRow(
            labels=tuple(labels) if not heading else tuple(here),
            cells=cells,
            page=_page(matrix, row, [*stub, *data]),
            group=group,
            level=level,
            heading=heading,
            bold=_bold(matrix, row, [*stub, *data]),
            printed=tuple(text if _begins(matrix, row, c) else "" for c, text in zip(stub, here, strict=True)),
        )
        before_was_heading = heading


def _begins(matrix: Matrix, row: int, column: int) -> bool:
    """Whether the label of this row is printed in it, and not in a cell that reaches down from above."""
    cell = matrix.get((row, column))
    return cell is not None and cell.row == row


def _own(matrix: Matrix, row: int, column: int) -> str:
    """Label printed in this row, or by a cell that spans it; a cell over several label columns counts in the first."""
    cell = matrix.get((row, column))
    if cell is None or cell.column < column:
        return ""
    return without_leaders(cell.text)


def _data_cell(matrix: Matrix, row: int, column: int) -> GridCell:
    """The cell printed here; where another row or column prints it, an empty cell: a figure is counted once."""
    cell = matrix.get((row, column))
    if cell is None:
        return GridCell(row, column, "")
    if cell.row == row and cell.column == column:
        return cell
    if cell.row == row and cell.column_span > 1 and not _first_column(cell, column):
        return GridCell(row, column, "", cell.page, cell.box)
    return GridCell(row, column, "", cell.page, cell.box) if cell.row != row else cell


def _first_column(cell: GridCell, column: int) -> bool:
    return cell.column == column


def _carried(before: list[str], here: list[str]) -> list[str]:
    """A label printed once for a group holds until the next; a new outer label ends the inner ones."""
    out: list[str] = []
    fresh = False
    for old, new in zip(before, here, strict=True):
        last = len(out) == len(here) - 1
        out.append(new if new or fresh or (last and any(here)) else old)
        fresh = fresh or bool(new)
    return out


def _levels(matrix: Matrix, rows: Sequence[int], stub: Sequence[int]) -> dict[int, int]:
    """Level of each row by the indentation of its first label; indents nearer than a step are one."""
    if not stub:
        return {}
    indents = {r: cell.indent for r in rows if (cell := matrix.get((r, stub[0]))) is not None and cell.text}
    steps: list[float] = []
    for value in sorted(set(indents.values())):
        if not steps or value - steps[-1] > STEP:
            steps.append(value)
    return {r: max(k for k, s in enumerate(steps) if s <= value) for r, value in indents.items()}


def _page(matrix: Matrix, row: int, columns: Sequence[int]) -> int:
    return next((cell.page for c in columns if (cell := matrix.get((row, c))) is not None and cell.row == row), 1)


def _bold(matrix: Matrix, row: int, columns: Sequence[int]) -> bool:
    printed = [cell for c in columns if (cell := matrix.get((row, c))) is not None and cell.text]
    return bool(printed) and all(cell.bold for cell in printed)
