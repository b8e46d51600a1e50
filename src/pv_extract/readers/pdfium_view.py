"""A page of PDFium as a reader holds it: what shows of it, and which way up."""

import ctypes
from collections import Counter
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.model import Box, Fill, Rule
from pv_extract.readers.pdfium_text import Bounds, Piece


class View:
    """How user space lies before the reader: crop box, and quarter turns clockwise that bring the text upright."""

    def __init__(self, crop: Box, turns: int) -> None:
        self.crop, self.turns = crop, turns
        self.width, self.height = (crop.height, crop.width) if turns % 2 else (crop.width, crop.height)

    def upright(self, bounds: Bounds) -> Box:
        """From user space (left, low, right, high) to the upright page (y down)."""
        x0, y0, x1, y1 = self.crop
        left, low, right, high = bounds
        left, low, right, high = left - x0, low - y0, right - x0, high - y0
        height, turns = y1 - y0, self.turns
        if turns == 0:
            return Box(left, height - high, right, height - low)
        if turns == 1:
            return Box(low, left, high, right)
        width = x1 - x0
        if turns == 2:
            return Box(width - right, low, width - left, high)
        return Box(height - high, width - right, height - low, width - left)

    def inside(self, printed: list[Piece]) -> list[Piece]:
        """The pieces whose middle lies on the page, or a point beside it."""
        x0, y0, x1, y1 = self.crop
        x0, y0, x1, y1 = x0 - 1, y0 - 1, x1 + 1, y1 + 1
        return [
            piece
            for piece in printed
            for left, low, right, high in [piece.bounds]
            if y0 <= (low + high) / 2 <= y1 and x0 <= (left + right) / 2 <= x1
        ]

    def rules(self, boxes: list[Box]) -> tuple[Rule, ...]:
        """Drawn lines that lie on the upright page, without those beside it."""
        return tuple([Rule(placed) for placed in map(self.upright, boxes) if self._touches(placed)])

    def fills(self, areas: list[tuple[Box, str]]) -> tuple[Fill, ...]:
        """Filled areas that lie on the upright page, without those beside it."""
        return tuple([Fill(placed, color) for box, color in areas if self._touches(placed := self.upright(box))])

    def _touches(self, box: Box) -> bool:
        x0, top, x1, bottom = box
        return x1 >= 0 and x0 <= self.width and bottom >= 0 and top <= self.height


def view_of(page: Any, printed: list[Piece]) -> View:  # Any: a ctypes handle of PDFium
    """The page's own rotation, and a further turn where most of its characters still run up, down or upside down."""
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDF_GetPageBoundingBox(page, ctypes.byref(rect))
    crop = Box(rect.left, rect.bottom, rect.right, rect.top)
    turns = max(pdfium_c.FPDFPage_GetRotation(page), 0)
    # text that runs upwards (a quarter anticlockwise) reads level after a quarter turn clockwise
    return View(crop, _direction(printed, turns) % 4)


def _direction(printed: list[Piece], turns: int) -> int:
    """The quarter turns anticlockwise at which most of the characters run; those of the page where they run every way."""
    quarters = {piece.run.quarter for piece in printed} - {None}
    if len(quarters) < 2:
        return quarters.pop() or 0 if quarters else turns
    directions: Counter[int] = Counter()
    for piece in printed:
        if piece.run.quarter is not None:
            directions[piece.run.quarter] += len(piece.text)
    quarter, count = max(directions.items(), key=lambda item: (item[1], -abs(item[0] - turns)))
    return quarter if count > 0.6 * directions.total() else turns
