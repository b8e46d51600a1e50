"""The one place where a document is judged: each generator of findings by name, waivers last."""

from collections.abc import Iterator, Mapping

from pv_extract.checks.continued import continued, told
from pv_extract.checks.document import every_table, whole_document
from pv_extract.checks.evidence import Evidence, Report
from pv_extract.checks.judged import Judgement
from pv_extract.checks.marks import marks
from pv_extract.checks.members import members
from pv_extract.checks.percentages import percentages
from pv_extract.checks.relations import bracketed_by, expectations, relations
from pv_extract.checks.subsets import overlaps, subsets
from pv_extract.checks.totals import judge_table
from pv_extract.checks.verdicts import findings, results, without_total
from pv_extract.checks.waivers import waived
from pv_extract.findings import Finding, Level
from pv_extract.model import Table
from pv_extract.topics import Spec

_ORDER = [Level.ERROR, Level.WARNING, Level.NOTE]


def judge(evidence: Evidence, *, document: bool = True) -> Report:
    """Every check on one document: findings by weight, then in order of the tables; totals by table id.

    Figures that come without their document (`document=False`) owe no heading, no announced tables and no ledger.
    """
    judgements, starts = _judgements(evidence)
    every = [
        *_all(evidence, judgements, document=document),
        *(f for key, j in judgements.items() for f in told(j, starts[key])),
    ]
    found = list(waived(every, evidence))
    place = {table.id: n for n, table in enumerate(evidence.tables)}
    ordered = sorted(found, key=lambda f: (_ORDER.index(f.level), place.get(f.table or "", -1)))
    return Report(tuple(ordered), {key: results(judgement) for key, judgement in judgements.items()})


def _judgements(evidence: Evidence) -> tuple[dict[str, Judgement], dict[str, Table | None]]:
    """Every table judged on its own, or with the tables that it goes on with where only that makes its totals hold."""
    judgements: dict[str, Judgement] = {}
    starts: dict[str, Table | None] = {}
    for n, table in enumerate(evidence.tables):
        spec = _spec(evidence, table.spec)
        declared = spec.totals if spec else None
        alone = judge_table(table, declared, evidence.language)
        judged = continued(alone, evidence.tables[:n], declared, evidence.language)
        judgements[table.id], starts[table.id] = judged
    return judgements, starts


def _spec(evidence: Evidence, name: str | None) -> Spec | None:
    return evidence.topic.spec(name) if evidence.topic else None


def _all(evidence: Evidence, judgements: Mapping[str, Judgement], *, document: bool) -> Iterator[Finding]:
    yield from whole_document(evidence) if document else every_table(evidence)
    for judgement in judgements.values():
        yield from findings(judgement)
        yield from percentages(judgement, evidence.language)
        yield from subsets(judgement)
        yield from without_total(judgement, bracketed_by(evidence, judgement.table))
    yield from overlaps(judgements)
    yield from relations(evidence, judgements)
    yield from expectations(evidence)
    yield from marks(evidence)
    yield from members(evidence)
