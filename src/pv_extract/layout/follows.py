"""Lines that go on with the rows above them though a blank row or a lone label comes between."""

from collections.abc import Sequence

from pv_extract.languages import is_memo
from pv_extract.layout.strips import Strip


def same_ends(above: Strip, row: Strip) -> bool:
    """Whether three figures or more of a row end where the texts of another line do: a blank row of a sheet may part them."""
    ends = [c.box.x1 for c in row.chunks[1:]]
    if len(ends) < 3 or row.figures < len(ends) or not len(ends) <= len(above.chunks) <= len(row.chunks):
        return False
    return all(abs(c.box.x1 - x) < 1.5 for c, x in zip(above.chunks[-len(ends) :], ends, strict=True))


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
