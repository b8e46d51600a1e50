"""Headers as high as the whole header: in columns without a rule of their own, beside spanners that rules underline."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import Chunk, TextLine, is_datum, text_lines
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box, Word

HIGHEST = 130.0  # points


@dataclass(frozen=True, slots=True)
class Tall:
    """A header that fills its column down to `bottom`, the rule under the whole header."""

    column: int
    bottom: float
    words: tuple[Word, ...]


def tall_headers(out: Lattice, words: Sequence[Word], level: Sequence[Edge]) -> list[Tall]:
    """Texts of a header in columns over which no rule stands inside it, where one underlines texts of other columns."""
    rules = [e for e in level if out.ys[0] + 4 < e.at < min(out.ys[-1], out.ys[0] + HIGHEST) and e.length > 8]
    rules = [e for e in rules if e.end > out.xs[0] and e.start < out.xs[-1]]
    if len(rules) < 2 or len(out.xs) < 4:
        return []
    lines = text_lines(w for w in words if w.box.bottom < out.ys[0] + HIGHEST)
    bottom = _bottom(out, lines, rules)
    inner = [e for e in rules if e.at < bottom - 3]
    pieces = [c for line in lines if line.box.middle[1] < bottom for c in line.chunks]
    if not any(_underlines(e, pieces) for e in inner):
        return []
    found = [_tall(k, x0, x1, bottom, pieces, inner) for k, (x0, x1) in enumerate(pairwise(out.xs))]
    return [t for t in found if t is not None]


def _bottom(out: Lattice, lines: Sequence[TextLine], rules: Sequence[Edge]) -> float:
    """The last rule along the table above the first line of figures with a label; 0 without one."""
    first = next((line.box.top for line in lines if line.box.x0 < out.xs[1] and _data(line)), 0.0)
    above = [e.at for e in rules if e.at < first + 2 and e.covers(out.xs[0], out.xs[-1])]
    return max(above, default=0.0)


def _data(line: TextLine) -> bool:
    """Whether half of what a line prints beside the label holds figures."""
    texts = line.chunks[1:]
    return bool(texts) and 2 * sum(1 for c in texts if any(is_datum(w.text) for w in c.words)) >= len(texts)


def _underlines(rule: Edge, pieces: Sequence[Chunk]) -> bool:
    """Whether texts stand above and below a rule."""
    over = [c.box for c in pieces if c.box.x0 < rule.end and c.box.x1 > rule.start]
    return any(b.bottom < rule.at + 2 for b in over) and any(b.top > rule.at - 2 for b in over)


def _tall(
    column: int, x0: float, x1: float, bottom: float, pieces: Sequence[Chunk], inner: Sequence[Edge]
) -> Tall | None:
    """The texts of a column, if they keep to it, set as one text, and no rule is near."""
    over = [c for c in pieces if c.box.x0 < x1 - 0.5 and c.box.x1 > x0 + 0.5]
    if not over or any(c.box.x0 < x0 - 1 or c.box.x1 > x1 + 1 for c in over):
        return None
    box = Box.around(c.box for c in over)
    apart = any(b.box.top - a.box.bottom > 0.6 * a.words[0].size for a, b in pairwise(over))
    if apart or any(e.start < box.x1 and e.end > box.x0 for e in inner):
        return None
    return Tall(column, bottom, tuple(w for c in over for w in c.words))


def place(out: Lattice, found: Sequence[Tall]) -> None:
    """Each header in a slot over all rows above the rule under the header."""
    if not found:
        return
    last = max((k for k in range(len(out.ys) - 1) if out.ys[k] < found[0].bottom - 4), default=0)
    out.header = last + 1
    for tall in found:
        kept = [s for s in out.slots if not (s.left == s.right == tall.column and s.bottom <= last)]
        if any(s.left <= tall.column <= s.right and s.top <= last for s in kept):
            spot = next(s for s in out.slots if s.left <= tall.column <= s.right and s.top <= last)
            spot.words += tall.words
            continue
        out.slots = [*kept, Slot(0, last, tall.column, tall.column, list(tall.words))]
