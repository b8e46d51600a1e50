"""A table as lines of whole numbers, by rows or by columns: what the arithmetic of the totals works on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pv_extract.checks.rounding import Rounding
from pv_extract.languages import Language
from pv_extract.model import Cell, Column, Number, ObsStatus, Role, Row, Table
from pv_extract.text import fold, split_marks


class State(StrEnum):
    """What a figure brings into a sum."""

    NUMBER = "number"
    MASKED = "masked"  # a suppressed count between bounds
    NOTHING = "nothing"  # printed as not applicable: adds nothing
    BLANK = "blank"  # an empty cell: adds nothing if the sum says so
    UNKNOWN = "unknown"  # missing, or digits that no grammar takes for a number


class Word(StrEnum):
    """What a label says of its line, apart from its role."""

    BARE = "bare"  # a word for a total and nothing else
    SUBSET = "subset"  # starts with `waarvan`
    HEAD = "head"  # ends with `waarvan`: the lines below belong to it
    RATIO = "ratio"  # an average or a rate: no part of any sum
    DIFFERENCE = "difference"  # `verschil`, `delta`: the difference of others
    EXCEPT = "except"  # `exclusief ...`: a total that leaves a line out


_NO_PARTS = frozenset({Word.SUBSET, Word.RATIO})
_GAPS = frozenset({State.UNKNOWN, State.MASKED})


class Figure(NamedTuple):
    """One cell, scaled to whole numbers: `value` lies between `low` and `high`, which differ where the figure is masked.

    `step` is the unit that it is rounded to, 0 where it is exact.
    """

    value: int
    low: int
    high: int
    step: int
    state: State
    cell: Cell

    @property
    def known(self) -> bool:
        """Whether it has a value of its own."""
        return self.state is State.NUMBER


@dataclass(frozen=True, slots=True)
class Strip:
    """One row, or one column seen as a row; `path` are its headings and labels, outermost first.

    `values` and `steps` are those of its figures; `known` says which of them have a value, `gaps` which could bring anything
    into a sum, `exact` which can only make it grow and by an exact figure, `telling` which do not vanish in the rounding.
    """

    index: int
    label: str
    path: tuple[str, ...]
    role: Role
    level: int
    figures: tuple[Figure, ...]
    percent: bool
    marks: tuple[str, ...]
    words: frozenset[Word]
    says_total: tuple[bool, ...] = ()  # which parts of the path are words for a total
    blank: bool = field(init=False)  # whether nothing is printed in any of its cells
    additive: bool = field(init=False)  # can be part of a sum: not blank, no average, rate, or subset of another line
    values: tuple[int, ...] = field(init=False, repr=False)
    steps: tuple[int, ...] = field(init=False, repr=False)
    known: tuple[bool, ...] = field(init=False, repr=False)
    gaps: tuple[bool, ...] = field(init=False, repr=False)
    exact: tuple[bool, ...] = field(init=False, repr=False)
    telling: tuple[bool, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        blank = all(figure.state is State.BLANK for figure in self.figures)
        derived = {
            "blank": blank,
            "additive": not (blank or self.words & _NO_PARTS),
            "values": tuple([f.value for f in self.figures]),
            "steps": tuple([f.step for f in self.figures]),
            "known": tuple([f.state is State.NUMBER for f in self.figures]),
            "gaps": tuple([f.state in _GAPS for f in self.figures]),
            "exact": tuple([f.value >= 0 and not f.step and f.state not in _GAPS for f in self.figures]),
            "telling": tuple([abs(f.value) > 3 * f.step for f in self.figures]),
        }
        for name, value in derived.items():
            object.__setattr__(self, name, value)  # frozen for everyone else


@dataclass(frozen=True, slots=True)
class Sheet:
    """All lines of a table in one direction; `across` labels the figures of a line, `scale` divides them to printed numbers.

    `never_adds` says of each place across why its figures need not add up (percentages, averages), empty where they should.
    """

    table: Table
    strips: tuple[Strip, ...]
    across: tuple[str, ...]
    by_rows: bool
    scale: int
    never_adds: tuple[str, ...] = ()

    def shown(self, value: int) -> Number:
        """A scaled number as it would be printed."""
        if self.scale == 1:
            return value
        exact = Decimal(value) / self.scale
        return int(exact) if exact == exact.to_integral_value() else exact.normalize()


def sheets(table: Table, language: Language, rounding: Rounding) -> tuple[Sheet, Sheet]:
    """The table in both directions: rows as lines, and columns as lines."""
    factor = _factor(table)
    grid = [
        [_amount(cell, column, factor) for cell, column in zip(row.cells, table.columns, strict=True)]
        for row in table.rows
    ]
    scale = 10 ** max((_decimals(v) for line in grid for v in line if v is not None), default=0)
    figures = [
        [
            _figure(cell, value, scale, rounding.step(cell, column))
            for cell, value, column in zip(row.cells, values, table.columns, strict=True)
        ]
        for row, values in zip(table.rows, grid, strict=True)
    ]
    rows = tuple(_of_row(i, row, figures[i], table, language) for i, row in enumerate(table.rows))
    columns = tuple(
        _of_column(k, column, [line[k] for line in figures], table, language) for k, column in enumerate(table.columns)
    )
    return (
        Sheet(table, rows, tuple(s.label for s in columns), True, scale, tuple(map(_never_adds, columns))),
        Sheet(table, columns, tuple(s.label for s in rows), False, scale, tuple(map(_never_adds, rows))),
    )


def _never_adds(strip: Strip) -> str:
    if Word.RATIO in strip.words:
        return "averages and rates do not add up"
    return "percentages of different bases do not add up" if strip.percent else ""


def _factor(table: Table) -> int:
    """The smallest multiplier in the table: figures in thousands among millions are compared in thousands."""
    factors = {
        cell.multiplier * column.multiplier
        for row in table.rows
        for cell, column in zip(row.cells, table.columns, strict=True)
    }
    return min(factors, default=1)


def _amount(cell: Cell, column: Column, factor: int) -> Number | None:
    if cell.value is None:
        return None
    multiplier = cell.multiplier * column.multiplier
    return cell.value if multiplier == factor else Decimal(cell.value) * (Decimal(multiplier) / factor)


def _decimals(value: Number) -> int:
    exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _figure(cell: Cell, value: Number | None, scale: int, step: Decimal) -> Figure:
    if value is not None:
        scaled = int(value * scale)
        return Figure(scaled, scaled, scaled, int(step * scale) if step else 0, State.NUMBER, cell)
    if cell.bounds is not None:
        low, high = (int(bound * scale) for bound in cell.bounds)
        return Figure(low, low, high, 0, State.MASKED, cell)
    return Figure(0, 0, 0, 0, _state(cell), cell)


def _state(cell: Cell) -> State:
    if cell.refusal is None and not cell.raw.strip():
        return State.BLANK
    return State.NOTHING if cell.obs_status is ObsStatus.CANNOT_EXIST and cell.refusal is None else State.UNKNOWN


def _label(row: Row) -> str:
    return next((label for label in reversed(row.labels) if label), "") or " ".join(row.group)


def _of_row(index: int, row: Row, figures: Sequence[Figure], table: Table, language: Language) -> Strip:
    units = [
        c.unit or k.unit or table.unit for c, k in zip(row.cells, table.columns, strict=True) if c.value is not None
    ]
    path = _plain((*row.group, *row.labels))
    said = tuple([language.is_total(part) for part in path])
    label = _label(row)
    return Strip(
        index=index,
        label=label,
        path=path,
        role=_role(row.role, said[len(row.group) :]),
        level=row.level,
        figures=tuple(figures),
        percent=_mostly_percent(units) or _says_percent(label, language),
        marks=row.marks,
        words=_words(label, language),
        says_total=said,
    )


def _of_column(index: int, column: Column, figures: Sequence[Figure], table: Table, language: Language) -> Strip:
    path = _plain(column.path)
    said = tuple([language.is_total(part) for part in path])
    return Strip(
        index=index,
        label=column.raw,
        path=path,
        role=_role(column.role, said),
        level=0,
        figures=tuple(figures),
        percent=_mostly_percent([f.cell.unit or column.unit or table.unit for f in figures if f.known]),
        marks=column.marks,
        words=_words(column.raw, language),
        says_total=said,
    )


def _plain(path: Sequence[str]) -> tuple[str, ...]:
    return tuple([split_marks(part)[0] for part in path])


def _role(role: Role, said: Sequence[bool]) -> Role:
    """A label at any level that says `Totaal` makes a total, under a sector as well as beside it."""
    return Role.TOTAL if role is Role.PART and any(said) else role


def _says_percent(label: str, language: Language) -> bool:
    stated = language.stated_unit(label)
    return stated is not None and stated.unit == "%"


def _mostly_percent(units: Sequence[str | None]) -> bool:
    return "%" in units and Counter(units).most_common(1)[0][0] == "%"


@lru_cache(maxsize=8192)  # a table is looked at in several ways, and labels stand in many tables
def _words(label: str, language: Language) -> frozenset[Word]:
    inner = fold(split_marks(label)[0]).strip(" :()")
    said = {
        Word.BARE: inner in {fold(word) for word in language.totals},
        Word.SUBSET: language.is_subset(label),
        Word.HEAD: any(inner.endswith(fold(word)) for word in language.subset_words),
        Word.RATIO: language.is_ratio(label),
        Word.DIFFERENCE: language.is_difference(label),
        Word.EXCEPT: language.is_exception(label),
    }
    return frozenset(word for word, is_said in said.items() if is_said)
