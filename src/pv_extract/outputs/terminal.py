"""What a person wants to see first: whose answer it is, its tables, the verdicts, the findings, and that nothing got lost."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console, RenderableType
from rich.rule import Rule
from rich.table import Table as RichTable
from rich.text import Text

from pv_extract.extraction import Extraction
from pv_extract.findings import Finding, Level
from pv_extract.model import Answer, Grid, Item, Ledger, TextFigure
from pv_extract.outputs.terminal_tables import VERDICT_STYLES, grid_view, table_view

LEVEL_STYLES = {Level.ERROR: "bold red", Level.WARNING: "yellow", Level.NOTE: "cyan"}
LONGEST_ITEM = 400  # characters of an item without a table


def show(extraction: Extraction, console: Console) -> None:
    """The whole extraction on a console; colours only where the console has them."""
    _print(_parts(extraction, console.width), console)


def show_grids(grids: Sequence[Grid], console: Console) -> None:
    """Tables before interpretation on a console, numbered in reading order."""
    views = [part for number, grid in enumerate(grids, 1) for part in (grid_view(number, grid, console.width), "")]
    _print([*views, Text(_counted(len(grids), "table"), style="bold")], console)


def _print(parts: Iterable[RenderableType], console: Console) -> None:
    """Print the parts; into a file or pipe without the blanks that only a screen needs at the end of a line."""
    if console.is_terminal:
        for part in parts:
            console.print(part)
        return
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    console.file.write("".join(f"{line.rstrip()}\n" for line in capture.get().splitlines()))


def _parts(extraction: Extraction, width: int) -> Iterator[RenderableType]:
    yield from _heading(extraction)
    shown = {table.id: table for table in extraction.tables}
    for item in extraction.answer.items:
        if not item.tables:
            yield from ["", _item(item)]
        for key in item.tables:
            if table := shown.pop(key, None):
                yield from ["", table_view(table, extraction.totals.get(table.id), width)]
    for table in shown.values():
        yield from ["", table_view(table, extraction.totals.get(table.id), width)]
    yield from ["", Rule(style="dim"), *_findings(extraction), _ledger(extraction.ledger), _summary(extraction)]


def _heading(extraction: Extraction) -> Iterator[RenderableType]:
    answer, source = extraction.answer, extraction.source
    number = f"question {answer.question_number}" if answer.question_number is not None else "question without a number"
    date = f"of {answer.question_date.isoformat()}" if answer.question_date else ""
    yield Text(f"{answer.kind} answer · {number} {date}".strip(), style="bold cyan")
    if answer.title:
        yield Text(answer.title, style="bold")
    shown = RichTable.grid(padding=(0, 1, 0, 0))
    for name, said in _people(answer):
        shown.add_row(Text(name, style="dim"), Text(said))
    read = f"{_counted(source.pages, 'page')}, " if source.pages else ""
    about = (f"({read}{source.reader}, sha256 {source.sha256[:12]})", "dim")
    shown.add_row(Text("source", style="dim"), Text.assemble(f"{source.file} ", about))
    if extraction.topic:
        shown.add_row(Text("topic", style="dim"), Text(extraction.topic))
    yield shown


def _people(answer: Answer) -> Iterator[tuple[str, str]]:
    if answer.asked_by:
        yield "asked by", answer.asked_by
    if answer.answered_by:
        yield "answered by", answer.answered_by + (f", {answer.portfolio}" if answer.portfolio else "")
    if answer.addressed_to:
        numbers = (
            f"{a.minister} ({a.question_number})" if a.question_number is not None else a.minister
            for a in answer.addressed_to
        )  # fmt: skip
        yield "put to", ", ".join(numbers)


def _item(item: Item) -> RenderableType:
    """An item that has no table: its text, shortened, with the figures in it and their dates."""
    text = textwrap.shorten(item.text, LONGEST_ITEM, placeholder=" ...")
    shown = RichTable.grid(padding=(0, 1, 0, 0))
    shown.add_row(Text(item.id, style="bold cyan"), Text(text))
    if item.figures:
        told = Text(", ").join(_text_figure(figure) for figure in item.figures)
        shown.add_row("", Text.assemble((f"{_counted(len(item.figures), 'figure')} in running text: ", "dim"), told))
    return shown


def _text_figure(figure: TextFigure) -> Text:
    on = f" on {figure.on.isoformat()}" if figure.on else ""
    unit = f" {figure.unit}" if figure.unit and figure.unit not in figure.raw else ""
    return Text.assemble((figure.raw, "bold"), f"{unit}{on}")


def _findings(extraction: Extraction) -> Iterator[RenderableType]:
    if not extraction.findings:
        yield Text("no findings", style="green")
        return
    items = {table.id: table.item for table in extraction.tables}
    shown = RichTable.grid(padding=(0, 2, 0, 0))
    shown.add_column(no_wrap=True)
    shown.add_column(overflow="fold")
    for finding in extraction.findings:
        style = LEVEL_STYLES[finding.level]
        head = Text.assemble((finding.code.value, style), (f"  {_place(finding, items)}".rstrip(), "dim"))
        shown.add_row(Text(finding.level.value, style=style), Text("\n").join([head, Text(finding.message)]))
    yield shown
    yield ""


def _place(finding: Finding, items: dict[str, str | None]) -> str:
    table = finding.table and (f"table {items.get(finding.table) or finding.table}")
    page = f"page {finding.page}" if finding.page else None
    return " · ".join(part for part in (table, finding.row, finding.column, page) if part)


def _ledger(ledger: Ledger) -> RenderableType:
    places = {
        "cells": ledger.in_cells, "headers": ledger.in_headers, "notes": ledger.in_notes, "running text": ledger.in_text,
        "furniture": ledger.in_furniture,
    }  # fmt: skip
    found = ", ".join(f"{count} in {place}" for place, count in places.items() if count) or "none"
    lost = Text(f"{ledger.unclaimed} unclaimed", style="bold red" if ledger.unclaimed else "green")
    return Text.assemble(("numbers ", "dim"), f"{ledger.numbers} printed: {found}; ", lost)


def _summary(extraction: Extraction) -> RenderableType:
    verdicts = [r.verdict for totals in extraction.totals.values() for r in totals.results]
    levels = [f.level for f in extraction.findings]
    figures = sum(bool(c.raw) for table in extraction.tables for row in table.rows for c in row.cells)
    told = [f"{_counted(len(extraction.tables), 'table')}, {_counted(figures, 'figure')}"]
    judged = _joined((str(v), verdicts.count(v), VERDICT_STYLES[v]) for v in VERDICT_STYLES if v in verdicts)
    found = _joined((_plural(level.value, levels.count(level)), levels.count(level), LEVEL_STYLES[level] if level in levels
                     else "dim") for level in Level)  # fmt: skip
    totals = [Text(" · totals: "), judged] if verdicts else [Text(" · no totals")]
    return Text.assemble(("read    ", "dim"), told[0], *totals, " · ", found)


def _joined(counts: Iterable[tuple[str, int, str]]) -> Text:
    return Text(", ").join(Text(f"{count} {word}", style=style) for word, count, style in counts)


def _counted(count: int, word: str) -> str:
    return f"{count} {_plural(word, count)}"


def _plural(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"
