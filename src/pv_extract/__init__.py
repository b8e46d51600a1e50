"""Answers to parliamentary questions as figures one can trust: `extract(path)` reads, names and checks every table."""

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
    "validate",
]
