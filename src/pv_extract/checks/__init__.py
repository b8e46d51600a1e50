"""Checks: the only place where findings are made."""

from pv_extract.checks.evidence import Evidence, Report
from pv_extract.checks.judge import judge
from pv_extract.findings import Code

ONLY_AT_READING = frozenset(
    {
        Code.NUMBER_UNCLAIMED, Code.NUMBER_DOUBLED, Code.PAGE_UNREADABLE, Code.ENCODING_GUESSED, Code.TABLE_AMBIGUOUS,
        Code.FONT_UNMAPPED, Code.CONTENT_HIDDEN, Code.CONTENT_DAMAGED, Code.ENGINES_DIFFER, Code.ENGINES_UNCHECKED,
        Code.READING_CHOSEN,
    }
)  # fmt: skip
"""Findings that rest on the source itself: an extraction that is judged again keeps them."""

__all__ = ["ONLY_AT_READING", "Evidence", "Report", "judge"]
