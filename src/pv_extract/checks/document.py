"""What a document as a whole owes: a heading, tables, the periods that were asked for, every printed number accounted for."""

import re
from collections.abc import Iterable, Iterator

from pv_extract.checks.evidence import Evidence, named
from pv_extract.findings import Code, Finding, Level
from pv_extract.languages import Language, fold_pattern
from pv_extract.model import Cell, Column, Item, Remark, Row, Table
from pv_extract.text import fold

_MANY = 3  # unreadable figures in a column that are told one by one
_LEVEL = {
    Code.NUMBER_UNCLAIMED: Level.ERROR,
    Code.PAGE_UNREADABLE: Level.ERROR,
    Code.CONTENT_DAMAGED: Level.ERROR,
    Code.SCHEMA_BROKEN: Level.ERROR,
    Code.ENGINES_DIFFER: Level.ERROR,
    Code.ENCODING_GUESSED: Level.NOTE,
    Code.TABLE_AMBIGUOUS: Level.WARNING,
    Code.READING_CHOSEN: Level.NOTE,
}


def whole_document(evidence: Evidence) -> Iterator[Finding]:
    """Findings on the answer, its ledger, and what earlier steps remarked."""
    yield from _heading(evidence)
    yield from _no_table(evidence)
    yield from _announced(evidence)
    yield from _asked_years(evidence)
    yield from _ledger(evidence)
    if evidence.source.reader == "text":
        from pv_extract.checks.unread import unread  # noqa: PLC0415 - with the lines of dumps, which only dumps need

        yield from unread(evidence.blocks)
    yield from (_finding(remark, None) for remark in evidence.remarks)
    yield from every_table(evidence)


def every_table(evidence: Evidence) -> Iterator[Finding]:
    """What earlier steps remarked on each table, and digits that are no numbers."""
    for table in evidence.tables:
        yield from (_finding(remark, table) for remark in table.remarks)
        yield from _figures(table)


def _heading(evidence: Evidence) -> Iterator[Finding]:
    answer = evidence.answer
    missing = [
        what for what, value in (("number", answer.question_number), ("date", answer.question_date), ("asker", answer.asked_by))
        if value is None
    ]  # fmt: skip
    if answer.kind == "unknown" or missing:
        lacks = f"no {', no '.join(missing)}" if missing else "no kind of answer"
        yield Finding(
            Code.ANSWER_HEADING_MISSING,
            Level.WARNING,
            f"{evidence.source.file}: expected the heading of an answer (op vraag nr. N van D, van X), found {lacks}",
        )


def _no_table(evidence: Evidence) -> Iterator[Finding]:
    if evidence.tables:
        return
    refers = evidence.answer.kind == "referring"
    yield Finding(
        Code.TABLE_NONE,
        Level.NOTE if refers else Level.ERROR,
        f"{evidence.source.file}: expected at least one table, found none"
        + ("; the answer refers to another one" if refers else ""),
    )


def _announced(evidence: Evidence) -> Iterator[Finding]:
    """Tables that an item speaks of and that are not there: below it, by their number, or in an annex."""
    captions = {number for table in evidence.tables for number in _numbers(table.title, evidence.language)}
    for item in evidence.answer.items:
        text = fold(item.text)
        if said := _first(evidence.language.annexes, text):
            message = f"item {item.id} refers to {said!r}: what is in an annex is not in {evidence.source.file}"
            yield Finding(Code.TABLE_ANNOUNCED, Level.NOTE, message, page=item.page)
        missing = sorted(_numbers(text, evidence.language) - captions) if captions else []
        if missing:
            message = f"item {item.id} speaks of table {', '.join(missing)}, found only {', '.join(sorted(captions))}"
            yield Finding(Code.TABLE_ANNOUNCED, Level.WARNING, message, page=item.page)
        elif not _has_table(item, evidence) and (said := _first(evidence.language.announcements, text)):
            message = f"item {item.id} announces {said!r}, and no table belongs to it: it may be an image or unread"
            yield Finding(Code.TABLE_ANNOUNCED, Level.WARNING, message, page=item.page)


def _has_table(item: Item, evidence: Evidence) -> bool:
    return any((table.item or "").startswith(item.id) for table in evidence.tables)


def _first(patterns: Iterable[str], text: str) -> str | None:
    return next((found.group() for p in patterns if (found := fold_pattern(p).search(text))), None)


def _numbers(text: str, language: Language) -> set[str]:
    """Numbers of tables that a text names: `tabel 2` gives 2."""
    found = (m for p in language.announcements for m in fold_pattern(p).finditer(fold(text)))
    return {number for m in found if (number := m.groupdict().get("number"))}


def _asked_years(evidence: Evidence) -> Iterator[Finding]:
    """A question for N years whose tables give another number of them."""
    for question in evidence.answer.questions:
        asked = _asked(question, evidence.language)
        if asked is None:
            continue
        count, words = asked
        given = [(t, _periods(t)) for t in evidence.tables if _number(t.item) == _number(question.id)]
        odd = [(table, periods) for table, periods in given if len(periods) != count]
        if odd:
            gives = "; ".join(
                f"{named(t)} gives {len(p)} ({', '.join(p)})" if p else f"{named(t)} none" for t, p in odd
            )
            message = f"question {question.id} asks for {count} years ({words!r}), and {gives}"
            yield Finding(Code.PERIODS_DIFFER, Level.NOTE, message, odd[0][0].id, page=question.page)


def _asked(question: Item, language: Language) -> tuple[int, str] | None:
    found = fold_pattern(language.asked_years).search(fold(question.text)) if language.asked_years else None
    if not found:
        return None
    count = found["count"]
    return (int(count) if count.isdigit() else language.number_words[count]), found.group()


def _periods(table: Table) -> list[str]:
    columns = [c.time_period.label for c in table.columns if c.time_period]
    rows = [r.time_period.label for r in table.rows if r.time_period]
    return list(dict.fromkeys(columns or rows))


def _number(item: str | None) -> str:
    found = re.match(r"\d+", item or "")
    return found.group() if found else ""


def _ledger(evidence: Evidence) -> Iterator[Finding]:
    """A gap in the account that no remark explains."""
    told = any(remark.code == Code.NUMBER_UNCLAIMED for remark in evidence.remarks)
    if evidence.ledger.unclaimed and not told:
        message = f"{evidence.ledger.unclaimed} of {evidence.ledger.numbers} printed numbers are nowhere in the output"
        yield Finding(Code.NUMBER_UNCLAIMED, Level.ERROR, message)


def _finding(remark: Remark, table: Table | None) -> Finding:
    code = Code(remark.code)
    level = _LEVEL.get(code, Level.WARNING)
    return Finding(code, level, remark.message, table.id if table else None, None, None, remark.page, remark.box)


def _figures(table: Table) -> Iterator[Finding]:
    """Digits that no grammar takes for a number, and tables with columns and no rows."""
    if not table.rows:
        message = f"{named(table)} has {len(table.columns)} columns and no rows"
        yield Finding(Code.TABLE_ROWLESS, Level.ERROR, message, table.id, page=min(table.pages, default=None))
    refused = {k for row in table.rows for k, cell in enumerate(row.cells) if cell.refusal}
    for k, column in enumerate(table.columns):
        for read in (False, True) if k in refused else ():
            odd = [row for row in table.rows if row.cells[k].refusal and (row.cells[k].value is not None) == read]
            if len(odd) > _MANY:
                cell, of = odd[0].cells[k], f"{len(odd)} of {len(table.rows)} figures"
                message = (
                    f"{column.raw}: {of} {'read with a doubt' if read else 'unreadable'}; the first: {cell.refusal}"
                )
                level = Level.NOTE if read else Level.WARNING
                yield Finding(Code.NUMBER_UNREADABLE, level, message, table.id, None, column.raw, cell.page, cell.box)
            else:
                yield from (_unreadable(table, row, column, row.cells[k]) for row in odd)


def _unreadable(table: Table, row: Row, column: Column, cell: Cell) -> Finding:
    level = Level.NOTE if cell.value is not None else Level.WARNING
    message = f"{row.label}, {column.raw}: {cell.refusal}"
    return Finding(Code.NUMBER_UNREADABLE, level, message, table.id, row.label, column.raw, cell.page, cell.box)
