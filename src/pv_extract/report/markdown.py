"""Findings as Markdown, for a job summary or a comment on a pull request."""

from collections.abc import Sequence

from pv_extract.report.view import Reported, counted


def markdown(reported: Sequence[Reported]) -> str:
    """A heading for each input, a table row for each finding."""
    lines = ["# Checked figures", ""]
    for each in reported:
        lines += [f"## {'❌' if each.failing else '✅'} {_cell(each.checked.path)}", "", counted(each), ""]
        if each.checked.findings:
            lines += ["| level | code | table | row | column | page | message |", "|---|---|---|---|---|---|---|"]
            for f in each.checked.findings:
                cells = (f.level.value, f"`{f.code.value}`", f.table, f.row, f.column, f.page, f.message)
                lines.append("| " + " | ".join(_cell("" if c is None else str(c)) for c in cells) + " |")
            lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").replace("*", "\\*").split())
