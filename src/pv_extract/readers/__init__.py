"""From a file to a `Document`: the content decides which reader takes it, never the name of the file."""

import hashlib
import os
import stat
from collections.abc import Callable
from pathlib import Path

from pv_extract.findings import SourceError
from pv_extract.model import Document
from pv_extract.readers.office import office_kind
from pv_extract.readers.pdf import read_pdf
from pv_extract.readers.text import read_text

Reader = Callable[[bytes, str, str], Document]


def _docx(data: bytes, file: str, sha256: str) -> Document:
    from pv_extract.readers.docx import read_docx  # noqa: PLC0415 - slow to load

    return read_docx(data, file, sha256)


def _xlsx(data: bytes, file: str, sha256: str) -> Document:
    from pv_extract.readers.xlsx import read_xlsx  # noqa: PLC0415 - slow to load

    return read_xlsx(data, file, sha256)


READERS: dict[str, Reader] = {"pdf": read_pdf, "docx": _docx, "xlsx": _xlsx, "text": read_text}
EXPECTED = "a PDF, DOCX, XLSX or text file"

_PDF_HEADER_WITHIN = 1024  # bytes before %PDF- that PDF readers tolerate (ISO 32000-1, annex H, note 13)
_FOREIGN = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\x00": "a TIFF image",
    b"MM\x00*": "a TIFF image",
    b"{\\rtf": "an RTF file",
    b"%!PS": "a PostScript file",
    b"\x1f\x8b": "a gzip archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}
_MARKUP = {b"<!doctype html": "an HTML page", b"<html": "an HTML page", b"<?xml": "an XML file"}


def read(path: Path, data: bytes | None = None) -> Document:
    """The document in a file, read by the reader that its content asks for; `data` is that content where it was read already.

    Raises:
        SourceError: where there is no readable file, it is empty, or its content is of no kind that is read here.
    """
    data = content(path) if data is None else data
    try:
        return READERS[sniff(data)](data, _shown(path.name), hashlib.sha256(data).hexdigest())
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error


def read_again(path: Path, data: bytes | None = None) -> Document | None:
    """The document as the second engine reads it; None where its kind has only one.

    Raises:
        SourceError: as `read` does, and where the second engine cannot open it.
    """
    data = content(path) if data is None else data
    if sniff(data) != "pdf":
        return None
    from pv_extract.readers import pdf_plumber  # noqa: PLC0415 - pdfminer is slow to load, and seldom needed

    return pdf_plumber.read_pdf(data, _shown(path.name), hashlib.sha256(data).hexdigest())


def sniff(data: bytes) -> str:
    """The key in `READERS` for this content.

    Raises:
        SourceError: where the content is of a known kind that is not read here.
    """
    if b"%PDF-" in data[:_PDF_HEADER_WITHIN]:
        return "pdf"
    if not data.strip(b"\x00 \t\r\n\f\v"):
        found = "an empty file" if not data else f"{len(data)} bytes without any text"
        raise SourceError(f"expected {EXPECTED}, found {found}")
    if kind := office_kind(data):
        return kind
    opening = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signatures, head in ((_FOREIGN, data), (_MARKUP, opening)):
        for signature, name in signatures.items():
            if head.startswith(signature):
                raise SourceError(f"expected {EXPECTED}, found {name}")
    return "text"


def content(path: Path) -> bytes:
    """The bytes of the file.

    Raises:
        SourceError: where the path names no file, or the system refuses to read it.
    """
    if path.is_dir():
        raise SourceError(f"{path}: expected {EXPECTED}, found a folder")
    try:
        if _endless(path):
            raise SourceError(f"{path}: expected {EXPECTED}, found a pipe, socket or device")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: expected {EXPECTED}, found no such file") from error
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise SourceError(f"{path}: expected {EXPECTED} that may be read, found: {reason}") from error


def _endless(path: Path) -> bool:
    """Whether opening it could wait for ever; what the shell hands in under /dev has an end."""
    mode = path.stat().st_mode
    return not stat.S_ISREG(mode) and not (stat.S_ISFIFO(mode) and path.is_relative_to("/dev"))


def _shown(name: str) -> str:
    """The name as text that UTF-8 can hold; bytes that are no UTF-8 are written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
