"""What every report shows: an input, its findings, and which of them fail the run."""

from collections.abc import Iterator
from dataclasses import dataclass

from pv_extract.findings import Finding
from pv_extract.model import TotalResult
from pv_extract.validation import Checked


@dataclass(frozen=True, slots=True)
class Reported:
    """One input as reported: `failing` are the ids of the findings that fail the run."""

    checked: Checked
    failing: frozenset[str]

    def fails(self, finding: Finding) -> bool:
        """Whether this finding fails the run."""
        return self.checked.id_of(finding) in self.failing

    def totals(self) -> Iterator[tuple[str, TotalResult]]:
        """Every verdict, with the id of its table."""
        for table, totals in self.checked.totals.items():
            for result in totals.results:
                yield table, result


def place(finding: Finding) -> str:
    """Where a finding is, in words; empty where it speaks of the whole document."""
    parts = [
        f"table {finding.table}" if finding.table else "",
        f"row {finding.row!r}" if finding.row else "",
        f"column {finding.column!r}" if finding.column else "",
        f"page {finding.page}" if finding.page else "",
    ]
    return ", ".join(part for part in parts if part)


def counted(reported: Reported) -> str:
    """How many findings of each weight, and how many verdicts on totals."""
    findings = reported.checked.findings
    levels = [(level, sum(f.level == level for f in findings)) for level in ("error", "warning", "note")]
    said = ", ".join(f"{n} {level}{'s' if n != 1 else ''}" for level, n in levels)
    verdicts = [result.verdict for _, result in reported.totals()]
    totals = ", ".join(f"{verdicts.count(v)} {v}" for v in ("exact", "explained", "off", "unchecked") if v in verdicts)
    return f"{said}; totals: {totals or 'none'}"
