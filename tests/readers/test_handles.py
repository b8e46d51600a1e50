"""What PDFium opens for a page is closed again, whatever happens between."""

import pypdfium2.raw as pdfium_c
import pytest
from tests.handmade import handmade, printed

from pv_extract.findings import SourceError
from pv_extract.readers import pdf, pdfium_annotations

OPENED = {
    "FPDF_LoadPage": "FPDF_ClosePage",
    "FPDFText_LoadPage": "FPDFText_ClosePage",
    "FPDFPage_GetAnnot": "FPDFPage_CloseAnnot",
    "FPDF_LoadMemDocument64": "FPDF_CloseDocument",
}
FIELD = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (4321) /Rect [350 600 400 612] /P 3 0 R >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
    b"/Annots [9 0 R] >>"
)


@pytest.fixture
def count(monkeypatch):
    """How often each function of PDFium that opens or closes something is called."""
    calls = dict.fromkeys([*OPENED, *OPENED.values()], 0)

    def counted(name):
        function = getattr(pdfium_c, name)

        def call(*args):
            calls[name] += 1
            return function(*args)

        return call

    for name in calls:
        monkeypatch.setattr(pdfium_c, name, counted(name))
    return calls


@pytest.mark.parametrize(
    "broken", [None, (pdf, "pieces"), (pdf, "drawn"), (pdf, "words"), (pdfium_annotations, "_value")]
)
def test_pages_texts_and_notes_are_closed_also_where_reading_breaks_off(broken, count, monkeypatch):
    def breaks(*args):
        raise MemoryError

    if broken:
        monkeypatch.setattr(*broken, breaks)
    try:
        pdf.read_pdf(handmade(printed(), more={3: PAGE, 9: FIELD}), "a.pdf", "0" * 64)
    except MemoryError:
        assert broken
    assert count["FPDF_LoadPage"] == 1
    assert {name: count[name] for name in OPENED} == {name: count[OPENED[name]] for name in OPENED}


def test_a_document_without_pages_is_refused_and_closed(count):
    with pytest.raises(SourceError, match=r"damaged PDF \(no pages found\)"):
        pdf.read_pdf(handmade(b"", more={2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "a.pdf", "0" * 64)
    assert count["FPDF_LoadMemDocument64"] == count["FPDF_CloseDocument"] == 1
