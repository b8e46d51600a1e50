"""Bold faces whose names do not say so in full, as those of TeX."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from pv_extract.readers.pdf import read_pdf


@pytest.mark.parametrize(
    ("font", "bold"),
    [
        ("CMBX10", True),
        ("CMSSBX10", True),
        ("SFBX1000", True),
        ("Frutiger-Bd", True),
        ("CMR10", False),
        ("CMSS10", False),
        ("Abduction", False),
    ],
)
def test_the_bold_faces_of_tex_and_of_short_names_are_bold(font: str, bold: bool):
    buffer = io.BytesIO()
    c = Canvas(buffer, invariant=1)
    c.setFont("Times-Roman", 10)
    c.drawString(72, 720, "Objective")
    c.showPage()
    c.save()
    name = b"/BaseFont /Times-Roman"
    data = buffer.getvalue().replace(name, f"/BaseFont /{font}".encode().ljust(len(name)))
    assert [w.bold for w in read_pdf(data, "bold.pdf", "").pages[0].words] == [bold]
