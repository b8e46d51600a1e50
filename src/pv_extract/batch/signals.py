"""Where Ctrl-C has to wait, and whom it must not reach."""

import signal
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

Made = TypeVar("Made")


def result_of(future: "Future[Made]") -> Made:
    """What comes of work in another thread: Ctrl-C does not reach there, and has nothing to stop any more."""
    while True:
        try:
            return future.result()
        except KeyboardInterrupt:
            continue


@contextmanager
def out_of_reach() -> Iterator[None]:
    """A process that starts now leaves Ctrl-C to this one, until it lets it through."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def postponed() -> Iterator[None]:
    """Ctrl-C, and what stops as it does, waits until it is done."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, handler in before.items():
        if callable(handler):
            signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            if callable(handler):
                signal.signal(number, handler)
        for each in came[:1]:
            signal.raise_signal(each)
