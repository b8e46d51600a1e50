"""Lines of a text dump, cut where their figures begin: the material of which the tables of a dump are made."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from pv_extract.languages import fold_pattern, languages
from pv_extract.model import Line
from pv_extract.numbers import is_figure
from pv_extract.periods import dates_in, read_period
from pv_extract.text import MARK, clean, fold, join_lines

PAGE_BREAK = 3  # blank lines in a row that stand for a page break

_BRACKETED = re.compile(r"\(\d{1,2}\)")
_SIGNS = ("€", "%", "$", "£")
_YEAR = r"(?:19|20)\d{2}"
_SOME_YEAR = re.compile(_YEAR)
_WORD = re.compile(r"[^ \t]+")  # a no-break space inside a number is part of the word
_MARK = re.compile(r"\*+|[†‡]+|\(\*+\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE = re.compile(rf"(?:{MARK})\s*[^\W\d_]")
_ITEM = re.compile(
    r"(?:\d{1,2}\.(?!\d)|\d{1,2}\s*°|(?:\d{1,2}\.?\s*)?[a-z]\)|[ivx]{1,4}[.)]|\(?[a-z0-9]{1,2}\)|[•▪►●])(?:\s|$)",
    re.IGNORECASE,
)
_HALF = re.compile(rf"(?:.*\s)?{_YEAR}\s?[-–/]$")
_OTHER_HALF = re.compile(rf"(?:{_YEAR}|\d{{2}})\W{{0,3}}(?:\s+{_YEAR}(?:[-–/](?:{_YEAR}|\d\d)?)?\W{{0,3}})*")
_NUMBERED = re.compile(
    r"(?:nr|nrs|no|n°|n|art|artikel|article|p|pag|blz|bijlage|annexe|tabel|tableau|figuur)\.?", re.IGNORECASE
)
_GLUED = re.compile(r"\d+,\d+(?:-?\d*,\d+)+")
_ENDS = re.compile(r"[^\W\d]{5,}[)”\"]*[.?!:;]$")
_SENTENCE = re.compile(r"[^\W\d]{3,}[.?!;]\s+[A-ZÀ-Ý“\"]|[\w)%”\"][.?!:;]$")

_POINTED = re.compile(r"[^\d\s]{0,2}[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?\D{0,4}")  # thousands grouped with points


class Figure(NamedTuple):
    """A figure at the end of a line; `spaces` counts what was printed before it: more than one may stand for a blank cell.

    `alone` tells that the dump groups its thousands with points: what a space parts are then two figures.
    """

    text: str
    spaces: int
    alone: bool = False


class Printed(NamedTuple):
    """A line that is not blank, or two that a year cut in half keeps together; `first` and `last` index the dump's lines.

    `blanks` counts the blank lines before it, a new page counting as `PAGE_BREAK`. `label` is what stands before `figures`.
    """

    first: int
    last: int
    line: Line
    text: str
    blanks: int
    label: str
    figures: tuple[Figure, ...]

    @property
    def bare(self) -> bool:
        """Whether it holds figures and nothing else."""
        return bool(self.figures) and not self.label

    @property
    def run_together(self) -> bool:
        """Whether figures were dumped without a space between them: `0,0490,0470,121`."""
        return len(_GLUED.findall(self.text)) >= 2

    @property
    def periods(self) -> bool:
        """Whether its figures are all years or other periods, as in a header."""
        return bool(self.figures) and all(is_period(f.text) for f in self.figures)

    @property
    def stops(self) -> bool:
        """Whether no table runs on over it: a note, an item, a caption or running text."""
        return self.note or self.item or self.caption or self.sentence

    @property
    def note(self) -> bool:
        """Whether it starts with a mark and goes on in words: the text of a footnote."""
        return bool(_NOTE.match(self.text))

    @property
    def item(self) -> bool:
        """Whether it starts as an item of a list or an answer does: `1.`, `b)`, a bullet."""
        return bool(_ITEM.match(self.text))

    @property
    def caption(self) -> bool:
        """Whether it numbers a table or figure: `Tabel 2a`."""
        return _caption(self.text)

    @property
    def closes(self) -> bool:
        """Whether a sentence may end here, however short the line: no header does."""
        return self.sentence or bool(_ENDS.search(self.text))

    @property
    def sentence(self) -> bool:
        """Whether it reads as running text: it ends or starts a sentence, or is longer than labels are."""
        words = self.text.count(" ") + 1 - len(self.figures)
        return (words > 3 and _begins_or_ends(self.text)) or (words > 7 and self.text.endswith(",")) or words > 16


def printed(lines: Sequence[Line]) -> tuple[Printed, ...]:
    """The lines that are neither blank nor furniture, cut at their figures, years that a line break cut in half rejoined."""
    out: list[Printed] = []
    blanks, page = 0, lines[0].page if lines else 1
    for number, line in enumerate(lines):
        if line.page != page:
            blanks, page = max(blanks, PAGE_BREAK), line.page
        if line.furniture:
            continue
        if not line.text.strip():
            blanks += 1
            continue
        out.append(cut(line, number, number, blanks))
        blanks = 0
    found = tuple(_marks_apart(list(_rejoined(out))))
    if not any(_POINTED.fullmatch(figure.text) for line in found for figure in line.figures):
        return found
    return tuple(line._replace(figures=tuple(f._replace(alone=True) for f in line.figures)) for line in found)


def cut(line: Line, first: int, last: int, blanks: int) -> Printed:
    """One line with the figures at its end apart from the label before them."""
    words = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(line.text)]
    if any(map(str.isdigit, line.text)):
        words = list(_units_joined(words))
    dates = [(a, b) for a, b, _ in _dates(line.text)] if _SOME_YEAR.search(line.text) else []
    begin = len(words)
    while begin and _figure(words, begin - 1, dates):
        begin -= 1
    text = clean(line.text)
    if begin == len(words):
        return Printed(first, last, line, text, blanks, text, ())
    end = words[begin - 1][1] if begin else 0
    label = clean(line.text[:end])
    figures = []
    for start, after, word in words[begin:]:
        figures.append(Figure(clean(word), start - end))
        end = after
    return Printed(first, last, line, text, blanks, label, tuple(figures))


@lru_cache(1 << 16)
def is_period(text: str) -> bool:
    """Whether a text names a period in any of the languages."""
    return any(read_period(text, language) for language in languages())


@lru_cache(4096)  # every reading that is tried asks about the same lines
def _begins_or_ends(text: str) -> bool:
    return bool(_SENTENCE.search(text))


@lru_cache(4096)
def _caption(text: str) -> bool:
    return any(fold_pattern(language.caption).match(fold(text)) for language in languages())


def _dates(text: str) -> Iterator[tuple[int, int, object]]:
    for language in languages():
        yield from dates_in(text, language)


def _units_joined(words: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Words, with a unit or mark that stands apart taken into the figure that it belongs to."""
    before = not words or not _unit(words[-1][2])  # `€ 12 € 13` against `12 € 13 €`
    held: tuple[int, int, str] | None = None
    for at, word in enumerate(words):
        following = words[at + 1][2] if at + 1 < len(words) else ""
        if held is None:
            held = word
        elif _joins(held[2], word[2], following, before=before):
            held = (held[0], word[1], f"{held[2]} {word[2]}")
        else:
            yield held
            held = word
    if held:
        yield held


def _joins(text: str, word: str, following: str, *, before: bool) -> bool:
    if _MARK.fullmatch(word):
        return _digits(text) and not re.match(r"[^\W\d]", following)
    if word == "%":
        return _digits(text)
    if before:
        return text in ("€", "$", "£") and _digits(word)
    return _unit(word) and _digits(text)


@lru_cache(1 << 16)
def _unit(word: str) -> bool:
    return any(fold(word) in lang.unit_words for lang in languages())


def _digits(text: str) -> bool:
    return any(c.isdigit() for c in text) and is_figure(text)


def _figure(words: list[tuple[int, int, str]], at: int, dates: list[tuple[int, int]]) -> bool:
    start, end, text = words[at]
    if dates and any(a <= start and end <= b + 1 for a, b in dates):
        return False
    before = words[at - 1][2] if at else ""
    return (is_figure(text) or is_period(text)) and not (_NUMBERED.fullmatch(before) and text.isdigit())


def _one_amount(above: Printed, below: Printed, *, follow: bool) -> bool:
    """Whether a currency or percent sign on a line of its own and the figure beside it are one amount."""
    if above.text in _SIGNS:
        return _amount(below)
    return below.text in _SIGNS and (follow or below.text == "%") and _amount(above)


def _amount(line: Printed) -> bool:
    """Whether a line is one number without a sign."""
    plain = any(c.isdigit() for c in line.text) and not any(sign in line.text for sign in _SIGNS)
    return line.bare and len(line.figures) == 1 and plain


def _signs_follow(lines: Sequence[Printed]) -> bool:
    """Whether signs on lines of their own follow their figures: more end a row of figures than begin one.

    Most stand before: a spreadsheet sets the sign at the left of its cell, which is what parts the two.
    """
    ends = begins = 0
    for n, line in enumerate(lines):
        if line.text in _SIGNS:
            above, below = n > 0 and _amount(lines[n - 1]), n + 1 < len(lines) and _amount(lines[n + 1])
            ends += above and not below
            begins += below and not above
    return ends > begins


def _marks_apart(lines: Sequence[Printed]) -> Iterator[Printed]:
    """Lines, `Saldo (1)` above a line of figures taken as a label with its mark: a figure would stand with the others."""
    for line, below in zip_longest(lines, lines[1:]):
        if (
            line.label
            and below
            and below.bare
            and len(line.figures) == 1
            and _BRACKETED.fullmatch(line.figures[0].text)
        ):
            yield line._replace(label=line.text, figures=())
        else:
            yield line


def _rejoined(lines: list[Printed]) -> Iterator[Printed]:
    """Lines, `2022-` and the `2023*` below it made one where the second holds years alone; `€` and its figure too."""
    follow = _signs_follow(lines)
    held: Printed | None = None
    for line in lines:
        if held and _HALF.match(held.text) and _OTHER_HALF.fullmatch(line.text) and line.blanks < PAGE_BREAK:
            text = join_lines([held.line.text.rstrip(), line.text])
            both = Line(text, held.line.page, gap=held.line.gap)
            held = cut(both, held.first, line.last, held.blanks)
            continue
        if held and _one_amount(held, line, follow=follow):
            both = replace(held.line, text=f"{held.text} {line.text}")
            held = cut(both, held.first, line.last, held.blanks)
            continue
        if held:
            yield held
        held = line
    if held:
        yield held
