"""What comes out of one document: its answer, tables, totals, findings and ledger, and the frames made of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pv_extract import tidy
from pv_extract.findings import Finding, Level
from pv_extract.model import Answer, Block, Ledger, Source, Table, Totals

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document as figures: `totals` has an entry for each table id; `blocks` is everything printed, in order."""

    source: Source
    answer: Answer
    tables: tuple[Table, ...]
    totals: Mapping[str, Totals]
    findings: tuple[Finding, ...]
    ledger: Ledger
    topic: str | None = None
    blocks: tuple[Block, ...] = field(default=(), repr=False)

    @property
    def ok(self) -> bool:
        """Whether no finding is an error."""
        return all(f.level is not Level.ERROR for f in self.findings)

    def table(self, key: str) -> "TableView":
        """The table with this id (`t1`) or the only one of this item (`1a`).

        Raises:
            KeyError: where no table, or more than one, answers to the key; the message lists what there is.
        """
        found = [t for t in self.tables if t.id == key] or [t for t in self.tables if t.item == key]
        if len(found) != 1:
            there = ", ".join(f"{t.id} (item {t.item})" for t in self.tables) or "no tables"
            raise KeyError(f"{key!r} names {len(found)} tables, expected one of: {there}")
        return TableView(found[0], self)

    def figures(self) -> "pd.DataFrame":
        """All figures, one a row; the columns are `tidy.COLUMNS`."""
        return tidy.figures(self)


@dataclass(frozen=True, slots=True)
class TableView:
    """One table of an extraction, with its frames."""

    table: Table
    extraction: Extraction = field(repr=False)

    def frame(self) -> "pd.DataFrame":
        """Wide as printed: a column for each stub and data column, values typed, printed headers as names."""
        return tidy.wide(self.table)

    def figures(self) -> "pd.DataFrame":
        """The table's figures, one a row."""
        every = self.extraction.figures()
        return every[every["table_id"] == self.table.id].reset_index(drop=True)
