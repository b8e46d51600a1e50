"""A text dump as prose and tables: every printed line ends up in one line of text or in the cells of one grid."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pv_extract.layout.dump_aligned import aligned
from pv_extract.layout.dump_beside import apart
from pv_extract.layout.dump_blocks import blocks_in, lone, reach
from pv_extract.layout.dump_doubt import doubted, left_over
from pv_extract.layout.dump_furniture import furnished
from pv_extract.layout.dump_grid import Found, of_blocks, of_glued, of_rows
from pv_extract.layout.dump_head import Head, head, period_run
from pv_extract.layout.dump_lines import Printed, printed
from pv_extract.layout.dump_rows import Body, body, either_way
from pv_extract.model import Block, Line
from pv_extract.text import clean

_EITHER_WAY = "the dump prints each row as a block of its own, as another prints its columns: labels and headers may change places"


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """Prose lines and grids in the order of the dump; blank lines are gone, `gap` tells where they were."""
    marked = furnished(lines)
    placed: list[tuple[int, Block]] = []
    at = 0
    for found in aligned(marked):
        placed += _unaligned(marked, at, found.first)
        placed += [(found.first, doubted(part)) for part in apart(found.grid)]
        inside = range(found.first, found.last + 1)
        placed += [(n, _furniture(marked[n])) for n in inside if marked[n].furniture or n in found.repeated]
        at = found.last + 1
    placed += _unaligned(marked, at, len(marked))
    return tuple(left_over([block for _, block in sorted(placed, key=lambda p: p[0])]))


def _unaligned(lines: Sequence[Line], begin: int, end: int) -> Iterator[tuple[int, Block]]:
    """The blocks of a stretch of lines without layout, each with the index of its first line."""
    text = printed(lines[begin:end])
    yield from ((n, _furniture(line)) for n, line in enumerate(lines[begin:end], start=begin) if line.furniture)
    at = 0
    for found in _tables(text):
        yield from ((begin + line.first, _prose(line)) for line in text[at : found.first])
        yield from ((begin + text[found.first].first, doubted(part)) for part in apart(found.grid))
        yield from ((begin + line.first, _furniture(line.line)) for line in found.repeated)
        at = found.last + 1
    yield from ((begin + line.first, _prose(line)) for line in text[at:])


def _furniture(line: Line) -> Line:
    return replace(line, text=clean(line.text), furniture=True)


def _prose(line: Printed) -> Line:
    return replace(line.line, text=line.text, gap=line.blanks > 0 or line.line.gap)


def _tables(text: Sequence[Printed]) -> Iterator[Found]:
    """Tables in order; `rowless` and `blockless` are how far the lines are known to hold none of that reading."""
    floor = at = rowless = blockless = 0
    while at < len(text):
        found: Found | None = None
        if text[at].run_together:
            found = of_glued(text[at], at)
        elif text[at].figures and at >= rowless:
            found, rowless = _by_rows(text, at, floor)
        if not found and at >= blockless and lone(text, at):
            begin, blockless = reach(text, at, floor)
            blocks = blocks_in(text, begin, blockless)
            found = of_blocks(blocks) if blocks else None
        if found:
            yield found
            floor = at = found.last + 1
        else:
            at += 1


def _by_rows(text: Sequence[Printed], at: int, floor: int) -> tuple[Found | None, int]:
    """The table whose header of periods, or whose first figures, are printed here, and up to where no other need be sought."""
    periods, start = period_run(text, at) if text[at].periods else (0, at)
    while start < len(text) and not text[start].figures and not text[start].stops:
        start += 1
    rows = body(text, start, periods) if start < len(text) and text[start].figures else None
    if rows is None and periods == 1 and start == at + 1:
        rows = body(text, at, 0)  # a year may be the label of a row
    if rows is None:
        return None, at + 1
    top = head(text, rows, floor)
    if either_way(text, rows, top.first, len(top.label)):
        top = top._replace(doubts=(*top.doubts, _EITHER_WAY))
    after = rows.rows[-1].last + 1
    return (None, after) if _torn(text, rows, top, floor) else (of_rows(text, rows, top), after)


def _torn(text: Sequence[Printed], rows: Body, top: Head, floor: int) -> bool:
    """Whether lines of figures directly before or after the rows were left over: they are not rows of this dump then.

    One number after a table of several rows is the page's.
    """
    after = rows.rows[-1].last + 1
    end = after
    while end < len(text) and text[end].bare and not text[end].periods:
        end += 1
    before = top.first > floor and text[top.first - 1].bare and not text[top.first - 1].periods
    return before or end - after > (1 if len(rows.rows) > 2 else 0)
