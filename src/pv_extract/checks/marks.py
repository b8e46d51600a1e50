"""Footnote marks without a note, and notes without a mark: each table explains its own."""

from collections.abc import Iterator, Sequence

from pv_extract.checks.evidence import Evidence, named
from pv_extract.findings import Code, Finding, Level
from pv_extract.model import Table
from pv_extract.text import split_marks

Place = tuple[str, str | None, str | None, str]  # mark, row, column, printed text


def marks(evidence: Evidence) -> Iterator[Finding]:
    """Marks that no note of their own table explains, and notes whose mark hangs on nothing."""
    for table in evidence.tables:
        explained = {note.mark for note in table.notes}
        reported: set[str] = set()
        places = list(_places(table))
        for place in places:
            if place[0] not in explained and place[0] not in reported:
                reported.add(place[0])
                yield _unexplained(table, place, evidence.tables)
        yield from _unused(table, {mark for mark, *_ in places}, evidence)


def _places(table: Table) -> Iterator[Place]:
    for column in table.columns:
        for mark in column.marks:
            yield mark, None, column.raw, column.raw
    for row in table.rows:
        for mark in row.marks:
            yield mark, row.label, None, row.label
        for k, cell in enumerate(row.cells):
            for mark in cell.marks:
                yield mark, row.label, table.columns[k].raw, cell.raw
    for text in (*table.stub_columns, table.title):
        yield from ((mark, None, None, text) for mark in split_marks(text)[1])


def _unexplained(table: Table, place: Place, tables: Sequence[Table]) -> Finding:
    mark, row, column, printed = place
    elsewhere = [
        f"{other.id}: {note.text!r}"
        for other in tables
        if other.id != table.id
        for note in other.notes
        if note.mark == mark
    ]
    hint = f"; the same mark is explained under {elsewhere[0]}" if elsewhere else ""
    message = f"{named(table)} prints {printed!r} with the mark {mark}, which no note of its own explains{hint}"
    return Finding(Code.MARK_UNEXPLAINED, Level.WARNING, message, table.id, row, column, min(table.pages, default=None))


def _unused(table: Table, hung: set[str], evidence: Evidence) -> Iterator[Finding]:
    texts = [row_text for row in table.rows for row_text in row.group]
    texts += [item.text for item in evidence.answer.items if item.id == table.item]
    for note in table.notes:
        if note.mark and note.mark not in hung and not any(note.mark in text for text in texts):
            message = f"{named(table)} explains a mark {note.mark} that it does not print: {note.text!r}"
            yield Finding(Code.NOTE_UNUSED, Level.NOTE, message, table.id, page=note.page)
