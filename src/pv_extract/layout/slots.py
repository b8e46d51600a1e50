"""Cells in the making: words held by bands of rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
    their ids.
    """

    xs: list[float]
    ys: list[float]
    slots: list[Slot]
    begins: frozenset[int] = frozenset()
    headed: frozenset[int] = frozenset()
    header: int = 0
    merged: Mapping[int, tuple[int, int]] = field(default_factory=dict)
