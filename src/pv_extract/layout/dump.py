"""A text dump as prose and tables: every printed line ends up in one line of text or in the cells of one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pv_extract.findings import Code
from pv_extract.layout.dump_head import Head, head, period_run
from pv_extract.layout.dump_label import together, wraps
from pv_extract.layout.dump_lines import PAGE_BREAK, Printed, printed
from pv_extract.layout.dump_rows import Body, BodyRow, body
from pv_extract.model import Block, Grid, GridCell, Join, Line, Remark


@dataclass(frozen=True, slots=True)
class Found:
    """A grid and the printed lines, by index, that it is made of; `repeated` are headers that a page break printed again."""

    first: int
    last: int
    grid: Grid
    repeated: tuple[Printed, ...] = ()


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Prose lines and grids in the order of the dump; blank lines are gone, `gap` tells where they were."""
    text = printed(lines)
    out: list[Block] = []
    at = 0
    for found in _tables(text):
        out += [_prose(line) for line in text[at : found.first]]
        out.append(found.grid)
        out += [replace(_prose(line), furniture=True) for line in found.repeated]
        at = found.last + 1
    out += [_prose(line) for line in text[at:]]
    return tuple(out)


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
    depth = len(top.levels)
    cells = [GridCell(0, 0, top.stub, text[top.first].line.page, row_span=depth)] if depth else []
    for number, level in enumerate(top.levels):
        cells += [GridCell(number, c.column + 1, c.text, c.page, column_span=c.span) for c in level]
    doubts, joins, repeated = list(top.doubts), [], []
    above: list[Printed] = list(top.label)
    number = depth
    for row in rows.rows:
        line = text[row.first + len(row.above)]
        if row.above and _repeats(row, line, top):
            repeated += [*row.above, *text[row.first + len(row.above) : row.last + 1]]
            continue
        label, headings = _label(above + list(row.above), line.label, row.fit.label)
        above = []
        for heading in headings:
            cells.append(GridCell(number, 0, heading.text, heading.line.page))
            number += 1
        if any(part.blanks >= PAGE_BREAK for part in text[row.first : row.last + 1]) and number > depth:
            joins.append(Join(line.line.page, number, "rows with as many figures go on after a page break"))
        cells += _row_cells(row, number, label, text)
        doubts += [row.fit.doubt] if row.doubtful else []
        number += 1
    remarks = tuple(Remark(Code.TABLE_AMBIGUOUS, doubt, text[top.first].line.page) for doubt in doubts)
    page = text[top.first].line.page
    grid = Grid(
        tuple(cells), page, header_rows=depth, stub_columns=1, how=_how(rows, text), joins=tuple(joins), remarks=remarks
    )
    return Found(top.first, rows.rows[-1].last, grid, tuple(repeated))


def _how(rows: Body, text: Sequence[Printed]) -> str:
    return "cells" if rows.columns > 1 and all(len(text[r.last].figures) == 1 for r in rows.rows) else "rows"


def _repeats(row: BodyRow, line: Printed, top: Head) -> bool:
    """Whether what looks like a row is the header, printed again on a new page."""
    return line.periods and [f.text for f in row.figures] == [c.text for c in top.levels[-1]] if top.levels else False


def _label(above: Sequence[Printed], own: str, extra: str) -> tuple[list[tuple[str, int]], list[Printed]]:
    """The label of a row from the lines above its figures and on their line, and the headings among those lines."""
    last = " ".join(t for t in (own, extra) if t)
    parts = [last] if last else []
    rest = list(above)
    while rest and (not parts or wraps(rest[-1].text, parts[0])):
        parts.insert(0, rest.pop().text)
    page = above[len(rest)].line.page if len(rest) < len(above) else 0
    return [(together(parts), page)], rest


def _row_cells(row: BodyRow, number: int, label: list[tuple[str, int]], text: Sequence[Printed]) -> Iterator[GridCell]:
    line = text[row.first + len(row.above)]
    printed_text, page = label[0]
    yield GridCell(number, 0, printed_text, page or line.line.page)
    if row.doubtful:
        yield GridCell(number, 1, row.fit.cells[0] or "", line.line.page, column_span=len(row.fit.cells))
        return
    for column, figure in enumerate(row.fit.cells, start=1):
        yield GridCell(number, column, figure or "", line.line.page)
