"""Labels of groups that wrap: their lines stand beside several rows, each of which the next column names."""

from itertools import pairwise
from operator import attrgetter

from pv_extract.layout.lines import is_figure, printed, text_lines
from pv_extract.layout.links import link
from pv_extract.layout.slots import Lattice, Slot

_CLEAR = 2.0  # evidence of a line that goes on: no room for its first word, and a small letter or an open end before it
_TOP = attrgetter("top")
_STEP = 1.65  # type sizes between the lines of one text


def join_labels(out: Lattice) -> None:
    """Lines of one label beside rows that the next column names become one cell, where other rows have no label of their own."""
    if len(out.xs) < 4:
        return
    labels = [s for s in out.slots if s.left == 0 and s.top == s.bottom]
    named = {s.top: s for s in out.slots if s.left == s.right == 1 and s.top == s.bottom and s.words}
    if not _groups(labels, named):
        return
    edge = max((w.box.x1 for s in labels if s.right == 0 for w in s.words), default=0.0)
    owner: Slot | None = None
    for above, below in pairwise(sorted(labels, key=_TOP)):
        upper = owner if owner is not None and owner.bottom == above.top else above
        owner = None
        both = above.top in named and below.top in named and below.top == above.top + 1
        if both and _goes_on(upper, below, edge):
            upper.words += below.words
            upper.bottom = below.bottom
            out.slots = [s for s in out.slots if s is not below]
            owner = upper


def _groups(labels: list[Slot], named: dict[int, Slot]) -> bool:
    """Whether texts stand in the second column of most rows, some of them without a label before them."""
    blank = [s for s in labels if not s.words and s.top in named]
    return (
        len(blank) > 0
        and len(named) >= 0.9 * len(labels)
        and not any(is_figure(printed(s.words)) for s in named.values())
    )


def _goes_on(upper: Slot, lower: Slot, edge: float) -> bool:
    """Whether a label clearly goes on from the one above it."""
    if not upper.words or not lower.words or upper.right or lower.right:
        return False
    last, first = text_lines(upper.words)[-1], text_lines(lower.words)[0]
    near = first.box.bottom - last.box.bottom < _STEP * first.size
    return near and link(last.words, first.words, edge) >= _CLEAR
