"""Running headers, footers and page numbers: what stands at the same place in the margin of several pages."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from operator import attrgetter

from pv_extract.layout.lines import YEARS, TextLine, has_digits, text_lines
from pv_extract.model import Page, Word

MARGIN = 0.12
APART = 0.6  # of the height of a line
_PAGE_NUMBER = re.compile(r"(?:p\.?|pag\.?|pagina|page|seite)?\s*[-–]?\s*#\s*(?:[-–/]|van|of|de|sur|von)?\s*#?\s*[-–]?")
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


def furniture(pages: Sequence[Page]) -> dict[int, frozenset[int]]:
    """For each page number the positions in its words that are page furniture.

    Two pages may begin alike (the minister's name above question and answer), so it takes three, or a number that goes on.
    """
    edges = {page.number: [(line, _shape(line)) for line in _edge_lines(page)] for page in pages}
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    for number, lines in edges.items():
        for line, shape in lines:
            seen[shape, _height(line)].add(number)
    texts = Counter([line.text for lines in edges.values() for line, _ in lines])
    out: dict[int, frozenset[int]] = {}
    for page in pages:
        again = [
            line
            for line, shape in edges[page.number]
            if (_repeated(line, shape, seen, len(pages)) and not _years(line))
            or (_no_text(shape) and not _years(line, page))
        ]
        kept = {id(w) for line in _marginal(again, page, texts) for w in line.words}
        if kept:
            out[page.number] = frozenset(k for k, w in enumerate(page.words) if id(w) in kept)
    return out


def _years(line: TextLine, page: Page | None = None) -> bool:
    """Whether it is no page number but years over columns: white space between two, or text further out on this page."""
    if not all(YEARS.match(c.text) for c in line.chunks):
        return False
    if len(line.chunks) > 1 or page is None:
        return len(line.chunks) > 1
    box, top = line.box, line.box.middle[1] < page.height / 2
    return any(w.box.bottom < box.top if top else w.box.top > box.bottom for w in page.words if not w.angle)


def _heads(line: TextLine, words: Sequence[Word], seen: Mapping[str, int]) -> bool:
    """Whether it is the header of columns of figures right below, word for word the same on other pages."""
    pieces = line.chunks
    below = [w for w in words if 0 < w.box.top - line.box.bottom < 4 * line.box.height]
    if len(pieces) < 3 or seen[line.text] < 2 or not below:
        return False
    first = text_lines(below)[0].chunks
    figures = [c for c in first if has_digits(c.text)]
    under = sum(1 for c in pieces if any(c.box.x0 < f.box.x1 and f.box.x0 < c.box.x1 for f in figures))
    return len(figures) > 1 and under > 1


def _marginal(again: Sequence[TextLine], page: Page, seen: Mapping[str, int]) -> list[TextLine]:
    """The lines that stand off from the text: not the header of a table, which touches its rows or stands between its rules."""
    if not again:
        return []
    held = {id(w) for line in again for w in line.words}
    body = [w for w in page.words if not w.angle and id(w) not in held]
    numbers = [line for line in again if _page_number(_shape(line)) and _apart(line, body, page)]
    others = [line for line in again if line not in numbers and not (_walled(line, page) or _heads(line, body, seen))]
    body += [w for line in again if line not in numbers and line not in others for w in line.words]
    while touching := [line for line in others if not _apart(line, body, page)]:
        body += [w for line in touching for w in line.words]
        others = [line for line in others if line not in touching]
    return numbers + others


def _walled(line: TextLine, page: Page) -> bool:
    """Whether several upright rules part the words of the line."""
    x0, y = line.box.x0, line.box.middle[1]
    walls = {round(r.box.x0) for r in page.rules if r.box.top <= y <= r.box.bottom and x0 < r.box.x0 < line.box.x1}
    return len(walls) > 1


def _edge_lines(page: Page) -> list[TextLine]:
    top, bottom = MARGIN * page.height, (1 - MARGIN) * page.height
    boxes = map(attrgetter("box"), page.words)
    return text_lines(
        [w for w, (_, y0, _, y1) in zip(page.words, boxes, strict=True) if (y1 < top or y0 > bottom) and not w.angle]
    )


def _shape(line: TextLine) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _height(line: TextLine) -> int:
    return round(line.box.bottom / 6)


def _repeated(line: TextLine, shape: str, seen: Mapping[tuple[str, int], set[int]], pages: int) -> bool:
    if pages == 1:
        return False
    height = _height(line)
    on = {number for near in (height - 1, height, height + 1) for number in seen.get((shape, near), ())}
    return len(on) >= max(3, pages / 3) or (len(on) >= 2 and "#" in shape)


def _apart(line: TextLine, words: Sequence[Word], page: Page) -> bool:
    """Whether white space parts a line of the margin from the text: the header of a table touches its rows."""
    top = line.box.middle[1] < page.height / 2
    if top:
        gaps = [w.box.top - line.box.bottom for w in words if w.box.middle[1] > line.box.bottom]
    else:
        gaps = [line.box.top - w.box.bottom for w in words if w.box.middle[1] < line.box.top]
    return not gaps or min(gaps) > APART * line.box.height


def _no_text(shape: str) -> bool:
    """Whether it is the number of a page, or a row of strokes."""
    return _page_number(shape) or (len(shape) > 2 and not any(sign == "#" or sign.isalnum() for sign in shape))


def _page_number(shape: str) -> bool:
    return "#" in shape and bool(_PAGE_NUMBER.fullmatch(shape))
