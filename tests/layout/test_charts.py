"""Tables beside a chart: its bars, labels and axis are no columns of them."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import paths, tables

from pv_extract.model import RawTable

LENGTHS = [92, 81, 79, 75, 70, 61]


def ranking(c: Canvas, x: float, shaded: bool) -> None:
    """Six rows, each second one shaded, under a header."""
    for k in range(6):
        if shaded and k % 2:
            c.setFillColorRGB(0.9, 0.93, 0.97)
            c.rect(x - 4, 683 - 13 * k, 190, 13, stroke=0, fill=1)
            c.setFillColorRGB(0, 0, 0)
        c.drawString(x, 686 - 13 * k, str(k + 1))
        c.drawString(x + 30, 686 - 13 * k, ["Delta Air", "United", "American", "Alaska", "Spirit", "JetBlue"][k])
        c.drawRightString(x + 130, 686 - 13 * k, str(61 + 7 * k))
        c.drawRightString(x + 180, 686 - 13 * k, f"{85 - 3 * k}.{k}")
    for at, text in ((0, "Rank"), (30, "Carrier")):
        c.drawString(x + at, 702, text)
    for at, text in ((130, "Airports"), (180, "On time")):
        c.drawRightString(x + at, 702, text)


def lying(c: Canvas, x: float, step: float = 14.3) -> None:
    for k, length in enumerate(LENGTHS):
        c.drawString(x, 690 - step * k, "ABCDEF"[k] + " Air")
        c.rect(x + 40, 688 - step * k, length, 9, stroke=0, fill=1)
        c.drawString(x + 44 + length, 690 - step * k, str(length))
    for k in range(5):
        c.drawString(x + 36 + 25 * k, 690 - step * 6, str(25 * k))


def standing(c: Canvas, x: float, axis: Sequence[str] = ("0", "25", "50", "75", "100")) -> None:
    for k, length in enumerate(LENGTHS):
        c.rect(x + 40 + 22 * k, 610, 12, length, stroke=0, fill=1)
        c.drawString(x + 42 + 22 * k, 600, "ABCDEF"[k])
    for k, number in enumerate(axis):
        c.drawRightString(x + 24, 607 + 22.5 * k, number)


def check(found: list[RawTable]) -> None:
    assert paths(found) == [("Airports",), ("On time",)]
    assert [r.labels[0] for r in found[0].rows] == ["1", "2", "3", "4", "5", "6"]
    assert [[c.text for c in r.cells] for r in found[0].rows][5] == ["96", "70.5"]


@pytest.mark.parametrize("chart", [lying, standing])
@pytest.mark.parametrize("shaded", [True, False])
@pytest.mark.parametrize("left", [True, False])
def test_a_table_beside_a_chart_keeps_its_own_rows_and_columns(chart, shaded: bool, left: bool):
    def draw(c: Canvas) -> None:
        c.drawString(
            60, 740, "Carriers with at least 0.5 percent of all passenger revenues report each month to the office."
        )
        c.drawString(60, 722, "Table 1. Flights on time")
        c.drawString(320, 722, "Figure 1. Flights on time")
        ranking(c, 60 if left else 320, shaded)
        chart(c, 320 if left else 60)

    check(tables(draw))


def test_bars_at_the_heights_of_the_rows_of_a_table_part_it_nowhere():
    def draw(c: Canvas) -> None:
        ranking(c, 60, shaded=False)
        for k, length in enumerate(LENGTHS):
            c.rect(260, 685 - 13 * k, length, 9, stroke=0, fill=1)

    check(tables(draw))


def test_a_table_between_two_charts_keeps_its_own_rows_and_columns():
    def draw(c: Canvas) -> None:
        lying(c, 20, step=15)
        ranking(c, 195, shaded=False)
        lying(c, 410)

    check(tables(draw))


AXES = [
    ("0", "400", "800", "1.200", "1.600"),
    ("0", "400", "800", "1,200", "1,600"),
    ("€ 0", "€ 500", "€ 1 000", "€ 1 500", "€ 2 000"),
    ("-1,0", "-0,5", "0,0", "0,5", "1,0"),
    ("0%", "5%", "10%", "15%", "20%"),
]


@pytest.mark.parametrize("axis", AXES, ids=lambda axis: axis[-1])
def test_a_chart_below_a_table_beside_text_leaves_both_as_they_are(axis: Sequence[str]):
    prose = ["The carriers named here report each month, and", "all others once a year, so that the figures come"]

    def draw(c: Canvas) -> None:
        for k in range(12):
            c.drawString(320, 746 - 11.6 * k, prose[k % 2])
        c.drawString(60, 722, "Table 1. Carriers")
        ranking(c, 60, shaded=False)
        c.drawString(60, 604, "Source: reports of the carriers, September 2025.")
        c.translate(0, -160)
        c.drawString(60, 720, "Figure 1. Flights on time of carriers")
        standing(c, 60, axis)
        c.drawString(60, 580, "Source: reports of the carriers, September 2025.")

    check(tables(draw))


@pytest.mark.parametrize("axis", AXES, ids=lambda axis: axis[-1])
@pytest.mark.parametrize("x", [60, 180])
def test_the_numbers_of_an_axis_are_no_text_beside_the_chart(axis: Sequence[str], x: float):
    def draw(c: Canvas) -> None:
        ranking(c, 60, shaded=False)
        c.translate(0, -130)
        c.drawString(x, 720, "Figure 1. Flights on time")
        standing(c, x, axis)

    check(tables(draw))
