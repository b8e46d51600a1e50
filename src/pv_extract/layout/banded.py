"""Tables that level rules of one length bound: over the header, under it, and at the end (or under every row)."""

from bisect import bisect
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter

from pv_extract.layout.columns import columns
from pv_extract.layout.edges import Edge
from pv_extract.layout.follows import memo, same_ends
from pv_extract.layout.lines import YEARS, TextLine, has_digits, text_lines, without_ranges, words_in
from pv_extract.layout.plain import Region
from pv_extract.layout.strips import Strip, about
from pv_extract.layout.title_lines import title_lines
from pv_extract.model import Box, Word

EVEN = 6.0  # rules of one table end this close to each other
HEADER_LINES = 5
_AT = attrgetter("at")


def banded(words: Sequence[Word], level: Sequence[Edge]) -> list[Region]:
    """Regions between three level rules or more of one length, the first two of which enclose a header of several texts."""
    out: list[Region] = []
    free = list(words)
    for rules in _groups(level):
        strips = _strips(free, rules)
        found = [region for group in _tables(strips, rules) if (region := _region(free, group, strips)) is not None]
        held = {id(w) for region in found for s in region.strips for w in s.line.words}
        free = [w for w in free if id(w) not in held] if held else free
        out += found
    return out


def _strips(words: Sequence[Word], group: Sequence[Edge]) -> list[Strip]:
    """The lines between the first of these rules and the last."""
    box = Box(min(e.start for e in group) - 2, group[0].at, max(e.end for e in group) + 2, group[-1].at)
    return [Strip(f, f.chunks) for f in text_lines(words_in(box, words))]


def _groups(level: Sequence[Edge]) -> list[list[Edge]]:
    """Rules with the same ends, from top to bottom."""
    out: list[list[Edge]] = []
    for edge in sorted(level, key=_AT):
        if edge.length < 60:
            continue
        for group in out:
            if _even(group[-1], edge):
                group.append(edge)
                break
        else:
            out.append([edge])
    return [g for g in out if len(g) >= 3]


def _tables(strips: Sequence[Strip], group: list[Edge]) -> list[list[Edge]]:
    """The rules of each table: one ends where two rules enclose its source, or the caption of the next."""
    if not strips:
        return []
    held: list[list[Strip]] = [[] for _ in group[1:]]
    places = [edge.at for edge in group[1:-1]]
    for strip in strips:
        held[bisect(places, strip.line.box.middle[1])].append(strip)
    cuts = [k + 1 for k in range(len(held)) if _about(held[k]) or _titled(held, k)]
    return [part for a, b in pairwise([0, *cuts, len(group)]) if len(part := group[a:b]) >= 3]


def _about(held: Sequence[Strip]) -> bool:
    return any(about(s.line) for s in held)


def _titled(held: Sequence[Sequence[Strip]], k: int) -> bool:
    """Whether a caption alone stands between two rules, and a header between the next two: as bold as that of the table above."""
    if not (2 <= k < len(held) - 2 and _caption(held[k]) and _several(held, k)):
        return False
    first, after = (any(s.line.bold for s in held[j]) for j in (0, k + 1))
    return not any(map(_data, held[k + 1])) and after >= first


def _caption(held: Sequence[Strip]) -> bool:
    return 0 < len(held) < 4 and all(len(s.chunks) == 1 for s in held)


def _several(held: Sequence[Sequence[Strip]], k: int) -> bool:
    """Whether rows of several texts stand above and below."""
    return all(any(len(s.chunks) > 2 for s in held[j]) for j in (k - 1, k + 1))


def _even(a: Edge, b: Edge) -> bool:
    return abs(a.start - b.start) <= EVEN and abs(a.end - b.end) <= EVEN


def _region(words: Sequence[Word], group: list[Edge], lines: Sequence[Strip]) -> Region | None:
    """The table between the rules, as long as the texts between them are rows of it."""
    x0, x1 = min(e.start for e in group), max(e.end for e in group)
    box = Box(x0 - 2, group[0].at, x1 + 2, group[-1].at)
    strips = [s for s in lines if box.top <= s.line.box.middle[1] <= box.bottom]
    strips = strips[title_lines(strips) :]
    head = [s for s in strips if s.line.box.middle[1] < group[1].at]
    body = strips[len(head) :]
    if not head or not body or len(head) > HEADER_LINES or any(about(s.line) for s in strips):
        return None
    if any(_data(s) for s in head) or _goes_on(words, box, strips[0], above=True):
        return None
    found = columns([s.line for s in strips])
    if len(found) < 2 or sum(1 for c in found if any(k < len(head) for k in c.lines)) < 2:
        return None
    rows = sum(1 for s in body if len(s.chunks) > 1 and not s.listed)
    if rows < 2 or rows < 0.4 * len(body) or _goes_on(words, box, strips[-1]) or _followed(words, box, strips[-1]):
        return None
    return Region(tuple(strips), tuple(found))


def _data(strip: Strip) -> bool:
    """Whether a line prints figures other than years: no header then."""
    label, *texts = (c.text for c in strip.chunks)
    figures = [t for t in without_ranges([label, *texts]) if has_digits(t) and not YEARS.match(t)]
    return bool(figures) and figures != [label]


def _goes_on(words: Sequence[Word], box: Box, near: Strip, *, above: bool = False) -> bool:
    """Whether a row stands right outside the last rule, or above the first: then that is no end of the table."""
    reach = (3.2 if above else 2.0) * near.line.size
    low, high = (box.top - reach, box.top) if above else (box.bottom, box.bottom + reach)
    near_by = [w for w in words if low < (w.box.top + w.box.bottom) / 2 < high]
    lines = text_lines([w for w in near_by if box.x0 < w.box.middle[0] < box.x1])
    if not lines or (above and box.top - lines[-1].box.middle[1] > 2 * near.line.size):
        return False
    line = lines[-1] if above else lines[0]
    if about(line):
        return False
    short = line.box.width < 0.5 * box.width  # the first line of a label, whose figures stand at half its height
    lone = short and len(lines) > 1 and len(line.chunks) == 1
    row = (_before(lines) if above else lines[1]) if lone else line
    heads = not above and short and len(near.chunks) == 1 and near.line.bold  # a heading is no last row
    return len(row.chunks) > 1 or heads


def _before(lines: Sequence[TextLine]) -> TextLine:
    """The line whose text goes on in the last one, below a later column of it or at half their height; the last itself without."""
    *_, upper, last = lines
    half = upper.box.bottom > last.box.top
    return upper if half or any(abs(c.box.x0 - last.box.x0) < 2.0 for c in upper.chunks[1:]) else last


def _followed(words: Sequence[Word], box: Box, last: Strip) -> bool:
    """Whether a row of figures flush with those of the last one stands below a blank row, under a heading or not: a memo item."""
    reach, bottom = 4 * last.line.size, box.bottom
    below = [w for w in words if bottom < w.box.middle[1] < bottom + 2 * reach and box.x0 < w.box.middle[0] < box.x1]
    strips = [Strip(line, line.chunks) for line in text_lines(below)[:2]]
    for k, strip in enumerate(strips, start=1):
        if strip.line.box.top - bottom > reach or about(strip.line):
            return False
        if len(strip.chunks) > 1:
            return same_ends(last, strip) or memo(last, strips[:k])
        bottom = strip.line.box.bottom
    return False
