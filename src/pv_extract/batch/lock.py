"""One writer for each store: the operating system holds the lock, so that a killed run leaves none behind."""

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from pv_extract.batch.status import BatchError


@contextmanager
def writing(store: Path, wait: float = 0.0) -> Iterator[None]:
    """Within, no other run writes to the store; who does is written beside the lock.

    Args:
        store: folder of the store.
        wait: seconds to wait for another run to end.

    Raises:
        BatchError: where another run still writes to it.
    """
    lock, holder = FileLock(store / ".lock"), store / ".writer.json"
    try:
        lock.acquire(timeout=wait, poll_interval=0.1)
    except Timeout as error:
        raise BatchError(
            f"{store}: another run writes to this store{_who(holder)}; wait for it to end, or use --wait"
        ) from error
    except OSError as error:
        raise BatchError(f"{store}: cannot be written: {error.strerror or error}") from error
    try:
        holder.write_text(
            json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}), encoding="utf-8"
        )
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        said = json.loads(holder.read_text(encoding="utf-8"))
        return f" (process {said['pid']} on {said['host']}, since {said['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
