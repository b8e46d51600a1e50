"""Header cells of an aligned dump: chunks gathered by the column that they stand over, spanners in a row of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.layout.dump_columns import Chunk, Column, Row
from pv_extract.layout.dump_label import together
from pv_extract.model import GridCell

Stack = tuple[Chunk, ...]


@dataclass(frozen=True, slots=True)
class _Spanner:
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
    over = [[c for c in line.chunks if beside(c, labels)] for line in header]
    stub = [c.text for line in header for c in line.chunks if not beside(c, labels)]
    wide = list(_spanning(over))
    taken = [chunk for stack, _ in wide for chunk in stack]
    parts = _by_column([c for line in over for c in line if c not in taken], found)
    spanners = list(_spanners(wide, parts, found))
    return list(_cells(together(stub), parts, spanners, header[0].line.page))


def _spanning(lines: Sequence[Sequence[Chunk]]) -> Iterator[tuple[Stack, Stack]]:
    """Chunks in the middle above several of the next line that have nothing else above them, each with the lines it goes over."""
    for n, (above, below) in enumerate(pairwise(lines)):
        for chunk in above:
            stack = (*(c for line in lines[:n] for c in line if _overlap(c, chunk)), chunk)
            others = [c for line in lines[: n + 1] for c in line if c not in stack]
            free = [c for c in below if not any(_overlap(c, other) for other in others)]
            for group in (tuple(free[i : j + 1]) for i in range(len(free)) for j in range(i + 1, len(free))):
                if _centred(chunk, group):
                    yield stack, group


def _overlap(a: Chunk, b: Chunk) -> bool:
    return min(a.end, b.end) - max(a.start, b.start) >= 1


def _centred(chunk: Chunk, group: Sequence[Chunk]) -> bool:
    middle = (chunk.start + chunk.end) / 2
    off = abs(middle - (group[0].start + group[-1].end) / 2)
    inside = group[0].start <= middle <= group[-1].end
    return inside and off <= 4 and all(off < abs(middle - (c.start + c.end) / 2) - 1 for c in group)


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
