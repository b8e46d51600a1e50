"""Tables that no frame encloses: stretches of lines whose chunks keep to the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.kept import kept
from pv_extract.layout.beside import gutter
from pv_extract.layout.columns import Column, columns, widen
from pv_extract.layout.edges import Edge
from pv_extract.layout.extent import header, tail, wraps
from pv_extract.layout.follows import heads, memo, same_ends, same_starts
from pv_extract.layout.lines import YEARS, TextLine, is_figure, text_lines, without_ranges
from pv_extract.layout.note_lines import notes_beside
from pv_extract.layout.strips import Strip, about, noted, numbered, strips_of
from pv_extract.layout.tabular import along, tabular
from pv_extract.layout.title_lines import title_lines
from pv_extract.model import Box

_PROSE = 8  # words of a line beside a heading in the margin


@dataclass(frozen=True)
class Region:
    """A stretch of lines that is a table, with its columns."""

    strips: tuple[Strip, ...]
    columns: tuple[Column, ...]

    @kept
    def box(self) -> Box:
        """Bounds of its text."""
        return Box.around([s.line.box for s in self.strips])


def regions(lines: Sequence[TextLine], level: Sequence[Edge]) -> list[Region]:
    """Regions of a zone from top to bottom; `level` are the horizontal rules of the page."""
    strips = strips_of(lines)
    if not strips:
        return []
    out: list[Region] = []
    width = Box.around([s.line.box for s in strips]).width
    done = 0
    for begun, reach in _stretches(strips, width):
        if begun < done:
            continue  # in one of two tables beside each other
        start = _below_prose(strips, begun, reach, level)
        end = _closed(strips, start, reach, level)
        body = strips[start:end]
        found = columns([s.line for s in body])
        if not tabular(body, found, level):
            continue
        first = header(strips, start, found, level, out[-1].box.bottom if out else -1.0, body)
        first += min(title_lines(strips[first:end]), start - first)
        last = tail(strips, (start, end), found, level)
        for strip in (*strips[first:start], *strips[end:last]):
            if len(strip.chunks) == 1:
                widen(strip.chunks[0], found)
        whole = strips[first:last]
        after = _rows_after(strips, last)
        if halves := _halves(whole, after, found, level):
            out += halves
            done = last + len(after)
        else:
            out.append(Region(tuple(whole), tuple(found)))
    return out


def _rows_after(strips: Sequence[Strip], last: int) -> Sequence[Strip]:
    """The rows of figures that follow, no further apart than lines are."""
    end = last
    while end < len(strips) and strips[end].figures > 1:
        below = strips[end].line
        if below.box.top - strips[end - 1].line.box.bottom > below.size:
            break
        end += 1
    return strips[last:end]


def _halves(
    strips: Sequence[Strip], after: Sequence[Strip], found: Sequence[Column], level: Sequence[Edge]
) -> list[Region]:
    """The regions of two tables beside each other, none where it is one; rows `after` them stand beside a note of the other."""
    between = gutter(strips, found)
    if between is None:
        return []
    words = [w for s in (*strips, *after) for w in s.line.words]
    left = regions(text_lines(w for w in words if w.box.middle[0] < between), level)
    right = regions(text_lines(w for w in words if w.box.middle[0] >= between), level)
    return [*left, *right] if left and right else []


def _stretches(strips: Sequence[Strip], width: float) -> list[tuple[int, int]]:
    """Positions of runs that begin and end with a line of several chunks; a few short lines may stand in between."""
    out: list[tuple[int, int]] = []
    start = last = -1
    for k, strip in enumerate(strips):
        if strip.several:
            if start >= 0 and (_again(strips, start, last, k) or not _joins(strips, last, k, width)):
                out.append((start, last + 1))
                start = k
            start = k if start < 0 else start
            last = k
    if start >= 0:
        out.append((start, last + 1))
    return out


def _again(strips: Sequence[Strip], start: int, last: int, here: int) -> bool:
    """Whether a line under a lone text repeats the header of the run, word for word: another table of the same columns."""
    alone = here == last + 2 and here > start + 3 and len(strips[here].chunks) > 2
    return alone and strips[here].line.text == strips[start].line.text


def _below_prose(strips: Sequence[Strip], start: int, end: int, level: Sequence[Edge]) -> int:
    """Where a run begins whose first lines are prose beside a heading in the margin, parted from its rows by a wide rule."""
    rows = next((k for k in range(start, end) if strips[k].figures), start)
    prose = [k for k in range(start, rows) if any(len(c.words) >= _PROSE for c in strips[k].chunks[1:])]
    if not prose:
        return start
    last, box = strips[prose[-1]].line.box, Box.around(s.line.box for s in strips[rows:end])
    if not any(last.bottom - 2 < e.at < strips[rows].line.box.top and along(e, box) for e in level):
        return start
    below = min(e.at for e in level if e.at > last.bottom - 2 and along(e, box))
    return next(
        (k for k in range(prose[-1] + 1, rows + 1) if strips[k].several and strips[k].line.box.top > below - 2), start
    )


def _closed(strips: Sequence[Strip], start: int, end: int, level: Sequence[Edge]) -> int:
    """Position after the last row of figures, where a rule under it or their marks part it from notes set in several pieces."""
    last = next((k for k in reversed(range(start, end)) if strips[k].figures), end - 1)
    end = next((k for k in range(last + 1, end) if notes_beside(strips[k])), end)
    if last + 1 == end:
        return end
    box = Box.around(s.line.box for s in strips[start : last + 1])
    low, high = strips[last].line.box.bottom - 2, strips[last + 1].line.box.top + 2
    figures = min(_data_start(s) for s in strips[start : last + 1] if s.figures)
    row = _data_start(strips[last + 1]) > figures - 2  # it keeps to the columns of figures
    return end if row or not any(low < e.at < high and along(e, box) for e in level) else last + 1


def _joins(strips: Sequence[Strip], last: int, here: int, width: float) -> bool:
    """Whether two lines of several chunks belong to one run, by what stands between them."""
    right = min(_data_start(strips[last]), _data_start(strips[here])) if here > last + 1 else 0.0
    between = [
        strips[k]
        for k in range(last + 1, here)
        if not (wraps(strips[k], strips[last], strips[here]) or _label_line(strips, k, right) or _inside(strips, k))
    ]
    if len(between) > 4:
        return False
    for above, below in zip(strips[last:here], strips[last + 1 : here + 1], strict=True):
        step, size = below.line.box.top - above.line.box.bottom, max(above.line.size, below.line.size)
        if step > 4.0 * size or (step > 2.2 * size and not _reaches(strips, last, here)):
            return False
    if between:
        wrapped = same_starts(strips[last], strips[here])
        clear = min(_figures_start(strips[last]), _figures_start(strips[here]))
        # between rows of the same columns a heading may be as long as it likes
        headed = same_ends(strips[last], strips[here])
        over = [s for s in between if not (_short(s, width, right) or numbered(s, clear) or (headed and s.line.bold))]
        if any(not wrapped or s.line.box.x1 > right + 2 for s in over):
            return False
    return not _begins(strips, last, here)


def _reaches(strips: Sequence[Strip], last: int, here: int) -> bool:
    """Whether two lines belong together over a gap: by where their texts end, as a header over its figures, or as a memo."""
    above, below = strips[last], strips[here]
    return same_ends(above, below) or heads(above, below) or memo(above, strips[last + 1 : here + 1])


def _inside(strips: Sequence[Strip], k: int) -> bool:
    """Whether a line reaches into the height of a row above or below: it stands beside its texts."""
    box = strips[k].line.box
    near = [strips[j].line.box for j in (k - 1, k + 1) if 0 <= j < len(strips) and len(strips[j].chunks) > 1]
    return any(min(box.bottom, b.bottom) - max(box.top, b.top) > 0.2 * box.height for b in near)


def _label_line(strips: Sequence[Strip], k: int, right: float) -> bool:
    """Whether a lone text is a line of a label of several lines: figures stand at half its height, or behind its last line."""
    if len(strips[k].chunks) > 1 or strips[k].line.box.x1 > right + 2:
        return False
    near = [strips[j] for j in (k - 1, k + 1) if 0 <= j < len(strips)]
    if any(s.halfway for s in near):
        return True
    below = strips[k + 1] if k + 1 < len(strips) else None
    return below is not None and below.figures > 0 and below.chunks[0].text[:1].islower()


def _data_start(strip: Strip) -> float:
    """Where the texts after the label begin."""
    if strip.halfway:
        return strip.chunks[0].box.x0
    return strip.chunks[min(1, len(strip.chunks) - 1)].box.x0


def _figures_start(strip: Strip) -> float:
    """Where the figures of a row begin; without any, at no place."""
    return min((c.box.x0 for c in strip.chunks[1:] if is_figure(c.text)), default=float("inf"))


def _begins(strips: Sequence[Strip], last: int, here: int) -> bool:
    """Whether a line is the header of another table: no figures in it, after rows of figures and a gap larger than theirs."""
    above, below = strips[last], strips[here]
    if not above.figures:
        return False
    gap = below.line.box.top - strips[here - 1].line.box.bottom
    before = [k for k in range(max(0, last - 4), last) if strips[k].figures]
    steps = [strips[k + 1].line.box.top - strips[k].line.box.bottom for k in before]
    if not steps or gap <= max(steps) + 0.4 * below.line.size:
        return False
    texts = without_ranges([c.text for c in below.chunks[1:]]) if below.figures else ()
    return all(YEARS.match(t) for t in texts if is_figure(t))


def _short(strip: Strip, width: float, right: float) -> bool:
    """Whether a lone chunk can be a label or heading of a row and not a line of prose."""
    if about(strip.line) or noted(strip):
        return False
    box, words = strip.line.box, strip.line.words
    sentence = len(words) > 4 and strip.line.text.rstrip()[-1:] in ".:;" and not strip.line.bold
    return box.x1 <= right + 2 or (box.width < 0.55 * width and len(words) < 9 and not sentence)
