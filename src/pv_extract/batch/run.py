"""A run: every input read once, every result kept, every input accounted for."""

import json
import os
import platform
import secrets
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from itertools import chain
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from pv_extract.batch import inputs as given
from pv_extract.batch.inputs import Fetched
from pv_extract.batch.limits import Limits
from pv_extract.batch.signals import result_of
from pv_extract.batch.status import FAILED, MARKER, SETTLED, Engine, Outcome, Read, Reading, Status, Summary, Task
from pv_extract.batch.version import Settings, libraries, version_key

if TYPE_CHECKING:
    from pv_extract.batch.store import Known, Store
    from pv_extract.model import Remark

# the database is imported where it is used: workers, which import this package as well, do without

BATCH, EVERY = 256, 1.0  # documents, or seconds, after which results are committed
UNLIMITED = 4 << 30  # bytes of one document where memory has no limit


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `total` grows while archives are opened."""

    done: int
    total: int
    figures: int
    findings: int
    failed: int


Report = Callable[[Progress], None]


def run(  # noqa: PLR0913 - the options of a run
    inputs: Iterable[str | os.PathLike[str]],
    out: str | Path,
    *,
    topic: str | None = None,
    schemas: Sequence[Path] = (),
    verify: bool = False,
    jobs: int | None = None,
    limits: Limits | None = None,
    fresh: bool = False,
    wait: float = 0.0,
    executor: Executor | None = None,
    engine: Engine | None = None,
    read: Read | None = None,
    today: date | None = None,
    progress: Report | None = None,
) -> Summary:
    """Reads every document of the inputs into a store; what the store holds already is not read again.

    Args:
        inputs: files, folders, patterns, ZIP archives, and URLs of any fsspec file system.
        out: folder of the store; made where it does not exist.
        topic: id of the topic that must be found in each document.
        schemas: the user's own schema folders, beside the shipped ones.
        verify: read every cell again with the second engine.
        jobs: worker processes; as many as there are cores where it is None.
        limits: seconds and megabytes that one document may take.
        fresh: read every document again, also those that the store holds.
        wait: seconds to wait for another run on the same store to end.
        executor: of `concurrent.futures`, to read on instead of worker processes of this machine.
        engine: as an executor, for anything else (`engines.on_dask`).
        read: reads one document instead of `extract`; it must be importable by the workers.
        today: the day against which waivers expire; the current day where it is None.
        progress: called after each input.

    Raises:
        ConfigurationError: for a topic or schemas that do not hold, a store that cannot be written or is being written.
    """
    bounds = limits or Limits()
    new = fresh or not os.path.exists(os.path.join(out, MARKER))  # noqa: PTH110, PTH118 - whatever is wrong is told below
    # all that comes will be read: what reads loads while the store is made
    made = engine or (_engine(executor, jobs, bounds) if new else None)

    from pv_extract.batch.store import writable  # noqa: PLC0415 - see above

    settings = Settings(topic, tuple(schemas), verify, today or date.today())  # noqa: DTZ011 - the calendar on the wall
    version = version_key(settings)
    with writable(Path(out), wait) as store:
        known = {} if fresh else store.known(version)
        made = made or (None if known else _engine(executor, jobs, bounds))
        places = list(given.places(inputs))
        most = bounds.megabytes << 20 if bounds.megabytes else UNLIMITED
        book = _Book(store, version, known, len(places), progress)
        tasks = book.tasks(given.fetched(places, most))

        def ready() -> Engine:
            """While workers load what they read with, this process loads what it writes with, beside handing them documents.

            Workers that are not the run's own may be forked from here, where no thread may import then: they would wait for it.
            """
            readings = made or _engine(executor, jobs, bounds)
            loading = Thread(target=import_module, args=("pv_extract.batch.arrow",))
            loading.start()
            if engine or executor:
                loading.join()
            return readings

        return book.keep(_read(tasks, settings, version, read, ready), settings)


def _read(
    tasks: Iterator[Task], settings: Settings, version: str, read: Read | None, engine: Callable[[], Engine]
) -> Generator[tuple[Task, Reading], None, None]:
    """The readings of the tasks; where there are none, nothing slow is loaded."""
    first = next(tasks, None)
    if first is not None:
        yield from engine()(read or partial(_read_there, settings, version), chain([first], tasks))


def _engine(executor: Executor | None, jobs: int | None, limits: Limits) -> Engine:
    from pv_extract.batch import engines  # noqa: PLC0415 - needed where something is new

    many = jobs or os.cpu_count() or 1
    return engines.on_executor(executor, limits, window=2 * many) if executor else engines.local(many, limits)


def _read_there(settings: Settings, version: str, task: Task) -> Reading:
    """Reads a document where it is called: only workers load the readers, and this run itself starts without."""
    from pv_extract.batch.reading import read_document  # noqa: PLC0415 - see above

    return read_document(settings, version, task)


@dataclass
class _Book:
    """Keeps account of a run: each input gets one outcome, and what is read is committed in batches."""

    store: "Store"
    version: str
    known: "dict[str, Known]"
    total: int
    progress: Report | None
    _run: int = 0
    _started: float = field(default_factory=time.perf_counter)
    _flushed: float = field(default_factory=time.monotonic)
    _outcomes: list[Outcome] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)  # of the sources under way, by SHA-256
    _first: dict[str, str] = field(default_factory=dict)  # location at which a source was met first
    _settled: dict[str, Outcome] = field(default_factory=dict)
    _twice: list[tuple[int, Fetched, str]] = field(default_factory=list)
    _readings: list[tuple[Task, Reading]] = field(default_factory=list)
    _logged: int = 0
    _figures: int = 0
    _findings: int = 0
    _failed: int = 0
    _changed: bool = False

    def tasks(self, documents: Iterable[Fetched]) -> Iterator[Task]:
        """Documents that have to be read; the others get their outcome here."""
        for number, document in enumerate(documents, 1):
            self.total = max(self.total, number)
            sha256 = document.sha256
            if sha256 is None:
                message = document.problem or ""
                self._settle(Outcome(number, document.location, Status.UNREADABLE, Status.UNREADABLE, message))
            elif sha256 in self._first:
                self._twice.append((number, document, sha256))
            elif sha256 in self.known:
                self._first[sha256] = document.location
                was = self.known[sha256]
                self._settle(
                    Outcome(
                        number, document.location, Status.UNCHANGED, was.settled, was.message, sha256, errors=was.errors
                    )
                )
            else:
                self._first[sha256], self._numbers[sha256] = document.location, number
                yield Task(document.location, document.name, sha256, document.data)

    def keep(self, readings: Generator[tuple[Task, Reading], None, None], settings: Settings) -> Summary:
        """Commits the readings as they come; Ctrl-C ends the run with what is done kept."""
        run_id = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
        said = {"topic": settings.topic, "schemas": [str(s) for s in settings.schemas], "verify": settings.verify}
        self._run = self.store.begin(run_id, self.version, _now(), json.dumps(said), json.dumps(_versions()))
        state = "failed"
        remarks: tuple[Remark, ...] = ()
        try:
            with ThreadPoolExecutor(1, thread_name_prefix="commit") as thread:
                state = self._all(readings, thread)
                self._repeat()
                remarks = result_of(thread.submit(self._finish, settings, state))
        finally:
            self._end(state)
        outcomes = tuple(sorted(self._outcomes, key=lambda o: o.number))
        return Summary(run_id, outcomes, self._took(), state != "finished", remarks)

    def _finish(self, settings: Settings, state: str) -> "tuple[Remark, ...]":
        """The last results are committed, and the files of the store made."""
        from pv_extract.batch.current import settle  # noqa: PLC0415 - see above
        from pv_extract.batch.decided import unused_decisions  # noqa: PLC0415 - see above

        self._commit(self._take())
        settle(self.store, changed=self._changed)
        return unused_decisions(self.store, settings.schemas) if state == "finished" else ()

    def _all(self, readings: Generator[tuple[Task, Reading], None, None], thread: ThreadPoolExecutor) -> str:
        """Every reading is noted, and committed beside the reading of the next ones."""
        pending: Future[None] | None = None
        try:
            for task, reading in readings:
                self._note(task, reading)
                if self._due() and (pending is None or pending.done()):
                    pending and pending.result()
                    pending = thread.submit(self._commit, self._take())
            state = "finished"
        except KeyboardInterrupt:
            state = "interrupted"
        finally:
            readings.close()
            pending and pending.result()
        return state

    def _note(self, task: Task, reading: Reading) -> None:
        self._figures += reading.figures
        self._findings += reading.findings
        if reading.status in SETTLED:
            self._readings.append((task, reading))
            self._changed = True
        self._settle(
            Outcome(
                self._numbers.pop(task.sha256), task.location, reading.status, reading.status, reading.message, task.sha256,
                errors=reading.errors, seconds=reading.seconds,
            )
        )  # fmt: skip

    def _settle(self, outcome: Outcome) -> None:
        self._outcomes.append(outcome)
        self._failed += outcome.settled in FAILED
        if outcome.sha256:
            self._settled[outcome.sha256] = outcome
        if self.progress:
            self.progress(Progress(len(self._outcomes), self.total, self._figures, self._findings, self._failed))

    def _repeat(self) -> None:
        """Inputs with the content of another end as that one did."""
        for number, document, sha256 in self._twice:
            if (first := self._settled.get(sha256)) is not None:
                self._settle(
                    Outcome(
                        number, document.location, Status.DUPLICATE, first.settled, first.message, sha256,
                        duplicate_of=first.location, errors=first.errors,
                    )
                )  # fmt: skip

    def _due(self) -> bool:
        return len(self._readings) >= BATCH or time.monotonic() - self._flushed > EVERY

    def _take(self) -> tuple[list[tuple[Task, Reading]], list[Outcome]]:
        """What is to be committed next, taken from the book."""
        taken = self._readings, self._outcomes[self._logged :]
        self._readings, self._logged, self._flushed = [], len(self._outcomes), time.monotonic()
        return taken

    def _commit(self, taken: tuple[list[tuple[Task, Reading]], list[Outcome]]) -> None:
        if any(taken):
            self.store.commit(self._run, self.version, *taken)

    def _end(self, state: str) -> None:
        from pv_extract.batch.current import write_runs  # noqa: PLC0415 - see above

        counts = {s.value: count for s, count in Summary("", tuple(self._outcomes), 0.0).counts.items()}
        self.store.end(self._run, state, _now(), self._took(), len(self._outcomes), counts)
        write_runs(self.store)

    def _took(self) -> float:
        return round(time.perf_counter() - self._started, 3)


def _versions() -> dict[str, str]:
    from pv_extract import __version__  # noqa: PLC0415 - set after this module is imported

    return {
        "pv-extract": __version__,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.release()} {platform.machine()}",
        **libraries(),
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
