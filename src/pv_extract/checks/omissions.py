"""Explanations of a wrong total that concern whole lines: one missing, left out, counted twice, shifted, or a subtotal added."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.rules import hold
from pv_extract.checks.sheet import Figure, Strip
from pv_extract.model import Role


@dataclass(frozen=True, slots=True)
class Suspect:
    """One explanation of a total that is off: the line it blames, what it would become; a higher score is likelier."""

    kind: str
    label: str
    becomes: str
    message: str
    score: float


def omissions(judgement: Judgement, judged: Judged, column: int) -> Iterator[Suspect]:
    """Explanations by whole lines; those that hold in every column that is off weigh more."""
    if judged.reading is None:
        return
    off = [k for k, holding in enumerate(judged.holdings) if holding.verdict == "off"]
    yield from _without_one(judged, column, off)
    yield from _subtotals_added(judgement, judged, column, off)
    yield from _shifted_total(judged, column, off)
    yield from _shifted_line(judged, column, off)
    yield from _missing(judged, off)


def _parts(judged: Judged, k: int) -> list[tuple[int, Figure, Strip]]:
    members = judged.reading.members if judged.reading else ()
    return [(sign, judged.sheet.strips[i].figures[k], judged.sheet.strips[i]) for sign, i in members]


def _holds(judged: Judged, k: int, parts: list[tuple[int, Figure]]) -> bool:
    return hold(judged.rulings[k], parts, judged.total.figures[k]).fits


def _could(judged: Judged, k: int, moved: int) -> bool:
    """A quick no for most explanations: whether the total can hold once the parts add to so much more."""
    holding, total = judged.holdings[k], judged.total.figures[k].value
    above = judged.rulings[k].rule in ("distinct", "waarvan") or total >= holding.low + moved
    return above and total <= holding.high + moved


def _everywhere(hits: int, off: list[int]) -> float:
    """Weight of an explanation that holds in all columns that are off."""
    return 4.0 if hits == len(off) > 1 else 0.0


def _without_one(judged: Judged, column: int, off: list[int]) -> Iterator[Suspect]:
    """One line too many in the sum (printed or read twice, or left out of the total), or counted twice by the total."""
    for position, (sign, figure, strip) in enumerate(_parts(judged, column)):
        if not figure.known or not figure.value or sign < 0:
            continue
        for times, kind in ((0, "row twice"), (0, "left out"), (2, "counted twice")):
            if not _could(judged, column, (times - 1) * figure.value):
                continue
            if (kind == "row twice") != (times == 0 and _twin(judged, strip) is not None):
                continue
            if not _holds(judged, column, _weighted(judged, column, position, times)):
                continue
            hits = sum(_holds(judged, k, _weighted(judged, k, position, times)) for k in off)
            words = {
                "row twice": f"{strip.label} is there twice: without the second one the total holds",
                "left out": f"the total leaves {strip.label} out ({figure.cell.raw})",
                "counted twice": f"the total counts {strip.label} twice ({figure.cell.raw})",
            }[kind]
            base = {"row twice": 7.0, "left out": 4.2, "counted twice": 2.5}[kind]
            yield Suspect(kind, strip.label, kind, words, base + _everywhere(hits, off))


def _weighted(judged: Judged, k: int, position: int, times: int) -> list[tuple[int, Figure]]:
    parts = [(sign, figure) for sign, figure, _ in _parts(judged, k)]
    return parts[:position] + [parts[position]] * times + parts[position + 1 :]


def _twin(judged: Judged, strip: Strip) -> Strip | None:
    """Another member with the same label, or the same figures throughout."""
    members = judged.reading.members if judged.reading else ()
    raws = [figure.cell.raw for figure in strip.figures]
    for _, i in members:
        other = judged.sheet.strips[i]
        if i != strip.index and (
            other.path == strip.path or (len(raws) > 1 and [f.cell.raw for f in other.figures] == raws)
        ):
            return other
    return None


def _subtotals_added(judgement: Judgement, judged: Judged, column: int, off: list[int]) -> Iterator[Suspect]:
    """Subtotals summed together with their own members: every line above or below, whatever its role."""
    lines = [
        s
        for s in judged.sheet.strips
        if s.index != judged.total.index and s.additive and s.percent == judged.total.percent
    ]
    if all(s.role is Role.PART for s in lines) and not any(j.inferred for j in judgement.judged):
        return
    if _holds(judged, column, [(1, s.figures[column]) for s in lines]):
        hits = sum(_holds(judged, k, [(1, s.figures[k]) for s in lines]) for k in off)
        yield Suspect(
            "subtotals added", judged.total.label, "subtotals added",
            "the total adds the subtotals together with their own members", 8.0 + 3.0 * hits,
        )  # fmt: skip


def _shifted_total(judged: Judged, column: int, off: list[int]) -> Iterator[Suspect]:
    """The total of the column beside it printed here."""
    for by in (-1, 1):
        beside = column + by
        if not 0 <= beside < len(judged.holdings) or beside not in off:
            continue
        if judged.total.figures[column].known and judged.total.figures[column].value == judged.holdings[beside].sum:
            message = f"the totals are shifted: {judged.total.figures[column].cell.raw} belongs under {judged.sheet.across[beside]}"
            yield Suspect("shifted column", judged.total.label, "shifted", message, 7.0)


def _shifted_line(judged: Judged, column: int, off: list[int]) -> Iterator[Suspect]:
    """A line whose figures stand one column too far to the left or right."""
    if len(off) < 2:
        return
    for position, (sign, figure, strip) in enumerate(_parts(judged, column)):
        for by in (-1, 1):
            beside = column + by
            if not figure.known or not 0 <= beside < len(strip.figures):
                continue
            other = strip.figures[beside]
            moved = _could(judged, column, sign * (other.value - figure.value))
            if not moved or not _holds(judged, column, _put(judged, column, position, (sign, other))):
                continue
            hits = sum(
                _holds(judged, k, _put(judged, k, position, (sign, strip.figures[k + by])))
                for k in off if 0 <= k + by < len(strip.figures)
            )  # fmt: skip
            score = (6.0 if _doubled(strip) else 1.0) + hits + _everywhere(hits + 1, off)
            message = f"{strip.label} is shifted: {other.cell.raw} belongs under {judged.sheet.across[column]}"
            yield Suspect("shifted row", strip.label, "shifted", message, score)


def _doubled(strip: Strip) -> bool:
    """Whether a line prints the same figure in two neighbouring columns, or none in its first or last: traces of a shift."""
    raws = [figure.cell.raw for figure in strip.figures]
    return any(a == b for a, b in pairwise(raws)) or not raws[0] or not raws[-1]


def _put(judged: Judged, k: int, position: int, part: tuple[int, Figure]) -> list[tuple[int, Figure]]:
    parts = [(sign, figure) for sign, figure, _ in _parts(judged, k)]
    return [*parts[:position], part, *parts[position + 1 :]]


def _missing(judged: Judged, off: list[int]) -> Iterator[Suspect]:
    """A line that is not there, whose figures would be exactly the differences."""
    gaps = [judged.total.figures[k].value - judged.holdings[k].sum for k in off]
    if any(gap <= 0 for gap in gaps):
        return
    shown = ", ".join(f"{judged.sheet.across[k]}: {judged.sheet.shown(gap)}" for k, gap in zip(off, gaps, strict=True))
    what = "a row" if judged.sheet.by_rows else "a column"
    score = 4.0 + 2.0 * len(off) if len(off) > 1 else 2.0
    yield Suspect("row missing", judged.total.label, "row missing", f"{what} of it is missing ({shown})", score)
