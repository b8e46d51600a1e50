"""Headings over rows: lone texts between rows of figures, clear of the labels."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pv_extract.layout.lines import has_digits, is_figure, text_lines
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box

_NEAR = 1.0  # points


def headings_over(out: Lattice) -> None:
    """A lone text in the middle of the table or of its figures, between rows of figures, heads the rows below: it spans them.

    So do lone texts around one other axis, and the one over the first figures, where others follow.
    """
    filled = [s for s in out.slots if s.words]
    labelled = {s.top for s in filled if s.right == 0 or s.top != s.bottom}
    rows: dict[int, list[Slot]] = defaultdict(list)
    for slot in filled:
        rows[slot.top].append(slot)
    lone = {top: middle for top in rows.keys() - labelled if (middle := _lone(rows[top])) is not None}
    if not lone:
        return
    data = [top for top, held in rows.items() if any(has_digits(w.text) for s in held if s.left for w in s.words)]
    last = max(data, default=0)
    alone = {top: lone[top] for top in rows if top < last and top in lone}
    if not alone:
        return
    found = [top for top, middle in alone.items() if _in_the_middle(out, middle)] or _around_one_axis(out, alone, data)
    between = [top for top in found if min(data) < top]
    first = [
        top
        for top in found
        if top < min(data)
        and ((between and not any(top < other < min(data) for other in rows)) or _headed(out, top, rows[top]))
    ]
    for top in {*between, *first}:
        slot = min(rows[top], key=lambda s: s.left)
        slot.words = [w for s in sorted(rows[top], key=lambda s: s.left) for w in s.words]
        out.slots = [s for s in out.slots if s is slot or s.top != top]
        slot.left, slot.right = 0, len(out.xs) - 2


def _lone(held: Sequence[Slot]) -> float | None:
    """The middle of the one text of a row without a label, where it is no figure; None for any other row."""
    words = [w for s in held for w in s.words]
    if len(held) > 1 and (len(found := text_lines(words)) > 1 or len(found[0].chunks) > 1):
        return None
    if is_figure(words[0].text) or 2 * sum(1 for w in words if has_digits(w.text)) >= len(words):
        return None
    return Box.around(w.box for w in words).middle[0]


def _in_the_middle(out: Lattice, middle: float) -> bool:
    """Whether this is the middle of the table or of its figures."""
    middles = ((out.xs[0] + out.xs[-1]) / 2, (out.xs[1] + out.xs[-1]) / 2)
    return min(abs(middle - m) for m in middles) < 0.03 * (out.xs[-1] - out.xs[0])


def _around_one_axis(out: Lattice, alone: Mapping[int, float], data: Sequence[int]) -> list[int]:
    """The rows whose lone texts all stand around one axis, between the first column of figures and the last, over figures only."""
    axis = sum(alone.values()) / len(alone)
    inside = len(out.xs) > 4 and out.xs[2] < axis < out.xs[-2]
    if not inside or len(alone) < 2 or any(abs(x - axis) > _NEAR for x in alone.values()):
        return []
    column = sum(1 for x in out.xs if x < axis) - 1
    under = [s for s in out.slots if s.words and s.top in data and s.left <= column <= s.right]
    return list(alone) if all(is_figure(s.words[0].text) for s in under) else []


def _headed(out: Lattice, top: int, held: Sequence[Slot]) -> bool:
    """Whether each data column has a header of its own above a text in the middle of the whole table."""
    own = {s.left for s in out.slots if s.words and s.bottom < top and s.left == s.right}
    middle = Box.around(w.box for s in held for w in s.words).middle[0]
    nearer = abs(2 * middle - out.xs[0] - out.xs[-1]) < abs(2 * middle - out.xs[1] - out.xs[-1])
    return nearer and own >= set(range(1, len(out.xs) - 1))
