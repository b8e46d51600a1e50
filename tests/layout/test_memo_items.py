"""Memo items below the total of a table: after a blank row, with a rule above them or not, under a heading or not."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, row, tables

from pv_extract.languages import is_memo

ENDS = [300, 370, 440, 510]


def budget(c: Canvas, columns: int, rules: Sequence[str]) -> float:
    """A table of five rows; the y of the row after the last."""
    ends = ENDS[:columns]
    row(c, 720, "Post", ["2023", "2024", "2025", "2026"][:columns], ends)
    for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente", "Totaal"]):
        row(c, 706 - 14 * k, label, [f"{17 * (k + 1) + 3 * n},{n}" for n in range(columns)], ends)
    for y in (732, 716, 645) if "level" in rules else ():
        level(c, y, 58, ends[-1] + 5)
    if "grid" in rules:
        for k in range(7):
            level(c, 730 - 14 * k, 58, ends[-1] + 5)
        for x in (58, 220, *(end + 5 for end in ends)):
            c.line(x, 730, x, 646)
    return 636


@pytest.mark.parametrize("gap", [0, 14])
@pytest.mark.parametrize("rules", [[], ["level"], ["grid"]], ids=str)
@pytest.mark.parametrize("columns", [1, 2, 4])
@pytest.mark.parametrize("heading", ["", "Pour mémoire :"])
def test_a_memo_item_belongs_to_the_table_above_it(gap: float, rules: list[str], columns: int, heading: str):
    def draw(c: Canvas) -> None:
        y = budget(c, columns, rules) - gap
        if heading:
            c.drawString(60, y, heading)
            y -= 14
        row(c, y, "Schuld" if heading else "p.m. Schuld", ["4,4", "5,5", "6,6", "7,7"][:columns], ENDS[:columns])

    found = tables(draw)
    assert len(found) == 1
    assert [cell.text for cell in found[0].rows[-1].cells] == ["4,4", "5,5", "6,6", "7,7"][:columns]


def test_a_memo_item_may_have_figures_in_some_columns_only():
    def draw(c: Canvas) -> None:
        y = budget(c, 4, ["level"]) - 14
        row(c, y, "Pro memorie: overdrachten", ["6,6", "7,7"], ENDS[2:])

    found = tables(draw)
    assert [cell.text for cell in found[0].rows[-1].cells] == ["", "", "6,6", "7,7"]


def test_another_table_below_is_not_taken_for_memo_items():
    def draw(c: Canvas) -> None:
        y = budget(c, 4, ["level"]) - 20
        row(c, y, "Ontvangsten", ["2023", "2024", "2025", "2026"])
        for k, label in enumerate(["Btw", "Accijnzen", "Rente"]):
            row(c, y - 14 * (k + 1), label, ["4,4", "5,5", "6,6", "7,7"])

    assert len(tables(draw)) == 2


@pytest.mark.parametrize("text", ["p.m. Schuld", "Pour mémoire : dette", "Memorandum items", "Nachrichtlich: Schulden"])
def test_memo_items_are_named_in_each_language(text: str):
    assert is_memo(text)
