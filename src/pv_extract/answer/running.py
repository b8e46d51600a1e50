"""Figures in running text: `gemiddeld 3,55 erkenningen op 29/06/2023` is a value with its sentence and its date."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pv_extract.findings import NotANumberError
from pv_extract.languages import Language
from pv_extract.model import Line, TextFigure
from pv_extract.numbers import read_number
from pv_extract.periods import dates_in, read_period
from pv_extract.text import join_lines

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Ý“\"'(])")
_NUMBER = re.compile(r"(?<![\w.,/-])[-−+]?\d+(?:[.,]\d+)*(?:[ \u00a0\u202f]\d{3})*(?:,\d+)?(?:\s?%)?(?![\w/]|[.,-]\d)")
_ADDRESS = re.compile(r"\S*(?:https?://|www\.|@)\S*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of running text, and the page it starts on."""

    text: str
    page: int


def text_figures(lines: Sequence[Line], language: Language) -> tuple[TextFigure, ...]:
    """The figures of an item's running text, in order; dates, years, school years and web addresses are no figures."""
    return tuple(figure for sentence in sentences(lines) for figure in _figures(sentence, language))


def sentences(lines: Sequence[Line]) -> Iterator[Sentence]:
    """The sentences of printed lines; a paragraph ends a sentence."""
    paragraph: list[Line] = []
    for line in [*lines, Line("", gap=True)]:
        if line.gap and paragraph:
            text = join_lines([part.text for part in paragraph])
            for sentence in _SENTENCE_END.split(text):
                yield Sentence(sentence, paragraph[0].page)
            paragraph = []
        paragraph.append(line)


def _figures(sentence: Sentence, language: Language) -> Iterator[TextFigure]:
    dates = list(dates_in(sentence.text, language))
    taken = [(start, end) for start, end, _ in dates]
    taken += [found.span() for found in _ADDRESS.finditer(sentence.text)]
    on = dates[0][2] if len(dates) == 1 else None
    for found in _NUMBER.finditer(sentence.text):
        inside = any(start <= found.start() < end for start, end in taken)
        if inside or read_period(found.group(), language):
            continue
        try:
            reading = read_number(found.group(), language)
        except NotANumberError:
            continue  # a case number or an article of law: it stays in the item's text, and in the ledger
        if reading.value is not None:
            yield TextFigure(found.group(), reading.value, sentence.text, on, sentence.page, reading.unit)
