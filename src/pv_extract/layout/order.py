"""Lines and grids of a page in the order in which they are read."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from pv_extract.layout.lines import TextLine
from pv_extract.model import Block, Box, Grid, Line, Page, Word


def ordered_blocks(
    page: Page, parts: Sequence[Sequence[TextLine]], slanted: Sequence[Word], grids: Sequence[Grid]
) -> list[Block]:
    """Lines by text column, each grid before the first line below it in its column, slanted text at the end."""
    out: list[Block] = [as_line(found, page.number) for part in parts for found in part]
    for grid in sorted(grids, key=lambda g: (g.box.top, g.box.x0) if g.box else (0.0, 0.0)):
        at = next(
            (k for k, block in enumerate(out) if block.box and grid.box and _below(block.box, grid.box)), len(out)
        )
        out.insert(at, grid)
    for _, group in groupby(slanted, key=lambda w: (w.angle, w.size)):
        out.append(_slanted(list(group), page.number))
    return out


def _below(box: Box, grid: Box) -> bool:
    """Whether a block comes after a grid: it begins lower, in the same column."""
    beside = box.x1 <= grid.x0 or box.x0 >= grid.x1
    return box.top >= grid.top and (not beside or (box.top >= grid.bottom and box.x0 >= grid.x0))


def _slanted(words: Sequence[Word], page: int) -> Line:
    box = Box.around(w.box for w in words)
    return Line(" ".join(w.text for w in words), page, box, words[0].size, words[0].bold, gap=True)


def as_line(found: TextLine, page: int, *, furniture: bool = False) -> Line:
    """A line of text as a block."""
    return Line(found.text, page, found.box, found.size, found.bold, furniture=furniture)


def with_gaps(ordered: Iterable[Block]) -> list[Block]:
    """White space, a table, the next column or the start of the page before a line makes a gap."""
    out: list[Block] = []
    before: Box | None = None
    for block in ordered:
        if isinstance(block, Line) and block.box is not None:
            step = block.box.top - before.bottom if before is not None else 0.0
            far = before is None or step > 0.55 * block.size or step < -2 * block.size
            if far and not block.gap:
                out.append(Line(block.text, block.page, block.box, block.size, block.bold, True, block.furniture))
            else:
                out.append(block)
            before = block.box
        else:
            out.append(block)
            before = None
    return out
