"""Lines that start with `waarvan`, and unique counts whose overlap is unlike that of their siblings."""

from collections.abc import Iterator, Mapping

from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.sheet import Sheet, Strip, Word
from pv_extract.findings import Code, Finding, Level

_UNLIKE, _MUCH = 3.0, 0.02  # times the largest overlap of the siblings, and by how much more, before it is unusual


def subsets(judgement: Judgement) -> Iterator[Finding]:
    """A line that is part of the one above it and larger; the rate of a part may well be higher than that of the whole."""
    for sheet in (judgement.by_rows, judgement.by_columns):
        lines = [s for s in sheet.strips if Word.SUBSET in s.words]
        rates = _rates(judgement, sheet) if lines else set()
        for strip in lines:
            above = (s for s in sheet.strips[: strip.index][::-1] if s.percent == strip.percent)
            whole = next((s for s in above if Word.SUBSET not in s.words and _alike(sheet, s, strip)), None)
            if whole is None or whole.blank:
                continue
            for k, (part, of) in enumerate(zip(strip.figures, whole.figures, strict=True)):
                if k not in rates and part.known and of.known and 0 <= of.high < part.low:
                    row, column = _place(sheet, strip.label, k)
                    message = f"{row}, {column}: printed {part.cell.raw}, part of {whole.label} with {of.cell.raw}"
                    yield Finding(
                        Code.SUBSET_BROKEN,
                        Level.ERROR,
                        message,
                        sheet.table.id,
                        row,
                        column,
                        part.cell.page,
                        part.cell.box,
                    )


def _alike(sheet: Sheet, whole: Strip, part: Strip) -> bool:
    """Whether columns are of one year or measure, where their headers have levels below `waarvan ...`."""
    return sheet.by_rows or len(part.path) < 2 or whole.path[1:] == part.path[1:]


def _rates(judgement: Judgement, sheet: Sheet) -> set[int]:
    """Places across of averages, rates and percentages that no total adds up."""
    held = [j.holdings for j in judgement.judged if j.sheet is sheet]
    added = {k for holdings in held for k, h in enumerate(holdings) if h.fits and h.parts > 1}
    return {k for k, why in enumerate(sheet.never_adds) if why} - added


def overlaps(judgements: Mapping[str, Judgement]) -> Iterator[Finding]:
    """Totals of unique counts that hold, but whose overlap (sum over total) is far from that of all the others."""
    held = [
        (j, k)
        for judgement in judgements.values()
        for j in judgement.judged
        for k in range(len(j.holdings))
        if _distinct(j, k)
    ]
    for judged, k in held:
        own = _overlap(judged, k)
        others = [_overlap(j, n) for j, n in held if (j is not judged or n != k)]
        siblings = [_overlap(judged, n) for j, n in held if j is judged and n != k] or others
        if len(others) < 2 or not own > _UNLIKE * max(siblings) or own - max(siblings) < _MUCH:
            continue
        row, column = _place(judged.sheet, judged.total.label, k)
        low, high = 1 + min(siblings), 1 + max(siblings)
        message = (
            f"{row}, {column}: the parts add to {1 + own:.3f} times the total {judged.total.figures[k].cell.raw}, "
            f"{low:.3f} to {high:.3f} times in its siblings{_outlier(judged, k)}"
        )
        cell = judged.total.figures[k].cell
        yield Finding(
            Code.RATIO_UNUSUAL, Level.WARNING, message, judged.sheet.table.id, row, column, cell.page, cell.box
        )


def _distinct(judged: Judged, k: int) -> bool:
    return judged.rulings[k].rule == "distinct" and judged.holdings[k].fits and judged.total.figures[k].value > 0


def _overlap(judged: Judged, k: int) -> float:
    return judged.holdings[k].sum / judged.total.figures[k].value - 1


def _outlier(judged: Judged, k: int) -> str:
    """The part whose share of the total is furthest from its share in the sibling columns."""
    worst, most = "", 1.25
    for _, strip in judged.parts(k):
        shares = [
            strip.figures[n].value / judged.total.figures[n].value
            for n in range(len(judged.holdings))
            if n != k and strip.figures[n].known and judged.total.figures[n].value > 0
        ]
        here = strip.figures[k].value / judged.total.figures[k].value
        if shares and max(shares) > 0 and here > most * max(shares):
            worst, most = f"; look at {strip.label}, printed {strip.figures[k].cell.raw}", here / max(shares)
    return worst


def _place(sheet: Sheet, line: str, k: int) -> tuple[str, str]:
    return (line, sheet.across[k]) if sheet.by_rows else (sheet.across[k], line)
