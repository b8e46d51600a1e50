"""What a spreadsheet needs to know of a table: number formats, merged header cells, names of sheets."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from pv_extract.model import Cell, Number

_SIGNS = set("-−–+()")
_GROUPED = re.compile(r"\d[.,'’\s]\d{3}(?!\d)")


@dataclass(frozen=True, slots=True)
class Spanner:
    """A header text over `rows` levels and `columns` columns, its first cell at (`row`, `column`)."""

    rows: int
    columns: int
    row: int
    column: int
    text: str


def spanners(paths: Sequence[Sequence[str]], first: int) -> list[Spanner]:
    """Header cells of data columns that start at column `first`: equal outer texts side by side are one cell.

    A path that is shorter than the deepest one reaches down with its last entry.
    """
    depth = max((len(path) for path in paths), default=0)
    out: list[Spanner] = []
    for level in range(depth):
        for _, run in groupby(range(len(paths)), key=lambda i: _what_spans(paths[i], level) or i):
            columns = list(run)
            path = paths[columns[0]]
            if level < len(path):
                rows = depth - level if level == len(path) - 1 else 1
                out.append(Spanner(rows, len(columns), level, first + columns[0], path[level]))
    return out


def _what_spans(path: Sequence[str], level: int) -> tuple[str, ...]:
    """The texts down to this level where more levels follow; nothing for an innermost one, which stands by itself."""
    return tuple(path[: level + 1]) if level < len(path) - 1 else ()


def number_format(cell: Cell) -> str:
    """Spreadsheet format that shows a value as it was printed: grouped or not, its decimals, its unit and marks.

    What stands around the digits is literal: `12,5 %` shows as 12.5 % and is worth 12.5.
    """
    digits = [place for place, character in enumerate(cell.raw) if character.isdecimal()]
    before, after = (cell.raw[: digits[0]], cell.raw[digits[-1] + 1 :]) if digits else ("", "")
    decimals = max(0, -int(cell.value.as_tuple().exponent)) if isinstance(cell.value, Decimal) else 0
    whole = "#,##0" if _GROUPED.search(cell.raw) else "0"
    return _literal(before) + whole + ("." + "0" * decimals if decimals else "") + _literal(after)


def _literal(text: str) -> str:
    plain = "".join(c for c in text if c not in _SIGNS and c != '"')
    return f'"{plain}"' if plain.strip() else ""


def exact_in_double(value: Number) -> bool:
    """Whether a spreadsheet, which keeps 15 digits, holds the value exactly."""
    return len(Decimal(value).normalize().as_tuple().digits) <= 15


def sheet_names(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    r"""Names a workbook accepts: 31 characters, none of `[]:*?/\\`, no two alike but for case; repeated ones are numbered."""
    used = {name.casefold() for name in taken}
    out = []
    for name in wanted:
        base = re.sub(r"[\[\]:*?/\\']", "-", name).strip()[:31] or "table"
        unique, number = base, 1
        while unique.casefold() in used:
            number += 1
            unique = f"{base[: 30 - len(str(number))]} {number}"
        used.add(unique.casefold())
        out.append(unique)
    return out
