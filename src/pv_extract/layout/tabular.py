"""What makes a table of a run of lines: figures in columns, or short texts that keep to theirs between rules."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pv_extract.layout.columns import Column
from pv_extract.layout.edges import Edge
from pv_extract.layout.lines import YEARS, Chunk, has_digits
from pv_extract.layout.strips import LISTED, Strip
from pv_extract.model import Box

_LEADERS = re.compile(r"\.{4,}|(?:\. ){4,}|…{2,}")


def tabular(body: Sequence[Strip], found: Sequence[Column], level: Sequence[Edge]) -> bool:
    """Whether a run of lines is a table, by the figures in its columns, or by short texts that keep to theirs."""
    several = [s for s in body if s.halfway or (s.several and len(s.chunks) > 1)]
    if len(found) < 2 or len(several) < 2:
        return False
    if _contents(several, found) or sum(1 for s in several if s.listed) > 0.5 * len(several):
        return False
    entries = sum(len(s.chunks) + s.halfway for s in several)
    figures = [sum([has_digits(c.text) for c in _beside_label(s)]) for s in several]
    digits, rows = sum(figures), len(figures) - figures.count(0)
    ruled = _rules_near(body, level)
    dense = entries >= 0.45 * len(several) * len(found)
    labelled = sum(1 for s in several if s.halfway or _label(s.chunks[0].text)) >= 0.5 * rows
    if rows >= 2 and digits >= 0.4 * (entries - len(several)) and dense and (labelled or ruled >= 2 or len(found) >= 4):
        return rows >= 3 or ruled >= 1 or len(found) >= 3
    words = sum(len(c.words) for s in several for c in s.chunks)
    own = _rules_near(body, level, widest=1.3)
    if (own >= 2 and dense and len(several) >= 3 and words < 6 * entries) or _worded(several, found):
        return True
    return len(several) >= 4 and entries >= 0.8 * len(several) * len(found) and _lined_up(several, found)


def _beside_label(strip: Strip) -> Sequence[Chunk]:
    """The texts after the label; all of a line that stands at half the height of its label."""
    return strip.chunks if strip.halfway else strip.chunks[1:]


def _label(text: str) -> bool:
    """Whether it can name a row: a word, or a year."""
    return bool(re.search(r"[^\W\d_]{2}", text) or YEARS.match(text))


def _worded(several: Sequence[Strip], found: Sequence[Column]) -> bool:
    """Texts that wrap in their columns, three or more, under a header of as many bold texts: all begin at the same x."""
    head, *body = several
    if not head.line.bold or len(head.chunks) != len(found) or len(found) < 3 or len(body) < 2:
        return False
    if sum(1 for s in body if s.line.bold) > 0.3 * len(body):
        return False
    pieces = [c for s in several for c in s.chunks]
    level = sum(1 for c in pieces if any(abs(c.box.x0 - col.x0) < 2.0 for col in found))
    return level > 0.9 * len(pieces) and all(len(c.words) < 9 for c in head.chunks)


def _lined_up(several: Sequence[Strip], found: Sequence[Column]) -> bool:
    """Short texts in three columns or more, or two under a bold header, that begin, or end, at the same x in each."""
    head, *body = several
    header = head.line.bold and not any(s.line.bold for s in body) and len(head.chunks) == len(found)
    if len(found) < (2 if header else 3):
        return False
    held: list[list[Chunk]] = [[] for _ in found]
    for piece in (c for s in several for c in s.chunks):
        column = next((k for k, col in enumerate(found) if col.x0 - 1 <= piece.box.x0 <= col.x1), None)
        if column is not None:
            held[column].append(piece)
    every = [c for inside in held for c in inside]
    flush = sum(max(_alike([c.box.x0 for c in inside]), _alike([c.box.x1 for c in inside])) for inside in held)
    short = sum(1 for c in every if len(c.words) <= 4)
    return flush > (0.9 if len(found) < 4 else 0.8) * len(every) and short > 0.8 * len(every)


def _alike(at: Sequence[float]) -> int:
    """How many of them share one x."""
    return max((sum(1 for y in at if abs(x - y) < 2.0) for x in at), default=0)


def _contents(several: Sequence[Strip], found: Sequence[Column]) -> bool:
    """Whether this is a table of contents: a page number at the end of each line, never falling, after dots or a number."""
    last = [s.chunks[-1].text for s in several]
    if len(found) > 3 or not all(re.fullmatch(r"\d{1,4}|[ivxlc]+", t) for t in last):
        return False
    pages = [int(t) for t in last if t.isdigit()]
    rising = all(a <= b for a, b in pairwise(pages))
    listed = sum(1 for s in several if _LEADERS.search(s.line.text) or LISTED.match(s.chunks[0].words[0].text))
    dotted = all(_LEADERS.search(s.line.text) for s in several)
    return (dotted and rising) or (rising and len(pages) > 2 and 2 * listed > len(several))


def _rules_near(body: Sequence[Strip], level: Sequence[Edge], widest: float = 9.0) -> int:
    """Number of horizontal rules inside or right at the run, over most of its width and not wider than so many times it."""
    box = Box.around(s.line.box for s in body)
    near = [e for e in level if box.top - 30 <= e.at <= box.bottom + 12 and e.length <= widest * box.width]
    return sum(1 for e in near if along(e, box))


def along(edge: Edge, box: Box) -> bool:
    """Whether a level edge runs along most of the width of a box."""
    return min(edge.end, box.x1) - max(edge.start, box.x0) >= 0.6 * box.width
