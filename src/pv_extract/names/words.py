"""Labels that name no member: totals, subtotals and what is left over, by the words of schemas/languages."""

import re
from functools import cache, lru_cache
from typing import Literal

from pv_extract.languages import languages
from pv_extract.names.folding import folding, parts, plain, skeleton

Whole = Literal["total", "subtotal", "residual"]


@lru_cache(maxsize=8192)  # each column of labels is asked about several times
def whole_of(label: str) -> Whole | None:
    """Whether a label is printed for a total, a subtotal or a residual; misread characters do not hide it."""
    text = plain(label)
    if not text:
        return None
    words = [skeleton(w) for w in text.split()]
    found = _leading(text, words) or ("total" if any(w in _telling("total") for w in words) else None)
    return found or ("total" if skeleton(text.replace(" ", "")) in _telling("total") else None)


def without_total_words(label: str) -> str:
    """What a total is the total of, as far as the label says: `Totaal Vlaamse Gemeenschap` gives `vlaamse gemeenschap`."""
    telling = _telling("total") | _telling("subtotal")
    return " ".join(p.text for p in parts(label) if skeleton(p.text) not in telling)


def _leading(text: str, words: list[str]) -> Whole | None:
    spelled = " ".join(words)
    for kind in ("subtotal", "total", "residual"):
        if _pattern(kind).match(spelled):
            return kind
    return "residual" if skeleton(text) in _rests() else None


@cache
def _rests() -> frozenset[str]:
    return frozenset(skeleton(plain(w)) for w in folding().rests)


@cache
def _pattern(kind: Whole) -> re.Pattern[str]:
    # an adjective takes its ending (`onbekende`), and only a residual is one
    ending = "(?:e|en|s)?" if kind == "residual" else ""
    known = "|".join(re.escape(" ".join(skeleton(w) for w in phrase.split())) for phrase in sorted(_phrases(kind)))
    return re.compile(rf"(?:{known}){ending}(?!\w)")


@cache
def _phrases(kind: Whole) -> frozenset[str]:
    spoken = {
        "total": [w for language in languages() for w in language.totals] + list(folding().wholes),
        "subtotal": [w for language in languages() for w in language.subtotals],
        "residual": [w for language in languages() for w in language.residuals],
    }[kind]
    return frozenset(plain(w) for w in spoken if plain(w))


@cache
def _telling(kind: Whole) -> frozenset[str]:
    """Single words of six letters or more say so wherever they stand (`Bouw (totaal)`); shorter ones only in front."""
    words = {w for phrase in _phrases(kind) for w in phrase.split() if "tot" in w or "gesamt" in w}
    return frozenset(skeleton(w) for w in words if len(w) >= 5)
