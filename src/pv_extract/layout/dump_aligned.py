"""Tables in a dump that keeps the layout (`pdftotext -layout`): what stands under each other belongs together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from pv_extract.findings import Code
from pv_extract.layout.dump_columns import Column, Row, columns, placed, row
from pv_extract.layout.dump_fit import UNDECIDED, no_header
from pv_extract.layout.dump_label import together, wraps
from pv_extract.layout.dump_lines import Printed, cut
from pv_extract.layout.dump_over import beside, header_cells, room
from pv_extract.model import Grid, GridCell, Join, Line, Remark
from pv_extract.text import clean

_MOST_BETWEEN = 4  # label lines between two lines of figures
_MOST_BLANK = 2
_MOST_HEADER = 12
_TRIAL = 40  # lines of figures by which it shows whether a table begins here, before it is read to its end
_LEFT = 8  # characters from the edge within which running text and items begin


@dataclass(slots=True)
class _Entry:
    """A body row in the making: label lines, figures by column."""

    label: list[tuple[str, int]]
    cells: list[str | None]
    page: int
    doubt: str = ""
    heading: bool = False


@dataclass(slots=True)
class Stretch:
    """Lines, by index, of one table on one page, its columns, header cells and rows."""

    first: int
    last: int
    columns: list[Column]
    rows: list[Row]
    header: list[Row] = field(default_factory=list)


class Aligned(NamedTuple):
    """A grid and its first and last line, by index; `repeated` are the lines of headers that a page prints again."""

    first: int
    last: int
    grid: Grid
    repeated: tuple[int, ...] = ()


def aligned(lines: Sequence[Line]) -> Iterator[Aligned]:
    """The tables that alignment shows, in order."""
    rows = [row(n, line) for n, line in enumerate(lines)]
    held: list[Stretch] = []
    at = floor = 0
    while at < len(rows):
        figures = rows[at].figures and (not rows[at].periods or _below_periods(rows, at))
        found = _stretch(rows, at, floor) if figures and not lines[at].furniture else None
        if found is None:
            at += 1
            continue
        if held and not _goes_on(lines, held[-1], found):
            yield _grid(lines, held)
            held = []
        held.append(found)
        at = floor = found.last + 1
    if held:
        yield _grid(lines, held)


def _stretch(rows: Sequence[Row], at: int, floor: int) -> Stretch | None:
    """The table on this page whose first line of figures is `at`."""
    if not _starts(rows[at]):
        return None
    body = _body(rows, at, _TRIAL)
    if not (trial := columns(body)) or not _holds(rows, body, trial):
        return None
    body = _body(rows, at, len(rows))
    found = columns(body)
    while found and len(body) > 1 and placed(body[-1], found)[1]:
        body.pop()
    if not found or not _holds(rows, body, found):
        return None
    header = _header(rows, at, floor, body, found)
    first = header[0].number if header else _label_above(rows, at, floor)
    return Stretch(first, _label_below(rows, body), found, body, header)


@lru_cache(4096)
def _read(text: str) -> Printed:
    """A line as prose: whether it is a note, an item, a sentence."""
    return cut(Line(text), 0, 0, 0)


def _below_periods(rows: Sequence[Row], at: int) -> bool:
    """Whether a line of what could be years has a label, and years for as many columns stand right above: it is their first row."""
    above = next((r for r in reversed(rows[:at]) if clean(r.line.text)), None)
    return bool(rows[at].label and above and above.periods and len(above.figures) == len(rows[at].figures))


def _starts(here: Row) -> bool:
    """Whether a table can begin with this line: figures clear of a label, or set in from the edge."""
    return bool(here.label) or here.figures[0].start > _LEFT


def _body(rows: Sequence[Row], at: int, most: int) -> list[Row]:
    """Lines of figures from `at` on, at most so many, up to where the table must end."""
    body = [rows[at]]
    last = at
    for n in range(at + 1, len(rows)):
        here = rows[n]
        if len(body) == most or here.line.page != rows[at].line.page or n - last > _MOST_BETWEEN + _MOST_BLANK:
            break
        if not clean(here.line.text) or here.line.furniture:
            continue
        if here.periods and not here.label:
            break
        if here.figures:
            body.append(here)
            last = n
        elif _ends(here, body):
            break
    return body


def _ends(here: Row, body: Sequence[Row]) -> bool:
    """Whether a line without figures ends the table: a note, an item, a caption, running text over the columns."""
    read = _read(here.line.text)
    data = min(r.figures[0].start for r in body)
    over = len(here.chunks) == 1 and here.chunks[0].start <= _LEFT < data + 2 < here.chunks[0].end
    item = read.item and here.chunks[0].start < _LEFT
    return read.note or read.caption or over or item or (read.sentence and len(here.chunks) < 3)


def _holds(rows: Sequence[Row], body: Sequence[Row], found: Sequence[Column]) -> bool:
    """Whether the lines make a table: most have a label of their own or around them, and none is a line of prose."""
    least = 2 if len(found) > 1 else 3
    labelled = sum(bool(r.label) for r in body)
    labelled += sum(_alone(rows, r) for r in body) if labelled else 0
    running = sum(_read(r.line.text).sentence for r in body)
    return len(body) >= least and 2 * labelled >= len(body) and 2 * running < len(body)


def _alone(rows: Sequence[Row], here: Row) -> bool:
    """Whether figures without a label stand right below a line of text."""
    above = rows[here.number - 1] if here.number else here
    return not here.label and here.figures[0].start > _LEFT and bool(clean(above.line.text)) and not above.figures


# -- above and below the figures --------------------------------------------------------------------------------------


def _header(rows: Sequence[Row], at: int, floor: int, body: Sequence[Row], found: Sequence[Column]) -> list[Row]:
    """Lines above the figures up to a blank line or running text, those that stand over a column and the stub's beside them."""
    labels = room(body, found)
    taken: list[Row] = []
    for here in reversed(rows[max(floor, at - _MOST_HEADER) : at]):
        if here.line.page != rows[at].line.page or here.line.furniture:
            break
        if not clean(here.line.text):
            if any(_over(r, labels) for r in taken):
                break
            continue
        if _ends(here, body) or (_read(here.line.text).closes and not _over(here, labels)):
            break
        taken.insert(0, here)
    over = [n for n, line in enumerate(taken) if _over(line, labels)]
    if not over:
        return []
    last = over[-1] + 1
    while last < len(taken) and wraps(taken[last - 1].chunks[0].text, taken[last].chunks[0].text):
        last += 1  # the stub's header is longer than those of the columns
    return taken[:last]


def _over(here: Row, labels: tuple[float, float]) -> bool:
    """Whether something of a line stands over the data columns and clear of the labels."""
    return any(beside(chunk, labels) for chunk in here.chunks)


def _label_above(rows: Sequence[Row], at: int, floor: int) -> int:
    if rows[at].label or at - 1 < floor or not clean(rows[at - 1].line.text) or _ends(rows[at - 1], [rows[at]]):
        return at
    return at - 1


def _label_below(rows: Sequence[Row], body: Sequence[Row]) -> int:
    """The last line of the last label, where it goes on below its figures."""
    last = body[-1].number
    while last + 1 < len(rows):
        here = rows[last + 1]
        text = clean(here.line.text)
        before = body[-1].label if last == body[-1].number else clean(rows[last].line.text)
        if not text or here.figures or _ends(here, body) or here.line.page != body[-1].line.page:
            break
        if (before and not wraps(before, text)) or (not before and last != body[-1].number):
            break
        last += 1
    return last


def _goes_on(lines: Sequence[Line], before: Stretch, here: Stretch) -> bool:
    """Whether a stretch on the next page continues the table: as many columns, no text between, no other header."""
    between = [n for n in range(before.last + 1, here.first) if clean(lines[n].text) and not lines[n].furniture]
    same = [clean(r.line.text) for r in here.header] == [clean(r.line.text) for r in before.header]
    turned = lines[here.first].page == lines[before.last].page + 1
    return turned and not between and len(before.columns) == len(here.columns) and (same or not here.header)


# -- the grid ---------------------------------------------------------------------------------------------------------


def _grid(lines: Sequence[Line], stretches: Sequence[Stretch]) -> Aligned:
    first = stretches[0]
    page = lines[first.first].page
    cells = header_cells(first.header, first.rows, first.columns)
    doubts = [no_header(len(first.columns))] if not cells and len(first.columns) > 1 else []
    depth = max((c.row + c.row_span for c in cells), default=0)
    joins: list[Join] = []
    number = depth
    for stretch in stretches:
        if stretch is not first:
            joins.append(
                Join(lines[stretch.first].page, number, "the table goes on over the page with as many columns")
            )
        for entry in _entries(lines, stretch):
            cells += _row_cells(entry, number, len(stretch.columns))
            doubts += [entry.doubt] if entry.doubt else []
            number += 1
    remarks = tuple(Remark(Code.TABLE_AMBIGUOUS, doubt, page) for doubt in doubts)
    grid = Grid(tuple(cells), page, None, depth, 1, "aligned", tuple(joins), None, remarks)
    repeated = tuple(line.number for stretch in stretches[1:] for line in stretch.header)
    return Aligned(first.first, stretches[-1].last, grid, repeated)


def _row_cells(entry: _Entry, row: int, columns: int) -> Iterator[GridCell]:
    """Label and figures; figures without a label stand alone in one cell, so that no label above is taken for theirs."""
    page = entry.label[0][1] if entry.label else entry.page
    if not entry.label:
        entry.doubt = f"{UNDECIDED.join(c for c in entry.cells if c)!r} are printed without a label"
        yield GridCell(row, 0, UNDECIDED.join(c for c in entry.cells if c), page, column_span=columns + 1)
        return
    yield GridCell(row, 0, together([text for text, _ in entry.label]), page)
    if entry.doubt:
        yield GridCell(row, 1, entry.cells[0] or "", entry.page, column_span=columns)
    elif not entry.heading:
        yield from (GridCell(row, n, text or "", entry.page) for n, text in enumerate(entry.cells, start=1))


def _entries(lines: Sequence[Line], stretch: Stretch) -> Iterator[_Entry]:
    """Body rows with their labels: printed beside the figures, going on below them, or half above and half below."""
    begin = stretch.header[-1].number + 1 if stretch.header else stretch.first
    pending: list[tuple[str, int]] = []
    held: _Entry | None = None
    owed = 0
    by_number = {r.number: r for r in stretch.rows}
    for n in range(begin, stretch.last + 1):
        text = clean(lines[n].text)
        if not text or lines[n].furniture:
            continue
        here = by_number.get(n)
        if here is None:
            if held and (owed or (held.label and not pending and wraps(held.label[-1][0], text))):
                held.label.append((text, lines[n].page))
                owed = max(0, owed - 1)
            else:
                pending.append((text, lines[n].page))
            continue
        if held:
            yield held
        yield from _headings(pending, here)
        owed = 0 if here.label else len(pending)
        cells, doubt = placed(here, stretch.columns)
        held = _Entry([*pending, *([(here.label, lines[n].page)] if here.label else [])], cells, lines[n].page, doubt)
        pending = []
    if held:
        yield held


def _headings(pending: list[tuple[str, int]], here: Row) -> Iterator[_Entry]:
    """Lines above a labelled row that its label does not continue are headings; they leave `pending`."""
    while pending and here.label and not wraps(pending[-1][0], here.label):
        heading = pending.pop(0)
        yield _Entry([heading], [], heading[1], heading=True)
