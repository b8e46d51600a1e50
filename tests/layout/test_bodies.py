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


def test_years_with_their_kind_of_budget_head_columns():
    years = ["2025 (BA)", "2026-2025", "2026 (BO)", "2027"]
    raw = interpret(
        grid([["", *years], ["Lonen", "10.398,5", "190,3", "10.588,8", "10.893,7"], ["Rente", "1", "2", "3", "4"]])
    )
    assert [c.path for c in raw.columns] == [(year,) for year in years]


def test_tables_with_shaded_headers_beside_a_text_and_under_each_other_are_two():
    text = ["Het aantal dossiers", "dat niet volledig was", "is met twee gedaald", "sinds het vorige jaar"] * 4

    def table_at(c, top, label):
        c.drawString(240, top + 22, f"Tabel {label}: Aandelen per {label}")
        c.setFillColorRGB(0.7, 0.8, 0.8)
        for x0, x1 in ((240, 400), (400, 460), (460, 514)):
            c.rect(x0, top - 4, x1 - x0, 14, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        for x, header in ((245, label), (405, "2024"), (465, "2025")):
            c.drawString(x, top, header)
        for k, name in enumerate(["Noord", "Zuid", "Oost"]):
            c.drawString(245, top - 16 * (k + 1), name)
            c.drawRightString(455, top - 16 * (k + 1), f"{k + 3},4%")
            c.drawRightString(510, top - 16 * (k + 1), f"{k + 5},1%")
            level(c, top - 4 - 16 * (k + 1), 240, 514)

    def draw(c):
        for k, line in enumerate(text):
            c.drawString(60, 707 - 11.3 * k, line)
        table_at(c, 690, "1")
        table_at(c, 590, "2")

    found = tables(draw)
    assert [[r.labels[0] for r in raw.rows] for raw in found] == [["Noord", "Zuid", "Oost"]] * 2
    assert [[c.path for c in raw.columns] for raw in found] == [[("2024",), ("2025",)]] * 2
