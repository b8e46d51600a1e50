"""What `schemas/languages/*.yaml` say of a language: words for totals and units, meanings of notes, headings of answers."""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Annotated, cast

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from pv_extract.declared import parse_yaml
from pv_extract.findings import ConfigurationError
from pv_extract.model import Meaning, ObsStatus
from pv_extract.shipped import schemas_folder
from pv_extract.text import fold


def _pattern(text: str) -> str:
    """Refuse a pattern that does not compile, at load time and with its place; one that does is compiled for good.

    Raises:
        ValueError: with the reason that `re` gives.
    """
    try:
        fold_pattern(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


_NO_NUMBER_BEFORE = r"(?<!\w)(?<!\d )"
Pattern = Annotated[str, AfterValidator(_pattern)]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Marker(_Declared):
    """A printed sign that stands where a number could: what it says of the observation."""

    text: str
    status: ObsStatus


class UnitWord(_Declared):
    """A unit printed with a number: its canonical name, and the factor it stands for."""

    text: str
    unit: str
    multiplier: int = 1


class UnitStatement(_Declared):
    """A phrase in a caption or header that gives every figure below it a unit."""

    pattern: Pattern
    unit: str
    multiplier: int = 1


class PeriodWords(_Declared):
    """Words printed before or around a period."""

    school_year: tuple[str, ...] = ()
    session_year: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    quarter: tuple[Pattern, ...] = ()
    date: tuple[str, ...] = ()


class AnswerWords(_Declared):
    """Patterns of an answer's heading; named groups carry the values."""

    kinds: Mapping[str, Pattern]
    question_heading: Pattern
    reference: Pattern
    number: Pattern
    asked_by: Pattern
    date: Pattern
    addressed: Pattern
    portfolio: Pattern
    co_ministers: Pattern
    addressee: Pattern
    referring: Pattern
    no_data: Pattern
    item_words: tuple[str, ...] = ()
    background: Pattern


class Language(BaseModel):
    """One language file, typed; patterns are matched against folded text (no case, no accents)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    locale: str
    stopwords: frozenset[str]
    open_ends: frozenset[str]
    about_tables: tuple[str, ...]
    telephones: tuple[str, ...]
    memo_items: tuple[str, ...]
    group_separators: tuple[str, ...]
    totals: tuple[str, ...]
    subtotals: tuple[str, ...]
    residuals: tuple[str, ...]
    subset_words: tuple[str, ...]
    unique_words: tuple[str, ...]
    markers: tuple[Marker, ...]
    units: tuple[UnitWord, ...]
    unit_statements: tuple[UnitStatement, ...]
    unit_line: Pattern
    notes: Mapping[Meaning, tuple[Pattern, ...]]
    periods: PeriodWords
    announcements: tuple[Pattern, ...]
    annexes: tuple[Pattern, ...]
    caption: Pattern
    continued: Pattern
    codes: Pattern
    number_words: Mapping[str, int]
    answer: AnswerWords | None = None
    asked_years: Pattern | None = None
    ratios: tuple[str, ...] = ()
    percentages: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    partial: tuple[Pattern, ...] = ()

    # each language is loaded once, and is in the keys of many caches: it is equal to itself alone
    __hash__ = object.__hash__
    __eq__ = object.__eq__

    @cached_property
    def marker_status(self) -> Mapping[str, ObsStatus]:
        """Status by folded marker text."""
        return {fold(m.text): m.status for m in self.markers}

    @cached_property
    def unit_words(self) -> Mapping[str, UnitWord]:
        """Unit by folded text, spaces left out."""
        return {fold(u.text).replace(" ", ""): u for u in self.units}

    def is_total(self, label: str) -> bool:
        """Whether a label starts with, or is, a word for a total; subtotals included."""
        return _starts(label, self.subtotals) or _starts(label, self.totals)

    def speaks_of_total(self, label: str) -> bool:
        """Whether a word for a total stands anywhere in a label (`EU total`)."""
        return _has(label, self.totals)

    def is_subtotal(self, label: str) -> bool:
        """Whether a label starts with a word for a subtotal."""
        return _starts(label, self.subtotals)

    def is_residual(self, label: str) -> bool:
        """Whether a label starts with a word for what is left over."""
        return _starts(label, self.residuals)

    def is_subset(self, label: str) -> bool:
        """Whether a label starts with a word such as `waarvan`."""
        return _starts(label, self.subset_words)

    def is_ratio(self, label: str) -> bool:
        """Whether a label speaks of an average or a rate, which never adds up."""
        return _has(label, self.ratios)

    def is_percentage(self, label: str) -> bool:
        """Whether a label speaks of percentages, in words; `21 percent VAT` speaks of one, and has amounts beside it."""
        return _has(label, self.percentages, _NO_NUMBER_BEFORE)

    def is_exception(self, label: str) -> bool:
        """Whether a label says that something is left out of it."""
        return _has(label, self.exceptions)

    def is_partial(self, text: str) -> bool:
        """Whether a caption says that a table lists some of what its total counts (`top 10`)."""
        return any(fold_pattern(p).search(fold(text)) for p in self.partial)

    def is_share(self, label: str) -> bool:
        """Whether a label speaks of shares of one whole, which add to 100."""
        return _has(label, self.shares)

    def is_difference(self, label: str) -> bool:
        """Whether a label speaks of the difference of two other figures."""
        return _has(label, self.differences)

    def meaning(self, note: str) -> Meaning:
        """What the text of a note means; OTHER where no pattern says so."""
        text = fold(note)
        for meaning, patterns in self.notes.items():
            if any(re.search(fold_pattern(p), text) for p in patterns):
                return meaning
        return Meaning.OTHER

    def stated_unit(self, text: str) -> UnitStatement | None:
        """The unit that a caption or header states, the first statement in the file winning."""
        return _stated(self, fold(text))


@lru_cache(maxsize=8192)  # the same labels stand in many tables
def _stated(language: Language, text: str) -> UnitStatement | None:
    return next((s for s in language.unit_statements if fold_pattern(s.pattern).search(text)), None)


@lru_cache(maxsize=8192)  # each label is asked about several times
def _starts(label: str, words: tuple[str, ...]) -> bool:
    return bool(words) and _any_of(words, "").match(fold(label).lstrip("([–- ")) is not None


def _has(label: str, words: tuple[str, ...], before: str = r"(?<!\w)") -> bool:
    return bool(words) and _any_of(words, before).search(fold(label)) is not None


@cache
def _any_of(words: tuple[str, ...], before: str) -> re.Pattern[str]:
    """Any of the words, whole at their end; compiled once, for every label of every document asks."""
    return re.compile(f"{before}(?:{'|'.join(re.escape(fold(word)) for word in words)})(?!\\w)")


@cache
def fold_pattern(pattern: str) -> re.Pattern[str]:
    """A pattern compiled for folded text; case-insensitive, so that its escapes keep their meaning."""
    return re.compile(pattern, re.IGNORECASE)


@cache
def load_language(code: str, folder: Path | None = None) -> Language:
    """The language file of this code (`nl`, `fr`, `de`, `en`).

    Raises:
        ConfigurationError: where there is no such file, or it does not hold what a language file holds.
    """
    path = (folder or schemas_folder()) / "languages" / f"{code}.yaml"
    if not path.is_file():
        raise ConfigurationError(f"language {code!r}: expected a file {path}, found none")
    raw = cast(dict[str, object], parse_yaml(path.read_text(encoding="utf-8")))
    try:
        return Language.model_validate({"code": code, **raw})
    except (ValidationError, TypeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


@cache
def languages() -> tuple[Language, ...]:
    """All shipped languages, Dutch first: on a tie it is the home of the project."""
    codes = sorted((p.stem for p in (schemas_folder() / "languages").glob("*.yaml")), key=lambda c: (c != "nl", c))
    return tuple(load_language(code) for code in codes)


@cache
def open_ends() -> frozenset[str]:
    """The words of all languages that no label ends with."""
    return frozenset().union(*(language.open_ends for language in languages()))


@cache
def telephones() -> frozenset[str]:
    """The words of all languages that stand before the number of a telephone."""
    return frozenset(word for language in languages() for word in language.telephones)


@cache
def about_tables() -> re.Pattern[str]:
    """What begins a line about a table in any language: its caption or source."""
    words = {word for language in languages() for word in language.about_tables}
    return re.compile(rf"(?:{'|'.join(sorted(map(re.escape, words), reverse=True))})(?!\w)", re.IGNORECASE)


def is_source(text: str) -> bool:
    """Whether a line says in any language where figures come from: it begins with a word about tables and a colon."""
    return (found := about_tables().match(text)) is not None and ":" in text[: found.end() + 2]


@lru_cache(maxsize=4096)
def says_continued(text: str) -> bool:
    """Whether a line over a table says in any language that it goes on: `(suite)`, `Tabel 3. Uitgaven (vervolg)`, `—Con.`."""
    return _continued().fullmatch(fold(text)) is not None


@cache
def _continued() -> re.Pattern[str]:
    word = _in_any("continued")
    bracketed = rf"[(\[](?:{word})[)\]]"
    about = rf"(?:{about_tables().pattern}).*(?:{bracketed}.*|\s?[–—:-]\s?(?:{word})\.?)"
    return re.compile(rf"{bracketed}|.*\S[–—](?:{word})\.?|{about}", re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_total(label: str) -> bool:
    """Whether a label names the total of a table in any language."""
    return any(language.is_total(label) for language in languages())


@lru_cache(maxsize=4096)
def is_memo(text: str) -> bool:
    """Whether a label begins as memo items do in any language, which stand below the total of a table."""
    return any(_starts(text, language.memo_items) for language in languages())


@lru_cache(maxsize=4096)
def names_codes(header: str) -> bool:
    """Whether the header of a column says in any language that codes stand in it (`Code INS`, `NIS-code`)."""
    return _codes().fullmatch(fold(header)) is not None


@cache
def _codes() -> re.Pattern[str]:
    return re.compile(_in_any("codes"))


@lru_cache(maxsize=4096)
def is_unit(text: str) -> bool:
    """Whether a text says a unit in any language and nothing else, in brackets or not (`% of GDP`, `(in duizend euro)`)."""
    return _units().fullmatch(fold(text)) is not None


@cache
def _units() -> re.Pattern[str]:
    return re.compile(rf"(\()?\s?(?:{_in_any('unit_line')})\s?(?(1)\))", re.IGNORECASE)


def _in_any(field: str) -> str:
    """What matches where the pattern of any language does."""
    return "|".join(f"(?:{getattr(language, field)})" for language in languages())


@cache
def _everyday() -> frozenset[str]:
    """The everyday words of all languages."""
    return frozenset().union(*(language.stopwords for language in languages()))


def detect(text: str) -> Language:
    """The language whose everyday words are printed most often; Dutch where nothing tells."""
    words = list(filter(_everyday().__contains__, re.findall(r"[^\W\d_]+", fold(text))))
    return max(languages(), key=lambda lang: sum(map(lang.stopwords.__contains__, words)))
