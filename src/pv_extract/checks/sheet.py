"""A table as lines of whole numbers, by rows or by columns: what the arithmetic of the totals works on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

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


AVERAGES, PERCENTAGES = "averages and rates do not add up", "percentages of different bases do not add up"
CHANGES = "changes in per cent do not add up"
_NO_PARTS = frozenset({Word.SUBSET, Word.RATIO})
# what a heading says of the rows under it, where it does not speak of per cent and where it does
_OF_AVERAGES, _OF_RATES = frozenset({Word.RATIO}), frozenset({Word.RATIO, Word.DIFFERENCE})


class Figure(NamedTuple):
    """One cell, scaled to whole numbers: `value` lies between `low` and `high`, which differ where the figure is masked.

    `step` is the unit that it is rounded to, 0 where it is exact. `known` says whether it has a value of its own, `gap` whether
    it could bring anything into a sum, `grows` whether no sum comes nearer to a smaller number by it, whatever is rounded, and
    `telling` whether it does not vanish in the rounding.
    """

    value: int
    low: int
    high: int
    step: int
    state: State
    cell: Cell
    known: bool = False
    gap: bool = False
    grows: bool = False
    telling: bool = False


@dataclass(slots=True, eq=False)
class Strip:
    """One row, or one column seen as a row; `path` are its headings and labels, outermost first.

    `says_total` tells which parts of the path are words for a total; `blank` that nothing is printed in any of its cells, and
    `additive` that it can be part of a sum: not blank, no average, rate, or subset of another line. `values` and what follows
    it are those of its figures.
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
    says_total: tuple[bool, ...]
    blank: bool
    additive: bool
    values: tuple[int, ...]
    steps: tuple[int, ...]
    known: tuple[bool, ...]
    gaps: tuple[bool, ...]
    grows: tuple[bool, ...]
    telling: tuple[bool, ...]


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
    scale, down = _figures(table, rounding)
    across = list(zip(*down, strict=True)) if down else [()] * len(table.rows)
    shares = _has_percentages(table)
    rows = tuple([_of_row(i, row, across[i], shares, table, language) for i, row in enumerate(table.rows)])
    columns = tuple([_of_column(k, c, down[k], shares, table, language) for k, c in enumerate(table.columns)])
    loose = tuple(map(_never_adds, columns))
    if any(loose) and not all(loose):
        _leave_out(rows, [k for k, why in enumerate(loose) if why])
    return (
        Sheet(table, rows, tuple([s.label for s in columns]), True, scale, loose),
        Sheet(table, columns, tuple([s.label for s in rows]), False, scale, tuple(map(_never_adds, rows))),
    )


def _leave_out(rows: Sequence[Strip], columns: Sequence[int]) -> None:
    """Rates and percentages say nothing on which rows add up, where other columns do: a growth of 0.5 % is nobody's part."""
    for strip in rows:
        known, gaps, grows, telling = map(list, (strip.known, strip.gaps, strip.grows, strip.telling))
        for k in columns:
            known[k], gaps[k], grows[k], telling[k] = False, True, False, False
        strip.known, strip.gaps, strip.grows, strip.telling = map(tuple, (known, gaps, grows, telling))


def _never_adds(strip: Strip) -> str:
    if Word.RATIO in strip.words:
        return AVERAGES
    if not strip.percent:
        return ""
    return CHANGES if Word.DIFFERENCE in strip.words else PERCENTAGES


def _figures(table: Table, rounding: Rounding) -> tuple[int, list[tuple[Figure, ...]]]:
    """What scales the figures of a table to whole numbers, and the figures of each column."""
    columns = table.columns
    cells = list(zip(*[row.cells for row in table.rows], strict=True)) if table.rows else [()] * len(columns)
    paired = list(zip(columns, cells, strict=True))
    multipliers = {cell.multiplier * column.multiplier for column, held in paired for cell in held}
    # figures in thousands among millions are compared in thousands
    factor = min(multipliers) if len(multipliers) > 1 else None
    amounts = [_amounts(held, column, factor) for column, held in paired]
    scale = 10 ** max([_decimals(value) for held in amounts for value in held if isinstance(value, Decimal)], default=0)
    return scale, [
        tuple([_figure(cell, value, column, scale, rounding) for cell, value in zip(held, values, strict=True)])
        for (column, held), values in zip(paired, amounts, strict=True)
    ]


def _amounts(cells: Sequence[Cell], column: Column, factor: int | None) -> list[Number | None]:
    """The values in units of the factor; as printed where there is one factor for all."""
    return [cell.value for cell in cells] if factor is None else [_amount(cell, column, factor) for cell in cells]


def _amount(cell: Cell, column: Column, factor: int) -> Number | None:
    if cell.value is None:
        return None
    multiplier = cell.multiplier * column.multiplier
    return cell.value if multiplier == factor else Decimal(cell.value) * (Decimal(multiplier) / factor)


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _figure(cell: Cell, value: Number | None, column: Column, scale: int, rounding: Rounding) -> Figure:
    if value is not None:
        unit = rounding.step(cell, column)
        scaled, step = int(value * scale), int(unit * scale) if unit else 0
        grows, telling = scaled >= (step + 1) // 2, abs(scaled) > 3 * step
        return Figure(scaled, scaled, scaled, step, State.NUMBER, cell, True, False, grows, telling)
    if cell.bounds is not None:
        low, high = (int(bound * scale) for bound in cell.bounds)
        return Figure(low, low, high, 0, State.MASKED, cell, gap=True, telling=low != 0)
    state = _state(cell)
    gap = state is State.UNKNOWN
    return Figure(0, 0, 0, 0, state, cell, gap=gap, grows=not gap)


def _state(cell: Cell) -> State:
    if cell.refusal is None and not cell.raw.strip():
        return State.BLANK
    return State.NOTHING if cell.obs_status is ObsStatus.CANNOT_EXIST and cell.refusal is None else State.UNKNOWN


def _of_row(index: int, row: Row, figures: tuple[Figure, ...], shares: bool, table: Table, language: Language) -> Strip:
    label = row.label or " ".join(row.group)
    percent = shares and _mostly_percent(
        [c.unit or k.unit or table.unit for c, k in zip(row.cells, table.columns, strict=True) if c.value is not None]
    )
    path, said = _told((*row.group, *row.labels), language)
    words, says_percent = _words(label, language)
    if row.group and row.label:
        over, shared = _words(" ".join(row.group), language)
        says_percent = says_percent or shared
        words |= over & (_OF_RATES if shared else _OF_AVERAGES)
    role = _role(row.role, said[len(row.group) :])
    told = (index, label, path, role, row.level, figures, percent or says_percent, row.marks, words, said)
    return Strip(*told, *_of_figures(figures, words))


def _of_column(
    index: int, column: Column, figures: tuple[Figure, ...], shares: bool, table: Table, language: Language
) -> Strip:
    percent = shares and _mostly_percent([f.cell.unit or column.unit or table.unit for f in figures if f.known])
    path, said = _told(column.path, language)
    words, says_percent = _words(column.raw, language)
    if not says_percent and len(column.path) > 1:  # `2025` above `Percent` counts no percent
        says_percent = any(_words(part, language)[1] for part in column.path)
    told = (
        index, column.raw, path, _role(column.role, said), 0, figures, percent or says_percent, column.marks, words, said,
    )  # fmt: skip
    return Strip(*told, *_of_figures(figures, words))


def _of_figures(figures: tuple[Figure, ...], words: frozenset[Word]) -> tuple[Any, ...]:  # Any: of two kinds
    """What follows of a line from its figures: `blank` and the fields after it."""
    values, _, _, steps, states, _, known, gaps, grows, telling = zip(*figures, strict=True) if figures else [()] * 10
    blank = states.count(State.BLANK) == len(states)
    return blank, not (blank or words & _NO_PARTS), values, steps, known, gaps, grows, telling


@lru_cache(maxsize=8192)  # headers and labels stand in many tables
def _told(path: tuple[str, ...], language: Language) -> tuple[tuple[str, ...], tuple[bool, ...]]:
    """The parts of a path without their marks, and which of them are words for a total."""
    plain = tuple([split_marks(part)[0] for part in path])
    return plain, tuple([language.is_total(part) for part in plain])


def _role(role: Role, said: Sequence[bool]) -> Role:
    """A label at any level that says `Totaal` makes a total, under a sector as well as beside it."""
    return Role.TOTAL if role is Role.PART and any(said) else role


def _has_percentages(table: Table) -> bool:
    """Whether `%` is the unit of anything in the table: most have none, and need no count of units."""
    units = {table.unit, *[c.unit for c in table.columns], *[c.unit for row in table.rows for c in row.cells]}
    return "%" in units


def _mostly_percent(units: Sequence[str | None]) -> bool:
    return "%" in units and Counter(units).most_common(1)[0][0] == "%"


@lru_cache(maxsize=8192)  # a table is looked at in several ways, and labels stand in many tables
def _words(label: str, language: Language) -> tuple[frozenset[Word], bool]:
    """What a label says of its line, and whether it says that its figures are percentages."""
    inner = fold(split_marks(label)[0]).strip(" :()")
    said = {
        Word.BARE: inner in {fold(word) for word in language.totals},
        Word.SUBSET: language.is_subset(label),
        Word.HEAD: any(inner.endswith(fold(word)) for word in language.subset_words),
        Word.RATIO: language.is_ratio(label),
        Word.DIFFERENCE: language.is_difference(label),
        Word.EXCEPT: language.is_exception(label),
    }
    unit = language.stated_unit(label)
    says_percent = (unit is not None and unit.unit == "%") or language.is_percentage(label)
    return frozenset(word for word, is_said in said.items() if is_said), says_percent
