"""Characters of a PDFium text page, gathered into pieces: stretches of one text object that no space interrupts."""

import ctypes
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium_c

from pv_extract.readers.accents import ACCENTS, capital, composed
from pv_extract.readers.pdfium_calls import Room, handle, quick
from pv_extract.readers.pdfium_runs import TEXT_OBJECT, Run, Runs

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
# TeX sets the asterisk of a mark as an operator
_TRANSLATE = str.maketrans({**LIGATURES, **HYPHENS, "∗": "*"})
_BULLETS = "\uf0b7\uf0a7\uf076\uf0d8\uf0fc"

Bounds = tuple[float, float, float, float]

_TEXT = quick(pdfium_c.FPDFText_GetText, ctypes.c_int)
_LOOSE_BOX, _INK_BOX = quick(pdfium_c.FPDFText_GetLooseCharBox), quick(pdfium_c.FPDFText_GetCharBox)
_LETTER = 0.6  # of the type size: as wide as a letter
_SMALL = 0.55  # of the type size: digits on the line are two thirds of it and more, superiors half of it and less
_DIGITS = frozenset("0123456789")
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


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
        start, end = token.span()
        for figure in LED.finditer(text, start, end) if led else ():
            reader.token(start, figure.end())
            start = figure.end()
        reader.token(start, end)
    out = reader.out
    return out if ACCENTS.keys().isdisjoint([piece.text for piece in out]) else _crowned(out)


def _crowned(found: list[Piece]) -> list[Piece]:
    """The pieces, each accent drawn for itself put together with the capital at the start of a piece that it stands over.

    PDFium gives it right before that piece, or at the end of the line.
    """
    capitals = sorted([(piece.bounds[0], k) for k, piece in enumerate(found) if piece.text[0].isupper()])
    widest = _LETTER * max([found[k].run.size for _, k in capitals], default=0.0)
    put = set()
    for k, accent in enumerate(found):
        if accent.text not in ACCENTS:
            continue
        middle = (accent.bounds[0] + accent.bounds[2]) / 2
        under = capitals[bisect_left(capitals, (middle - widest,)) : bisect_left(capitals, (middle,))]
        for _, at in sorted([(at != k + 1, at) for _, at in under]):
            piece = found[at]
            if (whole := capital(accent.text, piece.text[0])) and _near(accent, piece):
                piece.text = whole + piece.text[1:]
                piece.glued = piece.glued and accent.glued
                put.add(k)
                break
    return [piece for k, piece in enumerate(found) if k not in put]


def _near(accent: Piece, piece: Piece) -> bool:
    """Whether an accent stands over the first letter of a piece: its middle within half a type size of that letter's left side."""
    x0, low, x1, _ = accent.bounds
    right = piece.bounds[0] < (x0 + x1) / 2 < piece.bounds[0] + _LETTER * piece.run.size
    return right and 0 < low - piece.bounds[1] < 0.5 * piece.run.size


def _text(textpage: Any, count: int) -> str:
    """A character for each of PDFium's; read in one go where that leaves none out."""
    units = bytearray(2 * (count + 1))  # no array of ctypes, which makes a type for each length
    written = _TEXT(handle(textpage), 0, count, ctypes.byref(ctypes.c_ushort.from_buffer(units)))
    text = units[: 2 * (written - 1)].decode("utf-16-le", "replace")
    read = pdfium_c.FPDFText_GetUnicode
    if len(text) != count or "\0" in text:
        text = "".join([chr(read(textpage, index) or 0xFFFD) for index in range(count)])
    elif "\ufffe" in text:  # a hyphen, or a character that the font maps to nothing
        text = "".join([c if c != "\ufffe" else chr(read(textpage, n) or 0xFFFD) for n, c in enumerate(text)])
    return text.translate(_CONTROLS) if _CONTROL.search(text) else text


class _Reader:
    """Gathers pieces; the text object of a character tells its run, and is asked for as seldom as can be."""

    def __init__(self, textpage: Any, text: str) -> None:
        self.page, self.text = handle(textpage), text
        self.runs = Runs(self.page)
        self.out: list[Piece] = []
        self.places, self.ink = Room("ffffffff"), Room("dddd")
        self.first, self.last = self.places.to[0], self.places.to[4]

    def _box(self, index: int) -> Bounds:
        """Advance box of a character."""
        _LOOSE_BOX(self.page, index, self.first)
        left, top, right, bottom, _, _, _, _ = self.places.read()
        return left, bottom, right, top

    def _span(self, first: int, last: int, run: Run) -> Bounds | None:
        """Advance box of a stretch of characters; None where it is far longer than type of this size sets it."""
        _LOOSE_BOX(self.page, first, self.first)
        _LOOSE_BOX(self.page, last, self.last)
        left, top, right, bottom, left_, top_, right_, bottom_ = self.places.read()
        widest = 0.72 * run.size * (last - first + 1)
        if left <= left_ and right <= right_ and bottom == bottom_ and top == top_:  # level text, from left to right
            x0, low, x1, high = left, bottom, right_, top
        else:
            x0, low, x1, high = min(left, left_), min(bottom, bottom_), max(right, right_), max(top, top_)
        if x1 - x0 <= widest and high - low <= widest:
            return x0, low, x1, high
        far = max(right_ - left, right - left_, top_ - bottom, top - bottom_) > widest
        return None if far else (x0, low, x1, high)

    def token(self, start: int, end: int) -> None:
        """Characters between two spaces, as a piece for each text object that draws a part of them."""
        run_of, known, glued = self.runs.of, self.runs.known, False
        while start < end:
            run = run_of(start)
            last = end - 1
            while last > start:
                other = known.get(TEXT_OBJECT(self.page, last)) or run_of(last)
                if other is run or other is None:
                    break
                last = self._last_of(run, start, last)
            if run is not None:
                self._piece(run, start, last + 1, glued=glued)
                glued = True
            start = last + 1

    def _last_of(self, run: Run | None, low: int, high: int) -> int:
        """The last character of this run: objects draw stretches, so halving finds it."""
        while high - low > 1:
            middle = (low + high) // 2
            other = self.runs.of(middle)
            if other is run or other is None:
                low = middle
            else:
                high = middle
        return low

    def _piece(self, run: Run, start: int, end: int, *, glued: bool) -> None:
        bounds = self._span(start, end - 1, run) if end - start > 1 else self._box(start)
        if bounds is None:
            self._spaced(run, start, end, glued=glued)
            return
        made = self._made(start, end, bounds, run, glued)
        if run.quarter == 0 and made.text[-1:] in _DIGITS and self._superior(end - 1, run):
            made.text = self._with_marks(made.text, run, end)
        self.out.append(made)

    def _with_marks(self, text: str, run: Run, end: int) -> str:
        """The digits at the end that a font draws as superiors, raised: their size and baseline are those of the others."""
        first = len(text)
        while first and text[first - 1] in _DIGITS and self._superior(end - len(text) + first - 1, run):
            first -= 1
        if first == len(text):
            return text
        return text[:first] + text[first:].translate(RAISED)

    def _superior(self, index: int, run: Run) -> bool:
        """Whether the ink of a digit begins well above its baseline and is small: some fonts draw all their digits high."""
        _INK_BOX(self.page, index, *self.ink.to)
        _, _, bottom, top = self.ink.read()
        size, line = run.size, run.baseline
        return bool(0.2 * size < bottom - line < top - line and top - bottom < _SMALL * size)

    def _spaced(self, run: Run, start: int, end: int, *, glued: bool) -> None:
        """Characters set far apart: each stands by itself where it stands clear of the one before."""
        at, bounds = start, self._box(start)
        for index in range(start + 1, end):
            box = self._box(index)
            if _apart(bounds, box, run):
                self.out.append(self._made(at, index, bounds, run, glued))
                at, bounds, glued = index, box, False
            else:
                bounds = _around(bounds, box)
        self.out.append(self._made(at, end, bounds, run, glued))

    def _made(self, start: int, end: int, bounds: Bounds, run: Run, glued: bool) -> Piece:
        printed = self.text[start:end]
        mapped = not run.unmapped or run.by_code
        if mapped and printed.isascii() and "\x02" not in printed and "`" not in printed:
            return Piece(printed, bounds, run, glued)
        missing = 0
        chars = []
        for index, char in enumerate(printed, start):
            if not mapped or char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
                symbol, count = self._symbol(index, char)
                missing += count
                chars.append(symbol)
            else:
                chars.append(char.translate(_TRANSLATE))
        if any(map(ACCENTS.__contains__, chars)):
            chars = composed(chars, lambda at: self._box(start + at))
        whole, broken = _astral("".join(chars))
        return Piece(whole, bounds, run, glued, missing + broken)

    def _symbol(self, index: int, char: str) -> tuple[str, int]:
        """Bullets of symbol fonts live in the private use area: a bullet is printed; without any map nothing is known.

        PDFium gives the number of a glyph where it knows no character: a letter may come as a digit.
        """
        if "\uf000" <= char <= "\uf0ff":
            return ("•" if char in _BULLETS else chr(ord(char) - 0xF000)), 0
        if char == "\ufffd" or self.runs.lacks_unicode(index):
            return "\ufffd", 1
        return char.translate(_TRANSLATE), 0


def _astral(text: str) -> tuple[str, int]:
    """The text with the halves put together in which PDFium gives characters beyond U+FFFF; and how many lack their other half."""
    if not SURROGATE.search(text):
        return text, 0
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole, whole.count("\ufffd") - text.count("\ufffd")


def _around(first: Bounds, last: Bounds) -> Bounds:
    return min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])


def _apart(bounds: Bounds, box: Bounds, run: Run) -> bool:
    """Whether a character stands clear of the piece before it although no space was printed or generated."""
    if run.quarter is None:
        return False
    reach, way = 0.4 * run.size, run.quarter % 2
    return box[way] - bounds[way + 2] > reach or bounds[way] - box[way + 2] > reach
