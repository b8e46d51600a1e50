"""What a document says of itself, and the account of its numbers."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pv_extract.model.typed import Number


@dataclass(frozen=True, slots=True)
class TextFigure:
    """A figure in running text, with the sentence around it and the date it speaks of."""

    raw: str
    value: Number
    sentence: str
    on: date | None = None
    page: int = 1
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the answer (`1a`), or of the question (`1`)."""

    id: str
    text: str
    tables: tuple[str, ...] = ()
    figures: tuple[TextFigure, ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Addressee:
    """A minister to whom the question was put, with the number it has there."""

    minister: str
    question_number: int | None


AnswerKind = Literal["single", "coordinated", "supplementary", "provisional", "referring", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Heading, questions and items of an answer; what the document does not say is None."""

    kind: AnswerKind = "unknown"
    question_number: int | None = None
    question_date: date | None = None
    asked_by: str | None = None
    answered_by: str | None = None
    portfolio: str | None = None
    title: str | None = None
    language: str = "nl"
    addressed_to: tuple[Addressee, ...] = ()
    questions: tuple[Item, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where each number token of the source ended up; the parts and `unclaimed` add up to `numbers`."""

    numbers: int = 0
    in_cells: int = 0
    in_headers: int = 0
    in_notes: int = 0
    in_text: int = 0
    in_furniture: int = 0
    unclaimed: int = 0
