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


def bulletin(c: Canvas) -> None:
    """Three levels of centred headers without rules between them, the numbers of the columns, years and quarters."""
    c.drawCentredString(300, 720, "M3")
    c.line(200, 716, 410, 716)
    c.drawCentredString(250, 706, "M2")
    c.drawCentredString(385, 700, "Totaal")
    for x, text in ((220, "Stand"), (280, "Groei")):
        c.drawCentredString(x, 694, text)
    for k, x in enumerate((220, 280, 385), start=1):
        c.drawCentredString(x, 683, str(k))
    for y in (732, 678):
        c.line(XS[0], y, 420, y)
    for k, label in enumerate(("2023", "2024 Q1", "Q2", "Q3")):
        c.drawString(XS[0], 666 - 11 * k, label)
        for n, x in enumerate((228, 290, 400)):
            c.drawRightString(x, 666 - 11 * k, f"{1 + k + 2 * n} {417 + 7 * n + k}.{n + 1}")


def test_the_numbers_of_the_columns_are_the_last_level_of_their_header():
    table = interpret(only_grid(bulletin))
    assert [c.path for c in table.columns] == [
        ("M3", "M2", "Stand", "1"),
        ("M3", "M2", "Groei", "2"),
        ("M3", "Totaal", "3"),
    ]
    assert [c.text for c in table.rows[0].cells] == ["1 417.1", "3 424.2", "5 431.3"]


@pytest.mark.parametrize("ruled", [True, False])
def test_a_bold_heading_over_a_rule_spans_the_columns(ruled):
    def draw(c):
        header(c)
        y = 684.0
        for group, jobs in GROUPS.items():
            c.setFont("Helvetica-Bold", 9)
            c.drawString(XS[0], y, group)
            c.setFont("Helvetica", 9)
            if ruled:
                c.line(XS[0], y - 4, XS[-1], y - 4)
            for job in jobs:
                y -= 15
                c.drawString(XS[0], y, job)
                c.drawString(XS[1], y, "ja")
                figures(c, y, len(job))
            y -= 15
        c.line(XS[0], y + 10, XS[-1], y + 10)

    grid = only_grid(draw)
    wide = {c.text: c.column_span for c in grid.cells if c.text in GROUPS}
    assert wide == dict.fromkeys(GROUPS, 5 if ruled else 1)
    assert [(r.group, r.labels[0]) for r in interpret(grid).rows if not r.heading] == [
        ((g,), j) for g, jobs in GROUPS.items() for j in jobs
    ]


def test_a_text_in_a_cell_of_its_own_stands_beside_all_rows_that_its_lines_miss():
    def draw(c):
        c.drawString(XS[0], 700, "Soort")
        c.drawString(XS[1], 700, "Haring")
        c.drawString(XS[2], 700, "Gebied")
        for y in (712, 695, 600):
            c.line(XS[0] - 4, y, XS[-1], y)
        c.line(XS[2] - 6, 712, XS[2] - 6, 600)
        for k, country in enumerate(("België", "Denemarken", "Duitsland", "Ierland", "Totaal")):
            c.drawString(XS[0], 682 - 17 * k, country)
            c.drawRightString(XS[1] + 40, 682 - 17 * k, str(100 * k + 22))
        for k, text in enumerate(("Analytische vangst.", "Artikel 3 geldt niet.", "Artikel 4 geldt niet.")):
            c.drawString(XS[2], 682 - 12 * k, text)

    grid = only_grid(draw)
    (note,) = (c for c in grid.cells if c.text.startswith("Analytische"))
    assert (note.row, note.row_span) == (1, 5)
    assert note.text == "Analytische vangst. Artikel 3 geldt niet. Artikel 4 geldt niet."
    assert [c.text for c in grid.cells if c.column == 1] == ["Haring", "22", "122", "222", "322", "422"]


def crosstab(c: Canvas) -> None:
    """A frame with upright walls, and level ones around its header only: labels of groups, of their parts, and of each row."""
    for x, text in zip(XS[2:], ("Jongens", "Meisjes", "Samen"), strict=True):
        c.drawRightString(x, 700, text)
    for y in (712, 695, 603):
        c.line(XS[0] - 4, y, XS[-1] + 4, y)
    c.line(XS[0] - 4, 626, XS[0] + 54, 626)
    for x, low in (
        (XS[0] - 4, 603),
        (XS[0] + 54, 626),
        (XS[1] - 20, 603),
        (XS[1] + 60, 603),
        *((x + 4, 603) for x in XS[2:]),
    ):
        c.line(x, 695 if x == XS[0] + 54 else 712, x, low)
    c.drawString(XS[0], 684, "Hoogste")
    c.drawString(XS[0], 675, "diploma")
    for k, part in enumerate(("Lager", "Midden", "Hoger")):
        c.drawString(XS[0] + 56, 684 - 22 * k, part)
    c.drawString(XS[0], 618, "Samen")
    for k in range(8):
        c.drawString(XS[1] - 16, 684 - 11 * k, "% van groep" if k % 2 else "Aantal")
        figures(c, 684 - 11 * k, k)


def test_labels_of_groups_stand_for_the_rows_that_a_column_of_their_own_labels():
    grid = only_grid(crosstab)
    labels = {c.text: (c.row, c.row_span) for c in grid.cells if c.column < 2 and c.text}
    assert labels == {
        "Hoogste diploma": (1, 6),
        "Lager": (1, 2),
        "Midden": (3, 2),
        "Hoger": (5, 2),
        "Samen": (7, 2),
    }
    assert [c.text for c in grid.cells if c.column == 2 and c.row] == ["Aantal", "% van groep"] * 4


def test_figures_stay_rows_on_both_sides_of_a_rule_under_other_headers():
    def draw(c):
        c.drawString(XS[0], 700, "Jaar")
        c.drawRightString(XS[2], 700, "Jongens")
        c.drawCentredString(XS[3] + 20, 706, "Meisjes")
        c.drawRightString(XS[3], 695, "Dag")
        c.drawRightString(XS[4], 695, "Avond")
        for y in (716, 622):
            c.line(XS[0] - 4, y, XS[-1] + 4, y)
        c.line(XS[2] + 4, 691, XS[-1] + 4, 691)
        for x in (XS[1], XS[2] + 4):
            c.line(x, 716, x, 622)
        for k in range(5):
            c.drawString(XS[0], 680 - 13 * k, str(2019 + k))
            figures(c, 680 - 13 * k, k)

    grid = only_grid(draw)
    assert [c.text for c in grid.cells if c.column == 1 and c.text] == ["Jongens", "11", "111", "211", "311", "411"]
