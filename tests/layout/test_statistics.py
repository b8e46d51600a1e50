"""Tables as statistical offices set them: leaders, headings of groups, headers on levels, rules around blocks of rows."""

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from pv_extract.layout.pages import blocks
from pv_extract.model import Document, Grid
from pv_extract.readers.pdf import read_pdf


def tables(draw: Callable[[Canvas], None]) -> list[Grid]:
    buffer = io.BytesIO()
    c = Canvas(buffer, pagesize=(595, 842), invariant=1)
    c.setFont("Helvetica", 9)
    draw(c)
    c.save()
    document: Document = read_pdf(buffer.getvalue(), "statistics.pdf", "")
    return [block for block in blocks(document) if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    """The printed texts of each row, from left to right."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def figures(c: Canvas, y: float, ends: Sequence[float], values: Sequence[str]) -> None:
    for x, value in zip(ends, values, strict=False):
        c.drawRightString(x, y, value)


LED = [
    ("Wages, total", "12,480", "11,905"),
    ("Rents", "604", "588"),
    ("Interest", "-", "97"),
    ("Sum", "13,084", "12,590"),
]


def led(c: Canvas, *, ruled: bool = False) -> None:
    for k, (label, *values) in enumerate(LED):
        y = 700 - 14 * k
        dots = int((230 - 70 - c.stringWidth(label, "Helvetica", 9)) / c.stringWidth(".", "Helvetica", 9))
        c.drawString(70, y, label + "." * dots)
        figures(c, y, (330, 420), values)
    if ruled:
        for y in (712, 698, 684, 670, 654):
            c.line(66, y, 424, y)
        for x in (66, 240, 335, 424):
            c.line(x, 712, x, 654)


def test_a_label_ends_before_its_leaders_with_rules_or_without():
    (plain,), (ruled,) = tables(led), tables(lambda c: led(c, ruled=True))
    assert texts(plain) == texts(ruled) == [list(row) for row in LED]
