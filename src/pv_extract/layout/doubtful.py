"""Headers that stand otherwise than over their columns: which figures they head is a guess, and has to be said."""

from collections.abc import Iterator, Mapping, Sequence

from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import printed
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.span_signs import bounds
from pv_extract.layout.spanners import header_rows

_SHOWN = 3  # headers that are told of
_SLACK = 1.0  # type sizes by which a header may stand off the middle or the ends of its columns
_FILLED = 0.7  # part of the width of its columns from which a header fills them


def doubt(found: Lattice, level: Sequence[Edge]) -> str | None:
    """What is uncertain about the headers over several columns, as one sentence; None where each stands over its own."""
    if not any(0 < s.left < s.right and s.words for s in found.slots):
        return None
    rows = header_rows(found)
    heads = [s for s in found.slots if rows and s.words and s.left > 0 and s.top <= rows[-1]]
    spanners = [s for s in heads if s.left < s.right and not s.words[0].angle]
    if not spanners or rows[-1] == max(s.bottom for s in found.slots if s.words):
        return None
    columns = _columns(found)
    off = [s for s in spanners if not _over(s, columns, level)]
    said = [f"{_named(s)} stands over {s.right - s.left + 1} columns, but not in their middle" for s in off]
    said = [*dict.fromkeys((*said, *_crossing(heads, spanners)))]
    more = [f"and {len(said) - _SHOWN} more"] if len(said) > _SHOWN else []
    return "; ".join([*said[:_SHOWN], *more]) or None


def _named(slot: Slot) -> str:
    return f"the header {printed(slot.words)!r}"


def _columns(found: Lattice) -> Mapping[int, tuple[float, float]]:
    """From where to where the texts of each column run."""
    out: dict[int, tuple[float, float]] = {}
    for slot in found.slots:
        if slot.words and slot.left == slot.right:
            box = bounds(slot)
            x0, x1 = out.get(slot.left, (box.x0, box.x1))
            out[slot.left] = min(x0, box.x0), max(x1, box.x1)
    return out


def _over(slot: Slot, columns: Mapping[int, tuple[float, float]], level: Sequence[Edge]) -> bool:
    """Whether a header stands in the middle of its columns or of the rule under it, at one of their ends, or fills them."""
    if slot.left not in columns or slot.right not in columns:
        return True
    box, x0, x1 = bounds(slot), columns[slot.left][0], columns[slot.right][1]
    slack, middle = _SLACK * max(w.size for w in slot.words), box.middle[0]
    return (
        abs(middle - (x0 + x1) / 2) < slack + 0.1 * (x1 - x0)
        or box.width > _FILLED * (x1 - x0)
        or abs(box.x0 - x0) < slack
        or abs(box.x1 - x1) < slack
        or any(
            -2 < e.at - box.bottom < 2 * slack
            and abs((e.start + e.end) / 2 - middle) < slack
            and e.start < x0 + slack
            and e.end > x1 - slack
            for e in level
        )
    )


def _crossing(heads: Sequence[Slot], spanners: Sequence[Slot]) -> Iterator[str]:
    """Headers that reach over an end of the one above them."""
    for lower in spanners:
        for upper in heads:
            if upper.bottom < lower.top and (
                lower.left < upper.left <= lower.right or lower.left <= upper.right < lower.right
            ):
                yield f"{_named(lower)} reaches over an end of {_named(upper)} above it"
