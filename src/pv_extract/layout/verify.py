"""Every cell read again with a second engine: a digit that only one of them sees is a difference to report."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pv_extract.model import Block, Box, Document, Grid, GridCell, Remark, Word

CODE = "engines-differ"
_DIGITS = re.compile(r"\d")


def disagreements(document: Document, blocks: Sequence[Block], second: Document) -> tuple[Remark, ...]:
    """A remark for each cell, and for each page outside its cells, in which the engines see different digits.

    Args:
        document: as the first engine read it; its pages tell which way up the second reads them.
        blocks: what was made of it.
        second: the same file as the second engine read it.
    """
    words = {page.number: page.words for page in second.pages if _same_size(document, page.number, page.width)}
    cells: dict[int, list[GridCell]] = defaultdict(list)
    for block in blocks:
        if isinstance(block, Grid):
            for cell in block.cells:
                if cell.box is not None:
                    cells[cell.page].append(cell)
    out: list[Remark] = []
    for page in document.pages:
        if page.number not in words:
            out.append(
                Remark(CODE, f"page {page.number} is turned; the second engine cannot be held against it", page.number)
            )
            continue
        out += _page(page.words, words[page.number], cells[page.number], page.number)
    return tuple(out)


def _same_size(document: Document, number: int, width: float) -> bool:
    """Whether both engines hold the page the same way up."""
    return any(page.number == number and abs(page.width - width) < 2 for page in document.pages)


def _page(ours: Sequence[Word], theirs: Sequence[Word], cells: Sequence[GridCell], number: int) -> Iterator[Remark]:
    left = list(theirs)
    for cell in cells:
        if cell.box is None or not (cell.text or _inside(left, cell.box)):
            continue
        inside = _inside(left, cell.box)
        seen = {id(w) for w in inside}
        left = [w for w in left if id(w) not in seen]
        first, second = digits([cell.text]), digits(w.text for w in inside)
        if first != second:
            other = " ".join(w.text for w in inside)
            message = f"one engine reads {cell.text!r}, the other {other!r}"
            yield Remark(CODE, message, number, cell.box)
    taken = [cell.box for cell in cells if cell.box is not None]
    outside = digits(w.text for w in ours if not any(box.holds(w.box.middle) for box in taken))
    rest = digits(w.text for w in left)
    if outside != rest:
        only = "".join(sorted((outside - rest).elements())), "".join(sorted((rest - outside).elements()))
        yield Remark(
            CODE, f"outside the tables one engine alone sees the digits {only[0]!r}, the other {only[1]!r}", number
        )


def _inside(words: Iterable[Word], box: Box) -> list[Word]:
    return [w for w in words if box.holds(w.box.middle)]


def digits(texts: Iterable[str]) -> Counter[str]:
    """How often each digit is printed; raised and lowered digits count as digits."""
    return Counter(_DIGITS.findall(unicodedata.normalize("NFKC", "".join(texts))))
