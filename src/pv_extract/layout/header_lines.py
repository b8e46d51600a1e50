"""Lines of a header: which go on with a text of the line above, and which are headers of their own under a spanner."""

from collections.abc import Sequence

from pv_extract.languages import is_unit
from pv_extract.layout.edges import Edge
from pv_extract.layout.entries import Entry
from pv_extract.layout.lines import YEARS
from pv_extract.layout.links import link
from pv_extract.layout.rulings import Ruling
from pv_extract.layout.shares import in_the_middle


def header_goes_on(row: list[Ruling], before: Ruling, here: Ruling, level: Sequence[Edge]) -> bool:
    """Whether a header line goes on from the one above: set close, and no spanner of several columns stands over it.

    Beside a text of several lines others stand at half its height; a spanner may have two lines itself.
    """
    size = max(here.line.size, before.line.size)
    step = here.line.box.bottom - before.line.box.bottom
    if step > 1.65 * size or _ruled_off(before, here, level):
        return False
    above = [e for r in row for e in r.entries]
    if any(e.right > e.left for e in (*above, *here.entries)):
        if step < 0.8 * size < here.line.size:
            return _clear(above, here)
        return _wraps(before, here) or _one_level(above, here, level)
    if step < 0.8 * size and not _years(above, here):
        return not _far(row, here, size)
    if not before.filled & here.filled and _far(row, here, size):
        return False  # headers of one line stand between those of two levels
    return not _spans(above, here)


def _far(row: Sequence[Ruling], here: Ruling, size: float) -> bool:
    """Whether a text stands further below the last one in its column than the lines of one text do."""
    for entry in here.entries:
        upper = next((r for r in reversed(row) if r.at(entry.left) is not None), None)
        if upper is not None and here.line.box.bottom - upper.line.box.bottom > 1.65 * size:
            return True
    return False


def _years(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether a line of years stands under texts that are none."""
    under = [e for e in here.entries if e.left > 0]
    over = [a for a in above if any(a.left <= e.right and e.left <= a.right for e in under)]
    return len(under) > len(over) > 0 and all(YEARS.match(e.text) for e in under)


def _clear(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether a line has nothing in the columns of the texts above it."""
    return not any(a.left <= e.right and e.left <= a.right for a in above for e in here.entries)


def _wraps(before: Ruling, here: Ruling) -> bool:
    """Whether each text of a line goes on from one above it that stands around the same middle, or begins at the same x."""
    return all(any(_goes_on(a, e) for a in before.entries) for e in here.entries)


def _goes_on(upper: Entry, lower: Entry) -> bool:
    if upper.left > lower.right or lower.left > upper.right:
        return False
    even = abs(_middle(upper) - _middle(lower)) < 2.0 or abs(upper.words[0].box.x0 - lower.words[0].box.x0) < 1.0
    return even and link(upper.words, lower.words, upper.words[-1].box.x1) > 0


def _one_level(above: Sequence[Entry], here: Ruling, level: Sequence[Edge]) -> bool:
    """Whether two lines print the same spanners, above a rule under each: levels of such a header are parted by rules.

    A spanner of one line beside them has its rule right under that line.
    """
    pairs = [(a, e) for e in here.entries for a in above if a.left <= e.right and e.left <= a.right]
    rest = [a for a in above if not any(a is b for b, _ in pairs)]
    if not pairs or len({id(e) for _, e in pairs}) < len(here.entries):
        return False
    bottom = here.line.box.bottom
    whole = all(a.right > a.left and _under(a, a.words[0].box.bottom, level) for a in rest)
    return whole and all(_under(e, bottom, level) and _aligned(a, e) for a, e in pairs)


def _under(entry: Entry, bottom: float, level: Sequence[Edge]) -> bool:
    """Whether a rule right under the line of a text runs along it."""
    x0, x1 = entry.words[0].box.x0, entry.words[-1].box.x1
    return any(bottom - 2 < e.at < bottom + 6 and e.start < x0 + 2 and x1 - 2 < e.end for e in level)


def _aligned(upper: Entry, lower: Entry) -> bool:
    near = 0.5 * lower.words[0].size
    return abs(_middle(upper) - _middle(lower)) < near or abs(upper.words[0].box.x0 - lower.words[0].box.x0) < near


def _ruled_off(before: Ruling, here: Ruling, level: Sequence[Edge]) -> bool:
    """Whether a rule is drawn between the two lines, under a text of the upper and over one of the lower."""
    low, high = before.line.box.bottom - 2.5, here.line.box.top + 2.5
    between = [e for e in level if low <= e.at <= high and e.length > 8]
    between = [
        e for e in between if any(e.start < t.words[-1].box.x1 and t.words[0].box.x0 < e.end for t in here.entries)
    ]
    return any(
        e.start < t.words[0].box.x0 + 2 and t.words[-1].box.x1 - 2 < e.end for e in between for t in before.entries
    )


def _spans(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether a lone text above stands in the middle of two texts or more under it, and not over the middle of its own."""
    over = [e for e in above if e.left > 0]
    if _over_turns(over, here) or _shared_out(over, here) or _alike_beside(over, here):
        return True
    for entry in above:
        own = next((e for e in here.entries if e.left == entry.left), None)
        free = [e for e in here.entries if not any(a.left <= e.left <= a.right for a in above if a is not entry)]
        beside = [e for e in free if abs(e.left - entry.left) == 1 and e.left > 0]
        if entry.left == 0 or not beside:
            continue
        if own is None or _unit_of_years(entry, own, beside):
            return True
        if _begun_small(entry, own, beside):
            continue
        if abs(own.words[-1].box.x1 - entry.words[-1].box.x1) < 0.15 * own.words[-1].size:
            continue  # flush right with its own
        together = min(abs(_middle(own, e) - _middle(entry)) for e in beside)
        if _within(entry, own) and abs(_middle(own) - _middle(entry)) < together:
            continue
        if link(entry.words, own.words, max(entry.words[-1].box.x1, own.words[-1].box.x1)) <= -3.0:
            return True
        if together < abs(_middle(own) - _middle(entry)) and together < 0.25 * _wide(own, beside[0]):
            return True
    return False


def _within(upper: Entry, lower: Entry) -> bool:
    """Whether a text stands over the width of another and no further."""
    near = 0.25 * lower.words[0].size
    return (
        lower.words[0].box.x0 - near < upper.words[0].box.x0 and upper.words[-1].box.x1 < lower.words[-1].box.x1 + near
    )


def _unit_of_years(entry: Entry, own: Entry, beside: Sequence[Entry]) -> bool:
    """Whether a unit stands over a year in the middle between two others: it holds for them all."""
    if len(beside) < 2 or not all(YEARS.match(e.text) for e in (own, *beside)):
        return False
    return is_unit(entry.text) and abs(_middle(*beside) - _middle(entry)) < 0.25 * entry.words[0].size


def _begun_small(entry: Entry, own: Entry, beside: Sequence[Entry]) -> bool:
    """Whether the text below goes on in small letters where the headers beside it begin with a capital or a figure."""
    end = max(entry.words[-1].box.x1, own.words[-1].box.x1)
    small = own.text[:1].islower() and not any(e.text[:1].islower() for e in beside)
    return small and link(entry.words, own.words, end) > 0


def _shared_out(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether the texts above stand in the middle of two headers or more each, and of all of them together.

    Years share out the quarters and months beside whole years, which need none above them; one may have a single quarter.
    """
    years = all(YEARS.match(e.text) for e in above)
    under = [e for e in here.entries if e.left > 0 and not (years and YEARS.match(e.text))]
    if any(e.text[:1].islower() for e in under):
        return False
    near = 0.6 * here.line.size
    return bool(in_the_middle([_extent(e) for e in above], [_extent(e) for e in under], near, 1 if years else 2))


def _alike_beside(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether headers with nothing above them are alike: the texts above name the groups that tell them apart."""
    free = [e.text for e in here.entries if e.left > 0 and not any(a.left <= e.left <= a.right for a in above)]
    return len({e.left for e in above}) > 1 and len(set(free)) < len(free)


def _extent(entry: Entry) -> tuple[float, float]:
    return entry.words[0].box.x0, entry.words[-1].box.x1


def _over_turns(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether the headers below come again (2021, 2022, 2021, 2022) and what stands above names each turn.

    It does where there is one text over each turn and they differ, or a text stands in the middle of its turn.
    """
    under = [e for e in here.entries if e.left > 0]
    texts = [e.text for e in under]
    if under and len(above) > 1 and len(under) % len(above) == 0 and all(YEARS.match(t) for t in texts):
        turn = len(under) // len(above)
        turns = [under[k : k + turn] for k in range(0, len(under), turn)]
        pairs = list(zip(sorted(above, key=lambda e: e.left), turns, strict=True))
        if turn > 1 and all(abs(_middle(*t) - _middle(e)) < 0.2 * _wide(*t) for e, t in pairs):
            return True
    turn = len(set(texts))
    if turn < 2 or len(texts) < 2 * turn or texts != texts[:turn] * (len(texts) // turn):
        return False
    turns = [under[k : k + turn] for k in range(0, len(under), turn)]
    over = [[e for e in above if t[0].left <= e.right and e.left <= t[-1].right] for t in turns]
    if all(len(held) == 1 for held in over) and len({held[0].text for held in over}) == len(turns):
        return True
    alone = [(held[0], t) for held, t in zip(over, turns, strict=True) if len(held) == 1]
    return any(abs(_middle(*t) - _middle(e)) < 0.2 * _wide(*t) for e, t in alone)


def _middle(*parts: Entry) -> float:
    return (min(p.words[0].box.x0 for p in parts) + max(p.words[-1].box.x1 for p in parts)) / 2


def _wide(*parts: Entry) -> float:
    return max(p.words[-1].box.x1 for p in parts) - min(p.words[0].box.x0 for p in parts)
