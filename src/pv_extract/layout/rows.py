"""Lines gathered into rows: a wrapped label or header continues the row above it, a figure begins a new one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pv_extract.layout.columns import Entry, entries
from pv_extract.layout.lines import TextLine, has_digits, is_figure

YEARS = re.compile(r"^\(?(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d)?)?[)*⁰¹²³⁴⁵⁶⁷⁸⁹]*$")


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


def rows(ruled: Sequence[Ruling], room: float, *, header: bool = False) -> list[list[Ruling]]:
    """Rows of an open band, top to bottom; `room` is the width that labels fill, in points; `header` where data follow below."""
    if not ruled:
        return []
    head = heading(ruled)
    if not head and header and not _data(ruled[0]):
        head = len(ruled)
    whole = _centred(ruled)
    out = [[ruled[0]]]
    for k in range(1, len(ruled)):
        before, here = ruled[k - 1], ruled[k]
        if k in whole or k - 1 in whole:
            joins = k in whole and whole.get(k - 1) == whole[k]
        elif k < head:
            joins = _header_goes_on(out[-1], before, here)
        else:
            joins = k > head and _continues(out[-1], before, here, room)
        if joins:
            out[-1].append(here)
        else:
            out.append([here])
    return out


def heading(ruled: Sequence[Ruling]) -> int:
    """Number of lines before the first that prints figures other than years: the lines of the header, if it has any."""
    for k, ruling in enumerate(ruled):
        if _data(ruling):
            start = k
            while start and ruled[start - 1].filled == {0}:
                start -= 1  # labels above the first figures are its wrapped label or a heading
            return start
    return 0


def _data(ruling: Ruling) -> bool:
    texts = [e.text for e in ruling.entries if e.left > 0]
    data = [t for t in texts if is_figure(t) and not YEARS.match(t)]
    return bool(data) and 2 * len(data) >= len(texts)


def is_data(ruled: Sequence[Ruling]) -> bool:
    """Whether any of these lines prints figures that are not years."""
    return any(_data(r) for r in ruled)


def _header_goes_on(row: list[Ruling], before: Ruling, here: Ruling) -> bool:
    """Whether a header line goes on from the one above: set close, and no spanner of several columns stands over it."""
    size = max(here.line.size, before.line.size)
    step = here.line.box.bottom - before.line.box.bottom
    if step > 1.5 * size or any(e.right > e.left for e in here.entries):
        return False
    above = [e for r in row for e in r.entries]
    if any(e.right > e.left for e in above):
        return False
    if step < 0.8 * size:
        return True
    return not _spans(above, here)


def _spans(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether a lone text above stands over two texts or more: no text above those, it is centred between them."""
    empty = [e for e in here.entries if not any(a.left <= e.left <= a.right for a in above)]
    for entry in above:
        x0, x1 = entry.words[0].box.x0, entry.words[-1].box.x1
        under = [e for e in here.entries if e.left == entry.left and e.words[-1].box.x1 > x0 and e.words[0].box.x0 < x1]
        beside = [e for e in empty if abs(e.left - entry.left) == 1]
        if beside and not under:
            return True
    return False


def _centred(ruled: Sequence[Ruling]) -> dict[int, int]:
    """Figures set at half the height of a wrapped label: the lines of each such row, with the number of the row."""
    out: dict[int, int] = {}
    for k, ruling in enumerate(ruled):
        if not ruling.figures or ruling.at(0) is not None:
            continue
        pairs = 0
        while _pair(ruled, k, pairs + 1, out):
            pairs += 1
        if pairs:
            out.update(dict.fromkeys(range(k - pairs, k + pairs + 1), k))
    return out


def _pair(ruled: Sequence[Ruling], k: int, away: int, taken: Mapping[int, int]) -> bool:
    """Whether the lines this far above and below are label lines, no further apart than lines of one text."""
    above, below = k - away, k + away
    if above < 0 or below >= len(ruled) or above in taken:
        return False
    upper, lower = ruled[above], ruled[below]
    inner = ruled[above + 1] if away > 1 else lower
    step = inner.line.box.bottom - upper.line.box.bottom
    return upper.filled == {0} == lower.filled and step < 1.6 * upper.line.size


def _continues(row: list[Ruling], before: Ruling, here: Ruling, stub_width: float) -> bool:
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
