"""What a cell means: numbers, periods, statuses, names and roles, in typed tables."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pv_extract.model.printed import Box, Join, Remark

Number = int | Decimal


class ObsStatus(StrEnum):
    """SDMX observation status (code list CL_OBS_STATUS)."""

    NORMAL = "A"
    PROVISIONAL = "P"
    ESTIMATED = "E"
    CANNOT_EXIST = "M"
    MISSING = "O"
    NOT_COLLECTED = "L"
    SUPPRESSED = "Q"
    BREAK = "B"


class Role(StrEnum):
    """What a row or column is to its table."""

    PART = "part"
    TOTAL = "total"
    SUBTOTAL = "subtotal"


class Meaning(StrEnum):
    """What a note says of the figures that bear its mark; the patterns are in schemas/languages."""

    PROVISIONAL = "provisional"
    COUNTED_MORE_THAN_ONCE = "counted_more_than_once"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    ESTIMATED = "estimated"
    BREAK = "break"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """Stretch of time that a header or label names, first and last day included."""

    kind: Literal["school_year", "year", "date", "month", "quarter", "span"]
    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Match:
    """Canonical name of a printed label; `how` is exact, alias, decision, context or fuzzy; `rule` names the alias or rule used."""

    list: str
    id: str
    name: str
    how: str
    score: float
    margin: float
    rule: str = ""
    runner_up: str | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: what was printed and what it is worth; `value` is None where nothing countable was printed.

    `refusal` says why printed digits were not taken for a number; `bounds` of a masked count include both ends.
    """

    raw: str
    value: Number | None
    obs_status: ObsStatus
    marks: tuple[str, ...] = ()
    page: int = 1
    box: Box | None = None
    unit: str | None = None
    multiplier: int = 1
    bounds: tuple[Number, Number] | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A data column, with the period, the unit and the status that its header gives to every figure below it."""

    raw: str
    path: tuple[str, ...]
    time_period: Period | None = None
    marks: tuple[str, ...] = ()
    obs_status: ObsStatus = ObsStatus.NORMAL
    role: Role = Role.PART
    unit: str | None = None
    multiplier: int = 1
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body row; `group` holds the heading rows above it, outermost first; `review` says why no name was accepted.

    `settled` tells that none is wanted: a person decided so, or the label itself says it (`Overige`).
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    role: Role = Role.PART
    match: Match | None = None
    group: tuple[str, ...] = ()
    level: int = 0
    marks: tuple[str, ...] = ()
    time_period: Period | None = None
    page: int = 1
    review: str | None = None
    settled: bool = False
    printed: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The innermost label; empty where there is none."""
        for label in reversed(self.labels):
            if label:
                return label
        return ""

    def named(self, match: Match | None, review: str | None, role: Role, *, settled: bool) -> "Row":
        """The row with the name that was found for it; `dataclasses.replace` takes three times as long."""
        return Row(
            self.labels, self.cells, role, match, self.group, self.level, self.marks, self.time_period, self.page,
            review, settled, self.printed,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of one table: the mark as printed, its text, and what it means."""

    mark: str
    text: str
    meaning: Meaning
    page: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A typed table, tied to the item of the answer that it belongs to.

    `topic` and `spec` name the declaration that recognised it; `unit` is what is counted; `multiplier` is the factor that
    the document states ("in duizend euro" gives 1000) and that `value` does not include.
    """

    id: str
    item: str | None
    title: str
    pages: tuple[int, ...]
    stub_columns: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    unit: str | None = None
    multiplier: int = 1
    topic: str | None = None
    spec: str | None = None
    joins: tuple[Join, ...] = ()
    how: str = ""
    remarks: tuple[Remark, ...] = ()
