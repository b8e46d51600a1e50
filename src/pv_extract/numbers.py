"""What a printed cell is worth: a strict grammar by locale that refuses what it does not know, and never guesses."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from babel import Locale

from pv_extract.findings import NotANumberError
from pv_extract.languages import Language, load_language
from pv_extract.model import Number, ObsStatus
from pv_extract.text import clean, fold, split_marks

SPACES = " \u00a0\u202f\u2009\u2007"
_MINUS = "-−–"
_APOSTROPHES = "'’"
_SEPARATOR = re.compile(r"\D")
_MASKED = re.compile(r"(?P<sign>[<≤])\s*(?P<high>\d{1,4})")
_RANGE = re.compile(r"(?P<low>\d{1,3})\s*[-–]\s*(?P<high>\d{1,3})")
_DIGITS = re.compile(rf"\d+(?:[.,{_APOSTROPHES}{SPACES}]\d+)*")
_DOTTED_DATE = re.compile(r"\d{1,2}[.]\d{1,2}[.]\d{2,4}")
_POINTED = re.compile(r"(?:0|[1-9]\d*)\.(?:\d{1,2}|\d{4,})")
_UNIT_BEHIND = re.compile(r"[^\d\s.,()'’*]+(?:[^\d]*[^\d\s)])?(?=\)?$)")
_UNIT_BEFORE = re.compile(r"[^\d\s.,()'’+−–-]+")
_NO_UNIT = re.compile(r"[\d\s.,()'’]+")


class Kind(StrEnum):
    """What stands in a cell."""

    NUMBER = "number"
    MARKER = "marker"
    MASKED = "masked"
    EMPTY = "empty"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell as read: `value` without unit or multiplier, `bounds` of a masked count (both included).

    `refusal` says why something that has digits is not taken for a number.
    """

    raw: str
    kind: Kind
    value: Number | None = None
    status: ObsStatus = ObsStatus.NORMAL
    marks: tuple[str, ...] = ()
    unit: str | None = None
    multiplier: int = 1
    bounds: tuple[Number, Number] | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class _Grammar:
    number: re.Pattern[str]
    groups: str
    decimal: str


@cache
def _grammar(language: Language) -> _Grammar:
    locale = Locale.parse(language.locale)
    symbols = locale.number_symbols.get("latn", locale.number_symbols)
    decimal = str(symbols["decimal"])
    groups = {str(symbols["group"]), *language.group_separators, *SPACES, *_APOSTROPHES} - {decimal}
    separators = re.escape("".join(sorted(groups)))
    whole = rf"(?:[1-9]\d{{0,2}}(?P<sep>[{separators}])\d{{3}}(?:(?P=sep)\d{{3}})*|0|[1-9]\d*)"
    return _Grammar(re.compile(rf"(?P<whole>{whole})(?:{re.escape(decimal)}(?P<fraction>\d+))?"), separators, decimal)


def read_number(raw: str, language: Language | None = None) -> Reading:
    """A printed number: `1.045` is 1045, `3,55` is 3.55, `226*` is 226 with mark `*`, `12,5 %` is 12.5 with unit %.

    Whole numbers are int, others Decimal with the printed decimals. Thousands are grouped by one and the same sign, in
    groups of exactly three (CLDR symbols of the locale; spaces and apostrophes always). A minus stands before the number, or
    brackets around it.

    Raises:
        NotANumberError: for anything else: markers, text, and `1.04` (English decimals?) or `007` (a code?).
    """
    language = language or load_language("nl")
    core, marks = split_marks(clean(raw))
    unit, multiplier, digits = _strip_unit(core, language)
    negative, digits = _strip_sign(digits)
    found = _grammar(language).number.fullmatch(digits)
    if not found:
        raise NotANumberError(_why_not(raw, digits, language))
    printed = found["whole"]
    whole = int(printed if printed.isdecimal() else _SEPARATOR.sub("", printed))
    fraction = found["fraction"]
    value: Number = Decimal(f"{whole}.{fraction}") if fraction else whole
    if negative:
        value = -value
    return Reading(raw, Kind.NUMBER, value, ObsStatus.NORMAL, marks, unit, multiplier)


@lru_cache(maxsize=16384)  # a dump asks about a text several times, and figures recur
def read_cell(raw: str, language: Language | None = None) -> Reading:
    """A printed cell of any kind; never raises, and says in `refusal` why digits were not taken for a number.

    Markers (`-`, `/`, `n.v.t.`) come from the language file with their SDMX status; `<5` is suppressed with bounds 0 to 4.
    """
    language = language or load_language("nl")
    text = clean(raw)
    if not text:
        return Reading(raw, Kind.EMPTY, status=ObsStatus.MISSING)
    if status := language.marker_status.get(fold(text)):
        return Reading(raw, Kind.MARKER, status=status)
    refusal = None
    if any(c.isdigit() for c in text):
        try:
            return read_number(raw, language)
        except NotANumberError as error:
            refusal = str(error)
    core, marks = split_marks(text)
    if status := language.marker_status.get(fold(core)):
        return Reading(raw, Kind.MARKER, status=status, marks=marks)
    if bounds := _masked(core):
        return Reading(raw, Kind.MASKED, status=ObsStatus.SUPPRESSED, marks=marks, bounds=bounds)
    digits = any(c.isdigit() for c in core)
    return Reading(raw, Kind.TEXT, status=ObsStatus.MISSING, marks=marks, refusal=refusal if digits else None)


@lru_cache(maxsize=16384)  # as above
def is_figure(text: str, language: Language | None = None) -> bool:
    """Whether a text may stand in a data cell: digits grouped in any convention, a marker, or a masked count.

    Wider than `read_number` on purpose: the layout must see a figure before anybody knows the language it is printed in.
    """
    reading = read_cell(text, language)
    if reading.kind in (Kind.NUMBER, Kind.MARKER, Kind.MASKED):
        return True
    if not any(c.isdigit() for c in text):
        return False
    core, _ = split_marks(clean(text))
    _, _, digits = _strip_unit(core, language or load_language("nl"))
    _, digits = _strip_sign(digits)
    return bool(_DIGITS.fullmatch(digits)) and not _DOTTED_DATE.fullmatch(digits)


def read_decimal_point(raw: str, language: Language | None = None) -> Decimal | None:
    """The value of a number whose decimals follow a point, `38.0` or `3.55`; None where the point could group thousands.

    Nothing takes this for a number by itself: only the other figures of a column can say that a point slipped in.
    """
    if "." not in raw:
        return None
    core, _ = split_marks(clean(raw))
    _, _, digits = _strip_unit(core, language or load_language("nl"))
    negative, digits = _strip_sign(digits)
    if not _POINTED.fullmatch(digits):
        return None
    return -Decimal(digits) if negative else Decimal(digits)


def _strip_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    if text[:1] in _MINUS and text[1:]:
        return True, text[1:].lstrip()
    if text[:1] == "+":
        return False, text[1:].lstrip()
    return False, text


def _strip_unit(text: str, language: Language) -> tuple[str | None, int, str]:
    """Unit before or behind the digits, told by the language file; unknown words stay, and the grammar refuses them."""
    if _NO_UNIT.fullmatch(text):
        return None, 1, text
    for found in (_UNIT_BEHIND.search(text), _UNIT_BEFORE.match(text)):
        if found and (word := language.unit_words.get(fold(found.group()).replace(" ", ""))):
            rest = (text[: found.start()] + text[found.end() :]).strip()
            return word.unit or None, word.multiplier, rest
    return None, 1, text


def _masked(text: str) -> tuple[int, int] | None:
    if found := _MASKED.fullmatch(text):
        high = int(found["high"])
        return (0, high - 1 if found["sign"] == "<" else high)
    if (found := _RANGE.fullmatch(text)) and int(found["low"]) < int(found["high"]):
        return (int(found["low"]), int(found["high"]))
    return None


def _why_not(raw: str, digits: str, language: Language) -> str:
    grammar = _grammar(language)
    if not any(c.isdigit() for c in digits):
        return f"{raw!r} has no digits"
    if re.fullmatch(r"0\d+", digits):
        return f"{raw!r} starts with a zero: a code rather than a number"
    if re.fullmatch(r"\d+\.\d+", digits) and grammar.decimal != ".":
        return f"{raw!r}: a point groups thousands in threes in {language.locale}; decimals after a point?"
    if re.fullmatch(r"[\d.,\s]+", digits):
        return f"{raw!r}: groups or decimals that {language.locale} does not print"
    return f"{raw!r} is not a number"
