"""An answer from its blocks: heading, questions, items, and which table and which notes belong to which item."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pv_extract.answer.heading import Heading, read_heading
from pv_extract.answer.items import Section, sections
from pv_extract.answer.placed import PlacedGrid
from pv_extract.answer.running import text_figures
from pv_extract.languages import Language, load_language
from pv_extract.model import Answer, Block, Item, Line

__all__ = ["Parsed", "PlacedGrid", "parse"]


@dataclass(frozen=True, slots=True)
class Parsed:
    """What the document says of itself, and its grids in their places."""

    answer: Answer
    grids: tuple[PlacedGrid, ...]


def parse(blocks: Sequence[Block], language: Language) -> Parsed:
    """The answer and its placed grids; a document without an answer heading still gives all its grids and items.

    The words of headings come from the language file; Dutch where the document's own language declares none.
    """
    words = language.answer or load_language("nl").answer
    if words is None:
        raise AssertionError("the Dutch language file declares the headings of answers")
    heading = read_heading(blocks, words, language)
    asked = sections(blocks[: heading.question_to], words, language, count_from=0)
    grids_before = sum(len(s.grids) for s in asked)
    between = sections(blocks[heading.question_to : heading.answer_from], words, language, count_from=grids_before)
    grids_before += sum(len(s.grids) for s in between)
    given = sections(blocks[heading.answer_from :], words, language, count_from=grids_before)
    placed = tuple([grid for section in (*asked, *between, *given) for grid in section.grids])
    answer = _answer(heading, asked, given, language)
    return Parsed(answer, placed)


def _answer(heading: Heading, asked: Sequence[Section], given: Sequence[Section], language: Language) -> Answer:
    answer = heading.answer
    items = tuple(_item(s, language) for s in given if s.id is not None)
    if answer.kind == "single" and heading.refers and not any(i.tables for i in items):
        answer = replace(answer, kind="referring")
    return replace(answer, items=items, questions=tuple(_item(s, language) for s in asked if s.id is not None))


def _item(section: Section, language: Language) -> Item:
    figures = text_figures(section.lines, language)
    tables = tuple(g.id for g in section.grids)
    return Item(section.id or "", section.text, tables, figures, section.page)


def printed_lines(blocks: Sequence[Block]) -> list[Line]:
    """The lines of running text among the blocks, furniture left out."""
    return [b for b in blocks if isinstance(b, Line) and not b.furniture]
