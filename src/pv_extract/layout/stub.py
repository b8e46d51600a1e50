"""Body rows of a grid: labels carried down over their group, heading rows, levels by indentation."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from pv_extract.model import GridCell, RawRow
from pv_extract.text import without_leaders

Matrix = Mapping[tuple[int, int], GridCell]
STEP = 3.0
_CENTRED = 0.2  # part of the width of its cell that stands free before a heading in the middle
_TEXT = attrgetter("text")


def body_rows(matrix: Matrix, rows: Sequence[int], stub: Sequence[int], data: Sequence[int]) -> Iterator[RawRow]:
    """A raw row for each printed row, with the labels of its group carried down and the headings above it."""
    levels = _levels(matrix, rows, stub)
    every = [*stub, *data]
    labels = [""] * len(stub)
    headings: list[tuple[int, str]] = []
    before_was_heading = deeper = False
    for row in rows:
        held = [matrix.get((row, c)) for c in every]
        named, beside = held[: len(stub)], zip(held[len(stub) :], data, strict=True)
        here = [_own(cell, c) for cell, c in zip(named, stub, strict=True)]
        cells = tuple(
            [
                cell if cell is not None and cell.row == row and cell.column == c else _blank(cell, row, c)
                for cell, c in beside
            ]
        )
        level = levels.get(row, 0)
        heading = any(here) and not any(map(_TEXT, cells))
        labels = here if all(here) else _carried(labels, here)
        if heading:
            kept = [h for h in headings if h[0] < level or (before_was_heading and h[0] == level)]
            headings = [*kept, (level, " ".join(t for t in here if t))]
            deeper = False
        elif deeper and headings and level <= headings[-1][0]:
            headings = [h for h in headings if h[0] < level]  # members stood further in: this row is none of them
        deeper = deeper or bool(headings and level > headings[-1][0])
        group = [text for at, text in (headings[:-1] if heading else headings) if at <= level]
        yield RawRow(
            labels=tuple(here if heading else labels),
            cells=cells,
            page=next((cell.page for cell in held if cell is not None and cell.row == row), 1),
            group=tuple(group),
            level=max(0, level),
            heading=heading,
            bold=_bold(held),
            printed=_printed(named, here, row),
        )
        before_was_heading = heading


def _printed(named: Sequence[GridCell | None], here: Sequence[str], row: int) -> tuple[str, ...]:
    """The labels printed in this very row, and not by cells that reach down into it."""
    return tuple([text if cell is not None and cell.row == row else "" for cell, text in zip(named, here, strict=True)])


def _own(cell: GridCell | None, column: int) -> str:
    """Label printed in this row, or by a cell that spans it; a cell over several label columns counts in the first."""
    return without_leaders(cell.text) if cell is not None and cell.column >= column else ""


def _blank(cell: GridCell | None, row: int, column: int) -> GridCell:
    """An empty cell where another row or column prints the one that covers it: a figure is counted once."""
    return GridCell(row, column, "", cell.page, cell.box) if cell is not None else GridCell(row, column, "")


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
    """Level of each row by the indentation of its first label, nearer ones than a step being one; -1 for headings in the middle."""
    if not stub:
        return {}
    held = {r: cell for r in rows if (cell := matrix.get((r, stub[0]))) is not None and cell.text}
    outermost = dict.fromkeys([r for r, cell in held.items() if _in_the_middle(cell, stub)], -1)
    indents = {r: cell.indent for r, cell in held.items() if r not in outermost}
    if len(set(indents.values())) < 2:
        return outermost
    steps: list[float] = []
    for value in sorted(set(indents.values())):
        if not steps or value - steps[-1] > STEP:
            steps.append(value)
    return {r: bisect_right(steps, value) - 1 for r, value in indents.items()} | outermost


def _in_the_middle(cell: GridCell, stub: Sequence[int]) -> bool:
    """Whether it is a heading in the middle of a table."""
    return cell.column_span > len(stub) and cell.box is not None and cell.indent > _CENTRED * cell.box.width


def _bold(held: Sequence[GridCell | None]) -> bool:
    """Whether it prints anything, and nothing that is not bold."""
    bold = False
    for cell in held:
        if cell is not None and cell.text:
            if not cell.bold:
                return False
            bold = True
    return bold
