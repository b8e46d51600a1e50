"""Characters of a PDFium text page, gathered into pieces: stretches of one text object that no space interrupts."""

import ctypes
import math
import re
import struct
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium_c

# ligatures that have a code point of their own; PDFium spells out most others by itself
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# what PDFium reports for a hyphen that ends a line; whether the typesetter put it there is decided for the document
HYPHENS = {"\x02": "\u00ad", "\ufffe": "\u00ad"}
# a number token is atomic: spaces that group its digits do not end it
_SOLID = r"[^\s\x01\x03-\x1f]+"
TOKEN = re.compile(rf"{_SOLID}(?:(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d){_SOLID})*")
# dots that lead right up to a figure, as in text of fixed width
LED = re.compile(r"\.{4,}(?=[\d$€£(+\-−–])")
_CONTROL = re.compile(r"[\x04-\x08\x0b\x0c\x0e-\x1f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# glyph numbers, where a font maps none of them; 1 to 3 are blanks and hyphens, and PDFium makes line ends itself
_CONTROLS = dict.fromkeys((*range(4, 9), 11, 12, *range(14, 32)), "\ufffd")
_TRANSLATE = str.maketrans({**LIGATURES, **HYPHENS})
_BULLETS = "\uf0b7\uf0a7\uf076\uf0d8\uf0fc"
_UNSEEN = {pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP}
CLEAR = "clear"  # the colour of text that is fully transparent
_BOLD = ("bold", "black", "heavy", "semibold", "demi")


Bounds = tuple[float, float, float, float]


class Run(NamedTuple):
    """What the characters of one text object share; baseline is user-space y for level text, x for upright text.

    `quarter` counts the quarter turns anticlockwise that it runs at (0 level, 1 upwards); it is None where it runs aslant.
    """

    font: str
    bold: bool
    size: float
    color: str
    angle: float
    quarter: int | None
    baseline: float
    invisible: bool
    unmapped: bool = False  # the font does not say which characters its glyphs are

    @property
    def by_code(self) -> bool:
        """Whether its characters are taken by their codes: fonts drawn by programs (Type 3) have no name and seldom a map."""
        return self.unmapped and not self.font

    owner: int = 0  # address of the text object


_LOOSE_BOX, _TEXT_OBJECT = pdfium_c.FPDFText_GetLooseCharBox, pdfium_c.FPDFText_GetTextObject
# the address of a text object is asked for at both ends of every word; a number costs less than a handle to take it from
_ADDRESS = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(_TEXT_OBJECT, ctypes.c_void_p).value or 0
)
_INK_BOX = pdfium_c.FPDFText_GetCharBox
_DIGITS = frozenset("0123456789")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TWO_RECTS = struct.Struct("8f").unpack


@dataclass(slots=True)
class Piece:
    """Characters of one run without a space between them; `glued` where no space came before.

    `bounds` are left, low, right, high in user space (y up).
    """

    text: str
    bounds: Bounds
    run: Run
    glued: bool
    unmapped: int = 0


def pieces(textpage: Any) -> list[Piece]:  # Any: a ctypes handle of PDFium
    """All pieces of a page in the order of its content."""
    count = pdfium_c.FPDFText_CountChars(textpage)
    if count <= 0:
        return []
    text = _text(textpage, count)
    reader = _Reader(textpage, text)
    led = "...." in text
    for token in TOKEN.finditer(text):
        start = token.start()
        for figure in LED.finditer(text, start, token.end()) if led else ():
            reader.token(start, figure.end())
            start = figure.end()
        reader.token(start, token.end())
    return reader.out


def _text(textpage: Any, count: int) -> str:
    """A character for each of PDFium's; read in one go where that leaves none out."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium_c.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
    read = pdfium_c.FPDFText_GetUnicode
    if len(text) != count or "\0" in text:
        text = "".join([chr(read(textpage, index) or 0xFFFD) for index in range(count)])
    elif "\ufffe" in text:  # a hyphen, or a character that the font maps to nothing
        text = "".join([c if c != "\ufffe" else chr(read(textpage, n) or 0xFFFD) for n, c in enumerate(text)])
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


class _Reader:
    """Gathers pieces; the text object of a character tells its run, and is asked for as seldom as can be."""

    def __init__(self, textpage: Any, text: str) -> None:
        self.textpage, self.text = textpage, text
        self.out: list[Piece] = []
        self.runs: dict[int, Run] = {}
        self.fonts: dict[int, tuple[str, bool]] = {}
        self.rects = (pdfium_c.FS_RECTF * 2)()
        self.places = tuple(ctypes.byref(rect) for rect in self.rects)
        self.answers = _Answers()
        self.ink = tuple(ctypes.c_double() for _ in range(4))  # left, right, bottom, top
        self.to_ink = tuple(ctypes.byref(edge) for edge in self.ink)

    def owner(self, index: int) -> int:
        """Address of the text object that draws a character; 0 where PDFium generated it."""
        address: int | None = _ADDRESS(self.textpage, index)
        if address is None:
            return 0
        if address not in self.runs:
            self.runs[address] = _run(self.textpage, index, self)
        return address

    def boxes(self, first: int, last: int) -> tuple[Bounds, Bounds]:
        """Advance boxes of two characters."""
        _LOOSE_BOX(self.textpage, first, self.places[0])
        _LOOSE_BOX(self.textpage, last, self.places[1])
        left, top, right, bottom, left_, top_, right_, bottom_ = _TWO_RECTS(self.rects)
        return (left, bottom, right, top), (left_, bottom_, right_, top_)

    def token(self, start: int, end: int) -> None:
        """Characters between two spaces, as a piece for each text object that draws a part of them."""
        glued = False
        while start < end:
            here = self.owner(start)
            last = end - 1
            while last > start and self.owner(last) not in (here, 0):
                last = self._last_of(here, start, last)
            if here:
                self._piece(here, start, last + 1, glued=glued)
                glued = True
            start = last + 1

    def _last_of(self, address: int, low: int, high: int) -> int:
        """The last character that this object draws: objects draw stretches, so halving finds it."""
        while high - low > 1:
            middle = (low + high) // 2
            if self.owner(middle) in (address, 0):
                low = middle
            else:
                high = middle
        return low

    def _piece(self, address: int, start: int, end: int, *, glued: bool) -> None:
        run = self.runs[address]
        first, last = self.boxes(start, end - 1)
        bounds = _around(first, last)
        if end - start > 1 and _wide(bounds, first, last, end - start, run):
            self._spaced(run, start, end, glued=glued)
            return
        made = _made(self.textpage, self.text, start, end, bounds, run, glued)
        if made.text[-1:] in _DIGITS and run.quarter == 0:
            made.text = self._with_marks(made.text, run, end)
        self.out.append(made)

    def _with_marks(self, text: str, run: Run, end: int) -> str:
        """The digits at the end that a font draws as superiors, raised: their size and baseline are those of the others."""
        first = len(text)
        while first and text[first - 1] in _DIGITS and self._superior(end - len(text) + first - 1, run):
            first -= 1
        return text[:first] + text[first:].translate(RAISED)

    def _superior(self, index: int, run: Run) -> bool:
        """Whether the ink of a digit begins well above its baseline."""
        _INK_BOX(self.textpage, index, *self.to_ink)
        bottom, top = self.ink[2].value, self.ink[3].value
        return 0.2 * run.size < bottom - run.baseline < top - run.baseline

    def _spaced(self, run: Run, start: int, end: int, *, glued: bool) -> None:
        """Characters set far apart: each stands by itself where it stands clear of the one before."""
        at, bounds = start, self.boxes(start, start)[0]
        for index in range(start + 1, end):
            box = self.boxes(index, index)[0]
            if _apart(bounds, box, run):
                self.out.append(_made(self.textpage, self.text, at, index, bounds, run, glued))
                at, bounds, glued = index, box, False
            else:
                bounds = _around(bounds, box)
        self.out.append(_made(self.textpage, self.text, at, end, bounds, run, glued))


def _made(textpage: Any, text: str, start: int, end: int, bounds: Bounds, run: Run, glued: bool) -> Piece:
    printed = text[start:end]
    if printed.isascii() and "\x02" not in printed and (run.by_code or not run.unmapped):
        return Piece(printed, bounds, run, glued)
    missing = 0
    chars = []
    for index, char in enumerate(printed, start):
        if (run.unmapped and not run.by_code) or char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
            symbol, count = _symbol(textpage, index, char)
            missing += count
            chars.append(symbol)
        else:
            chars.append(char.translate(_TRANSLATE))
    whole, broken = _astral("".join(chars))
    return Piece(whole, bounds, run, glued, missing + broken)


def _astral(text: str) -> tuple[str, int]:
    """The text with the halves put together in which PDFium gives characters beyond U+FFFF; and how many lack their other half."""
    if not SURROGATE.search(text):
        return text, 0
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole, whole.count("\ufffd") - text.count("\ufffd")


def _around(first: Bounds, last: Bounds) -> Bounds:
    if first[0] <= last[0] and first[2] <= last[2] and first[1] == last[1] and first[3] == last[3]:
        return first[0], first[1], last[2], last[3]  # level text, from left to right
    return min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])


def _wide(bounds: Bounds, first: Bounds, last: Bounds, count: int, run: Run) -> bool:
    """Whether a stretch of characters is far longer than type of this size sets it."""
    widest = 0.72 * run.size * count
    if bounds[2] - bounds[0] <= widest and bounds[3] - bounds[1] <= widest:
        return False
    return max(last[2] - first[0], first[2] - last[0], last[3] - first[1], first[3] - last[1]) > widest


def _apart(bounds: Bounds, box: Bounds, run: Run) -> bool:
    """Whether a character stands clear of the piece before it although no space was printed or generated."""
    if run.quarter is None:
        return False
    reach, way = 0.4 * run.size, run.quarter % 2
    return box[way] - bounds[way + 2] > reach or bounds[way] - box[way + 2] > reach


def _symbol(textpage: Any, index: int, char: str) -> tuple[str, int]:
    """Bullets of symbol fonts live in the private use area: a bullet is printed; without any map nothing is known.

    PDFium gives the number of a glyph where it knows no character: a letter may come as a digit.
    """
    if "\uf000" <= char <= "\uf0ff":
        return ("•" if char in _BULLETS else chr(ord(char) - 0xF000)), 0
    if char == "\ufffd" or pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1:
        return "\ufffd", 1
    return char.translate(_TRANSLATE), 0


class _Answers:
    """Room for what PDFium writes about a text object; made once a page, since making it costs more than asking."""

    def __init__(self) -> None:
        self.matrix = pdfium_c.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.color = tuple(ctypes.c_uint() for _ in range(4))
        self.to_matrix = ctypes.byref(self.matrix)
        self.to_origin = ctypes.byref(self.x), ctypes.byref(self.y)
        self.to_color = tuple(ctypes.byref(part) for part in self.color)


def _run(textpage: Any, index: int, reader: _Reader) -> Run:  # Any: a ctypes handle of PDFium
    owner, answers = _TEXT_OBJECT(textpage, index), reader.answers
    matrix, x, y = answers.matrix, answers.x, answers.y
    pdfium_c.FPDFText_GetMatrix(textpage, index, answers.to_matrix)
    pdfium_c.FPDFText_GetCharOrigin(textpage, index, *answers.to_origin)
    angle = math.degrees(math.atan2(matrix.b, matrix.a))
    turns = round(angle / 90)
    quarter = turns % 4 if abs(angle - 90 * turns) < 2 else None
    scale = math.hypot(matrix.c, matrix.d)
    size = pdfium_c.FPDFText_GetFontSize(textpage, index) * (scale or 1.0)
    if not 0.5 <= size <= 500:  # a damaged matrix; the printed box is better evidence
        bounds, _ = reader.boxes(index, index)
        size = max(bounds[3] - bounds[1], 1.0)
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(owner)
    font, heavy = _font(owner, reader.fonts)
    color = _color(owner, answers)
    return Run(
        font=font,
        bold=heavy or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
        size=round(size, 2),
        color=color,
        angle=angle,
        quarter=quarter,
        baseline=x.value if turns % 2 else y.value,
        invisible=mode in _UNSEEN or (color == CLEAR and mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL),
        unmapped=pdfium_c.FPDFText_HasUnicodeMapError(textpage, index) == 1,
        owner=ctypes.addressof(owner.contents),
    )


def _font(owner: Any, known: dict[int, tuple[str, bool]]) -> tuple[str, bool]:
    """Name of the font without its subset tag, and whether it is bold."""
    font = pdfium_c.FPDFTextObj_GetFont(owner)
    if not font:
        return "", False
    address = ctypes.addressof(font.contents)
    if address not in known:
        buffer = ctypes.create_string_buffer(128)
        pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 128)
        name = buffer.value.decode("utf-8", "replace").rpartition("+")[2]
        low = name.lower()
        known[address] = name, any(word in low for word in _BOLD) or pdfium_c.FPDFFont_GetWeight(font) >= 600
    return known[address]


def _color(owner: Any, answers: _Answers) -> str:
    if not pdfium_c.FPDFPageObj_GetFillColor(owner, *answers.to_color):
        return ""
    red, green, blue, alpha = answers.color
    if alpha.value == 0:
        return CLEAR
    return f"{red.value << 16 | green.value << 8 | blue.value:06x}"
