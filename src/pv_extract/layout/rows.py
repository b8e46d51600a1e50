"""Lines gathered into rows: a wrapped label or header goes on from the line above, a figure begins a new row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.layout.columns import Entry, entries
from pv_extract.layout.edges import Edge
from pv_extract.layout.flush import Setting
from pv_extract.layout.lines import TextLine, has_digits, is_datum, is_figure
from pv_extract.layout.links import link
from pv_extract.model import Word


@dataclass(frozen=True, slots=True)
class Ruling:
    """A line divided over the columns."""

    line: TextLine
    entries: tuple[Entry, ...]

    @property
    def figures(self) -> set[int]:
        """Columns after the first in which it prints a figure."""
        return {e.left for e in self.entries if e.left == e.right and e.left > 0 and is_figure(e.text)}

    @property
    def wide(self) -> bool:
        """Whether several words stand over several columns, without a gap between them."""
        return any(e.right > e.left and len(e.words) > 1 for e in self.entries)

    @property
    def filled(self) -> set[int]:
        """Columns in which it prints anything."""
        return {c for e in self.entries for c in range(e.left, e.right + 1)}

    def at(self, column: int) -> Entry | None:
        """What it prints in this column."""
        return next((e for e in self.entries if e.left <= column <= e.right), None)


def rulings(lines: Sequence[TextLine], marks: Sequence[float], found: Sequence[Setting] = ()) -> list[Ruling]:
    """Each line over the columns with these borders, and with these settings where headers stand close."""
    return [Ruling(line, tuple(entries(line, marks, found))) for line in lines]


def rows(
    ruled: Sequence[Ruling], edge: float, *, header: bool = False, level: Sequence[Edge] = (), firm: bool = False
) -> list[list[Ruling]]:
    """Rows of an open band, top to bottom; `edge` is the x to which labels run; `header` where data follow below.

    `level` are the horizontal rules of the page: one under a header parts it from what stands below. Where rules part most
    rows anyway the band is `firm`: only what clearly is a row of its own, such as a bold heading, is parted from the rest.
    """
    if not ruled:
        return []
    head = heading(ruled)
    if not head and header and not _data(ruled[0]):
        head = len(ruled)
        while head > 1 and ruled[head - 1].filled == {0}:
            head -= 1
    head = head or _bold_lead(ruled)
    cuts = _cuts(ruled[head:], edge, firm=firm)
    out = [[ruled[0]]]
    for k in range(1, len(ruled)):
        joins = (
            _header_goes_on(out[-1], ruled[k - 1], ruled[k], level) if k < head else k > head and k - head not in cuts
        )
        if joins:
            out[-1].append(ruled[k])
        else:
            out.append([ruled[k]])
    return out


def _bold_lead(ruled: Sequence[Ruling]) -> int:
    """Number of bold lines over the lines of a table of words: its header, without the headings of groups at its end."""
    if any(r.figures for r in ruled):
        return 0
    lead = next((k for k, r in enumerate(ruled) if not r.line.bold), 0)
    while lead and _lone(ruled[lead - 1]):
        lead -= 1
    return lead


def heading(ruled: Sequence[Ruling]) -> int:
    """Number of lines before the first that prints figures other than years: the lines of the header, if it has any."""
    for k, ruling in enumerate(ruled):
        if _data(ruling) and not _rest_of_header(ruled, k):
            start = k
            while start and _lone(ruled[start - 1]):
                start -= 1  # labels above the first figures are its wrapped label or a heading
            return start
    return 0


def _lone(ruling: Ruling) -> bool:
    """Whether it prints a label and nothing else, be it longer than the column of labels."""
    return len(ruling.entries) == 1 and ruling.entries[0].left == 0


def _rest_of_header(ruled: Sequence[Ruling], k: int) -> bool:
    """Whether a figure is the last line of a header (`per 1,000`): no label, few columns, close to the line above."""
    if k == 0 or ruled[k].at(0) is not None:
        return False
    here, above = ruled[k].line, ruled[k - 1].line
    after = ruled[k + 1 : k + 4]
    fuller = not any(r.figures for r in after) or any(
        r.at(0) is not None and len(r.figures) >= 2 * len(ruled[k].figures) for r in after
    )
    return fuller and here.box.bottom - above.box.bottom < 1.4 * here.size and len(ruled[k].figures) < 3


def _data(ruling: Ruling) -> bool:
    texts = [e.text for e in ruling.entries if e.left > 0]
    data = [t for t in texts if is_datum(t)]
    return bool(data) and 2 * len(data) >= len(texts)


def is_data(ruled: Sequence[Ruling]) -> bool:
    """Whether any of these lines prints figures that are not years."""
    return any(_data(r) and not _rest_of_header(ruled, k) for k, r in enumerate(ruled))


# -- header -----------------------------------------------------------------------------------------------------------


def _header_goes_on(row: list[Ruling], before: Ruling, here: Ruling, level: Sequence[Edge]) -> bool:
    """Whether a header line goes on from the one above: set close, and no spanner of several columns stands over it."""
    size = max(here.line.size, before.line.size)
    step = here.line.box.bottom - before.line.box.bottom
    if step > 1.5 * size or any(e.right > e.left for e in here.entries):
        return False
    above = [e for r in row for e in r.entries]
    if any(e.right > e.left for e in above) or _ruled_off(before, here, level):
        return False
    return step < 0.8 * size or not _spans(above, here)


def _ruled_off(before: Ruling, here: Ruling, level: Sequence[Edge]) -> bool:
    """Whether a rule is drawn between the two lines, under a text of the upper."""
    low, high = before.line.box.bottom - 2.5, here.line.box.top + 2.5
    between = [e for e in level if low <= e.at <= high and e.length > 8]
    return any(
        e.start < t.words[0].box.x0 + 2 and t.words[-1].box.x1 - 2 < e.end for e in between for t in before.entries
    )


def _spans(above: Sequence[Entry], here: Ruling) -> bool:
    """Whether a lone text above stands in the middle of two texts or more under it, and not over the middle of its own."""
    if any(_over_turn(entry, here, above) for entry in above if entry.left > 0):
        return True
    for entry in above:
        own = next((e for e in here.entries if e.left == entry.left), None)
        free = [e for e in here.entries if not any(a.left <= e.left <= a.right for a in above if a is not entry)]
        beside = [e for e in free if abs(e.left - entry.left) == 1 and e.left > 0]
        if entry.left == 0 or not beside:
            continue
        if own is None:
            return True
        if abs(own.words[-1].box.x1 - entry.words[-1].box.x1) < 0.15 * own.words[-1].size:
            continue  # flush right with its own
        together = min(abs(_middle(own, e) - _middle(entry)) for e in beside)
        if link(entry.words, own.words, max(entry.words[-1].box.x1, own.words[-1].box.x1)) <= -3.0:
            return True
        if together < abs(_middle(own) - _middle(entry)) and together < 0.25 * _wide(own, beside[0]):
            return True
    return False


def _over_turn(entry: Entry, here: Ruling, above: Sequence[Entry]) -> bool:
    """Whether it stands alone in the middle of headers that come again beside them (2021, 2022, 2021, 2022): it names this turn."""
    under = [e for e in here.entries if e.left > 0]
    texts = [e.text for e in under]
    turn = len(set(texts))
    if turn < 2 or len(texts) < 2 * turn or texts != texts[:turn] * (len(texts) // turn):
        return False
    own = next((k for k, e in enumerate(under) if e.left <= entry.left <= e.right), None)
    if own is None:
        return False
    group = under[own - own % turn : own - own % turn + turn]
    alone = not any(group[0].left <= e.left <= group[-1].right for e in above if e is not entry)
    return alone and abs(_middle(*group) - _middle(entry)) < 0.2 * _wide(*group)


def _middle(*parts: Entry) -> float:
    return (min(p.words[0].box.x0 for p in parts) + max(p.words[-1].box.x1 for p in parts)) / 2


def _wide(*parts: Entry) -> float:
    return max(p.words[-1].box.x1 for p in parts) - min(p.words[0].box.x0 for p in parts)


# -- body -------------------------------------------------------------------------------------------------------------


def _cuts(ruled: Sequence[Ruling], edge: float, *, firm: bool) -> set[int]:
    """Positions of lines that begin a row. Between two lines with figures at least one begins, at the weakest link."""
    if len(ruled) < 2:
        return set()
    steps = [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(ruled)]
    edges = _edges(ruled) | {0: edge}
    scores = _headed([_score(a, b, edges, min(steps)) for a, b in pairwise(ruled)], ruled)
    full = len(set().union(*(r.filled for r in ruled)))
    labelled = sum(1 for r in ruled if r.at(0) is not None)
    if labelled > 0.75 * len(ruled) or sum(1 for r in ruled if len(r.filled) == full) > 0.8 * len(ruled):
        # cells do not all wrap into the same number of lines: where nearly each line has a label, each is a row
        scores = [min(s, -1.0) if _texts(a, b) else s for s, (a, b) in zip(scores, pairwise(ruled), strict=True)]
    if firm:
        alone = [(a.filled == {0}) != (b.filled == {0}) and None not in (a.at(0), b.at(0)) for a, b in pairwise(ruled)]
        return {k + 1 for k, score in enumerate(scores) if score <= -3.0 and alone[k]}
    cuts = {k + 1 for k, score in enumerate(scores) if score <= 0}
    _around(ruled, scores, cuts)
    data = [k for k, r in enumerate(ruled) if r.figures]
    upwards = _upwards(ruled, scores, data)
    for a, b in pairwise(data):
        between = range(a + 1, b + 1)
        if not cuts.intersection(between):
            weakest = min(scores[k - 1] for k in between)
            equal = [k for k in between if scores[k - 1] == weakest]
            cuts.add(equal[-1] if upwards else equal[0])
    return cuts


def _headed(scores: list[float], ruled: Sequence[Ruling]) -> list[float]:
    """Scores, less for a lone label before a capital where no label of the table clearly wraps: it is the heading of a group.

    That nothing fits behind a long heading, or in a narrow column, is no sign that it wraps.
    """
    lone = [k for k, (a, b) in enumerate(pairwise(ruled)) if a.filled == {0} and b.at(0) is not None]
    wraps = any(scores[k] >= 2.0 for k in lone)
    return [
        score - (3.0 if k in lone and _leads_group(ruled, k) else 0.0) - (1.0 if k in lone and not wraps else 0.0)
        for k, score in enumerate(scores)
    ]


def _leads_group(ruled: Sequence[Ruling], k: int) -> bool:
    """Whether the rows after a lone label all stand further in than it: they are its group, not its second line."""
    starts = [e.words[0].box.x0 for r in ruled[k : k + 3] if (e := r.at(0)) is not None]
    return len(starts) == 3 and min(starts[1:]) > starts[0] + 3.0 and abs(starts[1] - starts[2]) < 1.5


def label_end(words: Sequence[Word]) -> float:
    """The x where a label ends, before the dots that lead to its figures."""
    said = [w for w in words if w.text.strip(".…·_")]
    if not said:
        return words[-1].box.x1
    last, printed = said[-1], said[-1].text.rstrip(".…·_")
    dots = len(last.text) - len(printed)
    return last.box.x1 - (last.box.width * dots / len(last.text) if dots > 3 else 0.0)


def _said(words: Sequence[Word]) -> list[Word]:
    return [w for w in words if w.text.strip(".…·_")] or list(words)


def _texts(above: Ruling, below: Ruling) -> bool:
    """Whether both lines print a label and the same columns of text beside it."""
    return above.filled == below.filled != {0} and 0 in above.filled and not above.figures and not below.figures


def _edges(ruled: Sequence[Ruling]) -> dict[int, float]:
    """The x to which the text of each column runs."""
    out: dict[int, float] = {}
    for entry in (e for r in ruled for e in r.entries if e.left == e.right):
        end = entry.words[-1].box.x1 if entry.left else label_end(entry.words)
        out[entry.left] = max(out.get(entry.left, 0.0), end)
    return out


def _score(above: Ruling, below: Ruling, edges: Mapping[int, float], tight: float) -> float:
    """How strongly a line goes on from the one above: above 0 it does."""
    step = below.line.box.bottom - above.line.box.bottom
    size = max(above.line.size, below.line.size)
    if step > 1.9 * size or (above.figures and below.figures):
        return -9.0
    loose = 3.0 if step > tight + 0.12 * size else 0.0
    if above.filled != {0} and below.filled != {0}:
        return _texts_go_on(above, below, edges) - loose
    upper, lower = above.at(0), below.at(0)
    if upper is None or lower is None or lower.right > 0:
        return -1.0
    if upper.right > 0:  # a heading over several columns
        lone = len(above.entries) == len(below.entries) == 1
        return link(upper.words, lower.words, upper.words[-1].box.x1) - loose if lone else -1.0
    if has_digits(lower.text) and len(lower.words) == 1:
        return -9.0
    return link(_said(upper.words), _said(lower.words), edges.get(0, 0.0)) - loose


def _texts_go_on(above: Ruling, below: Ruling, edges: Mapping[int, float]) -> float:
    """Rows of text: a line goes on where each of its texts goes on from the one above it in the column."""
    scores = []
    for lower in below.entries:
        upper = above.at(lower.left)
        if upper is None or upper.left != upper.right or lower.left != lower.right:
            scores.append(-1.0 if upper is None else -9.0)
        elif lower.left in above.figures | below.figures:
            scores.append(-9.0)  # figures do not wrap
        else:
            scores.append(link(upper.words, lower.words, edges[lower.left]))
    return min(scores)


def _upwards(ruled: Sequence[Ruling], scores: Sequence[float], data: Sequence[int]) -> bool:
    """Whether lines of labels without figures belong to the row above (figures at the top of their row), as most do."""
    up = down = 0.0
    for k, ruling in enumerate(ruled):
        if ruling.filled == {0}:
            above = scores[k - 1] if k - 1 in data else 0.0
            below = scores[k] if k + 1 in data else 0.0
            up += above > 0 and above > below
            down += below > 0 and below > above
    if data and data[0] > 0 and scores[data[0] - 1] > 0:
        down += 1
    if data and data[-1] < len(ruled) - 1 and scores[data[-1]] > 0:
        up += 1
    return up >= down


def _around(ruled: Sequence[Ruling], scores: list[float], cuts: set[int]) -> None:
    """Figures without a label on their line, between the lines of a wrapped label: they stand at half its height."""
    for k, ruling in enumerate(ruled):
        if ruling.at(0) is not None or not (ruling.figures or _between(ruled, k)):
            continue
        pairs = 0
        while _pair(ruled, k, pairs + 1, cuts if pairs else set()):
            pairs += 1
        if pairs:
            inside = range(k - pairs + 1, k + pairs + 1)
            cuts.difference_update(inside)
            cuts.update({k - pairs, k + pairs + 1} - {0, len(ruled)})
            for j in inside:
                scores[j - 1] = 9.0


def _between(ruled: Sequence[Ruling], k: int) -> bool:
    """Whether the lines above and below reach into the height of this one."""
    if not 0 < k < len(ruled) - 1:
        return False
    box = ruled[k].line.box
    return ruled[k - 1].line.box.bottom > box.top and ruled[k + 1].line.box.top < box.bottom


def _pair(ruled: Sequence[Ruling], k: int, away: int, cuts: set[int]) -> bool:
    """Whether the lines this far above and below are label lines, no further apart than lines of one text."""
    above, below = k - away, k + away
    if above < 0 or below >= len(ruled) or above + 1 in cuts or below in cuts:
        return False
    upper, lower = ruled[above], ruled[below]
    inner = ruled[above + 1] if away > 1 else lower
    step = inner.line.box.bottom - upper.line.box.bottom
    return upper.filled == {0} == lower.filled and step < 1.6 * upper.line.size
