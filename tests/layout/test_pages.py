"""Tables of many layouts, drawn here with reportlab, come out cell by cell, and nothing printed is lost."""

import io
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from pv_extract.layout.cells import mended
from pv_extract.layout.headers import interpret
from pv_extract.layout.pages import blocks
from pv_extract.model import Block, Document, Grid, Line
from pv_extract.readers.pdf import read_pdf

LABELS = ["Bouw", "Horeca", "Textiel", "Houtsectoren", "Lokale besturen"]
FIGURES = [
    ["580", "846", "1.982"],
    ["173", "265", "1.103"],
    ["4", "5", "7"],
    ["124", "160", "244"],
    ["142", "169", "214"],
]
YEARS = ["2019-2020", "2020-2021", "2021-2022"]
XS = [70, 250, 330, 410, 490]
PROSE = [
    "Het aantal ondernemingen met een erkenning als kwalitatieve leerwerkplek in het kader van duaal leren",
    "gedurende de voorbije schooljaren, per sector. De cijfers van het laatste schooljaar zijn nog niet volledig",
    "en worden later aangevuld met de gegevens van de partnerschappen in Vlaanderen en Brussel.",
]


def document(*drawings) -> Document:
    buffer = io.BytesIO()
    c = Canvas(buffer, pagesize=(595, 842), invariant=1)
    for draw in drawings:
        c.setFont("Helvetica", 10)
        draw(c)
        c.showPage()
    c.save()
    return read_pdf(buffer.getvalue(), "answer.pdf", "")


def prose(c: Canvas, top: float) -> None:
    for k, text in enumerate(PROSE):
        c.drawString(60, top - 12.5 * k, text)


def row(c: Canvas, y: float, label: str, figures: Sequence[str], indent: float = 0) -> None:
    c.drawString(XS[0] + 3 + indent, y, label)
    for x, figure in zip(XS[2:], figures, strict=False):
        c.drawRightString(x - 4, y, figure)


def rows(c: Canvas, top: float = 700, step: float = 16) -> float:
    row(c, top, "Sector", YEARS)
    for k, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True), start=1):
        row(c, top - step * k, label, figures)
    return top - step * len(LABELS)


def grids(found: Sequence[Block]) -> list[Grid]:
    return [block for block in found if isinstance(block, Grid)]


def matrix(grid: Grid) -> list[list[str]]:
    height = max(c.row for c in grid.cells) + 1
    width = max(c.column + c.column_span for c in grid.cells)
    out = [[""] * width for _ in range(height)]
    for cell in grid.cells:
        out[cell.row][cell.column] = cell.text
    return [r for r in out if any(r)]


EXPECTED = [["Sector", *YEARS], *([label, *figures] for label, figures in zip(LABELS, FIGURES, strict=True))]


def unruled(c: Canvas) -> None:
    rows(c)


def ruled(c: Canvas) -> None:
    bottom = rows(c) - 5
    for k in range(7):
        c.line(XS[0], 711 - 16 * k, XS[-1], 711 - 16 * k)
    for x in XS:
        c.line(x, 711, x, bottom)


def level_rules(c: Canvas) -> None:
    bottom = rows(c) - 5
    for y in (711, 695, bottom):
        c.line(XS[0], y, XS[-1], y)


def upright_rules(c: Canvas) -> None:
    bottom = rows(c) - 5
    for x in XS:
        c.line(x, 711, x, bottom)
    c.line(XS[0], 711, XS[-1], 711)
    c.line(XS[0], bottom, XS[-1], bottom)


def shaded(c: Canvas) -> None:
    c.setFillGray(0.85)
    for k in range(0, 6, 2):
        c.rect(XS[0], 695 - 16 * k, XS[-1] - XS[0], 16, stroke=0, fill=1)
    c.setFillGray(0)
    rows(c)


LAYOUTS = {f.__name__: f for f in (unruled, ruled, level_rules, upright_rules, shaded)}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_table_is_read_alike_however_it_is_ruled(layout):
    def draw(c):
        prose(c, 780)
        LAYOUTS[layout](c)
        prose(c, 560)

    found = blocks(document(draw))
    assert [matrix(g) for g in grids(found)] == [EXPECTED]
    assert [b.text for b in found if isinstance(b, Line)] == [*PROSE, *PROSE]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_printed_word_is_in_one_line_or_cell(layout):
    def draw(c):
        prose(c, 780)
        LAYOUTS[layout](c)
        c.drawString(60, 40, "17")

    read = document(draw)
    printed = Counter("".join(w.text for w in read.pages[0].words))
    claimed: Counter[str] = Counter()
    for block in blocks(read):
        texts = [block.text] if isinstance(block, Line) else [cell.text for cell in block.cells]
        claimed.update("".join(texts).replace(" ", ""))
    assert claimed == printed


def test_prose_lists_and_contents_are_no_tables():
    def draw(c):
        prose(c, 780)
        for k in range(5):
            c.drawString(60, 700 - 14 * k, f"{k + 1}.")
            c.drawString(80, 700 - 14 * k, "Hoeveel bedrijven hebben ondertussen een erkenning?")
        for k, page in enumerate((3, 4, 8, 12)):
            c.drawString(60, 600 - 14 * k, f"{k + 1}. Hoofdstuk over de erkenningen " + "." * 60)
            c.drawRightString(500, 600 - 14 * k, str(page))

    assert not grids(blocks(document(draw)))


def test_two_columns_of_running_text_are_read_one_after_the_other():
    def draw(c):
        c.setFont("Helvetica", 8)
        for k in range(14):
            c.drawString(50, 700 - 10 * k, f"links {k} het aantal erkenningen in het kader van duaal")
            c.drawString(320, 700 - 10 * k, f"rechts {k} de cijfers van het schooljaar zijn nog niet")

    found = blocks(document(draw))
    assert not grids(found)
    starts = [b.text.split()[0] for b in found if isinstance(b, Line)]
    assert starts == ["links"] * 14 + ["rechts"] * 14


def test_a_wrapped_label_is_one_label_wherever_its_figures_stand():
    for offset in (0, 6, 12):

        def draw(c, offset=offset):
            rows(c)
            y = 700 - 16 * 6
            c.drawString(XS[0] + 3, y, "Grafische sector en Papier- en")
            c.drawString(XS[0] + 3, y - 12, "kartonbewerkende sector")
            for x, figure in zip(XS[2:], ["8", "16", "31"], strict=True):
                c.drawRightString(x - 4, y - offset, figure)
            row(c, y - 30, "Vlaams Partnerschap", ["119", "190", "559"])

        (grid,) = grids(blocks(document(draw)))
        assert matrix(grid)[-2:] == [
            ["Grafische sector en Papier- en kartonbewerkende sector", "8", "16", "31"],
            ["Vlaams Partnerschap", "119", "190", "559"],
        ]


def test_a_spanner_reaches_over_the_columns_it_heads():
    def draw(c):
        c.drawCentredString((XS[1] + XS[3]) / 2, 718, "Aantal")
        c.drawCentredString((XS[3] + XS[4]) / 2, 718, "Aandeel")
        c.line(XS[1] + 4, 713, XS[3] - 4, 713)
        c.line(XS[3] + 4, 713, XS[4] - 4, 713)
        rows(c)

    (grid,) = grids(blocks(document(draw)))
    table = interpret(grid)
    assert [column.path for column in table.columns] == [
        ("Aantal", "2019-2020"),
        ("Aantal", "2020-2021"),
        ("Aandeel", "2021-2022"),
    ]


def test_indented_rows_have_levels_and_headings_their_group():
    def draw(c):
        row(c, 700, "Sector", YEARS)
        c.setFont("Helvetica-Bold", 10)
        row(c, 684, "Openbare sector", [])
        c.setFont("Helvetica", 10)
        for k, label in enumerate(LABELS[:3]):
            row(c, 668 - 16 * k, label, FIGURES[k], indent=10)

    (grid,) = grids(blocks(document(draw)))
    table = interpret(grid)
    heading, *body = table.rows
    assert heading.heading
    assert heading.labels == ("Openbare sector",)
    assert [r.group for r in body] == [("Openbare sector",)] * 3
    assert [r.level for r in body] == [1, 1, 1]


def split(c: Canvas, first: int, last: int, *, header: bool, top: float) -> None:
    lines = ([("Sector", YEARS)] if header else []) + list(zip(LABELS, FIGURES, strict=True))[first:last]
    for k, (label, figures) in enumerate(lines):
        row(c, top - 16 * k, label, figures)
        c.line(XS[0], top + 11 - 16 * k, XS[-1], top + 11 - 16 * k)
    bottom = top + 11 - 16 * len(lines)
    c.line(XS[0], bottom, XS[-1], bottom)
    for x in XS:
        c.line(x, top + 11, x, bottom)


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("at", [1, 2, 3, 4])
def test_a_table_cut_by_a_page_is_one_table_again(at, header):
    def one(c):
        prose(c, 300)
        split(c, 0, at, header=True, top=62 + 16 * at)

    def two(c):
        split(c, at, 5, header=header, top=780)
        prose(c, 500)

    found = blocks(document(one, two))
    (grid,) = grids(found)
    assert matrix(grid) == EXPECTED
    assert [(j.page, j.row) for j in grid.joins] == [(2, at + 1)]
    assert {c.page for c in grid.cells} == {1, 2}
    repeated = [b.text for b in found if isinstance(b, Line) and b.furniture]
    assert repeated == ([" ".join(["Sector", *YEARS])] if header else [])


def test_a_table_that_ends_above_the_foot_of_its_page_is_not_continued_by_one_with_the_same_header():
    def one(c):
        split(c, 0, 3, header=True, top=600)

    def two(c):
        split(c, 3, 5, header=True, top=780)

    assert [len(matrix(g)) for g in grids(blocks(document(one, two)))] == [4, 3]


def test_no_row_of_figures_is_taken_for_a_repeated_header():
    def one(c):
        split(c, 0, 2, header=True, top=94)

    def two(c):
        split(c, 0, 2, header=True, top=780)

    (grid,) = grids(blocks(document(one, two)))
    assert len(matrix(grid)) == 5


def test_a_word_that_a_narrow_cell_broke_is_whole_again():
    assert mended(["Hoofdstedelij", "k Gewest"]) == ["Hoofdstedelijk Gewest"]
    assert mended(["mentoropleiding", "gevolgd"]) == ["mentoropleiding", "gevolgd"]


def test_notes_under_a_table_are_no_rows_of_it():
    def draw(c):
        bottom = rows(c)
        c.setFont("Helvetica", 6)
        c.drawString(XS[0], bottom - 16, "1")
        c.setFont("Helvetica", 9)
        c.drawString(XS[0] + 6, bottom - 19, "Voorlopige cijfers.")
        c.setFont("Helvetica", 10)
        for k, (label, figure) in enumerate([("Regio", "2022"), ("Gent", "10"), ("Brugge", "22"), ("Aalst", "9")]):
            c.drawString(XS[0] + 3, bottom - 60 - 16 * k, label)
            c.drawRightString(XS[2], bottom - 60 - 16 * k, figure)

    found = blocks(document(draw))
    assert [len(matrix(g)) for g in grids(found)] == [6, 4]
    assert [b.text for b in found if isinstance(b, Line)] == ["¹ Voorlopige cijfers."]


def test_a_header_with_walls_heads_the_rows_below_it_that_have_none():
    def draw(c):
        for x0, x1 in pairwise([60, *XS[1:]]):
            c.rect(x0, 690, x1 - x0, 20)
        row(c, 696, "", YEARS)
        c.drawCentredString(370, 676, "Openbare sector")
        row(c, 660, LABELS[0], FIGURES[0])
        row(c, 644, LABELS[1], FIGURES[1])
        c.drawCentredString(370, 628, "Andere sectoren")
        row(c, 612, LABELS[2], FIGURES[2])

    (grid,) = grids(blocks(document(draw)))
    raw = interpret(grid)
    assert [c.path for c in raw.columns] == [(year,) for year in YEARS]
    assert [[*r.labels, *(c.text for c in r.cells)] for r in raw.rows if not r.heading] == [
        [label, *figures] for label, figures in zip(LABELS[:3], FIGURES[:3], strict=True)
    ]
    assert [r.labels[0] for r in raw.rows if r.heading] == ["Openbare sector", "Andere sectoren"]


def test_a_table_with_other_columns_on_the_next_page_is_another_table():
    def one(c):
        split(c, 0, 5, header=True, top=240)

    def two(c):
        for k in range(4):
            c.line(100, 780 - 16 * k, 300, 780 - 16 * k)
        for x in (100, 220, 300):
            c.line(x, 780, x, 732)
        for k, (label, figure) in enumerate([("Jaar", "Aantal"), ("2019", "12"), ("2020", "15")]):
            c.drawString(105, 769 - 16 * k, label)
            c.drawRightString(295, 769 - 16 * k, figure)

    assert len(grids(blocks(document(one, two)))) == 2


def test_a_running_header_is_furniture_and_the_name_above_question_and_answer_is_not():
    def page(number):
        def draw(c):
            c.drawString(60, 800, "JO BROUNS" if number < 3 else "Bijlage")
            prose(c, 700)
            c.drawCentredString(300, 30, str(number))

        return draw

    found = blocks(document(*(page(n) for n in range(1, 5))))
    furniture = [b.text for b in found if isinstance(b, Line) and b.furniture]
    assert furniture == ["1", "2", "3", "4"]


def test_a_header_of_two_years_at_the_top_of_a_page_is_no_page_number():
    def draw(c):
        c.drawRightString(XS[4] - 4, 744, "2024/2023")
        c.drawRightString(XS[4] - 4, 732, "(%)")
        for x, year in zip(XS[2:], ("2023", "2024"), strict=False):
            c.drawRightString(x - 4, 738, year)
        for k, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True)):
            row(c, 716 - 16 * k, label, figures)

    for grid in grids(blocks(document(draw, draw))):
        assert "2024/2023 (%)" in {c.text for c in grid.cells}


def test_a_row_of_strokes_in_the_margin_does_not_part_a_table_from_its_next_page():
    def page(first, last, top):
        def draw(c):
            rows = [("Jaar", "Aantal"), *((str(year), str(year % 100 * 7)) for year in range(first, last))]
            for k, (label, figure) in enumerate(rows):
                y = top - 16 * k
                for a, b in ((100, 200), (200, 300)):
                    c.rect(a, y - 4, b - a, 16)
                c.drawString(105, y, label)
                c.drawRightString(295, y, figure)
            c.drawString(60, 60, "/" * 70)
            c.drawString(60, 40, f"pagina {first - 2000} van 30")

        return draw

    (grid,) = grids(blocks(document(page(2001, 2020, 420), page(2020, 2026, 760))))
    assert len({cell.row for cell in grid.cells}) == 26


def test_bars_and_curves_are_a_chart_and_not_a_table():
    def draw(c):
        c.rect(100, 400, 300, 200)
        for k in range(6):
            c.line(100, 400 + 40 * k, 400, 400 + 40 * k)
            c.drawRightString(95, 400 + 40 * k, str(20 * k))
            c.drawCentredString(125 + 50 * k, 385, str(2015 + k))
        for k, height in enumerate((30, 60, 90, 110, 150, 170)):
            c.rect(110 + 50 * k, 400, 30, height, stroke=0, fill=1)
        c.bezier(100, 420, 200, 500, 300, 450, 400, 590)

    assert not grids(blocks(document(draw)))


def test_a_thousand_rules_and_many_words_are_read_all_the_same():
    def draw(c):
        c.setFont("Helvetica", 3)
        for k in range(150):
            c.line(20, 830 - 5 * k, 580, 830 - 5 * k)
            for j in range(40):
                c.drawString(21 + 14 * j, 826 - 5 * k, str(k * j))
        for j in range(41):
            c.line(20 + 14 * j, 830, 20 + 14 * j, 85)

    (grid,) = grids(blocks(document(draw)))
    assert len({c.row for c in grid.cells}) >= 149
