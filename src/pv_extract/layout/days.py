"""Days that head columns of figures: the same day of successive years, or the first or last days of months."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

_DAY = re.compile(r"^\(?(\d{1,2})[./-](\d{1,2})[./-]((?:19|20)?\d\d)\)?[*†¹²³⁴-⁹]*$")


def heads_days(texts: Sequence[str]) -> bool:
    """Whether texts are days on which something was counted, one after the other: 31/12/2023, 31/12/2024.

    A first and a last day (01.03.2024, 30.04.2024) say from when to when; other days tell when things happened.
    """
    if len(texts) < 2 or not _DAY.match(texts[0]):
        return False
    days = [_day(text) for text in texts]
    found = [day for day in days if day is not None]
    if len(found) < len(days):
        return False
    steps = [a < b for a, b in pairwise(found)]
    alike = len({(day.month, day.day) for day in found}) == 1
    first, last = all(day.day == 1 for day in found), all(map(_ends_month, found))
    return (alike or first or last) and (all(steps) or not any(steps)) and len(set(found)) == len(found)


def _day(text: str) -> date | None:
    match = _DAY.match(text)
    if match is None:
        return None
    day, month, year = map(int, match.groups())
    try:
        return date(year if year > 99 else 2000 + year, month, day)
    except ValueError:
        return None


def _ends_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]
