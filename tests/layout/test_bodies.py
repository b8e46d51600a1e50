"""Bodies of tables: where they begin, which of their lines are rows, and where they go on over a page."""

from tests.layout.test_budget_tables import level, row, tables
from tests.make import grid

from pv_extract.layout.headers import interpret
from pv_extract.layout.join import joined
from pv_extract.model import Box, Grid, GridCell


def test_rows_of_words_around_one_figure_are_no_header():
    raw = interpret(
        grid(
            [
                ["Nr.", "Aanbeveling", "Budget", "Stand van zaken"],
                ["1", "Een evenwicht tegen 2027", "412,0", "Niet gehaald: het tekort bedraagt 1.385 euro"],
                ["2", "Een norm", "-", "In voorbereiding"],
                ["3", "Dienstencheques", "66,2", "Gehaald"],
                ["", "Totaal", "478,2", ""],
            ]
        )
    )
    assert [c.path for c in raw.columns] == [("Budget",), ("Stand van zaken",)]
    assert [r.cells[0].text for r in raw.rows] == ["412,0", "-", "66,2", "478,2"]


def test_a_label_with_dashes_alone_is_a_row():
    def draw(c):
        row(c, 700, "", ["2023", "2024", "2025", "2026"])
        for k, (first, second, total) in enumerate([("12,5", "2,5", "15,0"), ("2,3", "-", "2,3")]):
            top = 684 - 45 * k
            row(c, top, "Ontvangsten", [first] * 4)
            row(c, top - 14, "Uitgaven", [second] * 4)
            level(c, top - 19)
            row(c, top - 30, "Saldo", [total] * 4)
            level(c, top - 35)

    (found,) = tables(draw)
    assert [r.labels[0] for r in found.rows] == ["Ontvangsten", "Uitgaven", "Saldo"] * 2


def test_a_table_goes_on_without_its_header_where_its_columns_end_with_their_figures():
    def part(page, borders, texts):
        cells = [
            GridCell(r, c, text, page, Box(x0, 100 + 20 * r, x1, 120 + 20 * r))
            for r, line in enumerate(texts)
            for c, (text, x0, x1) in enumerate(zip(line, borders, borders[1:], strict=False))
        ]
        return Grid(tuple(cells), page, Box(borders[0], 100, borders[-1], 160), how="aligned")

    before = part(
        1, [60, 230, 320, 400, 480, 540], [["", "2023", "2024", "2025", "Evolutie"], ["A", "1", "2", "3", "4%"]]
    )
    after = part(2, [60, 250, 320, 400, 512, 540], [["B", "5", "6", "7", "8%"], ["C", "9", "10", "11", "1%"]])
    (together,) = joined([before, after], 842)
    assert isinstance(together, Grid)
    assert [row.labels[0] for row in interpret(together).rows] == ["A", "B", "C"]
