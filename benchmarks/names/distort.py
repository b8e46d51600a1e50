"""Labels as they come out of documents and scanners: forms of a list with one to three of the usual faults, from a fixed seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pv_extract.names import NameList
from pv_extract.names.folding import plain
from pv_extract.names.index import index_of

OCR = {
    "o": "0",
    "l": "1",
    "i": "l",
    "e": "c",
    "s": "5",
    "b": "8",
    "m": "rn",
    "w": "vv",
    "t": "l",
    "h": "b",
    "g": "9",
    "u": "ii",
}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Distorted:
    label: str
    id: str | None  # None: of something else, so that nothing may be accepted


def distortions(lst: NameList, count: int, seed: int = 20261123) -> Iterator[Distorted]:
    """Two thirds from names and aliases, one third from known neighbours; what came out equal to another form is left out."""
    dice = random.Random(seed)
    forms = index_of(lst).forms
    mine = [f for f in forms if f.ids and f.status != "hint"]
    others = [f for f in forms if not f.ids]
    known = {plain(f.text): f.key for f in forms}
    made = 0
    while made < count:
        form = dice.choice(mine if dice.random() < 2 / 3 else others)
        label = form.text
        for _ in range(dice.choice([1, 1, 1, 2, 2, 3])):
            label = dice.choice(FAULTS)(label, dice)
        if not plain(label) or known.get(plain(label), form.key) != form.key:
            continue
        made += 1
        yield Distorted(label, form.key if form.ids else None)


def _swap(text: str, dice: random.Random) -> str:
    if len(text) < 4:
        return text
    i = dice.randrange(len(text) - 1)
    return text[:i] + text[i + 1] + text[i] + text[i + 2 :]


def _drop(text: str, dice: random.Random) -> str:
    i = dice.randrange(len(text))
    return text[:i] + text[i + 1 :] if len(text) > 3 else text


def _double(text: str, dice: random.Random) -> str:
    i = dice.randrange(len(text))
    return text[:i] + text[i] + text[i:]


def _other_letter(text: str, dice: random.Random) -> str:
    i = dice.randrange(len(text))
    return text[:i] + dice.choice(LETTERS) + text[i + 1 :] if text[i].isalpha() else text


def _misread(text: str, dice: random.Random) -> str:
    places = [i for i, c in enumerate(text) if c.lower() in OCR]
    if not places:
        return text
    i = dice.choice(places)
    return text[:i] + OCR[text[i].lower()] + text[i + 1 :]


def _cut(text: str, dice: random.Random) -> str:
    return text[: max(3, round(len(text) * dice.uniform(0.6, 0.95)))]


def _fuse(text: str, _: random.Random) -> str:
    return text.replace(" ", "")


def _split(text: str, dice: random.Random) -> str:
    i = dice.randrange(1, max(2, len(text)))
    return f"{text[:i]} {text[i:]}"


def _abbreviate(text: str, dice: random.Random) -> str:
    words = text.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 6]
    if not long:
        return text
    i = dice.choice(long)
    words[i] = words[i][: dice.randint(3, 5)] + "."
    return " ".join(words)


def _reorder(text: str, dice: random.Random) -> str:
    words = text.replace(",", "").split(" ")
    dice.shuffle(words)
    return " ".join(words)


def _case(text: str, dice: random.Random) -> str:
    return dice.choice([text.upper(), text.lower(), text.title()])


def _decorate(text: str, dice: random.Random) -> str:
    return dice.choice(["{}*", "{} (1)", "{}²", "- {}", "1. {}", "{} **", "Sector {}", "{} sector"]).format(text)


FAULTS = (
    _swap,
    _drop,
    _double,
    _other_letter,
    _misread,
    _misread,
    _cut,
    _fuse,
    _split,
    _abbreviate,
    _reorder,
    _case,
    _decorate,
)
