"""One word against another: whether a printed word can be a word of the list, by the slips that people and scanners make."""

from functools import lru_cache

from rapidfuzz.distance import OSA

from pv_extract.names.folding import Part, compound, folding, skeleton

_SWAPPED = 0.82
"""Two letters of a word of four swapped: no other slip is taken for granted in so short a word."""

_ANOTHER_LETTER = 0.79
"""Enough beside other words that fit, not enough for a word that stands alone."""


def likeness(part: Part, word: str) -> float:
    """Similarity of a printed word and a word of the list, 0 to 1; 0 where a difference of this size makes another word."""
    text = part.text
    if text == word:
        return 1.0
    bare, other = skeleton(text), skeleton(word)
    if bare == other:
        return 0.99
    if min(len(text), len(word)) >= 4 and _inflected(text, word):
        return 0.97
    if len(bare) >= 4 and undoubled(bare) == undoubled(other):
        return 0.95
    if word.startswith(text) and len(text) >= (2 if part.cut else 4):
        # an abbreviation; without its point it could be a word of its own, so that it only counts beside better evidence
        return 0.93 if part.cut else _ANOTHER_LETTER
    halves = compound(word)
    similar = 0.0 if part.cut and len(word) <= 5 else _misspelt(text, word, halves)
    # a slip may also break what looks alike (`Confeclie`); in a short word the two together are too much
    return max(similar, _misspelt(bare, other, tuple(skeleton(p) for p in halves))) if len(word) > 7 else similar


def _inflected(text: str, word: str) -> bool:
    longer, shorter = (text, word) if len(text) > len(word) else (word, text)
    return longer.startswith(shorter) and longer[len(shorter) :] in folding().endings


@lru_cache(maxsize=32768)
def undoubled(text: str) -> str:
    """The word with each run of one letter written once."""
    return "".join(c for i, c in enumerate(text) if not i or c != text[i - 1])


def _misspelt(text: str, word: str, halves: tuple[str, ...]) -> float:
    edits = _edits_of_compound(text, *halves) if halves else _edits(text, word)
    if edits is None:
        return 0.0
    similar = 1 - edits / max(len(text), len(word))
    if len(word) == 4:
        return max(similar, _SWAPPED)
    return min(similar, _ANOTHER_LETTER) if edits == 1 and len(word) <= 7 and _another_letter(text, word) else similar


def _another_letter(text: str, word: str) -> bool:
    """Whether a letter stands for one that is seldom mistaken for it: in a short word that makes other words (`Voering`)."""
    apart = [{a, b} for a, b in zip(text, word, strict=False) if a != b] if len(text) == len(word) else []
    return len(apart) == 1 and not any(apart[0] == set(pair) for pair in folding().mistaken)


def _edits_of_compound(text: str, head: str, tail: str) -> int | None:
    """Edits with the two halves told apart: that the second half is right says nothing of the first."""
    best: int | None = None
    for cut in range(max(1, len(head) - 2), min(len(text), len(head) + 3)):
        first, second = _edits(text[:cut], head), OSA.distance(text[cut:], tail)
        if first is not None and second <= max(1, len(tail) // 4) and (best is None or first + second < best):
            best = first + second
    return best


def _edits(text: str, word: str) -> int | None:
    """How many slips (a letter more, less, another, two swapped) part the two; None where they are too many for the length."""
    edits = OSA.distance(text, word)
    if edits == 0:
        return 0
    shorter = min(len(text), len(word))
    if shorter <= 4:
        return edits if edits == 1 and len(text) == len(word) == 4 and sorted(text) == sorted(word) else None
    allowed = 1 if shorter <= 8 else 2 if shorter <= 13 else 3
    if edits > allowed or grown(text, word) or (edits > 1 and text[-1] != word[-1]):
        return None
    if text[0] != word[0]:
        # the first letter tells words apart: it may be swapped with the second, or lost from or misread in a long word
        swapped = text[:2] == word[1::-1]
        long = len(word) >= 7
        misread = long and edits == 1 and len(text) == len(word) and not _another_letter(text, word)
        return edits if swapped or misread or (long and text == word[1:]) else None
    return edits


def grown(text: str, word: str) -> bool:
    """Whether one is the other with two or more letters before or behind it: a compound, not a slip."""
    longer, shorter = (text, word) if len(text) > len(word) else (word, text)
    return len(longer) - len(shorter) > 1 and (longer.startswith(shorter) or longer.endswith(shorter))
