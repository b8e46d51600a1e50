"""Checks: the only place where findings are made."""

from pv_extract.checks.evidence import Evidence, Report
from pv_extract.checks.judge import judge

__all__ = ["Evidence", "Report", "judge"]
