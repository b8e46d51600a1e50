"""A text dump as prose and tables: every printed line ends up in one line of text or in the cells of one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pv_extract.findings import Code
from pv_extract.layout.dump_aligned import aligned
from pv_extract.layout.dump_furniture import furnished
from pv_extract.layout.dump_head import Head, head, period_run
from pv_extract.layout.dump_label import Label, label
from pv_extract.layout.dump_lines import PAGE_BREAK, Printed, printed
from pv_extract.layout.dump_rows import Body, BodyRow, body
from pv_extract.model import Block, Grid, GridCell, Join, Line, Remark
from pv_extract.text import clean


@dataclass(frozen=True, slots=True)
class Found:
    """A grid and the printed lines, by index, that it is made of; `repeated` are headers that a page break printed again."""

    first: int
    last: int
    grid: Grid
    repeated: tuple[Printed, ...] = ()


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Prose lines and grids in the order of the dump; blank lines are gone, `gap` tells where they were."""
    marked = furnished(lines)
    placed: list[tuple[int, Block]] = []
    at = 0
    for first, last, grid in aligned(marked):
        placed += _unaligned(marked, at, first)
        placed.append((first, grid))
        placed += [(n, _furniture(marked[n])) for n in range(first, last + 1) if marked[n].furniture]
        at = last + 1
    placed += _unaligned(marked, at, len(marked))
    return tuple(block for _, block in sorted(placed, key=lambda p: p[0]))


def _unaligned(lines: Sequence[Line], begin: int, end: int) -> Iterator[tuple[int, Block]]:
    """The blocks of a stretch of lines without layout, each with the index of its first line."""
    text = printed(lines[begin:end])
    yield from ((n, _furniture(line)) for n, line in enumerate(lines[begin:end], start=begin) if line.furniture)
    at = 0
    for found in _tables(text):
        yield from ((begin + line.first, _prose(line)) for line in text[at : found.first])
        yield begin + text[found.first].first, found.grid
        yield from ((begin + line.first, _furniture(line.line)) for line in found.repeated)
        at = found.last + 1
    yield from ((begin + line.first, _prose(line)) for line in text[at:])


def _furniture(line: Line) -> Line:
    return replace(line, text=clean(line.text), furniture=True)


def _prose(line: Printed) -> Line:
    return replace(line.line, text=line.text, gap=line.blanks > 0 or line.line.gap)


def _tables(text: Sequence[Printed]) -> Iterator[Found]:
    floor = at = 0
    while at < len(text):
        found = _by_rows(text, at, floor) if text[at].figures else None
        if found:
            yield found
            floor = at = found.last + 1
        else:
            at += 1


def _by_rows(text: Sequence[Printed], at: int, floor: int) -> Found | None:
    """The table whose header of periods, or whose first figures, are printed at this line."""
    periods, start = period_run(text, at) if text[at].periods else (0, at)
    while start < len(text) and not text[start].figures and not text[start].stops:
        start += 1
    if start < len(text) and text[start].figures and (rows := body(text, start, periods)):
        return _grid(text, rows, head(text, rows, floor))
    return None


def _grid(text: Sequence[Printed], rows: Body, top: Head) -> Found:
    depth, page = len(top.levels), text[top.first].line.page
    made = _Made(list(_header_cells(top, page)), depth, list(top.doubts))
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
