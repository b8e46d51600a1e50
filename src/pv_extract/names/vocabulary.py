"""The words of a list: how telling each is, which forms hold it, and which of them a printed word may be."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.names.folding import Part, plain, skeleton
from pv_extract.names.index import Form, Index, index_of
from pv_extract.names.likeness import likeness
from pv_extract.names.lists import NameList

LIGHT = 0.1
"""Weight of a word that adds nothing by itself; a word that only one name has weighs 1."""

_RANKED = 0.7
_REMEMBERED = 50_000
_PROPER_NOUN = 7  # letters from which a misspelt organisation is still itself; shorter ones are too near to words


@dataclass(frozen=True, slots=True, eq=False)
class Shelves:
    """Texts with their places, apart by length and first letter: slips hardly change either, so few texts need a look."""

    texts: Mapping[tuple[int, str], tuple[tuple[str, ...], tuple[int, ...]]]
    rests: Mapping[str, tuple[int, ...]]

    @staticmethod
    def of(texts: Iterable[str]) -> "Shelves":
        """The texts in order, their places counted from 0."""
        apart: dict[tuple[int, str], tuple[list[str], list[int]]] = {}
        rests: dict[str, list[int]] = {}
        for place, text in enumerate(texts):
            shelf, places = apart.setdefault((len(text), text[:1]), ([], []))
            shelf.append(text)
            places.append(place)
            rests.setdefault(text[1:], []).append(place)
        shelves = {key: (tuple(shelf), tuple(places)) for key, (shelf, places) in apart.items()}
        return Shelves(shelves, {rest: tuple(places) for rest, places in rests.items()})

    def near(self, text: str, slips: int) -> Iterator[tuple[int, int]]:
        """Places of texts that this many slips part from the given one at most, with the number of slips.

        Texts that begin with its first or second letter are found, and those that differ from it in their first letter only.
        """
        for length in range(len(text) - slips, len(text) + slips + 1):
            for letter in dict.fromkeys(text[:2]):
                if (length, letter) not in self.texts:
                    continue
                texts, places = self.texts[length, letter]
                for _, edits, at in process.extract(text, texts, scorer=OSA.distance, score_cutoff=slips, limit=None):
                    yield places[at], int(edits)
        for rest in (text, text[1:]):
            yield from ((place, 1) for place in self.rests.get(rest, ()))


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Words and whole forms of a list; `words` and `beginnings` are sorted.

    `wholes` are forms written as one word, `form_weights` the weights of the words of each form and their sum, `owners` the
    words that only one name uses, with the key of its forms; `known` is what was looked up already.
    """

    index: Index
    words: tuple[str, ...]
    spelled: Shelves
    skeletons: Shelves
    weights: Mapping[str, float]
    holders: Mapping[str, tuple[Form, ...]]
    owners: Mapping[str, str]
    form_weights: Mapping[Form, tuple[tuple[float, ...], float]]
    wholes: Shelves
    whole_forms: tuple[tuple[str, Form], ...]
    beginnings: tuple[tuple[str, Form], ...]
    known: dict[Part, Mapping[str, float]] = field(default_factory=dict)

    def neighbours(self, part: Part) -> Mapping[str, float]:
        """Words of the list that this one may be, with their similarity."""
        if part not in self.known:
            if len(self.known) > _REMEMBERED:
                self.known.clear()
            self.known[part] = dict(self._neighbours(part))
        return self.known[part]

    def weight(self, part: Part) -> float:
        """How telling a printed word is; one that the list does not know is as telling as can be."""
        return LIGHT if self.index.is_light(part) else self.weights.get(part.text, 1.0)

    def words_from(self, start: str) -> list[str]:
        """The words that begin so."""
        return [self.words[place] for place in self._from(start)]

    def _from(self, start: str) -> Iterator[int]:
        place = bisect_left(self.words, start)
        while place < len(self.words) and self.words[place].startswith(start):
            yield place
            place += 1

    def _neighbours(self, part: Part) -> Iterator[tuple[str, float]]:
        length = len(part.text)
        slips = 1 if length <= 5 else 2 if length <= 9 else 3
        places = {place for place, _ in self.skeletons.near(skeleton(part.text), slips)}
        if len(skeleton(part.text)) < length:
            # a lost letter may have made two look like one (`Vlaandern`)
            places.update(place for place, _ in self.spelled.near(part.text, slips))
        if length >= (2 if part.cut else 4):
            places.update(self._from(part.text))
        for place in sorted(places):
            word = self.words[place]
            if (similar := likeness(part, word)) >= _RANKED:
                yield word, similar


@lru_cache(maxsize=64)
def vocabulary_of(lst: NameList) -> Vocabulary:
    """The vocabulary of a list, built once; acronyms and short names of organisations are left out of it."""
    index = index_of(lst)
    holders: dict[str, list[Form]] = {}
    meanings: dict[str, set[str]] = {}
    forms = [f for f in index.forms if not f.proper or len("".join(f.words)) >= _PROPER_NOUN]
    for form in forms:
        for word in dict.fromkeys(form.words):
            holders.setdefault(word, []).append(form)
            meanings.setdefault(word, set()).add(form.key)
    words = tuple(sorted(holders))
    wholes = tuple({skeleton("".join(f.core)): f for f in sorted(forms, key=_least_first)}.items())
    weights = {w: _weight(len(meanings[w]), light=w in index.light_words) for w in words}
    of_forms = {f: tuple(weights[w] for w in f.words) for f in forms}
    return Vocabulary(
        index=index,
        words=words,
        spelled=Shelves.of(words),
        skeletons=Shelves.of(skeleton(w) for w in words),
        weights=weights,
        form_weights={f: (each, sum(each)) for f, each in of_forms.items()},
        holders={w: tuple(f) for w, f in holders.items()},
        owners={w: next(iter(keys)) for w, keys in meanings.items() if len(keys) == 1 and w not in index.light_words},
        wholes=Shelves.of(whole for whole, _ in wholes),
        whole_forms=wholes,
        beginnings=tuple(sorted(((plain(f.text), f) for f in forms), key=lambda b: b[0])),
    )


def _least_first(form: Form) -> tuple[bool, bool]:
    return form.how == "exact", not form.leans


def _weight(meanings: int, *, light: bool) -> float:
    return LIGHT if light else max(0.25, 1 - 0.25 * log2(meanings))
