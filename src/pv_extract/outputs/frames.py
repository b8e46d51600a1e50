"""Tidy figures as CSV and Parquet, every value exact."""

import csv
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any  # pyarrow publishes no types

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pv_extract.extraction import Extraction

SCALE, PRECISION = 9, 38  # obs_value in Parquet: one type for all files, unless a document prints more decimals
POINTS = 2  # decimals of a place on the page
TYPES: Mapping[str, Any] = {"question_number": pa.int64(), "page": pa.int32(), "is_total": pa.bool_()}


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


def parquet_bytes(extraction: Extraction) -> bytes:
    """One row per figure; `obs_value` is decimal(38, 9), wider only where more decimals were printed; dates are dates."""
    frame = extraction.figures()
    columns = {str(name): frame[name].tolist() for name in frame.columns}
    table = pa.table({name: _arrow_column(name, values) for name, values in columns.items()})
    written = io.BytesIO()
    pq.write_table(table, written, compression="zstd")
    return written.getvalue()


def _arrow_column(name: str, values: list[Any]) -> Any:
    if name == "obs_value":
        return _exact(values)
    if name in ("question_date", "time_start", "time_end"):
        return pc.cast(pa.array(values, pa.string()), pa.date32())
    if name in ("x0", "top", "x1", "bottom", "match_score"):
        return pa.array([None if v is None else round(v, POINTS) for v in values], pa.float64())
    return pa.array(values, TYPES.get(name, pa.string()))


def _exact(values: list[Any]) -> Any:
    numbers = [None if v is None else Decimal(v) for v in values]
    scale = max([SCALE, *(-int(n.as_tuple().exponent) for n in numbers if n is not None)])
    whole = max((n.adjusted() + 1 for n in numbers if n is not None), default=0)
    kind = pa.decimal128(PRECISION, scale) if whole + scale <= PRECISION else pa.decimal256(76, scale)
    return pa.array(numbers, kind)
