"""Tables as agencies print them in notes and reports: shaded captions, equal percentages, sources right under the rows."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, paths, row, tables
from tests.layout.test_statistics import figures
from tests.make import grid

from pv_extract.layout.headers import interpret
from pv_extract.layout.join import joined
from pv_extract.model import Grid, Line

RATES = [200, 250, 300, 350, 400, 450]


def rates(c: Canvas, top: float) -> None:
    for k, label in enumerate(["Hainaut", "Liège", "Namur", "Wallonie"]):
        c.drawString(60, top - 14 * k, label)
        texts = [f"{60 + k + n},{n}" for n in range(3)] + [f"{8 + 2 * k + n},{n}" for n in range(3)]
        for x, text in zip(RATES, texts, strict=True):
            c.drawCentredString(x, top - 14 * k, f"{text} %")


def test_a_spanner_that_reaches_a_little_over_its_last_column_is_not_one_with_the_next():
    def draw(c: Canvas) -> None:
        c.drawCentredString(250, 720, "Taux d'emploi administratif (20-64 ans, total)")
        c.drawCentredString(400, 720, "Taux de chômage")
        c.line(178, 715, 470, 715)
        for x, text in zip(RATES, ["Hommes", "Femmes", "Total"] * 2, strict=True):
            c.drawCentredString(x, 704, text)
        level(c, 699, 58, 475)
        rates(c, 686)

    assert [p[0] for p in paths(tables(draw))] == [
        *["Taux d'emploi administratif (20-64 ans, total)"] * 3,
        *["Taux de chômage"] * 3,
    ]


def test_sources_between_the_last_row_and_the_shaded_caption_of_the_next_table_are_no_row():
    def draw(c: Canvas) -> None:
        for y in (750, 610):
            c.setFillColorRGB(0.3, 0.5, 0.2)
            c.rect(58, y, 470, 16, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        c.drawString(60, 754, "Tableau 1. Chômage, 2024")
        for x, text in zip(RATES, ["2019", "2020", "2021", "2022", "2023", "2024"], strict=True):
            c.drawCentredString(x, 738, text)
        level(c, 732, 58, 528)
        rates(c, 720)
        level(c, 670, 58, 528)
        c.drawString(60, 659, "dont Communauté")
        c.drawString(60, 649, "germanophone")
        figures(c, 654, [x + 10 for x in RATES], ["5,6", "5,2", "5,4", "5,1", "5,0", "4,9"])
        c.drawString(
            60, 632, "Sources : Steunpunt Werk, ONSS, INASTI, Statbel ; le territoire de la Communauté y est compris."
        )
        c.drawString(60, 614, "Tableau 2. Emploi, 2024")

    assert [r.labels for r in tables(draw)[0].rows][-2:] == [("Wallonie",), ("dont Communauté germanophone",)]


@pytest.mark.parametrize("code", ["18.", ""])
def test_years_at_the_end_of_a_label_of_two_lines_belong_to_it(code):
    def draw(c: Canvas) -> None:
        x = 100 if code else 60
        row(c, 716, "", ["2024", "2025", "2026"])
        level(c, 711)
        for k, label in enumerate(["Emploi et formation", "Fonds européens – cofinancement", "Recherche"]):
            c.drawString(60, 698 - 14 * k - 9 * (k > 1), f"{code}00{k + 1}" if code else "")
            c.drawString(x, 698 - 14 * k - 9 * (k > 1), label)
            figures(c, 698 - 14 * k - 9 * (k > 1), [300, 370, 440], [f"{k + 1}17,{n}" for n in range(3)])
        c.drawString(x, 675, "2021-2027")
        level(c, 655)

    (found,) = tables(draw)
    assert [r.labels[-1] for r in found.rows][1:] == ["Fonds européens – cofinancement 2021-2027", "Recherche"]


def test_dates_from_and_to_beside_labels_of_several_rows_are_no_labels():
    rows = [
        ["Période", "Du", "Au", "Montant"],
        ["Phase 1", "01.03.2024", "30.04.2024", "3 365,53"],
        ["", "01.05.2024", "31.01.2025", "3 432,85"],
        ["Phase 2", "01.03.2024", "30.04.2024", "3 136,73"],
        ["", "01.05.2024", "31.01.2025", "3 199,46"],
    ]
    assert interpret(grid(rows)).stub_columns == ("Période",)
    assert interpret(grid([[r[0], r[1], r[3]] for r in rows])).stub_columns == ("Période", "Du")


@pytest.mark.parametrize("caption", ["Tableau 27 (suite)", "Tabel 27. Uitgaven (vervolg)", "Tableau 27. Dépenses"])
def test_a_caption_that_is_printed_again_or_says_so_stands_between_the_parts_of_one_table(caption):
    def part(page: int, label: str) -> Grid:
        rows = [["Programme", "2025", "2026"], [label, "12", "13"], ["Total " + label, "14", "15"]]
        return Grid(tuple(c._replace(page=page) for c in grid(rows).cells), page)

    found = joined([Line("Tableau 27. Dépenses"), part(1, "A"), Line(caption, 2), part(2, "B"), Line("Source", 2)])
    assert [
        b.text if isinstance(b, Line) else len(b.joins) for b in found if not (isinstance(b, Line) and b.furniture)
    ] == [
        "Tableau 27. Dépenses",
        1,
        "Source",
    ]
    assert len(joined([part(1, "A"), Line("Tableau 28. Recettes", 2), part(2, "B")])) == 3
