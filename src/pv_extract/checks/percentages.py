"""Percentages against the numbers beside them, and shares against 100."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pv_extract.checks.judged import Judgement
from pv_extract.checks.sheet import Sheet, Strip
from pv_extract.findings import Code, Finding, Level
from pv_extract.languages import Language
from pv_extract.model import Role

_ENOUGH, _MOST = 4, 0.75  # places that agree, and their share of all, before the others are called wrong
_NEAR = 8  # lines beside a percentage that its numbers may stand in


@dataclass(frozen=True, slots=True)
class _Basis:
    """Where percentages come from: the expected value at each place (None where nothing is expected), and in words."""

    expected: tuple[Decimal | None, ...]
    words: tuple[str, ...]


def percentages(judgement: Judgement, language: Language) -> Iterator[Finding]:
    """Percentages that contradict the numbers that most of their line agrees with, and shares that miss 100."""
    for sheet in (judgement.by_columns, judgement.by_rows):
        for strip in sheet.strips:
            if strip.percent and not strip.blank:
                basis = _basis(sheet, strip)
                yield from _against(sheet, strip, basis) if basis else _shares(sheet, strip, language)


def _basis(sheet: Sheet, strip: Strip) -> _Basis | None:
    """The numbers that agree with most of the line, if any do."""
    beside = [s for s in sheet.strips if not s.percent and not s.blank and abs(s.index - strip.index) <= _NEAR]
    best, most = None, 0
    for basis in _candidates(sheet, beside):
        fits = [
            _fits(sheet, strip, k, e) for k, e in enumerate(basis.expected) if e is not None and strip.figures[k].known
        ]
        telling = sum(f for f in fits)
        if telling >= _ENOUGH and telling >= _MOST * len(fits) and telling > most and _varied(strip):
            best, most = basis, telling
    return best


def _varied(strip: Strip) -> bool:
    """Whether the percentages differ enough from each other for agreement to mean anything."""
    return len({figure.value for figure in strip.figures if figure.known}) >= _ENOUGH


def _candidates(sheet: Sheet, beside: Sequence[Strip]) -> Iterator[_Basis]:
    totals = _total_places(sheet)
    for one in beside:
        yield _share_of(sheet, one, totals)
        for other in beside:
            if other is not one:
                yield _ratio(sheet, one, other)
                yield _growth(sheet, one, other)


def _total_places(sheet: Sheet) -> list[int]:
    """Places across that are totals: the rows of a table whose columns are the lines."""
    roles = [column.role for column in sheet.table.columns] if sheet.by_rows else [row.role for row in sheet.table.rows]
    return [k for k, role in enumerate(roles) if role is not Role.PART]


def _value(sheet: Sheet, strip: Strip, k: int) -> Decimal | None:
    figure = strip.figures[k]
    return Decimal(figure.value) / sheet.scale if figure.known else None


def _share_of(sheet: Sheet, strip: Strip, totals: Sequence[int]) -> _Basis:
    values = [_value(sheet, strip, k) for k in range(len(strip.figures))]
    printed = values[totals[-1]] if totals else None
    whole = printed if printed is not None else sum((v for v in values if v is not None), Decimal(0))
    expected = tuple(100 * v / whole if v is not None and whole else None for v in values)
    return _Basis(expected, tuple(f"{v} of {whole}" for v in values))


def _ratio(sheet: Sheet, one: Strip, other: Strip) -> _Basis:
    pairs = [(_value(sheet, one, k), _value(sheet, other, k)) for k in range(len(one.figures))]
    expected = tuple(100 * a / b if a is not None and b else None for a, b in pairs)
    return _Basis(expected, tuple(f"{a} of {b}" for a, b in pairs))


def _growth(sheet: Sheet, one: Strip, other: Strip) -> _Basis:
    pairs = [(_value(sheet, one, k), _value(sheet, other, k)) for k in range(len(one.figures))]
    expected = tuple(100 * (b - a) / a if a and b is not None else None for a, b in pairs)
    return _Basis(expected, tuple(f"from {a} to {b}" for a, b in pairs))


def _fits(sheet: Sheet, strip: Strip, k: int, expected: Decimal | None) -> bool:
    """Within one unit of the last printed decimal: percentages are rounded, and some are cut off."""
    figure = strip.figures[k]
    step = Decimal(max(figure.step, 1)) / sheet.scale
    return expected is not None and abs(Decimal(figure.value) / sheet.scale - expected) < step


def _against(sheet: Sheet, strip: Strip, basis: _Basis) -> Iterator[Finding]:
    for k, expected in enumerate(basis.expected):
        figure = strip.figures[k]
        if expected is None or not figure.known or _fits(sheet, strip, k, expected):
            continue
        row, column = (strip.label, sheet.across[k]) if sheet.by_rows else (sheet.across[k], strip.label)
        message = f"{row}, {column}: printed {figure.cell.raw}, {basis.words[k]} is {expected:.2f} %"
        yield Finding(
            Code.PERCENTAGE_OFF, Level.ERROR, message, sheet.table.id, row, column, figure.cell.page, figure.cell.box
        )


def _shares(sheet: Sheet, strip: Strip, language: Language) -> Iterator[Finding]:
    """Shares of one whole without their numbers, nor a total of their own."""
    totals = _total_places(sheet)
    said = language.is_share(strip.label) or language.is_share(sheet.table.title)
    figures = [f for k, f in enumerate(strip.figures) if k not in totals and f.known]
    if totals or not said or len(figures) < 3 or len(figures) < len(strip.figures):
        return
    added, slack = sum(f.value for f in figures), sum(max(f.step, 1) for f in figures) / 2
    hundred = 100 * sheet.scale
    if slack < abs(added - hundred) < hundred // 10:
        message = f"{strip.label}: {len(figures)} shares add to {sheet.shown(added)}, 100 expected within rounding"
        row, column = (strip.label, None) if sheet.by_rows else (None, strip.label)
        yield Finding(Code.PERCENTAGE_OFF, Level.WARNING, message, sheet.table.id, row, column)
