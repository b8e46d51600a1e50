"""Findings of many inputs in the formats of people and of CI: one module per format, the same findings in each."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from pv_extract.findings import ConfigurationError
from pv_extract.report.github import github
from pv_extract.report.html import html
from pv_extract.report.json import json
from pv_extract.report.junit import junit
from pv_extract.report.markdown import markdown
from pv_extract.report.sarif import sarif
from pv_extract.report.text import text
from pv_extract.report.view import Reported

__all__ = ["FORMATS", "Reported", "format_of", "render"]

FORMATS: Mapping[str, Callable[[Sequence[Reported]], str]] = {
    "text": text,
    "json": json,
    "junit": junit,
    "sarif": sarif,
    "github": github,
    "markdown": markdown,
    "html": html,
}
"""Every report by name; a new one is a function here."""

_SUFFIXES = {
    ".txt": "text", ".json": "json", ".xml": "junit", ".sarif": "sarif", ".md": "markdown", ".html": "html", ".htm": "html",
}  # fmt: skip


def render(name: str, reported: Sequence[Reported]) -> str:
    """The report in one of `FORMATS`; ends with a newline.

    Raises:
        ConfigurationError: for any other format.
    """
    if name not in FORMATS:
        raise ConfigurationError(f"format {name!r}: expected one of {', '.join(FORMATS)}")
    return FORMATS[name](reported)


def format_of(path: Path) -> str:
    """The format that a file's suffix names.

    Raises:
        ConfigurationError: for a suffix that names none.
    """
    if path.suffix.lower() not in _SUFFIXES:
        raise ConfigurationError(
            f"{path}: the suffix names no report; expected one of {', '.join(_SUFFIXES)}, or --format"
        )
    return _SUFFIXES[path.suffix.lower()]
