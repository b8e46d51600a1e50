"""XLSX workbooks through openpyxl: one grid a sheet, values as a reader of Dutch sees them."""

from pv_extract.findings import SourceError
from pv_extract.model import Document


def read_xlsx(data: bytes, file: str, sha256: str) -> Document:
    """Not read yet.

    Raises:
        SourceError: always.
    """
    raise SourceError(
        f"expected a PDF, DOCX or text file, found an XLSX workbook ({file}, {len(data)} bytes, {sha256[:8]})"
    )
