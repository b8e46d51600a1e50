"""What DOCX and XLSX share: the ZIP they come in, and its many ways of being something else."""

import io
import zipfile
import zlib

from pv_extract.findings import SourceError

_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_OTHER_PARTS = {
    "ppt/presentation.xml": "a presentation (PPTX)",
    "xl/workbook.bin": "a binary workbook (XLSB); save it as XLSX",
    "mimetype": "an OpenDocument file; save it as DOCX, XLSX or PDF",
    "META-INF/MANIFEST.MF": "a Java archive",
}
_LARGEST = 512 * 1024 * 1024  # bytes unpacked: past this it is an archive made to exhaust memory, not an answer


def office_kind(data: bytes) -> str | None:
    """`docx` or `xlsx` where the content is one, None where it is no office file at all.

    Raises:
        SourceError: for a ZIP that is neither, is damaged, or unpacks beyond measure; and for the formats before 2007.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise SourceError(f"expected a DOCX or XLSX file, found {_compound(data)}")
    if not data.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _kind(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise SourceError(f"expected a DOCX or XLSX file, found a damaged ZIP archive ({_one_line(error)})") from error


def _kind(archive: zipfile.ZipFile) -> str:
    """The kind of a ZIP that can be read to the end.

    Raises:
        SourceError: for a ZIP that is damaged, too large, or of another kind.
    """
    size = sum(part.file_size for part in archive.infolist())
    if size > _LARGEST:
        raise SourceError(f"expected an office file below {_LARGEST >> 20} MB unpacked, found {size >> 20} MB")
    names = set(archive.namelist())
    kind = next((kind for part, kind in _MAIN_PARTS.items() if part in names), None)
    if not kind:
        found = next((name for part, name in _OTHER_PARTS.items() if part in names), None)
        parts = ", ".join(sorted(_MAIN_PARTS))
        raise SourceError(f"expected a ZIP with {' or '.join(parts.split(', '))}, found {found or 'neither'}")
    if broken := archive.testzip():
        raise SourceError(
            f"expected a {kind.upper()} file, found a damaged ZIP archive (part {' '.join(broken.split())})"
        )
    return kind


def _compound(data: bytes) -> str:
    """What an OLE compound file holds, told by the names of its streams."""
    for stream, found in {
        "EncryptedPackage": "an office file that is protected with a password",
        "WordDocument": "a Word 97-2003 document (.doc); save it as DOCX or PDF",
        "Workbook": "an Excel 97-2003 workbook (.xls); save it as XLSX",
    }.items():
        if stream.encode("utf-16-le") in data:
            return found
    return "an office file of before 2007; save it as DOCX or XLSX"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
