"""Cells in the making: words held by bands of rows and columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pv_extract.layout.lines import TextLine, text_lines
from pv_extract.model import Word


@dataclass(slots=True)
class Slot:
    """A cell in the making: bands it covers, both ends included, and the words in it."""

    top: int
    bottom: int
    left: int
    right: int
    words: list[Word]


@dataclass(slots=True)
class Lattice:
    """Slots between the coordinates of rows (`ys`) and columns (`xs`).

    `begins` are ids of words that begin a header, `headed` columns whose header is placed apart; `header` is the number of
    rows above the rule under the header, where that is known; `merged` tells the columns of words in cells over several, by
    their ids; `met` are its lines, by the ids of their words.
    """

    xs: list[float]
    ys: list[float]
    slots: list[Slot]
    begins: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    header: int = 0
    merged: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    met: dict[frozenset[int], TextLine] = field(default_factory=dict)

    def lines(self, words: Sequence[Word]) -> list[TextLine]:
        """The lines of some of its words; those met before, which know already how white space divides them."""
        if known := self.met.get(frozenset(map(id, words))):
            return [known]
        return self.meet(text_lines(words)) if words else []

    def meet(self, lines: Sequence[TextLine]) -> list[TextLine]:
        """These lines, each as the one of the same words that was met first."""
        return [self.met.setdefault(frozenset(map(id, found.words)), found) for found in lines]
