"""Signs of how far a header reaches, besides its middle: what stands right below it, and headers that come again."""

from collections.abc import Mapping, Sequence

from pv_extract.languages import is_unit, open_ends
from pv_extract.layout.slots import Slot
from pv_extract.model import Box


def bounds(slot: Slot) -> Box:
    """Bounds of its text."""
    return Box.around(w.box for w in slot.words)


def unit_below(slot: Slot, below: Mapping[int, Slot]) -> bool:
    """Whether the text right below is no more than the unit of a header, in its middle or flush right; others have none there."""
    lower = below.get(slot.left)
    if lower is None or lower.right > lower.left or not is_unit(_printed(lower)):
        return False
    under, over = bounds(lower), bounds(slot)
    off = min(abs(under.middle[0] - over.middle[0]), abs(under.x1 - over.x1))
    return off < 0.1 * slot.words[0].size and not any(is_unit(_printed(s)) for s in below.values() if s is not lower)


def goes_on(slot: Slot, below: Mapping[int, Slot]) -> bool:
    """Whether a text ends open (`Actual,`) right over a text of its column, set as it is: that is its second line."""
    lower, last = below.get(slot.left), slot.words[-1].text
    if lower is None or lower.right > lower.left or not (last[-1:] in ",-&/(" or last.casefold() in open_ends()):
        return False
    a, b = bounds(slot), bounds(lower)
    return min(abs(a.x0 - b.x0), abs(a.x1 - b.x1), abs(a.middle[0] - b.middle[0])) < 0.15 * slot.words[0].size


def _printed(slot: Slot) -> str:
    return " ".join(w.text for w in slot.words)


def period_span(slot: Slot, below: dict[int, Slot], spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Columns that a header has for itself, where their headers come again under its neighbour (2021, 2022, 2021, 2022)."""
    texts = {c: " ".join(w.text for w in s.words) for c, s in below.items() if s.left == s.right}
    printed = list(texts.values())
    first = min((c for c, text in texts.items() if c > 0 and printed.count(text) > 1), default=0)
    center = bounds(slot).middle[0]
    found = []
    for a, b in spans:
        unit = [texts.get(c) for c in range(a, b + 1)]
        wide = b - a + 1
        again = any([texts.get(c + turn) for c in range(a, b + 1)] == unit for turn in (-wide, wide))
        if again and None not in unit and len(set(unit)) == wide:
            box = Box.around(bounds(below[c]) for c in range(a, b + 1))
            if (a - first) % wide == 0 or abs(box.middle[0] - center) < 0.2 * box.width:
                found.append(((a - first) % wide != 0, abs(box.middle[0] - center), a, b))
    return min(found)[2:] if found else None


def first_line(slot: Slot, below: Mapping[int, Slot], spans: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Columns of the spanner in whose middle a text stands right above it, off the middle of all: its first line."""
    lower = below.get(slot.left)
    if lower is None or (lower.left, lower.right) not in spans:
        return None
    box, near = bounds(slot), 0.2 * slot.words[0].size
    every = Box.around(bounds(s) for s in below.values())
    over = abs(bounds(lower).middle[0] - box.middle[0]) < near < 5 * near < abs(every.middle[0] - box.middle[0])
    return (lower.left, lower.right) if over else None
