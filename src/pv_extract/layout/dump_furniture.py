"""Running headers, footers and page numbers in a dump: lines that come back on the edge of its pages, or number the page."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pv_extract.model import Line
from pv_extract.numbers import is_figure
from pv_extract.text import clean

_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture
_DIGITS = re.compile(r"\d+")
_PAGE_OF = re.compile(r"\b(?:p\.?|pag\.?|pagina|page|blz\.?|seite)\s*#\s*(?:van|of|de|sur|von|/)\s*#", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?:(?:p\.?|pag\.?|pagina|page|blz\.?|seite)\s*)?[-–]?\s*#\s*(?:(?:/|van|of|sur|von)\s*#)?\s*[-–]?", re.IGNORECASE
)


def furnished(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines, those that are page furniture marked so.

    With form feeds the edges of the pages are compared; without them only a line that says `page 3 of 8` is sure to be one.
    """
    places = _edges(lines) | _saying_so(lines)
    return tuple(replace(line, furniture=True) if n in places else line for n, line in enumerate(lines))


def _edges(lines: Sequence[Line]) -> set[int]:
    pages: dict[int, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if clean(line.text):
            pages[line.page].append(n)
    if len(pages) < 2:
        return set()
    seen: dict[str, set[int]] = defaultdict(set)
    edges = [(page, n) for page, places in pages.items() for n in {*places[:_EDGE], *places[-_EDGE:]}]
    for page, n in edges:
        seen[_shape(lines[n])].add(page)
    least = max(3, len(pages) / 3)
    numbered = _page_numbers(edges, lines)
    return numbered | {
        n
        for _, n in edges
        if not is_figure(clean(lines[n].text)) and _returns(_shape(lines[n]), len(seen[_shape(lines[n])]), least)
    }


def _page_numbers(edges: Sequence[tuple[int, int]], lines: Sequence[Line]) -> set[int]:
    """Lines that are nothing but the number of their page: they count on from page to page, which no figure does."""
    offsets: dict[int, set[int]] = defaultdict(set)
    for page, n in edges:
        if _PAGE_NUMBER.fullmatch(_shape(lines[n])) and (first := _DIGITS.search(lines[n].text)):
            offsets[int(first.group()) - page].add(n)
    pages = {page for page, _ in edges}
    often = [found for found in offsets.values() if len({lines[n].page for n in found}) >= max(2, 0.6 * len(pages))]
    return set().union(*often)


def _returns(shape: str, pages: int, least: float) -> bool:
    """Two pages may begin alike (the minister's name above question and answer); furniture goes on, or counts the pages.

    A line of figures alone is none: the figures of a table end up on the edge of a page as well.
    """
    if not any(c.isalpha() for c in shape):
        return False
    return pages >= least or (pages >= 2 and bool(_PAGE_OF.search(shape)))


def _saying_so(lines: Sequence[Line]) -> set[int]:
    """Lines that count the pages, and the rows of signs that decorate them."""
    counted = {n for n, line in enumerate(lines) if _PAGE_OF.search(_shape(line)) and len(line.text) < 120}
    return counted | {n for n, line in enumerate(lines) if re.fullmatch(r"[^\w\s.]{8,}", clean(line.text))}


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", clean(line.text).casefold())
