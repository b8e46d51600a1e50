"""What fields of forms and notes say that are laid over a PDFium page: its text does not hold them."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium_c

_SHOWN = {pdfium_c.FPDF_ANNOT_WIDGET: b"V", pdfium_c.FPDF_ANNOT_FREETEXT: b"Contents"}
_HIDDEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW


def annotations(page: Any) -> Iterator[str]:  # Any: a ctypes handle of PDFium
    """The texts of those that a reader of the page sees."""
    for index in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium_c.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            key = _SHOWN.get(pdfium_c.FPDFAnnot_GetSubtype(annotation))
            shown = key and not pdfium_c.FPDFAnnot_GetFlags(annotation) & _HIDDEN
            text = _value(annotation, key) if key and shown else ""
        finally:
            pdfium_c.FPDFPage_CloseAnnot(annotation)
        if text:
            yield text


def _value(annotation: Any, key: bytes) -> str:
    size = pdfium_c.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium_c.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", "replace").strip()
