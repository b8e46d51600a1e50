"""Dashes at both sides of a unit, as far as the columns reach that it holds for: `- - - 1,000 acres - - -`, `--Percent--`."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from pv_extract.layout.lines import text_lines
from pv_extract.model import Box, Page, Word

_DASHES = {"-": 1, "–": 1, "—": 2}
_ALL = "".join(_DASHES)
_FEWEST = 2  # hyphens at each side
_SPACE = 1.0  # type sizes: more than that parts columns


def without_dashes(page: Page) -> Page:
    """The page without the dashes around its units: they are drawn, not said."""
    first = [w for w, after in zip_longest(page.words, page.words[1:]) if w.text[:1] in _DASHES and _begins(w, after)]
    if not first:
        return page
    heights = {round(w.box.middle[1]) for w in first}
    near = [w for w in page.words if not w.angle and not heights.isdisjoint(range(*_around(w)))]
    left: dict[int, Word | None] = {}
    for line in text_lines(near):
        for run in _runs(line.words):
            left.update(_bared(run))
    return replace(page, words=tuple(o for w in page.words if (o := left.get(id(w), w)) is not None)) if left else page


def _begins(word: Word, after: Word | None) -> bool:
    """Whether a word begins with dashes enough, or with one that more follow."""
    before = _before(word.text)
    if _weight(before) >= _FEWEST:
        return not word.angle
    more = after is not None and after.text[:1] in _DASHES and after.box.x0 - word.box.x1 < _SPACE * word.size
    return before == word.text and more and not word.angle


def _around(word: Word) -> tuple[int, int]:
    y = round(word.box.middle[1])
    return y - 1, y + 2


def _weight(dashes: str) -> int:
    return sum(_DASHES[c] for c in dashes)


def _before(text: str) -> str:
    return text[: len(text) - len(text.lstrip(_ALL))]


def _behind(text: str) -> str:
    return text[len(text.rstrip(_ALL)) :]


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of a line with no more than word spaces between them."""
    run: list[Word] = []
    for word in words:
        if run and word.box.x0 - run[-1].box.x1 > _SPACE * word.size:
            yield run
            run = []
        run.append(word)
    yield run


def _bared(run: Sequence[Word]) -> dict[int, Word | None]:
    """The words of a run of which each text has dashes at both sides, by their ids: without them, or nothing."""
    parts = [(dashed, list(held)) for dashed, held in groupby(run, key=lambda w: not w.text.strip(_ALL))]
    out: dict[int, Word | None] = {}
    for k, (dashed, held) in enumerate(parts):
        if dashed:
            continue
        before = _weight("".join(w.text for w in parts[k - 1][1])) if k else 0
        behind = _weight("".join(w.text for w in parts[k + 1][1])) if k + 1 < len(parts) else 0
        before += _weight(_before(held[0].text))
        behind += _weight(_behind(held[-1].text))
        if min(before, behind) < _FEWEST or not any(c.isalpha() for w in held for c in w.text):
            return {}
        out |= {id(held[0]): _cut(held[0], first=True, last=len(held) == 1)}
        if len(held) > 1:
            out |= {id(held[-1]): _cut(held[-1], first=False, last=True)}
    return out | {id(w): None for dashed, held in parts if dashed for w in held} if out else {}


def _cut(word: Word, *, first: bool, last: bool) -> Word:
    """The word without the dashes before it, behind it, or both."""
    text, box = word.text, word.box
    start = len(_before(text)) if first else 0
    end = len(text) - (len(_behind(text)) if last else 0)
    wide = box.width / len(text)
    return word._replace(text=text[start:end], box=Box(box.x0 + start * wide, box.top, box.x0 + end * wide, box.bottom))
