"""The work of a worker: one document from bytes to rows."""

import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pv_extract.batch.rows import STORED, Rows, answer_key, rows_of, unread_rows
from pv_extract.batch.status import OUT_OF_MEMORY, BatchError, Reading, Status, Task
from pv_extract.batch.version import Settings, version_key
from pv_extract.extraction import Extraction
from pv_extract.findings import Level, SourceError
from pv_extract.languages import languages
from pv_extract.names.vocabulary import vocabulary_of
from pv_extract.periods import read_period
from pv_extract.pipeline import Knowledge, extract, load_knowledge

_ERRORS = [column.name for column in STORED["documents"]].index("errors")


def load() -> None:
    """The shipped lists, topics and languages are in memory, where every document finds them, with all that is made of them."""
    from pv_extract.layout import dump  # noqa: F401, PLC0415 - most runs read PDF alone
    from pv_extract.readers import docx  # noqa: F401, PLC0415

    for lst in load_knowledge().lists.values():
        vocabulary_of(lst)
    for language in languages():
        read_period("x 2024", language)  # the names of months


def read_document(settings: Settings, version: str, task: Task) -> Reading:
    """The rows of one document, or why there are none; nothing about a document raises.

    Raises:
        ConfigurationError: where the schemas contradict themselves, or lack the wanted topic.
        BatchError: where this worker runs other code or schemas than the run that asks.
    """
    _same_version(settings, version)
    start = time.perf_counter()
    try:
        found = _extract(settings, task)
    except MemoryError:
        return Reading(Status.OUT_OF_MEMORY, OUT_OF_MEMORY, time.perf_counter() - start)
    except SourceError as error:
        if any(isinstance(cause, MemoryError) for cause in _causes(error)):
            return Reading(Status.OUT_OF_MEMORY, OUT_OF_MEMORY, time.perf_counter() - start)
        message = _one_line(error).removeprefix(f"{task.name}: ").removeprefix(f"{task.name}: ")
        rows = unread_rows(task.sha256, task.name, version, len(task.data), message)
        return _reading(Status.UNREADABLE, rows, start, message)
    status = _status(found)
    return _reading(status, rows_of(found, version, len(task.data), status.value), start, answer=answer_key(found))


def _extract(settings: Settings, task: Task) -> Extraction:
    return extract(
        task.name,
        data=task.data,
        topic=settings.topic,
        knowledge=_knowledge(settings.schemas),
        verify=settings.verify,
        today=settings.today,
    )


@cache
def _knowledge(schemas: tuple[Path, ...]) -> Knowledge:
    return load_knowledge(schemas)


@cache
def _same_version(settings: Settings, version: str) -> None:
    if (here := version_key(settings)) != version:
        raise BatchError(
            f"a worker has other code or schemas: expected version {version}, found {here}; install the same"
        )


def _status(found: Extraction) -> Status:
    if not found.tables:
        return Status.NO_TABLES
    return Status.FINDINGS if any(f.level is not Level.NOTE for f in found.findings) else Status.OK


def _reading(status: Status, rows: Rows, start: float, message: str = "", answer: str = "") -> Reading:
    return Reading(
        status,
        message,
        time.perf_counter() - start,
        answer,
        errors=rows["documents"][0][_ERRORS],
        findings=len(rows["findings"]),
        figures=len(rows["figures"]),
        rows=rows,
    )


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())
