"""Known faults of a source: the findings they cover become notes; one that covers nothing or has expired is an error."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from pv_extract.checks.evidence import Evidence
from pv_extract.findings import Code, Finding, Level
from pv_extract.topics import Waiver


def waived(findings: Iterable[Finding], evidence: Evidence) -> Iterator[Finding]:
    """The findings, covered ones as notes that quote the reason, and what is wrong with the waivers of this source."""
    ours = [w for w in (evidence.topic.waivers if evidence.topic else ()) if _of_this_source(w, evidence)]
    valid = [w for w in ours if w.until >= evidence.today]
    used: set[int] = set()
    for finding in findings:
        waiver = next((w for w in valid if _covers(w, finding, evidence)), None)
        if waiver is None:
            yield finding
            continue
        used.add(waiver.line)
        why = f"{finding.message}; waived by {waiver.by} until {waiver.until}: {waiver.reason}"
        yield replace(finding, level=Level.NOTE, message=why)
    for waiver in ours:
        if waiver.until < evidence.today:
            yield _wrong(waiver, Code.WAIVER_EXPIRED, f"expired on {waiver.until}", evidence)
        elif waiver.line not in used:
            yield _wrong(waiver, Code.WAIVER_UNUSED, "covers no finding of this document", evidence)


def _of_this_source(waiver: Waiver, evidence: Evidence) -> bool:
    answer = evidence.answer
    return waiver.source in (evidence.source.sha256, f"{answer.question_number}/{answer.question_date}")


def _covers(waiver: Waiver, finding: Finding, evidence: Evidence) -> bool:
    table = next((t for t in evidence.tables if t.id == finding.table), None)
    tables = {finding.table, table.spec, table.item} if table else {finding.table}
    return (
        waiver.code == finding.code
        and waiver.table in ({""} | tables)
        and waiver.row in ("", finding.row)
        and waiver.column in ("", finding.column)
        and (waiver.amount is None or waiver.amount == finding.amount)
    )


def _wrong(waiver: Waiver, code: Code, what: str, evidence: Evidence) -> Finding:
    place = (
        f"{waiver.code} at {waiver.table or 'any table'}, {waiver.row or 'any row'}, {waiver.column or 'any column'}"
    )
    topic = evidence.topic.id if evidence.topic else ""
    message = f"{topic}/waivers.csv line {waiver.line} ({place}) {what}"
    return Finding(code, Level.ERROR, message, waiver.table or None, waiver.row or None, waiver.column or None)
