"""PDF read with pdfplumber, whose characters come from pdfminer: a second engine to hold the first against."""

import io
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdffont import PDFSimpleFont
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from pv_extract.findings import SourceError
from pv_extract.model import Box, Document, Fill, Page, Remark, Rule, Source, Word
from pv_extract.readers.pdfium_paths import THICKEST_RULE

MEDIA_TYPE = "application/pdf"
_SYMBOLIC = 4  # of the flags of a font (ISO 32000-1, table 123)
_ATTRIBUTES = ["fontname", "size"]


def read_pdf(data: bytes, file: str, sha256: str) -> Document:
    """The same values as `readers.pdf.read_pdf`, read with pdfplumber; pages that it cannot read are remarked on.

    Raises:
        SourceError: for a file that pdfplumber cannot open; one line.
    """
    remarks: list[Remark] = []
    try:
        with pdfplumber.open(io.BytesIO(data)) as opened:
            pages = tuple(_page(page, number, remarks) for number, page in enumerate(opened.pages, start=1))
            remarks += _contradicted(opened.rsrcmgr._cached_fonts.values())  # noqa: SLF001 - nothing public holds the fonts
    except (PDFException, MalformedPDFException, PdfminerException, ValueError, TypeError) as error:
        raise SourceError(f"{file}: the second engine cannot open it ({type(error).__name__})") from error
    source = Source(file=file, sha256=sha256, media_type=MEDIA_TYPE, pages=len(pages), reader="pdf-plumber")
    return Document(source, pages, remarks=tuple(remarks))


def _contradicted(fonts: Iterable[Any]) -> Iterator[Remark]:  # Any: the fonts of pdfminer, known by their attributes
    """Fonts whose encoding prints one digit where their map to Unicode, which every engine reads, says another character.

    The encoding of a symbolic font numbers its glyphs as it likes, and says nothing.
    """
    for font in fonts:
        if not isinstance(font, PDFSimpleFont) or font.unicode_map is None or font.flags & _SYMBOLIC:
            continue
        said = font.unicode_map.cid2unichr
        pairs = [(_plain(char), _plain(said.get(code, char))) for code, char in font.cid2unicode.items()]
        wrong = [f"{a!r} for {b!r}" for a, b in pairs if a != b and (a.isdigit() or b.isdigit())]
        if wrong:
            message = f"font {font.fontname}: its map to Unicode contradicts its encoding, which prints {', '.join(wrong[:5])}"
            yield Remark("engines-differ", message)


def _plain(text: str) -> str:
    """Raised, wide and other digits as plain ones."""
    return unicodedata.normalize("NFKC", text)


def _page(page: Any, number: int, remarks: list[Remark]) -> Page:  # Any: pdfplumber has no types
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            words = tuple(_words(page))
            rules, fills = _drawn(page)
    except (PDFException, PdfminerException, ValueError, TypeError, KeyError, AssertionError) as error:
        remarks.append(
            Remark("page-unreadable", f"page {number}: the second engine fails ({type(error).__name__})", number)
        )
        return Page(number, float(page.width), float(page.height))
    finally:
        page.close()
    return Page(number, float(page.width), float(page.height), words, tuple(rules), tuple(fills))


def _words(page: Any) -> Iterator[Word]:
    """Words of single characters put together, fake bold printed once; superscripts stay plain digits here."""
    found = page.dedupe_chars(tolerance=1).extract_words(
        x_tolerance_ratio=0.2, keep_blank_chars=False, extra_attrs=_ATTRIBUTES, use_text_flow=False
    )
    left, top = float(page.bbox[0]), float(page.bbox[1])
    for word in found:
        box = Box(
            float(word["x0"]) - left, float(word["top"]) - top, float(word["x1"]) - left, float(word["bottom"]) - top
        )
        font = str(word["fontname"]).rpartition("+")[2]
        yield Word(word["text"], box, float(word["size"]), "bold" in font.lower(), font)


def _drawn(page: Any) -> tuple[list[Rule], list[Fill]]:
    rules: list[Rule] = []
    fills: list[Fill] = []
    for thing in (*page.lines, *page.rects):
        box = Box(float(thing["x0"]), float(thing["top"]), float(thing["x1"]), float(thing["bottom"]))
        if min(box.width, box.height) <= THICKEST_RULE:
            rules.append(Rule(box))
        elif thing.get("fill"):
            fills.append(Fill(box, str(thing.get("non_stroking_color"))))
    return rules, fills
