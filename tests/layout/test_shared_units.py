"""Units alone on a line of the header: under the headers of several columns, beside headers of more lines."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

from pv_extract.languages import is_unit


def middle(c: Canvas, y: float, *texts: tuple[float, str]) -> None:
    for x, text in texts:
        c.drawCentredString(x, y, text)


def test_a_unit_between_two_columns_holds_for_both_beside_a_header_of_three_lines():
    def draw(c: Canvas) -> None:
        middle(c, 720, (285, "Bruto"), (355, "Netto"), (490, "Gemiddelde"))
        middle(c, 709, (320, "% bbp"), (490, "looptijd"))
        middle(c, 698, (490, "(jaren)"))
        level(c, 694)
        body(c, 682, [300, 370, 505])

    assert paths(tables(draw)) == [("Bruto", "% bbp"), ("Netto", "% bbp"), ("Gemiddelde looptijd (jaren)",)]


def test_a_unit_at_half_the_height_of_the_lines_beside_it_holds_for_its_columns():
    def draw(c: Canvas) -> None:
        middle(c, 715, (285, "Gross"), (355, "Net"))
        middle(c, 703, (320, "% of GDP"))
        for k, text in enumerate(["Average", "maturity", "(years)"]):
            c.drawCentredString(490, 720 - 11 * k, text)
        level(c, 692)
        body(c, 680, [300, 370, 505])

    assert paths(tables(draw)) == [("Gross", "% of GDP"), ("Net", "% of GDP"), ("Average maturity (years)",)]


def test_a_unit_under_the_middle_one_of_years_holds_for_all_years():
    def draw(c: Canvas) -> None:
        row(c, 720, "", ["2023", "2024", "2025", "Verschil"])
        c.drawCentredString(360, 709, "in duizend euro")
        c.drawString(60, 709, "Land")
        c.drawRightString(510, 709, "2024-2025")
        c.drawRightString(510, 698, "(in %)")
        level(c, 694)
        body(c, 682)

    years = [(year, "in duizend euro") for year in ("2023", "2024", "2025")]
    assert paths(tables(draw)) == [*years, ("Verschil 2024-2025 (in %)",)]


def test_units_that_share_out_all_columns_hold_for_them():
    def draw(c: Canvas) -> None:
        middle(c, 720, (235, "Primair"), (300, "Rente-"), (365, "Schuld"), (430, "Groei"), (495, "Inflatie"))
        middle(c, 709, (235, "saldo"), (300, "lasten"), (495, "(HICP)"))
        middle(c, 698, (300, "% bbp"), (462, "% per jaar"))
        level(c, 692)
        body(c, 680, [250, 315, 380, 445, 510])

    assert [p[-1] for p in paths(tables(draw))] == ["% bbp"] * 3 + ["% per jaar"] * 2


def test_a_unit_under_a_spanner_over_years_belongs_to_the_spanner():
    def draw(c: Canvas) -> None:
        middle(c, 720, (355, "Schuld"), (490, "Saldo"))
        middle(c, 709, (355, "% bbp"), (490, "(procent-"))
        middle(c, 698, (285, "2023"), (355, "2024"), (425, "2025"), (490, "punten)"))
        level(c, 694)
        body(c, 682, [300, 370, 440, 505])

    assert [p[0] for p in paths(tables(draw))] == ["Schuld % bbp"] * 3 + ["Saldo (procent-punten)"]


def test_a_unit_set_as_the_last_line_of_its_header_stays_with_it():
    def draw(c: Canvas) -> None:
        row(c, 720, "", ["Aantal", "Bedrag", "Saldo", "Aandeel"])
        c.drawRightString(370, 709, "in euro")
        c.drawRightString(510, 709, "(%)")
        level(c, 704)
        body(c, 690)

    assert paths(tables(draw)) == [("Aantal",), ("Bedrag in euro",), ("Saldo",), ("Aandeel (%)",)]


@pytest.mark.parametrize("text", ["% of GDP", "% bbp", "(in duizend euro)", "en % du PIB", "in Tsd. Euro", "x 1 000"])
def test_a_line_may_say_a_unit_and_nothing_else(text: str):
    assert is_unit(text)


@pytest.mark.parametrize("text", ["Aantal", "million people", "(in % of", "2024", "per leerling"])
def test_other_texts_are_no_unit(text: str):
    assert not is_unit(text)


def test_a_unit_flush_with_the_lines_over_it_by_chance_holds_for_the_columns_that_it_stands_under():
    def draw(c: Canvas) -> None:
        row(c, 720, "", ["Bruto-", "Netto-", "Saldo", "Totaal"])
        row(c, 709, "Land", ["schuld", "schuld"])
        c.drawString(300 - c.stringWidth("Bruto-", "Helvetica", 9), 696, "in duizend euro")
        level(c, 690)
        body(c, 676)

    assert [p[-1] for p in paths(tables(draw))][:2] == ["in duizend euro"] * 2


def test_the_unit_under_a_period_of_a_header_is_not_that_of_the_year_beside_it():
    def draw(c: Canvas) -> None:
        row(c, 720, "Land", ["2023", "2024", "Verschil", "Rang"])
        row(c, 709, "", ["", "", "2024-2025", "2025"])
        c.drawRightString(440, 698, "(in %)")
        level(c, 692)
        body(c, 678)

    assert paths(tables(draw))[2:] == [("Verschil 2024-2025 (in %)",), ("Rang 2025",)]


def test_a_header_over_its_unit_does_not_head_the_longer_header_beside_it():
    def draw(c: Canvas) -> None:
        middle(c, 720, (285, "Bruto"), (355, "Netto"), (425, "Saldo"))
        middle(c, 709, (495, "Totaal (mln."))
        middle(c, 698, (320, "% bbp"), (425, "% bbp"), (495, "euro)"))
        level(c, 692)
        body(c, 678, [295, 365, 435, 505])

    assert paths(tables(draw)) == [("Bruto", "% bbp"), ("Netto", "% bbp"), ("Saldo", "% bbp"), ("Totaal (mln. euro)",)]
