"""Small values of the flow for tests: a grid, a raw table or a typed table from rows of text."""

from collections.abc import Sequence

from pv_extract.answer import PlacedGrid
from pv_extract.languages import load_language
from pv_extract.model import Grid, GridCell, Note, RawColumn, RawRow, RawTable, Table
from pv_extract.tables import type_table


def grid(rows: Sequence[Sequence[str]], *, page: int = 1, how: str = "test") -> Grid:
    cells = [GridCell(r, c, text, page) for r, row in enumerate(rows) for c, text in enumerate(row)]
    return Grid(tuple(cells), page, how=how)


def raw_table(header: Sequence[str], rows: Sequence[Sequence[str]], stubs: int = 1) -> RawTable:
    """One header row, ` | ` between its levels; the first `stubs` columns are labels."""
    made = grid([header, *rows])
    width = len(header)
    at = {(cell.row, cell.column): cell for cell in made.cells}
    columns = tuple(RawColumn(tuple(header[c].split(" | ")), (at[0, c],)) for c in range(stubs, width))
    body = tuple(
        RawRow(tuple(row[:stubs]), tuple(at[r, c] for c in range(stubs, width)), 1, printed=tuple(row[:stubs]))
        for r, row in enumerate(rows, start=1)
    )
    return RawTable(tuple(header[:stubs]), columns, body, made)


def table(
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    stubs: int = 1,
    notes: Sequence[tuple[str, str]] = (),
    item: str | None = "1",
    key: str = "t1",
    caption: str | None = None,
    language: str = "nl",
) -> Table:
    """A typed table as the pipeline makes it, with notes as (mark, text)."""
    words = load_language(language)
    raw = raw_table(header, rows, stubs)
    made = tuple(Note(mark, text, words.meaning(text)) for mark, text in notes)
    return type_table(raw, PlacedGrid(key, raw.grid, item, caption, made), words)
