"""Labels that a dump prints over several lines: which lines belong together, and which are headings of their own."""

import re
from collections.abc import Sequence

from pv_extract.languages import languages
from pv_extract.text import clean, join_lines

_OPEN = re.compile(r"[-‐,(&/+]$")
_SPLIT_OFF = re.compile(r"[a-z]{1,2}")


def together(texts: Sequence[str]) -> str:
    """Lines as one text; a letter or two that an engine broke off a word (`Beslissin` / `g`) go back to it."""
    parts: list[str] = []
    for text in map(clean, texts):
        if parts and parts[-1][-1:].islower() and _SPLIT_OFF.fullmatch(text) and text not in _short_words():
            parts[-1] += text
        elif text:
            parts.append(text)
    return join_lines(parts)


def wraps(above: str, below: str) -> bool:
    """Whether a line goes on with the one above: it starts in lower case, or that one ends in the middle of something."""
    last = above.rsplit(" ", 1)[-1]
    return below[:1].islower() or bool(_OPEN.search(above)) or last.casefold() in _joining_words()


def _joining_words() -> frozenset[str]:
    """Words after which a label cannot end."""
    return frozenset(word for language in languages() for word in language.stopwords if not word.endswith("."))


def _short_words() -> frozenset[str]:
    return frozenset(word for word in _joining_words() if len(word) <= 2) | {"op", "in", "te", "of", "à", "m²"}
