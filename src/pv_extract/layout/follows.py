"""Lines that go on with the rows above them though a blank row or a lone label comes between."""

from collections.abc import Sequence

from pv_extract.languages import is_memo
from pv_extract.layout.strips import Strip

_FEWEST = 3  # rows that show how the labels of others are set
_BESIDE = 2.5  # type sizes from the middle of a header to that of a figure of its column


def same_ends(above: Strip, row: Strip) -> bool:
    """Whether three figures or more of a row end where the texts of another line do: a blank row of a sheet may part them."""
    ends = [c.box.x1 for c in row.chunks[1:]]
    if len(ends) < 3 or row.figures < len(ends) or not len(ends) <= len(above.chunks) <= len(row.chunks):
        return False
    return all(abs(c.box.x1 - x) < 1.5 for c, x in zip(above.chunks[-len(ends) :], ends, strict=True))


def heads(above: Strip, row: Strip) -> bool:
    """Whether each of four texts or more stands over one of a row of figures: no other header is needed for it."""
    count = len(row.chunks)
    if count < 4 or len(above.chunks) != count or above.figures or row.figures < count - 1:
        return False
    off = [a.box.middle[0] - b.box.middle[0] for a, b in zip(above.chunks[1:], row.chunks[1:], strict=True)]
    return all(abs(x) < _BESIDE * row.line.size for x in off)


def memo(above: Strip, below: Sequence[Strip]) -> bool:
    """Whether the last of some lines is a memo item, or the first under a heading of them: its figures end where those above do."""
    row = below[-1]
    ends = [c.box.x1 for c in above.chunks[1:]]
    if not row.figures == len(row.chunks) - 1 > 0 or not any(is_memo(s.line.text) for s in below):
        return False
    return all(any(abs(c.box.x1 - x) < 1.5 for x in ends) for c in row.chunks[1:])


def same_starts(above: Strip, below: Strip) -> bool:
    """Whether all texts of a line begin where three or more of another do: a label of several lines may go on between them."""
    few, many = sorted(([c.box.x0 for c in s.chunks] for s in (above, below)), key=len)
    return len(few) > 1 and len(many) > 2 and all(any(abs(x - y) < 1.0 for y in many) for x in few)


def as_below(strips: Sequence[Strip], k: int) -> bool:
    """Whether a lone text stands below the last of some rows just as one stands below nearly every row above it.

    It is the rest of a label of several lines, in another language.
    """
    rows = [n for n in range(k) if strips[n].figures]
    if len(rows) <= _FEWEST or len(strips[k].chunks) > 1:
        return False
    last, here = strips[rows[-1]].line.box, strips[k].line.box
    off, reach = here.bottom - last.bottom, k - rows[-1]
    alike = sum(1 for n in rows[:-1] if any(_at(s, strips[n], off, here.x0) for s in strips[n + 1 : n + 1 + reach]))
    return alike >= _FEWEST and alike > 0.8 * (len(rows) - 1)


def _at(lone: Strip, row: Strip, off: float, x0: float) -> bool:
    """Whether a lone text stands so far below a row, and begins at this x."""
    box = lone.line.box
    return len(lone.chunks) == 1 and abs(box.bottom - row.line.box.bottom - off) < 1.0 and abs(box.x0 - x0) < 1.5
