"""The account of numbers: every number that the source prints is found again in the output, once, or is reported."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pv_extract.findings import Code
from pv_extract.model import Block, Box, Document, Grid, Ledger, Line, RawTable, Remark, Table
from pv_extract.text import without_leaders

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Tokens = Counter[tuple[int, str]]  # (page, digits as printed)


@dataclass(frozen=True, slots=True)
class Account:
    """The ledger, and a remark for each number that nothing claims or that is claimed more often than printed."""

    ledger: Ledger
    remarks: tuple[Remark, ...]


def balance(document: Document, blocks: Sequence[Block], tables: Sequence[Table], raws: Sequence[RawTable]) -> Account:
    """Hold what the source prints against what the tables, notes, running text and furniture say.

    Both sides are counted on their own: the source from its words or lines, the claims from the typed tables and the lines.
    A row that gets lost between the grid and the table is therefore missed here.
    """
    printed = _count(_source_texts(document))
    notes = [note for table in tables for note in table.notes]
    lines = [block for block in blocks if isinstance(block, Line)]
    in_lines = _count((line.page, line.text) for line in lines if not line.furniture)
    in_notes = in_lines & _count((note.page, text) for note in notes for text in (note.mark, note.text))
    claims = {
        "in_cells": _count((cell.page, cell.raw) for table in tables for row in table.rows for cell in row.cells),
        "in_headers": _count(_header_texts(tables, raws)),
        "in_notes": in_notes,
        "in_text": in_lines - in_notes,  # notes are printed as lines, and their numbers count once
        "in_furniture": _count((line.page, line.text) for line in lines if line.furniture),
    }
    left, counts = printed.copy(), {}
    for name, tokens in claims.items():
        taken = tokens & left
        counts[name] = taken.total()
        left -= taken
    claimed: Tokens = Counter()
    for tokens in claims.values():
        claimed += tokens
    ledger = Ledger(numbers=printed.total(), unclaimed=left.total(), **counts)
    return Account(ledger, (*_unclaimed(left, document), *_doubled(claimed - printed)))


def tokens(text: str) -> list[str]:
    """The numbers in a text, as printed: digits with the points and commas between them."""
    return _NUMBER.findall(text)


def _count(texts: Iterable[tuple[int, str]]) -> Tokens:
    by_page: dict[int, list[str]] = {}
    for page, text in texts:
        by_page.setdefault(page, []).append(text)
    # a page at once: no number goes on over the end of a line
    return Counter([(page, token) for page, printed in by_page.items() for token in tokens("\n".join(printed))])


def _source_texts(document: Document) -> Iterator[tuple[int, str]]:
    for page in document.pages:
        yield from ((page.number, word.text) for word in page.words)
    yield from ((line.page, line.text) for line in document.lines)
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from ((cell.page, cell.text) for cell in block.cells)
        else:
            yield block.page, block.text


def _header_texts(tables: Sequence[Table], raws: Sequence[RawTable]) -> Iterator[tuple[int, str]]:
    """Printed headers, captions and headings of the grids, and the printed labels of the rows that the tables kept."""
    for raw in raws:
        body = {id(cell) for row in raw.rows for cell in row.cells}
        labels = Counter(
            (row.page, label) for row in raw.rows if not row.heading for label in row.printed or row.labels
        )
        for cell in raw.grid.cells:
            if id(cell) in body:
                continue
            label = (cell.page, without_leaders(cell.text))
            if labels[label] > 0:
                labels[label] -= 1
            else:
                yield cell.page, cell.text
    for table in tables:
        yield from ((row.page, label) for row in table.rows for label in row.printed)


def _unclaimed(left: Tokens, document: Document) -> Iterator[Remark]:
    for (page, token), count in sorted(left.items()):
        times = f", {count} times" if count > 1 else ""
        message = f"number {token} is printed on page {page}{times} and is in no cell, header, note, text or furniture"
        yield Remark(Code.NUMBER_UNCLAIMED, message, page, _box(document, page, token))


def _box(document: Document, number: int, token: str) -> Box | None:
    words = (word for page in document.pages if page.number == number for word in page.words)
    return next((word.box for word in words if token in tokens(word.text)), None)


def _doubled(extra: Tokens) -> Iterator[Remark]:
    for (page, token), count in sorted(extra.items()):
        message = f"number {token} of page {page} is in the output {count} times more than it is printed"
        yield Remark(Code.NUMBER_DOUBLED, message, page)
