"""Rows that stand outside the rules of their table: lines right above or below a frame that keep to its columns."""

from collections.abc import Sequence

from pv_extract.languages import is_memo
from pv_extract.layout.edges import Edge
from pv_extract.layout.follows import as_below
from pv_extract.layout.lines import YEARS, TextLine, has_digits, is_datum, is_figure, text_lines, without_ranges
from pv_extract.layout.ruled import Frame, without_first
from pv_extract.layout.slots import Lattice
from pv_extract.layout.spanners import header_rows
from pv_extract.layout.strips import Strip, about
from pv_extract.model import Box, Word

_MOST_HEADER = 4  # rows of a header
_NEAR = 4.0  # type sizes from it to the first row, with a line of units between


def below(found: Lattice, lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines under the lattice that are rows of it: figures in its columns; labels in between are taken along."""
    box = _box(found)
    out: list[TextLine] = []
    pending: list[TextLine] = []
    bottom = box.bottom
    for line in sorted(lines, key=lambda x: x.box.top):
        if line.box.top < box.bottom - 2:
            continue
        far = 4.0 if is_memo(line.text) else 1.3
        if line.box.top - bottom > far * line.size and line.box.bottom - bottom > min(
            1.2 * (found.ys[-1] - found.ys[-2]), 3.2 * line.size
        ):
            break
        strip = Strip(line, line.chunks)
        heads = _heads(strip, found.xs)
        if not _inside(line.box, box) or not (heads or _kept(strip, found.xs)):
            break
        bottom = line.box.bottom
        texts = [c.text for c in strip.chunks[1:]]
        if strip.several and (any(map(has_digits, texts)) or (out and all(map(is_figure, texts)))):
            out += [*pending, line]  # a row of figures, or after others of markers for none
            pending = []
        elif heads or (len(strip.chunks) == 1 and line.box.x1 <= found.xs[1] + 2 and not about(line)):
            pending.append(line)
        else:
            break
    rows = [Strip(line, line.chunks) for line in (*out, *pending)]
    rest = next((k for k in range(len(out), len(rows)) if not as_below(rows[: k + 1], k)), len(rows))
    return [*out, *pending[: rest - len(out)]]


def above(found: Lattice, lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines over the lattice that are its header: several texts over its columns, or one clear of the labels.

    Where each column has a header inside the rules, texts at the ends above them are the title of the table, its date or number.
    """
    box = _box(found)
    out: list[TextLine] = []
    beside: list[TextLine] = []
    top = box.top
    for line in sorted(lines, key=lambda x: -x.box.bottom):
        if line.box.bottom > box.top + 2:
            continue
        strip = Strip(line, line.chunks)
        if out and len(strip.chunks) == 1 and line.box.x1 <= found.xs[1] + 2 and line.box.bottom > top + 1:
            beside.append(line)  # the header of the labels, in the middle of the others
            continue
        over = line.box.x0 >= found.xs[1] - 2 and line.box.width < 0.7 * box.width
        if top - line.box.bottom > 0.8 * line.size or not _inside(line.box, box) or about(line):
            break
        if any(has_digits(t) and not YEARS.match(t) for t in without_ranges([c.text for c in strip.chunks])):
            break
        if not (strip.several and len(line.words) < 6 * len(strip.chunks)) and not over:
            break
        if all(_at_end(c.box, box, line.size) for c in strip.chunks) and _headed(found):
            break
        out.append(line)
        top = line.box.top
    return [*out, *beside]


def _headed(found: Lattice) -> bool:
    """Whether rows above the first figures print a header for each column of them."""
    rows = header_rows(found)
    own = {c for s in found.slots if s.words and s.top in rows for c in range(s.left, s.right + 1)}
    return own >= set(range(1, len(found.xs) - 1))


def without_strip(frame: Frame, words: Sequence[Word]) -> Frame:
    """The frame without a first row that no wall divides, over the header: texts at its ends say a date, a number, a sheet."""
    if frame.columns < 4 or frame.rows < 3:
        return frame
    inner = range(1, frame.columns)
    undivided = not any((0, k) in frame.down for k in inner) and any((1, k) in frame.down for k in inner)
    if not undivided or not all((1, c) in frame.across for c in range(frame.columns)):
        return frame
    inside = [w for w in words if w.box.middle[1] < frame.ys[2]]
    held = text_lines([w for w in inside if w.box.middle[1] < frame.ys[1]])
    header = [w for w in inside if w.box.middle[1] > frame.ys[1]]
    ends = all(1 < len(x.chunks) < 4 and all(_at_end(c.box, frame.box, x.size) for c in x.chunks) for x in held)
    return without_first(frame) if held and header and ends and not any(is_datum(w.text) for w in header) else frame


def heads_open_rows(frame: Frame, held: Sequence[Word], outside: Sequence[Word], level: Sequence[Edge]) -> bool:
    """Whether a frame is the header of rows without rules, up to a rule as wide as itself: it is no table without them."""
    box = frame.box
    ends = [e.at for e in level if e.at > box.bottom + 2 and abs(e.start - box.x0) < 3 and abs(e.end - box.x1) < 3]
    if not ends or frame.rows > _MOST_HEADER or any(w.box.top > box.bottom or is_datum(w.text) for w in held):
        return False
    under = [w for w in outside if box.bottom < w.box.middle[1] < ends[0] and box.x0 - 2 < w.box.middle[0] < box.x1 + 2]
    rows = [x for x in text_lines(under) if sum(is_datum(c.text) for c in x.chunks[1:]) > 1]
    return len(rows) > 1 and rows[0].box.top - box.bottom < _NEAR * rows[0].size


def _at_end(box: Box, frame: Box, size: float) -> bool:
    """Whether a text stands at the left or the right end of a frame, or in the middle between them."""
    left, right = box.x0 - frame.x0, frame.x1 - box.x1
    return left < 2 * size or right < 2 * size or abs(left - right) < size


def closed(frame: Frame, inside: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether the frame holds whole rows: not where rules stand between columns only, and labels outside of them.

    Most of its lines then go on to the left or right of the frame at the same height, no more than a column away.
    """
    heights = len({w.box.top + w.box.bottom for w in inside})  # lines are no more than that
    if frame.rows > 0.5 * heights or heights < 3:
        return True
    lines = text_lines(inside)
    if frame.rows > 0.5 * len(lines) or len(lines) < 3:
        return True
    if frame.columns == 1 and len(lines) > 5:
        # a box around text is none: its columns the text itself must show
        return frame.rows >= 0.4 * len(lines) and _labelled(lines)
    box = frame.box
    held = {id(w) for w in inside}
    out = [w for w in words if id(w) not in held and box.top < w.box.middle[1] < box.bottom]
    near = [w for w in out if 0 < w.box.x0 - box.x1 + 20 < 220 or 0 < box.x0 - w.box.x1 + 20 < 220]
    beside = sum(1 for x in lines if any(abs(w.box.bottom - x.box.bottom) < 0.2 * x.size for w in near))
    return beside < 0.6 * len(lines)


def _labelled(lines: Sequence[TextLine]) -> bool:
    """Whether many lines are a label with a colon, or begin with one: the fields of a form."""
    return 2.5 * sum(1 for line in lines if any(w.text.endswith(":") for w in line.words)) > len(lines)


def _heads(strip: Strip, xs: Sequence[float]) -> bool:
    """Whether it is one short text in the middle of the table or of its figures: the heading of the rows below."""
    line = strip.line
    middles = ((xs[0] + xs[-1]) / 2, (xs[1] + xs[-1]) / 2)
    near = min(abs(line.box.middle[0] - m) for m in middles) < 0.03 * (xs[-1] - xs[0])
    return near and len(strip.chunks) == 1 and len(line.words) < 12 and not about(line)


def _box(found: Lattice) -> Box:
    return Box(found.xs[0], found.ys[0], found.xs[-1], found.ys[-1])


def _inside(line: Box, box: Box) -> bool:
    return line.x0 >= box.x0 - 4 and line.x1 <= box.x1 + 4


def _kept(strip: Strip, xs: Sequence[float]) -> bool:
    """Whether each chunk stays in one column, and each column has no more than one."""
    marks = xs[1:-1]
    columns = [sum(1 for m in marks if m <= c.box.middle[0]) for c in strip.chunks]
    return len(set(columns)) == len(columns) and all(
        not any(c.box.x0 + 2 < m < c.box.x1 - 2 for m in marks) for c in strip.chunks
    )
