"""What came of the totals, in words: results for the contract, and findings for people."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pv_extract.checks.evidence import named
from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.rules import Holding
from pv_extract.checks.suspects import suspects
from pv_extract.findings import Code, Finding, Level
from pv_extract.model import Number, Role, TotalResult, Totals


def results(judgement: Judgement) -> Totals:
    """The rule, its reason, and a verdict for each figure of each total."""
    made = tuple(result for judged in judgement.judged for result in _results(judged))
    return Totals(judgement.ruling.rule, judgement.ruling.because, made)


def findings(judgement: Judgement) -> Iterator[Finding]:
    """Totals that are off, that could not be checked, and tables whose figures nothing checks."""
    for judged in judgement.judged:
        yield from _off(judgement, judged)
        yield from _unchecked(judged)
    yield from _disclosures(judgement)


def _results(judged: Judged) -> Iterator[TotalResult]:
    for k, holding in enumerate(judged.holdings):
        figure = judged.total.figures[k]
        if figure.cell.raw.strip():
            verdict = "unchecked" if holding.verdict == "off" and judged.doubt else holding.verdict
            yield TotalResult(
                total=judged.total.label,
                column=judged.sheet.across[k],
                printed=figure.cell.value,
                sum=_shown(judged, holding.sum) if holding.parts else None,
                verdict=verdict,
                detail=detail(judged, k),
            )


def detail(judged: Judged, k: int) -> str:
    """One verdict in words, with its arithmetic."""
    holding, figure = judged.holdings[k], judged.total.figures[k]
    if holding.why == "no total":
        return f"{figure.cell.raw!r} is no number"
    if not judged.reading:
        return judged.doubt
    if holding.verdict == "off":
        doubt = f": {judged.doubt}" if judged.doubt else ""
        return f"{arithmetic(judged, k)}; the {holding.parts} parts ({judged.reading.how}){doubt}"
    return _in_words(judged, k)


def _in_words(judged: Judged, k: int) -> str:
    holding, total = judged.holdings[k], judged.total.figures[k].value
    how = judged.reading.how if judged.reading else ""
    parts = f"the {holding.parts} parts ({how}) add to {_shown(judged, holding.sum)}"
    if holding.why == "exact":
        return parts
    printed, added, low, high = (_shown(judged, v) for v in (total, holding.sum, holding.low, holding.high))
    less, more = (_shown(judged, v) for v in (total - holding.sum, holding.sum - total))
    return {
        "": "",
        "unknown": f"{_gaps(holding)}; the others add to {added}, printed {printed}",
        "never adds": f"{judged.sheet.never_adds[k]}; printed {printed}, the parts add to {added}",
        "signed": f"{parts}, printed {printed} ({less:+} off): lines under it need not be all, and signed figures set no bound",
        "distinct": f"{printed} lies between {low}, the largest part, and {added}, the sum: {more} counted more than once",
        "rounded": f"{parts}, printed {printed}: within what rounding explains",
        "masked": f"possible {low} to {high} with {holding.masked} masked parts",
        "waarvan": f"{parts}, {less} less than {printed}",
        "no total": "",
    }[holding.why]


def arithmetic(judged: Judged, k: int) -> str:
    """What was printed and what the parts allow."""
    holding, ruling = judged.holdings[k], judged.rulings[k]
    printed, added = _total(judged, k), _shown(judged, holding.sum)
    if holding.low == holding.high:
        off = _shown(judged, judged.total.figures[k].value - holding.sum)
        return f"printed {printed}, the parts add to {added} ({off:+} off)"
    low, high = _shown(judged, holding.low), _shown(judged, holding.high)
    if ruling.rule == "waarvan":
        return f"printed {printed}, its parts alone add to {added}"
    reason = " after rounding" if ruling.rule in ("sum", "rounded") and not holding.masked else ""
    return f"printed {printed}, possible {low} to {high}{reason}, the parts add to {added}"


def _off(judgement: Judgement, judged: Judged) -> Iterator[Finding]:
    for k, holding in enumerate(judged.holdings):
        if holding.verdict != "off" or judged.doubt:
            continue
        row, column = _place(judged, k)
        likely = suspects(judgement, judged, k)
        why = "".join(f"; {'most likely' if n == 0 else 'or'}: {s.message}" for n, s in enumerate(likely[:3]))
        rule = f"; rule {judged.rulings[k].rule}: {judged.rulings[k].because}" if judged.rulings[k].because else ""
        cell = judged.total.figures[k].cell
        yield Finding(
            Code.TOTAL_OFF,
            Level.WARNING if judged.inferred else Level.ERROR,
            f"{judged.total.label}, {judged.sheet.across[k]}: {arithmetic(judged, k)}{why}{rule}",
            judgement.table.id, row, column, cell.page, cell.box,
            amount=_shown(judged, judged.total.figures[k].value - holding.sum),
        )  # fmt: skip


def _unchecked(judged: Judged) -> Iterator[Finding]:
    """One finding for each total line that has figures nothing was held against."""
    open_ = [
        k for k, h in enumerate(judged.holdings)
        if judged.total.figures[k].cell.raw.strip() and (h.verdict == "unchecked" or (h.verdict == "off" and judged.doubt))
    ]  # fmt: skip
    if not open_ or judged.inferred:
        return
    first = open_[0]
    row: str | None
    column: str | None
    row, column = _place(judged, first)
    if len(open_) > 1:
        row, column = (row, None) if judged.sheet.by_rows else (None, column)
    of = f"{len(open_)} of {len(judged.holdings)} figures unchecked"
    cell = judged.total.figures[first].cell
    yield Finding(
        Code.TOTAL_UNCHECKED,
        Level.WARNING,
        f"{judged.total.label}: {of}; {judged.sheet.across[first]}: {detail(judged, first)}",
        judged.sheet.table.id, row, column, cell.page, cell.box,
    )  # fmt: skip


def _disclosures(judgement: Judgement) -> Iterator[Finding]:
    """A single masked part of an exact total follows from it: to be known, never written into the data."""
    for judged in judgement.judged:
        for k, holding in enumerate(judged.holdings):
            if (
                holding.masked == 1
                and holding.why == "masked"
                and judged.rulings[k].rule != "distinct"
                and judged.reading
            ):
                masked = next(
                    judged.sheet.strips[i] for _, i in judged.reading.members if not judged.sheet.strips[i].figures[k].known
                    and judged.sheet.strips[i].figures[k].cell.bounds
                )  # fmt: skip
                if holding.low == holding.high or any(
                    judged.sheet.strips[i].figures[k].step for _, i in judged.reading.members
                ):
                    continue
                follows = _shown(judged, judged.total.figures[k].value - holding.sum)
                row, column = _place(judged, k)
                yield Finding(
                    Code.MASK_DERIVABLE,
                    Level.NOTE,
                    f"{masked.label}, {judged.sheet.across[k]}: printed {masked.figures[k].cell.raw!r}, and the total "
                    f"{judged.total.label} gives it away: {follows}",
                    judgement.table.id, row, column, masked.figures[k].cell.page, masked.figures[k].cell.box,
                )  # fmt: skip


def without_total(judgement: Judgement, held: Iterable[str]) -> Iterator[Finding]:
    """A table whose figures no total of its own checks; `held` names the tables whose totals bracket the same population."""
    parts = [s for s in judgement.by_rows.strips if s.role is Role.PART and not s.blank]
    if len(parts) > 1 and not judgement.judged and judgement.ruling.rule != "none":
        table = judgement.table
        against = " and ".join(held)
        what = f"held against the total of {against} only" if against else "nothing in it checks its figures"
        yield Finding(
            Code.TOTAL_MISSING, Level.NOTE, f"{named(table)} prints no total: {what}",
            table.id, page=min(table.pages, default=None),
        )  # fmt: skip


def _place(judged: Judged, k: int) -> tuple[str, str]:
    here = (judged.total.label, judged.sheet.across[k])
    return here if judged.sheet.by_rows else (here[1], here[0])


def _total(judged: Judged, k: int) -> Number:
    return _shown(judged, judged.total.figures[k].value)


def _shown(judged: Judged, value: int) -> Number:
    shown = judged.sheet.shown(value)
    return shown if isinstance(shown, int) else Decimal(f"{shown:f}")


def _gaps(holding: Holding) -> str:
    gaps = [f"{n} {what}" for n, what in ((holding.unknown, "without a value"), (holding.blank, "empty")) if n]
    return f"of {holding.parts} parts, {' and '.join(gaps)}"
