"""Rows as Arrow tables, streams and Parquet files: the same rows give the same bytes."""

import io
from collections.abc import Sequence
from typing import Any  # pyarrow publishes no types

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
ROW_GROUP = 100_000


def table_of(rows: Sequence[dict[str, Any]], columns: Sequence[Column]) -> Any:
    """An Arrow table with a column for each of `columns`; dates are taken as ISO texts, what a row lacks is null."""
    return pa.table({c.name: _array([row.get(c.name) for row in rows], c.type) for c in columns})


def _array(values: list[Any], kind: str) -> Any:
    if kind == "VARCHAR":
        return pa.array([None if v is None else _valid(str(v)) for v in values], pa.string())
    if kind == "DATE":
        return pc.cast(pa.array(values, pa.string()), pa.date32())
    return pa.array(values, _TYPES[kind])


def _valid(text: str) -> str:
    """Text that UTF-8 can hold: half a surrogate pair, which a broken font map may give, is written out."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def as_stream(table: Any) -> bytes:
    """The table as an Arrow stream."""
    written = io.BytesIO()
    with pa.ipc.new_stream(written, table.schema) as stream:
        stream.write_table(table)
    return written.getvalue()


def from_streams(streams: Sequence[bytes]) -> Any:
    """One Arrow table of all the streams, in their order."""
    return pa.concat_tables([pa.ipc.open_stream(stream).read_all() for stream in streams])


def as_parquet(table: Any) -> bytes:
    """The table as a Parquet file."""
    written = io.BytesIO()
    pq.write_table(table, written, compression="snappy", row_group_size=ROW_GROUP)
    return written.getvalue()
