"""Rows of a header where white space tells the lines of one text from the levels above each other."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pv_extract.layout.edges import Edge
from pv_extract.layout.entries import Entry
from pv_extract.layout.rulings import Ruling
from pv_extract.model import Box


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text on a line of the header, with the position of that line."""

    line: int
    entry: Entry
    box: Box


def stack_starts(ruled: Sequence[Ruling], level: Sequence[Edge]) -> set[int] | None:
    """Positions of lines that begin a row of the header; None where its texts do not stand close and apart.

    The lines of one text stand closer to each other than to the text above or below, in their middle or flush with it.
    """
    pairs = _pairs(ruled)
    gaps = [_gap(a, b) for a, b in pairs if _aligned(a, b)]
    if not gaps:
        return None
    size = ruled[0].line.size
    near = min(gaps) + 0.3 * size

    bare = _bare(ruled, pairs)

    def parted(a: _Piece, b: _Piece) -> bool:
        return _gap(a, b) > near or _ruled(a, b, level) or _heads(a, b, bare[b.line])

    apart = [(a, b) for a, b in pairs if parted(a, b)]
    close = [(a, b) for a, b in _alone(pairs) if _aligned(a, b) and not parted(a, b)]
    wide = any(p.entry.right > p.entry.left for pair in close for p in pair)
    if not (apart or (wide and len(close) == len(pairs))) or not close or min(gaps) > 0.45 * size:
        return None
    crossed = {k for a, b in close for k in range(a.line + 1, b.line + 1)}
    starts: set[int] = set()
    for a, b in sorted(apart, key=lambda pair: pair[1].line):
        between = range(a.line + 1, b.line + 1)
        if starts.isdisjoint(between):
            free = [k for k in between if k not in crossed]
            if not free:
                return None
            starts.add(free[-1])
    return starts | {k for k in range(1, len(ruled)) if _underlined(ruled[k - 1], ruled[k], level)}


def _underlined(above: Ruling, below: Ruling, level: Sequence[Edge]) -> bool:
    """Whether a rule runs under each text of a line, above the next line."""
    low, high = above.line.box.bottom - 2, below.line.box.top + 2
    between = [e for e in level if low <= e.at <= high]
    return bool(between) and all(
        any(e.start < entry.words[0].box.x0 + 2 and entry.words[-1].box.x1 - 2 < e.end for e in between)
        for entry in above.entries
    )


def _pairs(ruled: Sequence[Ruling]) -> list[tuple[_Piece, _Piece]]:
    """Each text with those right above it: the last ones that stand over a part of it."""
    out: list[tuple[_Piece, _Piece]] = []
    above: list[_Piece] = []
    for line, ruling in enumerate(ruled):
        here = [_Piece(line, e, Box.around(w.box for w in e.words)) for e in ruling.entries]
        for piece in here:
            out += [(upper, piece) for upper in above if _over(upper, piece)]
        above = [*(p for p in above if not any(_over(p, h) for h in here)), *here]
    return out


def _over(upper: _Piece, lower: _Piece) -> bool:
    return upper.box.x0 < lower.box.x1 - 0.5 and lower.box.x0 < upper.box.x1 - 0.5


def _bare(ruled: Sequence[Ruling], pairs: Sequence[tuple[_Piece, _Piece]]) -> list[list[Box]]:
    """The texts of each line beside the labels that have no text above them."""
    under = {id(b.entry) for _, b in pairs}
    return [[Box.around(w.box for w in e.words) for e in r.entries if e.left > 0 and id(e) not in under] for r in ruled]


def _heads(upper: _Piece, lower: _Piece, bare: Sequence[Box]) -> bool:
    """Whether a text stands in the middle over the bare texts at both sides of the one below it: it heads them all."""
    left = max((b for b in bare if b.x1 < lower.box.x0), key=lambda b: b.x1, default=None)
    right = min((b for b in bare if b.x0 > lower.box.x1), key=lambda b: b.x0, default=None)
    if left is None or right is None:
        return False
    return abs((left.x0 + right.x1) / 2 - upper.box.middle[0]) < 0.5 * upper.box.height


def _alone(pairs: Sequence[tuple[_Piece, _Piece]]) -> list[tuple[_Piece, _Piece]]:
    """Pairs of texts of which neither stands over or under another one."""
    over, under = Counter(id(a) for a, _ in pairs), Counter(id(b) for _, b in pairs)
    return [(a, b) for a, b in pairs if over[id(a)] == under[id(b)] == 1]


def _gap(upper: _Piece, lower: _Piece) -> float:
    return lower.box.top - upper.box.bottom


def _aligned(upper: _Piece, lower: _Piece) -> bool:
    """Whether two texts are set in the same way: around one middle, or flush."""
    near = 0.25 * lower.box.height
    a, b = upper.box, lower.box
    return min(abs(a.middle[0] - b.middle[0]), abs(a.x0 - b.x0), abs(a.x1 - b.x1)) < near


def _ruled(upper: _Piece, lower: _Piece, level: Sequence[Edge]) -> bool:
    """Whether a rule is drawn between two texts."""
    low, high = upper.box.bottom - 2, lower.box.top + 2
    x0, x1 = max(upper.box.x0, lower.box.x0), min(upper.box.x1, lower.box.x1)
    return any(low <= e.at <= high and e.start < x1 and x0 < e.end for e in level)
