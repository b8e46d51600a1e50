"""Lines gathered into rows: a wrapped label or header goes on from the line above, a figure begins a new row."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pv_extract.layout.edges import Edge
from pv_extract.layout.half_lines import header_joins, own_line
from pv_extract.layout.half_rows import around
from pv_extract.layout.lines import LEADERS, has_digits, is_figure
from pv_extract.layout.links import link
from pv_extract.layout.records import errors_below, record_starts
from pv_extract.layout.rulings import Ruling, bold_lead, heading, is_row
from pv_extract.layout.spaced import spaced_rows
from pv_extract.layout.stacks import stack_starts
from pv_extract.layout.wrapped import wrapped_starts
from pv_extract.model import Word

_GAP = 3.0  # type sizes: more than stands between a text that fills its column and the next column

_SPAN = re.compile(r"(?:19|20)\d\d[-–/](?:19|20)?\d\d$")  # years that a label may end with


@dataclass(frozen=True, slots=True)
class Band:
    """What the rest of a table says of an open band.

    It is a `header` where data follow below, `headed` where its columns have headers above it. Where rules part most rows
    anyway it is `firm`: only what clearly is a row of its own, such as a bold heading, is parted from the rest. The headers of
    the columns `apart` are not read with it. The lines of one row stand as `close` in other bands, where space parts rows there.
    """

    header: bool = False
    firm: bool = False
    headed: bool = False
    apart: frozenset[int] = frozenset()
    close: float = 0.0


def rows(ruled: Sequence[Ruling], edge: float, band: Band, level: Sequence[Edge] = ()) -> list[list[Ruling]]:
    """Rows of an open band, top to bottom; `edge` is the x to which labels run.

    `level` are the horizontal rules of the page: one under a header parts it from what stands below.
    """
    if not ruled:
        return []
    ruled = _labelled(ruled)
    head = 0 if band.headed else heading(ruled)
    if not head and band.header and not is_row(ruled[0]):
        head = _bold_header(ruled) or len(ruled)
        while head > 1 and ruled[head - 1].filled == {0}:
            head -= 1
    head = head or bold_lead(ruled)
    starts = stack_starts(ruled[:head], level) if head > 2 else None
    cuts = _starts(ruled[head:], edge, band)
    out = [[ruled[0]]]
    for k in range(1, len(ruled)):
        below = ruled[k + 1] if k + 1 < head else None
        if k >= head:
            joins = k > head and k - head not in cuts
        elif own_line(ruled[:k], ruled[k], band.apart):
            joins = False
        elif starts is not None:
            joins = k not in starts
        else:
            joins = header_joins(out[-1], ruled[:k], ruled[k], below, level)
        if joins:
            out[-1].append(ruled[k])
        else:
            out.append([ruled[k]])
    return out


def _bold_header(ruled: Sequence[Ruling]) -> int:
    """Number of bold lines over a row that is not: it prints a label and most of the columns of the header; 0 without one."""
    lead = bold_lead(ruled)
    if not lead or 0 not in ruled[lead].filled:
        return 0
    columns = set().union(*(r.filled for r in ruled[:lead]))
    return lead if len(columns) > 2 and len(ruled[lead].filled & columns) > 0.6 * len(columns) else 0


def _labelled(ruled: Sequence[Ruling]) -> Sequence[Ruling]:
    """The lines, where a number alone behind a code (`2021-2027`) is part of the label beside it, as those of all rows are text."""
    lone = [k for k, r in enumerate(ruled) if k and r.filled == r.figures == {1}]
    texts = [e.text for r in ruled if r.figures - {1} and (e := r.at(1)) is not None] if lone else []
    if not texts or any(map(is_figure, texts)):
        return ruled
    return [replace(r, labels=2) if k in lone else r for k, r in enumerate(ruled)]


def _starts(ruled: Sequence[Ruling], edge: float, band: Band) -> set[int]:
    """Positions of lines that begin a row; errors in brackets under the figures of a row begin none."""
    below = errors_below(ruled)
    if not below:
        return _cuts(ruled, edge, firm=band.firm, close=band.close)
    kept = [k for k in range(len(ruled)) if k not in below]
    return {kept[k] for k in _cuts([ruled[k] for k in kept], edge, firm=band.firm, close=band.close)}


def _cuts(ruled: Sequence[Ruling], edge: float, *, firm: bool, close: float = 0.0) -> set[int]:
    """Positions of lines that begin a row. Between two lines with figures at least one begins, at the weakest link."""
    if len(ruled) < 2:
        return set()
    if not firm and (parted := record_starts(ruled)):
        return parted
    if not firm and (spaced := spaced_rows(ruled, close)) is not None:
        return spaced
    if not firm and (begun := wrapped_starts(ruled)):
        return begun
    edges = _edges(ruled) | {0: edge}
    steps = [b.line.box.bottom - a.line.box.bottom for a, b in pairwise(ruled)]
    whole = [step for step in steps if step > 0.9 * ruled[0].line.size]  # figures may stand at half a line
    scores = _headed([_score(a, b, edges, min(whole or steps)) for a, b in pairwise(ruled)], ruled)
    scores = _spaced(scores, ruled, steps)
    full = len(set().union(*(r.filled for r in ruled)))
    lines = [
        r for r in ruled if len(r.entries) > 1 or r.entries[0].left == r.entries[0].right
    ]  # no headings over columns
    labelled = sum(1 for r in lines if r.at(0) is not None)
    if labelled > 0.75 * len(lines) or sum(1 for r in lines if len(r.filled) == full) > 0.8 * len(lines):
        # cells do not all wrap into the same number of lines: where nearly each line has a label, each is a row
        scores = [min(s, -1.0) if _texts(a, b) else s for s, (a, b) in zip(scores, pairwise(ruled), strict=True)]
    if firm:
        return {k + 1 for k, score in enumerate(scores) if score <= -3.0 and _heading_apart(ruled[k], ruled[k + 1])}
    cuts = {k + 1 for k, score in enumerate(scores) if score <= 0}
    around(ruled, scores, cuts)
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
    """Scores, less for a lone label beside a capital where no label of the table clearly wraps: it is the heading of a group.

    That nothing fits behind a long label, or in a narrow column, is no sign that it wraps.
    """
    pairs = list(pairwise(ruled))
    lone = [k for k, (a, b) in enumerate(pairs) if a.filled == {0} and b.at(0) is not None]
    after = [k for k, (a, b) in enumerate(pairs) if b.filled == {0} and a.figures and a.at(0) is not None]
    wraps = any(scores[k] >= 2.0 for k in (*lone, *after))
    alone = set() if wraps else {*lone, *(k for k in after if k + 1 < len(pairs))}
    return [
        score - (3.0 if k in lone and _leads_group(ruled, k) else 0.0) - (1.0 if k in alone else 0.0)
        for k, score in enumerate(scores)
    ]


def _spaced(scores: list[float], ruled: Sequence[Ruling], steps: Sequence[float]) -> list[float]:
    """Scores, more for lines that stand closer than any two rows of figures do: space parts rows, not the lines of one."""
    pairs = [(a, b) for a, b in pairwise(ruled)]
    rows = [step for step, (a, b) in zip(steps, pairs, strict=True) if a.figures and b.figures]
    if not rows:
        return scores
    near = min(rows) - 0.1 * ruled[0].line.size
    both = [a.figures and b.figures for a, b in pairs]
    return [s + 3.0 if step < near and not two else s for s, step, two in zip(scores, steps, both, strict=True)]


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


def _heading_apart(above: Ruling, below: Ruling) -> bool:
    """Whether one of two lines is a label alone, and in another weight or size than the other's."""
    upper, lower = above.at(0), below.at(0)
    if upper is None or lower is None or (above.filled == {0}) == (below.filled == {0}):
        return False
    a, b = upper.words[0], lower.words[0]
    return a.bold != b.bold or abs(a.size - b.size) > 0.6


def _texts(above: Ruling, below: Ruling) -> bool:
    """Whether both lines print a label and the same columns of text beside it."""
    return above.filled == below.filled != {0} and 0 in above.filled and not above.figures and not below.figures


def _edges(ruled: Sequence[Ruling]) -> dict[int, float]:
    """The x to which the text of each column behind the labels runs.

    It runs to its longest line, or near to a column of text that begins further on.
    """
    out: dict[int, float] = {}
    begins: dict[int, list[float]] = {}
    for left, right, words in [e for r in ruled for e in r.entries]:
        if left == right > 0:
            end = words[-1].box.x1
            if end > out.setdefault(left, end):
                out[left] = end
            begins.setdefault(left, []).append(words[0].box.x0)
    near = _GAP * ruled[0].line.size
    for column, end in out.items():
        after = begins.get(column + 1, [])
        first = min(after, default=0.0)
        if sum([x - first < 1.5 for x in after]) > 0.9 * len(after):
            out[column] = max(end, first - near)
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
    alone = has_digits(lower.text) and len(lower.words) == 1 and not lower.text.endswith(")")
    figure = alone and not _SPAN.match(lower.text)
    if figure or LEADERS.search(upper.words[-1].text):
        return -9.0  # a label ends where leaders begin
    return link(_said(upper.words), _said(lower.words), edges.get(0, 0.0)) - loose


def _texts_go_on(above: Ruling, below: Ruling, edges: Mapping[int, float]) -> float:
    """Rows of text: a line goes on where each of its texts goes on from the one above it in the column."""
    label = below.at(1)
    if above.filled == {1} and below.figures and label is not None and below.at(0) is not None:
        return link(_said(above.entries[0].words), _said(label.words), edges.get(1, 0.0))  # behind a code
    scores = []
    for lower in below.entries:
        upper = above.at(lower.left)
        if upper is None or upper.left != upper.right or lower.left != lower.right:
            scores.append(-2.0 if upper is None else -9.0)
        elif lower.left in above.figures or (lower.left in below.figures and len(below.entries) > 1):
            scores.append(-9.0)  # figures do not wrap
        else:
            digits = 1.5 if lower.left in below.figures else 0.0  # the last word of a text
            scores.append(link(upper.words, lower.words, edges[lower.left]) + digits)
    return _together(scores, labelled=0 in below.filled)


def _together(scores: Sequence[float], *, labelled: bool) -> float:
    """The evidence of several columns that a line goes on.

    Without a label it does where one text clearly goes on and none begins anew; with one, three capitals behind full lines are
    no evidence yet: short columns are always full.
    """
    if not labelled and max(scores) >= 2.0 and min(scores) > -2.0:
        return max(scores)
    return min(*scores, -0.5) if labelled and len(scores) > 2 and max(scores) < 1.0 else min(scores)


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
