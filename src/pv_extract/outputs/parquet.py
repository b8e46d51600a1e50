"""Tidy figures as Parquet, every value exact and of one type in all files."""

import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any  # pyarrow publishes no types

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pv_extract.extraction import Extraction

SCALE, PRECISION = 9, 38  # of obs_value, unless a document prints more decimals
POINTS = 2  # decimals of a place on the page
TYPES: Mapping[str, Any] = {
    "question_number": pa.int64(),
    "page": pa.int32(),
    "unit_mult": pa.int8(),
    "is_total": pa.bool_(),
}


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
