"""What the checks say of totals."""

from dataclasses import dataclass, field
from typing import Literal

from pv_extract.model.typed import Number

Verdict = Literal["exact", "explained", "off", "unchecked"]
TotalRule = Literal["sum", "distinct", "rounded", "suppressed", "waarvan", "none"]


@dataclass(frozen=True, slots=True)
class TotalResult:
    """Verdict on one printed total: `total` is its label, `column` (or the row, for a total at the right) where it stands."""

    total: str
    column: str
    printed: Number | None
    sum: Number | None
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Rule by which the totals of a table are held against its parts, the reason for it, and what came of it."""

    rule: TotalRule
    because: str
    results: tuple[TotalResult, ...] = field(default=())
