"""Rows of figures in cells beside a rule that parts other columns only: they are rows at both sides of it."""

from pv_extract.layout.lines import has_digits, is_figure, text_lines
from pv_extract.layout.slots import Lattice, Slot


def part_rows(out: Lattice) -> None:
    """Cells on both sides of a row border are cut there, where most that go on over it hold figures above each other."""
    over = [s for s in out.slots if s.words and s.top < s.bottom]
    for border in sorted({k for s in over for k in range(s.top + 1, s.bottom + 1)}):
        tall = [s for s in over if s.top < border <= s.bottom]
        figured = [s for s in tall if _stacked(s)]
        if 2 * len(figured) > len(tall) and not any(_crosses(s, out.ys[border]) for s in tall):
            below = [part for slot in tall for part in _cut(out, slot, border)]
            out.slots += below
            over += below


def _stacked(slot: Slot) -> bool:
    """Whether a cell prints figures on three lines or more, and little else."""
    lines = text_lines(slot.words)
    figures = [
        x for x in lines if all(is_figure(c.text) for c in x.chunks) and any(has_digits(w.text) for w in x.words)
    ]
    return len(figures) > 2 and 2 * len(figures) > len(lines)


def _crosses(slot: Slot, y: float) -> bool:
    return any(w.box.top + 1 < y < w.box.bottom - 1 for w in slot.words)


def _cut(out: Lattice, slot: Slot, border: int) -> list[Slot]:
    """What is cut off below a border from a cell that holds text at both sides of it."""
    y = out.ys[border]
    above = [w for w in slot.words if w.box.middle[1] < y]
    below = [w for w in slot.words if w.box.middle[1] >= y]
    if not above or not below:
        return []
    part = Slot(border, slot.bottom, slot.left, slot.right, below)
    slot.bottom, slot.words = border - 1, above
    return [part]
