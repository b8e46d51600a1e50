"""Forms: drawn cells that print a label, a colon and its value (`Bedrag: 1.250,00`). Each becomes a row of a label and a value."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.layout.lines import text_lines
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box, GridCell, Word
from pv_extract.text import join_lines

_FEWEST = 3  # labelled values
_LONGEST = 6  # words of a label


@dataclass(frozen=True, slots=True)
class _Field:
    """A drawn cell: the words of its label and those of its value, which a heading has not."""

    slot: Slot
    label: tuple[Word, ...]
    value: tuple[Word, ...]


def form_cells(found: Lattice, page: int) -> list[GridCell]:
    """The cells of a form, a row for each field in reading order; empty where the lattice is none.

    It is one where nearly each cell prints a label of its own, with its value behind the colon; a text over the whole width
    heads the fields below it.
    """
    if sum(1 for s in found.slots if len(s.words) > 1 and any(w.text.endswith(":") for w in s.words)) < _FEWEST:
        return []
    slots = sorted((s for s in found.slots if s.words), key=lambda s: (s.top, s.left))
    fields = [_field(slot) for slot in slots]
    valued = [f for f in fields if f.value]
    whole = [f for f in fields if not f.value and f.slot.left == 0 and f.slot.right == len(found.xs) - 2]
    labels = {_text(f.label).casefold() for f in valued}
    if len(valued) < max(_FEWEST, 0.8 * (len(fields) - len(whole))) or len(labels) < len(valued):
        return []
    return [cell for row, field in enumerate(fields) for cell in _cells(field, row, found, page)]


def _field(slot: Slot) -> _Field:
    """The cell in two, behind the first colon that ends a word; all of it is the label without one."""
    words = [w for line in text_lines(slot.words) for w in line.words]
    colon = next((k for k, w in enumerate(words[:_LONGEST]) if w.text.endswith(":")), len(words) - 1)
    label, value = tuple(words[: colon + 1]), tuple(words[colon + 1 :])
    named = any(c.isalpha() for w in label for c in w.text)
    return _Field(slot, label, value) if named else _Field(slot, tuple(words), ())


def _text(words: Sequence[Word]) -> str:
    return join_lines([line.text for line in text_lines(words)])


def _cells(field: _Field, row: int, found: Lattice, page: int) -> list[GridCell]:
    """The label in its own bounds, the value in those of the drawn cell."""
    slot, own = field.slot, Box.around(w.box for w in field.label)
    box = Box(found.xs[slot.left], found.ys[slot.top], found.xs[slot.right + 1], found.ys[slot.bottom + 1])
    bold = all(w.bold for w in field.label)
    if not field.value and not field.label[-1].text.endswith(":"):
        return [GridCell(row, 0, _text(field.label), page, box, 1, 2, bold)]
    value = _text(field.value) if field.value else ""
    return [
        GridCell(row, 0, _text(field.label), page, own, bold=bold),
        GridCell(row, 1, value, page, box, bold=bool(field.value) and all(w.bold for w in field.value)),
    ]
