"""Small raised text: what refers to a note (`226¹`, `Overheidᵃ`), and what belongs to its word (`1er`, `2e`, `XXe`)."""

import re

NUMBER_OR_LETTER = re.compile(r"\d{1,3}|\(?(?:\d{1,2}|[a-ipr])\)?")  # as a note begins
IN_BRACKETS = re.compile(r"\(?(?:\d{1,2}|[a-i])\)")  # or before one
_MARKS = re.compile(r"\(?(?:\d{1,2}|[a-ipru])\)?(?:,\(?(?:\d{1,2}|[a-ipru])\)?)*")
_DIVIDED = re.compile(r"\d[.,]\d")
_RAISED = str.maketrans("0123456789abcdefghipru()", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱᵖʳᵘ⁽⁾")
_ORDINAL = frozenset("deh")  # 2e, 2d, 14h
_FLAGS = frozenset("pru")  # provisional, revised, unreliable: behind figures only


def as_mark(text: str) -> str:
    """A mark in raised characters."""
    return text.translate(_RAISED)


def refers(before: str, text: str) -> bool:
    """Whether small raised text behind the rest of its word, or before it, is the mark of a note, or several.

    A letter is none where it ends a shortened word: `e`, `d` and `h` behind a figure without a separator (`2e`, `2d`, `14h`),
    `e` behind capitals or a short word (`Me`, `XXe`, `Ste`); nor behind a single letter, which it may be the power of.
    """
    if not before:
        return NUMBER_OR_LETTER.fullmatch(text) is not None
    if not _MARKS.fullmatch(text):
        return False
    return not text[0].isalpha() or _letter_refers(before, text[0])


def _letter_refers(before: str, letter: str) -> bool:
    last = before[-1]
    if last.isdigit():
        return letter not in _ORDINAL or _DIVIDED.search(before) is not None
    if not last.isalpha():
        return True
    if not before[-2:].isalpha() or len(before) < 2 or letter in _FLAGS:
        return False
    return letter != "e" or (last.islower() and len(before) > 3)
