"""The caption of each grid: printed above it, with its unit on a line of its own perhaps, or, as some houses do, below."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile, zip_longest

from pv_extract.languages import Language
from pv_extract.model import Block, Grid, Line
from pv_extract.text import fold, join_lines

_LEVEL = 3.0  # points
_LONGEST = 3  # lines of a caption below a table: what is longer is a paragraph
_BARE_NUMBER = re.compile(
    r"\S+\s(?:[A-Z]{1,3}[.-]?)?\d[\d.-]*(?:[a-z]|[IVX]+)?[:.]?"
)  # `Table 4`, `Tableau A-1.`, `1.3.II`
_NUMBERED = re.compile(r"\S+\s*[\w.-]*\d[\w.-]*\s*[:.–—-]\s")  # `Tabel 3-4: `, and not `Tabel 3 toont`


def captions(blocks: Sequence[Block], language: Language) -> Mapping[int, str]:
    """Captions by the position of their grids among the blocks.

    A caption between two grids belongs to the later one, unless this document prints all its captions below.
    """
    grids = [k for k, block in enumerate(blocks) if isinstance(block, Grid)]
    if not grids:
        return {}
    lines = [_lines(blocks[start:end]) for start, end in pairwise([0, *grids, len(blocks)])]
    above = [_above(before, language) for before in lines[:-1]]
    below = [_below(blocks[k], after, language) for k, after in zip(grids, lines[1:], strict=True)]
    shared = [text is not None and text == later for text, later in zip_longest(below, above[1:])]
    found = [text or (None if both else under) for text, under, both in zip(above, below, shared, strict=True)]
    if _alone(below, shared) and not _alone(above, [False, *shared[:-1]]):
        found = below
    for k, (left, right) in enumerate(pairwise(grids)):
        if found[k + 1] is None and right == left + 1 and _beside(blocks[left], blocks[right]):
            found[k + 1] = found[k]
    return {k: text for k, text in zip(grids, found, strict=True) if text}


def _beside(left: Block, right: Block) -> bool:
    """Whether a table begins at the height of the one before it, to the right: the caption above stands over both."""
    if left.box is None or right.box is None or left.page != right.page:
        return False
    return abs(left.box.top - right.box.top) < _LEVEL and left.box.x1 <= right.box.x0


def _alone(texts: Sequence[str | None], shared: Sequence[bool]) -> bool:
    """Whether some caption can belong to no other grid."""
    return any(text and not both for text, both in zip(texts, shared, strict=True))


def _lines(blocks: Sequence[Block]) -> list[Line]:
    return [b for b in blocks if isinstance(b, Line) and not b.furniture and b.text.strip()]


def _above(lines: Sequence[Line], language: Language) -> str | None:
    """The paragraph right above, where it starts like a caption (`Tabel 2: ...`); its unit may stand on a line of its own."""
    start = end = len(lines)
    while start and not (start < end and lines[start].gap):
        start -= 1
        if starts_caption(lines[start].text, language):
            return join_lines([line.text for line in lines[start:]])
        if start and lines[start].gap and _number_alone(lines[start - 1].text, language):
            start -= 1
            return join_lines([line.text for line in lines[start:]])
        if start == end - 1 and lines[start].gap and _unit_alone(lines[start].text, language):
            end = start
    return None


def _below(grid: Block, lines: Sequence[Line], language: Language) -> str | None:
    """The paragraph right below, where it is a caption with its number."""
    if not lines or not starts_caption(lines[0].text, language) or not _near(grid, lines[0]):
        return None
    paragraph = [lines[0], *takewhile(lambda line: not line.gap, lines[1:])]
    alone = len(paragraph) == 1 and not paragraph[0].text.rstrip().endswith(".")
    fits = len(paragraph) <= _LONGEST and (alone or _NUMBERED.match(lines[0].text))
    return join_lines([line.text for line in paragraph]) if fits else None


def _near(grid: Block, line: Line) -> bool:
    """Whether no more than two lines would fit between; true where the source has no geometry."""
    if line.box is None or not isinstance(grid, Grid):
        return True
    ends = [cell.box.bottom for cell in grid.cells if cell.box is not None and cell.page == line.page]
    return not ends or line.box.top - max(ends) < 2 * line.box.height


def starts_caption(text: str, language: Language) -> bool:
    """Whether a line begins as captions of the language do."""
    return re.match(language.caption, fold(text)) is not None


def _number_alone(text: str, language: Language) -> bool:
    """Whether a line says the number of a table and nothing else: its title stands on the next (`Table 4`)."""
    return _BARE_NUMBER.fullmatch(text.strip()) is not None and starts_caption(text, language)


def _unit_alone(text: str, language: Language) -> bool:
    """Whether a line says the unit of the table below and nothing else: `(in miljoen euro)`."""
    bare = text.strip().strip("()[]").strip()
    return len(bare.split()) <= 4 and language.stated_unit(bare) is not None
