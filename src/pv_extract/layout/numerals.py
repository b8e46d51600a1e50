"""Digits grouped by spaces: the groups of one number become one word, and two numbers side by side stay two.

`345 1 678 901` is 345 and 1 678 901 where columns stand as close as the groups of a number. What is no group of three
digits cannot go on a number; and a column of figures shows where its numbers end, so a group that ends there ends one.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pv_extract.layout.lines import YEARS, TextLine, counted, has_digits, text_lines
from pv_extract.model import Box, Word
from pv_extract.text import RAISED_LETTERS, SUPERSCRIPTS

_HEAD = re.compile(r"^[<>≤≥±+\-−–(€$£]*\d{1,3}$")
_GROUP = re.compile(rf"^\d{{3}}(?:[.,]\d+)?[)%*†‡⁽⁾{SUPERSCRIPTS}{RAISED_LETTERS}]*$")
_WHOLE = re.compile(r"^\d{3}$")


def united(words: Sequence[Word]) -> tuple[list[Word], dict[int, tuple[Word, ...]]]:
    """The words of a page, groups of digits put together where they are one number; and the groups by the id of that word."""
    groups = [  # few words begin or end as one
        (a, b) for a, b in pairwise(words) if b.text[:3].isdecimal() and a.text[-1:].isdecimal()
    ]
    if not any(_goes_on(a, b) for a, b in groups):
        return list(words), {}
    merged: dict[int, Word | None] = {}
    parts: dict[int, tuple[Word, ...]] = {}
    for stretch in _stretches(text_lines(words)):
        runs = [run for line in stretch for run in _runs(line)]
        ends = _ends_in(stretch)
        for run in runs:
            for number in _numbers(run, ends):
                if len(number) > 1:
                    merged |= dict.fromkeys(map(id, number[1:]))
                    one = _one(number)
                    merged[id(number[0])] = one
                    parts[id(one)] = tuple(number)
    every = (merged.get(id(w), w) for w in words)
    return [w for w in every if w is not None], parts


def well_grouped(text: str) -> bool:
    """Whether spaces part a printed number in groups of three digits."""
    first, *rest = text.split(" ")
    return bool(_HEAD.match(first)) and all(_WHOLE.match(g) for g in rest[:-1]) and all(map(_GROUP.match, rest[-1:]))


def _goes_on(left: Word, right: Word) -> bool:
    """Whether the right one can be the next group of digits of the left, a word space apart."""
    if not (_GROUP.match(right.text) and (_HEAD.match(left.text) or _WHOLE.match(left.text))):
        return False
    return 0 <= right.box.x0 - left.box.x1 <= 0.45 * max(left.size, right.size)


def _stretches(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines that follow each other without a wide gap."""
    out: list[list[TextLine]] = []
    for line in lines:
        if out and line.box.top - out[-1][-1].box.bottom < 3 * line.size:
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _runs(line: TextLine) -> list[list[Word]]:
    """Figures of a line that stand no more than a word space apart."""
    out: list[list[Word]] = []
    before: Word | None = None
    for word in line.words:
        if not has_digits(word.text):
            before = None
            continue
        if before is not None and word.box.x0 - before.box.x1 <= 0.45 * word.size:
            out[-1].append(word)
        else:
            out.append([word])
        before = word
    return out


def _ends_in(lines: Sequence[TextLine]) -> list[float]:
    """Where columns of figures certainly end; years in the middle of a header do not show it, but years at the right do."""
    held = [(line, [*_column_ends(line)]) for line in lines if not counted([w.text for w in line.words])]
    headers = [(line, ends) for line, ends in held if _years(line)]
    sure = [x for line, ends in held if not _years(line) for x in ends]
    right = [ends for line, ends in headers if ends and any(abs(ends[-1] - x) < 0.12 * line.size for x in sure)]
    return sure + [x for ends in right for x in ends]


def _years(line: TextLine) -> bool:
    """Whether all figures of a line are years."""
    figures = [w.text for w in line.words if has_digits(w.text)]
    return bool(figures) and all(map(YEARS.match, figures))


def _column_ends(line: TextLine) -> Iterator[float]:
    """Where figures of the line certainly end, but for those among words, as in the text of a header."""
    for left, word, right in zip((None, *line.words), line.words, (*line.words[1:], None), strict=False):
        among = _worded(left, word) or (right is not None and _worded(right, word))
        if has_digits(word.text) and not among and (right is None or not _goes_on(word, right)):
            yield word.box.x1


def _worded(other: Word | None, figure: Word) -> bool:
    """Whether a word of letters stands a word space beside a figure."""
    if other is None or not other.text[:2].isalpha() or len(other.text) < 2:
        return False
    gap = max(figure.box.x0 - other.box.x1, other.box.x0 - figure.box.x1)
    return gap <= 0.45 * figure.size


def _ends(run: Sequence[Word], k: int) -> bool:
    """Whether a number certainly ends with this word of the run: nothing follows that could go on with it."""
    return k + 1 == len(run) or not _goes_on(run[k], run[k + 1])


def _numbers(run: Sequence[Word], ends: Sequence[float]) -> list[list[Word]]:
    """The run in numbers: a group goes on with the one before where no column of figures ends between them."""
    out = [[run[0]]]
    for k in range(1, len(run)):
        left, right = run[k - 1], run[k]
        begun = len(out[-1]) > 1 or _HEAD.match(left.text)
        at_end = any(abs(x - left.box.x1) < 0.12 * left.size for x in ends)
        if begun and not _ends(run, k - 1) and not at_end:
            out[-1].append(right)
        else:
            out.append([right])
    return out


def _one(number: Sequence[Word]) -> Word:
    first = number[0]
    box = Box.around(w.box for w in number)
    text = " ".join(w.text for w in number)
    return Word(text, box, first.size, first.bold, first.font, first.color, first.angle)
