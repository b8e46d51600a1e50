"""Between which bounds a total must lie, by its rule and its parts (invariants of DOMAIN.md)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pv_extract.checks.sheet import Figure, State
from pv_extract.model import Meaning, Note, Table, TotalRule, Verdict
from pv_extract.text import split_marks
from pv_extract.topics import TotalsOf

Part = tuple[int, Figure]  # sign and figure
Why = Literal["", "exact", "distinct", "rounded", "masked", "waarvan", "unknown", "no total", "never adds", "signed"]


@dataclass(frozen=True, slots=True)
class Ruling:
    """The rule of one total and the sentence that decided it; `at_most_in` bounds in how many parts a unit can count."""

    rule: TotalRule
    because: str
    at_most_in: int | None = None


class Holding(NamedTuple):
    """A total held against its parts, scaled: it fits where `low <= total <= high`; `sum` is what the known parts add up to.

    `rounded`, `masked`, `blank` and `unknown` count the parts that made the bounds differ from the sum, or impossible to say.
    """

    verdict: Verdict
    low: int
    high: int
    sum: int
    why: Why
    parts: int
    masked: int = 0
    blank: int = 0
    unknown: int = 0

    @property
    def fits(self) -> bool:
        """Whether the total is what its parts allow."""
        return self.verdict in ("exact", "explained")


def hold(ruling: Ruling, parts: Sequence[Part], total: Figure) -> Holding:
    """Verdict on one total: exact, explained by its rule, off, or unchecked where parts or the total have no value."""
    states = [figure.state for _, figure in parts]
    numbers, masked, unknown = map(states.count, (State.NUMBER, State.MASKED, State.UNKNOWN))
    known = (
        parts if numbers + masked == len(parts) else [p for p in parts if p[1].state in (State.NUMBER, State.MASKED)]
    )
    low, high, added = _bounds(ruling, known, total, masked=masked > 0)
    base = Holding("off", low, high, added, "", len(parts), masked, states.count(State.BLANK), unknown)
    if not total.known:
        return _as(base, "unchecked", "no total")
    if not known and (total.value or unknown):
        return _as(base, "unchecked", "unknown")
    if unknown:
        return _with_unknown(base, known, total)
    if total.value == added and not base.masked:
        return _as(base, "exact", "exact")
    return _by_bounds(ruling, base, known, total)


def _by_bounds(ruling: Ruling, base: Holding, known: Sequence[Part], total: Figure) -> Holding:
    if ruling.rule == "waarvan" and any(figure.low < 0 for _, figure in known):
        return _as(base, "unchecked", "signed")
    if base.low <= total.value <= base.high:
        return _as(base, "explained", _why(ruling, base))
    return _with_unknown(base, known, total) if base.blank else base


def left_open(holding: Holding) -> Holding:
    """The same holding, where the figures are of a kind that need not add up: not off, but unchecked."""
    return _as(holding, "unchecked", "never adds")


def _as(holding: Holding, verdict: Verdict, why: Why) -> Holding:
    return Holding(verdict, *holding[1:4], why, *holding[5:])


def _why(ruling: Ruling, holding: Holding) -> Why:
    if ruling.rule in ("distinct", "waarvan"):
        return "distinct" if ruling.rule == "distinct" else "waarvan"
    return "masked" if holding.masked else "rounded"


def _with_unknown(base: Holding, known: Sequence[Part], total: Figure) -> Holding:
    """Parts without a value can only add: a total below what the known ones add up to is off all the same."""
    additive = all(sign > 0 and figure.low >= 0 for sign, figure in known)
    if additive and total.value < base.low:
        return base
    return _as(base, "unchecked", "unknown")


def _bounds(ruling: Ruling, known: Sequence[Part], total: Figure, *, masked: bool) -> tuple[int, int, int]:
    lows = [figure.low if sign > 0 else -figure.high for sign, figure in known]
    low = high = added = sum(lows)
    if masked:
        high = sum([figure.high if sign > 0 else -figure.low for sign, figure in known])
        added = sum([sign * figure.value for sign, figure in known if figure.state is State.NUMBER])
    slack = (sum([figure.step for _, figure in known]) + total.step) // 2
    if ruling.rule == "distinct":
        least = max(lows, default=0)
        if ruling.at_most_in:
            least = max(least, -(-low // ruling.at_most_in))
        return least - slack, high + slack, added
    if ruling.rule == "waarvan":
        return low - slack, total.value if total.known and total.value >= low - slack else low, added
    return low - slack, high + slack, added


def ruling_of(table: Table, declared: TotalsOf | None, rounding: str, *, masked: bool, partial: bool) -> Ruling:
    """The rule of a table as a whole: declared by its topic, or derived from its notes and units."""
    note = next((n for n in table.notes if n.meaning is Meaning.COUNTED_MORE_THAN_ONCE), None)
    if declared:
        quote = f"{_quoted(note)}; " if note and declared.rule == "distinct" else ""
        return Ruling(declared.rule, quote + declared.because, declared.at_most_in)
    if note and _of_whole_table(note, table):
        return Ruling("distinct", _quoted(note))
    if partial:
        return Ruling("waarvan", f"the caption says that only some are listed: {table.title!r}")
    if masked:
        return Ruling("suppressed", "small figures are masked: each lies between the bounds that are printed for it")
    if rounding:
        return Ruling("rounded", rounding)
    return Ruling("sum", "no note, unit or caption says that parts overlap, are rounded or left out")


def ruling_of_line(table: Table, whole: Ruling, marks: Sequence[str], declared: TotalsOf | None) -> Ruling:
    """The rule of one column or total: a note on its own mark says more than the rule of the table."""
    if declared:
        return whole
    for note in table.notes:
        if note.meaning is Meaning.COUNTED_MORE_THAN_ONCE and note.mark in marks:
            return Ruling("distinct", _quoted(note))
    return whole


def _quoted(note: Note) -> str:
    return f'note {note.mark}: "{note.text}"'


def _of_whole_table(note: Note, table: Table) -> bool:
    """Whether the mark of a note hangs on the stub header or caption, or nowhere in particular."""
    stubs = {mark for text in (*table.stub_columns, table.title) for mark in split_marks(text)[1]}
    elsewhere = {mark for column in table.columns for mark in column.marks}
    elsewhere |= {mark for row in table.rows for mark in row.marks}
    elsewhere |= {mark for row in table.rows for cell in row.cells for mark in cell.marks}
    return note.mark in stubs or note.mark not in elsewhere
