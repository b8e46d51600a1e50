"""Columns of text without rules: chunks that stand under each other, told apart by the lines on which they stand side by side."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from pv_extract.layout.brackets import behind
from pv_extract.layout.lines import Chunk, TextLine, has_digits, is_datum
from pv_extract.model import Word

# less overlap than this share of the narrower one is an accident of the layout
SHARE = 0.15
# type sizes: more than a word space, enough between columns whose texts all begin at one x
NARROW = 0.4
# lone texts that make a column of labels
_FEWEST = 3
# texts that begin at one x
_BEGINS = 4
# points between a border and the texts that all begin right behind it
BEFORE = 1.5


@dataclass(slots=True)
class Column:
    """Horizontal extent of the chunks of a column, and the lines (by number) that have a chunk in it."""

    x0: float
    x1: float
    lines: set[int] = field(default_factory=set)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    @property
    def flush_left(self) -> bool:
        """Whether nearly all its texts begin at its left edge."""
        return len(self.starts) > 3 and sum(1 for x in self.starts if x - self.x0 < 1.5) > 0.8 * len(self.starts)

    @property
    def flush_right(self) -> bool:
        """Whether nearly all its texts end at its right edge."""
        return len(self.ends) > 3 and sum(1 for x in self.ends if self.x1 - x < 1.5) > 0.8 * len(self.ends)

    def overlap(self, x0: float, x1: float) -> float:
        """Shared width in points."""
        return min(self.x1, x1) - max(self.x0, x0)

    def meets(self, x0: float, x1: float) -> bool:
        """Whether a chunk with this extent stands in the column."""
        if x1 <= self.x0 or self.x1 <= x0:
            return False
        return min(self.x1, x1) - max(self.x0, x0) > SHARE * min(self.x1 - self.x0, x1 - x0, 20.0)


def columns(lines: Sequence[TextLine]) -> list[Column]:
    """Columns from left to right, from the chunks of lines that have more than one."""
    parted = [line.chunks for line in lines]
    pool = []
    for number, pieces in enumerate(parted):
        if len(pieces) > 1:
            following = [below for below in parted[number + 1 : number + 3] if len(below) > 1]
            for piece in pieces:
                if not _over_several(piece, following):
                    x0, _, x1, _ = piece.box
                    pool.append((x1 - x0, number, x0, x1))
    found = _paired(parted)
    for _, number, x0, x1 in sorted(pool):  # narrow ones first
        _place(x0, x1, number, found)
    whole = _alone_merged(_headed(sorted(found, key=lambda c: c.x0)))
    merged = _narrow(whole, parted)
    if len(merged) > len(whole):
        merged = _alone_merged(merged)
    for pieces in parted:
        if len(pieces) == 1:
            widen(pieces[0], merged)
    return _bracketed([*_labels(merged, parted), *merged], parted)


def _labels(found: Sequence[Column], parted: Sequence[Sequence[Chunk]]) -> list[Column]:
    """The column of labels that all stand on lines of their own, above and below their figures; none elsewhere."""
    left = found[0].x0 if found else 0.0
    alone = [(k, pieces[0].box) for k, pieces in enumerate(parted) if len(pieces) == 1 and pieces[0].box.x1 < left]
    if len(alone) < _FEWEST or len(alone) < len(parted) - len(alone):
        return []
    x0, x1 = min(b.x0 for _, b in alone), max(b.x1 for _, b in alone)
    return [Column(x0, x1, {k for k, _ in alone}, [b.x0 for _, b in alone], [b.x1 for _, b in alone])]


def _bracketed(found: list[Column], parted: Sequence[Sequence[Chunk]]) -> list[Column]:
    """Figures in brackets in the column of those that they stand behind, where they have no header of their own."""
    out: list[Column] = []
    brackets = behind([(c.x0, c.x1) for c in found], parted)
    for k, column in enumerate(found):
        out.append(_joined(out.pop(), column) if k in brackets else column)
    return out


def _paired(parted: Sequence[Sequence[Chunk]]) -> list[Column]:
    """Columns of the lowest headers with the figures below them, where there are as many: the first belongs to the first.

    Headers in the middle of their columns over figures at the right may stand nearer to the figures beside them.
    """
    data = [k for k, pieces in enumerate(parted) if sum([is_datum(c.text) for c in pieces[1:]]) > 1]
    head = next((k for k in range(data[0] - 1, -1, -1) if len(parted[k]) > 1), None) if data else None
    if head is None:
        return []
    [(width, count)] = Counter(len(parted[k]) for k in data).most_common(1)
    rows = [k for k in data if len(parted[k]) == width]
    labels = max(parted[k][0].box.x1 for k in rows)
    texts = parted[head][1:] if parted[head][0].box.x0 < labels else parted[head]
    if count < 3 or count < 0.6 * len(data) or width < 4 or len(texts) != width - 1:
        return []
    out = [_column([texts[k - 1]], [parted[row][k] for row in rows], head, rows) for k in range(1, width)]
    return out if all(a.x1 < b.x0 for a, b in pairwise(out)) else []


def _column(headers: Sequence[Chunk], figures: Sequence[Chunk], head: int, rows: Sequence[int]) -> Column:
    """The column of a header and of its figures."""
    x0, x1 = min(c.box.x0 for c in (*headers, *figures)), max(c.box.x1 for c in (*headers, *figures))
    return Column(x0, x1, {head, *rows}, [c.box.x0 for c in figures], [c.box.x1 for c in figures])


def _over_several(piece: Chunk, following: Sequence[Sequence[Chunk]]) -> bool:
    """Whether a text reaches over two texts of one of the next lines of several: it heads them both, and shows no column."""
    if has_digits(piece.text):
        return False
    x0, x1 = piece.box.x0 + 1.0, piece.box.x1 - 1.0
    for below in following:  # noqa: SIM110 - asked of each text of a table
        if sum([c.box.x0 < x1 and x0 < c.box.x1 for c in below]) > 1:
            return True
    return False


def widen(piece: Chunk, found: Sequence[Column]) -> None:
    """A lone text in one column, such as a wrapped label, shows how wide that column is."""
    met = [c for c in found if c.overlap(piece.box.x0, piece.box.x1) > 0]
    if len(met) == 1:
        met[0].x0, met[0].x1 = min(met[0].x0, piece.box.x0), max(met[0].x1, piece.box.x1)


def _place(x0: float, x1: float, number: int, found: list[Column]) -> None:
    """A chunk of this extent, on the line of this number, widens the column that it stands in, or begins one."""
    for column in found:
        if column.x0 <= x0 and x1 <= column.x1 and number in column.lines:
            return
    met = [c for c in found if c.x0 < x1 and x0 < c.x1 and c.meets(x0, x1)]
    if len(met) > 1 and any(a.lines & b.lines for a, b in combinations(met, 2)):
        return  # it spans columns that elsewhere stand side by side
    if not met:
        found.append(Column(x0, x1, {number}, [x0], [x1]))
        return
    first = met[0]
    for other in met[1:]:
        first.lines |= other.lines
        first.starts += other.starts
        first.ends += other.ends
        first.x0, first.x1 = min(first.x0, other.x0), max(first.x1, other.x1)
        found.remove(other)
    left, right = min(first.x0, x0), max(first.x1, x1)
    if (left, right) != (first.x0, first.x1):
        near = [c for c in found if c.x0 < right and left < c.x1 and c is not first]
        if not any(c.overlap(left, right) > 0 and not c.overlap(first.x0, first.x1) > 0 for c in near):
            first.x0, first.x1 = left, right
    first.lines.add(number)
    first.starts.append(x0)
    first.ends.append(x1)


def _narrow(found: list[Column], parted: Sequence[Sequence[Chunk]]) -> list[Column]:
    """Columns parted where, line by line, a text begins at the same x, closer to the one before than columns usually stand."""
    out: list[Column] = []
    pieces = [c for pieces in parted if len(pieces) > 1 for c in pieces]
    spaced = [
        (c.box.middle[0], b.box.x0) for c in pieces if len(c.words) > 1 for a, b in pairwise(c.words) if _off(a, b)
    ]
    for column in found:
        begins = [x for middle, x in spaced if column.x0 <= middle <= column.x1]
        if len(begins) < _BEGINS:
            out.append(column)
            continue
        inside = [c for c in pieces if column.x0 <= c.box.middle[0] <= column.x1]
        rest = column
        for x in sorted({x for x in begins if sum(1 for y in begins if abs(x - y) < 1.0) >= _BEGINS}):
            over = [c for c in inside if c.box.x0 < x - 1.0 and c.box.x1 > x + 1.0]
            parting = sum(1 for y in begins if abs(x - y) < 1.0)
            crossed = any(w.box.x0 < x - 0.25 * w.size and w.box.x1 > x + 1.0 for c in over for w in c.words)
            if x - rest.x0 > 2.0 and not crossed and parting >= 0.8 * len(over):
                left = max(w.box.x1 for c in over for w in c.words if w.box.x1 <= x)
                out.append(Column(rest.x0, left, _lines_in(parted, rest.x0, left) & rest.lines, rest.starts))
                rest = Column(x, rest.x1, _lines_in(parted, x, rest.x1) & rest.lines, [x] * parting)
        out.append(rest)
    return out


def _off(left: Word, right: Word) -> bool:
    """Whether a word stands off the one before it as a text of the next column may."""
    return right.box.x0 - left.box.x1 > NARROW * max(left.size, right.size)


def _lines_in(parted: Sequence[Sequence[Chunk]], x0: float, x1: float) -> set[int]:
    """Numbers of the lines that print a word between two x."""
    return {k for k, pieces in enumerate(parted) for c in pieces for w in c.words if x0 - 1 < w.box.middle[0] < x1 + 1}


def _headed(found: list[Column]) -> list[Column]:
    """Headers put over figures that stand beside and not below them, such as left-aligned headers over right-aligned figures.

    In a run of columns that alternate between header and figures, each header belongs to the figures next to it, in order;
    which of its two neighbours that is, the run tells by having as many of the one as of the other.
    """
    out: list[Column] = []
    at = 0
    while at < len(found):
        end = at + 1
        while end < len(found) and _above(found[end - 1], found[end]):
            end += 1
        run = found[at:end]
        if at == 0 and len(run) % 2 and len(run) > 1 and _over(run[1], run[0]):
            out.append(run.pop(0))  # labels without a header of their own
        if len(run) % 2 == 0:
            run = [_joined(a, b) for a, b in zip(run[::2], run[1::2], strict=True)]
        out += run
        at = end
    return out


def _above(a: Column, b: Column) -> bool:
    """Whether one of two columns ends above the line where the other one begins."""
    return a.lines.isdisjoint(b.lines) and (_over(a, b) or _over(b, a))


def _over(upper: Column, lower: Column) -> bool:
    """Whether a column ends above the line where the other one begins."""
    return max(upper.lines) < min(lower.lines)


def _joined(left: Column, right: Column) -> Column:
    lines, starts = left.lines | right.lines, left.starts + right.starts
    return Column(min(left.x0, right.x0), max(left.x1, right.x1), lines, starts, left.ends + right.ends)


def _alone_merged(found: list[Column]) -> list[Column]:
    """Neighbours that never stand on one line are one column, printed at different places (a header off its figures)."""
    out = sorted(found, key=lambda c: c.x0)
    while True:
        pairs = [
            (b.x0 - a.x1, k) for k, (a, b) in enumerate(pairwise(out)) if a.lines.isdisjoint(b.lines) and _close(a, b)
        ]
        if not pairs:
            return out
        _, k = min(pairs)
        right = out.pop(k + 1)
        out[k] = _joined(out[k], right)


def _close(left: Column, right: Column) -> bool:
    return min(len(left.lines), len(right.lines)) <= 3 and right.x0 - left.x1 < 30.0


def separators(found: Sequence[Column]) -> list[float]:
    """The x between each two columns: right before texts that all begin there, right behind those that all end there.

    It is in the middle where neither shows, as between texts that are all equally wide.
    """
    out = []
    for a, b in pairwise(found):
        if b.x0 <= a.x1:
            out.append((max(a.x0, b.x0) + min(a.x1, b.x1)) / 2)
        else:
            near = min(BEFORE, (b.x0 - a.x1) / 2)
            begins, ends = b.flush_left and not b.flush_right, a.flush_right and not a.flush_left
            out.append(b.x0 - near if begins else a.x1 + near if ends else (a.x1 + b.x0) / 2)
    return out


def supported(found: Sequence[Column], lines: Sequence[TextLine]) -> bool:
    """Whether enough lines stand in more than one of the columns to believe in them."""
    if len(found) < 2:
        return False
    counts: Counter[int] = Counter()
    for column in found:
        counts.update(column.lines)
    several = sum(1 for n in counts.values() if n > 1)
    return several >= 2 and several >= 0.4 * len(lines)
