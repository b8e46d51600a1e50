"""Labels and headers over several rows, where rules and heights show which."""

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from pv_extract.layout.headers import interpret
from pv_extract.layout.pages import blocks
from pv_extract.model import Grid
from pv_extract.readers.pdf import read_pdf

XS = [70, 180, 300, 380, 460]
GROUPS = {"Bouw": ["Dakwerker", "Metser", "Lasser"], "Horeca": ["Kok", "Kelner"], "Textiel": ["Naaister", "Wever"]}


def only_grid(draw) -> Grid:
    buffer = io.BytesIO()
    c = Canvas(buffer, pagesize=(595, 842), invariant=1)
    c.setFont("Helvetica", 9)
    draw(c)
    c.save()
    (grid,) = (b for b in blocks(read_pdf(buffer.getvalue(), "answer.pdf", "")) if isinstance(b, Grid))
    return grid


def figures(c: Canvas, y: float, number: int) -> None:
    for k, x in enumerate(XS[2:]):
        c.drawRightString(x, y, str(100 * number + 7 * k + 11))


def header(c: Canvas) -> None:
    c.drawString(XS[0], 700, "Sector")
    c.drawString(XS[1], 700, "Beroep")
    for x, text in zip(XS[2:], ("Jongens", "Meisjes", "Samen"), strict=True):
        c.drawRightString(x, 700, text)
    for y in (712, 695):
        c.line(XS[0], y, XS[-1], y)


def grouped(c: Canvas, *, middle: bool, inner: bool) -> None:
    """Groups of rows between rules: the label at the top or in the middle, with or without rules beside it."""
    header(c)
    y, number = 684.0, 0
    for label, jobs in GROUPS.items():
        c.drawString(XS[0], y - (11 * (len(jobs) - 1) / 2 if middle else 0), label)
        for job in jobs:
            number += 1
            c.drawString(XS[1], y, job)
            figures(c, y, number)
            y -= 11
            if inner:
                c.line(XS[1] - 4 if job != jobs[-1] else XS[0], y + 8, XS[-1], y + 8)
        if not inner:
            c.line(XS[0], y + 6, XS[-1], y + 6)
            y -= 4


@pytest.mark.parametrize(("middle", "inner"), [(True, False), (False, False), (False, True)])
def test_a_label_stands_for_all_rows_between_the_rules_around_it(middle, inner):
    grid = only_grid(lambda c: grouped(c, middle=middle, inner=inner))
    labels = {c.text: (c.row, c.row_span) for c in grid.cells if c.column == 0 and c.row}
    assert labels == {"Bouw": (1, 3), "Horeca": (4, 2), "Textiel": (6, 2)}
    assert [r.labels[:2] for r in interpret(grid).rows] == [(g, j) for g, jobs in GROUPS.items() for j in jobs]


def test_headers_at_half_the_height_of_a_spanner_and_its_headers_are_as_high_as_both():
    def draw(c):
        c.drawCentredString((XS[2] + XS[4] - 40) / 2, 706, "Aantal jongeren")
        c.line(XS[2] - 40, 703, XS[-1], 703)
        c.drawString(XS[0], 700.5, "Sector")
        c.drawString(XS[1], 700.5, "Beroep")
        for x, text in zip(XS[2:], ("Jongens", "Meisjes", "Samen"), strict=True):
            c.drawRightString(x, 694, text)
        for y in (716, 690, 640):
            c.line(XS[0], y, XS[-1], y)
        for k, (label, job) in enumerate((("Bouw", "Metser"), ("Horeca", "Kok"), ("Textiel", "Wever"))):
            c.drawString(XS[0], 680 - 14 * k, label)
            c.drawString(XS[1], 680 - 14 * k, job)
            figures(c, 680 - 14 * k, k)

    grid = only_grid(draw)
    spans = {c.text: (c.row, c.row_span) for c in grid.cells if c.text in {"Sector", "Beroep", "Samen"}}
    assert spans == {"Sector": (0, 2), "Beroep": (0, 2), "Samen": (1, 1)}
