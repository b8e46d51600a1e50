"""How near a label comes to a name: word by word and both ways, every word of the label to be explained by the name."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from pv_extract.names.folding import APART, Part, dangling, folding, parts, plain, skeleton, unmarked
from pv_extract.names.index import Form, fused
from pv_extract.names.likeness import grown, undoubled
from pv_extract.names.lists import NameList, Status
from pv_extract.names.vocabulary import Vocabulary, vocabulary_of

_SURE = 0.93
_PLAIN = 97.0  # from here on, words by themselves say enough
_LEANING = 0.8
"""What is left of a score where the label lacks the light word that the name leans on (`Groene` for `Groene sectoren`)."""

EXPLAINED = 0.78
"""A word of a label is explained by a word this similar (0 to 1)."""

_FORMS_WEIGHED = 12
_FORMS_OF_A_NAME = 3
_MOST_WORDS = 14
_FEWEST_LETTERS = 4


class Evidence(NamedTuple):
    """What speaks for one form: score 0 to 100, whether every word of the label is explained, and by which reading."""

    form: Form
    score: float
    explained: bool
    reading: str


def weigh(label: str, lst: NameList) -> list[Evidence]:
    """The best evidence for each name (and each known neighbour) that the label may be, best first."""
    vocabulary = vocabulary_of(lst)
    text = unmarked(label)
    words = tuple(_words(text, vocabulary))
    if len(fused(words)) < _FEWEST_LETTERS or len(words) > _MOST_WORDS:
        return []
    found = [*_by_words(text, words, vocabulary), *_cut_off(text, vocabulary)]
    if not any(e.explained and e.score >= _PLAIN for e in found):
        found += _run_together(text, words, vocabulary)
    best: dict[str, Evidence] = {}
    for evidence in found:
        before = best.get(evidence.form.key)
        if before is None or _rank(evidence) > _rank(before):
            best[evidence.form.key] = evidence
    return sorted(best.values(), key=lambda e: (-e.score, e.form.key))


def _rank(evidence: Evidence) -> tuple[bool, bool, float, bool]:
    firm = evidence.form.status is not Status.HINT
    return evidence.explained, evidence.explained and firm, evidence.score, evidence.form.how == "exact"


def _words(text: str, vocabulary: Vocabulary) -> Iterator[Part]:
    """The telling words of a label; two that the list writes as one are one, and one that it writes as two is two."""
    for piece in APART.split(text):
        before: Part | None = None
        for part in parts(piece):
            if _connects(part.text):
                yield from _split(before, vocabulary)
                before = None
                continue
            stem = _stemmed(part, vocabulary)
            if before and _joined(before, stem, vocabulary):
                before = Part(before.text + stem.text)
            else:
                yield from _split(before, vocabulary)
                before = stem
        yield from _split(before, vocabulary)


def _stemmed(part: Part, vocabulary: Vocabulary) -> Part:
    stem = vocabulary.index.stem(part.text, cut=part.cut)
    return Part(stem, part.cut and stem == part.text)


@lru_cache(maxsize=32768)
def _connects(word: str) -> bool:
    """Whether a word only connects others, two letters swapped or one doubled allowed (`dse`, `aand`)."""
    known = folding().connectors
    return word in known or (len(word) < 5 and any(sorted(word) == sorted(c) or undoubled(word) == c for c in known))


def _joined(first: Part, second: Part, vocabulary: Vocabulary) -> bool:
    known = vocabulary.holders
    return first.text + second.text in known and not (first.text in known and second.text in known)


def _split(part: Part | None, vocabulary: Vocabulary) -> Iterator[Part]:
    if part and part.text not in vocabulary.holders and (halves := _halves(part.text, vocabulary.holders)):
        yield from (Part(h) for h in halves)
    elif part:
        yield part


def _halves(text: str, known: Mapping[str, object]) -> tuple[str, str] | None:
    cuts = range(4, len(text) - 3)
    return next(((text[:c], text[c:]) for c in cuts if text[:c] in known and text[c:] in known), None)


def _by_words(text: str, words: tuple[Part, ...], vocabulary: Vocabulary) -> Iterator[Evidence]:
    near = [vocabulary.neighbours(w) for w in words]
    heavy = [w for w in words if not vocabulary.index.is_light(w)]
    if len(heavy) == 1 and heavy[0].cut and not _one_name_begins(heavy[0], vocabulary):
        return
    telling: dict[Form, float] = {}
    whole: dict[Form, float] = {}
    for similar in near:
        per_form: dict[Form, tuple[float, float]] = {}
        for word, likely in similar.items():
            weight = likely * vocabulary.weights[word]
            for form in vocabulary.holders[word]:
                per_form[form] = max(per_form.get(form, (0.0, 0.0)), (weight, likely))
        for form, (weight, likely) in per_form.items():
            telling[form] = telling.get(form, 0.0) + weight
            whole[form] = whole.get(form, 0.0) + likely / (1 + len(form.core))
    label_light = vocabulary.index.core(text)[1]
    for form in {*_top(telling), *_top(whole)}:
        evidence = _word_evidence(words, near, form, vocabulary)
        yield (
            evidence._replace(score=evidence.score * _LEANING)
            if form.leans and form.ids and not label_light
            else evidence
        )


def _one_name_begins(part: Part, vocabulary: Vocabulary) -> bool:
    """Whether a lone abbreviation is the beginning of the words of one name only."""
    begun = (vocabulary.holders[w] for w in vocabulary.words_from(part.text))
    return len({form.key for forms in begun for form in forms}) == 1


def _top(ranking: Mapping[Form, float]) -> list[Form]:
    if not ranking:
        return []
    worth = max(ranking.values()) / 2
    chosen: list[Form] = []
    of_key: Counter[str] = Counter()
    for form in sorted((f for f, value in ranking.items() if value >= worth), key=ranking.__getitem__, reverse=True):
        of_key[form.key] += 1
        if of_key[form.key] <= _FORMS_OF_A_NAME:
            chosen.append(form)
        if len(chosen) == _FORMS_WEIGHED:
            break
    return chosen


def _word_evidence(
    words: tuple[Part, ...], near: list[Mapping[str, float]], form: Form, vocabulary: Vocabulary
) -> Evidence:
    pairs = [(similar[u], i, j) for i, similar in enumerate(near) for j, u in enumerate(form.words) if u in similar]
    of_label: dict[int, float] = {}
    of_form: dict[int, float] = {}
    partner: dict[int, int] = {}
    for similar, i, j in sorted(pairs, reverse=True):
        if i not in of_label and j not in of_form:
            of_label[i], of_form[j], partner[i] = similar, similar, j
    if form.ids and len(of_label) < len(words):
        of_label |= _said_otherwise(near, of_label, form, vocabulary)
    weights, all_weights = vocabulary.form_weights[form]
    said = all_said = 0.0
    explained = True
    for i, part in enumerate(words):
        weight = weights[partner[i]] if i in partner else vocabulary.weight(part)
        similar = of_label.get(i, 0.0)
        said += weight * similar
        all_said += weight
        explained = explained and (similar >= EXPLAINED or vocabulary.index.is_light(part))
    label_side = said / all_said
    form_side = sum(weights[j] * similar for j, similar in of_form.items()) / all_weights
    score = 200 * label_side * form_side / (label_side + form_side) if label_side else 0.0
    return Evidence(form, score, explained, "similar words")


def _said_otherwise(
    near: Sequence[Mapping[str, float]], matched: Container[int], form: Form, vocabulary: Vocabulary
) -> dict[int, float]:
    """Words that the form lacks, but that only other forms of the same name have (`Hout en meubel (Woodwize)`)."""
    return {
        i: max(same)
        for i, similar in enumerate(near)
        if i not in matched
        and (
            same := [
                s for u, s in similar.items() if s >= _SURE and len(u) > 4 and vocabulary.owners.get(u) == form.key
            ]
        )
    }


def _cut_off(text: str, vocabulary: Vocabulary) -> Iterator[Evidence]:
    """The label as the beginning of a form: sure by its length, and by how much of the form it is."""
    start = plain(text)
    length = len(start.replace(" ", ""))
    if length < 7:
        return
    place = bisect_left(vocabulary.beginnings, start, key=lambda b: b[0])
    begun: list[tuple[str, Form]] = []
    while place < len(vocabulary.beginnings) and vocabulary.beginnings[place][0].startswith(start):
        begun.append(vocabulary.beginnings[place])
        place += 1
    one_name = len({form.key for _, form in begun}) == 1
    for written, form in begun:
        share = length / len(written.replace(" ", ""))
        yield Evidence(form, 100 * max(0.55 + 0.45 * share, min(0.9, 0.5 + length / 40)), one_name, "cut off")


def _run_together(text: str, words: tuple[Part, ...], vocabulary: Vocabulary) -> Iterator[Evidence]:
    """Words that lost or gained spaces, with a slip or two: the whole compared with whole forms of more than one word."""
    heavy = tuple(p for p in words if not vocabulary.index.is_light(p))
    whole = skeleton(fused(heavy))
    if len(whole) < 9 or dangling(text):
        return
    light = vocabulary.index.core(text)[1]
    told_apart = bool(APART.search(text)) or any(p.text in folding().connectors for p in parts(text))
    for place, edits in vocabulary.wholes.near(whole, max(1, len(whole) * 13 // 100)):
        written, form = vocabulary.whole_forms[place]
        one_word = len(form.core) == 1 and (len(heavy) == 1 or told_apart)
        if not one_word and written[0] == whole[0] and not grown(written, whole):
            score = 100 * (1 - edits / max(len(whole), len(written))) * (_LEANING if form.leans and not light else 1)
            yield Evidence(form, score, explained=True, reading="similar as a whole")
