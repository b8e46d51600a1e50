"""Findings as workflow commands: GitHub Actions shows them as annotations on a pull request."""

from collections.abc import Sequence

from pv_extract.report.view import Reported, place

_COMMAND = {"error": "error", "warning": "warning", "note": "notice"}


def github(reported: Sequence[Reported]) -> str:
    """One annotation for each finding, titled with its code; the message names table, row and column."""
    lines = []
    for each in reported:
        for finding in each.checked.findings:
            known = finding.level == "error" and not each.fails(finding)
            command = "notice" if known else _COMMAND[finding.level.value]
            where = place(finding)
            message = f"{where}: {finding.message}" if where else finding.message
            lines.append(
                f"::{command} file={_property(each.checked.path)},line={finding.page or 1},"
                f"title={_property(f'pv-extract {finding.code.value}')}::{_data(message)}"
            )
    return "\n".join([*lines, ""]) if lines else ""


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
