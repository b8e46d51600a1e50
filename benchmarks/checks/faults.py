"""Faults as they happen in print and in reading, put into tables whose truth is known; each with its culprit."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from benchmarks.checks.made import Made, Total, shown

ALIKE = {"0": "68", "1": "74", "2": "7", "3": "8", "4": "19", "5": "68", "6": "058", "7": "12", "8": "036", "9": "4"}


@dataclass(frozen=True)
class Fault:
    """A faulty table, the kind of fault, and the label (and column, for a cell) that is to blame."""

    made: Made
    kind: str
    label: str
    column: str = ""


def _cell(made: Made, draw: random.Random) -> tuple[int, int] | None:
    """A figure that some total checks, parts and totals alike."""
    involved = sorted({cell for t in made.totals for cell in (t.at, *t.parts)})
    usable = [(r, c) for r, c in involved if re.search(r"\d\d", made.rows[r][c + 1]) and "<" not in made.rows[r][c + 1]]
    return draw.choice(usable) if usable else None


def _edited(made: Made, draw: random.Random, kind: str, edit: Callable[[str], str | None]) -> Fault | None:
    cell = _cell(made, draw)
    if cell is None:
        return None
    row, column = cell
    printed = made.rows[row][column + 1]
    digits = re.sub(r"\D", "", printed)
    changed = edit(digits)
    if changed is None or int(changed) == int(digits):
        return None
    text = f"{shown(int(changed[:-1] or '0'))},{changed[-1]}" if "," in printed else shown(int(changed))
    return Fault(made.with_cell(row, column, text), kind, made.rows[row][0], made.header[column + 1])


def swapped(made: Made, draw: random.Random) -> Fault | None:
    def edit(digits: str) -> str | None:
        pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1]]
        if not pairs:
            return None
        i = draw.choice(pairs)
        return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]

    return _edited(made, draw, "two digits swapped", edit)


def misread(made: Made, draw: random.Random) -> Fault | None:
    def edit(digits: str) -> str | None:
        i = draw.randrange(len(digits))
        return digits[:i] + draw.choice(ALIKE[digits[i]]) + digits[i + 1 :]

    return _edited(made, draw, "one digit misread", edit)


def factor(made: Made, draw: random.Random) -> Fault | None:
    power = draw.choice((1, 2, 3))
    return _edited(made, draw, "factor 10, 100, 1000", lambda digits: digits + "0" * power)


def glued(made: Made, draw: random.Random) -> Fault | None:
    marked = replace(made, notes=(*made.notes, ("1", "Bron: eigen telling.")))
    return _edited(marked, draw, "glued footnote mark", lambda digits: digits + "1")


def _parts(made: Made) -> list[int]:
    totals = {t.at[0] for t in made.totals}
    return [r for r in range(len(made.rows)) if r not in totals or _row_only(made, r)]


def _row_only(made: Made, row: int) -> bool:
    return all(t.at[0] != row or all(r == row for r, _ in t.parts) for t in made.totals)


def missing(made: Made, draw: random.Random) -> Fault | None:
    row = draw.choice(_parts(made))
    if not re.search(r"\d", made.rows[row][1]) or "<" in "".join(made.rows[row]):
        return None
    totals = tuple(t for t in (_without(t, row) for t in made.totals) if t)
    owner = next(made.rows[t.at[0]][0] for t in made.totals if any(r == row for r, _ in t.parts) and t.at[0] != row)
    return Fault(replace(made, rows=made.rows[:row] + made.rows[row + 1 :], totals=totals), "row missing", owner)


def _without(total: Total, row: int) -> Total | None:
    def down(cell: tuple[int, int]) -> tuple[int, int]:
        return (cell[0] - (cell[0] > row), cell[1])

    if total.at[0] == row:
        return None
    return Total(down(total.at), tuple(down(cell) for cell in total.parts if cell[0] != row))


def twice(made: Made, draw: random.Random) -> Fault | None:
    row = draw.choice(_parts(made))
    if not re.search(r"\d", made.rows[row][1]) or "<" in "".join(made.rows[row]):
        return None

    def down(cell: tuple[int, int]) -> tuple[int, int]:
        return (cell[0] + (cell[0] > row), cell[1])

    totals = [
        Total(down(t.at), tuple(c for cell in t.parts for c in ((down(cell), (row + 1, cell[1])) if cell[0] == row else (down(cell),))))  # noqa: E501 - one step of the mapping
        for t in made.totals if t.at[0] != row
    ]  # fmt: skip
    totals += [
        Total((r, t.at[1]), tuple((r, c) for _, c in t.parts))
        for t in made.totals
        if t.at[0] == row
        for r in (row, row + 1)
    ]
    doubled = (*made.rows[: row + 1], made.rows[row], *made.rows[row + 1 :])
    return Fault(replace(made, rows=doubled, totals=tuple(totals)), "row counted twice", made.rows[row][0])


def left_out(made: Made, draw: random.Random) -> Fault | None:
    """The last total leaves one row out in all its columns, as one that forgets Brussels."""
    last = max(t.at[0] for t in made.totals if not _row_only(made, t.at[0]))
    own = [t for t in made.totals if t.at[0] == last and all(r != last for r, _ in t.parts)]
    row = draw.choice(sorted({r for t in own for r, _ in t.parts}))
    if "<" in "".join(made.rows[row]):
        return None
    changed = made
    for t in own:
        k = t.at[1]
        value = number(made.rows[last][k + 1]) - number(made.rows[row][k + 1])
        changed = changed.with_cell(last, k, printed(value, made.rows[last][k + 1]))
    return Fault(changed, "total leaves one out", made.rows[row][0])


def subtotals_added(made: Made, draw: random.Random) -> Fault | None:  # noqa: ARG001 - every fault takes the same
    if not made.family.startswith("hierarchy"):
        return None
    last, changed = len(made.rows) - 1, made
    for t in (t for t in made.totals if t.at[0] == last and all(r != last for r, _ in t.parts)):
        value = 2 * number(made.rows[last][t.at[1] + 1])
        changed = changed.with_cell(last, t.at[1], printed(value, made.rows[last][t.at[1] + 1]))
    return Fault(changed, "subtotals summed with members", made.rows[last][0])


def shifted(made: Made, draw: random.Random) -> Fault | None:
    """One row's figures stand a column too far to the right; its first is printed twice."""
    width = len(made.header) - 1 - (made.header[-1] == "Totaal")
    row = draw.choice(_parts(made))
    cells = made.rows[row][1 : width + 1]
    if width < 3 or len(set(cells)) < width or any("<" in c for c in cells):
        return None
    changed = made
    for k in range(1, width):
        changed = changed.with_cell(row, k, cells[k - 1])
    return Fault(changed, "shifted column", made.rows[row][0])


def number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))


def printed(value: Decimal, like: str) -> str:
    if "," in like:
        whole, fraction = f"{value:.1f}".split(".")
        return f"{shown(int(whole))},{fraction}"
    return shown(int(value))


KINDS = (swapped, misread, factor, glued, missing, twice, left_out, subtotals_added, shifted)


def beyond(made: Made) -> bool:
    """Whether any total is outside what its rule allows, by the construction of the table alone."""
    return any(_broken(made, total) for total in made.totals)


def _broken(made: Made, total: Total) -> bool:
    value = number(made.rows[total.at[0]][total.at[1] + 1])
    texts = [made.rows[r][c + 1] for r, c in total.parts]
    known = [number(t) for t in texts if "<" not in t]
    high = sum(known, Decimal(0)) + 9 * (len(texts) - len(known))
    if made.rule == "distinct":
        return not max(known) <= value <= high
    slack = Decimal("0.05") * (len(texts) + 1) if made.rule == "rounded" else Decimal(0)
    return not sum(known, Decimal(0)) - slack <= value <= high + slack
