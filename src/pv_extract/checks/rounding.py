"""Whether figures are rounded, and to what: told by a topic, a note, a unit or the printed decimals; counts never are."""

import re
from dataclasses import dataclass
from decimal import Decimal

from pv_extract.model import Cell, Column, Meaning, Table
from pv_extract.topics import TotalsOf

_EXACT, _WHOLE = Decimal(0), Decimal(1)
_SIGNED = "signed figures are"


@dataclass(frozen=True, slots=True)
class Rounding:
    """How the figures of one table are rounded; `because` quotes what says so, empty where only decimals could.

    `fixed` is the unit that a topic declares (0 for exact figures) or a note states; None leaves it to each figure.
    """

    because: str
    fixed: Decimal | None
    table_unit: str | None
    table_multiplier: int
    with_decimals: frozenset[tuple[str, ...]]
    signed: bool = False

    def step(self, cell: Cell, column: Column) -> Decimal:
        """Unit that one figure is rounded to, in printed numbers; 0 where it is exact (counts, cents)."""
        if self.fixed is not None:
            return self.fixed
        decimals = _decimals(cell) if isinstance(cell.value, Decimal) else 0
        unit = cell.unit or column.unit or self.table_unit
        multiplier = cell.multiplier * column.multiplier * self.table_multiplier
        if decimals:
            exact_cents = unit == "EUR" and multiplier == 1 and decimals == 2
            return _EXACT if exact_cents else _WHOLE.scaleb(-decimals)
        amount = unit in ("EUR", "%") or multiplier > 1 or self.signed or column.path in self.with_decimals
        return _WHOLE if amount and cell.value is not None else _EXACT


def rounding_of(table: Table, declared: TotalsOf | None) -> Rounding:
    """The rounding of a table, with its reason: the topic decides, then a note, then units and decimals."""
    fractions = [(k, c) for row in table.rows for k, c in enumerate(row.cells) if isinstance(c.value, Decimal)]
    decimals = frozenset([table.columns[k].path for k, cell in fractions if _decimals(cell)])
    because, fixed = _stated(table, declared, bool(decimals))
    return Rounding(because, fixed, table.unit, table.multiplier, decimals, because.startswith(_SIGNED))


def _stated(table: Table, declared: TotalsOf | None, decimals: bool) -> tuple[str, Decimal | None]:
    if declared and declared.rule == "rounded":
        return declared.because, declared.unit
    exact = None if decimals else Decimal(0)
    if declared and declared.rule in ("sum", "distinct"):
        return "", exact
    if note := next((n for n in table.notes if n.meaning is Meaning.ROUNDED), None):
        unit = re.search(r"\b(10{0,6}|5|20|25|50|500)\b", note.text.replace(".", ""))
        whole = None if decimals else Decimal(1)
        return f'note {note.mark}: "{note.text}"', Decimal(unit.group()) if unit else whole
    return _by_units(table, decimals), None


def _by_units(table: Table, decimals: bool) -> str:
    multiplier = max(table.multiplier, *(column.multiplier for column in table.columns), 1)
    if multiplier > 1:
        return f"figures are printed in units of {multiplier}"
    if decimals:
        return "figures are printed with a fixed number of decimals"
    if sum([cell.value is not None and cell.value < 0 for row in table.rows for cell in row.cells]) > 1:
        return f"{_SIGNED} amounts, printed in whole units"
    amounts = {table.unit, *(column.unit for column in table.columns)} & {"EUR", "%"}
    return "amounts are printed in whole units" if amounts else ""


def _decimals(cell: Cell) -> int:
    if not isinstance(cell.value, Decimal):
        return 0
    exponent = cell.value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
