"""Headers as high as the whole header: in columns without a rule of their own, beside spanners that rules underline."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import Chunk, TextLine, is_datum
from pv_extract.layout.rulings import rulings
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box, Word

_HIGHEST = 130.0  # points


@dataclass(frozen=True, slots=True)
class Tall:
    """A header that fills its column down to `bottom`, the rule under the whole header."""

    column: int
    bottom: float
    words: tuple[Word, ...]


def top_lines(out: Lattice, words: Sequence[Word]) -> list[TextLine]:
    """The lines among which a header may be; none in less than three columns, where no header has others below it."""
    return out.lines([w for w in words if w.box.bottom < out.ys[0] + _HIGHEST]) if len(out.xs) > 3 else []


def tall_headers(out: Lattice, lines: list[TextLine], level: Sequence[Edge]) -> list[Tall]:
    """Texts of these lines, in columns over which no rule stands inside the header, where one underlines texts of other columns.

    Where no rule does, white space may part the texts of other columns: those of several lines set close are one header each.
    """
    if not lines:
        return []
    labelled = [line for line in lines if line.box.x0 < out.xs[1]]
    lead = lines[0].bold
    begun = (x for k, x in enumerate(labelled) if _data(x) or (lead and not x.bold) or _dated(labelled[k : k + 3]))
    first = next((x.box.top for x in begun), 0.0)
    rules = [e for e in level if out.ys[0] + 4 < e.at < first + 2 and e.length > 8]
    rules = [e for e in rules if e.end > out.xs[0] and e.start < out.xs[-1]]
    bottom = _bottom([e.at for e in rules if e.covers(out.xs[0], out.xs[-1])], lines, first, out.xs[1])
    lines = [line for line in lines if line.box.middle[1] < bottom]
    if len(lines) > 2 and rulings(lines[-1:], out.xs[1:-1])[0].under_all(set(range(1, len(out.xs) - 1))):
        bottom = lines.pop().box.top - 1
    inner = [e for e in rules if e.at < bottom - 3]
    if not inner and len(lines) < 2:
        return []
    pieces = [c for line in lines for c in line.chunks]
    over = [_over(pieces, x0, x1) for x0, x1 in pairwise(out.xs)]
    spanners = [a.box for held in over[1:] for a, b in pairwise(held) if _apart(a, b)]
    underlined = any(_underlines(e, pieces) for e in inner)
    if not spanners and not underlined:
        return []
    found = [_tall(k, out.xs[k], out.xs[k + 1], bottom, held, inner) for k, held in enumerate(over)]
    if any(found) and not underlined:
        near = _leading(over) + 0.3 * (lines[0].size if lines else 0.0)
        beside = [over[k - 1 : k] + over[k + 1 : k + 2] for k in range(len(over))]
        found = [
            t if t is not None and _stacked(held, spanners, near) and not _heads(held, others) else None
            for t, held, others in zip(found, over, beside, strict=True)
        ]
    return [t for t in found if t is not None]


def _bottom(rules: Sequence[float], lines: Sequence[TextLine], first: float, labels: float) -> float:
    """The rule along the table under its header, above headings of the first figures; right above these without one."""
    below = [line for line in lines if line.box.top < first - 1]
    bottom = max(rules, default=first - 1)
    for rule in sorted(rules, reverse=True):
        held = [line for line in below if rule < line.box.middle[1]]
        if any(len(line.chunks) > 1 or line.box.x0 >= labels for line in held):
            break
        bottom = rule
    return bottom


def _over(pieces: Sequence[Chunk], x0: float, x1: float) -> list[Chunk]:
    """The texts over a column, from top to bottom."""
    return [c for c in pieces if c.box.x0 < x1 - 0.5 and c.box.x1 > x0 + 0.5]


def _apart(upper: Chunk, lower: Chunk) -> bool:
    """Whether more white stands between two texts than between the lines of one."""
    return lower.box.top - upper.box.bottom > 0.6 * upper.words[0].size


def _leading(over: Sequence[Sequence[Chunk]]) -> float:
    """The least white between texts above each other in one data column."""
    gaps = [b.box.top - a.box.bottom for held in over[1:] for a, b in pairwise(held)]
    return min((gap for gap in gaps if gap > -2), default=0.0)


def _stacked(held: Sequence[Chunk], spanners: Sequence[Box], near: float) -> bool:
    """Whether a text has several lines, the first of them at the height of a header that stands apart from those below it."""
    if any(b.box.top - a.box.bottom > near for a, b in pairwise(held)) or not _set_alike([c.box for c in held]):
        return False
    return len(held) > 1 and any(held[0].box.top < b.bottom - 0.5 and b.top < held[-1].box.top for b in spanners)


def _set_alike(held: Sequence[Box]) -> bool:
    """Whether texts above each other stand around one middle, or flush with each other."""
    ways = [[b.x0 for b in held], [b.x1 for b in held], [b.middle[0] for b in held]]
    return bool(held) and min(max(way) - min(way) for way in ways) < 0.25 * held[0].height


def _heads(held: Sequence[Chunk], beside: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a text stands in the middle over headers at both sides of its last line, with nothing over them: it heads them."""
    last, size = held[-1].box, held[0].words[0].size
    bare = [h[0].box for h in beside if h and abs(h[0].box.bottom - last.bottom) < 0.3 * size]
    if len(bare) < 2:
        return False
    return abs(Box.around(bare).middle[0] - held[0].box.middle[0]) < 0.5 * size


def _data(line: TextLine) -> bool:
    """Whether half of what a line prints beside the label holds figures."""
    texts = line.chunks[1:]
    return bool(texts) and 2 * sum(1 for c in texts if any(is_datum(w.text) for w in c.words)) >= len(texts)


def _dated(lines: Sequence[TextLine]) -> bool:
    """Whether three lines with labels print a number under each other, be it among words: the days of a list."""
    held = [[c.box for c in line.chunks[1:] if any(is_datum(w.text) for w in c.words)] for line in lines]
    under = (all(any(a.x0 < b.x1 and b.x0 < a.x1 for b in other) for other in held[1:]) for a in held[0])
    return len(held) == 3 and any(under)


def _underlines(rule: Edge, pieces: Sequence[Chunk]) -> bool:
    """Whether texts stand above and below a rule."""
    over = [c.box for c in pieces if c.box.x0 < rule.end and c.box.x1 > rule.start]
    return any(b.bottom < rule.at + 2 for b in over) and any(b.top > rule.at - 2 for b in over)


def _tall(
    column: int, x0: float, x1: float, bottom: float, over: Sequence[Chunk], inner: Sequence[Edge]
) -> Tall | None:
    """The texts over a column, if they keep to it, set as one text, and no rule is near."""
    if not over or any(c.box.x0 < x0 - 1 or c.box.x1 > x1 + 1 for c in over):
        return None
    box = Box.around(c.box for c in over)
    apart = any(_apart(a, b) for a, b in pairwise(over))
    if apart or any(e.start < box.x1 and e.end > box.x0 for e in inner):
        return None
    return Tall(column, bottom, tuple(w for c in over for w in c.words))


def place(out: Lattice, found: Sequence[Tall]) -> None:
    """Each header in a slot over all rows above the rule under the header."""
    if not found:
        return
    bottom = found[0].bottom
    under = min(
        (s.top for s in out.slots if s.words and all(w.box.top > bottom - 1 for w in s.words)), default=len(out.ys)
    )
    last = max((k for k in range(min(under, len(out.ys) - 1)) if out.ys[k] < bottom - 4), default=0)
    out.header = last + 1
    for tall in found:
        kept = [s for s in out.slots if not (s.left == s.right == tall.column and s.bottom <= last)]
        if any(s.left <= tall.column <= s.right and s.top <= last for s in kept):
            spot = next(s for s in out.slots if s.left <= tall.column <= s.right and s.top <= last)
            spot.words += tall.words
            continue
        out.slots = [*kept, Slot(0, last, tall.column, tall.column, list(tall.words))]
