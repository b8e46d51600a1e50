"""Tables with a type: what each header, label and cell of a raw table means, by its own text, its column and its notes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from pv_extract.answer import PlacedGrid
from pv_extract.languages import Language
from pv_extract.model import (
    Cell,
    Column,
    GridCell,
    Meaning,
    ObsStatus,
    Period,
    RawColumn,
    RawRow,
    RawTable,
    Role,
    Row,
    Table,
)
from pv_extract.numbers import Kind, Reading, read_cell, read_decimal_point
from pv_extract.periods import read_period
from pv_extract.text import clean, split_marks

_STATUS = {
    Meaning.PROVISIONAL: ObsStatus.PROVISIONAL,
    Meaning.ESTIMATED: ObsStatus.ESTIMATED,
    Meaning.BREAK: ObsStatus.BREAK,
}
# groups of digits and capitals, a capital first or in three groups at least, unlike a range or a figure that was misread (`2O5`)
_CODE = re.compile(r"(?=.*\d)(?:[A-Z][A-Z\d]*(?:[-/.][A-Z\d]+)*|\d+(?:-\d+){2,})")
_CODES = 3  # in a column that make it one of codes
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-](?:\d\d)?\d\d")


def type_table(raw: RawTable, place: PlacedGrid, language: Language) -> Table:
    """The typed table: numbers by the grammar of the language, periods, marks with their status, roles, units.

    A point before decimals is taken as such only where the rest of its column leaves no other reading; the cell says so.
    """
    meanings = {note.mark: note.meaning for note in place.notes}
    columns = tuple(_column(c, meanings, language) for c in raw.columns)
    body = [row for row in raw.rows if not row.heading]
    readings = _read_columns([row.cells for row in body], language)
    rows = tuple([_row(row, read, columns, meanings, language) for row, read in zip(body, readings, strict=True)])
    caption = place.caption or raw.caption
    stated = next(
        (s for text in (caption, *raw.stub_columns, place.lead) if text and (s := language.stated_unit(text))),
        None,
    )
    return Table(
        id=place.id,
        item=place.item,
        title=_title(caption, raw.stub_columns),
        pages=tuple(sorted({cell.page for cell in raw.grid.cells})) or (raw.grid.page,),
        stub_columns=raw.stub_columns,
        columns=columns,
        rows=rows,
        notes=place.notes,
        unit=(stated.unit or None) if stated else None,
        multiplier=stated.multiplier if stated else 1,
        joins=raw.grid.joins,
        how=raw.grid.how,
        remarks=raw.grid.remarks,
    )


def _title(caption: str | None, stubs: Sequence[str]) -> str:
    return caption or next((clean(split_marks(s)[0]) for s in stubs if s), "")


def _column(raw: RawColumn, meanings: Mapping[str, Meaning], language: Language) -> Column:
    column = _headed(raw.path, language)
    status = _status(column.marks, meanings)
    return replace(column, obs_status=status) if status else column


@lru_cache(maxsize=8192)  # headers stand in many tables
def _headed(path: tuple[str, ...], language: Language) -> Column:
    """A column by its header alone."""
    stated = next((s for level in reversed(path) if (s := language.stated_unit(level))), None)
    return Column(
        raw=" ".join(path),
        path=path,
        time_period=_period_of(path, language),
        marks=tuple([mark for level in path for mark in split_marks(level)[1]]),
        role=_role(path, language),
        unit=(stated.unit or None) if stated else None,
        multiplier=stated.multiplier if stated else 1,
    )


def _period_of(path: Sequence[str], language: Language) -> Period | None:
    """The period that a level of the header names, the innermost winning; or the whole header read as one."""
    levels = [*reversed(path), " ".join(path)]
    return next((period for level in levels if (period := read_period(level, language))), None)


def _role(texts: Sequence[str], language: Language) -> Role:
    plain = [split_marks(text)[0] for text in texts]
    if any(language.is_subtotal(text) for text in plain):
        return Role.SUBTOTAL
    return Role.TOTAL if any(language.is_total(text) for text in plain) else Role.PART


def _status(marks: Sequence[str], meanings: Mapping[str, Meaning]) -> ObsStatus | None:
    if not marks:
        return None
    found = (_STATUS.get(meanings[mark]) for mark in marks if mark in meanings)
    return next((status for status in found if status), None)


def _row(
    raw: RawRow,
    readings: Sequence[Reading],
    columns: Sequence[Column],
    meanings: Mapping[str, Meaning],
    language: Language,
) -> Row:
    marks, role, period = _labelled(raw.labels, language)
    of_row = _status(marks, meanings) if marks else None
    cells = tuple(
        [
            _cell(printed, reading, (reading.marks and _status(reading.marks, meanings)) or of_row or column.obs_status)
            for printed, reading, column in zip(raw.cells, readings, columns, strict=True)
        ]
    )
    return Row(
        labels=raw.labels,
        cells=cells,
        role=role,
        group=raw.group,
        level=raw.level,
        marks=marks,
        time_period=period,
        page=raw.page,
        printed=raw.printed or raw.labels,
    )


@lru_cache(maxsize=8192)  # labels do, too
def _labelled(labels: tuple[str, ...], language: Language) -> tuple[tuple[str, ...], Role, Period | None]:
    """The marks of a row by its labels, what the innermost makes of it, and the innermost period that they name."""
    marks = tuple([mark for label in labels for mark in split_marks(label)[1]])
    innermost = next((label for label in reversed(labels) if label), "")
    period = next((p for label in reversed(labels) if (p := read_period(label, language))), None)
    return marks, _role([innermost], language), period


def _cell(printed: GridCell, reading: Reading, inherited: ObsStatus) -> Cell:
    """A cell with its own status, or the one its row or column gives to every number in it."""
    status = inherited if reading.kind is Kind.NUMBER else reading.status
    return Cell(
        printed.text, reading.value, status, reading.marks, printed.page, printed.box, reading.unit, reading.multiplier,
        reading.bounds, reading.refusal,
    )  # fmt: skip


def _read_columns(rows: Sequence[Sequence[GridCell]], language: Language) -> Sequence[Sequence[Reading]]:
    """The reading of each cell, by rows."""
    if not any(rows):
        return [()] * len(rows)
    columns = zip(*rows, strict=True)
    return list(zip(*[_by_evidence([cell.text for cell in column], language) for column in columns], strict=True))


def _by_evidence(texts: Sequence[str], language: Language) -> list[Reading]:
    """One column read: a decimal point is accepted where the whole column speaks for it, and `1.234` in such a column for nothing.

    It speaks for it where figures with a decimal comma have the same number of decimals, or where no figure of the column
    needs a point or a comma for anything else. The reading keeps the reason in `refusal`, so that the checks report it.
    """
    readings = _unless_grouped([read_cell(text, language) for text in texts], language)
    odd = [i for i, reading in enumerate(readings) if reading.kind is Kind.TEXT]
    if not odd:
        return readings
    readings = _unless_dates(readings)
    pointed = {i: value for i in odd if (value := read_decimal_point(texts[i], language)) is not None}
    if not pointed:
        return readings
    decimals = {_decimals(value) for value in pointed.values()}
    commas = {_decimals(r.value) for r in readings if isinstance(r.value, Decimal)}
    grouped = [i for i, r in enumerate(readings) if isinstance(r.value, int) and re.search(r"\d\.\d{3}(?!\d)", r.raw)]
    if commas and not commas & decimals:
        return readings
    for i, value in pointed.items():
        why = "beside decimal commas" if commas else "as in the rest of its column"
        readings[i] = replace(
            readings[i], kind=Kind.NUMBER, value=value, status=ObsStatus.NORMAL,
            refusal=f"{texts[i]!r} read as {value}: a decimal point {why}",
        )  # fmt: skip
    for i in () if commas else grouped:
        readings[i] = replace(
            readings[i], kind=Kind.TEXT, value=None, status=ObsStatus.MISSING,
            refusal=f"{texts[i]!r} may be thousands or decimals: other figures of its column print decimals after a point",
        )  # fmt: skip
    return readings


def _unless_dates(readings: list[Reading]) -> list[Reading]:
    """A column of days (`01.03.2024`) or of codes (`75-07-0`, `N084`) prints no figures, so that none is missed in it."""
    odd = [r for r in readings if r.refusal]
    texts = [r.raw.strip() for r in readings if r.kind not in (Kind.EMPTY, Kind.MARKER)]
    codes = len(odd) == len(texts) == len(set(texts)) >= _CODES and all(map(_CODE.fullmatch, texts))
    if not odd or not (codes or all(map(_DAY.fullmatch, texts))):
        return readings
    return [replace(r, refusal=None) for r in readings]


def _unless_grouped(readings: list[Reading], language: Language) -> list[Reading]:
    """Where points print decimals (English), a column of `1.256` and `12.400` may group thousands all the same: left open."""
    if "." in language.group_separators:
        return readings
    fractions = [r for r in readings if isinstance(r.value, Decimal)]
    open_ = len(fractions) > 1 and all(
        _decimals(r.value) == 3 and abs(r.value) >= 1 for r in fractions if isinstance(r.value, Decimal)
    )
    if not open_ or not all("." in r.raw for r in fractions):
        return readings
    why = "may be thousands or decimals: every figure of its column has three digits after the point"
    return [
        replace(r, kind=Kind.TEXT, value=None, status=ObsStatus.MISSING, refusal=f"{r.raw!r} {why}")
        if r in fractions
        else r
        for r in readings
    ]


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0
