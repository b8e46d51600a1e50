"""Tables that run over a page: put together where columns agree and nothing but furniture stands between."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from operator import attrgetter

from pv_extract.languages import says_continued
from pv_extract.layout.feet import without_feet
from pv_extract.layout.lines import YEARS, has_digits
from pv_extract.layout.torn import goes_on, last_row, mended, rest_of_label, row_at
from pv_extract.model import Block, Grid, GridCell, Join, Line

SHIFT = 4.0
MOST_LINES = 3  # of a caption
_ROW, _TEXT = attrgetter("row"), attrgetter("text")


def joined(blocks: Iterable[Block], height: float = 0.0) -> list[Block]:
    """The blocks with each continued grid as one; a repeated header becomes lines of furniture; `height` is that of a page."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Grid) and (found := _open_grid(out, block)) is not None:
            at, rest = found
            earlier = out[at]
            assert isinstance(earlier, Grid)  # noqa: S101 -- _open_grid returns positions of grids only
            between = [b for b in out[at + 1 :] if isinstance(b, Line) and b not in rest]
            told = any(says_continued(b.text) for b in between if not b.furniture)
            if (reason := _continues(earlier, block, 0.0 if told else height)) is not None:
                grid, lost = _together(earlier, block, reason, [line.text for line in rest])
                out[at:] = [grid, *(replace(b, furniture=True) for b in between), *lost]
                continue
        out.append(block)
    return [part for block in out for part in _settled(block)]


def _settled(block: Block) -> list[Block]:
    """A grid of one row that nothing continues was no table: its cells are a line of text. Notes in its last rows are lines."""
    if not isinstance(block, Grid):
        return [block]
    if len({c.row for c in block.cells if c.text}) > 1:
        grid, feet = without_feet(block)
        return [grid, *feet]
    return [Line(" ".join(c.text for c in block.cells if c.text), block.page, block.box, gap=True)]


def _open_grid(blocks: list[Block], later: Grid) -> tuple[int, list[Line]] | None:
    """Position of the last grid if only furniture follows it, or its caption again, as over a part that goes on.

    The rest of its last label may stand there too, right above the first row of the `later` part: its lines are told.
    """
    after: list[Line] = []
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if isinstance(block, Grid):
            above = {b.text for b in blocks[max(0, at - MOST_LINES) : at] if isinstance(b, Line)}
            after = [line for line in after if line.text not in above and not says_continued(line.text)]
            rest = rest_of_label(after, block, later) if after else []
            return (at, rest) if len(rest) == len(after) else None
        if not block.furniture:
            after.insert(0, block)
            if len(after) > MOST_LINES:
                return None
    return None


def _continues(earlier: Grid, later: Grid, height: float) -> str | None:
    if later.page != earlier.cells[-1].page + 1:
        return None
    ours, theirs = _borders(_tail(earlier)), _borders(later.cells)
    if len(ours) != len(theirs):
        return None
    same = _same_columns(ours, theirs, drawn="ruled" in (earlier.how, later.how))
    if repeated(earlier, later) and (same or len(ours) > 2):
        return "same columns, header repeated" if _full(earlier, later, height) else None
    if not same:
        return None
    torn = row_at(later.cells, later.cells[0].row)
    headed = _has_header(later) and not goes_on(earlier, last_row(_tail(earlier)), torn)
    return None if headed else "same columns, no header of its own"


def _same_columns(ours: list[float], theirs: list[float], *, drawn: bool) -> bool:
    """Whether borders agree: drawn ones to the point, found ones so that the middle of each column lies in the other.

    Where both parts are equally wide, one of the two middles is enough: without a header columns end where their figures do.
    """
    shift = theirs[0] - ours[0]
    if all(abs(b - a - shift) <= SHIFT for a, b in zip(ours, theirs, strict=True)):
        return True
    if drawn:
        return False
    pairs = list(zip(pairwise(ours), pairwise(theirs), strict=True))
    agree = any if abs(shift) <= SHIFT and abs(theirs[-1] - ours[-1]) <= SHIFT else all
    return all(agree((a <= (c + d) / 2 <= b, c <= (a + b) / 2 <= d)) for (a, b), (c, d) in pairs)


def _full(earlier: Grid, later: Grid, height: float) -> bool:
    """Whether the page had no room for three rows more: else a table with the same header is another table."""
    if earlier.box is None or later.box is None or not height:
        return True
    bottom = max(c.box.bottom for c in _tail(earlier) if c.box is not None)
    rows = max(len({c.row for c in later.cells}), 1)
    margin = later.box.top  # the page begins with the table, and ends as far from its edge
    return height - margin - bottom < 3 * later.box.height / rows


def _tail(grid: Grid) -> list[GridCell]:
    """The cells on its last page: they stand at the end, however many pages there are before them."""
    out: list[GridCell] = []
    page = grid.cells[-1].page
    for cell in reversed(grid.cells):
        if cell.page != page:
            break
        out.append(cell)
    return out


def _borders(cells: Iterable[GridCell]) -> list[float]:
    """Left borders of the columns, and the right border of the last."""
    left: dict[int, float] = {}
    end = 0.0
    for cell in cells:
        if cell.box is not None:
            x0, _, x1, _ = cell.box
            if x0 < left.setdefault(cell.column, x0):
                left[cell.column] = x0
            end = max(end, x1)
    return [left[k] for k in sorted(left)] + [end]


def repeated(earlier: Grid, later: Grid) -> int:
    """Number of rows at the top of the later grid that print the header of the earlier one again.

    The header of the labels may stand beside another line of the others than before.
    """
    same, later_rows = 0, list(_rows(later))
    labels: set[str] = set()  # in one of both so far
    for number, (a, b) in enumerate(zip(_rows(earlier), later_rows[:-1], strict=False), 1):
        ours, theirs = ([text for text in row if text[0] > 0] for row in (a, b))
        if ours != theirs or (a != b and not ours) or any(has_digits(t) and not YEARS.match(t) for _, t in ours):
            break
        labels ^= {t for c, t in a if c == 0} ^ {t for c, t in b if c == 0}
        same = same if labels else number
    return same


def _rows(grid: Grid) -> Iterator[list[tuple[int, str]]]:
    """Columns and texts of each row from the top; the cells of a grid are in the order of its rows."""
    for _, held in groupby(filter(_TEXT, grid.cells), _ROW):
        yield [(cell.column, cell.text) for cell in held]


def _has_header(grid: Grid) -> bool:
    """Whether its first row has no figure in it though the rest has."""
    by_row: dict[int, list[GridCell]] = {}
    for cell in grid.cells:
        by_row.setdefault(cell.row, []).append(cell)
    first = [c for c in by_row[min(by_row)] if c.column > 0 and c.text]
    return not any(has_digits(c.text) for c in first)


def _together(earlier: Grid, later: Grid, reason: str, rest: Sequence[str]) -> tuple[Grid, list[Line]]:
    """One grid of both parts, and the lines of the header that the later repeats; `rest` is that of the last label."""
    skip = repeated(earlier, later)
    start = max(c.row + c.row_span for c in _tail(earlier))
    numbers = sorted({c.row for c in later.cells})
    first = numbers[skip] if skip < len(numbers) else numbers[-1] + 1
    cells, above = earlier.cells, last_row(_tail(earlier))
    if rest:
        cells = mended(cells, above, {0: rest})
    elif skip < len(numbers) and goes_on(earlier, above, torn := row_at(later.cells, first)):
        cells = mended(cells, above, {column: [c.text] for column, c in torn.items()})
        first = numbers[skip + 1] if skip + 1 < len(numbers) else first + 1
    kept = tuple(_moved(c, start - first) for c in later.cells if c.row >= first)
    lost = [
        Line(" ".join(c.text for c in later.cells if c.row == k and c.text), later.page, later.box, furniture=True)
        for k in numbers[:skip]
    ]
    join = Join(later.page, start, reason)
    return replace(
        earlier, cells=cells + kept, joins=(*earlier.joins, join), remarks=earlier.remarks + later.remarks
    ), lost


def _moved(cell: GridCell, down: int) -> GridCell:
    """The cell so many rows further down; told field by field, since a table over pages has thousands."""
    row = cell.row + down
    return GridCell(
        row, cell.column, cell.text, cell.page, cell.box, cell.row_span, cell.column_span, cell.bold, cell.indent
    )
