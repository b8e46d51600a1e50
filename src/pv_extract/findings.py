"""What is wrong or odd in a document, as data; and the few errors that stop the reading of one."""

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pv_extract.model import Box


class Level(StrEnum):
    """How much a finding weighs: an error makes the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Code(StrEnum):
    """What was found; each code is explained, with what to do, in docs/findings.md."""

    TOTAL_OFF = "total-off"
    TOTAL_UNCHECKED = "total-unchecked"
    TOTAL_MISSING = "total-missing"
    TOTAL_DISAGREES = "total-disagrees"
    MASK_DERIVABLE = "mask-derivable"
    PERCENTAGE_OFF = "percentage-off"
    RATIO_UNUSUAL = "ratio-unusual"
    SUBSET_BROKEN = "subset-broken"
    FIGURES_DIFFER = "figures-differ"
    SERIES_JUMPS = "series-jumps"
    RELATION_UNCHECKED = "relation-unchecked"
    MARK_UNEXPLAINED = "mark-unexplained"
    NOTE_UNUSED = "note-unused"
    MEMBER_MISSING = "member-missing"
    MEMBER_TWICE = "member-twice"
    NAME_UNMATCHED = "name-unmatched"
    NAME_TO_REVIEW = "name-to-review"
    DECISION_CONTRADICTS = "decision-contradicts"
    DECISION_UNUSED = "decision-unused"
    NUMBER_UNREADABLE = "number-unreadable"
    NUMBER_UNCLAIMED = "number-unclaimed"
    NUMBER_DOUBLED = "number-doubled"
    PERIODS_DIFFER = "periods-differ"
    TABLE_NONE = "table-none"
    TABLE_ANNOUNCED = "table-announced"
    TABLE_AMBIGUOUS = "table-ambiguous"
    READING_CHOSEN = "reading-chosen"
    TABLE_ROWLESS = "table-rowless"
    TABLE_UNEXPECTED = "table-unexpected"
    SPEC_UNMATCHED = "spec-unmatched"
    COUNT_LOW = "count-low"
    WAIVER_UNUSED = "waiver-unused"
    WAIVER_EXPIRED = "waiver-expired"
    ANSWER_HEADING_MISSING = "answer-heading-missing"
    PAGE_UNREADABLE = "page-unreadable"
    ENCODING_GUESSED = "encoding-guessed"
    FONT_UNMAPPED = "font-unmapped"
    CONTENT_HIDDEN = "content-hidden"
    CONTENT_DAMAGED = "content-damaged"
    ENGINES_DIFFER = "engines-differ"
    ENGINES_UNCHECKED = "engines-unchecked"
    SCHEMA_BROKEN = "schema-broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a document: message with what was expected, what was found and where.

    `amount` is what a total is off by, in printed numbers: a waiver covers that difference and no other.
    """

    code: Code
    level: Level
    message: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    box: "Box | None" = None
    amount: int | Decimal | None = None

    @property
    def id(self) -> str:
        """Hash of code and place, and of the message where there is no place: the same finding keeps it between runs."""
        place = [self.table, self.row, self.column]
        parts = [self.code.value, *(p or "" for p in place)] + ([] if any(place) else [self.message])
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


class PvExtractError(Exception):
    """Root of the errors that this package raises on purpose."""


class SourceError(PvExtractError):
    """The source cannot be read; the message is one line that says what was expected and what was found."""


class ConfigurationError(PvExtractError):
    """A file under schemas/ contradicts itself or what it should hold; the message names file and row."""


class NotANumberError(PvExtractError, ValueError):
    """A printed text is not a number by the grammar of its locale."""
