"""The stretch of time that a header or label names: school years, calendar years, months, quarters, dates."""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache

from babel import Locale

from pv_extract.languages import Language, fold_pattern, load_language
from pv_extract.model import Period
from pv_extract.text import clean, fold, split_marks

_YEAR = r"(?:19|20)\d{2}"
_SOME_YEAR = re.compile(_YEAR)
_DIGIT = re.compile(r"\d")
_TWO_YEARS = re.compile(rf"(?P<first>{_YEAR})\s*[-–/]\s*(?P<second>{_YEAR}|\d{{2}})")
_GLUED_YEARS = re.compile(rf"({_YEAR})({_YEAR})")  # a dump that undoes hyphenation: 2019- over 2020 becomes 20192020
_NUMERIC_DATE = re.compile(rf"(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>{_YEAR})")
_ISO_DATE = re.compile(rf"(?P<year>{_YEAR})-(?P<month>\d{{2}})-(?P<day>\d{{2}})")
_WORD_DATE = re.compile(rf"(?P<day>\d{{1,2}})(?:er|\.)?\s+(?P<month>[^\W\d]+\.?)\s+(?P<year>{_YEAR})")
_MONTH_YEAR = re.compile(rf"(?P<month>[^\W\d]+\.?)[\s/-]+(?P<year>{_YEAR})")


@lru_cache(maxsize=8192)  # the same headers and labels are asked about several times
def read_period(text: str, language: Language | None = None) -> Period | None:
    """The period that the whole text names, marks aside; None for anything else.

    `2022-2023*` is the school year from 1 September to 31 August; years that do not follow each other make a span.
    """
    language = language or load_language("nl")
    if text.isascii() and not _DIGIT.search(text):
        return None
    core = clean(split_marks(clean(text))[0])
    folded = fold(core)
    if not _DIGIT.search(folded):
        return None
    return (
        _date(folded, language)
        or _years(folded, language)
        or _year(folded, language)
        or _quarter(folded, language)
        or _month(folded, language)
    )


def dates_in(text: str, language: Language | None = None) -> Iterator[tuple[int, int, date]]:
    """Every date printed in running text, as (start, end, date) in characters of the text."""
    if not _SOME_YEAR.search(text):
        return
    months = _months(language or load_language("nl"))
    for pattern in (_NUMERIC_DATE, _ISO_DATE, _WORD_DATE):
        for found in pattern.finditer(text):
            if day := _day(found, months):
                yield found.start(), found.end(), day


def _strip_words(text: str, words: tuple[str, ...]) -> str:
    found = _any_of(words).match(text) if words else None
    return text[found.end() :] if found else text


@cache
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, the longest that fits, with what may stand behind it."""
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(re.escape(fold(word)) for word in longest)})(?!\w)\.?\s*")


def _date(text: str, language: Language) -> Period | None:
    core = _strip_words(text, language.periods.date)
    for pattern in (_NUMERIC_DATE, _ISO_DATE, _WORD_DATE):
        if (found := pattern.fullmatch(core)) and (day := _day(found, _months(language))):
            return Period("date", day.isoformat(), day, day)
    return None


def _day(found: re.Match[str], months: Mapping[str, int]) -> date | None:
    printed = found["month"]
    month = int(printed) if printed.isdecimal() else months.get(fold(printed).rstrip("."))
    try:
        return date(int(found["year"]), month, int(found["day"])) if month else None
    except ValueError:
        return None


def _years(text: str, language: Language) -> Period | None:
    words = language.periods
    core = _strip_words(text, words.school_year + words.session_year + words.year)
    if (glued := _GLUED_YEARS.fullmatch(core)) and int(glued[2]) == int(glued[1]) + 1:
        core = f"{glued[1]}-{glued[2]}"
    found = _TWO_YEARS.fullmatch(core)
    if not found:
        return None
    first = int(found["first"])
    second = int(found["second"]) if len(found["second"]) == 4 else first // 100 * 100 + int(found["second"])
    session = core != _strip_words(text, ()) and _strip_words(text, words.session_year) != text
    if second == first + 1 and not session:
        return Period("school_year", f"{first}-{second}", date(first, 9, 1), date(second, 8, 31))
    return Period("span", f"{first}-{second}", date(first, 1, 1), date(second, 12, 31)) if second > first else None


def _year(text: str, language: Language) -> Period | None:
    core = _strip_words(text, language.periods.year)
    if not re.fullmatch(_YEAR, core):
        return None
    return Period("year", core, date(int(core), 1, 1), date(int(core), 12, 31))


def _quarter(text: str, language: Language) -> Period | None:
    for pattern in language.periods.quarter:
        found = fold_pattern(rf"(?:{pattern})\s*(?:van\s+)?(?P<year>{_YEAR})").fullmatch(text) or fold_pattern(
            rf"(?P<year>{_YEAR})[\s-]*(?:{pattern})"
        ).fullmatch(text)
        if found:
            year, quarter = int(found["year"]), int(found["n"])
            start, after = date(year, 3 * quarter - 2, 1), date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
            return Period("quarter", f"{year}-Q{quarter}", start, after - timedelta(days=1))
    return None


def _month(text: str, language: Language) -> Period | None:
    found = _MONTH_YEAR.fullmatch(text)
    month = _months(language).get(found["month"].rstrip(".")) if found else None
    if not found or not month:
        return None
    year = int(found["year"])
    return Period(
        "month",
        f"{year}-{month:02d}",
        date(year, month, 1),
        date(year, month, calendar.monthrange(year, month)[1]),
    )


@cache
def _months(language: Language) -> Mapping[str, int]:
    """Month by folded name, long and abbreviated, from the locale data."""
    locale = Locale.parse(language.locale)
    return {
        fold(str(name)).rstrip("."): number
        for width in ("abbreviated", "wide")
        for number, name in locale.months["format"][width].items()
    }
