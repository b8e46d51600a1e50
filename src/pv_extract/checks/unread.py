"""Figures of a text dump that stand apart like cells and that no table took: a table may be there that the text no longer holds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pv_extract.findings import Code, Finding, Level
from pv_extract.layout.dump_lines import Printed, cut, is_period
from pv_extract.model import Block, Grid
from pv_extract.numbers import is_figure

_MOST_BETWEEN = 3  # lines of words between two lines of figures of one stretch
_FEWEST = 6  # figures of a stretch that may be a table
_FEWEST_BESIDE = 2  # the same right before or after a table


@dataclass(slots=True)
class _Stretch:
    """Lines of figures that follow each other, with few words between; `beside` tells that a table stands next to them."""

    beside: bool
    lines: list[Printed] = field(default_factory=list)
    since: int = 0

    @property
    def figures(self) -> int:
        """How many figures they print, years that may be headers left out."""
        return sum(_together(line) for line in self.lines)


def unread(blocks: Sequence[Block]) -> Iterator[Finding]:
    """A finding for each stretch of such figures, on its page."""
    for stretch in _stretches(blocks):
        if stretch.figures >= (_FEWEST_BESIDE if stretch.beside else _FEWEST):
            first, last = stretch.lines[0], stretch.lines[-1]
            message = (
                f"{stretch.figures} figures, from {first.text!r} to {last.text!r}, stand apart in the dump and in no table: "
                "which label and header they belong to is not told"
            )
            yield Finding(Code.TABLE_AMBIGUOUS, Level.WARNING, message, page=first.line.page)


def _stretches(blocks: Sequence[Block]) -> Iterator[_Stretch]:
    here = _Stretch(beside=False)
    for block in blocks:
        if isinstance(block, Grid):
            here.beside = here.beside or bool(here.lines)
            yield here
            here = _Stretch(beside=True)
        elif not block.furniture and (here.lines or here.beside or any(map(str.isdigit, block.text))):
            yield from _ended(here, line := cut(block, 0, 0, 0))
            if _ends(here, line):
                here = _Stretch(beside=False)
            _take(here, line)
    yield here


def _ended(here: _Stretch, line: Printed) -> Iterator[_Stretch]:
    if _ends(here, line):
        yield here


def _ends(here: _Stretch, line: Printed) -> bool:
    """Whether a stretch does not go on over a line: running text, or too many lines of words."""
    return line.stops or line.closes or here.since >= _MOST_BETWEEN


def _take(here: _Stretch, line: Printed) -> None:
    if _together(line) > (0 if line.bare else 1) and not (line.sentence or line.caption):
        here.lines.append(line)
        here.since = 0
    else:
        here.since += 1


def _together(line: Printed) -> int:
    """The figures of a line that are no years: those at its end, or the most that follow each other, as cells do before a text."""
    words = [figure.text for figure in line.figures] or line.text.split(" ")
    return max((len(list(run)) for figure, run in groupby(words, _figure) if figure), default=0)


def _figure(word: str) -> bool:
    return not word.isalpha() and any(c.isdigit() for c in word) and is_figure(word) and not is_period(word)
