"""Words that stand on one line, and the chunks in which white space divides it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pv_extract.model import Box, Word

# what fills a cell of figures, in any locale: digits with their separators, signs, units, marks; or a marker for none
FIGURE = re.compile(
    r"^[<>≤≥±~+\-−–(\[]*(?:(?:US)?[€$£¥]\s?)?[(+\-−–]?\d[\d.,'’ \u00a0\u2009\u202f:/]*(?:[-–]\d[\d.,]*)?\s?"
    r"[%‰€$£kKmMbB)\]*†‡⁰¹²³⁴⁵⁶⁷⁸⁹a-c+]*(?:\(\w{1,2}\)|\s?\([+\-−–±]?\d[\d.,]*\s?%?\))?$"
)
MARKER = re.compile(r"^(?:[-−–—./:*…]+|n\.?\s?[abvd]\.?|n\.v\.t\.?|n/a|n\.?a\.?|nihil|x|\(\w\))$", re.IGNORECASE)
YEARS = re.compile(r"^\(?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d)?)?[)*⁰¹²³⁴⁵⁶⁷⁸⁹]*(?:\s?\([^\W\d_]{1,5}\.?\))?$")
_SHORT_YEARS = re.compile(r"^(\d\d)[/–-](\d\d)$")
# a unit in brackets, under or behind a header: (1 000), ($000), (%), (t), (F)
UNIT = re.compile(r"^\((?:[€$£]\s?)?(?:1?[ .,\u00a0\u202f]?000(?:[ .,\u00a0\u202f]000)*|[%‰€$£]|[a-zA-Z])\)$")
# dots that lead from a label to its figures
LEADERS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|·{4,})$")
_DOTS = frozenset(".…_·")
# they stand before their figure, the euro sometimes behind it
CURRENCIES = frozenset({"$", "€", "£", "¥", "($", "(€", "(£", "-$", "-€", "US$"})
_THOUSANDS = re.compile(r"^\d{3}(?:[.,]\d+)?[)%*⁰¹²³⁴⁵⁶⁷⁸⁹]*$")
_LEADING = re.compile(r"^[<>±+\-−–(€$£]*\d{1,3}(?:[ \u00a0]\d{3})*$")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Words of a line with no more than a word space between them."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """As printed, with single spaces."""
        return " ".join(w.text for w in self.words)


@dataclass(frozen=True)
class TextLine:
    """Words on a common line, left to right."""

    words: tuple[Word, ...]
    box: Box

    @cached_property
    def text(self) -> str:
        """As printed, with single spaces."""
        return " ".join(w.text for w in self.words)

    @cached_property
    def size(self) -> float:
        """Type size of the longest word."""
        return max(self.words, key=lambda w: len(w.text)).size

    @cached_property
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        heavy = sum(len(w.text) for w in self.words if w.bold)
        return 2 * heavy > sum(len(w.text) for w in self.words)


@lru_cache(maxsize=4096)  # the same words are asked about at every step of the layout
def is_figure(text: str) -> bool:
    """Whether a text can only be the content of a cell of figures, whatever the locale."""
    return bool(FIGURE.match(text) or MARKER.match(text))


@lru_cache(maxsize=4096)
def has_digits(text: str) -> bool:
    """Whether it is a figure that holds a number and not just a marker."""
    return bool(FIGURE.match(text))


@lru_cache(maxsize=4096)
def is_datum(text: str) -> bool:
    """Whether it stands in the body of a table: a figure that is no year and no unit, as headers print them."""
    return is_figure(text) and not YEARS.match(text) and not UNIT.match(text) and not _two_years(text)


def _two_years(text: str) -> bool:
    """Whether it is a year and the one beside it in two digits each (`26/25`, growth; `24-25`, a school year)."""
    both = _SHORT_YEARS.match(text)
    return both is not None and abs(int(both[1]) - int(both[2])) == 1


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """Lines from top to bottom: words whose middles lie within a third of a line's height of each other."""
    out: list[list[Word]] = []
    middle = height = 0.0
    words = list(words)
    if len(words) == 1:
        return [TextLine((words[0],), words[0].box)]
    if len({(w.box.top, w.box.bottom) for w in words}) == 1:
        return [line(words)]
    for word in sorted(words, key=lambda w: (w.box.top + w.box.bottom, w.box.x0)):
        here = (word.box.top + word.box.bottom) / 2
        if out and here - middle <= 0.36 * min(height, word.box.height):
            out[-1].append(word)
            continue
        out.append([word])
        middle, height = here, word.box.height
    return [line(group) for group in out]


def line(words: Iterable[Word]) -> TextLine:
    """A line of these words."""
    ordered = tuple(sorted(words, key=lambda w: w.box.x0))
    return TextLine(ordered, Box.around(w.box for w in ordered))


def chunk(words: Iterable[Word]) -> Chunk:
    """A chunk of these words."""
    ordered = tuple(words)
    return Chunk(ordered, Box.around(w.box for w in ordered))


def parted(left: Word, right: Word, *, wide: float = 0.85) -> bool:
    """Whether white space between two words of a line is more than a word space: `wide` type sizes, less between figures."""
    gap = right.box.x0 - left.box.x1
    size = max(left.size, right.size) or 10.0
    if _one_figure(left.text, right.text) and gap < 20 * size:
        return False
    if right.text[-1:] in _DOTS and LEADERS.match(right.text):
        return False  # leaders belong to the label before them
    if gap > wide * size or (has_digits(right.text) and LEADERS.search(left.text)):
        return True
    if is_figure(left.text) and is_figure(right.text):
        if _THOUSANDS.match(right.text) and _LEADING.match(left.text):
            return gap > 0.45 * size
        close = 0.15 if " " in left.text or " " in right.text else 0.35  # numbers whose groups are put together already
        return gap > close * size and has_digits(left.text) and has_digits(right.text)
    return False


def _one_figure(left: str, right: str) -> bool:
    """Whether a sign stands off its figure: a currency at the left edge of a column, a percent sign or bracket behind."""
    return (left in CURRENCIES and has_digits(right)) or (right in {"%", ")", "‰"} and left[-1:].isdigit())


def chunks(found: TextLine, *, wide: float = 0.85) -> list[Chunk]:
    """The line divided at its wide gaps."""
    words = found.words
    out: list[list[Word]] = [[words[0]]]
    for k in range(1, len(words)):
        following = words[k + 1] if k + 1 < len(words) else None
        if parted(words[k - 1], words[k], wide=wide) or _leads(words[k - 1], words[k], following):
            out.append([words[k]])
        else:
            out[-1].append(words[k])
    return [chunk(group) for group in out]


def _leads(before: Word, sign: Word, after: Word | None) -> bool:
    """Whether a currency sign between two figures belongs to the second: a dollar or pound always, a euro to the nearer."""
    if sign.text not in CURRENCIES or after is None or not (has_digits(before.text) and has_digits(after.text)):
        return False
    return "€" not in sign.text or after.box.x0 - sign.box.x1 < sign.box.x0 - before.box.x1
