"""Documents and readers for runs; readers are functions of a module, so that workers can import them."""

import csv
import os
import signal
import time
from pathlib import Path

from pv_extract.batch.reading import read_document
from pv_extract.batch.status import Reading, Task
from pv_extract.batch.version import Settings, version_key

FIXTURES = Path(__file__).parents[2] / "fixtures"
ANSWER = FIXTURES / "answer-757"
SETTINGS = Settings()
LINES = """ANTWOORD
op vraag nr. {number} van 16 juni 2023
van Loes Vandromme

1. De tabel geeft het aantal leerlingen per provincie.

Provincie                2021-2022   2022-2023
Antwerpen                      {a}         {b}
Limburg                         12          15
Oost-Vlaanderen                 20          31
Totaal                         {c}         {d}
"""


def answer(number, a=100, b=120):
    return LINES.format(number=number, a=a, b=b, c=a + 32, d=b + 46)


def answers(folder, count, first=1):
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(first, first + count):
        (folder / f"answer-{n:04}.txt").write_text(answer(n, 100 + n, 200 + n), encoding="utf-8")
    return folder


def tables(folder):
    """The files of an export, by name, without that of the runs."""
    return {path.name: path.read_bytes() for path in Path(folder).iterdir() if path.stem != "runs"}


def rows(path):
    with Path(path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read(task: Task) -> Reading:
    return read_document(SETTINGS, version_key(SETTINGS), task)


def read_or_misbehave(task: Task) -> Reading:
    """Reads the document, unless its name asks for trouble."""
    if "crash" in task.name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "abort" in task.name:
        os.abort()
    if "once" in task.name and _first_time(task):
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in task.name:
        time.sleep(600)
    if "greedy" in task.name:
        kept = [b"x" * (1 << 20) for _ in range(100_000)]
        assert kept
    if "leave" in task.name:
        raise RuntimeError("not foreseen")
    return read(task)


def _first_time(task):
    marker = Path(task.location).with_suffix(".marker")
    if marker.exists():
        return False
    marker.touch()
    return True


def slow_read(task: Task) -> Reading:
    time.sleep(0.15)
    return read(task)


def here(read, tasks):
    """An engine that reads in this very process: for what is not about workers."""
    for task in tasks:
        yield task, read(task)
