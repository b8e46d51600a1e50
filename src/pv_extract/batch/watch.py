"""A folder watched: new and changed documents are read when they are complete."""

import os
import time
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from threading import Event

from watchfiles import Change, watch

from pv_extract.batch.status import BatchError, Summary

QUIET = 2.0  # seconds without a change after which a file is complete


def watched(
    folder: Path, run: Callable[[list[Path]], Summary], stop: Event | None = None, quiet: float = QUIET
) -> Iterator[Summary]:
    """The summary of a first run over what is in the folder, and of one for every batch of files that came or changed since.

    Args:
        folder: watched with all folders in it.
        run: reads these files, or folders, into the store.
        stop: ends the watching.
        quiet: seconds for which size and time of a file must stand still before it is read.

    Raises:
        BatchError: where there is no such folder.
    """
    if not folder.is_dir():
        raise BatchError(f"{folder}: expected a folder to watch, found none")
    folder = folder.resolve()
    changes = watch(
        folder, stop_event=stop, rust_timeout=500, yield_on_timeout=True, debounce=400, raise_interrupt=True
    )
    waiting: dict[Path, tuple[int, int, float]] = {}
    early = next(changes, set())  # by now the folder is watched: what comes during the first run is noticed
    if any(not path.name.startswith(".") for path in _files(folder)):
        yield run([folder])
    for found in chain([early], changes):
        for path in (path for change, name in found if change is not Change.deleted for path in _files(Path(name))):
            if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                waiting.setdefault(path, (-1, -1, time.monotonic()))
        complete = [path for path in sorted(waiting) if _complete(path, waiting, quiet)]
        for path in complete:
            del waiting[path]
        if there := [path for path in complete if path.is_file()]:
            yield run(there)


def _files(path: Path) -> Iterator[Path]:
    """The file, or those of a folder that was moved in whole."""
    if path.is_dir():
        yield from (inside for inside in path.rglob("*") if inside.is_file())
    else:
        yield path


def _complete(path: Path, waiting: dict[Path, tuple[int, int, float]], quiet: float) -> bool:
    """Whether the file stood still for a while, or is gone."""
    size, changed, since = waiting[path]
    try:
        found = os.stat(path)  # noqa: PTH116 - one call for both
    except OSError:
        return True
    if (found.st_size, found.st_mtime_ns) != (size, changed):
        waiting[path] = (found.st_size, found.st_mtime_ns, time.monotonic())
        return False
    return time.monotonic() - since >= quiet
