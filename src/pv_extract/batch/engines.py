"""Where documents are read: workers of this machine, a dask cluster, or any executor of `concurrent.futures`."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from functools import partial
from typing import Any  # distributed publishes no types

from pv_extract.batch.isolation import isolated, started
from pv_extract.batch.limits import Limits
from pv_extract.batch.status import OUT_OF_MEMORY, BatchError, Engine, Read, Reading, Status, Task
from pv_extract.findings import PvExtractError

_Stop = Callable[[], None]


def local(jobs: int, limits: Limits) -> Engine:
    """Worker processes of this machine, one for each job; what they need begins to load now."""
    started()
    return partial(isolated, jobs=jobs, limits=limits)


def on_executor(executor: Executor, limits: Limits, window: int, stop: _Stop | None = None) -> Engine:
    """Workers of an executor, at most `window` documents at once; its own supervision holds.

    A document past its time is given up: `stop` may end the worker that holds it, a future cannot.
    """
    return partial(_submitted, executor, limits, window, stop)


def on_dask(address: str, limits: Limits, patience: float = 10.0) -> Engine:
    """Workers of the dask cluster whose scheduler answers at this address within `patience` seconds; needs the extra `dask`."""
    return partial(_on_dask, address, limits, patience)


def _on_dask(
    address: str, limits: Limits, patience: float, read: Read, tasks: Iterator[Task]
) -> Iterator[tuple[Task, Reading]]:
    try:
        from distributed import Client  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BatchError("--engine dask: expected dask.distributed (pip install 'pv-extract[dask]')") from error
    try:
        client: Any = Client(address, timeout=patience, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise BatchError(f"--scheduler {address}: expected a dask scheduler, found none: {error}") from error
    with client:
        window = 2 * max(
            1, sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
        )
        executor = client.get_executor(pure=False)
        yield from _submitted(executor, limits, window, partial(_restart_busy, client), read, tasks)


def _restart_busy(client: Any) -> None:
    """The workers that hold documents start anew; what else they held, the scheduler gives to others."""
    holders = [worker for worker, keys in client.processing().items() if keys]
    if holders:
        client.restart_workers(holders, timeout=60, raise_for_error=False)


def _submitted(
    executor: Executor, limits: Limits, window: int, stop: _Stop | None, read: Read, tasks: Iterator[Task]
) -> Iterator[tuple[Task, Reading]]:
    running: dict[Future[Reading], tuple[Task, float]] = {}
    again: list[Task] = []
    while True:
        while len(running) < window and (task := next(tasks, None)) is not None:
            running[_submit(executor, read, task)] = task, time.monotonic()
        if not running:
            break
        done, _ = wait(running, timeout=_patience(running, limits), return_when=FIRST_COMPLETED)
        for future in done or _overdue(running, limits):
            task, since = running.pop(future)
            reading = _outcome(future, limits, time.monotonic() - since)
            if reading.status is Status.TIMED_OUT:
                future.cancel()
                if stop:
                    stop()
            if reading.status is Status.CRASHED:
                again.append(task)
            else:
                yield task, reading
    for task in again:
        future, since = _submit(executor, read, task), time.monotonic()
        wait([future], timeout=limits.seconds)
        yield task, _outcome(future, limits, time.monotonic() - since)


def _submit(executor: Executor, read: Read, task: Task) -> Future[Reading]:
    try:
        return executor.submit(read, task)
    except BrokenExecutor as error:
        raise BatchError("the executor broke and takes no more documents; run again to go on from here") from error


def _patience(running: dict[Future[Reading], tuple[Task, float]], limits: Limits) -> float | None:
    if limits.seconds is None:
        return None
    return max(0.0, min(since for _, since in running.values()) + limits.seconds - time.monotonic())


def _overdue(running: dict[Future[Reading], tuple[Task, float]], limits: Limits) -> list[Future[Reading]]:
    late = time.monotonic() - (limits.seconds or 0.0)
    return [future for future, (_, since) in running.items() if since <= late]


def _outcome(future: Future[Reading], limits: Limits, took: float) -> Reading:
    if not future.done():
        return Reading(Status.TIMED_OUT, f"it took longer than {limits.seconds:g} s", took)
    try:
        return future.result()
    except PvExtractError:
        raise
    except MemoryError:
        return Reading(Status.OUT_OF_MEMORY, OUT_OF_MEMORY, took)
    except Exception as error:  # noqa: BLE001 - each engine has its own ways to say that a worker died
        return Reading(Status.CRASHED, f"its worker died ({type(error).__name__}), twice", took)
