"""Everything printed on the pages of a document, in reading order: lines of prose and grids."""

from collections.abc import Iterable, Sequence

from pv_extract.layout.cells import grid_cells, lattice
from pv_extract.layout.edges import edges
from pv_extract.layout.furniture import furniture
from pv_extract.layout.join import joined
from pv_extract.layout.lines import TextLine, text_lines
from pv_extract.layout.ruled import frames
from pv_extract.model import Block, Box, Document, Grid, GridCell, Line, Page, Word


def blocks(document: Document) -> tuple[Block, ...]:
    """Lines and grids of all pages in reading order; a grid that runs over pages stands where it begins."""
    marginal = furniture(document.pages)
    out: list[Block] = []
    for page in document.pages:
        out += page_blocks(page, marginal.get(page.number, frozenset()))
    return tuple(joined(out))


def page_blocks(page: Page, marginal: frozenset[int] = frozenset()) -> list[Block]:
    """One page's lines and grids in reading order; `marginal` are the positions of its words in running headers and footers."""
    words = [w for k, w in enumerate(page.words) if k not in marginal]
    margin = [w for k, w in enumerate(page.words) if k in marginal]
    grids = _ruled(page, words)
    used = {id(w) for _, inside in grids for w in inside}
    rest = [w for w in words if id(w) not in used]
    placed: list[tuple[float, float, Block]] = [(g.box.top, g.box.x0, g) for g, _ in grids if g.box is not None]
    placed += [(found.box.top, found.box.x0, _line(found, page.number)) for found in text_lines(rest)]
    placed += [(found.box.top, found.box.x0, _line(found, page.number, furniture=True)) for found in text_lines(margin)]
    return _gaps([block for _, _, block in sorted(placed, key=lambda p: p[:2])])


def _ruled(page: Page, words: Sequence[Word]) -> list[tuple[Grid, list[Word]]]:
    out = []
    taken: set[int] = set()
    for frame in frames(*edges(page.rules)):
        inside = [w for w in words if frame.box.holds(w.box.middle) and id(w) not in taken]
        found = lattice(frame, inside)
        cells = grid_cells(found, page.number)
        if _tabular(cells):
            held = [w for s in found.slots for w in s.words]
            taken.update(id(w) for w in held)
            out.append((Grid(tuple(cells), page.number, frame.box, how="ruled"), held))
    return out


def _tabular(cells: Sequence[GridCell]) -> bool:
    filled = [c for c in cells if c.text]
    return len({c.row for c in filled}) >= 2 and len({c.column for c in filled}) >= 2


def _line(found: TextLine, page: int, *, furniture: bool = False) -> Line:
    return Line(found.text, page, found.box, found.size, found.bold, furniture=furniture)


def _gaps(ordered: Iterable[Block]) -> list[Block]:
    """White space, a table or the start of the page before a line makes a gap."""
    out: list[Block] = []
    before: Box | None = None
    for block in ordered:
        if isinstance(block, Line) and block.box is not None:
            far = before is None or block.box.top - before.bottom > 0.55 * block.size
            out.append(Line(block.text, block.page, block.box, block.size, block.bold, far, block.furniture))
            before = block.box
        else:
            out.append(block)
            before = None
    return out
