"""How far the headers of one row reach over the columns: chosen together, so that no column has two of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pv_extract.model import Box

Span = tuple[int, int]
BARE = 0.7  # what a column without a header over it costs, in type sizes off the middle
STAY = 2.0  # a header left over the columns that its text runs over
OWN = 0.3  # one over a single column
FLUSH = 0.6  # one flush with the header below it and not in its middle
EITHER = 0.4  # headers of which some are in the middle of the texts below and some of their columns
LEFT = 0.8  # headers at the left of their columns and not in the middle
MIXED = 1.5  # one over columns of two kinds (2024, 2025, Difference)


@dataclass(frozen=True, slots=True)
class Title:
    """A header text, the columns that it runs over, the spans it may have, and the one that is certain if any.

    It is `ruled` where that is the one of a rule of its own: then columns beside it need no header in this row.
    """

    box: Box
    size: float
    here: Span
    spans: tuple[Span, ...]
    certain: Span | None = None
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Leaves:
    """The lowest header text over each column, whether it names a period, and the borders between the columns."""

    boxes: Mapping[int, Box]
    periods: Mapping[int, bool]
    xs: Sequence[float]


def chosen(titles: Sequence[Title], leaves: Leaves, columns: Sequence[int]) -> list[Span]:
    """The span of each title, from left to right; `columns` are those that may have a header in this row."""
    ways: tuple[tuple[Callable[[Title, Span, Leaves], float], float], ...] = (
        (_off_texts, 0.0),
        (_off_cells, 0.1),
        (_off_middle, EITHER),
        (_off_left, LEFT),
    )
    return min((_best(titles, leaves, columns, way, extra) for way, extra in ways), key=lambda found: found[0])[1]


def _best(
    titles: Sequence[Title],
    leaves: Leaves,
    columns: Sequence[int],
    off: Callable[[Title, Span, Leaves], float],
    extra: float,
) -> tuple[float, list[Span]]:
    """The cheapest spans where headers stand this way over their columns."""
    bare = set() if any(t.ruled for t in titles) else set(columns)
    priced = [list(_priced(title, leaves, off)) for title in titles]

    @cache
    def rest(k: int, start: int) -> tuple[float, tuple[Span, ...]]:
        if k == len(titles):
            return BARE * sum(1 for c in bare if c >= start), ()
        found = []
        for span, cost in priced[k]:
            if span[0] >= start:
                after = rest(k + 1, span[1] + 1)
                skipped = BARE * sum(1 for c in bare if start <= c < span[0])
                found.append((cost + skipped + after[0], (span, *after[1])))
        return min(found, default=(1e6, tuple(t.here for t in titles[k:])))

    cost, spans = rest(0, 0)
    return cost + extra, list(spans)


def _priced(title: Title, leaves: Leaves, off: Callable[[Title, Span, Leaves], float]) -> Iterator[tuple[Span, float]]:
    """The spans that a title may have, with their cost."""
    yield title.here, STAY
    if title.certain is not None:
        yield title.certain, 0.0
    sure = 0.0 if title.certain is None else STAY
    for a, b in title.spans:
        if a == b:
            yield (a, b), sure + OWN + _off_own(title, a, leaves)
        else:
            mixed = MIXED if len({leaves.periods[c] for c in range(a, b + 1)}) > 1 else 0.0
            yield (a, b), sure + off(title, (a, b), leaves) + mixed


def _off_own(title: Title, column: int, leaves: Leaves) -> float:
    """How far a title stands from being set like the one header below it."""
    leaf = leaves.boxes[column]
    flush = min(abs(title.box.x0 - leaf.x0), abs(title.box.x1 - leaf.x1)) / title.size
    return min(_off_middle(title, (column, column), leaves), FLUSH + flush)


def _off_texts(title: Title, span: Span, leaves: Leaves) -> float:
    """How far a title stands from the middle of the texts below."""
    x0, x1 = (min(leaves.boxes[c].x0 for c in range(span[0], span[1] + 1)), leaves.boxes[span[1]].x1)
    return abs((x0 + x1) / 2 - title.box.middle[0]) / title.size


def _off_cells(title: Title, span: Span, leaves: Leaves) -> float:
    """How far a title stands from the middle of its columns."""
    return abs((leaves.xs[span[0]] + leaves.xs[span[1] + 1]) / 2 - title.box.middle[0]) / title.size


def _off_middle(title: Title, span: Span, leaves: Leaves) -> float:
    """How far a title stands from the nearer of both."""
    return min(_off_texts(title, span, leaves), _off_cells(title, span, leaves))


def _off_left(title: Title, span: Span, leaves: Leaves) -> float:
    """How far a title begins from the left edge of its first column, or from the header there."""
    cell, leaf = title.box.x0 - leaves.xs[span[0]] - 3.0, title.box.x0 - leaves.boxes[span[0]].x0
    return max(0.0, min(abs(cell) - 4.0, abs(leaf) - 1.0)) / title.size
