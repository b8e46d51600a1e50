"""Tables with known structure, made of the fixture's true figures: sums, unique counts, rounded, masked, nested, two-way."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from pv_extract.answer import PlacedGrid
from pv_extract.languages import load_language
from pv_extract.model import Grid, GridCell, Note, RawColumn, RawRow, RawTable, Table
from pv_extract.pipeline import extract
from pv_extract.tables import type_table

FIXTURE = Path(__file__).parents[2] / "fixtures" / "answer-757" / "answer-757.txt"
OVERLAP = "Een onderneming met vestigingen in meerdere provincies telt in elk van die provincies mee."
ROUNDED = "Cijfers afgerond op een decimaal."


@dataclass(frozen=True)
class Total:
    """A total by construction: where it stands and the cells it adds up, as (row, column)."""

    at: tuple[int, int]
    parts: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Made:
    """Printed cells (label first), their totals, and the rule they follow."""

    family: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[Total, ...]
    rule: str
    notes: tuple[tuple[str, str], ...] = ()

    def table(self) -> Table:
        language = load_language("nl")
        cells = tuple(
            GridCell(r, c, text) for r, row in enumerate((self.header, *self.rows)) for c, text in enumerate(row)
        )
        at = {(cell.row, cell.column): cell for cell in cells}
        width = len(self.header)
        columns = tuple(RawColumn((self.header[c],), (at[0, c],)) for c in range(1, width))
        body = tuple(
            RawRow((row[0],), tuple(at[r, c] for c in range(1, width)), 1, printed=(row[0],))
            for r, row in enumerate(self.rows, start=1)
        )
        grid = Grid(cells, 1, how="made")
        notes = tuple(Note(mark, text, language.meaning(text)) for mark, text in self.notes)
        return type_table(
            RawTable((self.header[0],), columns, body, grid), PlacedGrid("t1", grid, "1", None, notes), language
        )

    def with_cell(self, row: int, column: int, text: str) -> "Made":
        line = self.rows[row]
        changed = (*line[: column + 1], text, *line[column + 2 :])
        return replace(self, rows=(*self.rows[:row], changed, *self.rows[row + 1 :]))


def bases(seed: int, copies: int) -> Iterator[Made]:
    """The true tables, and as many made of random halves of their rows and columns, each with totals that hold."""
    source = [
        [(row.labels[-1], [int(c.value or 0) for c in row.cells]) for row in t.rows] for t in extract(FIXTURE).tables
    ]
    periods = ["2019-2020", "2020-2021", "2021-2022", "2022-2023"]
    draw = random.Random(seed)
    provinces, sectors = source[0], source[1]
    mentors = source[4]
    yield sums(mentors[:-1], ["gevolgd"], "sum one-way")
    yield from (distinct(table, periods) for table in (provinces, source[2]))
    for _ in range(copies):
        rows = draw.sample(sectors + source[3][:10], k=draw.randint(5, 20))
        rows = [(label, values) for n, (label, values) in enumerate(rows) if label not in [r[0] for r in rows[:n]]]
        width = draw.randint(2, 4)
        some = [(label, values[:width]) for label, values in rows]
        heads = periods[:width]
        yield sums(some, heads, "sum one-way")
        yield sums([(label, values[:1]) for label, values in rows], ["aantal"], "sum one column")
        yield two_way(some, heads, "sum two-way")
        yield nested(some, heads, "hierarchy", draw)
        yield nested(two(some), [*heads, "Totaal"], "hierarchy two-way", draw)
        yield rounded(some, heads)
        yield masked(some, heads)
        yield overlapping(some, heads, draw)


def shown(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def _lines(rows: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, ...]]:
    return [(label, *map(shown, values)) for label, values in rows]


def sums(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], family: str) -> Made:
    width, n = len(heads), len(rows)
    total = ("Totaal", *(shown(sum(values[k] for _, values in rows)) for k in range(width)))
    totals = tuple(Total((n, k), tuple((r, k) for r in range(n))) for k in range(width))
    return Made(family, ("Aantal leerlingen per sector", *heads), (*_lines(rows), total), totals, "sum")


def two(rows: Sequence[tuple[str, Sequence[int]]]) -> list[tuple[str, list[int]]]:
    return [(label, [*values, sum(values)]) for label, values in rows]


def two_way(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], family: str) -> Made:
    made = sums(two(rows), [*heads, "Totaal"], family)
    width = len(heads)
    across = tuple(Total((r, width), tuple((r, k) for k in range(width))) for r in range(len(rows) + 1))
    return replace(made, totals=(*made.totals, *across))


def nested(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], family: str, draw: random.Random) -> Made:
    """Groups of two to five rows, each with its subtotal below, and a grand total of the subtotals."""
    lines: list[tuple[str, Sequence[int]]] = []
    totals: list[Total] = []
    subtotals: list[int] = []
    left, width, number = list(rows), len(heads), 0
    while left:
        size = draw.randint(2, 5) if len(left) > 6 else len(left)
        group, left, number = left[:size], left[size:], number + 1
        start = len(lines)
        lines += group
        lines.append((f"Subtotaal groep {number}", [sum(v[k] for _, v in group) for k in range(width)]))
        subtotals.append(len(lines) - 1)
        totals += [Total((len(lines) - 1, k), tuple((start + i, k) for i in range(len(group)))) for k in range(width)]
    lines.append(("Eindtotaal", [sum(lines[s][1][k] for s in subtotals) for k in range(width)]))
    totals += [Total((len(lines) - 1, k), tuple((s, k) for s in subtotals)) for k in range(width)]
    if heads[-1] == "Totaal":
        totals += [Total((r, width - 1), tuple((r, k) for k in range(width - 1))) for r in range(len(lines))]
    return Made(family, ("Aantal leerlingen per groep", *heads), tuple(_lines(lines)), tuple(totals), "sum")


def distinct(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str]) -> Made:
    n = len(rows) - 1
    totals = tuple(Total((n, k), tuple((r, k) for r in range(n))) for k in range(len(heads)))
    header = ("Aantal unieke ondernemingen per provincie**", *heads)
    return Made("distinct", header, tuple(_lines(rows)), totals, "distinct", (("**", OVERLAP),))


def overlapping(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str], draw: random.Random) -> Made:
    added = [sum(v[k] for _, v in rows) for k in range(len(heads))]
    least = [max(v[k] for _, v in rows) for k in range(len(heads))]
    totals = [max(low, round(total * draw.uniform(0.96, 0.999))) for low, total in zip(least, added, strict=True)]
    return distinct([*rows, ("Totaal", totals)], heads)


def _tenths(value: Decimal) -> str:
    return shown_decimal(value.quantize(Decimal("0.1"), ROUND_HALF_UP))


def shown_decimal(value: Decimal) -> str:
    whole, fraction = f"{value:f}".split(".")
    return f"{shown(int(whole))},{fraction}"


def rounded(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str]) -> Made:
    """Amounts in thousands with one decimal: parts and totals are rounded each on its own."""
    exact = [(label, [Decimal(v * 37) / 1000 for v in values]) for label, values in rows]
    lines = [(label, *map(_tenths, values)) for label, values in exact]
    total = ("Totaal", *(_tenths(sum((v[k] for _, v in exact), Decimal(0))) for k in range(len(heads))))
    totals = tuple(Total((len(rows), k), tuple((r, k) for r in range(len(rows)))) for k in range(len(heads)))
    header = ("Subsidies per sector (in duizend euro)", *heads)
    return Made("rounded", header, (*lines, total), totals, "rounded", (("", ROUNDED),))


def masked(rows: Sequence[tuple[str, Sequence[int]]], heads: Sequence[str]) -> Made:
    made = sums(rows, heads, "suppressed")
    body = tuple((r[0], *("<10" if int(c.replace(".", "")) < 10 else c for c in r[1:])) for r in made.rows[:-1])
    return replace(made, rows=(*body, made.rows[-1]), rule="suppressed")
