"""Headers printed upwards or downwards, over narrow columns: each stack of turned words belongs to the column it stands over."""

from collections.abc import Sequence

from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box, Word
from pv_extract.text import join_lines

_NEAR = 3.0  # degrees
_GAP = 14.0  # points between the headers and the first row


def turned(words: Sequence[Word]) -> list[Word]:
    """The words that run upwards or downwards."""
    return [w for w in words if min(abs(w.angle - 90), abs(w.angle - 270)) < _NEAR]


def with_turned(found: Lattice, words: Sequence[Word], level: Sequence[Word]) -> Lattice:
    """The lattice with turned words in its blank slots, and those right over its columns as a first row.

    `level` are the words of the page that run level: those at the height of that row stand in it, as the header of the labels.
    """
    for word in words:
        slot = next((s for s in found.slots if _box(found, s).holds(word.box.middle)), None)
        if slot is not None and all(w.angle for w in slot.words):
            slot.words.append(word)
    held = {id(w) for s in found.slots for w in s.words}
    over = [w for w in words if id(w) not in held and found.xs[0] - 2 <= w.box.middle[0] <= found.xs[-1] + 2]
    _put_over(found, [w for w in over if w.box.middle[1] < found.ys[0]], [w for w in level if id(w) not in held])
    return found


def _put_over(found: Lattice, words: list[Word], level: Sequence[Word]) -> None:
    """A row of the turned words above, if they stand close and over most of the columns."""
    if not words or found.ys[0] - max(w.box.bottom for w in words) > _GAP:
        return
    columns = _by_column(found, words)
    if sum(1 for inside in columns[1:] if inside) < 0.5 * len(columns[1:]):
        return
    for slot in found.slots:
        slot.top, slot.bottom = slot.top + 1, slot.bottom + 1
    found.ys.insert(0, min(w.box.top for w in words) - 1)
    band = Box(found.xs[0] - 2, found.ys[0], found.xs[-1] + 2, found.ys[1])
    beside = _by_column(found, [w for w in level if band.holds(w.box.middle)])
    found.slots += [Slot(0, 0, k, k, inside or beside[k]) for k, inside in enumerate(columns)]


def _by_column(found: Lattice, words: Sequence[Word]) -> list[list[Word]]:
    columns: list[list[Word]] = [[] for _ in found.xs[1:]]
    for word in words:
        columns[sum(1 for border in found.xs[1:-1] if border <= word.box.middle[0])].append(word)
    return columns


def _box(found: Lattice, slot: Slot) -> Box:
    return Box(found.xs[slot.left], found.ys[slot.top], found.xs[slot.right + 1], found.ys[slot.bottom + 1])


def turned_text(words: Sequence[Word]) -> str:
    """The text of turned words: the lines of a text that runs upwards follow each other to the right, downwards to the left."""
    upwards = words[0].angle < 180
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.box.middle[0] if upwards else -w.box.middle[0]):
        if lines and abs(word.box.middle[0] - lines[-1][0].box.middle[0]) < 0.5 * word.box.width:
            lines[-1].append(word)
        else:
            lines.append([word])
    ordered = [sorted(line, key=lambda w: -w.box.bottom if upwards else w.box.top) for line in lines]
    return join_lines([" ".join(w.text for w in line) for line in ordered])
