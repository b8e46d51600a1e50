"""Numbers, formulas and units under the headers of all columns: a level of the header, and no row of figures."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, row, tables
from tests.layout.test_half_height import figures, lines

from pv_extract.layout.numbering import numbers_columns

HEADERS = ["Aantal", "Bedrag", "Saldo", "Verschil"]
UNDER = [
    ["(1)", "(2)", "(3)", "(4)"],
    ["(1)", "(2)", "(3)=(2)-(1)", "(4)"],
    ["(2)", "(3)", "(4) = (2) - (3)", "(5) = (4)/(2)"],
    ["(1)", "(2)", "(1)-(2)", "(1)/(2)"],
    ["[1]", "[2]", "[3]", "[4]"],
    ["1", "2", "3=1-2", "4"],
    ["a", "b", "c = a - b", "d"],
    ["(nombre)", "(in euro)", "(in euro)", "(in %)"],
]


@pytest.mark.parametrize("under", UNDER, ids=" ".join)
@pytest.mark.parametrize("rules", [True, False])
def test_what_stands_under_each_header_is_a_level_of_it(under: list[str], rules: bool):
    def draw(c: Canvas) -> None:
        row(c, 720, "Post", HEADERS)
        row(c, 708, "", under)
        body(c, 692)
        for y in (732, 704, 645) if rules else ():
            level(c, y)

    found = tables(draw)
    assert [column.path for column in found[0].columns] == list(zip(HEADERS, under, strict=True))
    assert found[0].rows[0].labels == ("Lonen",)


def test_the_labels_may_have_a_number_too():
    def draw(c: Canvas) -> None:
        row(c, 720, "Post", ["2023", "2024", "2025", "2026"])
        row(c, 708, "(0)", UNDER[1])
        level(c, 704)
        body(c, 692)

    found = tables(draw)
    assert found[0].stub_columns == ("Post (0)",)
    assert [column.path for column in found[0].columns][2] == ("2025", "(3)=(2)-(1)")


@pytest.mark.parametrize("under", [["(1)", "(2)", "(3)", "(4)=(3)/(2)", "(5)"], ["(nombre)"] * 4 + ["(in %)"]])
def test_headers_of_several_lines_stand_beside_a_spanner_above_the_numbers_of_the_columns(under: list[str]):
    def draw(c: Canvas) -> None:
        lines(c, 60, 710, "Post", left=True)
        lines(c, 225, 710, "Begroting", "2025")
        lines(c, 285, 710, "Aangepaste", "begroting")
        c.drawCentredString(395, 718, "Realisaties")
        level(c, 714, 335, 446)
        c.drawCentredString(358, 702, "bedrag")
        c.drawCentredString(425, 702, "graad")
        lines(c, 490, 710, "Verschil")
        for x, text in zip([225, 285, 358, 425, 490], under, strict=True):
            c.drawCentredString(x, 689, text)
        figures(c, 672)

    above = [
        ("Begroting 2025",),
        ("Aangepaste begroting",),
        ("Realisaties", "bedrag"),
        ("Realisaties", "graad"),
        ("Verschil",),
    ]
    assert [p.path for p in tables(draw)[0].columns] == [(*p, u) for p, u in zip(above, under, strict=True)]


@pytest.mark.parametrize(
    ("label", "texts"),
    [
        ("Lonen", ["1", "2", "3"]),
        ("", ["1", "3", "4"]),
        ("", ["(4)", "(5)", "(6)"]),
        ("", ["1", "2"]),
        ("", ["2", "3", "4"]),
        ("", ["(1)", "12,5"]),
    ],
)
def test_figures_number_no_columns(label: str, texts: list[str]):
    assert not numbers_columns(label, texts)
