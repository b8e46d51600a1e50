"""How far a region reaches: the lines of its header above the rows, and what goes on below the last of them."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.columns import NARROW, Column, separators
from pv_extract.layout.edges import Edge
from pv_extract.layout.flush import flush_parts, settings
from pv_extract.layout.follows import as_below
from pv_extract.layout.links import link
from pv_extract.layout.note_lines import notes_beside
from pv_extract.layout.strips import Strip, about, headnote, noted
from pv_extract.layout.tabular import along
from pv_extract.layout.title_lines import heavier
from pv_extract.model import Box


def header(
    strips: Sequence[Strip],
    start: int,
    found: Sequence[Column],
    level: Sequence[Edge],
    floor: float,
    body: Sequence[Strip],
) -> int:
    """Position of the first header line above the run: up to a rule, or as far as lines stand over the data columns."""
    box = Box.around(s.line.box for s in strips[start : start + 3])
    box = Box(found[0].x0, box.top, found[-1].x1, box.bottom)
    tops = [e.at for e in level if e.at < box.top + 2 and e.at > box.top - 90 and e.at > floor and along(e, box)]
    first = start
    for top in sorted(tops, reverse=True):
        reach = start
        while reach > 0 and strips[reach - 1].line.box.top >= top - 2:
            reach -= 1
        if all(_fits(s, box) for s in strips[reach:start]) and start - reach <= 7:
            first = reach
    while first > 0 and (
        _over_data(strips[first - 1], strips[first], found, floor, body)
        or _label_begins(strips[first - 1], strips[first], found)
    ):
        first -= 1
    for headings in (1, 2):
        above = first - headings - 1
        if above >= 0 and all(_lone_label(s, found) for s in strips[above + 1 : first]):
            if not _over_data(strips[above], strips[above + 1], found, floor, body):
                continue
            while above > 0 and _over_data(strips[above - 1], strips[above], found, floor, body):
                above -= 1
            return above
    return first


def _lone_label(strip: Strip, found: Sequence[Column]) -> bool:
    """Whether it is a short text over the labels: the heading of a group between header and figures."""
    box = strip.line.box
    return len(strip.chunks) == 1 and box.x1 <= found[1].x0 and box.x0 >= found[0].x0 - 2 and not about(strip.line)


def _label_begins(above: Strip, below: Strip, found: Sequence[Column]) -> bool:
    """Whether a lone text above figures without a label is the beginning of theirs."""
    box = above.line.box
    near = below.line.box.top - box.bottom < 0.5 * above.line.size
    alone = len(above.chunks) == 1 and box.x1 <= found[1].x0 and box.x0 >= found[0].x0 - 2
    if not (near and alone and below.figures > 0):
        return False
    return below.chunks[0].box.x0 >= found[1].x0 - 2 or below.chunks[0].text[:1].islower()


def _fits(strip: Strip, box: Box) -> bool:
    here = strip.line.box
    lone = len(strip.chunks) == 1
    whole = lone and (here.width > 0.75 * box.width or noted(strip))
    said = whole or about(strip.line) or notes_beside(strip)
    return here.x0 >= box.x0 - 12 and here.x1 <= box.x1 + 12 and not said


def _over_data(above: Strip, below: Strip, found: Sequence[Column], floor: float, body: Sequence[Strip]) -> bool:
    """Whether the line above is a header of the data columns: it stands right over them, clear of the labels or flush."""
    box = above.line.box
    gaps = [b.line.box.top - a.line.box.bottom for a, b in pairwise(body[:6])]
    close = max(0.9 * above.line.size, 1.2 * max(gaps, default=0.0))
    near = below.line.box.top - box.bottom < close and box.top > floor
    beyond = box.x1 >= found[-1].x1 + 15 and box.x0 < found[-1].x0 - 2
    if not near or beyond or about(above.line) or headnote(above) or _titles(above, below, found):
        return False
    return box.x0 > min(found[0].x1, found[1].x0) or _flush(above, found, body)


def _titles(above: Strip, below: Strip, found: Sequence[Column]) -> bool:
    """Whether a lone text, heavier than the line below, stands around the middle of the table and not of its data columns."""
    if len(above.chunks) > 1 or not heavier(above, below):
        return False
    a = above.line
    whole, data = found[0].x0 + found[-1].x1, found[1].x0 + found[-1].x1
    return a.box.x0 < found[1].x0 and abs(a.box.x0 + a.box.x1 - whole) < abs(a.box.x0 + a.box.x1 - data)


def _flush(above: Strip, found: Sequence[Column], body: Sequence[Strip]) -> bool:
    """Whether words of the line stand flush with each of several columns, a word space apart."""
    marks = separators(found)
    settled = settings((w for s in body for w in s.line.words), marks)
    return any(flush_parts(piece, marks, settled) for piece in above.chunks)


def tail(strips: Sequence[Strip], run: tuple[int, int], found: Sequence[Column], level: Sequence[Edge]) -> int:
    """Position after the last line: a wrapped label goes on below the last row."""
    start, end = run
    box = Box(found[0].x0, strips[end - 1].line.box.top, found[-1].x1, strips[end - 1].line.box.bottom)
    bottoms = [e.at for e in level if box.bottom - 2 < e.at < box.bottom + 40 and along(e, box)]
    if bottoms:
        reach = end
        while reach < len(strips) and strips[reach].line.box.bottom <= bottoms[0] + 2:
            reach += 1
        if all(_fits(s, box) for s in strips[end:reach]):
            return reach
    while end < len(strips) and (
        _label_goes_on(strips[end - 2 : end], strips[end], found)
        or _text_goes_on(strips, end)
        or as_below(strips[start : end + 1], end - start)
    ):
        end += 1
    return end


def _label_goes_on(above: Sequence[Strip], here: Strip, found: Sequence[Column]) -> bool:
    """Whether a lone text under the last row is the rest of its label."""
    box = here.line.box
    if len(here.chunks) > 1 or box.x1 > found[1].x0 or box.x0 < found[0].x0 - 2:
        return False
    last = above[-1]
    if last.chunks[0].box.x0 >= found[1].x0 - 2:  # figures without a label stand at half its height
        before = above[0].line
        return len(above) > 1 and len(above[0].chunks) == 1 and box.bottom - before.box.bottom < 1.6 * before.size
    close = box.bottom - last.line.box.bottom < 1.65 * last.line.size
    return close and link(last.chunks[0].words, here.line.words, found[0].x1) > 0


def _text_goes_on(strips: Sequence[Strip], k: int) -> bool:
    """Whether a lone text under the last row is the rest of a text in a later column."""
    here, last = strips[k].line, strips[k - 1].line
    close = here.box.bottom - last.box.bottom < 1.6 * last.size
    worded = len(strips[k].chunks) == 1 and any(c.isalpha() for c in here.words[0].text + here.words[-1].text)
    return close and worded and any(wraps(strips[k], row) for row in strips[max(0, k - 3) : k] if len(row.chunks) > 1)


def wraps(strip: Strip, *rows: Strip) -> bool:
    """Whether a line goes on with the text of a later column of a row near by: it begins there, and ends before the next."""
    box = strip.line.box
    for row in rows:
        starts = [b.box.x0 for a, b in pairwise(row.line.words) if b.box.x0 - a.box.x1 > NARROW * b.size]
        for k, x in enumerate(starts):
            if abs(box.x0 - x) < 2.0 and (k + 1 == len(starts) or box.x1 < starts[k + 1] - 2.0):
                return True
    return False
