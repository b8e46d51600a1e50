"""What a spreadsheet shows for a value: Excel number formats printed as a locale has them (ECMA-376, 18.8.31)."""

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal, get_decimal_symbol

_QUOTED = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_CURRENCY = re.compile(r"\[\$([^\]-]*)(?:-[0-9A-Fa-f]+)?\]")
_BRACKETS = re.compile(r"\[[^\]]*\]")
_CORE = re.compile(r"[#0?][#0?,. ]*")
_KEPT = "\ue000"  # stands for text that is printed as it is, while the format is taken apart
_SIGNIFICANT = 10  # digits that Excel shows of a number without a format
_DATE_PARTS = re.compile(r"[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|[^yYmMdDhHsS]", re.IGNORECASE)


def shown(value: object, number_format: str, locale: str = "nl_BE") -> str:
    """The text of a cell: in `nl_BE` 1234.5 with `#,##0.0` is `1.234,5`, 0.125 with `0.0%` is `12,5%`, a date is `3/05/2024`."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAAR" if value else "ONWAAR"
    if isinstance(value, int | float | Decimal):
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        return _number(exact, number_format, locale)
    if isinstance(value, date | time):
        return _moment(value, number_format, locale)
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02d}"
    return str(value).strip()


def _number(value: Decimal, number_format: str, locale: str) -> str:
    section, signed = _section(value, number_format)
    text, literals = _literals(section)
    if text.strip().lower() in ("general", "standaard", "@", ""):
        return _restored(text, literals) if not text.strip() else _general(value, locale)
    core = _CORE.search(text)
    if not core or re.search(r"[eE][+-]|/", text):
        return _general(value, locale) if core else _restored(text, literals).strip()
    pattern = core.group().rstrip(" ").replace("?", "#")
    scale = len(pattern) - len(pattern.rstrip(","))
    pattern = pattern.rstrip(",")
    amount = abs(value) if signed else value
    amount = amount * 100 ** text.count("%") / 1000**scale
    digits = _digits(amount, pattern, locale)
    before, after = text[: core.start()], text[core.end() :]
    trailing = core.group()[len(core.group().rstrip(" ")) :]
    return _restored(f"{before}{digits}{trailing}{after}", literals).strip()


def _digits(amount: Decimal, pattern: str, locale: str) -> str:
    """The digits, rounded half up as Excel does; nothing for a zero that the pattern does not ask for."""
    whole, _, fraction = pattern.partition(".")
    rounded = amount.quantize(Decimal(1).scaleb(-len(fraction)), ROUND_HALF_UP)
    if not rounded and "0" not in whole and not fraction:
        return ""
    digits = str(format_decimal(rounded, format=_babel(pattern), locale=locale))
    if " " in whole:  # a space among the digits stands where it is written, before the last three
        start = len(digits.partition(get_decimal_symbol(locale))[0]) - 3
        digits = f"{digits[:start]} {digits[start:]}" if start > 0 else digits
    return digits


def _babel(pattern: str) -> str:
    """The pattern as Babel writes it: grouping in threes, at least one digit before the comma where Excel asks for it."""
    whole, _, fraction = pattern.replace(" ", "").partition(".")
    least = max(1, whole.count("0"))
    digits = "0" * least
    if "," in whole:
        padded = digits.rjust(4, "#")
        digits = f"{padded[:-3]},{padded[-3:]}"
    return f"{digits}.{fraction}" if fraction else digits


def _section(value: Decimal, number_format: str) -> tuple[str, bool]:
    """The part of the format for this value (positive;negative;zero), and whether it prints the sign itself."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], True
    return sections[0], False


def _literals(section: str) -> tuple[str, list[str]]:
    """The section with quoted text, currencies and fillers taken out, and those texts in order."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        text = found.group(1) or found.group(2) or ""
        if not text:
            return ""
        kept.append(text)
        return _KEPT

    quoted = _QUOTED.sub(keep, _CURRENCY.sub(lambda m: f'"{m.group(1)}"' if m.group(1) else "", section))
    return _BRACKETS.sub("", quoted), kept


def _restored(text: str, literals: list[str]) -> str:
    for literal in literals:
        text = text.replace(_KEPT, literal, 1)
    return text


def _general(value: Decimal, locale: str) -> str:
    text = format(value, f".{_SIGNIFICANT}g")
    if "e" in text.lower():
        text = format(Decimal(text), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", get_decimal_symbol(locale))


def _moment(value: date | time, number_format: str, locale: str) -> str:
    section, literals = _literals(number_format.split(";", maxsplit=1)[0])
    pattern = _ldml(section, literals)
    if section.lower() in ("mm-dd-yy", "general", "m/d/yyyy", "m/d/yy"):
        pattern = "d/MM/yyyy"  # the short date of the system, which is this in Belgium
    if isinstance(value, datetime):
        return str(format_datetime(value, pattern, locale=locale))
    if isinstance(value, date):
        return str(format_date(value, pattern, locale=locale))
    return str(format_time(value, pattern, locale=locale))


def _ldml(section: str, literals: list[str]) -> str:
    """The date format in the letters of Unicode: `mm` is a month, or minutes right after hours."""
    out: list[str] = []
    hours = False
    rest = iter(literals)
    for part in _DATE_PARTS.findall(section):
        kind = part[0].lower()
        if part.upper() == "AM/PM":
            out.append("a")
        elif kind == "m":
            out.append(("m" if hours else "M") * min(len(part), 4))
        elif kind in "dyhs":
            out.append(_letters(kind, len(part)))
            hours = kind == "h"
        elif part == _KEPT:
            out.append("'" + next(rest).replace("'", "''") + "'")
        elif part not in ("@", ";"):
            out.append(f"'{part}'" if part.isalpha() else part)
    return "".join(out)


def _letters(kind: str, count: int) -> str:
    if kind == "d":
        return {1: "d", 2: "dd", 3: "EEE"}.get(count, "EEEE")
    if kind == "y":
        return "yyyy" if count > 2 else "yy"
    return {"h": "H", "s": "s"}[kind] * count
