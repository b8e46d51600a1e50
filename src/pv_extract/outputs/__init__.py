"""What leaves the package: an extraction as JSON, CSV, Parquet, a workbook or a view in the terminal."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from pv_extract.extraction import Extraction
from pv_extract.findings import ConfigurationError
from pv_extract.outputs import terminal
from pv_extract.outputs.csv import csv_bytes
from pv_extract.outputs.draw import LEGEND, draw
from pv_extract.outputs.json import json_text, tables_json
from pv_extract.outputs.outlines import outlines

__all__ = [
    "FORMATS",
    "LEGEND",
    "as_bytes",
    "draw",
    "json_text",
    "outlines",
    "tables_json",
    "terminal",
    "write",
    "write_text",
]


def _json(extraction: Extraction) -> bytes:
    return json_text(extraction).encode("utf-8")


def _parquet(extraction: Extraction) -> bytes:
    from pv_extract.outputs.parquet import parquet_bytes  # noqa: PLC0415 - slow to load

    return parquet_bytes(extraction)


def _xlsx(extraction: Extraction) -> bytes:
    from pv_extract.outputs.xlsx import xlsx_bytes  # noqa: PLC0415 - slow to load

    return xlsx_bytes(extraction)


FORMATS: Mapping[str, Callable[[Extraction], bytes]] = {
    "json": _json,
    "csv": csv_bytes,
    "parquet": _parquet,
    "xlsx": _xlsx,
}
"""Every file format by name; a new one is a function here."""


def as_bytes(extraction: Extraction, format: str) -> bytes:  # noqa: A002 - the word for it
    """The extraction in one of `FORMATS`.

    Raises:
        ConfigurationError: for any other format.
    """
    if format not in FORMATS:
        raise ConfigurationError(f"format {format!r}: expected one of {', '.join(FORMATS)}")
    return FORMATS[format](extraction)


def write(extraction: Extraction, format: str, path: Path) -> None:  # noqa: A002 - the word for it
    """The file holds the whole extraction, or what it held before: a half-written one is never seen.

    Raises:
        ConfigurationError: for an unknown format, or a place that cannot be written.
    """
    _write_bytes(as_bytes(extraction, format), path)


def write_text(text: str, path: Path) -> None:
    """The file holds the whole text, or what it held before.

    Raises:
        ConfigurationError: where the place cannot be written.
    """
    _write_bytes(text.encode("utf-8"), path)


def _write_bytes(content: bytes, path: Path) -> None:
    try:
        place = path.resolve()
        if place.exists() and not place.is_file():  # a pipe or a device takes what comes
            place.write_bytes(content)
            return
        temporary = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        try:
            temporary.write_bytes(content)
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be written: {error.strerror or error}") from error
