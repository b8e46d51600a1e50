"""A table beside running text is read by itself where both stand at heights of their own."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import paths, tables

PROSE = [
    "The carriers named here report each month, and all",
    "others once a year, so that the figures of a quarter",
    "come later than those of the year before, which the",
    "office has checked against the accounts of airports.",
]
RIGHTS = [130, 180, 230]
LABELS = ["Delta Air", "United", "American", "Alaska", "Spirit", "JetBlue"]


def text(c: Canvas, x: float, leading: float, lines: int) -> None:
    for k in range(lines):
        c.drawString(x, 700 - leading * k, PROSE[k % 4])


def ranking(c: Canvas, x: float, pitch: float, ruled: bool) -> None:
    for at, header in zip(RIGHTS, ("Airports", "Flights", "On time"), strict=True):
        c.drawRightString(x + at, 703, header)
    c.drawString(x, 703, "Carrier")
    for k, label in enumerate(LABELS):
        y = 703 - pitch * (k + 1)
        c.drawString(x, y, label)
        for at, figure in zip(RIGHTS, (str(61 + 7 * k), str(412 - 9 * k), f"{85 - 3 * k}.{k}"), strict=True):
            c.drawRightString(x + at, y, figure)
        if ruled:
            c.line(x, y - 3, x + 232, y - 3)


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("leading", [10.4, 11.2, 12.3])
@pytest.mark.parametrize("pitch", [12.0, 13.7, 16.1])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_table_beside_running_text_keeps_its_rows(left: bool, leading: float, pitch: float, ruled: bool):
    def draw(c: Canvas) -> None:
        wide = "Carriers with at least 0.5 percent of all passenger revenues report each month to the office of statistics."
        c.drawString(55, 740, wide)
        c.drawString(55, 728, wide)
        text(c, 320 if left else 55, leading, 7)
        ranking(c, 55 if left else 300, pitch, ruled)

    found = tables(draw)
    assert paths(found) == [("Airports",), ("Flights",), ("On time",)]
    assert [r.labels[0] for r in found[0].rows] == LABELS
    assert [c.text for c in found[0].rows[5].cells] == ["96", "367", "70.5"]


@pytest.mark.parametrize("size", [7, 8, 9])
@pytest.mark.parametrize("ruled", [True, False])
def test_a_column_of_running_text_is_part_of_its_table(size: int, ruled: bool):
    def draw(c: Canvas) -> None:
        for k, label in enumerate(LABELS[:5]):
            y = 700 - 30 * k
            c.setFont("Helvetica", 9)
            c.drawString(55, y, label)
            c.drawRightString(150, y, str(61 + 7 * k))
            c.drawRightString(200, y, f"{85 - 3 * k}.{k}")
            c.setFont("Helvetica", size)
            for n in range(2):
                c.drawString(240, y - 10.4 * n, PROSE[(k + n) % 4])
            if ruled:
                c.line(55, y - 17, 500, y - 17)

    rows = [r for t in tables(draw) for r in t.rows]
    text_of = [" ".join((*r.labels, *(c.text for c in r.cells))) for r in rows]
    for k, label in enumerate(LABELS[:5]):
        assert sum(1 for t in text_of if label in t and PROSE[k % 4][:20] in t) == 1
