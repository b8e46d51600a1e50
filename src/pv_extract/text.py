"""Printed text: putting wrapped lines back together, and telling marks from the text they hang on."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_LETTERS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱᵖʳᵘ"
# the mark of a note, as patterns: what a raised one is, and any
RAISED = rf"⁽?(?:[{SUPERSCRIPTS}]+|[{RAISED_LETTERS}])⁾?"
MARK = rf"\*+|[†‡]+|{RAISED}|\((?:\*+|\d{{1,2}})\)"
_SOFT_HYPHEN = "\u00ad"
_AFTER_HYPHEN = re.compile(r"(?:en|of|tot|et|ou|und|oder|bis|and|or)\b")
_MARKS = re.compile(
    rf"(?<!\bm)(?<!\bkm)(?<!\bcm)(?:\s*(?:{MARK})(?:,(?=[⁽{SUPERSCRIPTS}{RAISED_LETTERS}]))?)+$",
)
_ENDS = frozenset(f"*†‡⁾){SUPERSCRIPTS}{RAISED_LETTERS}")  # the characters that a mark can end with
_DOTS = frozenset(".…·")
_LEADERS = re.compile(r"(?<=[^\s.…·])\s*(?:(?:\.\s?){4,}|(?:…\s?){2,}|(?:·\s?){4,})$")
_FEW_LEADERS = re.compile(r"(?<=[^\s.…·])(?:\s(?:\.\s?){1,3}|\.{2,3})$")
_MARK = re.compile(MARK)


def join_lines(parts: Sequence[str]) -> str:
    """The text of wrapped lines as a reader reads it.

    `2019-` and `2020` give `2019-2020`, `Papier- en` keeps its hyphen and its space, `West-` and `Vlaanderen` join. A hyphen
    that was printed stays; a soft hyphen was only there for the break.
    """
    if len(parts) == 1:
        return clean(parts[0]).replace(_SOFT_HYPHEN, "")
    text = ""
    for part in map(clean, parts):
        if not text or not part:
            text = text or part
        elif text.endswith(_SOFT_HYPHEN):
            text = text[:-1] + part
        elif _glued(text, part):
            text += part
        else:
            text += " " + part
    return text.replace(_SOFT_HYPHEN, "")


def _glued(text: str, part: str) -> bool:
    if text.endswith("/") and not text.endswith(" /") and "//" not in text:
        return True
    hyphened = len(text) > 1 and text[-1] in "-‐‑" and text[-2].isalnum()
    return hyphened and not _AFTER_HYPHEN.match(part) and part[0].isalnum()


def clean(text: str) -> str:
    """One line with single plain spaces; every other character as printed."""
    return " ".join(text.split())


def without_leaders(text: str, *, led: bool = False) -> str:
    """A label without the dots that lead the eye from it to its figures.

    Where those of the labels above and below it are `led`, fewer are enough: a long label leaves no room for more.
    """
    if text[-1:] not in _DOTS:
        return text
    return _LEADERS.sub("", _FEW_LEADERS.sub("", text) if led else text)


def split_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """What was printed without its footnote marks, and the marks: `2022-2023*` is `2022-2023` and `*`, `226¹` is `226` and `1`."""
    text = text.strip()
    found = _MARKS.search(text) if text[-1:] in _ENDS else None
    if not found or not found.start():
        return text, ()
    marks = tuple(plain_mark(m) for m in _MARK.findall(found.group()))
    return text[: found.start()].strip(), marks


def plain_mark(mark: str) -> str:
    """A mark as a key: raised digits and letters brought down, brackets dropped (`¹`, `(1)` and `1` are one mark)."""
    return unicodedata.normalize("NFKC", mark).strip("() ")


@lru_cache(maxsize=8192)  # the same headers and words are looked up many times in one document
def fold(text: str) -> str:
    """Lower case without accents, single spaces: for looking words up, never for showing."""
    decomposed = unicodedata.normalize("NFKD", clean(text)).casefold()
    return decomposed if decomposed.isascii() else decomposed.translate(_WITHOUT_ACCENTS)


class _WithoutAccents(dict[int, int | None]):
    """A table for `str.translate` that drops combining characters, filled with the characters that are met."""

    def __missing__(self, code: int) -> int | None:
        self[code] = None if unicodedata.combining(chr(code)) else code
        return self[code]


_WITHOUT_ACCENTS = _WithoutAccents()
