"""Why a total is most likely off: culprits, ranked, each with the arithmetic that it repairs."""

from collections.abc import Iterator
from dataclasses import dataclass

from pv_extract.checks.totals import Judged, Judgement


@dataclass(frozen=True, slots=True)
class Suspect:
    """One explanation of a total that is off: where, what it would take to repair it, and how likely it is (higher is likelier)."""

    kind: str
    label: str
    message: str
    score: float


def suspects(judgement: Judgement, judged: Judged, column: int) -> list[Suspect]:
    """Explanations of one total that is off, the likeliest first."""
    return sorted(_all(judgement, judged, column), key=lambda s: -s.score)


def _all(judgement: Judgement, judged: Judged, column: int) -> Iterator[Suspect]:
    yield from ()
