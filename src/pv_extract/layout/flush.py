"""Headers set so close that only a word space parts them: told apart by standing flush with the columns below."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pv_extract.kept import kept
from pv_extract.layout.lines import YEARS, Chunk, has_digits
from pv_extract.model import Box, Word

_SHARE = 0.6
BEHIND = frozenset({"%", "‰", "€", ")"})  # they stand behind their figure
_LEFT, _RIGHT, _MIDDLE = 0, 1, 2


@dataclass(frozen=True)
class Setting:
    """Where the texts of a column stand: its figures, or all its words where it is one of `labels`.

    The x at which most begin, end, or have their middle; None where they do not.
    """

    words: Sequence[Word]
    labels: bool = False

    @kept
    def left(self) -> float | None:
        """Where they begin; of labels, the first x."""
        starts = [b.x0 for b in self.boxes]
        return min(starts) if self.labels and len(starts) > 1 else _shared(starts)

    @kept
    def right(self) -> float | None:
        """Where they end."""
        return None if self.labels else _shared([b.x1 for b in self.boxes])

    @kept
    def middle(self) -> float | None:
        """Where they have their middle."""
        return None if self.labels else _shared([b.middle[0] for b in self.boxes])

    @kept
    def boxes(self) -> Sequence[Box]:
        """Bounds of these texts, of a figure with the sign behind it."""
        if self.labels:
            return [w.box for w in self.words]
        out: list[Box] = []
        for word in self.words:
            if has_digits(word.text):
                out.append(word.box)
            elif word.text in BEHIND and out and abs(out[-1].bottom - word.box.bottom) < 2:
                out[-1] = Box.around((out[-1], word.box))
        return out


def settings(words: Iterable[Word], marks: Sequence[float]) -> list[Setting]:
    """The setting of each column between these borders: of its figures, of all its words in the first."""
    held: list[list[Word]] = [[] for _ in range(len(marks) + 1)]
    for word in words:
        x0, _, x1, _ = word.box
        held[bisect_right(marks, (x0 + x1) / 2)].append(word)
    return [Setting(inside, labels=k == 0) for k, inside in enumerate(held)]


def _shared(at: Sequence[float]) -> float | None:
    """The x that most of them share; None of a single one."""
    if len(at) < 2:
        return None
    ordered = sorted(at)
    near = {x: bisect_left(ordered, x + 1.5) - bisect_right(ordered, x - 1.5) for x in at}
    best = max(at, key=near.__getitem__)
    return best if near[best] >= _SHARE * len(at) else None


def flush_parts(piece: Chunk, marks: Sequence[float], found: Sequence[Setting]) -> list[list[Word]] | None:
    """The chunk in a part for each column that it runs over, where each is flush with its column in the same way.

    None where it is not: a header over several columns stands in the middle of them, or at the left of the first.
    """
    first, last = (bisect_right(marks, word.box.middle[0]) for word in (piece.words[0], piece.words[-1]))
    if first >= last or len(piece.words) <= last - first:
        return None
    figures = [has_digits(w.text) and not YEARS.match(w.text) for w in piece.words]
    if any(figures) and not all(figures):
        return None  # a label with figures behind it
    for how in (_RIGHT, _LEFT, _MIDDLE):
        parts = _cut(list(piece.words), found[first : last + 1], how)
        if parts is not None:
            return parts
    return None


def _cut(words: list[Word], columns: Sequence[Setting], how: int) -> list[list[Word]] | None:
    if len(columns) == 1:
        return [words] if _stands(words, columns[0], how) else None
    ends = range(1, len(words) - len(columns) + 2)
    for end in sorted(ends, key=lambda k: words[k - 1].box.x1 - words[k].box.x0):  # the widest gap first
        if _stands(words[:end], columns[0], how):
            rest = _cut(words[end:], columns[1:], how)
            if rest is not None:
                return [words[:end], *rest]
    return None


def _stands(words: Sequence[Word], column: Setting, how: int) -> bool:
    near = 0.2 * words[0].size
    x0, x1 = words[0].box.x0, words[-1].box.x1
    if column.right is None and column.middle is None:
        how = _LEFT  # labels
    at, here = ((column.left, x0), (column.right, x1), (column.middle, (x0 + x1) / 2))[how]
    return at is not None and abs(at - here) < near
