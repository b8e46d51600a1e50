"""Headers in boxes, as statistical offices draw them: cells over several columns, and the strip with number and date above."""

from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import paths, tables

XS = [60, 150, 215, 280, 345, 410, 475]
ROWS = [
    ("Alabama", "978", "2,591", "35,513", "295", "3,149"),
    ("Alaska", "1,415", "106", "66,400", "961", "1,424"),
    ("Arizona", "1,165", "3,915", "5,860", "788", "2,875"),
]
RURAL = [("RURAL", "FEDERAL-AID HIGHWAYS", "INTERSTATE"), ("RURAL", "FEDERAL-AID HIGHWAYS", "OTHER")]
URBAN = [("URBAN", "MAIN ROADS", "INTERSTATE"), ("URBAN", "MAIN ROADS", "OTHER")]
HEADERS = [*RURAL, ("RURAL", "LOCAL ROADS"), *URBAN]


def boxed(c: Canvas, top: float = 700) -> None:
    c.setFont("Helvetica", 7)

    def text(first: int, last: int, y: float, *lines: str) -> None:
        for k, line in enumerate(lines):
            c.drawCentredString((XS[first] + XS[last]) / 2, y - 9 * k, line)

    text(0, 1, top - 30, "STATE")
    text(1, 4, top - 9, "RURAL")
    text(4, 6, top - 9, "URBAN")
    text(1, 3, top - 21, "FEDERAL-AID", "HIGHWAYS")
    text(4, 6, top - 21, "MAIN", "ROADS")
    text(3, 4, top - 30, "LOCAL", "ROADS")
    for k, head in zip((1, 2, 4, 5), ("INTERSTATE", "OTHER") * 2, strict=True):
        text(k, k + 1, top - 43, head)
    for k, (label, *figures) in enumerate(ROWS):
        c.drawString(XS[0] + 3, top - 59 - 12 * k, label)
        for x, figure in zip(XS[2:], figures, strict=True):
            c.drawRightString(x - 3, top - 59 - 12 * k, figure)
    for y in (top, top - 48, top - 86):
        c.line(XS[0], y, XS[-1], y)
    c.line(XS[1], top - 12, XS[-1], top - 12)
    for first, last in ((1, 3), (4, 6)):
        c.line(XS[first], top - 35, XS[last], top - 35)
    for x, high in zip(XS, (0, 0, 35, 12, 0, 35, 0), strict=True):
        c.line(x, top - high, x, top - 86)


def test_the_lines_of_a_cell_over_several_columns_are_one_header():
    assert paths(tables(boxed)) == HEADERS


def test_the_number_and_date_of_a_table_above_its_box_are_no_header():
    def draw(c: Canvas) -> None:
        boxed(c)
        c.drawString(60, 702, "October 2022")
        c.drawRightString(475, 710, "TABLE HM-20")
        c.drawRightString(475, 702, "SHEET 1 OF 3")

    assert paths(tables(draw)) == HEADERS


def test_a_strip_with_number_and_date_in_the_box_is_no_header():
    def draw(c: Canvas) -> None:
        boxed(c)
        c.drawString(64, 704, "October 2022")
        c.drawRightString(471, 704, "TABLE HM-20, SHEET 1 OF 3")
        c.rect(60, 700, 415, 12)

    assert paths(tables(draw)) == HEADERS


def test_spanners_above_the_rules_of_a_table_stand_over_its_headers():
    """A release prints `Not seasonally adjusted` and `Seasonally adjusted` over months that have a rule above them."""

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 7)
        c.drawCentredString((XS[1] + XS[4]) / 2, 703, "Not adjusted")
        c.drawCentredString((XS[4] + XS[6]) / 2, 703, "Adjusted")
        for x, month in zip(XS[2:], ("July", "August", "September", "July", "August"), strict=True):
            c.drawRightString(x - 3, 690, month)
        c.drawString(XS[0] + 3, 690, "State")
        for k, (label, *figures) in enumerate(ROWS):
            c.drawString(XS[0] + 3, 674 - 12 * k, label)
            for x, figure in zip(XS[2:], figures, strict=True):
                c.drawRightString(x - 3, 674 - 12 * k, figure)
        c.line(XS[0], 712, XS[-1], 712)
        c.line(XS[1], 700, XS[-1], 700)
        c.line(XS[0], 685, XS[-1], 685)
        c.line(XS[0], 645, XS[-1], 645)
        for k in (1, 4):
            c.line(XS[k], 700, XS[k], 645)

    spans = ["Not adjusted"] * 3 + ["Adjusted"] * 2
    months = ["July", "August", "September", "July", "August"]
    assert paths(tables(draw)) == list(zip(spans, months, strict=True))


def test_a_header_shaded_cell_by_cell_is_divided_where_its_shadings_meet():
    """A browser shades each cell by itself, and leaves out a rule between two of them."""
    heads = [(60, 150, 0, 34, ["Dienst"]), (150, 370, 18, 34, ["Stand van de dossiers"]), (370, 440, 0, 34, ["Totaal"])]
    lows = [(150, 220, ["Niet", "gestart"]), (220, 300, ["Lopend"]), (300, 370, ["Klaar"])]

    def draw(c: Canvas) -> None:
        for x0, x1, low, high, lines in [*heads, *((x0, x1, 0, 18, lines) for x0, x1, lines in lows)]:
            c.setFillGray(0.6)
            c.rect(x0, 660 + low, x1 - x0, high - low, fill=1, stroke=0)
            c.setFillGray(0)
            c.setFont("Helvetica", 7)
            for k, line in enumerate(lines):
                c.drawCentredString((x0 + x1) / 2, 660 + (low + high) / 2 - 2.5 - 8 * k + 4 * (len(lines) - 1), line)
        c.setStrokeGray(1)
        for x, high in ((60, 34), (150, 34), (370, 34), (300, 18)):
            c.line(x, 660, x, 660 + high)
        c.line(150, 678, 370, 678)
        c.line(60, 694, 440, 694)
        c.setStrokeGray(0)
        for k, label in enumerate(("Gent", "Brugge", "Hasselt")):
            c.drawString(63, 648 - 15 * k, label)
            for x, figure in zip((215, 290, 365, 430), (4, 18, 5, 27), strict=True):
                c.drawRightString(x, 648 - 15 * k, str(figure + k))
            c.line(60, 644 - 15 * k, 440, 644 - 15 * k)

    span = "Stand van de dossiers"
    assert paths(tables(draw)) == [(span, "Niet gestart"), (span, "Lopend"), (span, "Klaar"), ("Totaal",)]


def test_a_row_of_markers_below_a_boxed_header_belongs_to_its_table():
    """A country that reported nothing, in the middle of a table whose header alone has rules."""
    rows = [("Ireland", "158", "3.51"), ("Italy", "–", "–"), ("Latvia", "25", "1.14"), ("Malta", "2", "0.50")]

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 7)
        for x in (60, 150, 215, 280):
            c.line(x, 700, x, 716)
        for y in (700, 716):
            c.line(60, y, 280, y)
        for y, (label, *figures) in zip((705, 690, 678, 666, 654), [("Country", "Cases", "Rate"), *rows], strict=True):
            c.drawString(63, y, label)
            for x, figure in zip((182, 247), figures, strict=True):
                c.drawCentredString(x, y, figure)

    (table,) = tables(draw)
    assert [(r.labels[0], *(cell.text for cell in r.cells)) for r in table.rows] == rows
