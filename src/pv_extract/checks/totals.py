"""Every printed total of a table held against its parts, by rows and by columns: verdicts, never tolerances."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pv_extract.checks.almost import Running, almost_all, running
from pv_extract.checks.judged import (
    TOLD,
    Judged,
    Judgement,
    agreement,
    is_clean,
    lines_in,
    with_most_agreement,
    without_fault,
)
from pv_extract.checks.nesting import SURE, Stretch, difference, stretches
from pv_extract.checks.rounding import Rounding, rounding_of
from pv_extract.checks.rules import Holding, Ruling, hold, left_open, ruling_of, ruling_of_line
from pv_extract.checks.sheet import AVERAGES, PERCENTAGES, Sheet, State, Strip, Word, sheets
from pv_extract.checks.structure import Reading, Run, plus, readings, runs
from pv_extract.kept import kept
from pv_extract.languages import Language
from pv_extract.model import Role, Table
from pv_extract.text import fold
from pv_extract.topics import TotalsOf

_AMOUNT = 10_000  # totals below this are counts, which are never rounded without a note
_ENOUGH = 6.0  # bits in fitting columns that make the others off rather than doubtful


def judge_table(table: Table, declared: TotalsOf | None, language: Language) -> Judgement:
    """Verdicts on every total of the table: labelled ones always, others where the arithmetic leaves no doubt.

    Where nothing says whether figures are rounded, several totals that miss their sums by no more than the rounding of each
    figure explains, in different rows and columns, say that they are.
    """
    rounding = rounding_of(table, declared)
    judgement = _judge(table, declared, language, rounding)
    if declared or rounding.because or not _looks_rounded(judgement):
        return judgement
    why = "its totals miss their sums by no more than the rounding of each figure explains, in several rows and columns"
    return _judge(table, None, language, replace(rounding, because=why, fixed=Decimal(1)))


def _judge(table: Table, declared: TotalsOf | None, language: Language, rounding: Rounding) -> Judgement:
    rows, columns = sheets(table, language, rounding)
    masked = any(f.state is State.MASKED for strip in rows.strips if True in strip.gaps for f in strip.figures)
    ruling = ruling_of(table, declared, rounding.because, masked=masked, partial=language.is_partial(table.title))
    judged = [] if ruling.rule == "none" else [
        *_distinct_sets(_Bench(rows, ruling, declared, rounding, language).all()),
        *_distinct_sets(_Bench(columns, ruling, declared, rounding, language).all()),
    ]  # fmt: skip
    return Judgement(table, ruling, rows, columns, tuple(judged))


def _looks_rounded(judgement: Judgement) -> bool:
    """Whether several totals are off by a unit or so, at places that no single wrong figure would explain."""
    off = [(j, k, h) for j in judgement.judged if not j.doubt for k, h in enumerate(j.holdings) if h.verdict == "off"]
    if judgement.ruling.rule != "sum" or len(off) < 2:
        return False
    # the error of a rounded figure has a variance of 1/12: three deviations of the sum of n + 1 of them
    small = all((j.total.figures[k].value - h.sum) ** 2 <= 0.75 * (h.parts + 1) * j.sheet.scale**2 for j, k, h in off)
    gaps = [j.total.figures[k].value - h.sum for j, k, h in off]
    both_ways = min(gaps) < 0 < max(gaps)  # a missing or doubled row misses all totals in one direction
    large = all(abs(j.total.figures[k].value) >= _AMOUNT for j, k, _ in off)
    columns = {k for j, k, _ in off if j.sheet.by_rows}
    rows = {k for j, k, _ in off if not j.sheet.by_rows}
    return small and large and both_ways and (len(columns) > 1 or len(rows) > 1)


@dataclass(frozen=True)
class _Bench:
    """One direction of one table while its totals are judged."""

    sheet: Sheet
    ruling: Ruling
    declared: TotalsOf | None
    rounding: Rounding
    language: Language

    @kept
    def sums(self) -> Running:
        """The running sums of the lines, which few tables need."""
        return running(self.sheet)

    def all(self) -> Iterator[Judged]:
        both = {percent: runs(self.sheet, percent=percent) for percent in {s.percent for s in self.sheet.strips}}
        labelled = {s.index: self._labelled(s, both[s.percent]) for s in self.sheet.strips if _labelled_total(s)}
        for strip in self.sheet.strips:
            if judged := labelled.get(strip.index):
                others = [j for j in labelled.values() if j is not judged]
                yield self._weighed(judged, both[strip.percent], others)
            if Word.HEAD in strip.words and (held := self._headed(strip)):
                yield held
            if not judged and not strip.blank and (inferred := self._inferred(strip, both[strip.percent])):
                yield inferred

    def _labelled(self, total: Strip, both: tuple[Run, Run]) -> Judged:
        by_label, unsure = [], []
        for reading in readings(self.sheet, total.index, both):
            if not reading.sure:
                unsure.append(reading)
                continue
            by_label.append(self._held(total, reading))
            if is_clean(by_label[-1]):
                return by_label[-1]
        others = [self._held(total, reading) for reading in unsure]
        if chosen := without_fault(others, by_label) or with_most_agreement(by_label):
            return chosen
        if held := (*by_label, *others):
            return held[0]
        nothing = tuple(hold(self.ruling, (), figure) for figure in total.figures)
        return Judged(self.sheet, total, None, nothing, (self.ruling,) * len(nothing), "no lines that it could add up")

    def _weighed(self, judged: Judged, both: tuple[Run, Run], others: Sequence[Judged]) -> Judged:
        """A total whose figures fit nowhere is doubted where its label or its lines leave another explanation."""
        if (
            judged.reading is None
            or not any(h.verdict == "off" for h in judged.holdings)
            or agreement(judged) >= _ENOUGH
        ):
            return judged
        doubt = self._doubt(judged.total, judged.reading, both, others) or self._left_out(judged, judged.reading)
        return replace(judged, doubt=doubt)

    def _left_out(self, judged: Judged, reading: Reading) -> str:
        """That a total leaves out a line whose label speaks of a total (`EU total`), which may be one of others."""
        paired = enumerate(zip(judged.holdings, judged.total.figures, strict=True))
        off = [(k, h.sum - f.value) for k, (h, f) in paired if h.verdict == "off"]
        for _, i in reading.members:
            line = self.sheet.strips[i]
            fits = sum([line.known[k] and line.values[k] == over != 0 for k, over in off])
            if 2 * fits > len(off) and self.language.speaks_of_total(line.label):
                return f"it leaves out {line.label!r}, which may be a total of others"
        return ""

    def _held(self, total: Strip, reading: Reading) -> Judged:
        rulings = tuple(self._ruling(total, reading, column) for column in range(len(total.figures)))
        holdings = tuple(
            hold(ruling, [(sign, self.sheet.strips[i].figures[k]) for sign, i in reading.members], total.figures[k])
            for k, ruling in enumerate(rulings)
        )
        return Judged(self.sheet, total, reading, self._opened(total, holdings), rulings)

    def _opened(self, total: Strip, holdings: tuple[Holding, ...]) -> tuple[Holding, ...]:
        """Percentages and averages that are off are left open, unless as many of their kind add up or the total says 100."""
        kinds = self.sheet.never_adds
        if not any(kinds):
            return holdings
        exact = Counter([kinds[k] for k, h in enumerate(holdings) if h.verdict == "exact" and h.parts > 1 and h.sum])
        wrong = Counter([kinds[k] for k, h in enumerate(holdings) if h.verdict == "off"])
        adding = {kind for kind, count in exact.items() if count >= wrong[kind]} | {""}
        hundred = 100 * self.sheet.scale
        whole = [kind == PERCENTAGES and f.value == hundred for kind, f in zip(kinds, total.figures, strict=True)]
        return tuple(
            left_open(h) if h.verdict == "off" and kinds[k] not in adding and not whole[k] else h
            for k, h in enumerate(holdings)
        )

    def _headed(self, head: Strip) -> Judged | None:
        """A line that ends with `waarvan:` and the lines under it, which are some or all of it."""
        under: list[Strip] = []
        for strip in self.sheet.strips[head.index + 1 :]:
            ends = (
                strip.blank or strip.percent != head.percent or Word.HEAD in strip.words or strip.role is not Role.PART
            )
            if ends or strip.path[:-1] != head.path[:-1] or (under and strip.level < under[0].level):
                break
            under.append(strip)
        if not under:
            return None
        reading = Reading(plus(under), "the lines under it", sure=True)
        ruling = Ruling("waarvan", f"{head.label!r} introduces lines that are some or all of it")
        holdings = tuple(hold(ruling, [(1, s.figures[k]) for s in under], f) for k, f in enumerate(head.figures))
        return Judged(self.sheet, head, reading, holdings, (ruling,) * len(holdings))

    def _ruling(self, total: Strip, reading: Reading, column: int) -> Ruling:
        marks = [*total.marks, *total.figures[column].cell.marks]
        if self.sheet.by_rows:
            return ruling_of_line(
                self.sheet.table, self.ruling, [*marks, *self.sheet.table.columns[column].marks], self.declared
            )
        if self.declared or not self._over_time(reading) or not self._unique():
            return ruling_of_line(self.sheet.table, self.ruling, marks, self.declared)
        return Ruling(
            "distinct", "unique counts of several periods: one unit can count in each of them and once in the total"
        )

    def _over_time(self, reading: Reading) -> bool:
        return all(self.sheet.table.columns[i].time_period for _, i in reading.members)

    def _unique(self) -> bool:
        said = fold(" ".join([self.sheet.table.title, *self.sheet.table.stub_columns])).split()
        return any(fold(word) in said for word in self.language.unique_words)

    def _inferred(self, strip: Strip, both: tuple[Run, Run]) -> Judged | None:
        """A line that no word calls a total and that the lines next to it add up to, in every column or in all but one."""
        found: list[tuple[Stretch, str]] = []
        if stretch := difference(self.sheet, strip.index):
            found.append((stretch, "the difference of the two lines before it"))
        for run in both:
            if added := stretches(run.lines, run.after(strip.index), strip):
                found += [(s, f"the lines {run.side}") for s in added]
        best = max(found, key=lambda pair: pair[0].bits) if found else None
        if best is None or best[0].bits < (TOLD if strip.words & {Word.DIFFERENCE, Word.HEAD} else SURE):
            almost = almost_all(self.sheet, lambda: self.sums, strip.index)
            best = (almost, "as in all other columns") if almost else None
        if best is None:
            return None
        additive = Reading(best[0].members, best[1], sure=False, bits=best[0].bits)
        ruling = Ruling("sum" if not self.rounding.because else "rounded", self.rounding.because)
        holdings = tuple(
            hold(ruling, [(sign, self.sheet.strips[i].figures[k]) for sign, i in additive.members], figure)
            for k, figure in enumerate(strip.figures)
        )
        opened = self._opened(strip, holdings)
        return Judged(self.sheet, strip, additive, opened, (ruling,) * len(opened), inferred=True)

    def _doubt(self, total: Strip, reading: Reading, both: tuple[Run, Run], others: Sequence[Judged]) -> str:
        """Why nothing can be said where no figure of the total fits any reading; empty where labels leave no doubt."""
        members = {i for _, i in reading.members}
        strips = self.sheet.strips
        loose = [i for i in members if strips[i].role is Role.PART]
        inside = others or (
            any(s.index > total.index for s in strips if s.additive) and any(s.index < total.index for s in strips)
        )
        alone = not any(agreement(other) >= _ENOUGH for other in others)
        reasons = {
            PERCENTAGES: total.percent and not self._whole(total),
            AVERAGES: Word.RATIO in total.words,
            "some lines are subsets of others, and no reading of them adds up": any(
                Word.HEAD in strips[i].words for i in members
            )
            or any(Word.SUBSET in s.words for s in strips),
            "some of its lines are totals of others, and no reading of them adds up": any(
                self._has_members(i, run) for run in both for i in loose
            ),
            "its label may name a measure of its own": inside
            and alone
            and total.role is Role.TOTAL
            and Word.BARE not in total.words,
            "the other columns may measure something else": not self.sheet.by_rows
            and not (Word.BARE in total.words and self._over_time(reading)),
        }
        return next((reason for reason, holds in reasons.items() if holds), "")

    def _whole(self, total: Strip) -> bool:
        """Whether a total of percentages says 100 throughout: then its parts are shares."""
        return all(figure.value == 100 * self.sheet.scale for figure in total.figures if figure.known)

    def _has_members(self, index: int, run: Run) -> bool:
        position = next((p for p, s in enumerate(run.strips) if s.index == index), None)
        return position is not None and any(span.bits >= SURE for span in run.lines.spans[position][1:])


def _distinct_sets(judged: Iterable[Judged]) -> Iterator[Judged]:
    """Each equation once: a balance that is income less expenses also makes income the sum of the other two.

    A labelled total states it; then a line whose members are indented under it; then the difference of two lines.
    """
    every = list(judged)
    if not any(j.inferred for j in every):
        yield from every
        return
    first = {lines_in(j): j for j in sorted(every, key=_stating, reverse=True)}
    yield from (j for j in every if not j.inferred or first[lines_in(j)] is j)


def _stating(judged: Judged) -> int:
    members = judged.reading.members if judged.reading else ()
    indented = all(judged.sheet.strips[i].level > judged.total.level for _, i in members)
    signed = any(sign < 0 for sign, _ in members)
    return 0 if not judged.inferred else 1 if indented else 2 if signed else 3


def _labelled_total(strip: Strip) -> bool:
    return strip.role is not Role.PART and not strip.blank
