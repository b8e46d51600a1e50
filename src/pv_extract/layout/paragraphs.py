"""Text beside several rows in a cell of its own: its lines keep no step with theirs, so it stands beside them all."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.lines import TextLine, has_digits, text_lines
from pv_extract.layout.slots import Lattice, Slot


def paragraphs(out: Lattice) -> frozenset[int]:
    """Ids of the slots that hold lines of text whose lines miss those of the rows of their band.

    In the first column they do where other texts label the rows.
    """
    flat = [s for s in out.slots if s.words and s.top == s.bottom]
    long = [s for s in flat if len(s.words) > (5 if s.left else 1) and _several_heights(s)]
    bands: dict[int, list[Slot]] = {s.top: [] for s in long}
    for slot in flat if long else ():
        if slot.top in bands:
            bands[slot.top].append(slot)
    found = [(s, [o for o in bands[s.top] if o is not s]) for s in long]
    return frozenset([id(s) for s, others in found if others and (_beside if s.left else _group)(s, others)])


def _several_heights(slot: Slot) -> bool:
    return len({w.box.top + w.box.bottom for w in slot.words}) > 1


def _group(slot: Slot, others: Sequence[Slot]) -> bool:
    """Whether a label of several lines stands beside rows that another column labels, and its lines miss theirs."""
    if len(lines := text_lines(slot.words)) < 2:
        return False
    labels = text_lines(min(others, key=lambda o: o.left).words)
    if not 1 < len(lines) < len(labels) or any(has_digits(w.text) for x in labels for w in x.words):
        return False
    rows = [r for r in text_lines(w for o in others for w in o.words) if any(has_digits(w.text) for w in r.words)]
    level = sum(1 for x in lines if any(abs(r.box.bottom - x.box.bottom) < 0.2 * x.size for r in rows))
    return len(rows) > len(lines) > level and lines[-1].box.bottom - lines[0].box.top < 1.3 * len(lines) * lines[0].size


def _beside(slot: Slot, others: Sequence[Slot]) -> bool:
    """Whether it is text of several lines, two rows of figures or more stand at its height, and most of them between its lines."""
    if sum([len(o.words) for o in others]) < 6:
        return False
    lines = text_lines(slot.words)
    if not _prose(lines):
        return False
    top, bottom = lines[0].box.top - 2, lines[-1].box.bottom + 2
    rows = [r for r in text_lines(w for o in others for w in o.words) if top < r.box.middle[1] < bottom]
    figured = [r for r in rows if any(has_digits(w.text) for w in r.words)]
    level = sum(1 for r in figured if any(abs(r.box.bottom - x.box.bottom) < 0.2 * x.size for x in lines))
    return len(figured) > 1 and level < 0.6 * len(figured)


def _prose(lines: Sequence[TextLine]) -> bool:
    """Whether lines are those of one text: several words each, at one distance."""
    steps = [b.box.bottom - a.box.bottom for a, b in pairwise(lines)]
    words = sum(len(x.words) for x in lines)
    return len(lines) > 1 and max(steps) < 1.1 * min(steps) < 1.6 * lines[0].size and words >= 3 * len(lines)
