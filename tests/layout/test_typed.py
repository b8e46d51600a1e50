"""Pages of a typewriter: rules of hyphens and underscores."""

from tests.layout.test_budget_tables import tables

LINES = [
    "------------------------------------------------------",
    "                         Aanvragen        Toekenningen",
    "  Provincie            ---------------   -------------",
    "                         2021    2022     2021    2022",
    "------------------------------------------------------",
    "Antwerpen                 412     398      377     361",
    "Limburg                   205     211      190     188",
    "Oost-Vlaanderen           330     342      305     311",
    "------------------------------------------------------",
]


def test_rows_of_hyphens_are_rules():
    def draw(c):
        c.setFont("Courier", 9)
        for k, text in enumerate(LINES):
            c.drawString(60, 700 - 11 * k, text)

    (found,) = tables(draw)
    assert not any("--" in cell.text for cell in found.grid.cells)
    heads = [(top, year) for top in ("Aanvragen", "Toekenningen") for year in ("2021", "2022")]
    assert [c.path for c in found.columns] == heads
    assert [r.labels[0] for r in found.rows] == ["Antwerpen", "Limburg", "Oost-Vlaanderen"]
