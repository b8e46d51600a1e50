"""Lines drawn under words: they are part of the text, as its weight is, and no rules of a table."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from pv_extract.model import Page, Rule, Word

_LEFT, _BOTTOM = attrgetter("box.x0"), attrgetter("box.bottom")
_INSIDE = 0.03  # type sizes above the descenders: rules of a table stay clear of its text
_BELOW = 0.16  # type sizes below the descenders
_EXACT = 0.5  # points: a line below them is as long as the text
_DEEPEST = 12.0  # points from a baseline to the end of its descenders, in the largest type of a table


def without_underlines(page: Page) -> Page:
    """The page without the rules that run through the descenders of one text, or right below them from its begin to its end."""
    level = [r for r in page.rules if r.horizontal]
    if not level:
        return page
    words = sorted([w for w in page.words if not w.angle], key=_BOTTOM)
    bottoms = [w.box.bottom for w in words]
    deep = min(_DEEPEST, _BELOW * max([w.size for w in words], default=0.0))
    drawn = {id(r) for r in level if _underlines(r, words, bottoms, deep)}
    return replace(page, rules=tuple([r for r in page.rules if id(r) not in drawn])) if drawn else page


def _underlines(rule: Rule, words: Sequence[Word], bottoms: Sequence[float], deep: float) -> bool:
    """Whether a rule underlines a text; no word has one more than `deep` points below its descenders."""
    x0, top, x1, bottom = rule.box
    y = (top + bottom) / 2
    near = words[bisect_left(bottoms, y - deep) : bisect_right(bottoms, y + _DEEPEST)]
    # in the lower half of a word, or right below its descenders
    low = [w for w in near if (w.box.top + w.box.bottom) / 2 < y < w.box.bottom + _BELOW * w.size]
    over = [w for w in low if w.box.x1 > x0 + 0.5 and w.box.x0 < x1 - 0.5]
    if not over:
        return False
    over.sort(key=_LEFT)
    if over[0].box.x0 > x0 + 1 or over[-1].box.x1 < x1 - 1:
        return False
    if any(b.box.x0 - a.box.x1 >= b.size for a, b in pairwise(over)):
        return False
    inside = all(y < w.box.bottom - _INSIDE * w.size for w in over)
    return inside or (abs(over[0].box.x0 - x0) < _EXACT and abs(over[-1].box.x1 - x1) < _EXACT)
