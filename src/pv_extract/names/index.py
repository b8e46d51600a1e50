"""Every written form of a list, ready to be looked up: as printed, in another order, with or without words that add nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from pv_extract.names.folding import APART, Part, parts, plain, skeleton, telling, unmarked
from pv_extract.names.lists import Alias, AliasKind, NameList, Status


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """One way to write one name (or several); `ids` is empty for what is known to be something else.

    `words` are folded, connectors left out, and `core` holds those that carry the name; `key` is the ids as one text, or
    the label itself for something else; `leans` tells that the name is not whole without its light words (`Groene sectoren`).
    """

    text: str
    ids: tuple[str, ...]
    how: str
    status: Status
    proper: bool
    why: str
    words: tuple[str, ...]
    core: tuple[str, ...]
    key: str
    leans: bool

    def rule(self) -> str:
        """What a match by this form says for itself."""
        if self.how == "exact":
            return f"name {self.text!r}"
        return f"{self.status} alias {self.text!r}: {self.why}" if self.why else f"{self.status} alias {self.text!r}"


class Found(NamedTuple):
    """A form that a label equals, and what had to be left out of sight for it."""

    form: Form
    step: str


_LONG = 20
"""Letters from which a label with signs in it can only be a name that has them too."""

_Forms = Mapping[object, tuple[Form, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Forms by key, from the strictest way to compare to the loosest; `steps` holds (what it leaves out, key of a label, forms)."""

    forms: tuple[Form, ...]
    light_words: frozenset[str]
    light_suffixes: tuple[str, ...]
    steps: tuple[tuple[str, Callable[[str], object], _Forms], ...]

    def look_up(self, label: str) -> Found | None:
        """The form that the label equals; None where there is none, or where two names have an equal claim."""
        for step, key_of, forms in self.steps:
            key = key_of(label)
            found = forms.get(key) if key else None
            if found:
                return Found(found[0], step) if len({f.ids for f in found}) == 1 else None
        return None

    def is_light(self, part: Part) -> bool:
        """Whether a word adds nothing to a name of this list (`sector`, `sect.`)."""
        return _adds_nothing(part, self.light_words)

    def core(self, label: str) -> tuple[tuple[str, ...], bool]:
        """The words that carry the label, light suffixes taken off, and whether anything light was there."""
        return _core(label, self)

    def stem(self, word: str, *, cut: bool = False) -> str:
        """The word without a light suffix, which may hold a slip (`Houtsectroen`) or be cut off (`Houtsect.`)."""
        return _stem(word, self, cut)

    def without_suffix(self, word: str) -> str:
        """The word without a light suffix that is spelled out."""
        for suffix in self.light_suffixes:
            stem = word.removesuffix(suffix)
            if stem != word and len(stem) > 2:
                # the s that links two halves (`Handelssector`); in a short stem it may be its own (`Gassector`)
                return stem.removesuffix("s") if len(stem) > 5 else stem
        return word


@lru_cache(maxsize=32768)
def _adds_nothing(part: Part, light_words: frozenset[str]) -> bool:
    word = part.text
    if word in light_words:
        return True
    if part.cut and len(word) > 2 and any(w.startswith(word) for w in light_words):
        return True
    # a slip in a word of six letters or more leaves it what it is (`secoren`)
    long = _long(light_words)
    return len(word) > 5 and process.extractOne(word, long, scorer=OSA.distance, score_cutoff=1) is not None


@cache
def _long(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in words if len(word) > 5)


@lru_cache(maxsize=32768)
def _stem(word: str, index: Index, cut: bool) -> str:
    bare = index.without_suffix(word)
    if bare != word:
        return bare
    for suffix in index.light_suffixes:
        if cut and (begun := next((k for k in (5, 4, 3) if word.endswith(suffix[:k])), 0)) and len(word) - begun > 2:
            return word[:-begun]
        if len(set(suffix).difference(word)) > 1:  # a slip changes one letter
            continue
        for length in (len(suffix), len(suffix) - 1, len(suffix) + 1):
            head, tail = word[:-length], word[-length:]
            if len(head) > 2 and OSA.distance(tail, suffix, score_cutoff=1) <= 1:
                return head
    return word


@lru_cache(maxsize=32768)
def _core(label: str, index: Index) -> tuple[tuple[str, ...], bool]:
    words = telling(label)
    heavy = [p.text for p in words if not index.is_light(p)]
    bare = [index.without_suffix(w) for w in heavy]
    return tuple(bare), len(heavy) < len(words) or bare != heavy


_SURENESS = {status: place for place, status in enumerate(Status)}


@lru_cache(maxsize=64)
def index_of(lst: NameList) -> Index:
    """The index of a list, built once."""
    settings = lst.settings
    bare = Index((), settings.light_words, settings.light_suffixes, ())
    forms = _standing(tuple(_forms(lst, bare)))
    return Index(forms, settings.light_words, settings.light_suffixes, tuple(_steps(forms, bare)))


def _standing(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """The forms, of which those do not lean whose core is a form of its own (`Provincie Limburg`, as there is `Limburg`)."""
    alone = {(f.ids, f.core) for f in forms if not f.leans and f.status is not Status.HINT}
    return tuple(replace(f, leans=False) if f.leans and (f.ids, f.core) in alone else f for f in forms)


def _forms(lst: NameList, index: Index) -> Iterator[Form]:
    for name in lst.names.values():
        yield _form(index, name.name, (name.id,), "exact", Status.CONFIRMED, why="")
    written = {plain(alias.text) for alias in lst.aliases}
    for alias in lst.aliases:
        yield _form(index, alias.text, alias.ids, "alias", alias.status, proper=_proper(alias), why=alias.why)
    for code in lst.codes:
        if code.name and plain(code.name) not in written:
            why = f"name of {code.scheme} {code.value}"
            yield _form(index, code.name, (code.id,), "alias", code.status, why=why)
    for other in lst.others:
        yield _form(index, other.label, (), "other", Status.CONFIRMED, why=other.why)


def _proper(alias: Alias) -> bool:
    return alias.kind is AliasKind.ORGANISATION


def _form(
    index: Index, text: str, ids: tuple[str, ...], how: str, status: Status, *, why: str, proper: bool = False
) -> Form:
    label = unmarked(text)
    words = telling(label)
    stems = tuple([index.stem(p.text, cut=p.cut) for p in words])
    core = tuple([s for s, p in zip(stems, words, strict=True) if not index.is_light(p)]) or stems
    return Form(text, ids, how, status, proper, why, stems, core, "|".join(ids) or f"~{text}", index.core(label)[1])


def _steps(forms: tuple[Form, ...], index: Index) -> Iterator[tuple[str, Callable[[str], object], _Forms]]:
    def light_key(label: str) -> object:
        core, light = index.core(label)
        return (tuple(sorted(core)), True) if core and light else None

    def heavy_key(label: str) -> object:
        core, _ = index.core(label)
        return (tuple(sorted(core)), False) if core else None

    ways: tuple[tuple[str, Callable[[str], object]], ...] = (
        ("", plain),
        ("word order", lambda label: tuple(sorted(p.text for p in telling(label)))),
        ("words that add nothing", light_key),
        ("words that add nothing", heavy_key),
        ("spaces and signs", _as_one_word),
        ("characters that look alike", lambda label: skeleton(_as_one_word(label))),
    )
    printed = [(form, text, _run_together(text)) for form in forms for text in [unmarked(form.text)]]
    for step, key_of in ways:
        table: dict[object, tuple[Form, ...]] = {}
        for form, text, together in printed:
            keys: list[object] = []
            if key_of is heavy_key or key_of is light_key:
                # a name without a light word may take one on (`Sector bouw`), one that has it (`Groene sectoren`) keeps it
                core, light = index.core(text)
                if core and not (light and key_of is heavy_key):
                    keys = [(tuple(sorted(core)), key_of is light_key)]
            elif own := key_of(text):
                # words in an order of their own are never looked up as one
                keys = [*dict.fromkeys((own, *together))] if isinstance(own, str) else [own]
            for key in keys:
                table[key] = (*table.get(key, ()), form)
        yield step, key_of, table | {key: _strongest(found) for key, found in table.items() if len(found) > 1}


def _run_together(text: str) -> tuple[str, ...]:
    """The words of a name as one, also with characters that look alike (`KledingConfectie`)."""
    words = telling(text)
    if len(words) < 2:
        return ()
    joined = fused(words)
    return joined, skeleton(joined)


@lru_cache(maxsize=32768)
def _as_one_word(label: str) -> str:
    """The words written as one, connectors included; a sign that tells two things apart keeps them apart."""
    joined = fused(parts(label))
    return joined if not APART.search(label) or len(joined) >= _LONG else ""


def _strongest(forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Forms with an equal claim: a confirmed one stands before an inferred one, and that before a hint, for the same ids only."""
    ranked = sorted(forms, key=lambda f: (f.how != "exact", _SURENESS[f.status]))
    firm = [f for f in ranked if f.status is not Status.HINT]
    return tuple(firm or ranked)


def fused(words: tuple[Part, ...]) -> str:
    """The words written as one."""
    return "".join([p.text for p in words])
