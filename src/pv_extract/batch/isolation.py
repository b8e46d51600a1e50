"""Documents read in worker processes of this machine, each of which is killed past its time or memory.

Every worker is a pool of one, supervised by loky, and forked from a process that has loaded all that reading needs. Small
documents go to it in parcels, and the next parcel waits at its door while it reads one, so that it never idles. Whatever happens
to a worker over a parcel of several, its documents are read again one by one: in the end a worker that dies takes one document
with it, and no other.
"""

import faulthandler
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile
from multiprocessing.context import BaseContext
from types import ModuleType

from loky import ProcessPoolExecutor

from pv_extract.batch.limits import Limits
from pv_extract.batch.signals import out_of_reach, postponed
from pv_extract.batch.status import OUT_OF_MEMORY, SETTLED, BatchError, Read, Reading, Status, Task
from pv_extract.findings import PvExtractError

STARTUP = 120.0  # seconds in which a worker has to be ready, on however busy a machine
AT_A_WORKER = 2  # parcels: the one that it reads, and the next
PARCEL = 8, 0.1, 1 << 20  # documents, seconds of work and bytes after which a parcel is full

_BETWEEN_SEARCHES = 50_000  # values made since the last search for garbage, before the next one
_FORKED = sys.platform == "linux"  # elsewhere the system's own libraries do not bear it

Parcel = tuple[Task, ...]


def isolated(read: Read, tasks: Iterator[Task], jobs: int, limits: Limits) -> Iterator[tuple[Task, Reading]]:
    """Each task with its reading, as they come; one whose worker died is tried once more, alone, at the end.

    Raises:
        PvExtractError: what `read` raises because of its settings, and not because of a document.
        BatchError: where no worker can be started.
    """
    again: list[Task] = []
    for task, reading in _pooled(read, tasks, jobs, limits):
        if reading.status is Status.CRASHED:
            again.append(task)
        else:
            yield task, reading
    for task in again:
        yield from _pooled(read, iter([task]), 1, limits)


def _pooled(read: Read, tasks: Iterator[Task], jobs: int, limits: Limits) -> Iterator[tuple[Task, Reading]]:
    workers: list[_Worker] = []
    parcels = _Parcels(tasks)
    try:
        while True:
            _supply(workers, parcels, jobs, read, limits)
            if not any(worker.held for worker in workers):
                return
            for worker in _finished(workers):
                parcel, readings = worker.outcome()
                parcels.paced(readings)
                yield from zip(parcel, readings, strict=False)
                parcels.alone.extend(parcel[len(readings) :])
                if not worker.usable:
                    workers.remove(worker)
                    parcels.alone.extend(worker.kill())
    finally:
        for worker in workers:
            worker.kill()


@dataclass
class _Parcels:
    """The documents in parcels, by how long they lately took; `alone` are those that have to be read one by one."""

    tasks: Iterator[Task]
    alone: deque[Task] = field(default_factory=deque)
    _pace: float = PARCEL[1]  # seconds that a document takes

    def next(self) -> Parcel:
        if self.alone:
            return (self.alone.popleft(),)
        most, seconds, size = PARCEL
        count = max(1, min(most, int(seconds / self._pace)))
        out: list[Task] = []
        while len(out) < count and size > 0 and (task := next(self.tasks, None)) is not None:
            out.append(task)
            size -= len(task.data)
        return tuple(out)

    def paced(self, readings: list[Reading]) -> None:
        for reading in readings:
            self._pace = max(1e-4, 0.8 * self._pace + 0.2 * reading.seconds)


def _supply(workers: "list[_Worker]", parcels: _Parcels, jobs: int, read: Read, limits: Limits) -> None:
    """Every worker has a parcel to read, and only then any of them a next one."""
    while True:
        freest = min(workers, key=lambda worker: len(worker.held), default=None)
        new = freest is None or (freest.held and len(workers) < jobs)
        if freest and not new and len(freest.held) >= AT_A_WORKER:
            return
        parcel = parcels.next()
        if not parcel:
            return
        if freest is None or new:
            freest = _Worker(read, limits)
            workers.append(freest)
            freest.start()
        freest.take(parcel)


def _finished(workers: "list[_Worker]") -> "list[_Worker]":
    """Workers whose parcel is done or overdue; waits for the first one."""
    busy = [worker for worker in workers if worker.held]
    wait(
        [worker.reading for worker in busy],
        timeout=min(worker.left() for worker in busy),
        return_when=FIRST_COMPLETED,
    )
    return [worker for worker in busy if worker.reading.done() or worker.left() <= 0]


@dataclass
class _Worker:
    """One process, and the parcels at it: the first of them it reads."""

    read: Read
    limits: Limits
    held: deque[tuple[Parcel, "Future[list[Reading]]"]] = field(init=False, default_factory=deque)
    usable: bool = field(init=False, default=True)
    _since: float = field(init=False, default=0.0)
    _warm: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, context=started(), initializer=_prepare, initargs=(self.limits.megabytes,))
        self._ready_at: float | None = None

    def start(self) -> None:
        """The process starts; given up half-way it would start all the same, and nobody would know of it."""
        with _no_script(), postponed():
            self._ready = self._pool.submit(_load_all)
        self._ready.add_done_callback(self._now_ready)

    def _now_ready(self, _: "Future[None]") -> None:
        self._ready_at = time.monotonic()

    @property
    def reading(self) -> "Future[list[Reading]]":
        """What comes of the parcel that it reads now."""
        return self.held[0][1]

    def take(self, parcel: Parcel) -> None:
        if not self.held:
            self._since = time.monotonic()
        try:
            future = self._pool.submit(_each if self._warm else _first, self.read, parcel)
        except BrokenExecutor as error:  # it died between two documents
            future = Future()
            future.set_exception(error)
        self.held.append((parcel, future))
        self._warm = True

    def left(self) -> float:
        """Seconds until the parcel is overdue, or its one document; its time counts from when the worker was ready."""
        if self._ready_at is None:
            return self._since + STARTUP - time.monotonic() if self.limits.seconds is None else 0.2
        if self.limits.seconds is None:
            return 3600.0
        return max(self._since, self._ready_at) + self.limits.seconds - time.monotonic()

    def outcome(self) -> tuple[Parcel, list[Reading]]:
        """The parcel, and what came of its first documents: of all but those that have to be read alone.

        The worker is not usable after it was killed, died or ran out of memory.
        """
        parcel, future = self.held.popleft()
        took = time.monotonic() - self._since
        self._since = time.monotonic()
        readings = self._came(future, took)
        return parcel, readings if len(parcel) == 1 else list(takewhile(lambda r: r.status in SETTLED, readings))

    def _came(self, future: "Future[list[Reading]]", took: float) -> list[Reading]:
        if not future.done():
            self.usable = False
            return [Reading(Status.TIMED_OUT, f"it took longer than {self.limits.seconds:g} s", took)]
        try:
            readings = future.result()
        except BrokenExecutor as error:
            self.usable = False
            self._refuse_unstartable()
            return [Reading(Status.CRASHED, f"its worker died{_signal(error)}, twice", took)]
        except PvExtractError:
            raise
        except MemoryError:
            self.usable = False
            return [Reading(Status.OUT_OF_MEMORY, OUT_OF_MEMORY, took)]
        except Exception as error:  # noqa: BLE001 - one document never stops a run
            return [Reading(Status.CRASHED, f"its worker failed: {type(error).__name__}: {error}", took)]
        self.usable = readings[-1].status is not Status.OUT_OF_MEMORY
        return readings

    def _refuse_unstartable(self) -> None:
        problem = self._ready.exception() if self._ready.done() else None
        if problem is not None and not isinstance(problem, BrokenExecutor):
            why = " ".join(str(problem).split()) or type(problem).__name__
            more = f" with {self.limits.megabytes} MB" if isinstance(problem, MemoryError) else ""
            raise BatchError(f"a worker cannot start{more}: {why}") from problem

    def kill(self) -> list[Task]:
        """Ends the process; gives the documents that were at it and have no outcome yet."""
        self._pool.shutdown(wait=True, kill_workers=True)
        return [task for parcel, _ in self.held for task in parcel]


def started() -> BaseContext:
    """How workers start: forked, where that is safe, from a process that has loaded everything, and that begins to do so now."""
    if not _FORKED:
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415 - not on every system

    forkserver.set_forkserver_preload(["pv_extract.batch.loaded"])
    resource_tracker.ensure_running()  # which lets Ctrl-C through again
    with _no_script(), out_of_reach():
        forkserver.ensure_running()
    return multiprocessing.get_context("forkserver")


@contextmanager
def _no_script() -> Iterator[None]:
    """A process that starts now does not run the script of the program once more, as multiprocessing would have it."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


def _signal(error: BaseException) -> str:
    """Name of the signal, which loky gives in the message only."""
    found = [s.name for s in signal.Signals if f"{s.name}(" in str(error)]
    return f" ({found[0]})" if found else ""


def _load_all() -> None:
    """Loads what every document needs, so that its time is its own; a forked worker has it already."""
    from pv_extract.batch import loaded  # noqa: F401, PLC0415 - once in each worker


def _each(read: Read, parcel: Parcel) -> list[Reading]:
    """The readings of a parcel, up to one that ran out of memory."""
    readings: list[Reading] = []
    for task in parcel:
        readings.append(read(task))
        if readings[-1].status is Status.OUT_OF_MEMORY:
            break
    return readings


def _first(read: Read, parcel: Parcel) -> list[Reading]:
    """The first parcel of a worker: what it loaded for it stays, and need not be looked through for garbage ever after.

    Reading a document makes thousands of values and hardly a cycle: the search for those is made seldom.
    """
    readings = _each(read, parcel)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_BETWEEN_SEARCHES)
    return readings


def _prepare(megabytes: int | None) -> None:
    """A worker says nothing, leaves Ctrl-C to its parent, has its limit, and does not outlive its parent."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if megabytes is not None:
        _limit(megabytes << 20)
    threading.Thread(target=_follow, daemon=True).start()


def _limit(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Unix only
    except ImportError:
        return
    kind = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (size if most == resource.RLIM_INFINITY else min(size, most), most))


def _follow() -> None:
    run = multiprocessing.parent_process()
    if run is not None:
        run.join()
        os._exit(1)
