"""Lines with the chunks they fall into: what may be a row of a table, and what is a caption, a note or an item of a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.kept import kept
from pv_extract.languages import about_tables
from pv_extract.layout.lines import Chunk, TextLine, is_figure, line
from pv_extract.model import Word
from pv_extract.text import RAISED_LETTERS, SUPERSCRIPTS

_HANG = 6.0  # type sizes between the number of an item and its text
LISTED = re.compile(
    rf"^(?:\d{{1,3}}(?:\.\d{{1,3}})*[.)]?|[a-zA-Z][.)]|[-•–—*o▪■□◦·➢✓]|\(\w{{1,4}}\)|[ivxIVX]+[.)]|[⁽⁾{SUPERSCRIPTS}{RAISED_LETTERS}]+)$"
)
_NUMBER = re.compile(r"^(?:\d{1,3}(?:\.\d{1,3})*\.?|[A-Z]\.|[IVX]+\.)$")


@dataclass  # not frozen, as lines are not
class Strip:
    """A line with its chunks."""

    line: TextLine
    chunks: tuple[Chunk, ...]
    halfway: bool = False

    @kept
    def several(self) -> bool:
        """Whether it may be a row: more than one chunk, and not an item of a list or a caption with its number."""
        if self.halfway:
            return True
        if len(self.chunks) < 2 or about(self.line):
            return False
        return not (len(self.chunks) == 2 and self.listed)

    @kept
    def listed(self) -> bool:
        """Whether a bullet or number stands before a text, no further off than a list has it."""
        if len(self.chunks) < 2:
            return False
        mark, text = self.chunks[:2]
        hangs = text.box.x0 - mark.box.x1 < _HANG * self.line.size
        return hangs and bool(LISTED.match(mark.text)) and len(text.words) > 1 and not self.figures

    @kept
    def figures(self) -> int:
        """Number of chunks after the first that are figures."""
        return sum([is_figure(c.text) for c in self.chunks[1:]])


def strip_of(words: Sequence[Word], *, halfway: bool = False) -> Strip:
    """The strip of the words of one line."""
    found = line(words)
    return Strip(found, found.chunks, halfway)


def strips_of(lines: Sequence[TextLine]) -> list[Strip]:
    """A strip for each line, which knows whether its figures stand at half the height of labels beside them."""
    found = [Strip(line, line.chunks) for line in lines]
    return [Strip(s.line, s.chunks, halfway=True) if _halfway(found, k) else s for k, s in enumerate(found)]


def _halfway(strips: Sequence[Strip], k: int) -> bool:
    """Whether figures or short texts stand at half the height of the label lines above and below them."""
    here = strips[k]
    if not 0 < k < len(strips) - 1:
        return False
    above, below = strips[k - 1].line.box, strips[k + 1].line.box
    box = here.line.box
    if above.bottom <= box.top or below.top >= box.bottom or max(above.x1, below.x1) >= box.x0:
        return False
    lone = len(strips[k - 1].chunks) == len(strips[k + 1].chunks) == 1
    return lone or all(is_figure(c.text) for c in here.chunks)


def about(line: TextLine) -> bool:
    """Whether a line begins as a caption or a source does; over three columns a bare word such as `Source` is a header."""
    if not about_tables().match(line.text):
        return False
    first = line.chunks[0].text
    return len(line.chunks) < 3 or not all(c.isalpha() or c == " " for c in first)


def numbered(strip: Strip, right: float) -> bool:
    """Whether it is a short text with a number or capital before it, clear of the figures: the heading of a group of rows."""
    words = strip.line.words
    ends = words[-1].text[-1:] in ".;:"
    return bool(_NUMBER.match(words[0].text)) and strip.line.box.x1 <= right + 2 and not ends and 1 < len(words) < 9


def headnote(strip: Strip) -> bool:
    """Whether a text in square brackets is all that a line prints: it speaks of the whole table under it (`[In thousands]`)."""
    text = strip.line.text
    return len(strip.chunks) == 1 and text[0] == "[" and text[-1] == "]" and "]" not in text[:-1]


def noted(strip: Strip) -> bool:
    """Whether it begins with a mark, a number or a bullet, as notes and items of lists do."""
    return bool(LISTED.match(strip.line.words[0].text)) and len(strip.line.words) > 1
