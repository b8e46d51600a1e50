"""Rules that a typewriter draws: rows of hyphens or underscores between lines, colons or bars between columns."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pv_extract.layout.lines import has_digits, is_datum, text_lines
from pv_extract.model import Box, Page, Rule, Word

_SHORTEST = {"-": 12, "=": 12, "_": 40}  # characters; shorter underscores are the blanks of a form
# hyphens between the crossings of a typed lattice may be fewer
_ROW = re.compile(r"[:|+]?(?:-+(?:[:|+]-+)*|=+(?:[:|+]=+)*|_+)[:|+]?")
_LATTICE = re.compile(r"[|+](?:-{2,}[|+])+|[|+](?:={2,}[|+])+")
_POSTS = frozenset(":|+")
_FEWEST = 3  # posts under each other
_REACH = 3.0  # type sizes between two posts of one rule: a blank line may part groups of rows
_WIDE = 5.0  # points of a character
_LEADING = 1.8  # type sizes from a post to the row of hyphens that it meets


@dataclass(frozen=True, slots=True)
class _Post:
    """A colon or a bar: its place, and whether it stands free of other characters."""

    x: float
    y: float
    size: float
    word: Word
    free: bool


def with_typed_rules(page: Page) -> Page:
    """The page with its typed rules among those drawn, and not among its words."""
    typed = [w for w in page.words if w.text[:1] in _ROW_BEGINS and not w.angle and _typed(w.text)]
    if not typed:
        return page
    level = _even([_rule(w) for w in typed])
    upright, posts = _uprights(page.words, typed, level)
    ids = {id(w) for w in typed}
    words = tuple(part for w in page.words if id(w) not in ids for part in _without(w, posts))
    return replace(page, words=words, rules=(*page.rules, *level, *upright))


_ROW_BEGINS = frozenset(_SHORTEST) | _POSTS


def _typed(text: str) -> bool:
    if not _ROW.fullmatch(text):
        return False
    mark = next((c for c in text if c in _SHORTEST), "")
    return text.count(mark) >= _SHORTEST[mark] or _LATTICE.fullmatch(text) is not None


def _rule(word: Word) -> Rule:
    """Underscores at the foot of the line, others at half its height."""
    box = word.box
    wide = box.width / len(word.text)
    x0 = box.x0 + wide / 2 * (word.text[0] in _POSTS)
    x1 = box.x1 - wide / 2 * (word.text[-1] in _POSTS)
    y = box.bottom if "_" in word.text else box.middle[1]
    return Rule(Box(x0, y - 0.25, x1, y + 0.25))


def _even(level: Sequence[Rule]) -> list[Rule]:
    """Rows of hyphens that end a character or two before the longest end with it: they were meant to."""
    ends = {r: max(o.box.x1 for o in level if o.box.x1 < r.box.x1 + 2.5 * _WIDE) for r in level}
    return [Rule(r.box._replace(x1=ends[r])) for r in level]


# -- between columns --------------------------------------------------------------------------------------------------


def _uprights(
    words: Sequence[Word], typed: Sequence[Word], level: Sequence[Rule]
) -> tuple[list[Rule], dict[int, list[_Post]]]:
    """Rules of posts under each other, from the header on, with the posts of each word by its id.

    Where some stand under each other over several lines, those in a single line of the header part columns too.
    """
    ys = [r.box.top for r in level]
    x0, x1 = min(r.box.x0 for r in level) - 1, max(r.box.x1 for r in level) + 1
    inside = [w for w in words if min(ys) - 1 <= w.box.middle[1] <= max(ys) + 1 and not w.angle]
    posts = [p for w in inside for p in _posts(w) if x0 <= p.x <= x1]
    if not any(p.free for p in posts):
        return [], {}
    rows = {id(w) for w in typed}
    said = [w for w in inside if id(w) not in rows]
    runs = [run for run in _runs(posts) if _upright(run, said)]
    headers = _headers(level, said)
    begun = [run for run in runs if any(a < p.y < b for p in run for a, b in headers)]
    heads = [run[0].x for run in begun]
    runs = [run for run in runs if any(abs(run[0].x - x) < 0.2 * run[0].size for x in heads)]
    lines = {round(p.y) for run in runs if sum(p.free for p in run) >= _FEWEST for p in run}
    found = [run for run in runs if len(run) >= _FEWEST or any(round(p.y) in lines for p in run)]
    held: dict[int, list[_Post]] = {}
    for post in (p for run in found for p in run):
        held.setdefault(id(post.word), []).append(post)
    return [_drawn(run, level) for run in found], held


def _posts(word: Word) -> Iterator[_Post]:
    """The posts at the ends of a word, and those within a row of hyphens or between bars."""
    text, box = word.text, word.box
    if _POSTS.isdisjoint(text):
        return
    wide = box.width / len(text)
    row = _typed(text)
    for k, char in enumerate(text):
        ends = k in (0, len(text) - 1)
        if (char == ":" and (ends or row)) or char == "|" or (char == "+" and row):
            yield _Post(box.x0 + (k + 0.5) * wide, box.middle[1], word.size or box.height, word, row or len(text) == 1)


def _runs(posts: Sequence[_Post]) -> list[list[_Post]]:
    """Posts under each other, no further apart than a few lines."""
    out: list[list[_Post]] = []
    column: list[_Post] = []
    for post in sorted(posts, key=lambda p: p.x):
        if column and post.x - column[-1].x > 0.2 * post.size:
            out += _stacks(column)
            column = []
        column.append(post)
    return [*out, *_stacks(column)]


def _stacks(column: Sequence[_Post]) -> Iterator[list[_Post]]:
    run: list[_Post] = []
    for post in sorted(column, key=lambda p: p.y):
        if run and post.y - run[-1].y > _REACH * post.size:
            yield run
            run = []
        run.append(post)
    if run:
        yield run


def _upright(run: Sequence[_Post], words: Iterable[Word]) -> bool:
    """Whether no text stands in the way between the posts: among figures colons say that one is missing."""
    x, top, bottom = run[0].x, run[0].y, run[-1].y
    own = {id(p.word) for p in run}
    return not any(
        w.box.x0 < x - 1 and x + 1 < w.box.x1 and top < w.box.middle[1] < bottom and id(w) not in own for w in words
    )


def _headers(level: Sequence[Rule], words: Sequence[Word]) -> list[tuple[float, float]]:
    """The heights between two rows of hyphens of the same ends that enclose a header: no figures but years."""
    before: dict[tuple[int, int], float] = {}
    pairs: list[tuple[float, float]] = []
    for rule in sorted(level, key=lambda r: r.box.top):
        ends = round(rule.box.x0), round(rule.box.x1)
        if ends in before:
            pairs.append((before[ends], rule.box.top))
        before[ends] = rule.box.top
    texts = [c for line in text_lines(words) for c in line.chunks]
    data = sorted(c.box.middle[1] for c in texts if has_digits(c.text) and is_datum(c.text))
    return [(a, b) for a, b in pairs if bisect(data, a) == bisect(data, b)]


def _drawn(run: Sequence[_Post], level: Sequence[Rule]) -> Rule:
    """The rule of these posts, as far as the rows of hyphens that it meets, else over the height of its lines."""
    x = sum(p.x for p in run) / len(run)
    size = run[0].size
    across = [r.box.middle[1] for r in level if r.box.x0 - 1 <= x <= r.box.x1 + 1]
    top, bottom = run[0].y, run[-1].y
    top = min((y for y in across if top - _LEADING * size < y <= top), default=top - 0.6 * size)
    bottom = max((y for y in across if bottom <= y < bottom + _LEADING * size), default=bottom + 0.6 * size)
    return Rule(Box(x - 0.25, top, x + 0.25, bottom))


def _without(word: Word, posts: dict[int, list[_Post]]) -> Iterator[Word]:
    """What a word prints before, between and behind its posts."""
    if id(word) not in posts:
        yield word
        return
    text, box = word.text, word.box
    wide = box.width / len(text)
    cuts = sorted(round((p.x - box.x0) / wide - 0.5) for p in posts[id(word)])
    for before, after in pairwise([-1, *cuts, len(text)]):
        if said := text[before + 1 : after]:
            x0 = box.x0 + (before + 1) * wide
            yield word._replace(text=said, box=Box(x0, box.top, x0 + len(said) * wide, box.bottom))
