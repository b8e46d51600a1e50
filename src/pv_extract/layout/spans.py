"""Texts over several rows where rules show it: labels of groups, and texts at half the height of the others."""

from collections.abc import Iterator, Sequence

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import is_figure, text_lines
from pv_extract.layout.links import link
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box

NEAR = 2.5  # points from a border to the rule that is drawn on it
_STEP = 1.9  # type sizes between the lines of one label, which rules may part beside it


def span_rows(out: Lattice, level: Sequence[Edge]) -> None:
    """Texts grow over the rows that they stand for, up to the rules around them; a row that held nothing else goes."""
    sums = _over_sums(out, level)
    for start, end in reversed(list(_bands(out, level))):
        halves = _halves(out, start, end)
        for row in halves:
            _drop(out, row)
        if not any(abs(at - y) < NEAR for at in sums for y in out.ys[start + 1 : end - len(halves) + 1]):
            _label(out, start, end - len(halves))
    if any(not e.covers(out.xs[0], out.xs[1]) for e in level):
        for border in range(1, len(out.ys) - 1):
            _beside_rule(out, border, level)
    _headings(out, level)


def _bands(out: Lattice, level: Sequence[Edge]) -> Iterator[tuple[int, int]]:
    """First and last of the rows between two rules over the width of the table, where they are several."""
    whole = [e.at for e in level if e.covers(out.xs[0], out.xs[-1])]
    start = 0
    for border in range(1, len(out.ys)):
        if border == len(out.ys) - 1 or any(abs(out.ys[border] - at) < NEAR for at in whole):
            if border - start > 1:
                yield start, border - 1
            start = border


def _rows(out: Lattice, start: int, end: int) -> dict[int, list[Slot]]:
    """The texts of these rows, by the rows over which they stand."""
    rows: dict[int, list[Slot]] = {r: [] for r in range(start, end + 1)}
    for slot in out.slots:
        if slot.words:
            for row in range(max(start, slot.top), min(end, slot.bottom) + 1):
                rows[row].append(slot)
    return rows


def _label(out: Lattice, start: int, end: int) -> None:
    """The only label between two rules stands for all rows between them; in a header it does where it is in their middle."""
    labels = [s for s in out.slots if s.left == 0 and s.words and s.top <= end and start <= s.bottom]
    if len(labels) != 1 or labels[0].right > 0:
        return
    rows = _rows(out, start, end)
    beside = [r for r, held in rows.items() if any(s.left > 0 for s in held)]
    if len(beside) == len(rows) and (start > 0 or _in_middle(out, labels[0], start, end)):
        _grow(out, labels[0], start, end)


def _over_sums(out: Lattice, level: Sequence[Edge]) -> list[float]:
    """Heights of the rules that are drawn over figures only, clear of the columns of labels: a sum stands below them."""
    xs = out.xs
    return [e.at for e in level if e.covers(xs[-2], xs[-1]) and not e.covers(xs[1], xs[2])] if len(xs) > 3 else []


def _in_middle(out: Lattice, slot: Slot, start: int, end: int) -> bool:
    """Whether a text stands at half the height of these rows."""
    box = Box.around(w.box for w in slot.words)
    return abs(box.middle[1] - (out.ys[start] + out.ys[end + 1]) / 2) < 0.3 * max(w.size for w in slot.words)


def _halves(out: Lattice, start: int, end: int) -> list[int]:
    """Rows between these whose texts have grown over the rows above and below, from the last to the first."""
    found = []
    rows = _rows(out, start, end)
    for row in range(end - 1, start, -1):
        if _halfway(rows[row], [*rows[row - 1], *rows[row + 1]]):
            for slot in rows[row]:
                _grow(out, slot, row - 1, row + 1)
            rows = _rows(out, start, end)
            found.append(row)
    return found


def _halfway(held: Sequence[Slot], others: Sequence[Slot]) -> bool:
    """Whether the texts of a row stand between the heights of others, alone in their columns: they are as high as both."""
    starts = {s.left for s in others}
    if not held or any(s.left in starts or s.bottom > s.top for s in held):
        return False
    taken = {c for s in others for c in range(s.left, s.right + 1)}
    alone = all(taken.isdisjoint(range(s.left, s.right + 1)) for s in held)
    return alone and _between(held, others)


def _between(held: Sequence[Slot], others: Sequence[Slot]) -> bool:
    """Whether a line of text reaches into the height of the one above or below it."""
    box = Box.around(w.box for s in held for w in s.words)
    beside = [Box.around(w.box for w in s.words) for s in others]
    return any(min(box.bottom, b.bottom) - max(box.top, b.top) > 0.15 * box.height for b in beside)


def _grow(out: Lattice, slot: Slot, start: int, end: int) -> None:
    """The slot takes the place of the blanks in its columns."""
    columns = range(slot.left, slot.right + 1)
    out.slots = [s for s in out.slots if s is slot or not (start <= s.top <= end and s.left in columns)]
    slot.top, slot.bottom = start, end


def _drop(out: Lattice, row: int) -> None:
    """The row goes; slots over it are one row less high."""
    out.slots = [s for s in out.slots if not s.top == s.bottom == row]
    for slot in out.slots:
        slot.top -= slot.top > row
        slot.bottom -= slot.bottom >= row
    del out.ys[row + (row == 0)]


def _beside_rule(out: Lattice, border: int, level: Sequence[Edge]) -> None:
    """A label goes on over a rule that parts the other columns only; that of a header only from the middle of its height."""
    rules = [e for e in level if abs(e.at - out.ys[border]) < NEAR]
    over = any(e.covers(out.xs[0], out.xs[1]) for e in rules)
    if over or not any(e.covers(out.xs[1], out.xs[-1]) and e.covers(out.xs[1], out.xs[2]) for e in rules):
        return
    first = [s for s in out.slots if s.left == 0]
    above = next((s for s in first if s.right == 0 and s.bottom == border - 1), None)
    below = next((s for s in first if s.right == 0 and s.top == border), None)
    if above is None or below is None:
        return
    if above.words and below.words and _one_cell(out, above, below, level):
        above.words += below.words
        _grow(out, above, above.top, below.bottom)
        return
    if bool(above.words) == bool(below.words):
        return
    owner, blank = (above, below) if above.words else (below, above)
    top, bottom = min(owner.top, blank.top), max(owner.bottom, blank.bottom)
    begun = owner is above and (top == 0 or any(s.words for s in first if s.bottom < top))
    if blank.top == blank.bottom and (begun or _in_middle(out, owner, top, bottom)):
        _grow(out, owner, top, bottom)


def _one_cell(out: Lattice, above: Slot, below: Slot, level: Sequence[Edge]) -> bool:
    """Whether labels above and below such a rule are lines of one, in a table whose other rows are parted over its whole width.

    The rule parts labels of their own, as between the kinds of credit for one item; one over a sum begins at its figures.
    """
    whole = {
        k for k in range(1, len(out.ys) - 1) for e in level if abs(e.at - out.ys[k]) < NEAR and e.covers(*_ends(out))
    }
    last, first = text_lines(above.words)[-1], text_lines(below.words)[0]
    edge = max(w.box.x1 for s in out.slots if s.left == s.right == 0 for w in s.words)
    far = first.box.bottom - last.box.bottom > _STEP * first.size
    if far or last.bold != first.bold or link(last.words, first.words, edge) <= 0:
        return False
    rows = (above.bottom, below.top)
    beside = [s for s in out.slots if s.left == s.right == 1 and s.words and any(s.top <= r <= s.bottom for r in rows)]
    texts = [w.text for s in beside for w in s.words]
    return len(whole) > 1 and len(beside) == 2 and not any(is_figure(text) for text in texts)


def _ends(out: Lattice) -> tuple[float, float]:
    return out.xs[0], out.xs[-1]


def _headings(out: Lattice, level: Sequence[Edge]) -> None:
    """A bold label alone in its row, over a rule as wide as the table, heads the rows below: it spans the columns."""
    labels = [s for s in out.slots if s.left == s.right == 0 and s.words]
    heavy = [s for s in labels if all(w.bold for w in s.words)]
    if not heavy or 2 * len(heavy) > len(labels):
        return
    held = {r for s in out.slots if s.words and s.left > 0 for r in range(s.top, s.bottom + 1)}
    for slot in heavy:
        between = slot.top == slot.bottom and slot.top not in held and held and min(held) < slot.top < max(held)
        if between and _ruled(out, slot.top + 1, level):
            out.slots = [s for s in out.slots if s is slot or s.top != slot.top]
            slot.right = len(out.xs) - 2


def _ruled(out: Lattice, border: int, level: Sequence[Edge]) -> bool:
    """Whether a rule runs over all columns at this border."""
    return any(abs(e.at - out.ys[border]) < NEAR and e.start < out.xs[1] and e.end > out.xs[-2] for e in level)
