"""Which documents of a store count, and the Parquet files that hold them.

A source that was replaced at its place by another, or read again by a later version, is superseded: it stays in the store
as history. One that cannot be read replaces nothing.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from pv_extract.batch.rows import STORED
from pv_extract.batch.status import READ, BatchError
from pv_extract.batch.store import Store

_READ = ", ".join(f"'{status.value}'" for status in sorted(READ))
_SUPERSEDED = f"""
WITH newest_reading AS (
    SELECT location, source_sha256, version, run, number FROM inputs WHERE settled IN ({_READ})
    QUALIFY row_number() OVER (PARTITION BY location ORDER BY run DESC, number DESC) = 1
), newest_input AS (
    SELECT location, source_sha256, version, run, number FROM inputs
    QUALIFY row_number() OVER (PARTITION BY location ORDER BY run DESC, number DESC) = 1
), current_documents AS (
    SELECT source_sha256, version FROM (FROM newest_reading UNION ALL FROM newest_input)
    QUALIFY row_number() OVER (PARTITION BY source_sha256 ORDER BY run DESC, number DESC) = 1
)
SELECT d.source_sha256, d.version, (
    SELECT n.source_sha256 FROM inputs i JOIN newest_reading n USING (location)
    WHERE i.source_sha256 = d.source_sha256 AND i.version = d.version ORDER BY n.run DESC, n.number LIMIT 1
) FROM documents d ANTI JOIN current_documents USING (source_sha256, version) ORDER BY ALL
"""

ORDER = {
    "figures": "answer, source_sha256, version, position",
    "tables": "answer, source_sha256, version, position",
    "findings": "answer, source_sha256, version, position",
    "documents": "answer, source_sha256, version",
    "inputs": "location",
    "runs": "run",
}


def select(table: str, *, history: bool = False) -> str:
    """The query for a table in its stable order: current documents, or with `history` all that the store ever read."""
    if table == "runs":
        return "SELECT * FROM runs ORDER BY run"
    if table == "inputs":
        return (
            "SELECT location, source_sha256, version, settled AS status, message, duplicate_of, errors FROM inputs "
            "QUALIFY row_number() OVER (PARTITION BY location ORDER BY run DESC, number DESC) = 1 ORDER BY location"
        )
    if not history:
        return f"SELECT * FROM {table} ANTI JOIN superseded USING (source_sha256, version) ORDER BY {ORDER[table]}"
    return (
        f"SELECT {table}.*, superseded_by FROM {table} LEFT JOIN superseded USING (source_sha256, version) "
        f"ORDER BY {ORDER[table]}"
    )


def settle(store: Store, *, changed: bool) -> None:
    """Superseded documents are known, and the Parquet files hold the current ones; a former run's omissions are made good.

    Raises:
        BatchError: where the disk is full or refuses.
    """
    try:
        found = store.query(_SUPERSEDED)
        if found != store.query("SELECT * FROM superseded ORDER BY ALL"):
            changed = True
            store.db.execute("BEGIN")
            store.db.execute("DELETE FROM superseded")
            store.db.executemany("INSERT INTO superseded VALUES (?, ?, ?)", found)
            store.db.execute("COMMIT")
        _arrange(store)
        _write_tables(store, changed=changed)
    except OSError as error:
        raise BatchError(f"{store.folder}: cannot be written, what was committed is kept: {error.strerror}") from error


def write_runs(store: Store) -> None:
    """The Parquet file of the runs holds them all."""
    _copy(store, "runs")


def _write_tables(store: Store, *, changed: bool) -> None:
    for table in ("tables", "findings", "documents"):
        if changed or not _place(store, table).exists():
            _copy(store, table)


def _copy(store: Store, table: str) -> None:
    temporary = store.folder / ".tmp" / f"{table}.parquet"
    quoted = str(temporary).replace("'", "''")
    (store.folder / "parquet").mkdir(exist_ok=True)
    store.db.execute(f"COPY ({select(table)}) TO '{quoted}' (FORMAT parquet, COMPRESSION snappy)")
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(_place(store, table))


def _place(store: Store, table: str) -> Path:
    return store.folder / "parquet" / f"{table}.parquet"


def _arrange(store: Store) -> None:
    """Figures of current documents stand under `figures`, those of superseded ones under `history`."""
    counted = "SELECT answer, source_sha256, version, superseded.version IS NULL FROM documents"
    joined = f"{counted} LEFT JOIN superseded USING (source_sha256, version) WHERE figure_count > 0"
    there = {part: set(_files(store.folder / "parquet" / part)) for part in ("figures", "history")}
    for answer, sha256, version, current in store.query(joined):
        part, other = ("figures", "history") if current else ("history", "figures")
        name = f"answer={answer}/{sha256[:16]}-{version}.parquet"
        if name in there[part]:
            continue
        target = Path(store.figures_of(answer, sha256, version, part))
        target.parent.mkdir(parents=True, exist_ok=True)
        if name in there[other]:
            Path(store.figures_of(answer, sha256, version, other)).replace(target)
        else:
            store.write([(target, _figures(store, sha256, version))])


def _files(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    for answer in os.scandir(folder):
        yield from (f"{answer.name}/{file.name}" for file in os.scandir(answer.path))


def _figures(store: Store, sha256: str, version: str) -> bytes:
    """The Parquet file of one document's figures, made from the database as when it was read."""
    from pv_extract.batch.arrow import as_parquet, table_of, unnamed  # noqa: PLC0415 - seldom needed

    columns = STORED["figures"]
    rows = store.query(
        "SELECT * FROM figures WHERE source_sha256 = ? AND version = ? ORDER BY position", [sha256, version]
    )
    return as_parquet(unnamed(table_of([tuple(_plain(value) for value in row) for row in rows], columns)))


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value
