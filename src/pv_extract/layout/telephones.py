"""Telephone numbers: their groups of digits are one word, and no figures of columns side by side."""

import re
from collections.abc import Sequence

from pv_extract.languages import telephones
from pv_extract.layout.numerals import well_grouped
from pv_extract.model import Box, Word

_COUNTRY = re.compile(r"^\(?(?:\+|00)[1-9]\d{0,2}\)?$")
_CODES = ("+", " 00", "(00")  # what the code of a country begins with
_DIGITS = re.compile(r"^(?:\(0\)\d{0,4}|\(?\d{1,6}\)?)(?:[-/.]\d{1,6})*[,;.]?$")
_ENDS = ".:"  # behind a word for telephones
_FEWEST, _MOST = 7, 15  # digits


def dialled(words: Sequence[Word]) -> list[Word]:
    """The words of a page, the groups of a telephone number behind a country's code or a word for telephones put together."""
    texts = [w.text for w in words]
    said = " ".join(["", *texts]).casefold()
    coded = any(sign in said for sign in _CODES) and any(map(_COUNTRY.match, texts))
    if not coded and not (any(word in said for word in telephones()) and any(map(_named, words))):
        return list(words)
    out: list[Word] = []
    k = 0
    while k < len(words):
        start = k + 1 if _named(words[k]) else k
        end = _end(words, start) if start > k or _COUNTRY.match(words[k].text) else start
        number = words[start:end]
        if len(number) > 1 and _whole(number, named=start > k):
            out += [*words[k:start], _one(number)]
            k = end
        else:
            out.append(words[k])
            k += 1
    return out


def _named(word: Word) -> bool:
    return word.text.casefold().rstrip(_ENDS) in telephones()


def _end(words: Sequence[Word], start: int) -> int:
    """The position behind the last group of digits that stands a word space behind the one before it."""
    end = start
    while end < len(words) and (_DIGITS.match(words[end].text) or (end == start and _COUNTRY.match(words[end].text))):
        before = words[end - 1] if end else None
        if end > start and (before is None or not _close(before, words[end])):
            break
        end += 1
    return end


def _close(left: Word, right: Word) -> bool:
    level = abs(left.box.bottom - right.box.bottom) < 0.3 * right.size
    return level and 0 <= right.box.x0 - left.box.x1 <= 0.45 * max(left.size, right.size)


def _whole(number: Sequence[Word], *, named: bool) -> bool:
    """Whether these groups are as long as a telephone number, and no number in groups of three digits unless so named."""
    text = " ".join(w.text for w in number)
    digits = sum(c.isdigit() for c in text)
    return _FEWEST <= digits <= _MOST and (named or (len(number) > 2 and not well_grouped(text)))


def _one(number: Sequence[Word]) -> Word:
    first = number[0]
    text = " ".join(w.text for w in number)
    box = Box.around(w.box for w in number)
    return Word(text, box, first.size, first.bold, first.font, first.color, first.angle)
