"""Tables as agencies print them in notes and reports: shaded captions, equal percentages, sources right under the rows."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, paths, row, tables
from tests.layout.test_statistics import figures, read
from tests.make import grid

from pv_extract.layout.headers import interpret
from pv_extract.layout.join import joined, repeated
from pv_extract.layout.pages import blocks
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


@pytest.mark.parametrize(
    "caption",
    ["Tableau 27 (suite)", "Tabel 27. Uitgaven (vervolg)", "Tableau 27. Dépenses", "Firms by sector: 2022—Con."],
)
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


def test_the_header_of_the_labels_may_stand_on_another_line_of_a_header_printed_again():
    def part(page: int, label: str, first: str, second: str) -> Grid:
        rows = [
            [first, "2024", "2025"],
            [second, "Raming", "Raming"],
            [label, "12,1", "13,1"],
            ["Rente", "14,1", "15,1"],
        ]
        return Grid(tuple(c._replace(page=page) for c in grid(rows).cells), page)

    found, *again = joined([part(1, "Lonen", "", "Bron"), part(2, "Werking", "Bron", "")])
    assert isinstance(found, Grid)
    assert [b.text for b in again if isinstance(b, Line) and b.furniture] == ["Bron 2024 2025", "Raming Raming"]
    assert [r.labels for r in interpret(found).rows] == [("Lonen",), ("Rente",), ("Werking",), ("Rente",)]
    assert repeated(part(1, "Lonen", "", "Bron"), part(2, "Werking", "Dienst", "")) == 0


def test_labels_in_two_languages_on_two_lines_are_one_beside_their_figures():
    def draw(c: Canvas) -> None:
        row(c, 730, "", ["2023", "2024", "2025", "2026"])
        level(c, 725)
        for k, (dutch, french) in enumerate(
            [("Lonen", "Salaires"), ("Werking", "Fonctionnement"), ("Rente", "Intérêts")]
        ):
            c.drawString(60, 712 - 26 * k, dutch)
            row(c, 702 - 26 * k, french, [f"{k + 1}17,{n}" for n in range(4)])
        level(c, 643)
        c.drawString(60, 632, "Totaal")
        row(c, 622, "Total", ["651,0", "654,0", "657,0", "660,0"])
        level(c, 615)

    (found,) = tables(draw)
    labels = ["Lonen Salaires", "Werking Fonctionnement", "Rente Intérêts", "Totaal Total"]
    assert [r.labels[0] for r in found.rows] == labels


def test_headings_over_single_rows_that_stand_further_in_are_no_lines_of_their_labels():
    def draw(c: Canvas) -> None:
        row(c, 730, "", ["2023", "2024", "2025", "2026"])
        level(c, 725)
        for k, place in enumerate(["Aalst", "Gent", "Ronse"]):
            c.drawString(60, 712 - 26 * k, place)
            c.drawString(70, 702 - 26 * k, "Aantal")
            row(c, 702 - 26 * k, "", [f"{k + 1}17,{n}" for n in range(4)])

    (found,) = tables(draw)
    assert [r.group for r in found.rows if not r.heading] == [("Aalst",), ("Gent",), ("Ronse",)]


@pytest.mark.parametrize("text_left", [True, False])
def test_a_table_beside_a_text_on_a_part_of_the_page_is_read_by_itself(text_left):
    def draw(c: Canvas) -> None:
        x, y = (60, 300) if text_left else (340, 60)
        said = "de uitstoot daalde opnieuw vooral in de sector van de energie en de huizen"
        words = said.split(" ")
        for k in range(12):
            text = " ".join((words[k:] + words)[:7])
            c.drawString(x, 740 - 12.7 * k, text, charSpace=(180 - c.stringWidth(text)) / len(text))
        for k in range(5):
            c.drawString(60, 570 - 12 * k, " ".join([*words, *words[:9]]))
        heads, body_at = ["2023", "2024", "2025"], [y + 130, y + 175, y + 220]
        for xs, text in zip(body_at, heads, strict=True):
            c.drawRightString(xs, 733, text)
        for k, label in enumerate(["Industrie", "Vervoer", "Landbouw", "Diensten"]):
            c.drawString(y, 718 - 15 * k, label)
            figures(c, 718 - 15 * k, body_at, [f"{k + 1}7,{n}" for n in range(3)])

    (found,) = tables(draw)
    assert [r.labels[0] for r in found.rows] == ["Industrie", "Vervoer", "Landbouw", "Diensten"]
    assert paths([found]) == [("2023",), ("2024",), ("2025",)]


def test_a_column_of_codes_beside_the_labels_is_one_of_labels():
    rows = [
        ["Commune", "Code INS", "2024"],
        ["Amay", "61003", "14545"],
        ["Huy", "61031", "9152"],
        ["Wanze", "61072", "96"],
    ]
    assert interpret(grid(rows)).stub_columns == ("Commune", "Code INS")
    branches = [
        ["Branche", "NACE", "2024"],
        ["Landbouw", "A", "120"],
        ["Voeding", "10-12", "9152"],
        ["Papier", "17", "96"],
    ]
    assert interpret(grid(branches)).stub_columns == ("Branche", "NACE")
    other = [["Commune", "Code de la route", "2024"], *rows[1:]]
    assert interpret(grid(other)).stub_columns == ("Commune",)


def test_codes_of_any_form_under_a_header_that_says_so_are_labels():
    rows = [
        ["Post", "Code", "2026", "2027"], ["I. Uitgaven", "", "30", "40"], ["1. Goederen", "60/61", "10", "20"],
        ["2. Personeel", "62", "20", "20"], ["a. Politiek", "620.1", "12", "9"],
    ]  # fmt: skip
    assert interpret(grid(rows)).stub_columns == ("Post", "Code")
    rows[3][1] = "60/61"  # no code names two things
    assert interpret(grid(rows)).stub_columns == ("Post",)


@pytest.mark.parametrize(
    ("header", "numbers"),
    [("CAS number", ["75-07-0", "309-00-2", "N084"]), ("Reference", ["EP-2211", "EP-2309", "EP-2400"])],
)
def test_the_number_of_what_a_label_names_is_a_value(header: str, numbers: list[str]):
    names = ["Acetaldehyde", "Aldrin", "Chlorophenols category"]
    rows = [
        ["Chemical", header, "Limit"],
        *([a, b, str(k + 12)] for k, (a, b) in enumerate(zip(names, numbers, strict=True))),
    ]
    assert interpret(grid(rows)).stub_columns == ("Chemical",)
    coded = [["Chemical", "Code", "Limit"], *([str(k + 1), *row[1:]] for k, row in enumerate(rows[1:]))]
    assert interpret(grid(coded)).stub_columns == ("Chemical", "Code")
    grouped = [rows[0], *([name, *row[1:]] for name, row in zip(["Gases", "", "Liquids"], rows[1:], strict=True))]
    assert interpret(grid(grouped)).stub_columns == ("Chemical", header)


def torn(*, header: bool, rest: str) -> list[str]:
    def draw(c: Canvas) -> None:
        row(c, 150, "", ["2023", "2024", "2025", "2026"])
        level(c, 146)
        for k in range(5):
            row(c, 132 - 14 * k, f"Post {k} van de uitgaven", [f"{k + 1}17,{n}" for n in range(4)])
        row(c, 62, "Subsidies voor de opvang en", [f"917,{n}" for n in range(4)])
        c.showPage()
        c.setFont("Helvetica", 9)
        y = 790
        if header:
            row(c, y, "", ["2023", "2024", "2025", "2026"])
            level(c, y - 4)
            y -= 18
        c.drawString(60, y, rest)
        for k in range(6, 10):
            row(c, y - 14 * (k - 5), f"Post {k} van de uitgaven", [f"{k + 1}17,{n}" for n in range(4)])

    return [r.labels[0] for table in tables(draw) for r in table.rows if not r.heading]


@pytest.mark.parametrize("header", [True, False])
def test_the_rest_of_a_label_on_the_next_page_belongs_to_the_last_row_of_the_page_before(header):
    labels = torn(header=header, rest="de huisvesting van jongeren")
    assert labels[5:7] == ["Subsidies voor de opvang en de huisvesting van jongeren", "Post 6 van de uitgaven"]
    assert len(labels) == 10


def test_a_heading_at_the_top_of_the_next_page_is_no_rest_of_a_label():
    assert torn(header=True, rest="waarvan")[5] == "Subsidies voor de opvang en"


def test_headings_with_a_number_before_them_part_groups_of_rows_of_one_table():
    def draw(c: Canvas) -> None:
        row(c, 740, "Artikel", ["Budget", "Aangerekend", "Saldo"], [370, 440, 510])
        c.drawString(130, 740, "Omschrijving")
        level(c, 736)
        y = 724
        for code, group in (("104", "Algemeen bestuur"), ("421", "Wegen")):
            c.setFillColorRGB(0.9, 0.92, 0.95)
            c.rect(58, y - 4, 456, 13, stroke=0, fill=1)
            c.setFillColorRGB(0, 0, 0)
            c.drawString(60, y, f"{code} {group}")
            for k, name in enumerate(["Wedden", "Telefoon", "Onderhoud van gebouwen"], start=1):
                row(c, y - 14 * k, f"{code}/111-0{k}", [f"{k}.417,0{n}" for n in range(3)], [370, 440, 510])
                c.drawString(130, y - 14 * k, name)
            c.line(300, y - 46, 514, y - 46)
            c.drawString(130, y - 56, f"Totaal {code}")
            figures(c, y - 56, [370, 440, 510], ["6.502,00", "6.502,03", "6.502,06"])
            y -= 70

    (found,) = tables(draw)
    rows = [r for r in found.rows if not r.heading]
    assert paths([found]) == [("Budget",), ("Aangerekend",), ("Saldo",)]
    assert [r.group for r in rows] == [("104 Algemeen bestuur",)] * 4 + [("421 Wegen",)] * 4
    assert [r.printed[0] for r in rows][2:5] == ["104/111-03", "", "421/111-01"]


def test_lines_of_a_label_beside_a_rule_that_leaves_its_column_out_are_one():
    def draw(c: Canvas) -> None:
        row(c, 740, "Artikel", ["2024", "2025", "2026"], [370, 440, 510])
        c.drawString(180, 740, "Krediet")
        level(c, 736)
        for k, (first, rest) in enumerate([("Personeel en", "werking"), ("Subsidies", "aan gemeenten"), ("Rente", "")]):
            y = 724 - 34 * k
            row(c, y, first, [f"{k + 1}17,{n}" for n in range(3)], [370, 440, 510])
            row(c, y - 15, rest, [f"{k + 1}18,{n}" for n in range(3)], [370, 440, 510])
            c.drawString(180, y, "VAK")
            c.drawString(180, y - 15, "VEK")
            c.line(176, y - 4, 514, y - 4)
            level(c, y - 21)

    (found,) = tables(draw)
    names = ["Personeel en werking", "Subsidies aan gemeenten", "Rente"]
    assert [r.labels for r in found.rows] == [(name, kind) for name in names for kind in ("VAK", "VEK")]


def test_notes_in_the_last_row_of_a_frame_stand_below_the_table():
    def draw(c: Canvas) -> None:
        for k, text in enumerate(["Mouvement", "Naissances¹", "Décès²", "Solde"]):
            row(c, 740 - 14 * k, text, ["2024", "2025", "2026"] if not k else [f"{k}17" + str(n) for n in range(3)])
        c.drawString(60, 684, "¹ Y compris les enfants mort-nés. ² Décès sur le territoire.")
        for k in range(6):
            level(c, 750 - 14 * k)
        for x in (58, 514):
            c.line(x, 750, x, 680)
        for x in (230, 304, 374):
            c.line(x, 750, x, 694)

    found = blocks(read(draw))
    (table,) = (b for b in found if isinstance(b, Grid))
    assert max(c.row for c in table.cells) == 3
    assert [b.text for b in found if isinstance(b, Line)] == [
        "¹ Y compris les enfants mort-nés. ² Décès sur le territoire."
    ]


REMARKS = [
    ("Spijbelaars", "12,4", ["Aantal begeleide leerlingen in de", "centra, ongeacht de duur"]),
    ("Time-out", "3,2", ["Projecten van minstens twee weken."]),
    ("Duaal leren", "24,5", ["Leerlingen met een overeenkomst,", "met inbegrip van de aanloopfase."]),
    ("Onthaalonderwijs voor", "41,4", ["Gemiddelde van het hele jaar."]),
]


def test_a_text_close_behind_figures_is_a_column_and_a_label_in_larger_type_wraps_at_its_own_step():
    def draw(c: Canvas) -> None:
        row(c, 740, "Maatregel", ["Leerlingen", "Aandeel (%)"], [230, 300])
        c.drawString(305.5, 740, "Toelichting")
        level(c, 735)
        y = 722.0
        for label, share, remark in REMARKS:
            row(c, y, label, ["1.204", share], [230, 300])
            c.setFont("Helvetica", 8)
            for k, text in enumerate(remark):
                c.drawString(306.7, y - 10.4 * k, text)
            c.setFont("Helvetica", 9)
            y -= 16 + 10.4 * (len(remark) - 1)
        c.drawString(60, y + 16 - 11.7, "anderstaligen")

    (found,) = tables(draw)
    assert paths([found]) == [("Leerlingen",), ("Aandeel (%)",), ("Toelichting",)]
    assert [r.labels[0] for r in found.rows][-1] == "Onthaalonderwijs voor anderstaligen"
    assert [r.cells[1].text for r in found.rows] == ["12,4", "3,2", "24,5", "41,4"]


def test_dates_beside_labels_that_a_total_leaves_out_are_values():
    rows = [
        ["Weg", "Werken", "Begin", "Maanden", "Bedrag"], ["A-6", "Deklaag", "12/06/2023", "18", "9.481.220,37"],
        ["A-66", "Versterking", "03/10/2023", "14", "6.230.118,90"], ["Totaal", "", "", "", "15.711.339,27"],
    ]  # fmt: skip
    assert interpret(grid(rows)).stub_columns == ("Weg", "Werken")
