"""Lines divided over columns, and how many of them are the header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType

from pv_extract.kept import kept
from pv_extract.layout.entries import Entry, entries
from pv_extract.layout.flush import Setting
from pv_extract.layout.lines import TextLine, is_datum, is_figure, without_ranges
from pv_extract.layout.lines import line as text_line
from pv_extract.layout.numbering import numbers_columns, units_columns
from pv_extract.model import Word


@dataclass  # not frozen, as lines are not
class Ruling:
    """A line divided over the columns."""

    line: TextLine
    entries: tuple[Entry, ...]
    labels: int = 1  # number of columns at the left in which no figures are looked for

    @kept
    def figures(self) -> set[int]:
        """Columns after those of labels in which it prints a figure."""
        return {e.left for e in self.entries if e.left == e.right and e.left >= self.labels and is_figure(e.text)}

    @kept
    def wide(self) -> bool:
        """Whether several words stand over several columns, without a gap between them."""
        return sum([e.right > e.left and len(e.words) > 1 for e in self.entries]) > 0

    @kept
    def filled(self) -> set[int]:
        """Columns in which it prints anything."""
        return {c for e in self.entries for c in range(e.left, e.right + 1)}

    @kept
    def numbering(self) -> bool:
        """Whether it numbers the columns."""
        label = self.at(0)
        return numbers_columns(label.text if label else "", [e.text for e in self.entries if e.left > 0])

    def under_all(self, columns: set[int]) -> bool:
        """Whether it prints the number or the unit of each of these columns, under their headers."""
        texts = [e.text for e in self.entries if e.left == e.right > 0]
        return self.filled - {0} >= columns and (self.numbering or (self.at(0) is None and units_columns(texts)))

    def at(self, column: int) -> Entry | None:
        """What it prints in this column."""
        for entry in self.entries:
            if entry.left <= column <= entry.right:
                return entry
        return None


def rulings(
    lines: Sequence[TextLine],
    marks: Sequence[float],
    found: Sequence[Setting] = (),
    begins: frozenset[int] = frozenset(),
    merged: Mapping[int, tuple[int, int]] = MappingProxyType({}),
) -> list[Ruling]:
    """Each line over the columns with these borders, and with these settings where headers stand close.

    `begins` are ids of words before which a line is cut in any case, `merged` the columns of words in cells over several.
    """
    return [Ruling(line, tuple(_entries(line, marks, found, begins, merged))) for line in lines]


def _entries(
    line: TextLine,
    marks: Sequence[float],
    found: Sequence[Setting],
    begins: frozenset[int],
    merged: Mapping[int, tuple[int, int]],
) -> list[Entry]:
    """What a line prints in each column; the words of a merged cell are one text in all its columns."""
    held: dict[tuple[int, int], list[Word]] = {}
    for word in line.words if merged else ():
        if span := merged.get(id(word)):
            held.setdefault(span, []).append(word)
    if not held:
        return entries(line, marks, found, begins)
    out = [Entry(left, right, tuple(words)) for (left, right), words in held.items()]
    for cell, run in groupby(line.words, key=lambda w: id(w) in merged):
        if not cell:
            out += entries(text_line(run), marks, found, begins)
    return sorted(out, key=lambda e: e.left)


def bold_lead(ruled: Sequence[Ruling]) -> int:
    """Number of bold lines over the lines of a table of words: its header, without the headings of groups at its end."""
    if any(r.figures for r in ruled):
        return 0
    lead = next((k for k, r in enumerate(ruled) if not r.line.bold), 0)
    while lead and _lone(ruled[lead - 1]):
        lead -= 1
    return lead


def heading(ruled: Sequence[Ruling]) -> int:
    """Number of lines before the first that prints figures other than years: the lines of the header, if it has any."""
    for k, ruling in enumerate(ruled):
        if is_row(ruling) and not _rest_of_header(ruled, k):
            start = k
            while start and (_lone(ruled[start - 1]) or _beside(ruled[start - 1], ruling)):
                start -= 1  # labels above the first figures are its wrapped label or a heading
            return start
    return 0


def _lone(ruling: Ruling) -> bool:
    """Whether it prints a label and nothing else, be it longer than the column of labels."""
    return len(ruling.entries) == 1 and ruling.entries[0].left == 0


def _beside(label: Ruling, row: Ruling) -> bool:
    """Whether a label reaches into the height of the figures under it: their line stands at half its height."""
    above, here = label.line.box, row.line.box
    return len(label.entries) == 1 and above.bottom - here.top > 0.25 * here.height and not label.filled & row.filled


def _rest_of_header(ruled: Sequence[Ruling], k: int) -> bool:
    """Whether a figure is the last line of a header (`per 1,000`): no label, few columns, close to the line above."""
    if k == 0 or ruled[k].at(0) is not None or _lone(ruled[k - 1]):
        return False
    here, above = ruled[k].line, ruled[k - 1].line
    after = ruled[k + 1 : k + 4]
    fuller = not any(r.figures for r in after) or any(
        r.at(0) is not None and len(r.figures) >= 2 * len(ruled[k].figures) for r in after
    )
    return fuller and here.box.bottom - above.box.bottom < 1.4 * here.size and len(ruled[k].figures) < 3


def is_row(ruling: Ruling) -> bool:
    """Whether half of what a line prints beside the label are figures, as in the body of a table."""
    texts = [e.text for e in ruling.entries if e.left > 0]
    data = [t for t in without_ranges(texts) if is_datum(t)]
    return bool(data) and 2 * len(data) >= len(texts) and not ruling.numbering


def is_data(ruled: Sequence[Ruling]) -> bool:
    """Whether any of these lines prints figures that are not years."""
    return any(is_row(r) and not _rest_of_header(ruled, k) for k, r in enumerate(ruled))
