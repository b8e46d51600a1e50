"""Headers of one, two and three lines beside each other, in the middle of their height, and spanners between them."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, paths, row, tables

ENDS = [245, 305, 375, 440, 515]
COLUMNS = [
    ("Begroting 2025",),
    ("Aangepaste begroting 2025",),
    ("Realisaties", "bedrag"),
    ("Realisaties", "graad"),
    ("t.o.v. BA 2025 (in %)",),
]


def figures(c: Canvas, top: float, step: float = 14) -> None:
    for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
        row(c, top - step * k, label, [f"{k + 1}{n}1,{n}" for n in range(5)], ENDS)


def lines(c: Canvas, x: float, middle: float, *texts: str, left: bool = False) -> None:
    draw = c.drawString if left else c.drawCentredString
    for k, text in enumerate(texts):
        draw(x, middle + 5 * (len(texts) - 1) - 10 * k, text)


@pytest.mark.parametrize("rule", [True, False])
def test_headers_of_several_lines_stand_beside_a_spanner_without_a_rule_under_the_header(rule: bool):
    def draw(c: Canvas) -> None:
        lines(c, 60, 710, "Post", left=True)
        lines(c, 225, 710, "Begroting", "2025")
        lines(c, 285, 710, "Aangepaste", "begroting", "2025")
        c.drawCentredString(400, 720, "Realisaties")
        c.drawCentredString(358, 700, "bedrag")
        c.drawCentredString(425, 700, "graad")
        lines(c, 490, 710, "t.o.v. BA", "2025 (in %)")
        if rule:
            level(c, 716, 330, 452)
        figures(c, 684)

    assert paths(tables(draw)) == COLUMNS


def test_headers_at_the_left_of_their_columns_keep_to_them_where_figures_stand_at_the_right():
    def draw(c: Canvas) -> None:
        lines(c, 60, 710, "Post", left=True)
        lines(c, 176, 710, "Begroting", "2025", left=True)
        lines(c, 266, 710, "Aangepaste", "begroting 2025", left=True)
        c.drawString(352, 718, "Realisaties")
        c.drawString(352, 702, "bedrag")
        c.drawString(406, 702, "graad")
        lines(c, 454, 710, "t.o.v. BA 2025", "(in %)", left=True)
        for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
            row(c, 686 - 14 * k, label, [f"{k + 1}{n}1,{n}" for n in range(5)], [257, 347, 398, 446, 528])

    assert paths(tables(draw)) == COLUMNS


def test_a_heading_between_rules_over_the_first_figures_is_no_header():
    def draw(c: Canvas) -> None:
        lines(c, 60, 710, "Post", left=True)
        lines(c, 212, 710, "Initiële", "begroting", "2025", left=True)
        lines(c, 262, 710, "Aangepaste", "begroting", left=True)
        c.drawString(332, 720, "Realisaties")
        c.drawString(332, 700, "bedrag")
        c.drawString(392, 700, "uitvoering")
        c.drawString(60, 685, "Uitgaven")
        for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
            row(c, 669 - 14 * k, label, [f"{k + 1}{n}1,{n}" for n in range(4)], ENDS)
        for y in (695, 681, 665, 651, 637):
            level(c, y, 58, 446)

    assert paths(tables(draw)) == [
        ("Initiële begroting 2025",),
        ("Aangepaste begroting",),
        ("Realisaties", "bedrag"),
        ("Realisaties", "uitvoering"),
    ]


def test_a_first_line_that_begins_in_the_last_column_is_its_header_however_long():
    def draw(c: Canvas) -> None:
        for x, text in ((266, "2024"), (336, "2025"), (406, "2026")):
            c.drawString(x, 710, text)
        lines(c, 476, 710, "t.o.v. BA 2025", "(in %)", left=True)
        for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
            row(c, 690 - 14 * k, label, [f"{k + 1}{n}1,{n}" for n in range(4)])

    assert paths(tables(draw)) == [("2024",), ("2025",), ("2026",), ("t.o.v. BA 2025 (in %)",)]


def test_a_spanner_of_two_lines_over_the_middle_of_three_columns_is_no_header_of_the_middle_one():
    def draw(c: Canvas) -> None:
        c.drawCentredString(230, 715, "Aantal")
        c.drawCentredString(230, 690, "2025")
        lines(c, 360, 710, "Bedrag", "(in euro)")
        for x, text in ((290, "2024"), (360, "2025"), (425, "2026")):
            c.drawCentredString(x, 690, text)
        c.drawCentredString(500, 690, "2026")
        figures(c, 672)

    assert [p[-1] for p in paths(tables(draw))] == ["2025", "2024", "2025", "2026", "2026"]


def test_a_spanner_of_three_lines_is_no_header_of_the_column_that_it_stands_over():
    def draw(c: Canvas) -> None:
        for k, text in enumerate(["Vastleggings-", "kredieten", "(mln. euro)"]):
            c.drawCentredString(305, 740 - 10 * k, text)
        for k, text in enumerate(["Evolutie", "(in %)"]):
            c.drawCentredString(460, 740 - 10 * k, text)
        row(c, 709, "Post", ["2024", "2025", "2026", "24-25", "25-26"], [260, 330, 385, 445, 515])
        for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
            row(c, 695 - 12 * k, label, [f"{k + 1}{n}1,{n}" for n in range(5)], [260, 330, 385, 445, 515])

    assert [p[-1] for p in paths(tables(draw))] == ["2024", "2025", "2026", "24-25", "25-26"]
