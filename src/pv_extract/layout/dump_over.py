"""Header cells of an aligned dump: chunks gathered by the column that they stand over, spanners in a row of their own."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pv_extract.layout.dump_columns import Chunk, Column, Row
from pv_extract.layout.dump_label import together
from pv_extract.model import GridCell

_YEAR = re.compile(r"(?:19|20)\d{2}(?!\d)")

Stack = tuple[Chunk, ...]


class _Spanner(NamedTuple):
    left: int
    right: int
    text: str


def room(body: Sequence[Row], found: Sequence[Column]) -> tuple[float, float]:
    """Where labels begin, and where they end at the latest."""
    labels = [chunk for r in body for chunk in r.chunks[: len(r.chunks) - len(r.figures)]]
    left = min((c.start for c in labels), default=0)
    return left, min(max((c.end for c in labels), default=0), found[0].start - 1)


def beside(chunk: Chunk, labels: tuple[float, float]) -> bool:
    """Whether a chunk stands over the data columns, clear of the room for labels."""
    left, right = labels
    return chunk.start > left + 2 and (chunk.start + chunk.end) / 2 > right


def header_cells(header: Sequence[Row], body: Sequence[Row], found: Sequence[Column]) -> list[GridCell]:
    """The cells of the header rows, that of the stub first; no line above the figures gives none."""
    if not header:
        return []
    labels = room(body, found)
    over = [[part for c in line.chunks if beside(c, labels) for part in _years_apart(c)] for line in header]
    stub = [c.text for line in header for c in line.chunks if not beside(c, labels)]
    wide = list(_spanning([line for line in over if line]))  # a line may print the header of the stub alone
    taken = [chunk for stack, _ in wide for chunk in stack]
    parts = _by_column([c for line in over for c in line if c not in taken], found)
    spanners = list(_spanners(wide, parts, found))
    return list(_cells(together(stub), parts, spanners, header[0].line.page))


def _years_apart(chunk: Chunk) -> Iterator[Chunk]:
    """A chunk, years that close columns print with a single space between them apart: `2025 2025/2024`."""
    words = chunk.text.split(" ")
    if len(words) == 1 or not all(_YEAR.match(word) for word in words):
        yield chunk
        return
    at = chunk.start
    for word in words:
        yield Chunk(at, at + len(word), word)
        at += len(word) + 1


def _spanning(lines: Sequence[Sequence[Chunk]]) -> Iterator[tuple[Stack, Stack]]:
    """Chunks in the middle above several of the next line that have nothing else above them, each with the lines it goes over."""
    for n, (above, below) in enumerate(pairwise(lines)):
        found = []
        for chunk in above:
            stack = (*(c for line in lines[:n] for c in line if _overlap(c, chunk)), chunk)
            others = [c for line in lines[: n + 1] for c in line if c not in stack]
            free = [c for c in below if not any(_overlap(c, other) for other in others)]
            groups = (tuple(free[i : j + 1]) for i in range(len(free)) for j in range(i + 1, len(free)))
            found.append((stack, [group for group in groups if _centred(chunk, group)]))
        yield from _disjoint(found)


def _disjoint(found: Sequence[tuple[Stack, list[Stack]]]) -> list[tuple[Stack, Stack]]:
    """A group for each stack, from left to right, none in two: the fewest chunks without one, then the most stacks with one."""
    best: dict[int, list[tuple[Stack, Stack]]] = {0: []}  # by the character where the last group ends
    for stack, groups in found:
        for end, way in list(best.items()):
            for group in (g for g in groups if g[0].start >= end):
                longer = [*way, (stack, group)]
                if _covered(longer) > _covered(best.get(group[-1].end, [])):
                    best[group[-1].end] = longer
    return max(best.values(), key=_covered)


def _covered(way: Sequence[tuple[Stack, Stack]]) -> tuple[int, int]:
    return sum(len(group) for _, group in way), len(way)


def _overlap(a: Chunk, b: Chunk) -> bool:
    return min(a.end, b.end) - max(a.start, b.start) >= 1


def _centred(chunk: Chunk, group: Sequence[Chunk]) -> bool:
    middle = (chunk.start + chunk.end) / 2
    off = abs(middle - (group[0].start + group[-1].end) / 2)
    inside = group[0].start <= middle <= group[-1].end
    over_ends = _overlap(chunk, group[0]) and _overlap(chunk, group[-1])
    return inside and off <= 4 and (over_ends or all(off < abs(middle - (c.start + c.end) / 2) - 1 for c in group))


def _by_column(chunks: Sequence[Chunk], found: Sequence[Column]) -> list[list[Chunk]]:
    """Chunks for each column: in order where as many stacks of them stand side by side, else by what they stand over."""
    stacks: list[list[Chunk]] = []
    for chunk in sorted(chunks, key=lambda c: (c.start, c.end)):
        near = [s for s in stacks if any(_overlap(c, chunk) for c in s)]
        if near:
            near[0].append(chunk)
        else:
            stacks.append([chunk])
    if len(stacks) == len(found):
        return [[c for c in chunks if c in stack] for stack in stacks]
    out: list[list[Chunk]] = [[] for _ in found]
    for chunk in chunks:
        out[min(range(len(found)), key=lambda n: (found[n].distance(chunk), found[n].nearness(chunk)))].append(chunk)
    return out


def _spanners(
    wide: Sequence[tuple[Stack, Stack]], parts: Sequence[Sequence[Chunk]], found: Sequence[Column]
) -> Iterator[_Spanner]:
    """Spanners with the columns of what stands below them; several lines over the same columns are one."""
    texts: dict[tuple[int, int], list[str]] = {}
    for stack, group in wide:
        under = [n for n in range(len(found)) if any(c in parts[n] for c in group)]
        if under:
            texts.setdefault((under[0], under[-1]), []).extend(c.text for c in stack)
    for (left, right), lines in texts.items():
        yield _Spanner(left, right, together(lines))


def _cells(stub: str, parts: Sequence[Sequence[Chunk]], spanners: Sequence[_Spanner], page: int) -> Iterator[GridCell]:
    depth = 2 if spanners else 1
    covered = {n for s in spanners for n in range(s.left, s.right + 1)}
    yield GridCell(0, 0, stub, page, row_span=depth)
    for spanner in spanners:
        yield GridCell(0, spanner.left + 1, spanner.text, page, column_span=spanner.right - spanner.left + 1)
    for n, chunks in enumerate(parts):
        top = depth - 1 if n in covered else 0
        yield GridCell(top, n + 1, together([c.text for c in chunks]), page, row_span=depth - top)
