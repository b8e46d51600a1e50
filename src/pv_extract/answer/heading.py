"""Heading of an answer: its kind, the question it answers, who asked, who answers, and to whom else it was put."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pv_extract.languages import AnswerWords, Language, fold_pattern
from pv_extract.model import Addressee, Answer, AnswerKind, Block, Line
from pv_extract.periods import dates_in
from pv_extract.text import clean, fold, join_lines

_KINDS: tuple[AnswerKind, ...] = ("coordinated", "supplementary", "provisional", "single")
_ABOVE = 10  # lines of name and portfolio that may stand above the word ANTWOORD


@dataclass(frozen=True, slots=True)
class Heading:
    """The answer without its items: the question's blocks end before `question_to`, the answer's start at `answer_from`.

    Both are 0 where no answer heading is printed.
    """

    answer: Answer
    question_to: int
    answer_from: int
    refers: bool


@dataclass(frozen=True, slots=True)
class _Found:
    kind: AnswerKind
    at: int


def read_heading(blocks: Sequence[Block], words: AnswerWords, language: Language) -> Heading:
    """What the heading says; each field that is not printed stays None."""
    lines = [(i, b) for i, b in enumerate(blocks) if isinstance(b, Line) and not b.furniture and b.text.strip()]
    texts = [line.text for _, line in lines]
    found = _kind(texts, words)
    before = texts[: found.at] if found else texts
    reference_at, reference = _reference(texts, words, found.at if found else 0)
    number, day = _number_and_date(reference, before, words, language)
    minister, portfolio, title = _minister(lines, found, words)
    answer = Answer(
        kind=found.kind if found else "unknown",
        question_number=number,
        question_date=day,
        asked_by=_asked_by(texts, reference_at, before, words),
        answered_by=minister,
        portfolio=portfolio,
        title=title,
        language=language.code,
        addressed_to=_co_ministers(lines, words),
    )
    last = _past_asker(texts, max(found.at, reference_at), words) if found else -1
    refers = bool(fold_pattern(words.referring).search(fold(" ".join(texts[last + 1 :]))))
    if found is None:
        return Heading(answer, 0, 0, refers)
    return Heading(answer, lines[_top(texts, found, words)][0], lines[last][0] + 1, refers)


def _kind(texts: Sequence[str], words: AnswerWords) -> _Found | None:
    """The line that holds nothing but the kind of answer; `single` is tried last, as its word is part of the others."""
    folded = [fold(text).rstrip(":. ") for text in texts]
    for kind in _KINDS:
        if pattern := words.kinds.get(kind):
            found = map(fold_pattern(pattern).fullmatch, folded)
            if (at := next((at for at, match in enumerate(found) if match), None)) is not None:
                return _Found(kind, at)
    return None


def _top(texts: Sequence[str], found: _Found, words: AnswerWords) -> int:
    """The first line of the answer's heading: name and portfolio stand above the kind of answer."""
    portfolio = fold_pattern(words.portfolio)
    start = next(
        (i for i in range(found.at - 1, max(found.at - _ABOVE, 0), -1) if portfolio.match(fold(texts[i]))), found.at
    )
    return start - 1 if start < found.at and start and _is_name(clean(texts[start - 1])) else start


def _reference(texts: Sequence[str], words: AnswerWords, start: int) -> tuple[int, re.Match[str] | None]:
    """`op vraag nr. 757 van 16 juni 2023`: below the kind of answer, or anywhere where no kind is printed."""
    match = fold_pattern(words.reference).match
    for at in [*range(start, len(texts)), *range(start)]:
        if found := match(fold(texts[at])):
            return at, found
    return -1, None


def _number_and_date(
    reference: re.Match[str] | None, before: Sequence[str], words: AnswerWords, language: Language
) -> tuple[int | None, date | None]:
    if reference:
        return int(reference["number"]), _first_date(reference["date"], language)
    number = next((m for t in before if (m := fold_pattern(words.number).fullmatch(fold(t)))), None)
    day = next((m for t in before if (m := fold_pattern(words.date).fullmatch(fold(t)))), None)
    return (int(number["number"]) if number else None), (_first_date(day["date"], language) if day else None)


def _first_date(text: str, language: Language) -> date | None:
    return next((day for _, _, day in dates_in(text, language)), None)


def _asked_by(texts: Sequence[str], reference_at: int, before: Sequence[str], words: AnswerWords) -> str | None:
    pattern = fold_pattern(words.asked_by)
    below = texts[reference_at + 1 : reference_at + 2] if reference_at >= 0 else []
    for text in [*below, *before]:
        if (found := pattern.fullmatch(clean(text))) and _is_name(found["name"]):
            return _name(found["name"])
    return None


def _past_asker(texts: Sequence[str], at: int, words: AnswerWords) -> int:
    below = texts[at + 1] if at + 1 < len(texts) else ""
    found = fold_pattern(words.asked_by).fullmatch(clean(below))
    return at + 1 if found and _is_name(found["name"]) else at


def _minister(
    lines: Sequence[tuple[int, Line]], found: _Found | None, words: AnswerWords
) -> tuple[str | None, str | None, str | None]:
    """Name, portfolio and title: the portfolio of the answer wins, the title stands under that of the question."""
    texts = [line.text for _, line in lines]
    end = found.at if found else len(texts)
    starts = [i for i, t in enumerate(texts[:end]) if fold_pattern(words.portfolio).match(fold(t)) and t.isupper()]
    if not starts:
        return _addressed(texts, words), None, None
    of_answer = starts[-1] if found and end - starts[-1] <= _ABOVE else starts[0]
    portfolio, _ = _wrapped(lines, of_answer, end)
    name = clean(texts[of_answer - 1]) if of_answer else ""
    _, under = _wrapped(lines, starts[0], end)
    title = _title(lines, under, end) if found is None or starts[0] != of_answer or under < end else None
    return (_name(name) if _is_name(name) else _addressed(texts, words)), portfolio, title


def _wrapped(lines: Sequence[tuple[int, Line]], start: int, end: int) -> tuple[str, int]:
    """A portfolio over its printed lines, and the line after it."""
    stop = start + 1
    while stop < end and lines[stop][1].text.isupper() and not lines[stop][1].gap:
        stop += 1
    return join_lines([line.text for _, line in lines[start:stop]]), stop


def _title(lines: Sequence[tuple[int, Line]], start: int, end: int) -> str | None:
    if start >= end:
        return None
    stop = start + 1
    while stop < end and not lines[stop][1].gap and lines[stop][1].text[:1].islower():
        stop += 1
    return join_lines([line.text for _, line in lines[start:stop]])


def _addressed(texts: Sequence[str], words: AnswerWords) -> str | None:
    for text in texts:
        if (found := fold_pattern(words.addressed).fullmatch(clean(text))) and _is_name(found["name"]):
            return _name(found["name"])
    return None


def _co_ministers(lines: Sequence[tuple[int, Line]], words: AnswerWords) -> tuple[Addressee, ...]:
    for at, (_, line) in enumerate(lines):
        if fold_pattern(words.co_ministers).match(fold(line.text)):
            stop = next((i for i in range(at + 1, len(lines)) if lines[i][1].gap), len(lines))
            sentence = join_lines([text.text for _, text in lines[at : min(stop, at + 4)]])
            found = fold_pattern(words.co_ministers).match(sentence)
            return _addressees(found["list"], words) if found else ()
    return ()


def _addressees(listed: str, words: AnswerWords) -> tuple[Addressee, ...]:
    found = fold_pattern(words.addressee).finditer(listed)
    return tuple(Addressee(re.sub(r"^en\s+", "", clean(m["name"])), int(m["number"])) for m in found)


def _is_name(text: str) -> bool:
    """Printed like a person's name: two to six words without digits, capitalised or in capitals."""
    parts = text.split()
    return (
        2 <= len(parts) <= 6
        and not re.search(r"[\d:;,.!?]", text)
        and parts[0][:1].isupper()
        and parts[-1][:1].isupper()
    )


def _name(text: str) -> str:
    return clean(text).title() if text.isupper() else clean(text)
