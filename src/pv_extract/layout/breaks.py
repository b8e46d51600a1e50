"""Breaks in a programme: one text in the middle of all columns beside its label holds for them all."""

from pv_extract.layout.lines import is_figure
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box

_FEWEST = 2  # rows
_NEAR = 0.03  # of the width of the columns
_OFF = 4.0  # points from where the texts of a column begin, end, or have their middle


def span_breaks(out: Lattice) -> None:
    """Lone texts of several rows, in the middle of the columns behind the labels and at no place of their own, span them."""
    last = len(out.xs) - 2
    if last < 2:
        return
    rows: dict[int, list[Slot]] = {}
    for slot in out.slots:
        if slot.words and slot.left:
            rows.setdefault(slot.top, []).append(slot)
    labelled = {s.top for s in out.slots if s.words and s.left == s.right == 0 and s.top == s.bottom}
    lone = [held[0] for top, held in rows.items() if len(held) == 1 and top in labelled and top > 0]
    if len(lone) < _FEWEST:
        return
    boxes: dict[int, list[Box]] = {}
    for slot in out.slots:
        if slot.words and slot.left == slot.right > 0:
            boxes.setdefault(slot.left, []).append(Box.around([w.box for w in slot.words]))
    texts = [b for held in boxes.values() for b in held]
    if not texts:
        return
    middle = (min(b.x0 for b in boxes.get(1, texts)) + max(b.x1 for b in texts)) / 2
    near = _NEAR * (out.xs[-1] - out.xs[1])
    found = [s for s in lone if s.top == s.bottom and _in_the_middle(s, middle, near) and not _in_place(s, boxes)]
    if len(found) >= _FEWEST:
        for slot in found:
            out.slots = [s for s in out.slots if s is slot or s.top != slot.top or s.left == 0]
            slot.left, slot.right = 1, last


def _in_the_middle(slot: Slot, middle: float, near: float) -> bool:
    box = Box.around(w.box for w in slot.words)
    return abs(box.middle[0] - middle) < near and not any(is_figure(w.text) for w in slot.words)


def _in_place(slot: Slot, boxes: dict[int, list[Box]]) -> bool:
    """Whether a text begins, or ends, or has its middle where other texts of its columns do."""
    here = Box.around(w.box for w in slot.words)
    others = [b for c in range(slot.left, slot.right + 1) for b in boxes.get(c, ()) if b != here]
    begins = sum(1 for b in others if abs(b.x0 - here.x0) < _OFF)
    ends = sum(1 for b in others if abs(b.x1 - here.x1) < _OFF)
    middles = sum(1 for b in others if abs(b.middle[0] - here.middle[0]) < _OFF)
    return 2 * max(begins, ends, middles) > len(others)
