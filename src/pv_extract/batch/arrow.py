"""Rows as Arrow tables and Parquet files: the same rows give the same bytes."""

from collections.abc import Sequence
from typing import Any  # pyarrow publishes no types

import pandas  # noqa: F401, ICN001 - pyarrow loads it with its first array
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pv_extract.batch.rows import PRECISION, SCALE, Column

_TYPES = {
    "VARCHAR": pa.string(),
    "INTEGER": pa.int32(),
    "BIGINT": pa.int64(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    f"DECIMAL({PRECISION},{SCALE})": pa.decimal128(PRECISION, SCALE),
}


def table_of(rows: Sequence[tuple[Any, ...]], columns: Sequence[Column]) -> Any:
    """An Arrow table of rows whose values stand in the order of `columns`; dates are taken as ISO texts."""
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    return pa.table({c.name: _array(column, c.type) for c, column in zip(columns, values, strict=True)})


def _array(values: Sequence[Any], kind: str) -> Any:
    if kind == "DATE":
        return pc.cast(pa.array(values, pa.string()), pa.date32())
    try:
        return pa.array(values, _TYPES[kind])
    except UnicodeEncodeError:
        return pa.array([None if v is None else _valid(v) for v in values], pa.string())


def _valid(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, which a broken font map may give, is written out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def as_parquet(table: Any) -> bytes:
    """The table as a small Parquet file: most hold some dozens of rows, for which statistics and dictionaries are ballast."""
    written = pa.BufferOutputStream()
    pq.write_table(
        table, written, compression="snappy", use_dictionary=False, write_statistics=False, store_schema=False
    )
    content: bytes = written.getvalue().to_pybytes()
    return content


def unnamed(figures: Any) -> Any:
    """Figures as their Parquet files hold them: the answer is named by the folder."""
    return figures.drop_columns(["answer"])
