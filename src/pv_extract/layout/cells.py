"""The cells of a frame: its lattice refined by the text inside, where columns and rows go on without rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.layout.columns import columns, separators, supported
from pv_extract.layout.lines import TextLine, has_digits, line, text_lines
from pv_extract.layout.rows import Ruling, rows, rulings
from pv_extract.layout.ruled import Area, Frame, areas
from pv_extract.model import Box, GridCell, Word
from pv_extract.text import join_lines


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
    """Slots between the coordinates of rows (`ys`) and columns (`xs`)."""

    xs: list[float]
    ys: list[float]
    slots: list[Slot]


def lattice(frame: Frame, words: Sequence[Word]) -> Lattice:
    """The frame's merged cells with their words, refined until rows and columns of text are rows and columns of slots."""
    slots = [Slot(a.top, a.bottom, a.left, a.right, []) for a in areas(frame)]
    out = Lattice(list(frame.xs), list(frame.ys), slots)
    _fill(out, words)
    marks = _rivers(out)
    for band in reversed(range(len(out.ys) - 1)):
        _split_rows(out, band, marks)
    for column in reversed(range(len(out.xs) - 1)):
        _split_columns(out, column, [m for m in marks if out.xs[column] < m < out.xs[column + 1]])
    return out


def _fill(out: Lattice, words: Sequence[Word]) -> None:
    at = {(r, c): s for s in out.slots for r in range(s.top, s.bottom + 1) for c in range(s.left, s.right + 1)}
    for word in words:
        x, y = word.box.middle
        spot = at.get((_band(y, out.ys), _band(x, out.xs)))
        if spot is not None:
            spot.words.append(word)


def _band(value: float, bounds: Sequence[float]) -> int:
    return sum(1 for b in bounds[1:-1] if b <= value)


def _rivers(out: Lattice) -> list[float]:
    """All column borders inside the frame: its walls, and the rivers of white between chunks in each column band."""
    marks = list(out.xs[1:-1])
    for column in range(len(out.xs) - 1):
        inside = [line(group.words) for s in out.slots if s.left == s.right == column for group in text_lines(s.words)]
        inside.sort(key=lambda found: found.box.top)
        found = columns(inside)
        if supported(found, inside):
            marks += separators(found)
    return sorted(marks)


def _split_rows(out: Lattice, band: int, marks: list[float]) -> None:
    here = [s for s in out.slots if s.top == s.bottom == band]
    found = text_lines(w for s in here for w in s.words)
    if len(found) < 2:
        return
    ruled = rulings(found, marks)
    free = any(any(out.xs[s.left] < m < out.xs[s.right + 1] for m in marks) for s in here if s.words)
    if not (free and len(here) <= 2) and not stacked(ruled):
        return
    groups = rows(ruled, _room(ruled, marks, out.xs))
    if len(groups) > 1:
        _cut_band(out, band, [[r.line for r in g] for g in groups])


def _room(ruled: Sequence[Ruling], marks: Sequence[float], xs: Sequence[float]) -> float:
    """Width that labels fill: up to the longest of them."""
    labels = [e for r in ruled if (e := r.at(0)) is not None and e.left == e.right]
    if not labels:
        return (marks[0] if marks else xs[-1]) - xs[0]
    return max(e.words[-1].box.x1 for e in labels) - min(e.words[0].box.x0 for e in labels)


def stacked(ruled: Sequence[Ruling]) -> bool:
    """Whether figures stand above each other in one column, each with a label beside it: rows without rules between them."""
    with_figures = [r for r in ruled if any(has_digits(e.text) for e in r.entries if e.left in r.figures)]
    if len(with_figures) < 2:
        return False
    first, *rest = with_figures
    shared = (
        first.figures.intersection(*(r.figures for r in rest)) if len(rest) < 3 else first.figures & rest[0].figures
    )
    labelled = sum(1 for r in with_figures if r.at(0) is not None)
    return bool(shared) and labelled >= 0.6 * len(with_figures)


def _cut_band(out: Lattice, band: int, groups: list[list[TextLine]]) -> None:
    """The row band becomes one band for each group of lines; slots over several bands grow with it."""
    borders = [
        (max(x.box.bottom for x in above) + min(x.box.top for x in below)) / 2
        for above, below in zip(groups, groups[1:], strict=False)
    ]
    extra = len(borders)
    kept: list[Slot] = []
    owner = {id(w): k for k, group in enumerate(groups) for found in group for w in found.words}
    for slot in out.slots:
        if slot.top > band:
            slot.top += extra
        if slot.bottom > band or (slot.bottom == band and slot.top < band):
            slot.bottom += extra
            kept.append(slot)
        elif slot.top == slot.bottom == band:
            kept += [
                Slot(band + k, band + k, slot.left, slot.right, [w for w in slot.words if owner[id(w)] == k])
                for k in range(extra + 1)
            ]
        else:
            kept.append(slot)
    out.slots = kept
    out.ys[band + 1 : band + 1] = borders


def _split_columns(out: Lattice, column: int, marks: list[float]) -> None:
    if not marks:
        return
    extra = len(marks)
    kept: list[Slot] = []
    for slot in out.slots:
        if slot.left > column:
            slot.left += extra
        if slot.right > column or (slot.right == column and slot.left < column):
            slot.right += extra
            kept.append(slot)
        elif slot.left == slot.right == column:
            kept += _parts(slot, column, marks)
        else:
            kept.append(slot)
    out.slots = kept
    out.xs[column + 1 : column + 1] = marks


def _parts(slot: Slot, column: int, marks: list[float]) -> list[Slot]:
    """A slot cut at the borders; where text runs across one, the columns under it stay together."""
    held: list[tuple[int, int, list[Word]]] = []
    for ruling in rulings(text_lines(slot.words), marks):
        for entry in ruling.entries:
            held.append((entry.left, entry.right, list(entry.words)))
    spans: list[tuple[int, int, list[Word]]] = []
    for left, right, words in sorted(held, key=lambda h: h[:2]):
        if spans and spans[-1][1] >= left:
            before = spans[-1]
            spans[-1] = (before[0], max(before[1], right), before[2] + words)
        else:
            spans.append((left, right, words))
    covered = {c for left, right, _ in spans for c in range(left, right + 1)}
    spans += [(c, c, []) for c in range(len(marks) + 1) if c not in covered]
    return [
        Slot(slot.top, slot.bottom, column + left, column + right, words)
        for left, right, words in sorted(spans, key=lambda s: s[0])
    ]


def grid_cells(found: Lattice, page: int) -> list[GridCell]:
    """The slots as cells, row by row, their text put together as a reader reads it."""
    out = []
    for slot in sorted(found.slots, key=lambda s: (s.top, s.left)):
        box = Box(found.xs[slot.left], found.ys[slot.top], found.xs[slot.right + 1], found.ys[slot.bottom + 1])
        lines = text_lines(slot.words)
        first = min((x.box.x0 for x in lines), default=box.x0)
        out.append(
            GridCell(
                row=slot.top,
                column=slot.left,
                text=join_lines([x.text for x in lines]),
                page=page,
                box=box,
                row_span=slot.bottom - slot.top + 1,
                column_span=slot.right - slot.left + 1,
                bold=bool(lines) and all(x.bold for x in lines),
                indent=first - box.x0,
            )
        )
    return out


__all__ = ["Area", "Lattice", "Slot", "grid_cells", "lattice", "stacked"]
