"""All that may be judged, and what the judgement comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pv_extract.findings import Finding
from pv_extract.languages import Language, load_language
from pv_extract.model import Answer, Block, Ledger, Remark, Source, Table, Totals
from pv_extract.topics import Topic


@dataclass(frozen=True, slots=True)
class Evidence:
    """One document as read: `topic` is the recognised or wanted one, `wanted_topic` its id where the caller asked for it."""

    source: Source
    answer: Answer
    tables: tuple[Table, ...]
    blocks: tuple[Block, ...]
    ledger: Ledger
    remarks: tuple[Remark, ...]
    topic: Topic | None
    wanted_topic: str | None
    today: date

    @property
    def language(self) -> Language:
        """The language the answer is written in."""
        return load_language(self.answer.language)

    def table_of(self, spec: str) -> Table | None:
        """The table that was recognised as this declaration."""
        return next((table for table in self.tables if table.spec == spec), None)


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in order of weight and place; `totals` has an entry for each table id."""

    findings: tuple[Finding, ...]
    totals: Mapping[str, Totals]


def named(table: Table) -> str:
    """A table as people find it: its id and the item that it answers, or else the start of its title."""
    if table.item:
        return f"{table.id} ({table.item})"
    title = table.title if len(table.title) <= 60 else table.title[:57].rstrip() + "..."
    return f"{table.id} ({title})" if title else table.id
