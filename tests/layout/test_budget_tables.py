"""Headers and labels as public finance prints them: in levels, over several lines, at half the height of what stands beside."""

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from pv_extract.layout.headers import interpret
from pv_extract.layout.pages import blocks
from pv_extract.model import Grid, RawTable
from pv_extract.readers.pdf import read_pdf

RIGHT = [300, 370, 440, 510]


def tables(draw: Callable[[Canvas], None]) -> list[RawTable]:
    buffer = io.BytesIO()
    c = Canvas(buffer, pagesize=(595, 842), invariant=1)
    c.setFont("Helvetica", 9)
    draw(c)
    c.showPage()
    c.save()
    return [interpret(b) for b in blocks(read_pdf(buffer.getvalue(), "budget.pdf", "")) if isinstance(b, Grid)]


def row(c: Canvas, y: float, label: str, figures: Sequence[str], rights: Sequence[float] = RIGHT) -> None:
    c.drawString(60, y, label)
    for x, figure in zip(rights, figures, strict=False):
        c.drawRightString(x, y, figure)


def body(c: Canvas, top: float, rights: Sequence[float] = RIGHT, more: int = 0) -> None:
    for k, label in enumerate(["Lonen", "Werking", "Subsidies", "Rente"]):
        row(c, top - 14 * k, label, [f"{17 * (k + 1) + 3 * n + more},{n}" for n in range(len(rights))], rights)


def paths(found: Sequence[RawTable]) -> list[tuple[str, ...]]:
    assert len(found) == 1
    return [column.path for column in found[0].columns]


def level(c: Canvas, y: float, x0: float = 58, x1: float = 514) -> None:
    c.line(x0, y, x1, y)


def test_a_coloured_header_over_a_frame_of_rules_is_its_header():
    def draw(c: Canvas) -> None:
        c.setFillColorRGB(0.8, 0.85, 0.9)
        for x0, x1, y0, y1 in ((58, 230, 700, 732), (230, 372, 716, 732), (372, 514, 716, 732)):
            c.rect(x0, y0, x1 - x0, y1 - y0, stroke=0, fill=1)
        for x0 in (230, 301, 372, 443):
            c.rect(x0, 700, 71, 16, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        c.drawString(60, 712, "Beleidsdomein")
        c.drawCentredString(301, 721, "Realisatie")
        c.drawCentredString(443, 721, "Raming")
        row(c, 705, "", ["2023", "2024", "2025", "2026"])
        body(c, 688)
        c.line(230, 700, 230, 642)
        for y in (684, 670, 656, 642):
            level(c, y)

    assert paths(tables(draw)) == [
        ("Realisatie", "2023"),
        ("Realisatie", "2024"),
        ("Raming", "2025"),
        ("Raming", "2026"),
    ]


def test_growth_from_year_to_year_is_a_header_and_no_row_of_figures():
    def draw(c: Canvas) -> None:
        c.drawCentredString(325, 722, "Begroting")
        c.drawCentredString(465, 722, "Groei")
        c.line(270, 718, 372, 718)
        c.line(410, 718, 512, 718)
        row(c, 706, "in miljoen euro", ["BA 2025", "BO 2026", "26/25", "27/26"])
        body(c, 688)

    found = tables(draw)
    assert paths(found)[2:] == [("Groei", "26/25"), ("Groei", "27/26")]
    assert [r.labels[0] for r in found[0].rows] == ["Lonen", "Werking", "Subsidies", "Rente"]


def test_a_code_and_figures_stand_at_half_the_height_of_their_label():
    def draw(c: Canvas) -> None:
        for k, (code, label) in enumerate([("1.1", "Lonen"), ("1.2", ""), ("2.1", "Rente"), ("2.2", "Overige")]):
            y = 700 - 24 * k
            row(c, y, code, ["12,5", "13,1", "14,0"], RIGHT[1:])
            if label:
                c.drawString(100, y, label)
            else:
                c.drawString(100, y + 5, "Sociale prestaties in natura, met inbegrip")
                c.drawString(100, y - 5, "van de dienstencheques")
            level(c, y - 12)
        c.drawString(60, 718, "Code")
        c.drawString(100, 718, "Omschrijving")
        row(c, 718, "", ["2025", "2026", "2030"], RIGHT[1:])
        level(c, 712)
        level(c, 730)

    found = tables(draw)
    assert [r.labels for r in found[0].rows] == [
        ("1.1", "Lonen"),
        ("1.2", "Sociale prestaties in natura, met inbegrip van de dienstencheques"),
        ("2.1", "Rente"),
        ("2.2", "Overige"),
    ]


def test_a_header_of_two_lines_beside_one_at_half_its_height_is_one_header():
    def draw(c: Canvas) -> None:
        c.drawString(60, 716, "Opdracht / Mission")
        for x, year in zip(RIGHT[2:], ("2025", "2026"), strict=True):
            c.drawCentredString(x - 20, 721, f"{year} initieel /")
            c.drawCentredString(x - 20, 711, "initial")
        level(c, 706)
        for k, label in enumerate(["Initiatieven", "Schuld", "Besturen"]):
            row(c, 692 - 14 * k, f"0{k + 3}", ["41.205", "39.880"], RIGHT[2:])
            c.drawString(90, 692 - 14 * k, f"{label} / Initiatives communes")

    assert paths(tables(draw)) == [("2025 initieel / initial",), ("2026 initieel / initial",)]


def test_a_spanner_of_two_lines_is_one_level():
    def draw(c: Canvas) -> None:
        c.drawCentredString(430, 732, "Impact (in % van het bbp,")
        c.drawCentredString(430, 722, "wijziging op jaarbasis)")
        row(c, 706, "Maatregel", ["2024", "2025", "2026"], RIGHT[1:])
        level(c, 702)
        body(c, 688, RIGHT[1:])

    top = "Impact (in % van het bbp, wijziging op jaarbasis)"
    assert paths(tables(draw)) == [(top, "2024"), (top, "2025"), (top, "2026")]


def test_a_short_first_line_over_the_last_header_belongs_to_it():
    def draw(c: Canvas) -> None:
        c.drawRightString(511.5, 716, "Gem.")
        row(c, 706, "", ["2026", "2027", "2028", "2029-2031"])
        level(c, 702)
        body(c, 688)

    assert paths(tables(draw)) == [("2026",), ("2027",), ("2028",), ("Gem. 2029-2031",)]


def test_a_spanner_is_over_its_columns_though_another_header_stands_between_the_lines():
    def draw(c: Canvas) -> None:
        c.drawString(60, 714, "Arrondissement")
        c.drawCentredString(285, 719, "Bevolking op")
        c.drawCentredString(285, 709, "1 januari")
        c.drawCentredString(390, 726, "Migratiesaldo")
        c.line(330, 716, 445, 716)
        row(c, 702, "", ["", "intern", "extern"])
        c.drawCentredString(490, 714, "Groei")
        level(c, 696)
        body(c, 684)

    assert paths(tables(draw)) == [
        ("Bevolking op 1 januari",),
        ("Migratiesaldo", "intern"),
        ("Migratiesaldo", "extern"),
        ("Groei",),
    ]


def test_a_variant_in_the_middle_over_the_first_rows_is_a_heading_and_no_header():
    def draw(c: Canvas) -> None:
        row(c, 720, "", ["2026", "2027", "2028", "2029"])
        level(c, 714)
        c.drawCentredString(286, 702, "Variant 1 :  lineaire inspanning")
        body(c, 688)
        c.drawCentredString(286, 626, "Variant 2 : inspanning in 2026 en 2027")
        body(c, 612, more=8)

    found = tables(draw)
    assert paths(found) == [("2026",), ("2027",), ("2028",), ("2029",)]
    assert [r.labels[0] for r in found[0].rows if r.heading] == [
        "Variant 1 : lineaire inspanning",
        "Variant 2 : inspanning in 2026 en 2027",
    ]


def test_a_long_label_between_rows_does_not_part_a_table_over_two_columns_of_text():
    def draw(c: Canvas) -> None:
        row(c, 720, "", ["2025", "2026", "2027", "2028"], [350, 400, 450, 500])
        level(c, 716)
        row(c, 704, "Aanbevolen jaarlijkse groei", ["3,6", "2,5", "2,5", "2,1"], [350, 400, 450, 500])
        c.drawString(60, 692, "Primaire uitgaven gefinancierd met eigen middelen, vastgesteld of")
        row(c, 682, "geraamd (groei per jaar)", ["3,4", "2,7", "2,4", "2,2"], [350, 400, 450, 500])
        row(c, 670, "Jaarlijkse afwijking", ["-0,2", "0,2", "-0,1", "0,1"], [350, 400, 450, 500])
        level(c, 664)
        for k in range(8):
            c.drawString(60, 640 - 12 * k, "De leden van het comité stellen vast dat de raming ruim")
            c.drawString(312, 640 - 12 * k, "onder de drempel blijft en dat de groei in de jaren")

    found = tables(draw)
    assert [r.labels[0] for r in found[0].rows] == [
        "Aanbevolen jaarlijkse groei",
        "Primaire uitgaven gefinancierd met eigen middelen, vastgesteld of geraamd (groei per jaar)",
        "Jaarlijkse afwijking",
    ]


def test_shading_parts_rows_where_the_blank_cell_has_none():
    def draw(c: Canvas) -> None:
        c.setFillColorRGB(0.93, 0.93, 0.93)
        for x0, x1 in ((58, 250), (302, 372), (372, 442), (442, 514)):
            c.rect(x0, 640, x1 - x0, 22, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        row(c, 706, "", ["2026", "2027", "2028", "2029"])
        body(c, 688)
        c.drawString(60, 654, "Saldo, raming van de")
        row(c, 644, "2027", ["", "98,2", "98,3", "98,4"])
        c.line(250, 702, 250, 640)
        level(c, 702)
        level(c, 678)

    labels = [r.labels[0] for r in tables(draw)[0].rows]
    assert "2027" not in labels


def test_a_header_beside_levels_keeps_to_its_column_over_a_heading_of_all():
    def draw(c: Canvas) -> None:
        c.drawCentredString(335, 722, "Begroting")
        c.line(270, 718, 372, 718)
        row(c, 706, "", ["2026", "2027"])
        c.drawRightString(440, 714, "Aantal dossiers")
        level(c, 730)
        level(c, 702)
        c.drawCentredString(250, 690, "ESR-ontvangsten")
        level(c, 686)
        body(c, 674, RIGHT[:3])

    found = tables(draw)
    assert paths(found) == [("Begroting", "2026"), ("Begroting", "2027"), ("Aantal dossiers",)]
    assert next(r.labels[0] for r in found[0].rows if r.heading) == "ESR-ontvangsten"


def test_spanners_in_the_middle_of_three_years_are_a_level_of_their_own():
    def draw(c: Canvas) -> None:
        rights = [250, 300, 350, 400, 450, 500]
        c.drawCentredString(290, 716, "Begroting")
        c.drawCentredString(440, 716, "Raming")
        row(c, 706, "in miljoen euro", ["2024", "2025", "2026", "2027", "2028", "2029"], rights)
        body(c, 690, rights)

    assert paths(tables(draw)) == [
        (top, str(y)) for top, ys in (("Begroting", (2024, 2025, 2026)), ("Raming", (2027, 2028, 2029))) for y in ys
    ]


def test_a_stub_header_below_two_headers_is_a_line_of_its_own():
    def draw(c: Canvas) -> None:
        row(c, 714, "", ["2023", "2024"], [370, 440])
        c.drawString(60, 702, "Post")
        body(c, 686, [370, 440])

    assert paths(tables(draw)) == [("2023",), ("2024",)]
