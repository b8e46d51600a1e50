"""Row bands of a lattice that hold several rows of text, where no rules part them."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.entries import Entry
from pv_extract.layout.flush import Setting, settings
from pv_extract.layout.leaves import own_headers
from pv_extract.layout.lines import TextLine, has_digits
from pv_extract.layout.paragraphs import paragraphs
from pv_extract.layout.rows import Band, label_end, rows
from pv_extract.layout.rulings import Ruling, heading, is_data, rulings
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.spaced import close_step
from pv_extract.layout.wrapped import wrapped_rows
from pv_extract.model import Word

_SHORT = 20  # characters of a text that hardly wraps, such as a stretch of dates


def split_rows(out: Lattice, marks: list[float], level: Sequence[Edge]) -> None:
    """Bands that hold several rows of text become a band for each."""
    beside = paragraphs(out)
    held, lines = _lines(out, beside)
    if marks == out.xs[1:-1] and all(len(here) < 2 for here in lines) and not any(_across(here) for here in held):
        return  # its cells divide them all
    bands = _bands(out, marks, held, lines)
    several = [ruled for ruled in bands if len(ruled) > 1]
    if not several:
        return
    last = max(map(label_column, several))
    own_labels = {k for k, ruled in enumerate(bands) if last and label_column(ruled, 2) == last}
    found = _open(out, marks, bands) | own_labels
    if not found:
        return
    rows_ruled = _rows_ruled(bands)
    edge = _edge([r for ruled in bands for r in ruled], marks, out.xs)
    data = next((band for band, ruled in enumerate(bands) if is_data(ruled)), None)
    close = max(map(close_step, several))
    for band in sorted(found, reverse=True):
        ruled, own = bands[band], last if band in own_labels else 0
        header = band < data if data is not None else band == 0 < len(bands) - 1
        firm = rows_ruled and not header and not own and not stacked(ruled) and not _several(ruled)
        headed = not header and _complete(bands[:band], len(marks), out.headed)
        says = Band(header, firm, headed, out.headed, close)
        groups = rows(ruled, edge, says, level)
        if len(groups) > 1:
            _cut_band(out, band, [[r.line for r in g] for g in groups], beside)
            _group(out, range(band, band + len(groups)), own)


def _sole(bands: Sequence[Sequence[Ruling]], band: int) -> bool:
    """Whether a band is the last with text, below one or two others."""
    return band > 0 and not any(bands[band + 1 :]) and sum(1 for b in bands[:band] if b) < 3


def _complete(above: Sequence[Sequence[Ruling]], last: int, headed: frozenset[int]) -> bool:
    """Whether the bands above print a header for each data column, so that the rows below begin right away."""
    own = {e.left for ruled in above for r in ruled for e in r.entries if e.left == e.right}
    return last > 0 and own | headed >= set(range(1, last + 1))


def _lines(out: Lattice, beside: frozenset[int]) -> tuple[list[list[Slot]], list[list[TextLine]]]:
    """The slots of each row band, without those `beside` all its rows, and their lines."""
    held: list[list[Slot]] = [[] for _ in range(len(out.ys) - 1)]
    for slot in out.slots:
        if slot.words and slot.top == slot.bottom and id(slot) not in beside:
            held[slot.top].append(slot)
    return held, [out.lines([w for s in here for w in s.words]) for here in held]


def _across(held: Sequence[Slot]) -> bool:
    """Whether a line of several words has a cell over several columns."""
    return sum([s.left < s.right for s in held]) > 0 and sum([len(s.words) for s in held]) > 1


def _bands(
    out: Lattice, marks: list[float], held: Sequence[Sequence[Slot]], lines: Sequence[Sequence[TextLine]]
) -> list[list[Ruling]]:
    """The lines of each row band over the columns; a line that its slots divide already need not be divided again."""
    walled = marks == out.xs[1:-1]
    bands = []
    for here, printed in zip(held, lines, strict=True):
        if walled and len(printed) == 1 and all(s.left == s.right for s in here):
            ordered = sorted(here, key=lambda s: s.left)
            bands.append([Ruling(printed[0], tuple([Entry(s.left, s.right, tuple(s.words)) for s in ordered]))])
        else:
            bands.append(rulings(printed, marks, merged=out.merged))
    if any(r.wide for ruled in bands for r in ruled):
        found = settings((w for s in out.slots for w in s.words), marks)
        bands = [_again(out, ruled, marks, found) for ruled in bands]
        labels = [e.words for ruled in bands for r in ruled for e in r.entries if e.left == e.right == 0]
        begun = own_headers(_header(bands, len(marks), out.headed), marks, found, labels)
        out.begins = begun - out.merged.keys()
        if out.begins:
            bands = [_again(out, ruled, marks, found) for ruled in bands]
    return bands


def _again(out: Lattice, ruled: list[Ruling], marks: Sequence[float], found: Sequence[Setting]) -> list[Ruling]:
    """The lines divided anew, where any of their texts stands over several columns."""
    return (
        rulings([r.line for r in ruled], marks, found, out.begins, out.merged) if any(r.wide for r in ruled) else ruled
    )


def _header(bands: Sequence[Sequence[Ruling]], last: int, headed: frozenset[int]) -> list[Ruling]:
    """The lines above the first of figures, or above the rule under a whole header; none in a table of words."""
    data = next((k for k, ruled in enumerate(bands) if is_data(ruled)), None)
    if data is None:
        return []
    whole = next((k for k in range(1, data + 1) if _complete(bands[:k], last, headed)), None)
    above = [r for ruled in bands[: data if whole is None else whole] for r in ruled]
    return above if whole is not None else [*above, *bands[data][: heading(bands[data])]]


def _open(out: Lattice, marks: Sequence[float], bands: Sequence[Sequence[Ruling]]) -> set[int]:
    """Bands of several lines that may be rows: their text goes on over columns without walls, or they show it themselves."""
    loose = {
        s.top
        for s in out.slots
        if s.words
        and s.top == s.bottom
        and len(bands[s.top]) > 1
        and id(s.words[0]) not in out.merged
        and _any_between(marks, out.xs[s.left], out.xs[s.right + 1])
    }
    return {
        band
        for band, ruled in enumerate(bands)
        if len(ruled) > 1 and (band in loose or stacked(ruled) or (_sole(bands, band) and _worded(ruled)))
    }


def _rows_ruled(bands: Sequence[Sequence[Ruling]]) -> bool:
    """Whether rules part most rows of figures."""
    counts = [sum([bool(r.figures) for r in ruled]) for ruled in bands]
    filled = len(counts) - counts.count(0)
    texts = [ruled for ruled in bands if ruled]
    if 2 * filled > len(texts):
        return filled > 2 and 1.5 * filled > sum(counts)
    labelled = sum(1 for ruled in texts if _labelled_once(ruled))
    return len(texts) > 3 and (labelled > 0.7 * len(texts) or wrapped_rows(texts[1:]))


def _any_between(marks: Sequence[float], low: float, high: float) -> bool:
    """Whether one of these borders, from left to right, lies between two x."""
    k = bisect_right(marks, low)
    return k < len(marks) and marks[k] < high


def _labelled_once(ruled: Sequence[Ruling]) -> bool:
    """Whether a band of text has its label on its first lines only, or in its middle: one row, that its rules enclose."""
    labels = [k for k, r in enumerate(ruled) if r.at(0) is not None]
    if labels and labels[0] > 0:
        held = [ruled[k].line for k in labels]
        top, bottom = ruled[0].line.box.top, ruled[-1].line.box.bottom
        tight = all(b.box.bottom - a.box.bottom < 1.65 * a.size for a, b in pairwise(held))
        return tight and abs(held[0].box.top + held[-1].box.bottom - top - bottom) < held[0].size
    return labels == list(range(len(labels))) and (len(ruled) == 1 or len(labels) < len(ruled) or len(labels) < 3)


def _several(ruled: Sequence[Ruling]) -> bool:
    """Whether a band of words holds several rows: labels further apart than the lines of one text, or codes above each other."""
    labels = [r for r in ruled if (e := r.at(0)) is not None and e.right == 0]
    if len(labels) < 2 or any(r.figures for r in ruled):
        return False
    if any(b.line.box.bottom - a.line.box.bottom > 1.7 * a.line.size for a, b in pairwise(labels)):
        return True
    coded = [
        e.left for r in labels for e in r.entries if e.left and len(e.words) == 1 and any(map(str.isdigit, e.text))
    ]
    return len(set(coded)) < len(coded)


def _edge(ruled: Sequence[Ruling], marks: Sequence[float], xs: Sequence[float]) -> float:
    """The x to which labels run: the end of the longest."""
    ends = [label_end(e.words) for r in ruled if (e := r.at(0)) is not None and e.left == e.right]
    return max(ends) if ends else (marks[0] if marks else xs[-1])


def stacked(ruled: Sequence[Ruling]) -> bool:
    """Whether figures stand above each other in one column, each with a label beside it: rows without rules between them."""
    if _filled(ruled):
        return True
    at = [k for k, r in enumerate(ruled) if _figured(r)]
    if len(at) < 2:
        return False
    first, *rest = [ruled[k].figures for k in at]
    shared = first.intersection(*rest) if len(rest) < 3 else first & rest[0]
    labels = [k for k, r in enumerate(ruled) if r.at(0) is not None]
    beside = {j for k in labels for j in (k, *((k - 1, k + 1) if ruled[k].filled == {0} else ()))}
    return bool(shared) and len(beside.intersection(at)) >= 0.6 * len(at)


def label_column(ruled: Sequence[Ruling], least: int = 3) -> int:
    """The column between labels of groups and the figures in which each line prints a label of its own; 0 if there is none."""
    if len(ruled) < least or all(r.at(0) is not None for r in ruled) or not all(map(_figured, ruled)):
        return 0
    first = min(min(r.figures) for r in ruled if r.figures)
    own = (c for c in range(1, first) if all((e := r.at(c)) is not None and e.left == e.right for r in ruled))
    return max(own, default=0)


def _figured(ruling: Ruling) -> bool:
    """Whether it prints a number, or a label and several markers beside it (`Dépenses - - -`)."""
    columns = ruling.figures
    if not columns:
        return False
    numbers = sum([has_digits(e.text) for e in ruling.entries if e.left in columns]) > 0
    return numbers or (len(columns) > 1 and ruling.at(0) is not None)


def _worded(ruled: Sequence[Ruling]) -> bool:
    """Whether the one band under the header holds many short texts beside labels: no row but the body of a table."""
    beside = [r for r in ruled if len(r.filled) > 1 or 0 not in r.filled]
    held = [e for r in beside for e in r.entries if e.left > 0]
    short = sum(1 for e in held if len(e.words) < 4)
    return len(ruled) > 3 and len(beside) > 2 and short > 0.9 * len(held)


def _filled(ruled: Sequence[Ruling]) -> bool:
    """Whether each line of a long band prints short texts in nearly every column, or heads such lines: a table of words."""
    if len(ruled) < 5:
        return False
    columns = len(set().union(*(r.filled for r in ruled)))
    full = [r for r in ruled if len(r.filled) >= columns - (columns > 3)]
    heads = sum(1 for r in ruled if r.filled == {0})
    held = [e for r in full for e in r.entries]
    if columns < 3 or len(full) < 4 or len(full) + heads < 0.9 * len(ruled) or 2 * heads > len(ruled):
        return False
    short = sum(1 for e in held if len(e.words) < 5 or len(e.text) < _SHORT)
    return all(r.at(0) is not None for r in full) and short > 0.9 * len(held)


def _cut_band(out: Lattice, band: int, groups: list[list[TextLine]], beside: frozenset[int]) -> None:
    """The row band becomes one band for each group of lines; slots over several bands, or beside them, grow with it."""
    borders = [
        (max(x.box.bottom for x in above) + min(x.box.top for x in below)) / 2 for above, below in pairwise(groups)
    ]
    extra = len(borders)
    kept: list[Slot] = []
    owner = {id(w): k for k, group in enumerate(groups) for found in group for w in found.words}
    for slot in out.slots:
        if slot.top > band:
            slot.top += extra
        if slot.bottom > band or (slot.bottom == band and (slot.top < band or id(slot) in beside)):
            slot.bottom += extra
            kept.append(slot)
        elif slot.top == slot.bottom == band:
            parts: list[list[Word]] = [[] for _ in groups]
            for word in slot.words:
                parts[owner[id(word)]].append(word)
            kept += [Slot(band + k, band + k, slot.left, slot.right, part) for k, part in enumerate(parts)]
        else:
            kept.append(slot)
    out.slots = kept
    out.ys[band + 1 : band + 1] = borders


def _group(out: Lattice, rows: range, last: int) -> None:
    """Labels before the column with a label for each row stand for the rows below them, up to the next."""
    owners: dict[tuple[int, int], Slot] = {}
    for slot in sorted((s for s in out.slots if s.top == s.bottom in rows and s.right < last), key=lambda s: s.top):
        owner = owners.get((slot.left, slot.right))
        if owner is None or slot.words:
            owners[slot.left, slot.right] = slot
        else:
            owner.bottom = slot.top
            out.slots.remove(slot)
