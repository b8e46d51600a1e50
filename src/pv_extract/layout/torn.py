"""Rows that a page break tears: what stands at the top of the next page goes on from the texts of the last row."""

from collections.abc import Mapping, Sequence

from pv_extract.languages import languages, open_ends
from pv_extract.layout.lines import has_digits, is_figure
from pv_extract.model import Grid, GridCell, Line
from pv_extract.text import join_lines

Row = Mapping[int, GridCell]


def row_at(cells: Sequence[GridCell], row: int) -> Row:
    """What is printed in a row, by column."""
    return {c.column: c for c in cells if c.text and c.row <= row < c.row + c.row_span}


def last_row(cells: Sequence[GridCell]) -> Row:
    """What is printed in the last row of these cells."""
    return row_at(cells, max([c.row + c.row_span for c in cells], default=0) - 1)


def goes_on(earlier: Grid, above: Row, below: Row) -> bool:
    """Whether the texts of a row go on from those above them, the last of a grid, and only the row above prints figures."""
    if not below or not any(has_digits(c.text) for c in above.values()):
        return False
    small = _capitals(earlier)
    return all(column in above and _text_goes_on(above[column].text, c.text, small) for column, c in below.items())


def _capitals(grid: Grid) -> bool:
    """Whether nearly no label begins with a small letter, so that one does where it is the rest of a text."""
    labels = [c.text for c in grid.cells if c.column == 0 and c.text]
    return sum(1 for text in labels if text[0].islower()) <= 0.1 * len(labels)


def _text_goes_on(text: str, rest: str, small: bool) -> bool:
    if is_figure(text) or is_figure(rest) or rest.endswith(":") or any(x.is_subset(rest) for x in languages()):
        return False
    opened = text[-1] in "-,(&/" or text.rsplit(" ", 1)[-1].casefold() in open_ends()
    return opened or (small and rest[:1].islower())


def mended(cells: Sequence[GridCell], row: Row, rest: Mapping[int, Sequence[str]]) -> tuple[GridCell, ...]:
    """The cells with the rest of their texts, by column, in this row of theirs."""
    held = {id(row[column]): texts for column, texts in rest.items()}
    return tuple(c._replace(text=join_lines([c.text, *held[id(c)]])) if id(c) in held else c for c in cells)


def _first_border(grid: Grid) -> float:
    """Where the first column behind the labels begins."""
    return min((c.box.x0 for c in grid.cells if c.column > 0 and c.box is not None), default=0.0)


def rest_of_label(lines: Sequence[Line], earlier: Grid, later: Grid) -> list[Line]:
    """Lines right above the first row of a page that are the rest of the label of the last row before it."""
    first = max(_first_border(earlier), _first_border(later))
    above, box = last_row(earlier.cells), later.box
    if box is None or 0 not in above or not any(has_digits(c.text) for c in above.values()):
        return []
    out: list[Line] = []
    top = box.top
    for line in reversed(lines):
        here = line.box
        beside = here is None or abs(here.x0 - box.x0) > 4.0 or here.x1 > first + 2 or line.page != later.page
        if here is None or beside or top - here.bottom > 1.2 * here.height:
            break
        out.insert(0, line)
        top = here.top
    return out if out and _text_goes_on(above[0].text, out[0].text, _capitals(earlier)) else []
