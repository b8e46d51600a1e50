"""Why a total is most likely off: culprits, ranked, each with the arithmetic that it repairs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from statistics import fmean, pstdev

from pv_extract.checks.edits import edits
from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.omissions import Suspect, omissions
from pv_extract.checks.rules import hold
from pv_extract.checks.sheet import Figure, Strip

_REPAIRED, _BROKEN = 5.0, 7.0  # weight of another total that a repair puts right, or puts wrong
_SIBLING = 1.5  # weight of a deviation from the sibling columns, in standard deviations
_KEPT = 5


def suspects(judgement: Judgement, judged: Judged, column: int) -> list[Suspect]:
    """Explanations of one total that is off, the likeliest first; never more than five."""
    found = [*_single_cells(judgement, judged, column), *omissions(judgement, judged, column)]
    ranked: dict[tuple[str, str], Suspect] = {}
    for suspect in sorted(found, key=lambda s: -s.score):
        ranked.setdefault((suspect.label, suspect.becomes), suspect)
    return list(ranked.values())[:_KEPT]


@dataclass(frozen=True, slots=True)
class _Link:
    """A total that a cell has a part in (sign of the part), or is itself (sign 0)."""

    judged: Judged
    column: int
    sign: int
    strip: int

    def holds(self, value: int) -> bool:
        """Whether the total holds once the cell is worth `value`."""
        members = self.judged.reading.members if self.judged.reading else ()
        lines = [(sign, i, self.judged.sheet.strips[i].figures[self.column]) for sign, i in members]
        total = self.judged.total.figures[self.column]
        if self.sign == 0:
            total = _worth(total, value)
        parts = [(sign, _worth(f, value) if self.sign and i == self.strip else f) for sign, i, f in lines]
        return hold(self.judged.rulings[self.column], parts, total).fits

    @property
    def held(self) -> bool:
        """Whether the total holds as printed."""
        return self.judged.holdings[self.column].fits


def _worth(figure: Figure, value: int) -> Figure:
    return figure._replace(value=value, low=value, high=value)


def _single_cells(judgement: Judgement, judged: Judged, column: int) -> Iterator[Suspect]:
    """Cells whose correction alone makes the total hold: by one slip of their digits, or by another total that is off too."""
    if judged.reading is None:
        return
    lines = [judged.total, *(judged.sheet.strips[i] for _, i in judged.reading.members)]
    signs = [0, *(sign for sign, _ in judged.reading.members)]
    for strip, sign in zip(lines, signs, strict=True):
        figure = strip.figures[column]
        if not figure.known:
            continue
        here = _Link(judged, column, sign, strip.index)
        others = [link for link in _links(judgement, judged, strip, column) if not _same(link, here)]
        for value, kind, words, score in _corrections(judged, strip, sign, column):
            if value == figure.value or not _within(judged, column, sign, value, figure) or not here.holds(value):
                continue
            repaired = sum(not link.held and link.holds(value) for link in others)
            broken = sum(link.held and not link.holds(value) for link in others)
            if kind == "misprint" and not repaired:
                continue
            weight = score + _REPAIRED * repaired - _BROKEN * broken + _SIBLING * _nearer(strip, column, value, judged)
            yield _suspect(judged, strip, column, value, kind, words, weight + (0.5 if sign else 0.0))


def _within(judged: Judged, column: int, sign: int, value: int, figure: Figure) -> bool:
    """A quick no for most corrections: the bounds move with a part, the total moves between them."""
    holding, total = judged.holdings[column], judged.total.figures[column].value
    if sign == 0:
        return holding.low <= value <= holding.high
    moved = sign * (value - figure.value)
    above = judged.rulings[column].rule in ("distinct", "waarvan") or total >= holding.low + moved
    return above and total <= holding.high + moved


def _corrections(judged: Judged, strip: Strip, sign: int, column: int) -> Iterator[tuple[int, str, str, float]]:
    """Values that the figure may have had: as (scaled value, kind, words, score)."""
    figure, table = strip.figures[column], judged.sheet.table
    digits = re.sub(r"\D", "", figure.cell.raw.rstrip("*†‡⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if digits and int(digits) and figure.value % int(digits) == 0:
        per_unit = figure.value // int(digits)
        for edit in edits(digits, {note.mark for note in table.notes}):
            yield int(edit.digits or "0") * per_unit, edit.kind, edit.words, edit.score
    holding = judged.holdings[column]
    gap = judged.total.figures[column].value - holding.sum
    yield figure.value + sign * gap if sign else holding.sum, "misprint", "another figure printed", 0.0


def _links(judgement: Judgement, judged: Judged, strip: Strip, column: int) -> list[_Link]:
    """Every total in which the cell takes part, in either direction."""
    row, col = (strip.index, column) if judged.sheet.by_rows else (column, strip.index)
    found = []
    for other in judgement.judged:
        line, across = (row, col) if other.sheet.by_rows else (col, row)
        if other.reading is None or other.doubt or across >= len(other.holdings):
            continue
        if other.total.index == line:
            found.append(_Link(other, across, 0, line))
        found += [_Link(other, across, sign, line) for sign, i in other.reading.members if i == line]
    return found


def _same(one: _Link, other: _Link) -> bool:
    return one.judged is other.judged and one.column == other.column


def _nearer(strip: Strip, column: int, value: int, judged: Judged) -> float:
    """How much nearer to its share in the sibling columns a correction brings a figure, in standard deviations (-3 to 4)."""
    shares = []
    for k, figure in enumerate(strip.figures):
        total = judged.total.figures[k]
        if k != column and figure.known and total.known and figure.value > 0 and total.value > 0:
            shares.append(log(figure.value / total.value))
    printed, total_here = strip.figures[column].value, judged.total.figures[column].value
    if strip is judged.total or len(shares) < 2 or min(printed, value, total_here) <= 0:
        return 0.0
    middle, spread = fmean(shares), max(pstdev(shares), 0.05)
    before, after = (abs(log(v / total_here) - middle) / spread for v in (printed, value))
    return max(-3.0, min(4.0, before - after))


def _suspect(judged: Judged, strip: Strip, column: int, value: int, kind: str, words: str, score: float) -> Suspect:
    printed, becomes = strip.figures[column].cell.raw, judged.sheet.shown(value)
    across = judged.sheet.across[column]
    place = f"{strip.label}, {across}" if judged.sheet.by_rows else f"{across}, {strip.label}"
    message = f"{place} printed {printed}, {becomes} would make it hold ({words})"
    return Suspect(kind, strip.label, str(becomes), message, score)
