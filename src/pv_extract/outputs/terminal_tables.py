"""A table on a terminal of any width: figures never wrap, wide tables go in bands, long ones say what is left out."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from pv_extract.model import Cell, Column, Grid, ObsStatus, Role, Row, Table, TotalResult, Totals
from pv_extract.text import fold, split_marks

LONG, HEAD, TAIL = 48, 30, 10  # rows: a longer table shows its head, its tail and all its totals
WIDEST_HEADER, NARROWEST_LABEL, GAP, INDENT = 14, 22, 2, 3  # characters
VERDICT_STYLES = {"exact": "green", "explained": "cyan", "off": "bold red", "unchecked": "yellow"}


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the shown table: label, canonical id, and a text per data column."""

    label: Text
    id: str
    texts: tuple[Text, ...]


def table_view(table: Table, totals: Totals | None, width: int) -> RenderableType:
    """Title, figures, verdicts and notes of one table, within `width` characters."""
    results = totals.results if totals else ()
    rows = list(_rows(table, results))
    headers = [_header(c) for c in table.columns]
    below = [*_verdict_lines(totals), *_name_lines(table), *_note_lines(table)]
    stub = " / ".join(
        text for text in table.stub_columns if fold(split_marks(text)[0]) != fold(split_marks(table.title)[0])
    )
    return Group(
        _title(table),
        *_banded(Text(stub, style="dim"), headers, rows, width),
        *(Padding(line, (0, 0, 0, INDENT), expand=False) for line in below),
    )


def grid_view(number: int, grid: Grid, width: int) -> RenderableType:
    """Cells of a table before interpretation; a cell that spans others is shown at its first row and column."""
    height = max((c.row + c.row_span for c in grid.cells), default=0)
    across = max((c.column + c.column_span for c in grid.cells), default=0)
    texts = {(c.row, c.column): c.text for c in grid.cells}
    spans = sum(c.row_span > 1 or c.column_span > 1 for c in grid.cells)
    pages = _ranges(sorted({c.page for c in grid.cells} | {grid.page}))
    said = [f"table {number}", f"page {pages}", f"{height} rows, {across} columns"]
    said += [f"{spans} spanning cells"] if spans else []
    said += [grid.how] if grid.how else []
    rows = [
        _Row(Text(texts.get((y, 0), "")), "", tuple(Text(texts.get((y, x), "")) for x in range(1, across)))
        for y in range(height)
    ]
    shown: list[_Row] = []
    for place, left_out in _shown(height, ()):
        shown += [_left_out(left_out, across - 1)] if left_out else []
        shown.append(rows[place])
    headers = [Text(str(x), style="dim") for x in range(1, across)]
    return Group(Text(" · ".join(said), style="bold"), *_banded(Text("0", style="dim"), headers, shown, width))


def _title(table: Table) -> RenderableType:
    """Item and title, and below them where and what it is."""
    pages = f"page {_ranges(table.pages)}" if table.pages else ""
    times = f"x {table.multiplier}" if table.multiplier != 1 else ""
    spec = f"{table.topic}/{table.spec}" if table.topic and table.spec else table.topic or ""
    said = " · ".join(part for part in (table.id, pages, f"{table.unit or ''} {times}".strip(), spec) if part)
    shown = RichTable.grid(padding=(0, 1, 0, 0))
    shown.add_row(Text(table.item or table.id, style="bold cyan"), Text(table.title, style="bold"))
    shown.add_row("", Text(said, style="dim"))
    return shown


def _ranges(pages: Sequence[int]) -> str:
    whole = len(pages) > 1 and list(pages) == list(range(pages[0], pages[-1] + 1))
    return f"{pages[0]}-{pages[-1]}" if whole else ", ".join(map(str, pages))


# -- rows ---------------------------------------------------------------------------------------------------------------


def _rows(table: Table, results: Sequence[TotalResult]) -> Iterator[_Row]:
    keep = {i for i, row in enumerate(table.rows) if row.role is not Role.PART}
    group = tuple[str, ...]()
    for place, left_out in _shown(len(table.rows), keep):
        row = table.rows[place]
        if left_out:
            yield _left_out(left_out, len(table.columns))
        for level, heading in enumerate(row.group):
            if group[: level + 1] != row.group[: level + 1]:
                yield _Row(Text("  " * level + heading, style="bold"), "", (Text(),) * len(table.columns))
        group = row.group
        yield _row(row, table)
        if found := {r.column: r for r in results if r.total in (row.labels[-1], " > ".join(row.labels))}:
            yield from _judged(found, table.columns)


def _shown(count: int, keep: Container[int]) -> Iterator[tuple[int, int]]:
    """Places of the rows to show, each with the number of rows left out right before it."""
    left_out = 0
    for place in range(count):
        if count <= LONG or place < HEAD or place >= count - TAIL or place in keep:
            yield place, left_out
            left_out = 0
        else:
            left_out += 1


def _left_out(count: int, columns: int) -> _Row:
    label = Text(f"... {count} more rows, all of them in --format", style="dim italic")
    return _Row(label, "", (Text("...", style="dim"),) * columns)


def _row(row: Row, table: Table) -> _Row:
    strong = "bold" if row.role is not Role.PART else ""
    label = Text("  " * (row.level + len(row.group)) + " / ".join(t for t in row.labels if t), style=strong)
    match = row.match
    if match and match.name not in row.labels:
        how = match.how if match.how != "fuzzy" else f"fuzzy {match.score:.0f}"
        label.append(f"\n  = {match.name} ({how})", style="not bold dim")
    elif row.review:
        label.append(f"\n  ? {row.review}", style="not bold yellow")
    texts = tuple(_cell(cell, column, strong) for cell, column in zip(row.cells, table.columns, strict=True))
    return _Row(label, match.id if match else "", texts)


def _cell(cell: Cell, column: Column, strong: str) -> Text:
    if cell.refusal:
        return Text(cell.raw, style="bold red")
    if cell.value is None:
        return Text(cell.raw, style="yellow")
    provisional = cell.obs_status is not ObsStatus.NORMAL and column.obs_status is ObsStatus.NORMAL
    return Text(cell.raw, style=f"{strong} italic" if provisional else strong)


def _judged(found: dict[str, TotalResult], columns: Sequence[Column]) -> Iterator[_Row]:
    """Below a total: what its parts sum to, and the verdict in each column."""
    results = [found.get(column.raw) for column in columns]
    sums = tuple(Text("" if r is None or r.sum is None else str(r.sum), style="dim") for r in results)
    verdicts = tuple(Text(r.verdict, style=VERDICT_STYLES[r.verdict]) if r else Text() for r in results)
    yield _Row(Text("  sum of the parts", style="dim"), "", sums)
    yield _Row(Text("  verdict", style="dim"), "", verdicts)


def _header(column: Column) -> Text:
    style = "yellow" if column.obs_status is not ObsStatus.NORMAL else ""
    return Text("\n".join(column.path) or column.raw, style=style, justify="right")


# -- what stands below ----------------------------------------------------------------------------------------------------


def _verdict_lines(totals: Totals | None) -> Iterator[Text]:
    if totals is None or not totals.results:
        said = f" (rule {totals.rule}: {totals.because})" if totals and totals.because else ""
        yield Text(f"prints no total{said}", style="dim")
        return
    yield Text.assemble(("totals ", "dim"), (totals.rule, "bold"), (f": {totals.because}", "dim"))
    by_detail: dict[tuple[str, str, str], list[TotalResult]] = {}
    for result in totals.results:
        by_detail.setdefault((result.total, result.verdict, result.detail), []).append(result)
    for (total, verdict, detail), same in by_detail.items():
        columns = ", ".join(r.column for r in same)
        where = columns if len({r.total for r in totals.results}) == 1 else f"{total}, {columns}"
        said = _without(detail, totals.because) or f"printed {same[0].printed}, parts sum to {same[0].sum}"
        yield Text.assemble("  ", (verdict, VERDICT_STYLES[verdict]), f" {where}: {said}")


def _without(detail: str, reason: str) -> str:
    """The detail without the reason that the line above it already gives."""
    return (detail.replace(reason, "") if reason else detail).strip(" ;,.")


def _name_lines(table: Table) -> Iterator[Text]:
    parts = [row for row in table.rows if row.role is Role.PART]
    matched = [row.match for row in parts if row.match]
    if not matched:
        return
    hows = [match.how for match in matched]
    lists = ", ".join(sorted({match.list for match in matched}))
    said = ", ".join(f"{hows.count(how)} {how}" for how in sorted(set(hows), key=hows.index))
    style = "dim" if len(matched) == len(parts) else "yellow"
    yield Text(f"names {len(matched)} of {len(parts)} rows found in {lists}: {said}", style=style)


def _note_lines(table: Table) -> Iterator[Text]:
    for note in table.notes:
        text = note.text if note.text.startswith(note.mark) else f"{note.mark} {note.text}"
        yield Text.assemble((text, "dim"), (f" ({note.meaning.value.replace('_', ' ')})", "dim italic"))


# -- bands ----------------------------------------------------------------------------------------------------------------


def _banded(stub: Text, headers: Sequence[Text], rows: Sequence[_Row], width: int) -> Iterator[RenderableType]:
    """The table, or as many tables beside each other's columns as the width asks for; labels repeat in each."""
    columns = [_column_width(header, [row.texts[i] for row in rows]) for i, header in enumerate(headers)]
    labels = [cell_len(line) for row in rows for line in row.label.plain.split("\n")]
    label = max([*labels, min(cell_len(stub.plain), NARROWEST_LABEL)])
    ids = max((cell_len(row.id) for row in rows), default=0)
    with_ids = bool(ids) and INDENT + label + ids + sum(columns) + GAP * (len(columns) + 1) <= width
    room = max(width - INDENT, NARROWEST_LABEL + GAP + 8)
    label = min(label, max(NARROWEST_LABEL, room - sum(c + GAP for c in columns)))
    for band in _bands(columns, room - label - (ids + GAP if with_ids else 0)):
        shown = RichTable(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="")
        shown.add_column(stub, width=label, overflow="fold")
        if with_ids:
            shown.add_column(Text("id", style="dim"), width=ids, style="dim")
        for i in band:
            shown.add_column(headers[i], width=columns[i], justify="right", overflow="fold")
        for row in rows:
            shown.add_row(row.label, *([row.id] if with_ids else []), *(row.texts[i] for i in band))
        yield Padding(shown, (0, 0, 0, INDENT), expand=False)


def _column_width(header: Text, texts: Sequence[Text]) -> int:
    words = [cell_len(word) for word in header.plain.split()]
    lines = [cell_len(line) for line in header.plain.split("\n")]
    figures = [cell_len(text.plain) for text in texts]
    return min(max([*words, *figures, min(max(lines, default=0), WIDEST_HEADER), 1]), 40)


def _bands(widths: Sequence[int], room: int) -> Iterator[list[int]]:
    band: list[int] = []
    used = 0
    for i, width in enumerate(widths):
        if band and used + width + GAP > room:
            yield band
            band, used = [], 0
        band.append(i)
        used += width + GAP
    if band or not widths:
        yield band
