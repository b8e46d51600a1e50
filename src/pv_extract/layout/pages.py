"""Everything printed on the pages of a document, in reading order: lines of prose and grids."""

from collections.abc import Iterable, Sequence

from pv_extract.layout.art import charted
from pv_extract.layout.cells import Lattice, grid_cells, lattice
from pv_extract.layout.edges import Edge, edges
from pv_extract.layout.furniture import furniture
from pv_extract.layout.join import joined
from pv_extract.layout.lines import TextLine, text_lines
from pv_extract.layout.plain import open_frame, regions
from pv_extract.layout.ruled import Frame, frames
from pv_extract.layout.zones import zones
from pv_extract.model import Block, Box, Document, Grid, GridCell, Line, Page, Word

Found = tuple[Grid, list[Word]]


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
    level, upright = edges(page.rules)
    straight = [w for w in words if not w.angle]
    grids = _ruled(page, straight, frames(level, upright))
    rest = _without(straight, grids)
    found = [f for zone in zones(rest) for f in _plain(page, zone, level)]
    grids += found
    rest = _without(words, grids)
    placed: list[tuple[float, float, Block]] = [(g.box.top, g.box.x0, g) for g, _ in grids if g.box is not None]
    placed += [(x.box.top, x.box.x0, _line(x, page.number)) for x in text_lines(rest)]
    placed += [(x.box.top, x.box.x0, _line(x, page.number, furniture=True)) for x in text_lines(margin)]
    return _gaps([block for _, _, block in sorted(placed, key=lambda p: p[:2])])


def _without(words: Sequence[Word], grids: Iterable[Found]) -> list[Word]:
    used = {id(w) for _, inside in grids for w in inside}
    return [w for w in words if id(w) not in used]


def _ruled(page: Page, words: Sequence[Word], found: Sequence[Frame]) -> list[Found]:
    out: list[Found] = []
    rest = list(words)
    for frame in found:
        inside = [w for w in rest if frame.box.holds(w.box.middle)]
        if charted(page, frame.box, inside):
            continue
        grid = _grid(lattice(frame, inside), page, frame.box, "ruled")
        if grid is not None:
            out.append(grid)
            rest = _without(rest, [grid])
    return out


def _plain(page: Page, zone: Sequence[Word], level: Sequence[Edge]) -> list[Found]:
    out: list[Found] = []
    for region in regions(text_lines(zone), level):
        inside = [w for s in region.strips for w in s.line.words]
        if charted(page, region.box, inside):
            continue
        grid = _grid(lattice(open_frame(region, level), inside), page, region.box, "aligned")
        if grid is not None:
            out.append(grid)
    return out


def _grid(found: Lattice, page: Page, box: Box, how: str) -> Found | None:
    cells = grid_cells(found, page.number)
    if not _tabular(cells):
        return None
    return Grid(tuple(cells), page.number, box, how=how), [w for s in found.slots for w in s.words]


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
