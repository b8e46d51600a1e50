"""Documents read in worker processes of this machine, each of which is killed past its time or memory.

Every worker is a pool of one, supervised by loky: a worker that dies takes the one document it held, and no other.
"""

import faulthandler
import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field

from loky import ProcessPoolExecutor

from pv_extract.batch.limits import Limits
from pv_extract.batch.status import OUT_OF_MEMORY, BatchError, Read, Reading, Status, Task
from pv_extract.findings import PvExtractError

STARTUP = 120.0  # seconds in which a worker has to be ready, on however busy a machine


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
    idle: list[_Worker] = []
    busy: dict[Future[Reading], _Worker] = {}
    try:
        while True:
            while len(busy) < jobs and (task := next(tasks, None)) is not None:
                worker = idle.pop() if idle else _Worker(read, limits)
                busy[worker.take(task)] = worker
            if not busy:
                return
            for future in _finished(busy):
                worker = busy.pop(future)
                reading = worker.outcome(future)
                yield worker.task, reading
                if worker.usable:
                    idle.append(worker)
                else:
                    worker.kill()
    finally:
        for worker in (*idle, *busy.values()):
            worker.kill()


def _finished(busy: "dict[Future[Reading], _Worker]") -> "list[Future[Reading]]":
    """Futures that are done or overdue; waits for the first one."""
    done, _ = wait(busy, timeout=min(worker.left() for worker in busy.values()), return_when=FIRST_COMPLETED)
    return [future for future, worker in busy.items() if future in done or worker.left() <= 0]


@dataclass
class _Worker:
    """One process, and the document that it holds."""

    read: Read
    limits: Limits
    task: Task = field(init=False)
    usable: bool = field(init=False, default=True)
    _since: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, initializer=_prepare, initargs=(self.limits.megabytes, os.getpid()))
        self._ready = self._pool.submit(_import_all)
        self._ready_at: float | None = None
        self._ready.add_done_callback(self._now_ready)

    def _now_ready(self, _: "Future[None]") -> None:
        self._ready_at = time.monotonic()

    def take(self, task: Task) -> "Future[Reading]":
        self.task, self._since = task, time.monotonic()
        try:
            future: Future[Reading] = self._pool.submit(self.read, task)
        except BrokenExecutor as error:  # it died between two documents
            future = Future()
            future.set_exception(error)
        return future

    def left(self) -> float:
        """Seconds until the document is overdue; its time counts from when the worker was ready."""
        if self._ready_at is None:
            return self._since + STARTUP - time.monotonic() if self.limits.seconds is None else 0.2
        if self.limits.seconds is None:
            return 3600.0
        return max(self._since, self._ready_at) + self.limits.seconds - time.monotonic()

    def outcome(self, future: "Future[Reading]") -> Reading:
        """What came of the document; the worker is not usable after it was killed, died or ran out of memory."""
        took = time.monotonic() - self._since
        if not future.done():
            self.usable = False
            return Reading(Status.TIMED_OUT, f"it took longer than {self.limits.seconds:g} s", took)
        try:
            reading = future.result()
        except BrokenExecutor as error:
            self.usable = False
            self._refuse_unstartable()
            return Reading(Status.CRASHED, f"its worker died{_signal(error)}, twice", took)
        except PvExtractError:
            raise
        except MemoryError:
            self.usable = False
            return Reading(Status.OUT_OF_MEMORY, OUT_OF_MEMORY, took)
        except Exception as error:  # noqa: BLE001 - one document never stops a run
            return Reading(Status.CRASHED, f"its worker failed: {type(error).__name__}: {error}", took)
        self.usable = reading.status is not Status.OUT_OF_MEMORY
        return reading

    def _refuse_unstartable(self) -> None:
        problem = self._ready.exception() if self._ready.done() else None
        if problem is not None and not isinstance(problem, BrokenExecutor):
            raise BatchError(f"a worker cannot start: {' '.join(str(problem).split())}") from problem

    def kill(self) -> None:
        self._pool.shutdown(wait=True, kill_workers=True)


def _signal(error: BaseException) -> str:
    """Name of the signal, which loky gives in the message only."""
    found = [s.name for s in signal.Signals if f"{s.name}(" in str(error)]
    return f" ({found[0]})" if found else ""


def _import_all() -> None:
    """Loads what every document needs, so that its time is its own."""
    import pv_extract.batch.arrow  # noqa: PLC0415 - once in each worker
    import pv_extract.pipeline  # noqa: PLC0415, F401


def _prepare(megabytes: int | None, parent: int) -> None:
    """A worker says nothing, leaves Ctrl-C to its parent, has its limit, and does not outlive its parent."""
    faulthandler.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    if megabytes is not None:
        _limit(megabytes << 20)
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()


def _limit(size: int) -> None:
    try:
        import resource  # noqa: PLC0415 - Unix only
    except ImportError:
        return
    kind = getattr(resource, "RLIMIT_DATA", resource.RLIMIT_AS)
    _, most = resource.getrlimit(kind)
    resource.setrlimit(kind, (size if most == resource.RLIM_INFINITY else min(size, most), most))


def _follow(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1.0)
    os._exit(1)
