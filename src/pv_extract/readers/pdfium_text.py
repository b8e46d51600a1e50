"""Characters of a PDFium text page, gathered into pieces: stretches of one text object that no space interrupts."""

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.model import Box

# ligatures that have a code point of their own; PDFium spells out most others by itself
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# what PDFium reports for a hyphen that ends a line; whether the typesetter put it there is decided for the document
HYPHENS = {"\x02": "\u00ad", "\ufffe": "\u00ad"}
# a number token is atomic: these spaces group its digits and do not end it
GROUPING_SPACES = "\u00a0\u2007\u2009\u202f"
_TRANSLATE = str.maketrans({**LIGATURES, **HYPHENS})
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True, slots=True)
class Run:
    """What the characters of one text object share; baseline is user-space y for level text, x for upright text."""

    font: str
    bold: bool
    size: float
    color: str
    angle: float
    baseline: float
    invisible: bool

    @property
    def quarter(self) -> int | None:
        """Quarter turns anticlockwise that the text runs at (0 level, 1 upwards); None where it runs aslant."""
        turns = round(self.angle / 90)
        return turns % 4 if abs(self.angle - 90 * turns) < 2 else None


@dataclass(slots=True)
class Piece:
    """Characters of one run without a space between them, in user space (y up); `glued` where no space came before."""

    text: str
    box: Box
    run: Run
    glued: bool
    unmapped: int = 0


def pieces(textpage: Any) -> list[Piece]:  # Any: a ctypes handle of PDFium
    """All pieces of a page in the order of its content."""
    count = pdfium_c.FPDFText_CountChars(textpage)
    return _gather(textpage, count) if count > 0 else []


def _gather(textpage: Any, count: int) -> list[Piece]:
    out: list[Piece] = []
    runs: dict[int, Run] = {}
    rect, here = pdfium_c.FS_RECTF(), 0
    place = ctypes.byref(rect)
    box_of, object_of, code_of = (
        pdfium_c.FPDFText_GetLooseCharBox,
        pdfium_c.FPDFText_GetTextObject,
        pdfium_c.FPDFText_GetUnicode,
    )
    chars: list[str] = []
    bounds = [0.0, 0.0, 0.0, 0.0]
    run: Run | None = None
    glued = False
    unmapped = 0
    was_space = ""

    def flush() -> None:
        nonlocal chars, glued, unmapped
        if chars and run is not None:
            out.append(Piece("".join(chars), Box(*bounds), run, glued, unmapped))
            chars, glued, unmapped = [], True, 0

    for index in range(count):
        code = code_of(textpage, index)
        char = chr(code)
        if char.isspace() or (code < 32 and code != 2):
            if char in GROUPING_SPACES and chars and chars[-1].isdigit():
                was_space = char
                continue
            flush()
            glued = False
            continue
        owner = object_of(textpage, index)
        if not owner:
            if code == 2 and chars:
                chars.append("\u00ad")
            continue
        address = ctypes.addressof(owner.contents)
        box_of(textpage, index, place)
        left, low, right, high = rect.left, rect.bottom, rect.right, rect.top
        if address != here:
            flush()
            here = address
            run = runs.get(address)
            if run is None:
                run = runs[address] = _run(textpage, owner, index, Box(left, low, right, high))
        elif chars and _apart(bounds, left, low, right, high, run):
            flush()
            glued = False
        if was_space:
            if char.isdigit() and chars:
                chars.append(was_space)
            else:
                flush()
                glued = False
            was_space = ""
        if code == 0 or 0xE000 <= code <= 0xF8FF or code == 0xFFFD:
            char, missing = _symbol(textpage, index, code)
            unmapped += missing
        if chars:
            bounds[0], bounds[1] = min(bounds[0], left), min(bounds[1], low)
            bounds[2], bounds[3] = max(bounds[2], right), max(bounds[3], high)
        else:
            bounds = [left, low, right, high]
        chars.append(char.translate(_TRANSLATE))
    flush()
    return out


def _apart(bounds: list[float], left: float, low: float, right: float, high: float, run: Run | None) -> bool:
    """Whether a character stands clear of the piece before it although no space was printed or generated."""
    if run is None or run.quarter is None:
        return False
    reach = 0.4 * run.size
    if run.quarter % 2:
        return low - bounds[3] > reach or bounds[1] - high > reach
    return left - bounds[2] > reach or bounds[0] - right > reach


def _symbol(textpage: Any, index: int, code: int) -> tuple[str, int]:
    """Bullets of symbol fonts live in the private use area: a bullet is printed; without any map nothing is known."""
    if 0xF000 <= code <= 0xF0FF:
        return ("•", 0) if code in {0xF0B7, 0xF0A7, 0xF076, 0xF0D8, 0xF0FC} else (chr(code - 0xF000), 0)
    if pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1 or code == 0:
        return "\ufffd", 1
    return chr(code), 0


def _run(textpage: Any, owner: Any, index: int, box: Box) -> Run:
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium_c.FPDFText_GetCharOrigin(textpage, index, ctypes.byref(x), ctypes.byref(y))
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    scale = math.hypot(matrix.c, matrix.d)
    size = pdfium_c.FPDFText_GetFontSize(textpage, index) * (scale or 1.0)
    if not 0.5 <= size <= 500:  # a damaged matrix; the printed box is better evidence
        size = max(box.height, 1.0)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(owner)
    font, heavy = _font(owner)
    upright = round(angle / 90) % 2 == 1
    return Run(
        font=font,
        bold=heavy or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
        size=round(size, 2),
        color=_color(owner),
        angle=angle,
        baseline=x.value if upright else y.value,
        invisible=mode in {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP},
    )


def _font(owner: Any) -> tuple[str, bool]:
    font = pdfium_c.FPDFTextObj_GetFont(owner)
    if not font:
        return "", False
    length = pdfium_c.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(length)
    pdfium_c.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
    low = name.lower()
    return name, any(word in low for word in _BOLD) or pdfium_c.FPDFFont_GetWeight(font) >= 600


def _color(owner: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium_c.FPDFPageObj_GetFillColor(
        owner, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
    ):
        return ""
    return f"{red.value:02x}{green.value:02x}{blue.value:02x}"
