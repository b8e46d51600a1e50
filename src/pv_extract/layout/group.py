"""From what a reader delivers to lines and grids: words on pages, printed lines of a dump, or blocks that are there already."""

from collections.abc import Sequence

from pv_extract.layout import pages
from pv_extract.layout.again import again
from pv_extract.model import Block, Document, Grid


def group(document: Document) -> tuple[Block, ...]:
    """Everything printed, in reading order, as lines of text and grids of cells; every word is in exactly one of them."""
    if document.pages:
        return pages.blocks(document)
    if document.lines:
        from pv_extract.layout import dump  # noqa: PLC0415 - many modules, which only text dumps need

        return dump.blocks(document.lines)
    return tuple([part for block in document.blocks for part in _parts(block)])


def _parts(block: Block) -> Sequence[Block]:
    return again(block) if isinstance(block, Grid) else (block,)
