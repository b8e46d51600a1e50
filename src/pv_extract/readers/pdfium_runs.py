"""What the characters of one text object of a PDFium page share: font, size, colour, direction and baseline."""

import ctypes
import math
import re
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.readers.pdfium_calls import ADDRESS, Room, argument, quick

CLEAR = "clear"  # the colour of text that is fully transparent
_UNSEEN = {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}
_BOLD = ("bold", "black", "heavy", "semibold", "demi")
# the bold faces of Computer Modern and its heirs (CMBX10, CMSSBX10, ECBX1000, SFSX1000), and the short name of a foundry
_SHORT_BOLD = re.compile(r"^(?:cm(?:b|ssbx)|(?:ec|sf)(?:b[xilm]|sx|so))|[-_]bd(?![a-z])")
TEXT_OBJECT = quick(pdfium_c.FPDFText_GetTextObject, ADDRESS)
_MATRIX, _ORIGIN = quick(pdfium_c.FPDFText_GetMatrix), quick(pdfium_c.FPDFText_GetCharOrigin)
_SIZE = quick(pdfium_c.FPDFText_GetFontSize, ctypes.c_double)
_LACKS_UNICODE = quick(pdfium_c.FPDFText_HasUnicodeMapError, ctypes.c_int)
_LOOSE_BOX = quick(pdfium_c.FPDFText_GetLooseCharBox)
_MODE = quick(pdfium_c.FPDFTextObj_GetTextRenderMode, ctypes.c_int)
_FILL_COLOR = quick(pdfium_c.FPDFPageObj_GetFillColor, ctypes.c_int)
_FONT = quick(pdfium_c.FPDFTextObj_GetFont, ADDRESS)
_FONT_NAME = quick(pdfium_c.FPDFFont_GetBaseFontName)
_FONT_WEIGHT = quick(pdfium_c.FPDFFont_GetWeight, ctypes.c_int)


@dataclass(slots=True, eq=False)
class Run:
    """What the characters of one text object share; baseline is user-space y for level text, x for upright text.

    `quarter` counts the quarter turns anticlockwise that it runs at (0 level, 1 upwards); it is None where it runs aslant.
    """

    font: str
    bold: bool
    size: float
    color: str
    angle: float
    quarter: int | None
    invisible: bool
    baseline: float
    unmapped: bool = False  # the font does not say which characters its glyphs are

    @property
    def by_code(self) -> bool:
        """Whether its characters are taken by their codes: fonts drawn by programs (Type 3) have no name and seldom a map."""
        return self.unmapped and not self.font

    owner: int = 0  # address of the text object


# what PDFium says of a text object, apart from its place: colour and matrix, whether it has a colour, size, mode and font;
# a page has few of them
_Setting = tuple[tuple[Any, ...], int, float, int, int | None]
# what follows from a setting: a run as far as its baseline, its size 0 where a damaged matrix tells none; and whether it is upright
_Style = tuple[tuple[str, bool, float, str, float, int | None, bool], bool]


class Runs:
    """The runs of a page, each read when the first of its characters is asked about."""

    def __init__(self, page: Any) -> None:  # Any: a text page of PDFium, as an argument
        self.page = page
        self.known: dict[int | None, Run] = {}
        self.styles: dict[_Setting, _Style] = {}
        self.fonts: dict[int | None, tuple[str, bool]] = {None: ("", False)}
        room = Room("IIIIffffffdd")
        self.color, self.matrix, self.origin, self.read = room.to[:4], room.to[4], room.to[10:], room.read

    def of(self, index: int) -> Run | None:
        """The run of the text object that draws a character; None where PDFium generated it."""
        address = TEXT_OBJECT(self.page, index)
        run = self.known.get(address)
        if run is None and address is not None:
            run = self.known[address] = self._run(index, address)
        return run

    def lacks_unicode(self, index: int) -> bool:
        """Whether the font does not say which character a glyph is."""
        return bool(_LACKS_UNICODE(self.page, index) == 1)

    def _run(self, index: int, address: int) -> Run:
        page, owner = self.page, argument(address)
        filled = _FILL_COLOR(owner, *self.color)
        _MATRIX(page, index, self.matrix)
        _ORIGIN(page, index, *self.origin)
        said = self.read()
        setting = said[:8], filled, _SIZE(page, index), _MODE(owner), _FONT(owner)
        style = self.styles.get(setting)
        if style is None:
            style = self.styles[setting] = _style(setting, *self._font(setting[4]))
        shared, upright = style
        if not shared[2]:
            shared = (*shared[:2], self._height(index), *shared[3:])
        return Run(*shared, said[10] if upright else said[11], _LACKS_UNICODE(page, index) == 1, address)

    def _height(self, index: int) -> float:
        """The size of type as its printed box has it."""
        box = pdfium_c.FS_RECTF()
        _LOOSE_BOX(self.page, index, ctypes.byref(box))
        height: float = box.top - box.bottom
        return round(max(height, 1.0), 2)

    def _font(self, address: int | None) -> tuple[str, bool]:
        """Name of the font without its subset tag, and whether it is bold."""
        if address not in self.fonts:
            buffer, font = ctypes.create_string_buffer(128), argument(address)
            _FONT_NAME(font, buffer, 128)
            name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
            low = name.lower()
            named = any(word in low for word in _BOLD) or bool(_SHORT_BOLD.search(low))
            self.fonts[address] = name, named or _FONT_WEIGHT(font) >= 600
        return self.fonts[address]


def _style(setting: _Setting, font: str, heavy: bool) -> _Style:
    (red, green, blue, alpha, a, b, c, d), filled, size, mode, _ = setting
    angle = math.degrees(math.atan2(b, a))
    turns = round(angle / 90)
    size *= math.hypot(c, d) or 1.0
    color = _color(red, green, blue, alpha) if filled else ""
    heavy = heavy or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE
    size = round(size, 2) if 0.5 <= size <= 500 else 0.0
    quarter = turns % 4 if abs(angle - 90 * turns) < 2 else None
    invisible = mode in _UNSEEN or (color == CLEAR and mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL)
    return (font, heavy, size, color, angle, quarter, invisible), turns % 2 == 1


def _color(red: int, green: int, blue: int, alpha: int) -> str:
    return f"{red << 16 | green << 8 | blue:06x}" if alpha else CLEAR
