"""Whether a text goes on from the line above it or begins anew."""

import re
from collections.abc import Sequence

from pv_extract.languages import open_ends
from pv_extract.model import Word

_ITALIC = re.compile(r"ital|obliq", re.IGNORECASE)


def link(above: Sequence[Word], below: Sequence[Word], edge: float) -> float:
    """Evidence that a text goes on from the line above, over 0 where it does; `edge` is the x to which their column is filled.

    A line breaks only where its next word does not fit: that it would have fitted speaks against; a small letter at the
    start and an open end (`-`, `,`, `en`) speak for it, a change of weight, from italics to upright letters or an outdent against.
    """
    start, end = above[0].box.x0, above[-1].box.x1
    first = below[0]
    fits = end + 0.25 * first.size + first.box.width <= edge - 0.5
    score = -4.0 if fits else 1.0
    letters = first.text.lstrip("(\"'“‘")
    if letters[:1].islower():
        score += 3.0
    elif letters[:1].isdigit():
        score -= 1.5
    elif letters[:1].isupper():
        score -= 0.5
    if first.text in open_ends():
        score += 2.5
    if first.text[:1] == "(" and first.text[2:3] != ")":
        score += 7.0  # an addition to the label, and no `(a)`
    if _open(above) and _closes(below):
        score += 5.0
    if above[-1].text[-1:] in "-,(&/\u00ad" or above[-1].text.casefold() in open_ends():
        score += 2.5
    if above[-1].bold != first.bold or abs(above[-1].size - first.size) > 0.6 or slanted(above) != slanted(below):
        score -= 3.0
    if first.box.x0 < start - 1.5:
        score -= 3.0
    return score


def slanted(words: Sequence[Word]) -> bool:
    """Whether all words are in italics."""
    return _ITALIC.search(words[0].font) is not None and all(_ITALIC.search(w.font) for w in words)


def _open(words: Sequence[Word]) -> bool:
    """Whether a bracket is opened and not closed."""
    text = "".join(w.text for w in words)
    return text.count("(") > text.count(")")


def _closes(words: Sequence[Word]) -> bool:
    """Whether a bracket is closed before one is opened."""
    text = "".join(w.text for w in words)
    return ")" in text and "(" not in text[: text.index(")")]
