"""Everything printed on the pages of a document, in reading order: lines of prose and grids."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from operator import attrgetter

from pv_extract.layout.art import charted
from pv_extract.layout.banded import banded
from pv_extract.layout.cells import grid_cells, lattice
from pv_extract.layout.charts import apart
from pv_extract.layout.dashes import without_dashes
from pv_extract.layout.doubtful import doubt
from pv_extract.layout.edges import Edge, crown, edges, shaded, tiles, with_sides
from pv_extract.layout.forms import form_cells
from pv_extract.layout.furniture import furniture
from pv_extract.layout.join import joined
from pv_extract.layout.lines import TextLine, is_datum, text_lines, words_in
from pv_extract.layout.numerals import united
from pv_extract.layout.opened import open_frame
from pv_extract.layout.order import as_line, ordered_blocks, with_gaps
from pv_extract.layout.plain import Region, regions
from pv_extract.layout.reach import above, below, closed, heads_open_rows, without_strip
from pv_extract.layout.readings import Parts, faults, others
from pv_extract.layout.ruled import Frame, extended, frames, parted
from pv_extract.layout.slots import Lattice
from pv_extract.layout.telephones import dialled
from pv_extract.layout.turned import turned, with_turned
from pv_extract.layout.twins import tables_of
from pv_extract.layout.typed import with_typed_rules
from pv_extract.layout.underlines import without_underlines
from pv_extract.layout.zones import zones
from pv_extract.model import Block, Box, Document, Grid, GridCell, Page, Remark, Word

Found = tuple[Grid, list[Word]]
Rules = tuple[list[Edge], list[Edge]]
_ANGLE = attrgetter("angle")


def blocks(document: Document) -> tuple[Block, ...]:
    """Lines and grids of all pages in reading order; a grid that runs over pages stands where it begins."""
    pages = [without_underlines(without_dashes(with_typed_rules(page))) for page in document.pages]
    marginal = furniture(pages)
    out: list[Block] = []
    for page in pages:
        out += page_blocks(page, marginal.get(page.number, frozenset()))
    height = max((page.height for page in document.pages), default=0.0)
    return tuple(joined(out, height))


def page_blocks(page: Page, marginal: frozenset[int] = frozenset()) -> list[Block]:
    """One page's lines and grids in reading order; `marginal` are the positions of its words in running headers and footers."""
    free = [w for k, w in enumerate(page.words) if k not in marginal] if marginal else page.words
    words, parts_of = united(dialled(free))
    aslant = [w for w in words if w.angle]
    grids, parts = _grids(page, [w for w in words if not w.angle] if aslant else words, parts_of)
    used = {id(w) for _, inside in grids for w in inside}
    rest = [_unused(part, used) for part in parts] if used else parts
    slanted = [w for w in aslant if id(w) not in used]
    ordered: list[Block] = []
    for block in ordered_blocks(page, rest, slanted, [g for g, _ in grids]):
        ordered += tables_of(block) if isinstance(block, Grid) else (block,)
    margin = text_lines([page.words[k] for k in sorted(marginal)])
    header = [as_line(x, page.number, furniture=True) for x in margin if x.box.top < page.height / 2]
    footer = [as_line(x, page.number, furniture=True) for x in margin if x.box.top >= page.height / 2]
    return with_gaps([*header, *ordered, *footer])


def _unused(lines: list[TextLine], used: set[int]) -> list[TextLine]:
    """The lines of the words that are not among these ids."""
    words = [w for found in lines for w in found.words]
    free = [w for w in words if id(w) not in used]
    return text_lines(free) if len(free) < len(words) else lines


def _grids(page: Page, words: list[Word], numbers: Parts) -> tuple[list[Found], list[list[TextLine]]]:
    """Tables of the page: lattices of rules first, then stretches of aligned text, then shaded areas that are left.

    With them the lines beside the lattices, by column of running text. `numbers` are the groups of numbers put together.
    """
    rules = edges(page.rules)
    areas = shaded(page)
    drawn = _drawn(*rules, areas)
    grids, rest = _ruled(page, words, drawn, rules)
    free = [a for a in areas if not any(_overlap(a, f.box) for f in drawn)]
    shades = with_sides(*rules, free) if free else rules
    walls = with_sides([], rules[1], tiles(free, Box(0.0, 0.0, page.width, page.height)))[1] if free else rules[1]
    bound = _regions(page, banded(rest, shades[0]), (shades[0], walls), numbers)
    rest = _without(rest, bound)
    parts = apart(page, rest, partial(zones, level=shades[0]))
    plain = [found for zone in parts for found in _plain(page, zone, (shades[0], walls), numbers)]
    grids += [*bound, *plain]
    if free:
        grids += _ruled(page, _without(rest, plain), frames(*shades), rules)[0]
    return grids, parts


def _drawn(level: list[Edge], upright: list[Edge], areas: Sequence[Box]) -> list[Frame]:
    """Lattices of rules, the smallest first, each with the shaded header over it and the cells that shading shows in it.

    Shading that changes over their whole width parts rows as a rule does.
    """
    found = frames(level, upright)
    if areas:
        heads = [a for f in found for a in (*crown(areas, f.box), *tiles(areas, f.box))]
        if heads:
            found = frames(*with_sides(level, upright, heads))
        flat, _ = with_sides([], [], areas)
        found = [parted(f, flat) for f in found]
    return sorted((f for f in found if f.rows > 1 or f.columns > 1), key=lambda f: f.box.width * f.box.height)


def _overlap(area: Box, box: Box) -> bool:
    wide = min(area.x1, box.x1) - max(area.x0, box.x0)
    tall = min(area.bottom, box.bottom) - max(area.top, box.top)
    return wide > 0.3 * area.width and tall > 0.5 * area.height


def _without(words: list[Word], grids: Iterable[tuple[Grid | None, list[Word]]]) -> list[Word]:
    used = {id(w) for _, inside in grids for w in inside}
    return [w for w in words if id(w) not in used] if used else words


def _ruled(page: Page, rest: list[Word], found: Sequence[Frame], rules: Rules) -> tuple[list[Found], list[Word]]:
    """Tables of frames, in their order: what an earlier one holds is not read twice. With them the words that none holds."""
    out: list[Found] = []
    for drawn in found:
        inside = words_in(drawn.box, rest)
        frame = without_strip(drawn, inside)
        box = frame.box
        if frame is not drawn:
            inside = words_in(box, inside)
        if len(inside) < 2 or charted(page, box, inside) or not closed(frame, inside, rest):
            continue
        outside = _without(rest, [(None, inside)])
        grid = _framed(page, frame, inside, outside, rules)
        if grid is not None and not heads_open_rows(frame, grid[1], outside, rules[0]):
            out.append(grid)
            rest = _without(rest, [grid])
    return out, rest


def _framed(page: Page, frame: Frame, inside: list[Word], outside: Sequence[Word], rules: Rules) -> Found | None:
    """The frame as a grid, with the rows that its rules leave outside."""
    found = lattice(frame, inside, *rules)
    x0, top, x1, bottom = frame.xs[0] - 20, frame.ys[0] - 60, frame.xs[-1] + 20, frame.ys[-1] + 60
    near = [w for w in outside if x0 <= w.box.x1 and w.box.x0 <= x1]
    close = [w for w in near if top < w.box.top and w.box.bottom < bottom]
    if len(found.xs) > 2 and close:
        lines = text_lines(close)
        over, under = above(found, lines), below(found, lines)
        if over or under:
            lines = text_lines(near)
            over, under = above(found, lines), below(found, lines)
        if over or under:
            first = min(x.box.top for x in over) - 1 if over else None
            last = max(x.box.bottom for x in under) + 1 if under else None
            frame = extended(frame, first, last)
            words = [*inside, *(w for x in (*over, *under) for w in x.words)]
            found = lattice(frame, words, *rules, walled=not under)
    return _grid(found, page, frame.box, "ruled", rules[0])


def _plain(page: Page, zone: Sequence[TextLine], rules: Rules, numbers: Parts) -> list[Found]:
    return _regions(page, regions(zone, rules[0]), rules, numbers)


def _regions(page: Page, found: Sequence[Region], rules: Rules, numbers: Parts) -> list[Found]:
    out: list[Found] = []
    for region in found:
        inside = [w for s in region.strips for w in s.line.words]
        if charted(page, region.box, inside):
            continue
        read = _best(page, region, rules, numbers)
        if read is not None:
            out.append((read[0], [*inside, *read[1]]))
    return out


def _best(page: Page, region: Region, rules: Rules, numbers: Parts) -> Found | None:
    """The reading of the region that its own types and totals speak for; a choice between readings is remarked."""
    read = _open_grid(page, region, rules)
    if read is None or not (first := faults(read[0].cells)):
        return read
    chosen, why, fewest = read, "", first
    for what, other in others(region, numbers):
        found = _open_grid(page, other, rules)
        if found is not None and (left := faults(found[0].cells)) < fewest:
            chosen, fewest = found, left
            why = (
                f"{what}: types and totals speak {left} times against this reading, {first} times against the plain one"
            )
    if not why:
        return read
    remark = Remark("reading-chosen", why, page.number, region.box)
    return replace(chosen[0], remarks=(*chosen[0].remarks, remark)), chosen[1]


def _open_grid(page: Page, region: Region, rules: Rules) -> Found | None:
    lines = [s.line for s in region.strips]
    words = [w for line in lines for w in line.words]
    found = lattice(open_frame(region, *rules), words, *rules, search=False, lines=lines)
    return _grid(found, page, region.box, "aligned", rules[0])


def _grid(found: Lattice, page: Page, box: Box, how: str, level: Sequence[Edge]) -> Found | None:
    if any(map(_ANGLE, page.words)) and (aslant := turned(page.words)):
        found = with_turned(found, aslant, [w for w in page.words if not w.angle])
        box = Box(box.x0, min(box.top, found.ys[0]), box.x1, box.bottom)
    words = [w for s in found.slots for w in s.words]
    if how == "ruled" and (form := form_cells(found, page.number)):
        return Grid(tuple(form), page.number, box, header_rows=0, stub_columns=1, how=how), words
    cells = grid_cells(found, page.number)
    if not _tabular(cells, page, box):
        return None
    unsure = doubt(found, level)
    remarks = (Remark("table-ambiguous", unsure, page.number, box),) if unsure else ()
    return Grid(tuple(cells), page.number, box, how=how, remarks=remarks), words


def _tabular(cells: Sequence[GridCell], page: Page, box: Box) -> bool:
    """Two rows and two columns of text at least, and not mostly empty as the boxes of a drawing or a form are.

    At the top or the bottom of a page one row may be the rest of a table, or its header.
    """
    filled = [c for c in cells if c.text]
    rows, columns = Counter([c.row for c in filled]), {c.column for c in filled}
    inside = len([c for c in cells if c.row in rows and c.column in columns])
    if len(columns) < 2 or len(filled) <= 0.25 * inside or _asked(filled, rows):
        return False
    if len(rows) < 3 and not any(c.isalpha() for cell in filled for c in cell.text):
        return False  # the numbers along an axis
    return len(rows) >= 2 or box.top < 0.2 * page.height or box.bottom > 0.8 * page.height


def _asked(filled: Sequence[GridCell], rows: Mapping[int, int]) -> bool:
    """Whether these are the boxes of a form, or of a drawing: most ask for an answer (`Name:`), or few stand beside another.

    `rows` tells how many stand in each row.
    """
    asking = len([c for c in filled if c.text.endswith(":")])
    if asking > 0.6 * len(filled) and len(filled) > 3:
        return True
    beside = [n for n in rows.values() if n > 1]
    if len(beside) > 1 or any(is_datum(c.text) for c in filled):
        return False
    first = min([c.column for c in filled])
    adrift = [c for c in filled if rows[c.row] == 1 and c.column > first]
    return len(rows) > 3 or len(adrift) > 1
