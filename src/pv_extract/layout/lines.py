"""Words that stand on one line, and the chunks in which white space divides it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from pv_extract.kept import kept
from pv_extract.layout.days import heads_days
from pv_extract.model import Box, Word
from pv_extract.text import RAISED_LETTERS, SUPERSCRIPTS

_RAISED = f"⁽⁾{SUPERSCRIPTS}{RAISED_LETTERS}"  # marks behind a figure
# what fills a cell of figures, in any locale: digits with their separators, signs, units, marks; or a marker for none
FIGURE = re.compile(
    r"^[<>≤≥±~+\-−–(\[]*(?:(?:US)?[€$£¥]\s?)?[(+\-−–]?\d[\d.,'’ \u00a0\u2009\u202f:/]*(?:[-–]\s?\d[\d.,]*)?\s?"
    rf"[%‰€$£kKmMbB)\]*†‡{_RAISED}a-c+]*(?:,[{_RAISED}]+)*(?:\(\w{{1,2}}\)|\s?\([+\-−–±]?\d[\d.,]*\s?%?(?:\s?[-–−,;/]\s?[+\-−]?\d[\d.,]*\s?%?)?\))?$"
)
MARKER = re.compile(
    r"^(?:[-−–—./:*…]+|n\.?\s?[abvd]\.?|n\.v\.t\.?|n/a|n\.?a\.?|nihil|x|\(\w\)|\(n\.?a\.?\))$", re.IGNORECASE
)
YEARS = re.compile(
    rf"^\(?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d)?)?[)*{_RAISED}]*(?:,[{_RAISED}]+)*"
    r"(?:\s?\([^\W\d_]{1,5}\.?\)|\s\d{1,2}/)?$"  # `2023 1/`: a mark of a typewriter
)
# a range of whole numbers, or one that is open at an end: 15-64, K-5, < 15, 65+, ≥ 65
_RANGE = re.compile(
    r"^(?:(?:(?P<start>\d{1,7})|[^\W\d_]{1,2})\s?[-–]\s?(?P<end>\d{1,7})|[<≤]\s?(?P<under>\d{1,7})|[>≥]\s?(?P<more>\d{1,7})|(?P<over>\d{1,7})\s?\+)$"
)
_SHORT_YEARS = re.compile(r"^(\d\d)[/–-](\d\d)$")
# a unit in brackets, under or behind a header: (1 000), ($000), (%), (t), (F)
UNIT = re.compile(r"^\((?:[€$£]\s?)?(?:1?[ .,\u00a0\u202f]?000(?:[ .,\u00a0\u202f]000)*|[%‰€$£]|[a-zCFK])\)$")
# dots that lead from a label to its figures
LEADERS = re.compile(r"(?:\.{4,}|…{2,}|_{4,}|·{4,})$")
_DOTS = frozenset(".…_·")
_BEHIND = frozenset({"%", ")", "‰"})  # they stand behind their figure
# they stand before their figure, the euro sometimes behind it
CURRENCIES = frozenset({"$", "€", "£", "¥", "($", "(€", "(£", "-$", "-€", "US$"})
# type sizes: what parts two words is wider
WIDE = 0.85
_THOUSANDS = re.compile(rf"^\d{{3}}(?:[.,]\d+)?[)%*{_RAISED}]*$")
_BOX = attrgetter("box")
_TYPED_MARK = re.compile(r"^\d{1,2}/$")
_LEFT = attrgetter("box.x0")
_LEADING = re.compile(r"^[<>±+\-−–(€$£]*\d{1,3}(?:[ \u00a0]\d{3})*$")


class Chunk(NamedTuple):
    """Words of a line with no more than a word space between them."""

    words: tuple[Word, ...]
    box: Box

    @property
    def text(self) -> str:
        """As printed, with single spaces."""
        words = self.words
        return words[0].text if len(words) == 1 else printed(words)


@dataclass  # made by the thousand: freezing it would double what one costs
class TextLine:
    """Words on a common line, left to right."""

    words: tuple[Word, ...]
    box: Box

    @kept
    def text(self) -> str:
        """As printed, with single spaces."""
        return printed(self.words)

    @kept
    def chunks(self) -> tuple[Chunk, ...]:
        """The line divided at its wide gaps."""
        return _chunks(self.words)

    @kept
    def size(self) -> float:
        """Type size of the longest word."""
        longest = self.words[0]
        for word in self.words:
            if len(word.text) > len(longest.text):
                longest = word
        return longest.size

    @kept
    def bold(self) -> bool:
        """Whether most of its letters are bold."""
        heavy = sum([len(w.text) for w in self.words if w.bold])
        return heavy > 0 and 2 * heavy > sum([len(w.text) for w in self.words])


def printed(words: Sequence[Word]) -> str:
    """The words as printed, with single spaces."""
    return words[0].text if len(words) == 1 else " ".join([w.text for w in words])


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


@lru_cache(maxsize=4096)
def lettered(text: str) -> bool:
    """Whether it has two letters at least, as words of prose have."""
    return sum([c.isalpha() for c in text]) >= 2


def counted(texts: Sequence[str]) -> bool:
    """Whether texts number the columns below them: 1, 2, 3 and on."""
    return len(texts) > 2 and all(text == str(k) for k, text in enumerate(texts, start=1))


def without_ranges(texts: Sequence[str]) -> list[str]:
    """The texts but for the classes that headers name by ranges that follow on (`0-14`, `15-64`, `65+`), and days of counting."""
    if heads_days(texts):
        return []
    bounds = list(map(_RANGE.match, texts))
    if bounds.count(None) + 2 > len(bounds):
        return list(texts)
    on = {k for k, (a, b) in enumerate(pairwise(bounds)) if a and b and _follow_on(a, b)}
    return [text for k, text in enumerate(texts) if k not in on and k - 1 not in on]


def _follow_on(left: re.Match[str], right: re.Match[str]) -> bool:
    """Whether a range of whole numbers begins right where the one before it ends."""
    end, start = left["end"] or left["under"], right["start"] or right["over"] or right["more"]
    return bool(end and start) and 0 <= int(start) - int(end) <= 1


def text_lines(words: Iterable[Word]) -> list[TextLine]:
    """Lines from top to bottom: words whose middles lie within a third of a line's height of each other."""
    out: list[list[Word]] = []
    middle = height = 0.0
    words = list(words)
    if len(words) == 1:
        return [TextLine((words[0],), words[0].box)]
    if words and _level(words):
        return [line(words)]
    boxes = map(_BOX, words)
    for twice, _, k, tall in sorted([(top + low, x0, k, low - top) for k, (x0, top, _, low) in enumerate(boxes)]):
        here = twice / 2
        if out and here - middle <= 0.36 * height and here - middle <= 0.36 * tall:
            out[-1].append(words[k])
            continue
        out.append([words[k]])
        middle, height = here, tall
    return [line(group) if len(group) > 1 else TextLine((group[0],), group[0].box) for group in out]


def words_in(box: Box, words: Sequence[Word]) -> list[Word]:
    """The words whose middle lies inside a box or on its edge."""
    return box.inside(words, _BOX)


def _level(words: Sequence[Word]) -> bool:
    """Whether they all stand at the very same height."""
    _, top, _, bottom = words[0].box
    if words[-1].box.top != top:
        return False
    for word in words:
        _, high, _, low = word.box
        if high != top or low != bottom:
            return False
    return True


def line(words: Iterable[Word]) -> TextLine:
    """A line of these words."""
    ordered = tuple(sorted(words, key=_LEFT))
    return TextLine(ordered, Box.around(map(_BOX, ordered)))


def chunk(words: tuple[Word, ...]) -> Chunk:
    """A chunk of these words."""
    return Chunk(words, words[0].box if len(words) == 1 else Box.around(map(_BOX, words)))


def parted(left: Word, right: Word) -> bool:
    """Whether white space between two words of a line is more than a word space: of their size, less between figures."""
    gap = right.box.x0 - left.box.x1
    size = max(left.size, right.size) or 10.0
    before, after = left.text, right.text
    if (before in CURRENCIES or after in _BEHIND) and _one_figure(before, after) and gap < 20 * size:
        return False
    if after[-1:] in _DOTS and LEADERS.match(
        after
    ):  # leaders belong to the label before them; off others they are a blank
        return gap > WIDE * size and before[-1:] in _DOTS and LEADERS.search(before) is not None
    return gap > WIDE * size or (is_figure(after) and _off(before, after, gap, size))


def _off(before: str, figure: str, gap: float, size: float) -> bool:
    """Whether a figure stands off leaders, or off another figure."""
    if figure[-1:] == "/" and _TYPED_MARK.match(figure):
        return False
    if before[-1:] in _DOTS and LEADERS.search(before):
        return True
    if not is_figure(before):
        return False
    if _THOUSANDS.match(figure) and _LEADING.match(before):
        return gap > 0.45 * size
    close = 0.15 if " " in before or " " in figure else 0.35  # numbers whose groups are put together already
    return gap > close * size and has_digits(before) and has_digits(figure)


def typed_space(left: Word, right: Word) -> bool:
    """Whether one space of a typewriter parts two words, the first a text: it is as wide as each of their characters."""
    gap, wide = right.box.x0 - left.box.x1, left.box.width / len(left.text)
    even = abs(right.box.width / len(right.text) - wide) < 0.02 * wide and abs(gap - wide) < 0.05 * wide
    return even and (not is_figure(left.text) or right.text[0].islower())


def _one_figure(left: str, right: str) -> bool:
    """Whether a sign stands off its figure: a currency at the left edge of a column, a percent sign or bracket behind."""
    return (left in CURRENCIES and has_digits(right)) or (right in _BEHIND and left[-1:].isdigit())


def _chunks(words: tuple[Word, ...]) -> tuple[Chunk, ...]:
    if len(words) == 1:
        return (Chunk(words, words[0].box),)
    cuts = [
        k
        for k, (left, right) in enumerate(pairwise(words), start=1)
        if parted(left, right)
        or (right.text in CURRENCIES and _leads(words, k))
        or (k > 1 and left.text in CURRENCIES and _trails(words, k - 1))
    ]
    if not cuts:
        return (chunk(words),)
    return tuple([chunk(words[a:b]) for a, b in pairwise([0, *cuts, len(words)])])


def _leads(words: Sequence[Word], k: int) -> bool:
    """Whether a currency sign between two figures belongs to the second: a dollar or pound always, a euro to the nearer."""
    gaps = _around_sign(words, k)
    return gaps is not None and ("€" not in words[k].text or gaps[1] < gaps[0])


def _trails(words: Sequence[Word], k: int) -> bool:
    """Whether it belongs to the first, more than a word space before the second: `1 950 €    3 350 €`."""
    gaps = _around_sign(words, k)
    return gaps is not None and "€" in words[k].text and gaps[1] > max(gaps[0], WIDE * words[k].size)


def _around_sign(words: Sequence[Word], k: int) -> tuple[float, float] | None:
    """The white before and behind a currency sign between two figures."""
    if k + 1 >= len(words) or not (has_digits(words[k - 1].text) and has_digits(words[k + 1].text)):
        return None
    before, sign, after = words[k - 1 : k + 2]
    return sign.box.x0 - before.box.x1, after.box.x0 - sign.box.x1
