"""How far spanners reach: in a header shaded as a whole, and over a change beside columns that come again."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

ENDS = [260, 310, 360, 410, 470]
NAMES = ["Assessor", "Clerk", "Finance", "Sheriff"]


def grid(c: Canvas, top: float, ends: list[int], left: int = 60) -> None:
    """Ruled rows of figures."""
    walls = [left - 2, ends[0] - 50, *(x + 4 for x in ends)]
    for k, name in enumerate(NAMES):
        row(c, top - 11 - 14 * k, name, [f"{k + 3}{n},{n}" for n in range(len(ends))], ends)
    for k in range(len(NAMES) + 1):
        level(c, top - 14 * k, walls[0], walls[-1])
    for x in walls:
        c.line(x, top, x, top - 14 * len(NAMES))


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize(("first", "lines"), [(0, 1), (0, 2), (2, 1)])
def test_a_spanner_in_a_header_shaded_as_a_whole_heads_the_columns_under_it(ruled: bool, first: int, lines: int):
    headers = ["2022", "2023", "2024"]
    headers = [*headers, "Change", "Share"] if first == 0 else ["Change", "Share", *headers]

    walls = [210, *(x + 4 for x in ENDS)]

    def draw(c: Canvas) -> None:
        c.setFillColorRGB(0.18, 0.35, 0.15)
        c.rect(58, 690, 416, 42, stroke=0, fill=1)
        c.setFillColorRGB(1, 1, 1)
        c.drawCentredString((walls[first] + walls[first + 3]) / 2, 721, "Positions (FTE)")
        if ruled:
            level(c, 716, walls[first], walls[first + 3])
        row(c, 695, "Department", headers, ENDS)
        if lines == 2:
            row(c, 705, "", ["Fiscal"] * 5, ENDS)
        c.setFillColorRGB(0, 0, 0)
        grid(c, 690, ENDS)

    tail = [f"Fiscal {h}" if lines == 2 else h for h in headers]
    over = range(first, first + 3)
    assert paths(tables(draw)) == [("Positions (FTE)", h) if k in over else (h,) for k, h in enumerate(tail)]


@pytest.mark.parametrize("x", [62, 266])
def test_a_title_in_a_header_shaded_as_a_whole_is_no_spanner(x: int):
    def draw(c: Canvas) -> None:
        c.setFillColorRGB(0.85, 0.9, 0.95)
        c.rect(58, 690, 416, 42, stroke=0, fill=1)
        c.setFillColorRGB(0, 0, 0)
        (c.drawString if x == 62 else c.drawCentredString)(x, 721, "Positions by department")
        row(c, 700, "Department", ["2020", "2021", "2022", "2023", "2024"], ENDS)
        grid(c, 690, ENDS)

    found = tables(draw)
    assert paths(found) == [("2020",), ("2021",), ("2022",), ("2023",), ("2024",)]
    assert found[0].caption == "Positions by department"


@pytest.mark.parametrize("over_change", [True, False])
@pytest.mark.parametrize("tall", [["Change"], ["Change", "from:", "Aug.", "2023"]])
def test_a_spanner_in_the_middle_of_quarters_and_their_change_heads_both(over_change: bool, tall: list[str]):
    ends = [210, 260, 310, 360, 410, 460, 510]
    quarters = ["July 2022", "Aug. 2022", "Sept. 2022"] * 2

    def draw(c: Canvas) -> None:
        level(c, 744, 58, 514)
        c.drawCentredString((170 + 310) / 2, 735, "Not adjusted")
        c.drawCentredString((322 + (512 if over_change else 460)) / 2, 735, "Adjusted")
        level(c, 731, 165, 514 if over_change else 462)
        for x, text in zip(ends, quarters, strict=False):
            month, year = text.split()
            c.drawRightString(x, 702, month)
            c.drawRightString(x, 692, year)
        for k, text in enumerate(reversed(tall)):
            c.drawRightString(510, 692 + 10 * k, text)
        level(c, 688, 58, 514)
        for k, name in enumerate(NAMES):
            row(c, 676 - 12 * k, name, [f"{k + 3}{n},{n}" for n in range(7)], ends)
        level(c, 632, 58, 514)

    change = " ".join(tall)
    expected = [("Not adjusted", q) for q in quarters[:3]] + [("Adjusted", q) for q in quarters[3:]]
    assert paths(tables(draw)) == [*expected, ("Adjusted", change) if over_change else (change,)]


@pytest.mark.parametrize(
    "text", ["Verschil (b) - (a)", "Variation 2026 / 2025 ajusté", "Verschil 2026 – 2025", "A + B"]
)
def test_signs_between_the_words_of_a_header_part_no_columns(text: str):
    def draw(c: Canvas) -> None:
        c.drawCentredString(462, 720, text)
        row(c, 706, "Post", ["2025", "2026", "bedrag", "in %"])
        body(c, 688)
        for y in (732, 702, 640):
            level(c, y)

    assert [path[0] for path in paths(tables(draw))][2:] == [text, text]


def test_headers_stand_in_the_middle_of_their_texts_or_of_their_columns():
    """Each of them, as wide columns of short figures have their texts at the right."""
    ends = [273, 321, 361, 401, 441, 481, 535]

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 8)
        c.drawCentredString(295.6, 721, "Natuurlijk verloop")
        c.drawCentredString(424.6, 721, "Migratie")
        c.drawRightString(535, 721, "Totale")
        row(c, 710, "", ["Geboorten", "Sterften", "Saldo", "In", "Uit", "Saldo", "aangroei"], ends)
        level(c, 706, 212, 538)
        for k in range(5):
            c.drawString(215, 696 - 11 * k, str(2020 + k))
            row(c, 696 - 11 * k, "", [str(200 + 9 * k), "241", "-33", f"1.0{12 + k}", "955", "57", "24"], ends)

    found = paths(tables(draw))
    assert [path[0] for path in found] == [*["Natuurlijk verloop"] * 3, *["Migratie"] * 3, "Totale aangroei"]
