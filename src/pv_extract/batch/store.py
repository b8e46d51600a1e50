"""The store of a batch: a folder with a DuckDB database, which is the record, and Parquet files made of it.

A document is in the store when its transaction is, whole, with all its rows; killed at any moment, nothing is there in part.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO  # a cell is of many types

import duckdb

from pv_extract.batch.lock import writing
from pv_extract.batch.rows import STORED
from pv_extract.batch.status import MARKER, BatchError, Outcome, Reading, Status, Task

FORMAT = 1
DATABASE, TEMPORARY = "store.duckdb", ".tmp"
_OURS = frozenset({".lock", ".writer.json", TEMPORARY, DATABASE, f"{DATABASE}.wal", MARKER, "parquet"})
_AT_ONCE = 32  # files that are written before the disk is waited for
_WRITING, _READING = "128MB", "512MB"  # of the database, which spills to disk beyond it; workers need the rest
_LOG = "64MB"  # of its log, after which it goes into the tables: to do so often costs time and leaves gaps in the file

_RUNS = """
CREATE TABLE IF NOT EXISTS runs (
    run BIGINT PRIMARY KEY, run_id VARCHAR, state VARCHAR, started VARCHAR, finished VARCHAR, seconds DOUBLE,
    version VARCHAR, settings VARCHAR, versions VARCHAR, inputs BIGINT, counts VARCHAR
);
CREATE TABLE IF NOT EXISTS inputs (
    run BIGINT, number BIGINT, location VARCHAR, source_sha256 VARCHAR, version VARCHAR, status VARCHAR, settled VARCHAR,
    message VARCHAR, duplicate_of VARCHAR, errors BIGINT, seconds DOUBLE
);
CREATE TABLE IF NOT EXISTS superseded (source_sha256 VARCHAR, version VARCHAR, superseded_by VARCHAR);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A source that the store already holds, by this version."""

    settled: Status
    message: str
    errors: int


@dataclass(frozen=True, slots=True)
class Store:
    """An open store; `number` is that of the run which writes."""

    folder: Path
    db: duckdb.DuckDBPyConnection

    def known(self, version: str) -> dict[str, Known]:
        """What this version has read already, by SHA-256 of the source."""
        found = self.db.execute(
            "SELECT source_sha256, status, coalesce(message, ''), errors FROM documents WHERE version = ?", [version]
        ).fetchall()
        return {sha256: Known(Status(status), message, errors) for sha256, status, message, errors in found}

    def begin(self, run_id: str, version: str, started: str, settings: str, versions: str) -> int:
        """Notes that a run started; gives its number. Runs that never ended were killed."""
        self.db.execute("UPDATE runs SET state = 'killed' WHERE state = 'running'")
        (number,) = self.query("SELECT coalesce(max(run), 0) + 1 FROM runs")[0]
        values = [number, run_id, "running", started, None, None, version, settings, versions, None, None]
        self.db.execute(f"INSERT INTO runs VALUES ({', '.join('?' * len(values))})", values)
        return int(number)

    def end(self, run: int, state: str, finished: str, seconds: float, inputs: int, counts: Mapping[str, int]) -> None:
        """Notes how a run ended."""
        said = json.dumps(counts)
        self.db.execute(
            "UPDATE runs SET state = ?, finished = ?, seconds = ?, inputs = ?, counts = ? WHERE run = ?",
            [state, finished, seconds, inputs, said, run],
        )

    def commit(
        self, run: int, version: str, readings: Sequence[tuple[Task, Reading]], outcomes: Sequence[Outcome]
    ) -> None:
        """All of these documents and outcomes are in the store, or, killed on the way, none of them.

        Raises:
            BatchError: where the disk is full or refuses; the store is as it was.
        """
        made = _tables(readings) if readings else {}
        try:
            if made:
                self._publish(version, readings, made["figures"])
            self.db.execute("BEGIN")
            self._insert(version, [task.sha256 for task, _ in readings], made)
            self._log(run, version, outcomes)
            self.db.execute("COMMIT")
        except (OSError, duckdb.Error) as error:
            raise BatchError(f"{self.folder}: cannot be written, what was committed is kept: {_why(error)}") from error

    def _publish(self, version: str, readings: Sequence[tuple[Task, Reading]], figures: Any) -> None:
        """The figures of each document as a Parquet file of its answer; its name tells what it holds."""
        from pv_extract.batch.arrow import as_parquet, unnamed  # noqa: PLC0415 - slow to load

        made, start = [], 0
        for task, reading in readings:
            if reading.figures:
                made.append((self.figures_of(reading.answer, task.sha256, version), start, reading.figures))
            start += reading.figures
        figures = unnamed(figures)
        for at in range(0, len(made), _AT_ONCE):
            group = made[at : at + _AT_ONCE]
            for folder in {os.path.dirname(path) for path, _, _ in group}:  # noqa: PTH120 - there are thousands of them
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
            self.write((path, as_parquet(figures.slice(*place))) for path, *place in group)

    def figures_of(self, answer: str, sha256: str, version: str, part: str = "figures") -> str:
        """Place of the figures of one document."""
        return os.path.join(self.folder, "parquet", part, f"answer={answer}", f"{sha256[:16]}-{version}.parquet")  # noqa: PTH118

    def _insert(self, version: str, keys: Sequence[str], made: Mapping[str, Any]) -> None:
        """The rows are in the tables; those of the same documents that a run with --fresh reads again are replaced."""
        if not made:
            return
        these = "version = ? AND source_sha256 IN (SELECT unnest(?::VARCHAR[]))"
        there = self.query(f"SELECT 1 FROM documents WHERE {these} LIMIT 1", [version, keys])
        for name, table in made.items():
            if there:
                self.db.execute(f"DELETE FROM {name} WHERE {these}", [version, keys])
            self.db.register("arrived", table)
            self.db.execute(f"INSERT INTO {name} SELECT * FROM arrived")
            self.db.unregister("arrived")

    def _log(self, run: int, version: str, outcomes: Sequence[Outcome]) -> None:
        columns: list[list[Any]] = [
            [run] * len(outcomes),
            [o.number for o in outcomes],
            [o.location for o in outcomes],
            [o.sha256 for o in outcomes],
            [version] * len(outcomes),
            [o.status.value for o in outcomes],
            [o.settled.value for o in outcomes],
            [o.message for o in outcomes],
            [o.duplicate_of for o in outcomes],
            [o.errors for o in outcomes],
            [round(o.seconds, 4) for o in outcomes],
        ]
        kinds = ["BIGINT", "BIGINT", *["VARCHAR"] * 7, "BIGINT", "DOUBLE"]
        lists = ", ".join(f"unnest(?::{kind}[])" for kind in kinds)
        self.db.execute(f"INSERT INTO inputs SELECT {lists}", columns)

    def write(self, files: Iterable[tuple[str | Path, bytes]]) -> None:
        """The files of the store hold this, each whole or as it was."""
        write_durably(files, os.path.join(self.folder, TEMPORARY))  # noqa: PTH118

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        return self.db.execute(sql, list(values)).fetchall()


def _tables(readings: Sequence[tuple[Task, Reading]]) -> Mapping[str, Any]:
    """The rows of all these documents as an Arrow table for each table of the store."""
    from pv_extract.batch.arrow import table_of  # noqa: PLC0415 - slow to load, and not needed where nothing is new

    return {
        name: table_of([row for _, reading in readings for row in reading.rows[name]], columns)
        for name, columns in STORED.items()
    }


@contextmanager
def writable(folder: Path, wait: float = 0.0) -> Iterator[Store]:
    """The store in this folder, made where there is none, for one writer.

    Raises:
        BatchError: where another run writes to it, the folder holds something else, or a store of another format.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchError(f"{folder}: expected a folder for the store, cannot make it: {error.strerror}") from error
    _refuse_foreign(folder)
    with writing(folder, wait):
        _clear(folder / TEMPORARY)
        db = _connect(folder, read_only=False)
        try:
            _make(db)
            if not (folder / MARKER).exists():
                write_durably([(folder / MARKER, json.dumps({"format": FORMAT}).encode())], folder / TEMPORARY)
            yield Store(folder, db)
            db.execute("CHECKPOINT")
        except duckdb.Error as error:
            raise BatchError(f"{folder}: the database of the store refuses: {_why(error)}") from error
        except RuntimeError as error:
            if str(error) == "Query interrupted":  # as the database has it
                raise KeyboardInterrupt from error
            raise
        finally:
            db.close()


@contextmanager
def readable(folder: Path) -> Iterator[Store]:
    """The store in this folder, for reading.

    Raises:
        BatchError: where there is no store, one of another format, or one that a run writes to.
    """
    if not (folder / MARKER).is_file():
        raise BatchError(f"{folder}: expected a store that `pv-extract run` made, found none")
    _refuse_foreign(folder)
    db = _connect(folder, read_only=True)
    try:
        yield Store(folder, db)
    finally:
        db.close()


def _connect(folder: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    memory = _READING if read_only else _WRITING
    settings: dict[str, Any] = {
        "memory_limit": memory,
        "threads": 1,
        "preserve_insertion_order": True,
        "wal_autocheckpoint": _LOG,
    }
    try:
        return duckdb.connect(str(folder / DATABASE), read_only=read_only, config=settings)
    except duckdb.Error as error:
        if "lock" in str(error).lower():
            raise BatchError(f"{folder}: a run writes to this store; wait for it to end") from error
        raise BatchError(f"{folder / DATABASE}: cannot be opened: {_why(error)}; move it away and run again") from error


def _clear(folder: Path) -> None:
    """What a killed run left half-written goes."""
    folder.mkdir(exist_ok=True)
    for left in folder.iterdir():
        left.unlink()


def _make(db: duckdb.DuckDBPyConnection) -> None:
    db.execute(_RUNS)
    for name, columns in STORED.items():
        declared = ", ".join(f'"{column.name}" {column.type}' for column in columns)
        db.execute(f"CREATE TABLE IF NOT EXISTS {name} ({declared})")


def _refuse_foreign(folder: Path) -> None:
    marker = folder / MARKER
    if not marker.exists():
        other = sorted({path.name for path in folder.iterdir()} - _OURS)
        if other:
            raise BatchError(f"{folder}: expected a store or an empty folder, found {other[0]!r}; choose another --out")
        return
    try:
        found = json.loads(marker.read_text(encoding="utf-8"))["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BatchError(f"{marker}: expected the format of the store: {error}") from error
    if found != FORMAT:
        remedy = "use a newer pv-extract" if isinstance(found, int) and found > FORMAT else "run again with a new --out"
        raise BatchError(f"{folder}: expected a store of format {FORMAT}, found format {found}; {remedy}")


def write_durably(files: Iterable[tuple[str | Path, bytes]], beside: str | Path) -> None:
    """Each file holds its content, also after a power cut, or is as it was; `beside` is an own folder on the same disk.

    All are handed to the disk before it is waited for: a journal takes them in one go.
    """
    written: list[tuple[BinaryIO, str, str | Path]] = []
    try:
        with ExitStack() as opened:
            for number, (path, content) in enumerate(files):
                temporary = f"{beside}{os.sep}{number}"
                file = opened.enter_context(open(temporary, "wb"))  # noqa: PTH123 - there are thousands of them
                written.append((file, temporary, path))
                file.write(content)
                file.flush()
                _begun(file)
            for handle, temporary, path in written:
                os.fsync(handle.fileno())
                handle.close()
                os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        for _, temporary, _ in written:
            with suppress(FileNotFoundError):
                os.unlink(temporary)  # noqa: PTH108
        raise


def _begun(file: BinaryIO) -> None:
    """The disk begins to write it, where the system takes such advice."""
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error).splitlines()[0]
