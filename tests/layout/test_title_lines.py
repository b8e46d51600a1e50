"""Titles below the first rule of a table, and the units that end its headers."""

import pytest
from reportlab.pdfgen.canvas import FILL_EVEN_ODD, Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

TITLE = "Profit and loss account of the bank for the year ending 31 December 2022"
YEARS = ["2022", "2021", "2020", "2019"]


def bold(c: Canvas, x: float, y: float, text: str, size: float = 9) -> None:
    c.setFont("Helvetica-Bold", size)
    c.drawString(x, y, text)
    c.setFont("Helvetica", 9)


@pytest.mark.parametrize("title", [[TITLE], [TITLE, "(on 31 December)"], ["Table 4", TITLE], ["Table 4. Assets"]])
@pytest.mark.parametrize("heavy", [True, False])
@pytest.mark.parametrize("rows_ruled", [True, False])
def test_a_title_between_the_first_rule_and_the_header_is_no_header(title: list[str], heavy: bool, rows_ruled: bool):
    def draw(c: Canvas) -> None:
        level(c, 760)
        for k, text in enumerate(title):
            (bold if heavy else lambda c, x, y, t: c.drawString(x, y, t))(c, 60, 748 - 12 * k, text)
        row(c, 718, "Item", YEARS)
        body(c, 700)
        for y in (713, 696, 682, 668, 650) if rows_ruled else (713, 650):
            level(c, y)

    found = tables(draw)
    assert paths(found) == [(year,) for year in YEARS]
    assert found[0].stub_columns == ("Item",)


def test_a_short_title_in_larger_type_is_no_header_of_the_labels_under_spanners():
    def draw(c: Canvas) -> None:
        level(c, 760)
        bold(c, 60, 748, "Holdings", 11)
        for x, year in ((335, "2022"), (475, "2021")):
            c.drawCentredString(x, 730, year)
            level(c, 726, x - 70, x + 38)
        row(c, 716, "Currency", ["Units", "Euro", "Units", "Euro"])
        body(c, 700)
        level(c, 711)
        level(c, 650)

    found = tables(draw)
    assert paths(found) == [(year, unit) for year in ("2022", "2021") for unit in ("Units", "Euro")]
    assert found[0].stub_columns == ("Currency",)


def test_a_header_of_the_labels_that_is_higher_than_the_others_is_no_title():
    def draw(c: Canvas) -> None:
        level(c, 752)
        for k, text in enumerate(["Type of household", "and number of children"]):
            c.drawString(60, 740 - 10 * k, text)
        row(c, 720, "below 18", YEARS)
        body(c, 700)
        level(c, 715)
        level(c, 650)

    assert tables(draw)[0].stub_columns == ("Type of household and number of children below 18",)


@pytest.mark.parametrize("face", ["Helvetica", "Helvetica-Bold"])
def test_units_set_as_the_line_above_them_are_its_last_words(face: str):
    def draw(c: Canvas) -> None:
        c.setFont(face, 9)
        row(c, 722, "", ["2022", "2021", "Budget", "Change"])
        row(c, 712, "", ["€", "€", "€", "€"])
        c.setFont("Helvetica", 9)
        level(c, 734)
        level(c, 708)
        body(c, 694)
        level(c, 645)

    assert paths(tables(draw)) == [("2022 €",), ("2021 €",), ("Budget €",), ("Change €",)]


def test_amounts_of_the_size_of_years_are_rows():
    def draw(c: Canvas) -> None:
        row(c, 714, "Item", ["Rent", "Fee", "Loan", "Grant"])
        for k, label in enumerate(["Small", "Middle", "Large"]):
            row(c, 700 - 14 * k, label, [f"{1950 + 1400 * k + n} €" for n in range(4)])

    assert [r.labels for r in tables(draw)[0].rows] == [("Small",), ("Middle",), ("Large",)]


@pytest.mark.parametrize("inner_first", [True, False])
def test_a_border_that_a_path_leaves_between_two_rectangles_is_a_rule_and_no_shading(inner_first: bool):
    def draw(c: Canvas) -> None:
        box = c.beginPath()
        for height in sorted((38, 40), reverse=not inner_first):
            box.rect(58, 720, 456, height)
        c.setFillColorRGB(0, 0.2, 0.6)
        c.drawPath(box, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
        c.setFillColorRGB(0, 0, 0)
        c.drawString(60, 748, "Holdings of the bank in foreign currency on the last day of the year")
        row(c, 718, "Item", YEARS)
        body(c, 700)
        for y in (713, 696, 682, 668, 650):
            level(c, y)

    found = tables(draw)
    assert paths(found) == [(year,) for year in YEARS]
