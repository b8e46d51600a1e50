"""What became of each input of a run: one word, one line of why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any  # a cell is of many types

from pv_extract.findings import ConfigurationError

if TYPE_CHECKING:
    from pv_extract.model import Remark


class Status(StrEnum):
    """What became of an input; every input of a run has exactly one."""

    OK = "ok"
    FINDINGS = "ok with findings"
    NO_TABLES = "no tables found"
    UNREADABLE = "unreadable"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    UNCHANGED = "skipped as unchanged"
    DUPLICATE = "duplicate of another"


READ = frozenset({Status.OK, Status.FINDINGS, Status.NO_TABLES})
"""The document was read to its end; its figures count."""

SETTLED = READ | {Status.UNREADABLE}
"""The same bytes would give the same again: such a result is stored, and not tried anew by the next run."""

FAILED = frozenset({Status.UNREADABLE, Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED})
"""Nothing came of the input."""


MARKER = "store.json"  # file that every store has, once it is made

OUT_OF_MEMORY = "it needed more memory than a worker may take"


class BatchError(ConfigurationError):
    """The run cannot start or go on; what is done is kept, and the message says what to do."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read: its bytes, whose SHA-256 was taken, so that what is stored is what was hashed."""

    location: str
    name: str
    sha256: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a worker brings back of one document.

    `rows` holds those of each table of `rows.STORED`, and is empty where nothing was read. `answer` is the key of the answer
    that the document is a version of.
    """

    status: Status
    message: str = ""
    seconds: float = 0.0
    answer: str = ""
    errors: int = 0
    findings: int = 0
    figures: int = 0
    rows: Mapping[str, Sequence[tuple[Any, ...]]] = field(default_factory=dict, repr=False)


Read = Callable[[Task], Reading]
"""Reads one document, in a worker; it must be importable there."""

Engine = Callable[[Read, Iterator[Task]], Iterator[tuple[Task, Reading]]]
"""Gives each task with its reading, in any order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one input, the `number`th of its run; `settled` is the status of its content, skipped or not."""

    number: int
    location: str
    status: Status
    settled: Status
    message: str = ""
    sha256: str | None = None
    duplicate_of: str | None = None
    errors: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Summary:
    """What `run` returns: an outcome for every input, in the order of the inputs as far as the run came.

    `remarks` name the decisions of the schemas that no document of the store asks for.
    """

    run_id: str
    outcomes: tuple[Outcome, ...]
    seconds: float
    interrupted: bool = False
    remarks: "tuple[Remark, ...]" = ()

    @property
    def counts(self) -> dict[Status, int]:
        """How many inputs ended in each status; the numbers add up to the inputs."""
        found = Counter(outcome.status for outcome in self.outcomes)
        return {status: found[status] for status in Status if found[status]}

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Inputs of which nothing came, those included that a former run or another input already failed on."""
        return tuple(o for o in self.outcomes if o.settled in FAILED)

    @property
    def exit_code(self) -> int:
        """0 without error-level findings, 1 with some, 3 where a source could not be read."""
        if self.failed:
            return 3
        return 1 if any(outcome.errors for outcome in self.outcomes) else 0
