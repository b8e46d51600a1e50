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
_NUMBER = re.compile(r"[\d#]")
_SIGNS = re.compile(r"[^\w\s.]{8,}")
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
    edges = [(page, n) for page, places in pages.items() for n in {*places[:_EDGE], *places[-_EDGE:]}]
    alike: dict[str, list[int]] = defaultdict(list)
    for _, n in edges:
        alike[_shape(lines[n])].append(n)
    least = max(3, len(pages) / 3)
    running = [found for shape, found in alike.items() if _runs(shape, [lines[n] for n in found], least)]
    return _page_numbers(edges, lines).union(*running)


def _page_numbers(edges: Sequence[tuple[int, int]], lines: Sequence[Line]) -> set[int]:
    """Lines that are nothing but the number of their page: they count on from page to page, which no figure does."""
    offsets: dict[int, set[int]] = defaultdict(set)
    for page, n in edges:
        if _PAGE_NUMBER.fullmatch(_shape(lines[n])) and (first := _DIGITS.search(lines[n].text)):
            offsets[int(first.group()) - page].add(n)
    pages = {page for page, _ in edges}
    often = [found for found in offsets.values() if len({lines[n].page for n in found}) >= max(2, 0.6 * len(pages))]
    return set().union(*often)


def _runs(shape: str, found: Sequence[Line], least: float) -> bool:
    """Whether a line comes back on enough pages, its numbers the same or counting the pages.

    Two pages may begin alike (the minister's name above question and answer), and a table may end in a total on each: furniture
    goes on, and says nothing new. A line of figures alone is none.
    """
    pages = len({line.page for line in found})
    if not any(c.isalpha() for c in shape) or all(is_figure(word) for word in clean(found[0].text).split(" ")):
        return False
    numbers = zip(
        *([int(number) - k * line.page for number in _DIGITS.findall(line.text) for k in (0, 1)] for line in found),
        strict=True,
    )
    steady = [len(set(values)) == 1 for values in numbers]
    told = all(same or counting for same, counting in zip(steady[::2], steady[1::2], strict=True))
    return told and (pages >= least or (pages >= 2 and bool(_PAGE_OF.search(shape))))


def _saying_so(lines: Sequence[Line]) -> set[int]:
    """Lines that count the pages, and the rows of signs that decorate them."""
    counted = {
        n
        for n, line in enumerate(lines)
        if len(line.text) < 120 and _NUMBER.search(line.text) and _PAGE_OF.search(_shape(line))
    }
    return counted | {n for n, line in enumerate(lines) if _SIGNS.fullmatch(line.text.strip())}


def _shape(line: Line) -> str:
    return _DIGITS.sub("#", clean(line.text).casefold())
