"""Running headers, footers and page numbers: what stands at the same place in the margin of several pages."""

import re
from collections import defaultdict
from collections.abc import Sequence

from pv_extract.layout.lines import text_lines
from pv_extract.model import Page

MARGIN = 0.12
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")


def furniture(pages: Sequence[Page]) -> dict[int, frozenset[int]]:
    """For each page number the positions in its words that are page furniture."""
    seen: dict[tuple[str, int], set[int]] = defaultdict(set)
    lines: list[tuple[Page, str, int, list[int]]] = []
    for page in pages:
        position = {id(w): k for k, w in enumerate(page.words)}
        level = [w for w in page.words if not w.angle]
        edge = [w for w in level if w.box.bottom < MARGIN * page.height or w.box.top > (1 - MARGIN) * page.height]
        for found in text_lines(edge):
            shape = _DIGITS.sub("#", found.text.casefold())
            height = round(found.box.bottom / 6)
            seen[shape, height].add(page.number)
            lines.append((page, shape, height, [position[id(w)] for w in found.words]))
    out: dict[int, set[int]] = defaultdict(set)
    for page, shape, height, positions in lines:
        repeated = len(
            seen[shape, height] | seen.get((shape, height - 1), set()) | seen.get((shape, height + 1), set())
        )
        # two pages may begin alike (the minister's name above question and answer); furniture goes on
        if repeated >= max(3, len(pages) / 3) or (repeated >= 2 and "#" in shape) or _page_number(shape):
            out[page.number].update(positions)
    return {number: frozenset(found) for number, found in out.items()}


def _page_number(shape: str) -> bool:
    return bool(
        re.fullmatch(
            r"(?:p\.?|pag\.?|pagina|page|seite)?\s*[-–]?\s*#\s*(?:[-–/]|van|of|de|sur|von)?\s*#?\s*[-–]?", shape
        )
    )
