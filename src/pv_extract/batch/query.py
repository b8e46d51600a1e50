"""A table of the store on its way out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any  # a cell is of many types

import duckdb

_AT_ONCE = 10_000  # rows in memory


@dataclass(frozen=True, slots=True)
class Query:
    """A table to export, with the names and DuckDB types of its columns; `obs_value` comes as exact text where it is one."""

    name: str
    sql: str
    columns: Mapping[str, str]

    def rows(self, db: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
        """The rows in their stable order."""
        found = db.execute(self.sql)
        while rows := found.fetchmany(_AT_ONCE):
            yield from rows
