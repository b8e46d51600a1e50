"""Lines at the top of a table that are its title, though they stand below its first rule or close to its header."""

from collections.abc import Sequence
from itertools import takewhile

from pv_extract.layout.strips import Strip, about

_NEAR = 2.0


def title_lines(strips: Sequence[Strip]) -> int:
    """Number of lone texts at the top that begin where the labels do and head the whole table.

    One does that runs on over the figures, says that it is a caption, or is heavier than the header; what stands in brackets
    below goes with it. No header of the labels begins above all others and runs beyond them.
    """
    lead = list(takewhile(lambda s: len(s.chunks) == 1, strips))
    if not lead or len(lead) == len(strips):
        return 0
    rows = [s.chunks for s in strips[len(lead) :] if len(s.chunks) > 1]
    left = min(chunks[0].box.x0 for chunks in rows)
    figures = min(chunks[1].box.x0 for chunks in rows if chunks[0].box.x0 < left + _NEAR)
    lead = list(takewhile(lambda s: s.line.box.x0 < left + _NEAR, lead))
    header = strips[len(lead)]
    heads = (s.line.box.x1 > figures + s.line.size or about(s.line) or heavier(s, header) for s in lead)
    count = max((k for k, title in enumerate(heads, start=1) if title), default=0)
    while 0 < count < len(lead) and _bracketed(lead[count].line.text):
        count += 1
    return count


def _bracketed(text: str) -> bool:
    return text[:1] in "([" and text[-1:] in ")]"


def heavier(above: Strip, below: Strip) -> bool:
    """Whether a line is set in a heavier weight or a larger size than the one below."""
    a, b = above.line, below.line
    return (a.bold and not b.bold) or a.size > b.size + 0.6
