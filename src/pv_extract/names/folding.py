"""Printed labels made comparable: case, accents, marks, enumeration, hyphenation and characters that look alike."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple, cast

from pydantic import BaseModel, ConfigDict, ValidationError

from pv_extract.declared import parse_yaml
from pv_extract.findings import ConfigurationError
from pv_extract.shipped import schemas_folder
from pv_extract.text import clean, fold, join_lines, split_marks

LONGEST = 300
"""Characters that a label may have; what is longer is prose."""

# A letter with a point may be an abbreviation (`W. Vlaanderen`): only the first letters of the alphabet, in lower case, number.
_REMEMBERED = 32768
_ENUMERATION = re.compile(
    r"^\s*(?:[-–—•*▪·►>]+\s*|\(?\d{1,2}[.)]\s+|\(?[a-zA-Z]\)\s*|\(?[ivxIVX]{1,4}\)\s*|[a-h]\.\s+)+(?=\S)"
)
_ELIDED = re.compile(r"\b(?:[dl]|qu)['’](?=\w)")
_APOSTROPHE = re.compile(r"['’‘`´]")
_SIGNS = re.compile(r"[+'’‘`´_&]")
_PLUS = re.compile(r"(?<=[a-z])\+(?![a-z0-9])")
_PART = re.compile(r"[\w|!$@€]+\.?")
_GLUED_MARK = re.compile(r"(?<=[^\W\d])\d{1,2}\)?$")
_DANGLING = re.compile(r"[-–—,:;/&(+]\s*$")
APART = re.compile(r"[,/;|+&]")
"""Signs that tell two things apart, where a hyphen or a space may have come into one word."""


class Folding(BaseModel):
    """`schemas/names/folding.yaml`, typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    connectors: frozenset[str]
    look_alikes: Mapping[str, str]
    compound_tails: tuple[str, ...]
    endings: tuple[str, ...]
    mistaken: tuple[str, ...]
    wholes: frozenset[str]
    rests: frozenset[str]


class Part(NamedTuple):
    """A word of a label, folded; `cut` tells that a point after it marks an abbreviation."""

    text: str
    cut: bool = False


@cache
def folding() -> Folding:
    """What the shipped file says.

    Raises:
        ConfigurationError: where it is absent or does not hold what it should.
    """
    path = schemas_folder() / "names" / "folding.yaml"
    try:
        raw = cast(dict[str, object], parse_yaml(path.read_text(encoding="utf-8")))
        return Folding.model_validate(raw)
    except (OSError, ValidationError, TypeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error


def printable(label: str) -> str:
    """The label on one line without control characters, broken words joined; otherwise as printed."""
    if label.isprintable():
        return clean(label)
    lines = label.replace("\r", "\n").split("\n")
    kept = ("".join(_shown(c) for c in line) for line in lines)
    return join_lines([line for line in kept if line.strip()])


def _shown(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Cc", "Zs"}:
        return " "
    return char if category[0] != "C" or char == "\u00ad" else ""


@lru_cache(maxsize=_REMEMBERED)
def unmarked(label: str) -> str:
    """The printed label without enumeration (`1.`, `a)`, a bullet) before it and footnote marks behind it."""
    text = _ENUMERATION.sub("", printable(label))
    return split_marks(text)[0].strip(" *") or text


def without_glued_mark(label: str) -> str | None:
    """`Horeca2` is `Horeca` with a mark that lost its place; None where no digit hangs on a word."""
    text = _GLUED_MARK.sub("", label)
    return text if text != label else None


def dangling(label: str) -> bool:
    """Whether the label stops at a sign, a letter or a word that promised more (`Handel -`, `Handel - D`, `Kleding en`)."""
    text = unmarked(label)
    words = parts(text)
    unfinished = len(words) > 1 and (words[-1].text in folding().connectors or len(words[-1].text) == 1)
    return unfinished or bool(_DANGLING.search(text))


@lru_cache(maxsize=_REMEMBERED)
def parts(text: str) -> tuple[Part, ...]:
    """The folded words of a text in printed order, connectors included."""
    folded = fold(text)
    if _SIGNS.search(folded):
        folded = _PLUS.sub("plus", _ELIDED.sub("", folded))
        folded = _APOSTROPHE.sub(" ", folded).replace("_", " ").replace("&", " en ")
    return tuple([Part(word, p.endswith(".")) for p in _PART.findall(folded) if (word := p.rstrip(".!|"))])


@lru_cache(maxsize=_REMEMBERED)
def plain(text: str) -> str:
    """The words of a label and nothing else, the key under which decisions and aliases are compared."""
    return " ".join([p.text for p in parts(unmarked(text))])


@lru_cache(maxsize=_REMEMBERED)
def telling(text: str) -> tuple[Part, ...]:
    """The words without connectors; all of them where there is nothing else."""
    every, connectors = parts(text), folding().connectors
    return tuple([p for p in every if p.text not in connectors]) or every


@lru_cache(maxsize=_REMEMBERED)
def skeleton(word: str) -> str:
    """The word with each group of characters that look alike written in one way; digits alone stay digits."""
    if word.isdigit():
        return word
    pairs, letters = _look_alikes()
    for printed, written in pairs:
        word = word.replace(printed, written)
    return word.translate(letters)


@cache
def _look_alikes() -> tuple[tuple[tuple[str, str], ...], Mapping[int, str]]:
    """Pairs of letters that look like others and how they are written, and single ones, which come after them."""
    written = folding().look_alikes
    pairs = tuple((printed, letter) for printed, letter in written.items() if len(printed) > 1)
    return pairs, {ord(printed): letter for printed, letter in written.items() if len(printed) == 1}


@lru_cache(maxsize=_REMEMBERED)
def compound(word: str) -> tuple[str, ...]:
    """Head and tail of the word by the known tail that ends it; nothing where none does."""
    for tail in folding().compound_tails:
        head = word.removesuffix(tail)
        if head != word and len(head) > 2:
            return head, tail
    return ()
