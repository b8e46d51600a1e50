"""Relations between the tables of a topic: subsets, breakdowns of one population, equal figures, and what must be there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.checks.evidence import Evidence, named
from pv_extract.checks.judged import Judgement
from pv_extract.checks.rules import Ruling, hold
from pv_extract.findings import Code, Finding, Level
from pv_extract.model import Cell, Column, Number, ObsStatus, Role, Row, Table
from pv_extract.text import fold
from pv_extract.topics import Bracket, Continuity, Equal, Members, Relation, Subset
from pv_extract.topics.model import tables_of


def relations(evidence: Evidence, judgements: Mapping[str, Judgement]) -> Iterator[Finding]:
    """Every declared relation between tables that are there; one that could not be held is a finding of its own."""
    if evidence.topic is None:
        return
    for relation in evidence.topic.relations:
        tables = [evidence.table_of(spec) for spec in tables_of(relation)]
        missing = [s for s, table in zip(tables_of(relation), tables, strict=True) if table is None]
        present = [table for table in tables if table is not None]
        if missing and not isinstance(relation, Members):
            if present:
                yield _not_held(relation, f"{' and '.join(missing)} not found", present[0])
            continue
        yield from _held(relation, present, judgements)


def _held(relation: Relation, tables: list[Table], judgements: Mapping[str, Judgement]) -> Iterator[Finding]:
    match relation:
        case Subset():
            yield from _subset(relation, *tables)
        case Equal():
            yield from _equal(relation, *tables)
        case Bracket():
            yield from _bracket(relation, judgements[tables[0].id], judgements[tables[1].id])
        case Continuity():
            yield from _continuity(relation, *tables)
        case Members():  # names absent from one of them are found for all tables that share a list
            return


@dataclass(frozen=True, slots=True)
class _Pair:
    row: Row
    column: Column
    one: Cell
    other: Cell

    @property
    def label(self) -> str:
        return self.row.label


def _pairs(one: Table, other: Table) -> list[_Pair]:
    """Cells of two tables with the same name (or label) and the same period (or header)."""
    there = {_row_key(row): row for row in other.rows}
    place = {_column_key(column): k for k, column in enumerate(other.columns)}
    shared = [(k, place[key]) for k, key in enumerate(map(_column_key, one.columns)) if key in place]
    return [
        _Pair(row, one.columns[k], row.cells[k], twin.cells[there_k])
        for row in one.rows
        if (twin := there.get(_row_key(row)))
        for k, there_k in shared
    ]


def _row_key(row: Row) -> str:
    if row.role is not Role.PART:
        return "total"
    return f"{row.match.list}:{row.match.id}" if row.match else fold(" ".join(row.labels))


def _column_key(column: Column) -> str:
    return column.time_period.label if column.time_period else fold(column.raw)


def _subset(relation: Subset, smaller: Table, larger: Table) -> Iterator[Finding]:
    pairs = _pairs(smaller, larger)
    if not pairs:
        yield _not_held(relation, "no figure of the one has its like in the other", smaller)
    for pair in pairs:
        low, high = _value(pair.one, low=True), _value(pair.other, low=False)
        if low is not None and high is not None and low > high:
            message = (
                f"{pair.label}, {pair.column.raw}: {pair.one.raw} in {named(smaller)} is more than {pair.other.raw} in "
                f"{named(larger)}; expected at most that: {relation.because}"
            )
            yield _at(Code.SUBSET_BROKEN, Level.ERROR, message, smaller, pair)


def _equal(relation: Equal, one: Table, other: Table) -> Iterator[Finding]:
    pairs = _pairs(one, other)
    if not pairs:
        yield _not_held(relation, "no figure of the one has its like in the other", one)
    for pair in pairs:
        if pair.one.value is not None and pair.other.value is not None and pair.one.value != pair.other.value:
            message = (
                f"{pair.label}, {pair.column.raw}: {pair.one.raw} in {named(one)} and {pair.other.raw} in {named(other)}; "
                f"expected the same figure: {relation.because}"
            )
            yield _at(Code.FIGURES_DIFFER, Level.ERROR, message, one, pair)


def _value(cell: Cell, *, low: bool) -> Number | None:
    return cell.value if cell.bounds is None else cell.bounds[0 if low else 1]


def _bracket(relation: Bracket, parts: Judgement, totals: Judgement) -> Iterator[Finding]:
    """The totals of one breakdown within the bounds that the parts of the other allow."""
    held = 0
    total_strip = next((j.total for j in totals.judged if j.sheet.by_rows and not j.inferred), None)
    if total_strip is None:
        yield _not_held(relation, f"{named(totals.table)} has no total", parts.table)
        return
    there = {_column_key(c): total_strip.figures[k] for k, c in enumerate(totals.table.columns)}
    members = [s for s in parts.by_rows.strips if s.role is Role.PART]
    ruling = Ruling(parts.ruling.rule if parts.ruling.rule != "none" else "distinct", relation.because)
    for k, column in enumerate(parts.table.columns):
        total = there.get(_column_key(column))
        if total is None or not total.known:
            continue
        scaled = total._replace(value=total.value * parts.by_rows.scale // totals.by_rows.scale)
        holding = hold(ruling, [(1, strip.figures[k]) for strip in members], scaled)
        if holding.verdict == "unchecked":
            continue
        held += 1
        if holding.verdict == "off":
            low, high = (parts.by_rows.shown(v) for v in (holding.low, holding.high))
            message = (
                f"{total_strip.label}, {column.raw}: {named(totals.table)} prints {total.cell.raw}, and the "
                f"{holding.parts} rows of {named(parts.table)} allow {low} to {high}; {relation.because}"
            )
            yield Finding(
                Code.TOTAL_DISAGREES,
                Level.ERROR,
                message,
                parts.table.id,
                None,
                column.raw,
                min(parts.table.pages, default=None),
            )
    if not held:
        yield _not_held(relation, "they share no column with values", parts.table)


def bracketed_by(evidence: Evidence, table: Table) -> list[str]:
    """The tables whose totals count the population that this table breaks down."""
    declared = evidence.topic.relations if evidence.topic else ()
    found = [evidence.table_of(r.totals) for r in declared if isinstance(r, Bracket) and r.parts == table.spec]
    return [named(other) for other in found if other is not None]


def _continuity(relation: Continuity, table: Table) -> Iterator[Finding]:
    """A jump from one period to the next, provisional periods and breaks of series aside."""
    dated = [(c.time_period.start, k) for k, c in enumerate(table.columns) if c.time_period]
    for row in table.rows:
        for (_, before), (_, after) in pairwise(sorted(dated)):
            pair = _Pair(row, table.columns[after], row.cells[after], row.cells[before])
            if _jumps(pair, relation):
                message = (
                    f"{pair.label}: {pair.other.raw} in {table.columns[before].raw} and {pair.one.raw} in {pair.column.raw}, "
                    f"more than a factor {relation.factor}: {relation.because}"
                )
                yield _at(Code.SERIES_JUMPS, Level.NOTE, message, table, pair)


def _jumps(pair: _Pair, relation: Continuity) -> bool:
    one, other = pair.one.value, pair.other.value
    final = pair.one.obs_status is ObsStatus.NORMAL and pair.other.obs_status is ObsStatus.NORMAL
    if not final or one is None or other is None or min(one, other) <= 0 or max(one, other) < relation.floor:
        return False
    return max(one, other) > relation.factor * min(one, other)


def _not_held(relation: Relation, why: str, table: Table) -> Finding:
    about = " and ".join(tables_of(relation))
    return Finding(
        Code.RELATION_UNCHECKED, Level.WARNING, f"relation {relation.kind} of {about} was not checked: {why}", table.id
    )


def _at(code: Code, level: Level, message: str, table: Table, pair: _Pair) -> Finding:
    return Finding(code, level, message, table.id, pair.label, pair.column.raw, pair.one.page, pair.one.box)


def expectations(evidence: Evidence) -> Iterator[Finding]:
    """What a topic expects of a healthy answer: its tables, their totals and rows, and enough figures."""
    topic = evidence.topic
    if topic is None:
        return
    found = {table.spec: table for table in evidence.tables if table.topic == topic.id}
    whole = evidence.wanted_topic is not None or 2 * len(found) > len(topic.tables)
    level = Level.ERROR if whole else Level.WARNING
    for spec in topic.tables:
        table = found.get(spec.id)
        if table is None and not spec.optional:
            says = " and ".join(spec.caption.says)
            message = f"topic {topic.id}: no table is {spec.id} (its caption says {says}; rows of {spec.rows.list})"
            yield Finding(Code.SPEC_UNMATCHED, level, message)
        elif table is not None:
            yield from _expected_rows(table, spec.rows.expected)
            yield from _expected_total(table, spec.totals.label)
    figures = sum(cell.value is not None for table in found.values() for row in table.rows for cell in row.cells)
    if topic.healthy and figures < topic.healthy.figures and found:
        message = (
            f"topic {topic.id}: expected at least {topic.healthy.figures} figures in {topic.healthy.tables} tables, "
            f"found {figures} in {len(found)}"
        )
        yield Finding(Code.COUNT_LOW, level, message)


def _expected_rows(table: Table, expected: tuple[str, ...]) -> Iterator[Finding]:
    there = {i for row in table.rows if row.match for i in (row.match.id, *row.match.ids)}
    for missing in (i for i in expected if i not in there):
        message = f"{named(table)} has no row for {missing}; expected {', '.join(expected)}"
        yield Finding(Code.MEMBER_MISSING, Level.ERROR, message, table.id, missing)


def _expected_total(table: Table, label: str | None) -> Iterator[Finding]:
    if label and not any(row.role is not Role.PART for row in table.rows):
        last = next((text for row in reversed(table.rows) for text in reversed(row.labels) if text), "")
        message = f"{named(table)}: expected a total labelled like {label!r}, found none; the last row is {last!r}"
        yield Finding(Code.TOTAL_MISSING, Level.ERROR, message, table.id)
