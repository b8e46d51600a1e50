"""How far a run is, on stderr: a bar in a terminal, plain lines in CI, nothing when piped."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from pv_extract.batch import Progress

EVERY = 10.0  # seconds between two lines in CI


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None] | None]:
    """Within, what it gives shows the progress that it is called with; None where nothing is to be shown."""
    if sys.stderr.isatty():
        with _bar() as update:
            yield update
    elif os.environ.get("CI"):
        yield _lines()
    else:
        yield None


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console  # noqa: PLC0415 - slow to load
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415
    from rich.progress import Progress as Bar  # noqa: PLC0415

    said = TextColumn("{task.fields[said]}")
    columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), said, TimeRemainingColumn())
    started = time.monotonic()
    with Bar(*columns, console=Console(stderr=True), refresh_per_second=4) as bar:
        task = bar.add_task("reading", total=None, said="")

        def update(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, said=_said(progress, started))

        yield update


def _lines() -> Callable[[Progress], None]:
    started = last = time.monotonic()

    def update(progress: Progress) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY or progress.done == progress.total:
            last = time.monotonic()
            sys.stderr.write(f"{progress.done}/{progress.total} documents, {_said(progress, started)}\n")
            sys.stderr.flush()

    return update


def _said(progress: Progress, started: float) -> str:
    rate = progress.done / max(time.monotonic() - started, 1e-6)
    failed = f", {progress.failed} failed" if progress.failed else ""
    return f"{progress.figures} figures, {progress.findings} findings{failed}, {rate:.1f}/s"
