"""What the rules above and below a header over several columns say of its reach."""

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from pv_extract.layout.edges import Edge
from pv_extract.layout.slots import Slot
from pv_extract.layout.span_signs import bounds

NEAR = 3.0


def ruled_span(
    level: Sequence[Edge], slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Columns over which the rule right under the header runs, where it does not run on over others."""
    return next((span for _, span in _rules_under(level, slot, below, spans) if span in spans), None)


def under_rule(
    level: Sequence[Edge], slot: Slot, below: Mapping[int, Slot], spans: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The spans that keep to the columns of the rule right above the header: it parts those of the spanner over it."""
    box, size = bounds(slot), max(w.size for w in slot.words)
    over = [e for e in level if -size < e.at - box.top < 2 and e.start < box.x0 + 2 and box.x1 - 2 < e.end]
    if not over:
        return []
    edge = max(over, key=attrgetter("at"))
    return [
        (a, b)
        for a, b in spans
        if all(edge.start - 2 <= bounds(below[c]).middle[0] <= edge.end + 2 for c in range(a, b + 1) if c in below)
    ]


def to_the_ends(
    level: Sequence[Edge],
    left: float,
    slot: Slot,
    held: Sequence[Slot],
    below: Mapping[int, Slot],
    spans: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The spans that begin or end with a rule under several headers: they share out its columns, if it leaves out the labels."""
    for edge, (first, last) in _rules_under(level, slot, below, spans):
        over = [s for s in held if edge.start < bounds(s).middle[0] < edge.end]
        if len(over) > 1 and edge.start > left - 2 * NEAR:
            begins, ends = over[0] is slot, over[-1] is slot
            return [(a, b) for a, b in spans if (a == first or not begins) and (b == last or not ends)]
    return []


def _rules_under(
    level: Sequence[Edge], slot: Slot, below: Mapping[int, Slot], spans: Sequence[tuple[int, int]]
) -> Iterator[tuple[Edge, tuple[int, int]]]:
    """Rules right under a header, each with the columns that it runs over."""
    box = bounds(slot)
    bottom = max((bounds(below[c]).top for a, b in spans for c in range(a, b + 1)), default=box.bottom)
    for edge in level:
        if not box.bottom - 2 <= edge.at <= bottom + 2 or edge.start > box.x0 + 2 or edge.end < box.x1 - 2:
            continue
        under = [c for c in below if edge.start - 2 <= bounds(below[c]).middle[0] <= edge.end + 2]
        if under:
            yield edge, (min(under), max(under))
