"""Grids from what the readings of a dump found: rows under a head, or blocks of labels and figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pv_extract.findings import Code
from pv_extract.layout.dump_blocks import Blocks
from pv_extract.layout.dump_fit import UNDECIDED, no_header
from pv_extract.layout.dump_head import Head
from pv_extract.layout.dump_label import Label, label
from pv_extract.layout.dump_lines import PAGE_BREAK, Printed
from pv_extract.layout.dump_rows import Body, BodyRow
from pv_extract.model import Grid, GridCell, Join, Remark


class Found(NamedTuple):
    """A grid and the printed lines, by index, that it is made of; `repeated` are headers that a page break printed again."""

    first: int
    last: int
    grid: Grid
    repeated: tuple[Printed, ...] = ()


def of_blocks(found: Blocks) -> Found:
    """A table of blocks: a row for each label, a column for each block of figures; undecided ones stay together in a cell."""
    texts = [*([found.stub] if found.stub else []), *found.headers, *found.labels]
    page = min(line.line.page for text in texts for line in text.lines)
    cells: list[GridCell] = []
    if found.headers:
        cells.append(GridCell(0, 0, found.stub.text if found.stub else "", page))
        cells += [GridCell(0, n, h.text, h.lines[0].line.page) for n, h in enumerate(found.headers, start=1)]
    depth = 1 if found.headers else 0
    for number, text in enumerate(found.labels):
        cells.append(GridCell(depth + number, 0, text.text, text.lines[0].line.page))
        if found.decided:
            row = [block[number] for block in found.figures]
            cells += [GridCell(depth + number, n, f.text, f.line.page) for n, f in enumerate(row, start=1)]
    if not found.decided:
        cells += _undecided(found, len(found.labels))
    remarks = (Remark(Code.TABLE_AMBIGUOUS, found.doubt, page),) if found.doubt else ()
    return Found(found.first, found.last, Grid(tuple(cells), page, None, depth, 1, "blocks", (), None, remarks))


def _undecided(found: Blocks, row: int) -> Iterator[GridCell]:
    """A row for the figures of each page, all in one cell where a label would stand: they are nobody's."""
    figures = [line for block in found.figures for line in block]
    for number, page in enumerate(sorted({line.line.page for line in figures})):
        text = UNDECIDED.join(line.text for line in figures if line.line.page == page)
        yield GridCell(row + number, 0, text, page)


def of_glued(line: Printed, at: int) -> Found:
    """A line on which a whole table runs together: one cell, and a remark that it cannot be read."""
    page = line.line.page
    doubt = Remark(Code.TABLE_AMBIGUOUS, "labels and figures are dumped without a space between them", page)
    return Found(at, at, Grid((GridCell(0, 0, line.text, page),), page, None, 0, 1, "blocks", (), None, (doubt,)))


def of_rows(text: Sequence[Printed], rows: Body, top: Head) -> Found:
    """A table of rows under its head, with the headings among them and what is doubtful of it."""
    depth, page = len(top.levels), text[top.first].line.page
    made = _Made(list(_header_cells(top, page)), depth, list(top.doubts))
    made.doubts += [no_header(rows.columns)] if not depth and rows.columns > 1 else []
    width = max(len(part) for row in rows.rows for part in _label_parts(row, text))
    after = rows.rows[0].first
    for row in rows.rows:
        above = (*top.label, *row.above) if row is rows.rows[0] else row.above
        made.repeated += text[after : row.first]
        after = row.last + 1
        if row is not rows.rows[0] and _repeats(row, text, top):
            made.repeated += text[row.first : row.last + 1]
            continue
        _add(made, row, label(above, _own(row, text), _figures(row, text).line.page, width), text)
    remarks = tuple(Remark(Code.TABLE_AMBIGUOUS, doubt, page) for doubt in made.doubts)
    how = "cells" if rows.columns > 1 and all(len(text[r.last].figures) == 1 for r in rows.rows) else "rows"
    grid = Grid(tuple(made.cells), page, None, depth, 1, how, tuple(made.joins), None, remarks)
    return Found(top.first, rows.rows[-1].last, grid, tuple(made.repeated))


@dataclass(slots=True)
class _Made:
    """A grid in the making: `row` is the next one, `rows` counts those with figures."""

    cells: list[GridCell]
    row: int
    doubts: list[str]
    rows: int = 0
    joins: list[Join] = field(default_factory=list)
    repeated: list[Printed] = field(default_factory=list)


def _header_cells(top: Head, page: int) -> Iterator[GridCell]:
    if top.levels:
        yield GridCell(0, 0, top.stub, page, row_span=len(top.levels))
    for number, level in enumerate(top.levels):
        for cell in level:
            yield GridCell(number, cell.column + 1, cell.text, cell.page, column_span=cell.span)


def _add(made: _Made, row: BodyRow, read: Label, text: Sequence[Printed]) -> None:
    for heading in read.headings:
        made.cells.append(GridCell(made.row, 0, heading.text, heading.line.page))
        made.row += 1
    page = _figures(row, text).line.page
    if made.rows and any(part.blanks >= PAGE_BREAK for part in text[row.first : row.last + 1]):
        made.joins.append(Join(page, made.row, "after a page break the rows go on with as many figures"))
    made.doubts += [d for d in (read.doubt, row.fit.doubt) if d]
    if not read.text:
        together = UNDECIDED.join(figure.text for figure in row.figures)
        made.doubts.append(f"{together!r} are printed without a label")
        made.cells.append(GridCell(made.row, 0, together, page, column_span=len(row.fit.cells) + 1))
        made.row += 1
        made.rows += 1
        return
    made.cells.append(GridCell(made.row, 0, read.text, read.page))
    if row.doubtful:
        made.cells.append(GridCell(made.row, 1, row.fit.cells[0] or "", page, column_span=len(row.fit.cells)))
    else:
        made.cells += [GridCell(made.row, n, figure or "", page) for n, figure in enumerate(row.fit.cells, start=1)]
    made.row += 1
    made.rows += 1


def _figures(row: BodyRow, text: Sequence[Printed]) -> Printed:
    """The line on which the figures of a row begin."""
    return text[row.first + len(row.above)]


def _own(row: BodyRow, text: Sequence[Printed]) -> str:
    return " ".join(t for t in (_figures(row, text).label, row.fit.label) if t)


def _label_parts(row: BodyRow, text: Sequence[Printed]) -> list[str]:
    return [*(line.text for line in row.above), _own(row, text)]


def _repeats(row: BodyRow, text: Sequence[Printed], top: Head) -> bool:
    """Whether what looks like a row is the header, printed again on a new page."""
    if not top.levels or not _figures(row, text).periods:
        return False
    return [f.text for f in row.figures] == [c.text for c in top.levels[-1]]
