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


def justified(c: Canvas, x: float, leading: float, lines: int) -> None:
    for k in range(lines):
        words = PROSE[k % 4].split()
        space = (236 - sum(c.stringWidth(w, "Helvetica", 9) for w in words)) / (len(words) - 1)
        for n, word in enumerate(words):
            c.drawString(x + sum(c.stringWidth(w, "Helvetica", 9) + space for w in words[:n]), 700 - leading * k, word)


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


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("leading", [10.4, 11.2, 12.3])
@pytest.mark.parametrize("pitch", [12.0, 13.7, 16.1, 17.4])
@pytest.mark.parametrize("lines", [8, 14])
def test_so_it_does_beside_a_text_set_wide_that_ends_before_it_or_goes_on(
    left: bool, leading: float, pitch: float, lines: int
):
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 9)
        justified(c, 320 if left else 55, leading, lines)
        ranking(c, 55 if left else 320, pitch, ruled=False)

    found = tables(draw)
    assert paths(found) == [("Airports",), ("Flights",), ("On time",)]
    assert [r.labels[0] for r in found[0].rows] == LABELS


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


NARROW = [
    "In 2024 werden 196 inwoners",
    "geboren en overleden er 230.",
    "Er kwamen 1.121 personen in",
    "de gemeente wonen, terwijl",
    "1.087 personen vertrokken.",
    "De interne migratie binnen",
    "het gewest maakt het meeste",
]


@pytest.mark.parametrize("leading", [10.7, 11.6])
def test_so_it_does_beside_a_narrow_text_with_numbers_in_it(leading: float):
    def draw(c: Canvas) -> None:
        for k, line in enumerate(NARROW):
            c.drawString(55, 706 - leading * k, line)
        c.setFont("Helvetica", 8)
        ranking(c, 250, 12.9, ruled=False)

    found = tables(draw)
    assert paths(found) == [("Airports",), ("Flights",), ("On time",)]
    assert [r.labels[0] for r in found[0].rows] == LABELS


def test_a_table_keeps_its_last_row_beside_the_source_of_the_one_next_to_it():
    def draw(c: Canvas) -> None:
        for x, labels in ((55, LABELS[:4]), (310, LABELS)):
            c.drawString(x, 703, "Carrier")
            for at, header in zip(RIGHTS, ("2015", "2020", "2025"), strict=True):
                c.drawRightString(x + at, 703, header)
            for k, label in enumerate(labels):
                c.drawString(x, 690 - 11 * k, label)
                for n, at in enumerate(RIGHTS):
                    c.drawRightString(x + at, 690 - 11 * k, str(500 - 60 * k + 7 * n))
        c.setFont("Helvetica", 7)
        c.drawString(55, 690 - 11 * 4, "Source: carriers")

    found = tables(draw)
    assert [[r.labels[0] for r in t.rows] for t in found] == [LABELS[:4], LABELS]
