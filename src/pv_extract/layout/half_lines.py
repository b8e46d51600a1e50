"""Lines of a header that stand between the heights of two others: headers of one line beside others of two."""

from collections.abc import Sequence

from pv_extract.layout.edges import Edge
from pv_extract.layout.entries import Entry
from pv_extract.layout.header_lines import header_goes_on
from pv_extract.layout.rulings import Ruling


def header_joins(
    row: list[Ruling], before: Sequence[Ruling], here: Ruling, after: Ruling | None, level: Sequence[Edge]
) -> bool:
    """Whether a header line belongs to the `row` begun above it; `before` are all lines above, `after` is the one below.

    Around a line at half their height the lines above and below are one text or not, whatever stands between them.
    """
    half = after is not None and is_half(before[-1], here, after)
    rest = len(before) > 1 and is_half(before[-2], before[-1], here)
    if after is not None and half and (not rest or before[-1].filled & after.filled):
        return _one_row(row, before[-1], after, level)
    if rest:
        above = [r for r in row if r is not before[-1]] or [before[-2]]
        return _one_row(above, before[-2], here, level)
    return header_goes_on(row, before[-1], here, level)


def own_line(before: Sequence[Ruling], here: Ruling, apart: frozenset[int] = frozenset()) -> bool:
    """Whether a line prints the numbers or the units of all columns, or stands below such numbers.

    The headers of the columns `apart` are not among the lines before it. Units without brackets that are set as the line above
    them are the last words of its texts (`Euro equivalent` / `€ millions`).
    """
    if here.numbering or before[-1].numbering:
        return True
    columns = apart.union(*(r.filled for r in before)) - {0}
    return here.under_all(set(columns)) and not _set_alike(before[-1], here)


def _set_alike(above: Ruling, here: Ruling) -> bool:
    """Whether two lines are set in one weight and size, close to each other, and no text of the lower one is in brackets."""
    a, b = above.line, here.line
    close = b.box.bottom - a.box.bottom < 1.4 * b.size and abs(a.size - b.size) < 0.3 and a.bold == b.bold
    return close and not any(e.text[:1] in "([" for e in here.entries)


def is_half(above: Ruling, here: Ruling, below: Ruling) -> bool:
    """Whether a line stands between those above and below, too close to one for a line of its own, in its own columns."""
    a, box, b = above.line.box, here.line.box, below.line.box
    off = box.middle[1] - (a.middle[1] + b.middle[1]) / 2
    if not (a.bottom > box.top or b.top < box.bottom) or abs(off) > 0.35 * here.line.size or a.bottom > b.top + 1:
        return False
    return not here.filled & (above.filled | below.filled)


def _one_row(row: list[Ruling], above: Ruling, below: Ruling, level: Sequence[Edge]) -> bool:
    """Whether the lines around one at half their height are lines of the same texts."""
    return header_goes_on(row, above, below, level) or all(_under(e, above.entries) for e in below.entries)


def _under(entry: Entry, above: Sequence[Entry]) -> bool:
    """Whether a text stands in the middle under one over several columns."""
    size = entry.words[0].size
    return any(e.right > e.left and abs(_middle(e) - _middle(entry)) < 0.2 * size for e in above)


def _middle(entry: Entry) -> float:
    return (entry.words[0].box.x0 + entry.words[-1].box.x1) / 2
