"""Text dumps: bytes -> printed lines, every blank one included, since blanks are all the layout that a dump has left."""

import codecs
import re
from collections.abc import Iterator

from pv_extract.findings import Code, SourceError
from pv_extract.model import Document, Line, Remark, Source

_BOMS = (  # UTF-32 before UTF-16: the one begins with the other
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = ["cp1252", "latin_1", "iso8859_15", "cp850", "mac_roman"]  # what Belgian offices wrote before UTF-8
_LINE_END = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_BROKEN = re.compile("\ufffe(?=[a-zß-ÿ])")  # a hyphen at the end of a line, as PDFium writes it
_HYPHEN = re.compile("\ufffe")
_EVERYDAY = 0.05  # share of control characters that dumps of odd fonts still have


def read_text(data: bytes, file: str, sha256: str) -> Document:
    """The printed lines of a text dump; a form feed starts a page, and `pages` is 0 where there is none.

    Blank lines stay as lines with an empty text; the first line after them bears `gap`.

    Raises:
        SourceError: where the bytes are no text, or text without a single character to see.
    """
    text, remarks = _decode(data)
    if not text.strip():
        raise SourceError("expected text, found nothing but white space")
    pages = text.split("\f")
    while len(pages) > 1 and not pages[-1].strip():
        pages.pop()
    lines = tuple(line for number, page in enumerate(pages, start=1) for line in _lines(page, number))
    source = Source(file, sha256, "text/plain", len(pages) if len(pages) > 1 or "\f" in text else 0, "text")
    return Document(source, lines=lines, remarks=remarks)


def _lines(page: str, number: int) -> Iterator[Line]:
    gap = True
    for printed in _LINE_END.split(page):
        text = printed.rstrip()
        yield Line(text, page=number, gap=gap and bool(text))
        gap = not text


def _decode(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text and, where the encoding is not plain UTF-8, a remark that names it.

    Raises:
        SourceError: where no encoding makes text of the bytes.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _strictly(data[len(bom) :], name), () if name == "utf-8" else (
                _remark(name, "by its byte order mark"),
            )
    if wide := _wide(data):
        return _strictly(data, wide), (_remark(wide, "by its zero bytes"),)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess(data)
    return _printable(text), ()


def _strictly(data: bytes, encoding: str) -> str:
    """The text in this encoding.

    Raises:
        SourceError: where a byte does not fit.
    """
    try:
        return _printable(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise SourceError(f"expected {encoding} text, found a byte that is none at position {error.start}") from error


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a zero byte in every second place."""
    head = data[:4096]
    for encoding, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if zeros and zeros.count(0) > 0.7 * len(zeros) and letters.count(0) < 0.05 * len(letters):
            return encoding
    return None


def _guess(data: bytes) -> tuple[str, tuple[Remark, ...]]:
    """The text in the western encoding that makes the most sense of it.

    Raises:
        SourceError: where none does.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - needed for text that is not UTF-8

    best = None if 0 in data else from_bytes(data, cp_isolation=_WESTERN).best()
    if best is None:
        raise SourceError("expected text, found binary data")
    return _printable(str(best)), (_remark(best.encoding, "by its characters"),)


def _printable(text: str) -> str:
    """The text without the odd control characters that some fonts leave in a dump; words that a line end broke are whole.

    Raises:
        SourceError: where there are so many that it is no text.
    """
    found = _CONTROL.findall(text)
    if "\x00" in found or len(found) > _EVERYDAY * len(text):
        raise SourceError(f"expected text, found binary data ({len(found)} control characters in {len(text)})")
    return _HYPHEN.sub("-", _BROKEN.sub("", _CONTROL.sub("", text)))


def _remark(encoding: str, how: str) -> Remark:
    return Remark(Code.ENCODING_GUESSED, f"expected UTF-8 text, read as {encoding.replace('_', '-')}, told {how}")
