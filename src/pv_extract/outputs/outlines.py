"""What is where on the pages, for drawing: cells by what they are, notes, and numbers that nothing claims."""

from collections.abc import Iterable, Iterator, Sequence

from pv_extract.model import Block, Box, GridCell, Line, RawTable, Remark, Role, Table

Outline = tuple[int, Box, str]  # page, place on it, and what it is: a key of draw.COLOURS


def outlines(
    raws: Sequence[RawTable], tables: Sequence[Table], blocks: Sequence[Block], unclaimed: Iterable[Remark]
) -> list[Outline]:
    """Places to outline: `header`, `label`, `cell`, `total`, `note` and `unclaimed`; what has no box is left out."""
    out = [outline for raw, table in zip(raws, tables, strict=True) for outline in _cells(raw, table)]
    out += _notes(tables, blocks)
    return out + [(r.page, r.box, "unclaimed") for r in unclaimed if r.page and r.box]


def _cells(raw: RawTable, table: Table) -> Iterator[Outline]:
    headers = {id(cell) for column in raw.columns for cell in column.cells}
    figures = {id(cell) for row in raw.rows for cell in row.cells}
    totals = {id(cell) for cell in _totals(raw, table)}
    for cell in raw.grid.cells:
        if cell.box is None or not cell.text:
            continue
        kind = "header" if id(cell) in headers else "cell" if id(cell) in figures else "label"
        yield cell.page, cell.box, "total" if id(cell) in totals else kind


def _totals(raw: RawTable, table: Table) -> Iterator[GridCell]:
    body = [row for row in raw.rows if not row.heading]
    for printed, row in zip(body, table.rows, strict=True):
        for cell, column in zip(printed.cells, table.columns, strict=True):
            if row.role is not Role.PART or column.role is not Role.PART:
                yield cell


def _notes(tables: Sequence[Table], blocks: Sequence[Block]) -> Iterator[Outline]:
    notes = [(note.page, _squeezed(note.mark + note.text)) for table in tables for note in table.notes]
    for line in blocks:
        if not isinstance(line, Line) or line.box is None or not line.text.strip():
            continue
        if any(line.page == page and _squeezed(line.text) in text for page, text in notes):
            yield line.page, line.box, "note"


def _squeezed(text: str) -> str:
    return "".join(text.split())
