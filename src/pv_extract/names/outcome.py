"""What comes of a label: its status, its match with the reason, and the names that it may be instead."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from pv_extract.model import Match
from pv_extract.names.evidence import Evidence, weigh
from pv_extract.names.index import Form
from pv_extract.names.lists import Code, NameList

OutcomeStatus = Literal["accepted", "review", "refused", "total", "residual"]

EQUAL = 100.0
"""Score of a label that equals a written form."""


class Context(NamedTuple):
    """What stands around a label: the headings above it, and the ids that other rows of its column have for certain."""

    group: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()


class Candidate(NamedTuple):
    """A name that a label may be, with its score from 0 to 100 and the written form behind it; `id` None is something else."""

    id: str | None
    name: str
    score: float
    rule: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a label; `why` says it in words, `reference` is what a total row speaks of.

    `settled` tells that no person is needed: one decided already, or the label itself says that it names no member.
    `total` stands for totals and subtotals, `residual` for what is left over: neither is ever a member of the list.
    """

    label: str
    list: str
    status: OutcomeStatus
    match: Match | None = None
    why: str = ""
    candidates: tuple[Candidate, ...] = ()
    reference: Match | None = None
    settled: bool = False


def match_of(lst: NameList, form: Form, step: str) -> Match:
    """The match of a label that equals a form, what had to be left out of sight aside."""
    name = " + ".join(lst.names[i].name for i in form.ids)
    rule = form.rule() + (f" ({step} aside)" if step and not step.startswith("each") else f" ({step})" if step else "")
    second, score = _rival(lst, form)
    return Match(lst.id, form.key, name, form.how, EQUAL, EQUAL - score, rule, second, form.ids)


@lru_cache(maxsize=8192)
def _rival(lst: NameList, form: Form) -> tuple[str | None, float]:
    """The nearest other name (or known neighbour) to a form, with its score: the runner-up of every label that equals it."""
    second = next((e for e in weigh(form.text, lst) if e.form.key != form.key), None)
    return (second.form.key.removeprefix("~"), round(second.score, 1)) if second else (None, 0.0)


def candidate_of(match: Match) -> Candidate:
    """A match that was not accepted, as a proposal."""
    return Candidate(match.id, match.name, match.score, match.rule)


def coded(lst: NameList, code: Code) -> Candidate:
    """The name that a code belongs to, with how sure the link is."""
    why = f"{code.scheme} {code.value} {code.name}".strip() + (f" ({code.why})" if code.why else f" ({code.status})")
    return Candidate(code.id, lst.names[code.id].name, EQUAL, why)


def weighed(lst: NameList, evidence: Evidence) -> Candidate:
    """The name that evidence speaks for."""
    form = evidence.form
    if not form.ids:
        return Candidate(None, form.text, round(evidence.score, 1), f"something else: {form.why}")
    name = " + ".join(lst.names[i].name for i in form.ids)
    return Candidate(form.key, name, round(evidence.score, 1), f"{evidence.reading}: {form.rule()}")
