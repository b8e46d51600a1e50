"""Text of a PDFium page that lies under an area painted after it: the file holds it, a reader of the page does not see it."""

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import pypdfium2.raw as pdfium_c

from pv_extract.readers.pdfium_calls import argument, quick
from pv_extract.readers.pdfium_paths import Drawing
from pv_extract.readers.pdfium_text import Piece

_TRANSPARENT = quick(pdfium_c.FPDFPageObj_HasTransparency, ctypes.c_int)


def covered(printed: list[Piece], drawing: Drawing) -> list[Piece]:
    """The pieces whose middle lies under an opaque area that is painted after their text."""
    before = drawing.before
    under = [(p, number) for p, number in _inside(printed, drawing) if before.get(p.run.owner, number) < number]
    opaque = {number for number in {number for _, number in under} if _opaque(drawing.path_at[number - 1])}
    return [piece for piece, number in under if number in opaque]


def _opaque(path: int) -> bool:
    """Whether nothing shines through the path at this address."""
    return not _TRANSPARENT(argument(path))


def _inside(printed: list[Piece], drawing: Drawing) -> Iterator[tuple[Piece, int]]:
    """Pieces in a filled area, each once, with the number of the last path that fills one there."""
    if not drawing.fills:
        return
    placed = sorted(((p.bounds[1] + p.bounds[3]) / 2, n) for n, p in enumerate(printed))
    found: dict[int, int] = {}
    for (box, _), number in zip(drawing.fills, drawing.painted, strict=True):
        low, high = bisect_left(placed, (box.top, 0)), bisect_right(placed, (box.bottom, len(printed)))
        for _, n in placed[low:high]:
            left, _, right, _ = printed[n].bounds
            if box.x0 <= (left + right) / 2 <= box.x1:
                found[n] = number
    yield from ((printed[n], number) for n, number in found.items())
