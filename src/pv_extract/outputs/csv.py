"""Tidy figures as CSV, every number as exact as printed."""

import csv
import io
from decimal import Decimal

from pv_extract.extraction import Extraction
from pv_extract.tidy import POINTS


def csv_bytes(extraction: Extraction) -> bytes:
    """One row per figure, UTF-8, comma, LF; numbers with a decimal point as exact as printed, nothing for what is absent."""
    frame = extraction.figures()
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(frame.columns)
    rows.writerows([_csv_text(value) for value in row] for row in frame.itertuples(index=False))
    return written.getvalue().encode("utf-8")


def _csv_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(round(value, POINTS))
    return format(value, "f") if isinstance(value, Decimal) else str(value)
