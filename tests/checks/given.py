"""The fixture answer as evidence for the checks, and ways to tamper with it."""

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

from pv_extract import checks
from pv_extract.checks import Evidence
from pv_extract.cli import main
from pv_extract.extraction import Extraction
from pv_extract.findings import Code, Finding
from pv_extract.model import Answer, Cell, Ledger, Row, Source, Table
from pv_extract.pipeline import Knowledge, extract, load_knowledge

FIXTURE = Path(__file__).parents[2] / "fixtures" / "answer-757" / "answer-757.txt"
TODAY = date(2026, 1, 1)


@cache
def knowledge() -> Knowledge:
    return load_knowledge()


@cache
def extraction() -> Extraction:
    return extract(FIXTURE, knowledge=knowledge(), today=TODAY)


def evidence(tables: Sequence[Table] | None = None, *, topic: bool = True, wanted: str | None = None) -> Evidence:
    """The fixture, with its tables replaced where some are given; without its topic on demand."""
    found = extraction()
    every = tuple(found.tables if tables is None else tables)
    if not topic:
        every = tuple(replace(t, topic=None, spec=None) for t in every)
    return Evidence(
        source=found.source, answer=found.answer, tables=every, blocks=found.blocks, ledger=found.ledger, remarks=(),
        topic=knowledge().topics["duaal_leren"] if topic else None, wanted_topic=wanted, today=TODAY,
    )  # fmt: skip


def alone(*tables: Table) -> Evidence:
    """Tables of a document that says nothing else."""
    source = Source("made.txt", "0" * 64, "text/plain", 0, "text")
    return Evidence(source, Answer(), tables, (), Ledger(), (), None, None, TODAY)


def with_cell(table: Table, row: int, column: int, value: int | None, raw: str | None = None) -> Table:
    """The table with one figure replaced."""

    def change(cell: Cell) -> Cell:
        return replace(cell, value=value, raw=str(value) if raw is None else raw)

    return with_rows(table, {row: lambda r: replace(r, cells=_put(r.cells, column, change(r.cells[column])))})


def with_rows(table: Table, changes: dict[int, Callable[[Row], Row]]) -> Table:
    return replace(table, rows=tuple(changes.get(i, lambda r: r)(row) for i, row in enumerate(table.rows)))


def without_row(table: Table, row: int) -> Table:
    return replace(table, rows=table.rows[:row] + table.rows[row + 1 :])


def tables_with(changed: Table) -> list[Table]:
    return [changed if t.id == changed.id else t for t in extraction().tables]


def row_of(table: Table, label: str) -> int:
    return next(i for i, row in enumerate(table.rows) if label in row.labels[-1])


def found(report: checks.Report, code: Code) -> list[Finding]:
    return [f for f in report.findings if f.code is code]


def errors(report: checks.Report) -> list[Finding]:
    return [f for f in report.findings if f.level == "error"]


def _put(cells: tuple[Cell, ...], at: int, cell: Cell) -> tuple[Cell, ...]:
    return (*cells[:at], cell, *cells[at + 1 :])


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*args: object, **env: str) -> Done:
    """The command line, from its entry point on, in this process."""
    out, err, code = io.StringIO(), io.StringIO(), 0
    plain = {"GITHUB_ACTIONS": "", "COLUMNS": "200", **env}
    argv = ["pv-extract", *map(str, args)]
    with patch.dict(os.environ, plain), patch.object(sys, "argv", argv), redirect_stdout(out), redirect_stderr(err):
        try:
            main()
        except SystemExit as leave:
            code = leave.code if isinstance(leave.code, int) else int(leave.code is not None)
    return Done(code, out.getvalue(), err.getvalue())
