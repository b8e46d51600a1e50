"""Lines gathered into rows: a wrapped label or header continues the row above it, a figure begins a new one."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.layout.columns import Entry, entries
from pv_extract.layout.lines import TextLine, has_digits, is_figure


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line divided over the columns."""

    line: TextLine
    entries: tuple[Entry, ...]

    @property
    def figures(self) -> set[int]:
        """Columns after the first in which it prints a figure."""
        return {e.left for e in self.entries if e.left == e.right and e.left > 0 and is_figure(e.text)}

    @property
    def filled(self) -> set[int]:
        """Columns in which it prints anything."""
        return {c for e in self.entries for c in range(e.left, e.right + 1)}

    def at(self, column: int) -> Entry | None:
        """What it prints in this column."""
        return next((e for e in self.entries if e.left <= column <= e.right), None)


def rulings(lines: Sequence[TextLine], marks: Sequence[float]) -> list[Ruling]:
    """Each line over the columns with these borders."""
    return [Ruling(line, tuple(entries(line, marks))) for line in lines]


def rows(ruled: Sequence[Ruling], stub_width: float) -> list[list[Ruling]]:
    """Rows of an open band, top to bottom; `stub_width` is the room for a label, in points."""
    if not ruled:
        return []
    out = [[ruled[0]]]
    pitch = _pitch(ruled)
    for before, here in zip(ruled, ruled[1:], strict=False):
        if _continues(out[-1], before, here, stub_width, pitch):
            out[-1].append(here)
        else:
            out.append([here])
    return out


def _pitch(ruled: Sequence[Ruling]) -> float:
    steps = sorted(b.line.box.bottom - a.line.box.bottom for a, b in zip(ruled, ruled[1:], strict=False))
    return steps[len(steps) // 2] if steps else 12.0


def _continues(row: list[Ruling], before: Ruling, here: Ruling, stub_width: float, pitch: float) -> bool:
    step = here.line.box.bottom - before.line.box.bottom
    size = max(here.line.size, before.line.size)
    if step > 1.9 * size:
        return False
    taken = {c for r in row for c in r.figures}
    if here.figures:
        return not taken and _label_runs_on(row, before, here, stub_width, step, size)
    if taken:
        return here.filled == {0} and _wraps(before if before.at(0) else row[0], here, stub_width)
    if any(e.right > e.left for r in row for e in r.entries):
        return False  # a spanner stands over what follows
    if here.filled == {0} or before.filled == {0}:
        return _wraps(before, here, stub_width) or (not before.filled & here.filled and step < 0.8 * size)
    return bool(here.filled & before.filled) and step <= 1.35 * size


def _label_runs_on(row: list[Ruling], before: Ruling, here: Ruling, room: float, step: float, size: float) -> bool:
    """A label without figures above a line with figures is its beginning where the first word below no longer fitted."""
    if any(r.filled != {0} for r in row):
        return False
    if here.at(0) is None:
        return step <= 1.6 * size
    return _wraps(before, here, room) and before.line.bold == here.line.bold


def _wraps(before: Ruling, here: Ruling, room: float) -> bool:
    """Whether the label of a line runs on from the one above: its first word did not fit there, or it starts in mid-sentence."""
    above, below = before.at(0), here.at(0)
    if above is None or below is None:
        return False
    start, end = above.words[0].box.x0, above.words[-1].box.x1
    first = below.words[0]
    if has_digits(first.text) and len(below.words) == 1:
        return False
    full = end - start + 0.25 * first.size + first.box.width > room - (start - min(start, first.box.x0))
    hanging = above.text.rstrip()[-1:] in "-,(&/" or first.text[:1].islower()
    level = first.box.x0 >= start - 1.0
    return level and (full or hanging)
