"""What a line prints in each column: its words divided at the borders between columns."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pv_extract.layout.columns import BEFORE, NARROW
from pv_extract.layout.flush import BEHIND, Setting, flush_parts
from pv_extract.layout.lines import (
    CURRENCIES,
    Chunk,
    TextLine,
    chunk,
    has_digits,
    is_datum,
    is_figure,
    printed,
    typed_space,
)
from pv_extract.model import Word

# signs a word space off what they join: `(b) - (a)`, `2026 / 2025`; where they say that there is no figure, they stand far off
_OPERATORS = frozenset("-–−/+=")


class Entry(NamedTuple):
    """What a line prints in the columns from `left` to `right`, both included."""

    left: int
    right: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """As printed, with single spaces."""
        words = self.words
        return words[0].text if len(words) == 1 else printed(words)


def entries(
    line: TextLine, marks: Sequence[float], found: Sequence[Setting] = (), begins: frozenset[int] = frozenset()
) -> list[Entry]:
    """The line divided over columns whose borders are `marks`; a chunk across a border stays whole where it is text.

    Where the settings of the columns are given, it is cut where its figures stand flush with them; `begins` are ids of
    words before which it is cut in any case.
    """
    out: list[Entry] = []
    columns, last = len(marks) + 1, -1
    for piece in _begun(line.chunks, begins) if begins else line.chunks:
        if len(piece.words) == 1:
            x0, _, x1, _ = piece.box
            column = bisect_right(marks, (x0 + x1) / 2)
            if column > last:
                out.append(Entry(column, column, piece.words))
                last = column
                continue
            here = [Entry(column, column, piece.words)]
        else:
            here = _divided(piece, marks, found)
        for entry in here:
            _add(out, entry, begun=id(entry.words[0]) in begins, columns=columns)
        last = out[-1].right
    return out


def _divided(piece: Chunk, marks: Sequence[float], found: Sequence[Setting]) -> list[Entry]:
    """The parts of a chunk of several words, each in its columns."""
    figures = bool(found) and all(has_digits(w.text) for w in piece.words)
    parts = (figures and flush_parts(piece, marks, found)) or _cut(piece, marks, found)
    lefts = [_begins_at(part, marks) for part in parts]
    out: list[Entry] = []
    for k, part in enumerate(parts):
        left = lefts[k]
        right = max(left, _column(part[-1].box.x0, part[-1].box.x1, marks))  # its last word may lie over its first
        if k + 1 < len(parts) and left < lefts[k + 1] <= right:
            right = lefts[k + 1] - 1  # a label that reaches into the column of its figure
        out.append(Entry(left, right, tuple(part)))
    return out


def _add(out: list[Entry], entry: Entry, *, begun: bool, columns: int) -> None:
    """A part put behind the others: into the next column where it begins a header, together with the last where they meet."""
    if not out or out[-1].right < entry.left:
        out.append(entry)
        return
    last = out.pop()
    if begun and last.left + 1 < columns:
        column = max(entry.right, last.left + 1)
        out += [Entry(last.left, min(last.right, column - 1), last.words), Entry(column, column, entry.words)]
    elif last.left < last.right == entry.left:  # a text over several columns that reaches into that of the next
        out += [Entry(last.left, last.right - 1, last.words), entry]
    elif last.right == entry.left < entry.right:
        out += [last, Entry(entry.left + 1, entry.right, entry.words)]
    else:
        out.append(Entry(min(last.left, entry.left), max(last.right, entry.right), (*last.words, *entry.words)))


def _begun(pieces: Sequence[Chunk], begins: frozenset[int]) -> Iterator[Chunk]:
    """The chunks, each cut before the words that begin a header."""
    for piece in pieces:
        at = [k for k, word in enumerate(piece.words) if k and id(word) in begins]
        if not at:
            yield piece
            continue
        for start, end in pairwise([0, *at, len(piece.words)]):
            yield chunk(piece.words[start:end])


def _begins_at(part: Sequence[Word], marks: Sequence[float]) -> int:
    """The column in which a part begins; a currency sign stands in that of its figure."""
    first = part[1] if len(part) > 1 and part[0].text in CURRENCIES else part[0]
    return _column(first.box.x0, first.box.x1, marks)


def _column(x0: float, x1: float, marks: Sequence[float]) -> int:
    return bisect_right(marks, (x0 + x1) / 2)


def _cut(piece: Chunk, marks: Sequence[float], found: Sequence[Setting]) -> list[list[Word]]:
    """A chunk over a border is cut there when its gap is no mere word space, or a figure stands at either side of it."""
    words = piece.words
    at = [_column(w.box.x0, w.box.x1, marks) for w in words]
    if len(set(at)) == 1 and not (found and any(is_datum(w.text) for w in words[1:])):
        return [list(words)]
    parts: list[list[Word]] = [[words[0]]]
    gaps = sorted([b.box.x0 - a.box.x1 for a, b in pairwise(words)])
    usual = gaps[len(gaps) // 2] if len(gaps) > 2 else 0.3 * words[0].size
    for k, (left, right) in enumerate(pairwise(words), start=1):
        sign = right.text in CURRENCIES and k + 1 < len(words)
        owner = k + 1 if sign else k  # a currency sign stands in the column of its figure
        apart = at[k - 1] != at[owner] and left.text not in CURRENCIES
        parted = apart and _parted(left, right, usual, marks, several=len(gaps) > 1)
        if parted or (found and _flush_figure(words, k, at[k], found)):
            parts.append([right])
        else:
            parts[-1].append(right)
    return parts


def _figure_end(words: Sequence[Word], k: int) -> float:
    """The x where a figure ends, with the percent sign or bracket that stands off it."""
    behind = k + 1 < len(words) and words[k + 1].text in BEHIND
    return words[k + 1].box.x1 if behind else words[k].box.x1


def _flush_figure(words: Sequence[Word], k: int, column: int, found: Sequence[Setting]) -> bool:
    """Whether a figure right behind a text begins or ends where the figures of its column do."""
    left, right = words[k - 1], words[k]
    if (
        not is_datum(right.text)
        or is_figure(left.text)
        or left.text in CURRENCIES
        or left.text[-1:] == "="
        or right.box.x0 - left.box.x1 < 0.15 * right.size
    ):
        return False
    if column == 0 or column >= len(found):
        return False
    edges = ((found[column].left, right.box.x0), (found[column].right, _figure_end(words, k)))
    return any(edge is not None and abs(edge - x) < 0.15 * right.size for edge, x in edges)


def _parted(left: Word, right: Word, usual: float, marks: Sequence[float], *, several: bool) -> bool:
    """Whether the gap at a border is more than a word space, or one between figures."""
    gap = right.box.x0 - left.box.x1
    if typed_space(left, right):
        return False
    if gap > 0.5 * max(left.size, right.size):
        return True
    if is_figure(left.text) and (is_figure(right.text) or right.text in CURRENCIES):
        return gap > 0.15 * right.size and not _OPERATORS & {left.text, right.text}
    if has_digits(right.text) and gap > 0.4 * right.size:
        return True
    on_gap = any(left.box.x1 <= m <= right.box.x0 for m in marks)
    if on_gap and gap > NARROW * right.size and any(abs(right.box.x0 - m - BEFORE) < 1.0 for m in marks):
        return True
    return several and gap > max((1.25 if on_gap else 1.5) * usual, 0.33 * right.size)
