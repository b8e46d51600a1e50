"""Numbered items of a question or an answer (`1`, `1a`, `2b`), with their text, their grids and the notes of each grid."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from pv_extract.answer.captions import captions
from pv_extract.answer.placed import PlacedGrid
from pv_extract.answer.running import sentences
from pv_extract.languages import AnswerWords, Language, fold_pattern, is_source
from pv_extract.model import Block, Grid, Line, Note
from pv_extract.text import MARK, RAISED, clean, fold, join_lines, plain_mark, split_marks

_NUMBER = re.compile(
    r"(?P<number>\d{1,2})(?P<upto>\s*(?:-|–|en|tot)\s*\d{1,2})?(?:\s*[.)°]\s*|\s*(?=[a-z][.)]))"
    r"(?:\(?(?P<letter>[a-z])\s*[.)]\s*)?(?P<rest>.*)",
)
_LETTER = re.compile(r"\(?(?P<letter>[a-z])\s*[.)]\s+(?P<rest>.*)|\(?(?P<alone>[a-z])\s*[.)]$")
_NOTE = re.compile(rf"(?P<mark>{MARK})[\s:]*(?P<text>\S.*)")
_NEXT = re.compile(rf"(?<=[.;])\s+(?={RAISED}\s?[^\W\d_])")  # another note on the same line
_LETTERED = re.compile(
    r"(?:\(?(?P<mark>[a-ipr])\)[\s:]*|(?P<bare>[a-ipr]|\d{1,2})(?:\s?[:=]\s*|\s+(?=[A-Z])))(?P<text>\S.*)"
)
_FURTHEST = 4  # items that an answer may skip before a number is no longer taken for the next item


@dataclass(slots=True)
class Section:
    """Blocks under one item while the document is walked; `id` is None for what stands before the first item."""

    id: str | None
    page: int = 1
    lines: list[Line] = field(default_factory=list)
    grids: list[PlacedGrid] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Running text, a newline between paragraphs."""
        paragraphs: list[list[str]] = []
        for line in self.lines:
            if line.gap or not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(line.text)
        return "\n".join(text for p in paragraphs if (text := join_lines(p)))


@dataclass(frozen=True, slots=True)
class _Marker:
    number: int | None
    upto: str
    letter: str
    rest: str


def sections(blocks: Sequence[Block], words: AnswerWords, language: Language, count_from: int) -> list[Section]:
    """Blocks divided by the numbering of the items; grids are numbered `t1`, `t2`, ... in order of printing."""
    return _Walk(words, language, count_from).over(blocks) if blocks else [Section(None)]


class _Walk:
    """One pass over the blocks: the number and letter under way decide what the next marker may be."""

    def __init__(self, words: AnswerWords, language: Language, count_from: int) -> None:
        self.words, self.language, self.count = words, language, count_from
        self.item_words = tuple([f"{fold(word)} " for word in words.item_words])
        self.outside = (fold_pattern(words.background), fold_pattern(words.co_ministers))
        self.number, self.letter = 0, ""
        self.sections = [Section(None)]
        self.notes: list[tuple[str, list[str], int]] | None = None  # of the grid just passed
        self.in_note = False

    def over(self, blocks: Sequence[Block]) -> list[Section]:
        found = captions(blocks, self.language)
        for at, block in enumerate(blocks):
            if isinstance(block, Grid):
                self._grid(block, found.get(at))
            elif not block.furniture and block.text.strip():
                self._line(block)
        self._close_notes()
        return self.sections

    def _grid(self, grid: Grid, caption: str | None) -> None:
        self._close_notes()
        self.count += 1
        section = self.sections[-1]
        section.grids.append(
            PlacedGrid(f"t{self.count}", grid, section.id, grid.caption or caption, (), self._lead(section))
        )
        self.notes, self.in_note = [], False

    def _lead(self, section: Section) -> str:
        """The last sentence above a grid, since the grid before it, that announces a table."""
        if section.grids:
            return ""
        patterns = [fold_pattern(p) for p in self.language.announcements]
        latest = (s.text for s in reversed(list(sentences(section.lines))))
        return next((text for text in latest if any(p.search(fold(text)) for p in patterns)), "")

    def _line(self, line: Line) -> None:
        if self._ends_items(fold(line.text), line.text):
            self._close_notes()
            self.sections.append(Section(None, line.page))
        elif not self._explains(line) and (marker := self._marker(line.text)) is not None:
            self._open(marker, line)
            return
        elif self._note(line):
            return
        self.sections[-1].lines.append(line)

    def _ends_items(self, folded: str, text: str) -> bool:
        """Whether what follows belongs to no item: a background section, or the list of co-ministers."""
        background, co_ministers = self.outside
        return bool((background.match(folded) and text[:8].isupper()) or co_ministers.match(folded))

    def _marker(self, text: str) -> _Marker | None:
        text = clean(text)
        if fold(text).startswith(self.item_words):
            for word in self.words.item_words:
                if fold(text).startswith(fold(word) + " "):
                    text = text[len(word) + 1 :]
        if found := _NUMBER.fullmatch(text):
            number = int(found["number"])
            follows = self.number < number <= self.number + _FURTHEST
            again = number == self.number and found["letter"] and found["letter"] > self.letter
            if (follows or again) and not re.match(r"\d", found["rest"]):
                return _Marker(number, re.sub(r"\D+", "-", found["upto"] or ""), found["letter"] or "", found["rest"])
        if self.number and (found := _LETTER.fullmatch(text)):
            letter = found["letter"] or found["alone"]
            if letter == (chr(ord(self.letter) + 1) if self.letter else "a"):
                return _Marker(None, "", letter, found["rest"] or "")
        return None

    def _open(self, marker: _Marker, line: Line) -> None:
        self._close_notes()
        self.number = marker.number or self.number
        self.letter = marker.letter
        section = Section(f"{self.number}{marker.upto}{marker.letter}", line.page)
        if marker.rest.strip():
            section.lines.append(
                Line(marker.rest, line.page, line.box, line.size, line.bold, gap=True),
            )
        self.sections.append(section)

    def _note(self, line: Line) -> bool:
        """Whether the line is a note of the grid just passed, or goes on with one."""
        if self.notes is None:
            return False
        found = _NOTE.fullmatch(line.text.strip()) or self._explains(line)
        if found is not None:
            first, *others = _NEXT.split(found["text"])
            mark = found["mark"] or found["bare"]
            self.notes.append((plain_mark(mark), [first], line.page))
            for text in others:
                if (more := _NOTE.fullmatch(text)) is not None:
                    self.notes.append((plain_mark(more["mark"]), [more["text"]], line.page))
            self.in_note = True
            return True
        if self.in_note and not line.gap and not is_source(line.text):
            self.notes[-1][1].append(line.text)
            return True
        self.in_note = False
        return False

    def _explains(self, line: Line) -> re.Match[str] | None:
        """A line that begins with a letter in brackets, where the grid just passed prints that letter as a mark.

        So does one that begins with the letter or number alone, before a capital (`p Preliminary`, `1 Includes others`).
        """
        if self.notes is None or not (found := _LETTERED.fullmatch(line.text.strip())):
            return None
        cells = self.sections[-1].grids[-1].grid.cells
        key = found["mark"] or found["bare"]
        new = all(mark != key for mark, *_ in self.notes)
        return found if new and any(key in split_marks(cell.text)[1] for cell in cells) else None

    def _close_notes(self) -> None:
        if self.notes:
            made = [
                Note(mark, text := join_lines(parts), self.language.meaning(text), page)
                for mark, parts, page in self.notes
            ]
            grids = self.sections[-1].grids
            last = grids[-1]
            grids[-1] = replace(last, notes=tuple(made))
        self.notes, self.in_note = None, False
