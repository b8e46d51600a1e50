"""A printed total with the members held against it, and which of several readings of it holds best."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from pv_extract.checks.nesting import SURE
from pv_extract.checks.rules import Holding, Ruling
from pv_extract.checks.sheet import Sheet, Strip
from pv_extract.checks.structure import Reading
from pv_extract.model import Role, Table

TOLD = 12.0  # bits that settle a structure which a label hints at


@dataclass(frozen=True, slots=True)
class Judged:
    """One total line with the members that were held against it: a holding and a ruling for each of its figures.

    `doubt` says why the structure is not certain enough to call a figure off; `inferred` that no label says it is a total.
    """

    sheet: Sheet
    total: Strip
    reading: Reading | None
    holdings: tuple[Holding, ...]
    rulings: tuple[Ruling, ...]
    doubt: str = ""
    inferred: bool = False

    def parts(self, column: int) -> list[tuple[int, Strip]]:
        """Members as (sign, line) that bring something into this column."""
        members = self.reading.members if self.reading else ()
        return [(sign, self.sheet.strips[i]) for sign, i in members if self.sheet.strips[i].figures[column].known]


@dataclass(frozen=True, slots=True)
class Judgement:
    """All totals of one table in both directions, under the rule of the table as a whole."""

    table: Table
    ruling: Ruling
    by_rows: Sheet
    by_columns: Sheet
    judged: tuple[Judged, ...]

    @property
    def declared_totals(self) -> bool:
        """Whether any row or column is labelled as a total."""
        return any(strip.role is not Role.PART for s in (self.by_rows, self.by_columns) for strip in s.strips)


def lines_in(judged: Judged) -> frozenset[int]:
    """The positions of the lines of an equation: the total and its members."""
    return frozenset({judged.total.index, *(i for _, i in judged.reading.members)} if judged.reading else ())


def agreement(judged: Judged) -> float:
    """Bits by which the figures that fit speak for the members: small and lonely ones say little, unique counts nothing."""
    members = judged.reading.members if judged.reading else ()
    bits = 0.0
    for k, holding in enumerate(judged.holdings):
        figures = [judged.sheet.strips[i].figures[k] for _, i in members]
        total = judged.total.figures[k]
        if holding.fits and holding.why not in ("distinct", "waarvan") and sum([f.value != 0 for f in figures]) > 1:
            bits += max(0.0, log2((abs(total.value) + 1) / max(1, total.step + sum([f.step for f in figures]))))
    return bits


def is_clean(judged: Judged) -> bool:
    """Whether something fits and nothing is off."""
    verdicts = {h.verdict for h in judged.holdings}
    return "off" not in verdicts and not verdicts.isdisjoint(("exact", "explained"))


def without_fault(others: Sequence[Judged], by_label: Sequence[Judged]) -> Judged | None:
    """The reading not told by labels in which nothing is off and that the most arithmetic speaks for."""
    lines = [lines_in(c) for c in by_label]
    told = [c for c in others if c.reading and c.reading.bits >= _needed(c, c.reading, lines) and is_clean(c)]
    told = [c for c in told if not (c.sheet.by_rows and _leaves_few_out(c, lines))]
    return max(told, key=lambda c: c.reading.bits if c.reading else 0.0, default=None)


def _needed(judged: Judged, reading: Reading, by_label: Sequence[frozenset[int]]) -> float:
    """Bits that must speak for a reading that no label tells: more where labels tell another, and where rounding fits easily."""
    if not by_label:
        return TOLD / 2
    exact = not any(figure.step for figure in judged.total.figures)
    return TOLD if reading.nested and exact else SURE


def _leaves_few_out(judged: Judged, by_label: Sequence[frozenset[int]]) -> bool:
    """Whether a reading is one that labels tell, less a line or a few: then the total is off, and not otherwise built.

    Rounding lets small lines come and go, so that there a reading must leave out a third of the lines to be another one.
    """
    if judged.reading and judged.reading.nested:
        return False
    rounded = any(figure.step for figure in judged.total.figures)
    held = lines_in(judged)
    few = [len(told) // 3 if rounded else 1 for told in by_label]
    return any(held < told and len(told - held) <= n for told, n in zip(by_label, few, strict=True))


def with_most_agreement(by_label: Sequence[Judged]) -> Judged | None:
    """The reading by labels that fits in most columns, where some fit and others do not."""
    partly = [c for c in by_label if any(h.fits and h.parts > 1 for h in c.holdings)]
    return max(partly, key=lambda c: sum(h.fits for h in c.holdings), default=None)
