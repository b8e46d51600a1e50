"""Headers that share out the columns under them, without a rule to say so, and the columns that name a row."""

from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

from pv_extract.layout.headers import interpret
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.layout.spanners import header_rows
from pv_extract.model import Box, Grid, GridCell, RawTable, Word

SIX = [230, 285, 340, 395, 450, 505]


def grid(*rows: str) -> RawTable:
    cells = (GridCell(r, c, text) for r, line in enumerate(rows) for c, text in enumerate(line.split("|")))
    return interpret(Grid(tuple(cells), 1))


def test_two_texts_over_the_middle_of_three_columns_each_head_them_all():
    def draw(c: Canvas) -> None:
        for x, text in ((264, "Gemiddelden"), (440, "Jaarcijfers")):
            c.drawCentredString(x, 716, text)
        row(c, 706, "", ["2012-2018", "2019-2024", "2025-2030", "2024", "2025", "2026"], SIX)
        level(c, 702)
        body(c, 688, SIX)

    assert [p[0] for p in paths(tables(draw))] == ["Gemiddelden"] * 3 + ["Jaarcijfers"] * 3


def test_the_lines_of_a_header_stand_closer_to_each_other_than_to_its_spanner():
    def draw(c: Canvas) -> None:
        c.drawCentredString(355, 726, "Uitvoering")
        c.line(270, 722, 442, 722)
        c.drawRightString(510, 726, "Ramingen")
        c.drawRightString(510, 711, "2026")
        row(c, 700, "", ["2023", "2024", "2025", "(na controle)"])
        level(c, 696)
        body(c, 684)

    assert paths(tables(draw))[-1] == ("Ramingen", "2026 (na controle)")


def test_a_blank_beside_a_spanner_under_another_header_is_not_its_own():
    cells = [
        GridCell(0, 1, "September", column_span=2),
        GridCell(0, 3, "Januari", column_span=2),
        *(GridCell(1, c, t) for c, t in enumerate(["", "", "Verschil", "", "Verschil"])),
        *(GridCell(2, c, t) for c, t in enumerate(["", "2024", "in %", "2024", "in %"])),
        *(GridCell(3, c, t) for c, t in enumerate(["Accijnzen", "868,6", "2,5", "7.774,2", "4,5"])),
    ]
    assert interpret(Grid(tuple(cells), 1)).columns[2].path == ("Januari", "2024")


def test_codes_before_the_text_that_names_a_row_are_labels():
    found = grid(
        "DO|AB|Libellé|2025|2026",
        "||Programme 02||",
        "14|43.00.22|Dotation au fonds|17.669|18.061",
        "14|14.01.11|Primes|21.028|21.204",
        "||Total|38.697|39.265",
    )
    assert [r.labels for r in found.rows][1] == ("14", "43.00.22", "Dotation au fonds")
    assert len(found.columns) == 2


def test_thousands_before_a_text_are_figures():
    found = grid("Post|2025|Uitleg|2026", "Lonen|1.417.669|groei|18.061", "Huur|2.421.028|index|21.204")
    assert len(found.columns) == 3


def test_the_text_beside_a_number_of_rows_names_them():
    found = grid(
        "Nr.|Aanbeveling|Antwoord|Status",
        "1|Raam de kosten|Akkoord|Bezig",
        "2|Meet de bezetting|Akkoord|Klaar",
        "3|Verdeel de taken|Geen|Open",
    )
    assert found.rows[1].labels == ("2", "Meet de bezetting")


def test_a_heading_of_rows_under_a_header_is_no_level_of_it():
    words = [Word(t, Box(x, y, x + 5 * len(t), y + 9), size=9) for t, x, y in (("2025", 200, 10), ("Posten", 20, 24))]
    figure = Word("12,5", Box(200, 38, 220, 47), size=9)
    slots = [Slot(0, 0, 1, 1, words[:1]), Slot(1, 1, 0, 0, words[1:]), Slot(2, 2, 1, 1, [figure])]
    assert header_rows(Lattice([10, 100, 230], [5, 20, 34, 50], slots)) == [0]


def years(c: Canvas, first: str, at: float) -> None:
    """Whole years beside a quarter and months, which share out the years above them."""
    ends = (260, 310, 360, 410, 460, 510)
    c.drawCentredString(at, 716, first)
    c.drawCentredString(450, 716, "2023")
    row(c, 706, "", ["2021", "2022", "Q4", "Q1", "Mar", "Apr"], ends)
    for k, label in enumerate(["Percent change", "Total", "Revolving", "Outstanding", "Total", "Revolving"]):
        heading = k in (0, 3)
        c.setFont("Helvetica-Oblique" if heading else "Helvetica", 9)
        row(c, 692 - 11 * k, label, [] if heading else [f"{7 * k + n},{n}" for n in range(6)], ends)


def test_a_year_over_one_quarter_beside_a_year_over_months_is_a_level():
    heads = paths(tables(lambda c: years(c, "2022", 354)))
    assert heads == [("2021",), ("2022",), ("2022", "Q4"), ("2023", "Q1"), ("2023", "Mar"), ("2023", "Apr")]


def test_years_share_out_the_quarters_beside_whole_years():
    def draw(c: Canvas) -> None:
        for x, text in ((346, "2021"), (472, "2022")):
            c.drawCentredString(x, 716, text)
        ends = (220, 310, 352, 394, 436, 478, 520)
        row(c, 706, "", ["2020", "Q1", "Q2", "Q3", "Q1", "Q2", "Q3"], ends)
        body(c, 690, ends)

    assert paths(tables(draw)) == [("2020",), *((y, q) for y in ("2021", "2022") for q in ("Q1", "Q2", "Q3"))]


def test_a_heading_in_italics_is_no_line_of_the_label_below_it():
    def draw(c: Canvas) -> None:
        row(c, 706, "", ["2021", "2022", "2023", "2024"])
        for y, heading in ((692, "Percent change, annual rate"), (648, "Flow, annual rate")):
            c.setFont("Helvetica-Oblique", 9)
            row(c, y, heading, [])
            c.setFont("Helvetica", 9)
            for k, label in enumerate(["Total percent change, all", "Revolving"]):
                row(c, y - 11 - 22 * k, label, [f"{7 * k + n},{n}" for n in range(4)])
            row(c, y - 22, "kinds of credit", [])

    (found,) = tables(draw)
    labels = ["Total percent change, all kinds of credit", "Revolving"]
    assert [r.labels[0] for r in found.rows] == ["Percent change, annual rate", *labels, "Flow, annual rate", *labels]
