"""The cells of a frame: its lattice refined by the text inside, where columns and rows go on without rules."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.columns import Entry, columns, entries, separators, supported
from pv_extract.layout.edges import Edge
from pv_extract.layout.flush import Setting, settings
from pv_extract.layout.lines import TextLine, chunks, has_digits, text_lines
from pv_extract.layout.rows import Ruling, is_data, label_end, rows, rulings
from pv_extract.layout.ruled import Frame, areas
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.spanners import span_headers
from pv_extract.layout.turned import turned_text
from pv_extract.model import Box, GridCell, Word
from pv_extract.text import join_lines


def lattice(
    frame: Frame,
    words: Sequence[Word],
    level: Sequence[Edge] = (),
    upright: Sequence[Edge] = (),
    *,
    search: bool = True,
) -> Lattice:
    """The frame's merged cells with their words, refined until rows and columns of text are rows and columns of slots.

    `level` and `upright` are the rules of the page: they tell how far the headers over several columns reach. Columns are not
    searched for where the frame already has those of its text.
    """
    slots = [Slot(a.top, a.bottom, a.left, a.right, []) for a in areas(frame)]
    out = Lattice(list(frame.xs), list(frame.ys), slots)
    _fill(out, words)
    marks = _rivers(out) if search else list(out.xs[1:-1])
    _split_rows(out, marks, level)
    for column in reversed(range(len(out.xs) - 1)):
        _add_columns(out, column, [m for m in marks if out.xs[column] < m < out.xs[column + 1]])
    _split_slots(out, walled=search)
    span_headers(out, level, upright)
    return out


def _fill(out: Lattice, words: Sequence[Word]) -> None:
    at = {(r, c): s for s in out.slots for r in range(s.top, s.bottom + 1) for c in range(s.left, s.right + 1)}
    for word in words:
        x, y = word.box.middle
        spot = at.get((_band(y, out.ys), _band(x, out.xs)))
        if spot is not None:
            spot.words.append(word)


def _band(value: float, bounds: Sequence[float]) -> int:
    return bisect_right(bounds, value, 1, len(bounds) - 1) - 1


# -- columns ----------------------------------------------------------------------------------------------------------


def _rivers(out: Lattice) -> list[float]:
    """All column borders inside the frame: its walls, and the rivers of white where cells of equal extent hold columns."""
    marks = list(out.xs[1:-1])
    extents = {(s.left, s.right) for s in out.slots if s.words}
    for left, right in sorted(extents):
        inside = [found for s in out.slots if (s.left, s.right) == (left, right) for found in text_lines(s.words)]
        if sum(1 for found in inside if len(found.words) > 1 and len(chunks(found)) > 1) < 2:
            continue
        inside.sort(key=lambda found: found.box.top)
        found = columns(inside)
        if not supported(found, inside):
            continue
        walls = out.xs[left + 1 : right + 1]
        for (a, b), middle in zip(pairwise(found), separators(found), strict=True):
            near = min(a.x1, b.x0) - 4.0, max(a.x1, b.x0) + 4.0
            if not any(near[0] <= wall <= near[1] for wall in walls) and not any(abs(m - middle) < 4.0 for m in marks):
                marks.append(middle)
    return sorted(marks)


def _add_columns(out: Lattice, column: int, marks: list[float]) -> None:
    """The column band becomes one band more for each mark; every slot over it grows."""
    extra = len(marks)
    for slot in out.slots:
        if slot.left > column:
            slot.left += extra
        if slot.right >= column:
            slot.right += extra
    out.xs[column + 1 : column + 1] = marks


def _split_slots(out: Lattice, *, walled: bool) -> None:
    """Slots over several columns fall apart where their text does; text that runs across a border keeps its columns.

    Where no walls are drawn, text keeps to the columns that it stands in.
    """
    kept: list[Slot] = []
    wide = [s for s in out.slots if s.right > s.left]
    several = any(len(s.words) > 1 for s in wide)
    found = settings((w for s in out.slots for w in s.words), out.xs[1:-1]) if several else []
    parts = [_parts(s, out.xs[s.left + 1 : s.right + 1], found[s.left : s.right + 1]) for s in wide]
    apart = sum(1 for p in parts if len(p) > 1)
    for slot, cut in zip(wide, parts, strict=True):
        if len(cut) > 1 or not slot.words:
            kept += cut
        elif not walled or 2 * apart > len([p for p, s in zip(parts, wide, strict=True) if s.words]):
            kept += _shrunk(slot, out.xs)
        else:
            kept.append(slot)
    out.slots = [s for s in out.slots if s.right == s.left] + kept


def _parts(slot: Slot, marks: Sequence[float], settled: Sequence[Setting]) -> list[Slot]:
    """A slot cut at the column borders inside it; the whole slot where all its text stays together."""
    spans: list[tuple[int, int, list[Word]]] = []
    held = [entry for found in text_lines(slot.words) for entry in entries(found, marks, settled)]
    for entry in sorted(held, key=lambda e: (e.left, e.right)):
        if spans and spans[-1][1] >= entry.left:
            left, right, words = spans[-1]
            spans[-1] = (left, max(right, entry.right), [*words, *entry.words])
        else:
            spans.append((entry.left, entry.right, list(entry.words)))
    if len(spans) == 1 and slot.words:
        return [slot]
    return _spread(slot, spans)


def _spread(slot: Slot, spans: list[tuple[int, int, list[Word]]]) -> list[Slot]:
    covered = {c for left, right, _ in spans for c in range(left, right + 1)}
    blank: list[tuple[int, int, list[Word]]] = [
        (c, c, []) for c in range(slot.right - slot.left + 1) if c not in covered
    ]
    return [
        Slot(slot.top, slot.bottom, slot.left + left, slot.left + right, words)
        for left, right, words in sorted(spans + blank, key=lambda s: s[0])
    ]


def _shrunk(slot: Slot, xs: Sequence[float]) -> list[Slot]:
    """Where the frame draws no walls, text keeps the columns that it stands in and no more."""
    marks = xs[slot.left + 1 : slot.right + 1]
    first = min(_band(w.box.middle[0], [xs[slot.left], *marks, xs[slot.right + 1]]) for w in slot.words)
    last = max(_band(w.box.middle[0], [xs[slot.left], *marks, xs[slot.right + 1]]) for w in slot.words)
    return _spread(slot, [(first, last, slot.words)])


# -- rows -------------------------------------------------------------------------------------------------------------


def _split_rows(out: Lattice, marks: list[float], level: Sequence[Edge]) -> None:
    """Bands that hold several rows of text become a band for each."""
    bands = _bands(out, marks)
    loose, rows_ruled = _open(out, marks, bands)
    edge = _edge([r for ruled in bands for r in ruled], marks, out.xs)
    data = [band for band, ruled in enumerate(bands) if is_data(ruled)]
    for band in reversed(range(len(bands))):
        ruled = bands[band]
        header = band < data[0] if data else band == 0 < len(bands) - 1
        sole = (
            band > 0
            and all(not bands[k] for k in range(band + 1, len(bands)))
            and sum(1 for b in bands[:band] if b) < 3
        )
        if len(ruled) < 2 or not (band in loose or stacked(ruled) or (sole and _worded(ruled))):
            continue
        firm = rows_ruled and not header and not stacked(ruled)
        groups = rows(ruled, edge, header=header, level=level, firm=firm)
        if len(groups) > 1:
            _cut_band(out, band, [[r.line for r in g] for g in groups])


def _bands(out: Lattice, marks: list[float]) -> list[list[Ruling]]:
    """The lines of each row band, over the columns; a line that its slots divide already need not be divided again."""
    slots: list[list[Slot]] = [[] for _ in range(len(out.ys) - 1)]
    for slot in out.slots:
        if slot.words and slot.top == slot.bottom:
            slots[slot.top].append(slot)
    walled = marks == out.xs[1:-1]
    bands = []
    for here in slots:
        lines = text_lines(w for s in here for w in s.words)
        if walled and len(lines) == 1 and all(s.left == s.right for s in here):
            held = sorted(here, key=lambda s: s.left)
            bands.append([Ruling(lines[0], tuple(Entry(s.left, s.right, tuple(s.words)) for s in held))])
        else:
            bands.append(rulings(lines, marks))
    if any(r.wide for ruled in bands for r in ruled):
        found = settings((w for s in out.slots for w in s.words), marks)
        bands = [
            rulings([r.line for r in ruled], marks, found) if any(r.wide for r in ruled) else ruled for ruled in bands
        ]
    return bands


def _open(out: Lattice, marks: Sequence[float], bands: Sequence[Sequence[Ruling]]) -> tuple[set[int], bool]:
    """Bands whose text goes on over columns without walls; and whether rules part most rows of figures."""
    loose = {
        s.top
        for s in out.slots
        if s.words and s.top == s.bottom and any(out.xs[s.left] < m < out.xs[s.right + 1] for m in marks)
    }
    counts = [sum(1 for r in ruled if r.figures) for ruled in bands]
    filled = sum(1 for count in counts if count)
    texts = [ruled for ruled in bands if ruled]
    if 2 * filled > len(texts):
        return loose, filled > 2 and 1.5 * filled > sum(counts)
    labelled = sum(1 for ruled in texts if _labelled_once(ruled))
    return loose, len(texts) > 3 and labelled > 0.7 * len(texts)


def _labelled_once(ruled: Sequence[Ruling]) -> bool:
    """Whether a band of text has its label on its first lines only: one row, that its rules enclose."""
    labels = [k for k, r in enumerate(ruled) if r.at(0) is not None]
    return labels == list(range(len(labels))) and (len(ruled) == 1 or len(labels) < len(ruled) or len(labels) < 3)


def _edge(ruled: Sequence[Ruling], marks: Sequence[float], xs: Sequence[float]) -> float:
    """The x to which labels run: the end of the longest."""
    ends = [label_end(e.words) for r in ruled if (e := r.at(0)) is not None and e.left == e.right]
    return max(ends) if ends else (marks[0] if marks else xs[-1])


def stacked(ruled: Sequence[Ruling]) -> bool:
    """Whether figures stand above each other in one column, each with a label beside it: rows without rules between them."""
    if _filled(ruled):
        return True
    with_figures = [r for r in ruled if any(has_digits(e.text) for e in r.entries if e.left in r.figures)]
    if len(with_figures) < 2:
        return False
    first, *rest = with_figures
    shared = (
        first.figures.intersection(*(r.figures for r in rest)) if len(rest) < 3 else first.figures & rest[0].figures
    )
    labels = [k for k, r in enumerate(ruled) if r.at(0) is not None]
    beside = {j for k in labels for j in (k, *((k - 1, k + 1) if ruled[k].filled == {0} else ()))}
    labelled = sum(1 for k, r in enumerate(ruled) if r in with_figures and k in beside)
    return bool(shared) and labelled >= 0.6 * len(with_figures)


def _worded(ruled: Sequence[Ruling]) -> bool:
    """Whether the one band under the header holds many short texts beside labels: no row but the body of a table."""
    beside = [r for r in ruled if len(r.filled) > 1 or 0 not in r.filled]
    held = [e for r in beside for e in r.entries if e.left > 0]
    short = sum(1 for e in held if len(e.words) < 4)
    return len(ruled) > 3 and len(beside) > 2 and short > 0.9 * len(held)


def _filled(ruled: Sequence[Ruling]) -> bool:
    """Whether each line of a long band prints short texts in nearly every column, or heads such lines: a table of words."""
    columns = len(set().union(*(r.filled for r in ruled)))
    full = [r for r in ruled if len(r.filled) >= columns - (columns > 3)]
    heads = sum(1 for r in ruled if r.filled == {0})
    held = [e for r in full for e in r.entries]
    if len(ruled) < 5 or columns < 3 or len(full) < 4 or len(full) + heads < 0.9 * len(ruled) or 2 * heads > len(ruled):
        return False
    return all(r.at(0) is not None for r in full) and sum(1 for e in held if len(e.words) < 5) > 0.9 * len(held)


def _cut_band(out: Lattice, band: int, groups: list[list[TextLine]]) -> None:
    """The row band becomes one band for each group of lines; slots over several bands grow with it."""
    borders = [
        (max(x.box.bottom for x in above) + min(x.box.top for x in below)) / 2 for above, below in pairwise(groups)
    ]
    extra = len(borders)
    kept: list[Slot] = []
    owner = {id(w): k for k, group in enumerate(groups) for found in group for w in found.words}
    for slot in out.slots:
        if slot.top > band:
            slot.top += extra
        if slot.bottom > band or (slot.bottom == band and slot.top < band):
            slot.bottom += extra
            kept.append(slot)
        elif slot.top == slot.bottom == band:
            kept += [
                Slot(band + k, band + k, slot.left, slot.right, [w for w in slot.words if owner[id(w)] == k])
                for k in range(extra + 1)
            ]
        else:
            kept.append(slot)
    out.slots = kept
    out.ys[band + 1 : band + 1] = borders


# -- text -------------------------------------------------------------------------------------------------------------


def grid_cells(found: Lattice, page: int) -> list[GridCell]:
    """The slots as cells, row by row, their text put together as a reader reads it."""
    return [_cell(slot, found, page) for slot in sorted(found.slots, key=lambda s: (s.top, s.left))]


def mended(parts: Sequence[str]) -> list[str]:
    """Lines put together where a narrow column broke a word: letters without a vowel are no word (`stedelij` / `k`)."""
    out: list[str] = []
    for part in parts:
        first = part.split(" ", 1)[0]
        torn = first.isalpha() and first.islower() and not set(first) & set("aeiouyàáâäèéêëìíîïòóôöùúûü")
        if out and torn and out[-1][-1:].isalpha():
            out[-1] += part
        else:
            out.append(part)
    return out


def _cell(slot: Slot, found: Lattice, page: int) -> GridCell:
    box = Box(found.xs[slot.left], found.ys[slot.top], found.xs[slot.right + 1], found.ys[slot.bottom + 1])
    rows, columns = slot.bottom - slot.top + 1, slot.right - slot.left + 1
    if not slot.words:
        return GridCell(slot.top, slot.left, "", page, box, rows, columns)
    if len(slot.words) == 1:
        word = slot.words[0]
        return GridCell(
            slot.top, slot.left, join_lines([word.text]), page, box, rows, columns, word.bold, word.box.x0 - box.x0
        )
    if slot.words[0].angle:
        text, bold = turned_text(slot.words), all(w.bold for w in slot.words)
        return GridCell(slot.top, slot.left, text, page, box, rows, columns, bold)
    lines = text_lines(slot.words)
    return GridCell(
        row=slot.top,
        column=slot.left,
        text=join_lines(mended([x.text for x in lines])),
        page=page,
        box=box,
        row_span=rows,
        column_span=columns,
        bold=all(x.bold for x in lines),
        indent=min(x.box.x0 for x in lines) - box.x0,
    )
