"""PDF read with PDFium: bytes to pages of words, drawn rules and filled areas, each page as a reader holds it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium_c
from pypdfium2.internal import ErrorToStr

from pv_extract.findings import SourceError
from pv_extract.model import Box, Document, Page, Remark, Source, Word
from pv_extract.readers.pdf_streams import damage
from pv_extract.readers.pdfium_annotations import annotations
from pv_extract.readers.pdfium_covered import covered
from pv_extract.readers.pdfium_paths import MOST_OBJECTS, MOST_SEGMENTS, Drawing, drawn
from pv_extract.readers.pdfium_text import Piece, pieces
from pv_extract.readers.pdfium_view import View, view_of
from pv_extract.readers.pdfium_words import words

MEDIA_TYPE = "application/pdf"
SOFT = "\u00ad"


def read_pdf(data: bytes, file: str, sha256: str) -> Document:
    """A document with a page for each page of the PDF, upright, in points from the top-left corner.

    Remarks name the pages that show no readable text, text that a reader of the page would not see, and damage.

    Raises:
        SourceError: for a file that is no PDF, is damaged or encrypted, or has no text at all; one line that says which.
    """
    opened = _open(data, file)
    try:
        count = pdfium_c.FPDF_GetPageCount(opened)
        read = [_page(opened, number, file) for number in range(1, count + 1)]
    finally:
        pdfium_c.FPDF_CloseDocument(opened)
    damaged = tuple(damage(data))
    if not any(page.words for page, _ in read):
        if damaged:
            raise SourceError(f"{file}: damaged PDF, no text can be read: {damaged[0].message}")
        raise SourceError(
            f"{file}: no text layer, {len(read)} pages of images only; expected a PDF with text (run OCR first)"
        )
    read = _hyphened(read)
    source = Source(file=file, sha256=sha256, media_type=MEDIA_TYPE, pages=len(read), reader="pdf")
    remarks = (*damaged, *(r for _, remarks in read for r in remarks))
    return Document(source, tuple(page for page, _ in read), remarks=remarks)


def _hyphened(read: list[tuple[Page, list[Remark]]]) -> list[tuple[Page, list[Remark]]]:
    """Hyphens at the end of lines stay soft where the typesetter hyphenates; elsewhere the author wrote them.

    A word that the document prints whole elsewhere was broken, one that it prints with its hyphen was not. Of the others, a
    document set with hyphenation breaks a word every few dozen lines; in one without, a line ends with a hyphen only where a
    compound has one (`West-` / `Vlaanderen`).
    """
    ends = [w for page, _ in read for w in page.words if w.text.endswith(SOFT)]
    if not ends:
        return read
    lines = sum(len({round(w.box.bottom) for w in page.words}) for page, _ in read)
    soft = sum(1 for w in ends if w.text[:1].islower())
    change = _soft if soft >= 3 and soft > 0.03 * lines else _hard
    said = frozenset(_bare(w) for page, _ in read for w in page.words)
    return [(_with_words(page, change, said), remarks) for page, remarks in read]


def _with_words(page: Page, change: Callable[[Word], Word], said: frozenset[str]) -> Page:
    if not any(SOFT in w.text for w in page.words):
        return page
    pairs = zip(page.words, (*page.words[1:], None), strict=True)
    return replace(page, words=tuple(_judged(w, after, change, said) if SOFT in w.text else w for w, after in pairs))


def _judged(word: Word, after: Word | None, change: Callable[[Word], Word], said: frozenset[str]) -> Word:
    """The word with its hyphen as the document prints it elsewhere; as `change` has it where it does not."""
    if not word.text.endswith(SOFT):
        return word
    begun, rest = _bare(word).rstrip(SOFT), _bare(after) if after is not None else ""
    if rest and begun + rest in said:
        return word
    return _hard(word) if rest and f"{begun}-{rest}" in said else change(word)


def _bare(word: Word) -> str:
    return word.text.strip(".,;:()\"'").casefold()


def _soft(word: Word) -> Word:
    """A break inside a word of small letters is the typesetter's; after a capital or a figure the hyphen was written."""
    return word if word.text[-2:-1].islower() and not word.text[:1].isupper() else _hard(word)


def _hard(word: Word) -> Word:
    return word._replace(text=word.text[:-1] + "-")


def _open(data: bytes, file: str) -> Any:  # Any: a ctypes handle of PDFium
    """The document in these bytes, which PDFium reads for as long as it is open."""
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"{file}: not a PDF, expected %PDF- in the first 1024 bytes, found {data[:8]!r}")
    opened = pdfium_c.FPDF_LoadMemDocument64(data, len(data), None)
    if not opened:
        problem = ErrorToStr.get(pdfium_c.FPDF_GetLastError())
        raise SourceError(f"{file}: {_reason(f'Failed to load document (PDFium: {problem})', data)}")
    if pdfium_c.FPDF_GetPageCount(opened) < 1:
        pdfium_c.FPDF_CloseDocument(opened)
        raise SourceError(f"{file}: {_reason('no pages found', data)}")
    return opened


def _reason(message: str, data: bytes) -> str:
    if "assword" in message or b"/Encrypt" in data[-4096:]:
        return "encrypted PDF, expected one that opens without a password"
    if b"%%EOF" not in data[-2048:]:
        return f"truncated PDF, expected %%EOF at the end of {len(data)} bytes"
    return f"damaged PDF ({message})"


def _page(opened: Any, number: int, file: str) -> tuple[Page, list[Remark]]:  # Any: a ctypes handle of PDFium
    """One page and what is odd about it; PDFium's page objects are closed before the next page is opened."""
    page = pdfium_c.FPDF_LoadPage(opened, number - 1)
    if not page:
        return Page(number, 0.0, 0.0), [
            Remark("page-unreadable", f"page {number} is damaged and cannot be opened", number)
        ]
    try:
        textpage = pdfium_c.FPDFText_LoadPage(page)
        if not textpage:
            raise SourceError(f"{file}: page {number} cannot be read (Failed to load text page.)")
        try:
            return _contents(page, textpage, number)
        finally:
            pdfium_c.FPDFText_ClosePage(textpage)
    finally:
        pdfium_c.FPDF_ClosePage(page)


def _contents(page: Any, textpage: Any, number: int) -> tuple[Page, list[Remark]]:  # Any: ctypes handles of PDFium
    printed = pieces(textpage)
    drawing = drawn(page)
    view = view_of(page, printed)
    visible, remarks = _visible(printed, drawing, view, number)
    here = Page(
        number,
        view.width,
        view.height,
        tuple(words(visible, view.upright, view.turns)),
        view.rules(drawing.rules),
        view.fills(drawing.fills),
        tuple(map(view.upright, drawing.art)),
    )
    remarks += _unreadable(here, printed, drawing, number)
    remarks += _overprinted(here)
    remarks += _annotated(page, number)
    remarks += _hidden(covered(visible, drawing), number)
    return here, remarks


def _annotated(page: Any, number: int) -> Iterator[Remark]:  # Any: a ctypes handle of PDFium
    """Fields of forms and notes laid over the page, which are no part of its text."""
    said = list(annotations(page))
    if said:
        message = f"page {number}: {len(said)} fields or notes over the page hold text that is not read: {' '.join(said[:6])!r}"
        yield Remark("content-hidden", message, number)


def _overprinted(page: Page) -> Iterator[Remark]:
    """Figures that stand on one place and are not the same: one is a correction of the other, or the two are one smudge."""
    figures = [
        (round(word.box.bottom), word.box.x0, n, word)
        for n, word in enumerate(page.words)
        if word.text[-1:].isdigit() and word.angle == 0
    ]
    figures.sort()
    for (_, _, _, one), (_, begin, _, other) in pairwise(figures):
        if begin < one.box.x1 and one.text != other.text and _over(one.box, other.box):
            message = (
                f"page {page.number}: {one.text!r} and {other.text!r} are printed over each other, neither is sure"
            )
            yield Remark("number-unreadable", message, page.number, one.box)


def _over(one: Box, other: Box) -> bool:
    """Whether boxes share more than half of a line; the first begins first."""
    begin, _, end, bottom = one
    begin_, _, end_, bottom_ = other
    return abs(bottom - bottom_) < 1 and min(end, end_) - begin_ > 0.5 * min(end - begin, end_ - begin_)


def _hidden(under: list[Piece], number: int) -> list[Remark]:
    """What a dark or white area hides is read all the same: it may be blacked out, or corrected by what is printed over it."""
    if not under:
        return []
    letters, said = sum(len(p.text) for p in under), " ".join(p.text for p in under[:6])
    message = (
        f"page {number}: {letters} characters lie under an area painted over them, a reader does not see them: {said!r}"
    )
    return [Remark("content-hidden", message, number)]


def _unreadable(page: Page, printed: list[Piece], drawing: Drawing, number: int) -> list[Remark]:
    out = []
    if not page.words and (drawing.images or drawing.paths):
        out.append(Remark("page-unreadable", f"page {number} has no text layer, only images or drawings", number))
    unmapped = sum([p.unmapped for p in printed])
    if unmapped:
        out.append(
            Remark(
                "page-unreadable",
                f"page {number}: {unmapped} characters have no Unicode map, they cannot be read",
                number,
            )
        )
    guessed = sum([len(p.text) for p in printed if p.run.unmapped and p.run.by_code])
    if guessed:
        message = f"page {number}: {guessed} characters are drawn by fonts without a Unicode map, they are read by their codes"
        out.append(Remark("font-unmapped", message, number))
    if drawing.truncated:
        read = f"{MOST_OBJECTS} objects and {MOST_SEGMENTS} lines of each"
        message = f"page {number}: more is drawn than is read, {read}: rules are missing"
        out.append(Remark("page-unreadable", message, number))
    return out


def _visible(printed: list[Piece], drawing: Drawing, view: View, number: int) -> tuple[list[Piece], list[Remark]]:
    """Pieces a reader sees. A page whose only text is invisible is a scan with a text layer: that text is kept."""
    remarks = []
    seen = [p for p in printed if not p.run.invisible]
    if not seen and printed and drawing.images:
        remarks.append(
            Remark("page-unreadable", f"page {number} is an image, read from its invisible text layer", number)
        )
        seen = printed
    elif len(seen) < len(printed):
        hidden = sum(len(p.text) for p in printed if p.run.invisible)
        remarks.append(
            Remark("content-hidden", f"page {number}: {hidden} characters are invisible and were left out", number)
        )
    white = [p for p in seen if p.run.color == "ffffff" and not _shaded(p, drawing)]
    if white:
        letters, said = sum(len(p.text) for p in white), " ".join(p.text for p in white[:6])
        message = f"page {number}: {letters} characters are white where no shading was found, a reader may not see them: {said!r}"
        remarks.append(Remark("content-hidden", message, number))
    inside = view.inside(seen)
    if len(inside) < len(seen):
        outside = sum(len(p.text) for p in seen) - sum(len(p.text) for p in inside)
        remarks.append(
            Remark("content-hidden", f"page {number}: {outside} characters lie outside the visible page", number)
        )
    return inside, remarks


def _shaded(piece: Piece, drawing: Drawing) -> bool:
    """Whether an area of another colour, a drawing or an image lies behind a text."""
    x, y = (piece.bounds[0] + piece.bounds[2]) / 2, (piece.bounds[1] + piece.bounds[3]) / 2
    behind = any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b, color in drawing.fills if color != "ffffff")
    return behind or drawing.images > 0 or any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in drawing.art)
