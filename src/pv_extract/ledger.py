"""The account of numbers: every number that the source prints is found again in the output, once, or is reported."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from pv_extract.findings import Code
from pv_extract.model import Block, Box, Document, Grid, Ledger, Line, RawTable, Remark, Table
from pv_extract.text import without_leaders

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_Token = tuple[int, str]  # page, digits as printed
Tokens = Counter[_Token]


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
    printed = Counter(_source_tokens(document))
    lines = [block for block in blocks if isinstance(block, Line)]
    in_notes, in_text = _told_apart(
        _found([(note.page, text) for table in tables for note in table.notes for text in (note.mark, note.text)]),
        _found([(line.page, line.text) for line in lines if not line.furniture]),
    )
    claims = {
        "in_cells": _found([(cell.page, cell.raw) for table in tables for row in table.rows for cell in row.cells]),
        "in_headers": _found(_header_texts(tables, raws)),
        "in_notes": in_notes,
        "in_text": in_text,
        "in_furniture": _found([(line.page, line.text) for line in lines if line.furniture]),
    }
    claimed = Counter(chain.from_iterable(claims.values()))
    if dict(claimed) == dict(printed):  # so it is for most documents: nothing is left, and nothing is claimed twice
        return Account(Ledger(printed.total(), **{name: len(tokens) for name, tokens in claims.items()}), ())
    left, counts = printed.copy(), {}
    for name, tokens in claims.items():
        taken = Counter(tokens) & left
        counts[name] = taken.total()
        left -= taken
    ledger = Ledger(numbers=printed.total(), unclaimed=left.total(), **counts)
    return Account(ledger, (*_unclaimed(left, document), *_doubled(claimed - printed)))


def _told_apart(notes: list[_Token], lines: list[_Token]) -> tuple[list[_Token], list[_Token]]:
    """The numbers of running text that notes hold, and the others: notes are printed as lines, and count once."""
    if not notes:
        return [], lines
    in_lines = Counter(lines)
    in_notes = in_lines & Counter(notes)
    return [*in_notes.elements()], [*(in_lines - in_notes).elements()]


def tokens(text: str) -> list[str]:
    """The numbers in a text, as printed: digits with the points and commas between them."""
    return _NUMBER.findall(text)


def _found(texts: Iterable[tuple[int, str]]) -> list[_Token]:
    """The numbers in texts by their page, found in a page at once: no number goes on over the end of a line."""
    by_page: defaultdict[int, list[str]] = defaultdict(list)
    for page, text in texts:
        by_page[page].append(text)
    return [(page, token) for page, printed in by_page.items() for token in tokens("\n".join(printed))]


def _source_tokens(document: Document) -> list[_Token]:
    found = [(p.number, token) for p in document.pages for token in tokens("\n".join([w.text for w in p.words]))]
    found += _found([(line.page, line.text) for line in document.lines])
    for block in document.blocks:
        texts = [(c.page, c.text) for c in block.cells] if isinstance(block, Grid) else [(block.page, block.text)]
        found += _found(texts)
    return found


def _header_texts(tables: Sequence[Table], raws: Sequence[RawTable]) -> Iterator[tuple[int, str]]:
    """Printed headers, captions and headings of the grids, and the printed labels of the rows that the tables kept."""
    for raw in raws:
        body = {id(cell) for row in raw.rows for cell in row.cells}
        labels = Counter(
            [(row.page, label) for row in raw.rows if not row.heading for label in row.printed or row.labels]
        )
        for cell in raw.grid.cells:
            if id(cell) in body:
                continue
            label = (cell.page, without_leaders(cell.text))
            if labels.get(label):
                labels[label] -= 1
            else:
                yield cell.page, cell.text
    for table in tables:
        yield from [(row.page, label) for row in table.rows for label in row.printed]


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
