"""Answers to parliamentary questions as figures one can trust: `extract(path)` reads, names and checks every table."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pv_extract.batch.run import run
    from pv_extract.extraction import Extraction, TableView
    from pv_extract.findings import ConfigurationError, Finding, PvExtractError, SourceError
    from pv_extract.pipeline import extract
    from pv_extract.validation import validate

__version__ = "0.1.0"
__all__ = [
    "ConfigurationError",
    "Extraction",
    "Finding",
    "PvExtractError",
    "SourceError",
    "TableView",
    "extract",
    "run",
    "validate",
]

# A name is imported when it is asked for, so that a reader alone costs neither the time nor the memory of the checks.
_HOMES = {
    "ConfigurationError": "findings",
    "Extraction": "extraction",
    "Finding": "findings",
    "PvExtractError": "findings",
    "SourceError": "findings",
    "TableView": "extraction",
    "extract": "pipeline",
    "run": "batch",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    """The public names, each from the module that holds it (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module 'pv_extract' has no attribute {name!r}")
    return getattr(import_module(f"pv_extract.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
