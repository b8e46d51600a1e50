"""Text of a PDFium page that lies under an area painted after it: the file holds it, a reader of the page does not see it."""

import ctypes
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.readers.pdfium_paths import DEEPEST_FORM, Drawing
from pv_extract.readers.pdfium_text import Piece


def covered(page: Any, printed: list[Piece], drawing: Drawing) -> list[Piece]:  # Any: a ctypes handle of PDFium
    """The pieces whose middle lies under an opaque area that is painted after their text."""
    under = list(_inside(printed, drawing))
    if not under:
        return []
    order = _Order({number for _, number in under})
    order.objects(page, pdfium_c.FPDFPage_CountObjects, pdfium_c.FPDFPage_GetObject)
    return [
        piece
        for piece, number in under
        if number in order.opaque and order.before.get(piece.run.owner, number) < number
    ]


def _inside(printed: list[Piece], drawing: Drawing) -> Iterator[tuple[Piece, int]]:
    """Pieces in a filled area, each once, with the number of the last path that fills one there."""
    placed = sorted(((p.bounds[1] + p.bounds[3]) / 2, n) for n, p in enumerate(printed))
    found: dict[int, int] = {}
    for (box, _), number in zip(drawing.fills, drawing.painted, strict=True):
        low, high = bisect_left(placed, (box.top, 0)), bisect_right(placed, (box.bottom, len(printed)))
        for _, n in placed[low:high]:
            left, _, right, _ = printed[n].bounds
            if box.x0 <= (left + right) / 2 <= box.x1:
                found[n] = number
    yield from ((printed[n], number) for n, number in found.items())


class _Order:
    """How many paths are drawn before each text object, and which of the wanted paths nothing shines through."""

    def __init__(self, wanted: set[int]) -> None:
        self.wanted = wanted
        self.before: dict[int, int] = {}
        self.opaque: set[int] = set()
        self.paths = 0

    def objects(self, holder: Any, count: Any, get: Any, depth: int = 0) -> None:
        """Counts as `drawn` does: the objects of the page, those of its forms in their place."""
        for index in range(count(holder)):
            thing = get(holder, index)
            kind = pdfium_c.FPDFPageObj_GetType(thing)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self.before[ctypes.addressof(thing.contents)] = self.paths
            elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                self.paths += 1
                if self.paths in self.wanted and not pdfium_c.FPDFPageObj_HasTransparency(thing):
                    self.opaque.add(self.paths)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < DEEPEST_FORM:
                self.objects(thing, pdfium_c.FPDFFormObj_CountObjects, pdfium_c.FPDFFormObj_GetObject, depth + 1)
