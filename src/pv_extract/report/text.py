"""Findings as lines for a terminal or a log."""

from collections.abc import Sequence

from pv_extract.report.view import Reported, counted, place


def text(reported: Sequence[Reported]) -> str:
    """One line for each finding under its file: level, code, place, message and id."""
    lines: list[str] = []
    for each in reported:
        lines.append(f"{each.checked.path}: {counted(each)}")
        for finding in each.checked.findings:
            where = place(finding)
            known = "" if each.fails(finding) or finding.level != "error" else " (known)"
            at = f" {where}:" if where else ""
            lines.append(
                f"  {finding.level.value}{known} {finding.code.value}:{at} {finding.message} [{each.checked.id_of(finding)}]"
            )
    failing = sum(len(each.failing) for each in reported)
    lines.append(f"{len(reported)} checked, {failing} finding{'s' if failing != 1 else ''} that fail")
    return "\n".join(lines) + "\n"
