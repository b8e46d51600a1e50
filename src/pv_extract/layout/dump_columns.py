"""Columns of a dump that keeps the layout: chunks of text by the character positions at which they are printed."""

import re
from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from pv_extract.layout.dump_fit import UNDECIDED, is_one_number
from pv_extract.layout.dump_lines import is_period
from pv_extract.model import Line
from pv_extract.numbers import is_figure

_CHUNK = re.compile(r"\S+(?: \S+)*")
_ASTRAY = 6  # characters beside its column at which a figure is no longer of it
_RAGGED = 8  # characters over which a column may wander; more, and the spaces were not meant to align
_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}")


class Chunk(NamedTuple):
    """Words with single spaces between them, from character `start` up to `end` of the line."""

    start: int
    end: int
    text: str

    @property
    def figure(self) -> bool:
        """Whether it may stand in a data cell."""
        return is_figure(self.text) or is_period(self.text)


class Row(NamedTuple):
    """A line as chunks: what is printed left of the data, and the figures."""

    number: int
    line: Line
    chunks: tuple[Chunk, ...]
    figures: tuple[Chunk, ...]

    @property
    def periods(self) -> bool:
        """Whether the figures are years or other periods, as in a header."""
        return bool(self.figures) and all(is_period(c.text) for c in self.figures)

    @property
    def label(self) -> str:
        """What stands before the figures."""
        return " ".join(c.text for c in self.chunks[: len(self.chunks) - len(self.figures)])


class Column(NamedTuple):
    """Characters between which the figures of a column are printed."""

    start: float
    end: float

    def distance(self, chunk: Chunk) -> float:
        """Characters between the two, 0 where they overlap."""
        return max(0.0, chunk.start - self.end, self.start - chunk.end)

    def nearness(self, chunk: Chunk) -> float:
        """How far their edges or middles are apart, whichever is nearest: columns are set left, right or in the middle."""
        middle = (self.start + self.end - chunk.start - chunk.end) / 2
        return min(abs(self.start - chunk.start), abs(self.end - chunk.end), abs(middle))


def row(number: int, line: Line) -> Row:
    """The line cut into chunks; figures are those at its end, each of which stands clear of its neighbours."""
    if not line.text:
        return Row(number, line, (), ())
    chunks = tuple(_figures_apart(line.text.expandtabs()))
    begin = len(chunks)
    while begin and chunks[begin - 1].figure:
        begin -= 1
    begin = begin or _led_by_year(chunks)
    first = chunks[begin].start if begin < len(chunks) else 0
    clear = begin < len(chunks) and (begin == 0 or first - chunks[begin - 1].end >= 2)
    return Row(number, line, chunks, chunks[begin:] if clear and not _LEADERS.search(line.text) else ())


def _led_by_year(chunks: Sequence[Chunk]) -> bool:
    """Whether a year labels a line of figures."""
    return len(chunks) > 1 and is_period(chunks[0].text) and not all(is_period(chunk.text) for chunk in chunks)


def columns(rows: Sequence[Row]) -> list[Column] | None:
    """The columns that the fullest rows agree on; None where no number of figures comes back."""
    counted = Counter(len(r.figures) for r in rows)
    often = [n for n, times in counted.items() if times >= 2 and times >= 0.25 * len(rows)]
    wide = max(often, default=0)
    if not wide:
        return None
    full = [r for r in rows if len(r.figures) == wide]
    if any(_spread([r.figures[n] for r in full]) > _RAGGED for n in range(wide)):
        return None
    return [
        Column(median(r.figures[n].start for r in full), median(r.figures[n].end for r in full)) for n in range(wide)
    ]


def _spread(chunks: Sequence[Chunk]) -> float:
    """How far the chunks of a column are apart, by their left edges, right edges or middles, whichever agree best."""
    edges = ([c.start for c in chunks], [c.end for c in chunks], [(c.start + c.end) / 2 for c in chunks])
    return min(max(edge) - min(edge) for edge in edges)


def placed(found: Row, among: Sequence[Column]) -> tuple[list[str | None], str]:
    """The figures in their columns, None where blank; a doubt says that they do not fit, all of them then one text."""
    cells: list[str | None] = [None] * len(among)
    if len(found.figures) == len(among):
        return [c.text for c in found.figures], ""
    for chunk in found.figures:
        order = sorted(range(len(among)), key=lambda n: (among[n].distance(chunk), among[n].nearness(chunk)))
        best, far = order[0], among[order[0]].distance(chunk)
        between = len(order) > 1 and far > 0 and among[order[1]].distance(chunk) <= far
        if cells[best] is not None or far > _ASTRAY or between:
            text = UNDECIDED.join(c.text for c in found.figures)
            return [text], f"{text!r} does not stand under {len(among)} columns"
        cells[best] = chunk.text
    return cells, ""


def _figures_apart(text: str) -> list[Chunk]:
    """Chunks, figures with one space between them apart unless they are groups of one number."""
    out: list[Chunk] = []
    for found in _CHUNK.finditer(text):
        printed = found.group()
        words = printed.split(" ")
        if len(words) > 1 and all(is_figure(w) or is_period(w) for w in words) and not is_one_number(words):
            at = found.start()
            for word in words:
                out.append(Chunk(at, at + len(word), word))
                at += len(word) + 1
        else:
            out.append(Chunk(found.start(), found.end(), printed))
    return out
