"""How near a label comes to a name: word by word and both ways, every word of the label to be explained by the name."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log2

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.names.folding import Part, compounds, folding, plain, skeleton, telling, unmarked
from pv_extract.names.index import Form, Index, fused, index_of
from pv_extract.names.lists import NameList

EXPLAINED = 0.78
"""A word of a label is explained by a word this similar (0 to 1)."""

_ENOUGH_TO_RANK = 0.7
_LIGHT = 0.1
_FORMS_WEIGHED = 24
_MOST_WORDS = 14
_PROPER_NOUN = 7  # letters from which a misspelt organisation is still itself; shorter ones are too near to words


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one form: score 0 to 100, whether every word of the label is explained, and by which reading."""

    form: Form
    score: float
    explained: bool
    reading: str


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Words of all forms of a list: how telling each is, which forms hold it, and what was looked up already."""

    index: Index
    words: tuple[str, ...]
    skeletons: tuple[str, ...]
    weights: Mapping[str, float]
    holders: Mapping[str, tuple[Form, ...]]
    fused: Mapping[str, Form]
    beginnings: tuple[tuple[str, Form], ...]
    known: dict[Part, Mapping[str, float]] = field(default_factory=dict)

    def neighbours(self, part: Part) -> Mapping[str, float]:
        """Words of the list that this one may be, with their similarity."""
        if part not in self.known:
            if len(self.known) > 50_000:
                self.known.clear()
            self.known[part] = dict(self._neighbours(part))
        return self.known[part]

    def _neighbours(self, part: Part) -> Iterator[tuple[str, float]]:
        bare = skeleton(part.text)
        near = process.extract(bare, self.skeletons, scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=40)
        places = {place for _, _, place in near}
        if len(part.text) >= (2 if part.cut else 4):
            first = bisect_left(self.words, part.text)
            places.update(
                p for p in range(first, min(first + 40, len(self.words))) if self.words[p].startswith(part.text)
            )
        for place in sorted(places):
            word = self.words[place]
            if (similar := likeness(part, word)) >= _ENOUGH_TO_RANK:
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
    weights = {w: _LIGHT if w in index.light_words else max(0.25, 1 - 0.25 * log2(len(meanings[w]))) for w in words}
    whole = {skeleton("".join(f.core)): f for f in reversed(forms)}
    beginnings = tuple(sorted(((plain(f.text), f) for f in forms), key=lambda b: b[0]))
    skeletons = tuple(skeleton(w) for w in words)
    return Vocabulary(index, words, skeletons, weights, {w: tuple(f) for w, f in holders.items()}, whole, beginnings)


# -- one word against another -------------------------------------------------------------------------------------------


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
    if len(bare) >= 4 and _undoubled(bare) == _undoubled(other):
        return 0.95
    if word.startswith(text) and len(text) >= (2 if part.cut else 4):
        # an abbreviation; without its point it could be a word of its own, so that it only counts beside better evidence
        return 0.93 if part.cut else 0.8
    return _misspelt(bare, other, tuple(skeleton(p) for p in next(compounds(word), ())))


def _inflected(text: str, word: str) -> bool:
    longer, shorter = (text, word) if len(text) > len(word) else (word, text)
    return longer.startswith(shorter) and longer[len(shorter) :] in folding().endings


def _undoubled(text: str) -> str:
    return "".join(c for i, c in enumerate(text) if not i or c != text[i - 1])


def _misspelt(text: str, word: str, halves: tuple[str, ...]) -> float:
    if not halves:
        edits = _edits(text, word)
    else:
        edits = _edits_of_compound(text, *halves)
    return 0.0 if edits is None else 1 - edits / max(len(text), len(word))


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
        swapped = edits == 1 and len(text) == len(word) == 4 and sorted(text) == sorted(word)
        return 1 if swapped else None
    allowed = 1 if shorter <= 8 else 2 if shorter <= 13 else 3
    if edits > allowed or _grown(text, word):
        return None
    if text[0] != word[0]:
        # the first letter tells words apart: it may be swapped with the second, or lost from a long word
        swapped = text[:2] == word[1::-1]
        lost = text == word[1:] and len(word) >= 7
        return edits if swapped or lost else None
    return edits


def _grown(text: str, word: str) -> bool:
    """Whether one is the other with two or more letters before or behind it: a compound, not a slip."""
    longer, shorter = (text, word) if len(text) > len(word) else (word, text)
    return len(longer) - len(shorter) > 1 and (longer.startswith(shorter) or longer.endswith(shorter))


# -- a label against the forms ------------------------------------------------------------------------------------------


def weigh(label: str, lst: NameList) -> list[Evidence]:
    """The best evidence for each name (and each known neighbour) that the label may be, best first."""
    vocabulary = vocabulary_of(lst)
    text = unmarked(label)
    words = tuple(vocabulary_words(text, vocabulary))
    if not words or len(words) > _MOST_WORDS:
        return []
    best: dict[str, Evidence] = {}
    for evidence in (*_by_words(words, vocabulary), *_cut_off(text, vocabulary), *_run_together(words, vocabulary)):
        before = best.get(evidence.form.key)
        if before is None or _rank(evidence) > _rank(before):
            best[evidence.form.key] = evidence
    return sorted(best.values(), key=lambda e: (-e.score, e.form.key))


def _rank(evidence: Evidence) -> tuple[bool, float, bool]:
    return evidence.explained, evidence.score, evidence.form.how == "exact"


def vocabulary_words(text: str, vocabulary: Vocabulary) -> Iterator[Part]:
    """The telling words of a label; two that the list writes as one are one, and one that it writes as two is two."""
    words = list(telling(text))
    known = vocabulary.holders
    while words:
        part = words.pop(0)
        if (
            words
            and (joined := part.text + words[0].text) in known
            and not (part.text in known and words[0].text in known)
        ):
            words.pop(0)
            yield Part(joined)
        elif part.text not in known and (halves := _halves(part.text, known)):
            yield from (Part(h) for h in halves)
        else:
            yield part


def _halves(text: str, known: Mapping[str, object]) -> tuple[str, str] | None:
    cuts = range(4, len(text) - 3)
    return next(((text[:c], text[c:]) for c in cuts if text[:c] in known and text[c:] in known), None)


def _by_words(words: tuple[Part, ...], vocabulary: Vocabulary) -> Iterator[Evidence]:
    near = [vocabulary.neighbours(w) for w in words]
    promise: dict[Form, float] = {}
    for similar in near:
        per_form: dict[Form, float] = {}
        for word, likely in similar.items():
            weight = likely * vocabulary.weights[word]
            for form in vocabulary.holders[word]:
                per_form[form] = max(per_form.get(form, 0.0), weight)
        for form, weight in per_form.items():
            promise[form] = promise.get(form, 0.0) + weight
    spoken = {f: p / (1 + len(f.core)) for f, p in promise.items()}
    chosen = {*_top(promise), *_top(spoken)}
    yield from (_word_evidence(words, near, form, vocabulary) for form in chosen)


def _top(ranking: Mapping[Form, float]) -> list[Form]:
    return sorted(ranking, key=lambda f: -ranking[f])[:_FORMS_WEIGHED]


def _word_evidence(
    words: tuple[Part, ...], near: list[Mapping[str, float]], form: Form, vocabulary: Vocabulary
) -> Evidence:
    pairs = sorted(
        ((similar[u], i, j) for i, similar in enumerate(near) for j, u in enumerate(form.words) if u in similar),
        reverse=True,
    )
    of_label: dict[int, float] = {}
    of_form: dict[int, float] = {}
    partner: dict[int, int] = {}
    for similar, i, j in pairs:
        if i not in of_label and j not in of_form:
            of_label[i], of_form[j], partner[i] = similar, similar, j
    weights = [vocabulary.weights[u] for u in form.words]
    own = [
        weights[partner[i]]
        if i in partner
        else _LIGHT
        if vocabulary.index.is_light(p)
        else vocabulary.weights.get(p.text, 1.0)
        for i, p in enumerate(words)
    ]
    label_side = sum(w * of_label.get(i, 0.0) for i, w in enumerate(own)) / sum(own)
    form_side = sum(w * of_form.get(j, 0.0) for j, w in enumerate(weights)) / sum(weights)
    score = 200 * label_side * form_side / (label_side + form_side) if label_side else 0.0
    explained = all(of_label.get(i, 0.0) >= EXPLAINED or vocabulary.index.is_light(p) for i, p in enumerate(words))
    return Evidence(form, score, explained, "similar words")


def _cut_off(text: str, vocabulary: Vocabulary) -> Iterator[Evidence]:
    """The label as the beginning of a form: sure by its length, and by how much of the form it is."""
    start = plain(text)
    length = len(start.replace(" ", ""))
    if length < 7:
        return
    place = bisect_left(vocabulary.beginnings, start, key=lambda b: b[0])
    while place < len(vocabulary.beginnings) and vocabulary.beginnings[place][0].startswith(start):
        written, form = vocabulary.beginnings[place]
        share = length / len(written.replace(" ", ""))
        yield Evidence(
            form, 100 * max(0.55 + 0.45 * share, min(0.9, 0.5 + length / 40)), explained=True, reading="cut off"
        )
        place += 1


def _run_together(words: tuple[Part, ...], vocabulary: Vocabulary) -> Iterator[Evidence]:
    """Words that lost or gained spaces, with a slip or two: the whole compared with whole forms of more than one word."""
    heavy = tuple(p for p in words if not vocabulary.index.is_light(p))
    whole = skeleton(fused(heavy))
    if len(whole) < 9:
        return
    near = process.extract(whole, vocabulary.fused.keys(), scorer=OSA.normalized_similarity, score_cutoff=0.87, limit=6)
    for written, similar, _ in near:
        form = vocabulary.fused[written]
        one_word = len(heavy) == 1 and len(form.core) == 1
        if not one_word and written[0] == whole[0] and not _grown(written, whole):
            yield Evidence(form, 100 * similar, explained=True, reading="similar as a whole")
