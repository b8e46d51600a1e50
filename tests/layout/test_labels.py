"""Labels printed once for a group, and what names the rows within it."""

from tests.make import grid

from pv_extract.layout.headers import interpret
from pv_extract.model import Grid, GridCell


def ages() -> Grid:
    rows = [
        ["Geslacht", "Leeftijd", "2021", "2022"],
        ["Man", "<25", "12", "15"],
        ["", "25-54", "120", "131"],
        ["", "55+", "9", "-"],
        ["Vrouw", "<25", "9", "11"],
        ["", "25-54", "99", "101"],
    ]
    return grid(rows)


def test_ages_within_a_group_are_labels_and_the_group_is_carried_down():
    table = interpret(ages())
    assert table.stub_columns == ("Geslacht", "Leeftijd")
    assert [r.labels for r in table.rows] == [
        ("Man", "<25"),
        ("Man", "25-54"),
        ("Man", "55+"),
        ("Vrouw", "<25"),
        ("Vrouw", "25-54"),
    ]


def test_a_label_cell_over_several_rows_names_each_of_them():
    cells = [c for c in ages().cells if not (c.column == 0 and c.row in {2, 3, 5})]
    spans = {1: 3, 4: 2}
    merged = [
        GridCell(c.row, 0, c.text, row_span=spans[c.row]) if c.column == 0 and c.row in spans else c for c in cells
    ]
    assert [r.labels[0] for r in interpret(Grid(tuple(merged), 1)).rows] == ["Man"] * 3 + ["Vrouw"] * 2


def test_figures_beside_group_labels_stay_figures():
    rows = [["Provincie", "Aantal", "Bedrag"], ["Limburg", "12", "150"], ["", "13", "160"], ["Antwerpen", "17", "90"]]
    assert interpret(grid(rows)).stub_columns == ("Provincie",)
