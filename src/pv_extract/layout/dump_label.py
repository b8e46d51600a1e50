"""Labels that a dump prints over several lines: which lines belong together, and which are headings of their own."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pv_extract.languages import languages
from pv_extract.layout.dump_lines import Printed
from pv_extract.text import clean, fold, join_lines

_OPEN = re.compile(r"[-‐,(&/+]$")
_FULL = 0.6  # share of the longest label line from which on a line may have been full
_SPLIT_OFF = re.compile(r"[a-z]{1,2}")


class Label(NamedTuple):
    """The label of a row, the lines above it that are headings of their own, and a doubt where that could be otherwise."""

    text: str
    page: int
    headings: tuple[Printed, ...]
    doubt: str = ""


def label(above: Sequence[Printed], own: str, page: int, width: int) -> Label:
    """The label of a row, from the lines above its figures and the text before them; `width` is the longest label line's."""
    parts = [own] if own else []
    rest = list(above)
    doubt = ""
    while rest:
        line = rest[-1]
        if parts and not wraps(line.text, parts[0]):
            if len(line.text) + 1 + len(parts[0].split(" ")[0]) <= width:
                break  # the word would have fitted: the line was ended on purpose
            if len(line.text) < _FULL * width:
                doubt = f"{line.text!r} is read as a heading above {parts[0]!r}"
                break
            doubt = f"{line.text!r} and {parts[0]!r} are read as one label"
        parts.insert(0, rest.pop().text)
        page = line.line.page
    return Label(together(parts), page, tuple(rest), doubt)


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


def ends_open(text: str) -> bool:
    """Whether a text ends in a word that no label ends in."""
    last = fold(text).rsplit(" ", 1)[-1]
    return any(last in language.open_ends for language in languages())


def _joining_words() -> frozenset[str]:
    """Words after which a label cannot end."""
    return frozenset(word for language in languages() for word in language.stopwords if not word.endswith("."))


def _short_words() -> frozenset[str]:
    return frozenset(word for word in _joining_words() if len(word) <= 2) | {"op", "in", "te", "of", "à", "m²"}
