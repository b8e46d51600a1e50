"""Notes beside each other on one line below a table are no row of it."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import RIGHT, body, level, paths, tables

SERIES = [
    ("raised", ("a", "b", "c")),
    ("raised", ("1", "2", "3")),
    ("raised", ("(1)", "(2)", "(3)")),
    ("level", ("(1)", "(2)", "(3)")),
    ("level", ("(a)", "(b)", "(c)")),
    ("level", ("*", "**", "***")),
    ("level", ("1)", "2)", "3)")),
]
NOTES = [("Green bond.", "Provisional, subject to the reopening."), ("Green", "Estimate", "Preliminary figures")]


def line_of_notes(c: Canvas, y: float, kind: str, marks: Sequence[str], notes: Sequence[str], gap: float) -> None:
    x = 60.0
    for mark, note in zip(marks, notes, strict=False):
        c.setFont("Helvetica", 5 if kind == "raised" else 8)
        c.drawString(x, y + (3 if kind == "raised" else 0), mark)
        x += c.stringWidth(mark) + (1 if kind == "raised" else 2.5)
        c.setFont("Helvetica", 8)
        c.drawString(x, y, note)
        x += c.stringWidth(note) + gap


@pytest.mark.parametrize(("kind", "marks"), SERIES)
@pytest.mark.parametrize("notes", NOTES)
@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("gap", [8.0, 20.0])
def test_notes_beside_each_other_are_no_row(
    kind: str, marks: Sequence[str], notes: Sequence[str], ruled: bool, gap: float
):
    def draw(c: Canvas) -> None:
        c.drawString(60, 712, "Line")
        for x, header in zip(RIGHT, ("Coupon", "Issued", "2024", "2025"), strict=True):
            c.drawRightString(x, 712, header)
        for y in (722, 707, 647) if ruled else ():
            level(c, y)
        body(c, 694)
        line_of_notes(c, 636 if ruled else 639, kind, marks, notes, gap)
        c.drawString(60, 626, "Source: Agency. A negative issue is a buy-back.")

    found = tables(draw)
    assert paths(found) == [("Coupon",), ("Issued",), ("2024",), ("2025",)]
    assert [r.labels for r in found[0].rows] == [("Lonen",), ("Werking",), ("Subsidies",), ("Rente",)]


def test_numbered_headers_head_their_columns():
    def draw(c: Canvas) -> None:
        c.drawString(60, 712, "Line")
        for x, header in zip(RIGHT, ("(1) Begin", "(2) Issued", "(3) Repaid", "(4) End"), strict=True):
            c.drawRightString(x, 712, header)
        body(c, 694)

    assert paths(tables(draw)) == [("(1) Begin",), ("(2) Issued",), ("(3) Repaid",), ("(4) End",)]
