"""Competing readings of a table without walls: columns put together or apart, held against their own types and totals."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pv_extract.languages import is_total
from pv_extract.layout.columns import Column
from pv_extract.layout.lines import has_digits, is_datum, is_figure
from pv_extract.layout.numerals import well_grouped
from pv_extract.layout.plain import Region
from pv_extract.layout.strips import Strip, strip_of
from pv_extract.model import GridCell, Word
from pv_extract.numbers import read_cell

_MARK = re.compile(r"\((?:\w{1,2}|[+\-−–±]?\d[\d.,]*%?)\)$")  # a mark, or the error or share of the figure before it

_LEVELS = (
    2,
    3,
    4,
)  # times that a column with its total holds it: more where lines stand for lines, and these for others

Parts = Mapping[int, tuple[Word, ...]]  # words of a number that was put together, by its id


def faults(cells: Sequence[GridCell]) -> int:
    """What speaks against a reading: cells of two figures, columns of two types or without a header, totals that are off."""
    rows: dict[int, dict[int, str]] = {}
    for cell in cells:
        if cell.text:
            rows.setdefault(cell.row, {})[cell.column] = cell.text
    first = next((r for r, held in sorted(rows.items()) if _data(held)), None)
    if first is None:
        return 0
    head = [held for r, held in rows.items() if r < first]
    body = [held for r, held in sorted(rows.items()) if r >= first]
    columns = sorted({c for held in body for c in held if c > 0})
    spanned = {c.column + k for c in cells if c.row < first and c.text for k in range(c.column_span)}
    totals = [k for k, held in enumerate(body) if is_total(held.get(0, ""))]
    total = totals[0] if len(totals) == 1 else None
    count = 0
    for column in columns:
        texts = [held[column] for held in body if column in held]
        figures = sum(map(is_figure, texts))
        count += 2 * sum([torn(t) for t in texts if " " in t]) + min(figures, len(texts) - figures)
        count += bool(head) and column not in spanned
        count += 2 * _off([held.get(column, "") for held in body], total)
    return count + sum(1 for held in head for c in held if c > 0 and c not in columns)


def _data(held: Mapping[int, str]) -> bool:
    texts = [t for c, t in held.items() if c > 0]
    return bool(texts) and 2 * sum(1 for t in texts if is_datum(t)) >= len(texts)


def torn(text: str) -> bool:
    """Whether a cell prints more than one figure, none of them the groups of one number."""
    parts = [part for part in text.split(" ") if not _MARK.match(part)]
    return len(parts) > 1 and all(has_digits(p) for p in parts) and not well_grouped(" ".join(parts))


def _off(column: Sequence[str], total: int | None) -> bool:
    """Whether the one total of a column of numbers is not their sum, nor as often in it as lines stand for lines under them.

    Blanks add nothing: a reading is not better because it leaves some.
    """
    if total is None or len(column) < 3 or not column[total]:
        return False
    values = [read_cell(text).value if text else 0 for text in column]
    if any(v is None for v in values):
        return False
    numbers = [Decimal(v) for v in values if v is not None]
    return sum(numbers) not in [level * numbers[total] for level in _LEVELS]


def others(region: Region, parts: Parts) -> Iterator[tuple[str, Region]]:
    """Other readings of the region's columns, each with what it does to them."""
    columns = list(region.columns)
    for k in range(1, len(columns) - 1):
        left, right = columns[k], columns[k + 1]
        if not left.lines & right.lines:
            both = Column(min(left.x0, right.x0), max(left.x1, right.x1), left.lines | right.lines)
            merged = (*columns[:k], both, *columns[k + 2 :])
            yield f"columns {k + 1} and {k + 2} as one", replace(region, columns=merged)
    apart = _taken_apart(region, parts)
    for k in range(1, len(columns)):
        for x in _gaps(apart.strips, columns[k]):
            left, right = (
                Column(columns[k].x0, x, set(columns[k].lines)),
                Column(x, columns[k].x1, set(columns[k].lines)),
            )
            yield f"column {k + 1} as two", replace(apart, columns=(*columns[:k], left, right, *columns[k + 1 :]))


def _taken_apart(region: Region, parts: Parts) -> Region:
    """The region with the groups of its numbers as words of their own."""
    strips = []
    for strip in region.strips:
        words = [part for w in strip.line.words for part in parts.get(id(w), (w,))]
        strips.append(strip if len(words) == len(strip.line.words) else strip_of(words, halfway=strip.halfway))
    return replace(region, strips=tuple(strips))


def _gaps(strips: Sequence[Strip], column: Column) -> list[float]:
    """Positions inside a column where nearly every line has a gap between two figures."""
    gaps: list[tuple[float, float]] = []
    lines = 0
    for strip in strips:
        inside = [
            w for w in strip.line.words if column.x0 - 1 <= w.box.middle[0] <= column.x1 + 1 and has_digits(w.text)
        ]
        lines += bool(inside)
        gaps += [(a.box.x1, b.box.x0) for a, b in pairwise(inside)]
    out: list[float] = []
    for x0, x1 in gaps:
        x = (x0 + x1) / 2
        through = sum(1 for a, b in gaps if a <= x <= b)
        if lines > 2 and through >= 0.8 * lines and not any(abs(x - y) < 2.0 for y in out):
            out.append(x)
    return out
