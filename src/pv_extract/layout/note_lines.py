"""Notes beside each other on one line below a table: each begins with the mark that follows the one before."""

import re
import unicodedata
from itertools import pairwise

from pv_extract.layout.strips import Strip
from pv_extract.text import RAISED

_MARK = re.compile(
    rf"^(?:(?P<raised>{RAISED})|(?P<level>\(?(?:\d{{1,2}}|[a-z])\)|\d{{1,2}}\.(?=\s))|(?P<stars>\*+|[†‡]))"
    r"\s?(?=[^\W\d_]{2})"
)
_SIGNS = ("*", "†", "‡")


def notes_beside(strip: Strip) -> bool:
    """Whether a line prints two notes or more: marks of one kind that follow each other, with words behind each."""
    marks = [_place(c.text) for c in strip.chunks]
    if len(marks) < 2 or None in marks:
        return False
    places = [m for m in marks if m is not None]
    return all(a[0] == b[0] and a[1] + 1 == b[1] for a, b in pairwise(places))


def _place(text: str) -> tuple[str, int] | None:
    """The kind of the mark that a text begins with, and its place among its kind; None without one and words behind it."""
    found = _MARK.match(text)
    if found is None:
        return None
    kind = str(found.lastgroup)
    mark = unicodedata.normalize("NFKC", found.group(kind)).strip("().")
    if kind == "stars":
        return kind, len(mark) + _SIGNS.index(mark[0])
    return (f"{kind} number", int(mark)) if mark.isdigit() else (f"{kind} letter", ord(mark[0]))
