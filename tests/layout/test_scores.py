"""Comparisons: rows of scores and of words under a bold header, before the first row of figures."""

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, paths, row, tables

ENDS = [250, 330, 410, 490]
SCORES = [["0/+", "++", "+++", "+++"], ["+", "+", "++", "+++"], ["0", "+", "++", "– –"], ["+/–", "0", "–", "✓"]]
WORDS = [["low", "high", "high", "low"], ["none", "some", "some", "high"], ["low", "none", "high", "high"]]
LABELS = ["Divergence", "Access to data", "Cost to firms", "Coherence"]


def compared(rows: list[list[str]], last: list[str], *, bold: bool, ruled: bool):
    def draw(c: Canvas) -> None:
        face = "Helvetica-Bold" if bold else "Helvetica"
        c.setFont(face, 9)
        c.drawString(60, 722, "Criterion")
        for x, text in zip((220, 460), ("Option 1", "Option 3"), strict=True):
            c.drawCentredString(x, 722, text)
        c.drawCentredString(340, 730, "Option 2")
        for x, text in zip((300, 380), ("2a", "2b"), strict=True):
            c.drawCentredString(x, 715, text)
        c.setFont("Helvetica", 9)
        texts = [*rows, last]
        for k, (label, cells) in enumerate(zip([*LABELS[: len(rows)], "Ranking"], texts, strict=True)):
            c.drawString(60, 698 - 16 * k, label)
            for x, text in zip((220, 300, 380, 460), cells, strict=True):
                c.drawCentredString(x, 698 - 16 * k, text)
        bottom = 710 - 16 * len(texts)
        for y in (742, *range(710, bottom - 1, -16)) if ruled else (742, 710, bottom):
            level(c, y, 58, 500)
        level(c, 726, 260, 420)
        if ruled:
            for x in (58, 180, 260, 420, 500):
                c.line(x, 742, x, bottom)
            c.line(340, 726, 340, bottom)

    return tables(draw)


EXPECTED = [("Option 1",), ("Option 2", "2a"), ("Option 2", "2b"), ("Option 3",)]


@pytest.mark.parametrize("bold", [True, False])
@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_scores_are_rows_and_no_header(bold: bool, ruled: bool):
    found = compared(SCORES[:3], ["4", "2", "1", "3"], bold=bold, ruled=ruled)
    assert paths(found) == EXPECTED
    assert [r.labels[-1] for r in found[0].rows] == [*LABELS[:3], "Ranking"]


@pytest.mark.parametrize("ruled", [True, False])
def test_rows_of_words_under_a_bold_header_are_rows_whatever_follows(ruled: bool):
    found = compared(WORDS, ["4", "2", "1", "3"], bold=True, ruled=ruled)
    assert paths(found) == EXPECTED
    assert [r.labels[-1] for r in found[0].rows] == [*LABELS[:3], "Ranking"]


def test_years_in_regular_type_under_bold_spanners_stay_in_the_header():
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica-Bold", 9)
        c.drawString(60, 730, "Post")
        c.drawCentredString(270, 730, "Begroting")
        c.drawCentredString(430, 730, "Realisatie")
        c.setFont("Helvetica", 9)
        row(c, 715, "(x 1 000)", ["2024", "2025", "2024", "2025"], ENDS)
        for k in range(4):
            row(c, 698 - 16 * k, LABELS[k], [f"{k + 2}{n}4" for n in range(4)], ENDS)
        for x in (58, 190, 350, 500):
            c.line(x, 742, x, 646)
        for y in (742, 726, 710, 694, 678, 662, 646):
            level(c, y, 58, 500)

    assert [p[0] for p in paths(tables(draw))] == ["Begroting", "Begroting", "Realisatie", "Realisatie"]
    assert [p[-1] for p in paths(tables(draw))] == ["2024", "2025", "2024", "2025"]


@pytest.mark.parametrize("dots", [". . . . . . . . . . . . . .", "..........................", "……… ………… "])
def test_dots_that_lead_over_blank_cells_to_a_total_are_none(dots: str):
    def draw(c: Canvas) -> None:
        row(c, 722, "Respondents", ["Number", "Responses", "Burden", "Hours"], ENDS)
        for k in range(3):
            row(c, 704 - 14 * k, LABELS[k], [f"{k + 2}{n}4" for n in range(4)], ENDS)
        row(c, 662, "Total", [dots, dots, dots, "642"], ENDS)
        for x in (58, 180, 260, 340, 420, 500):
            c.line(x, 734, x, 656)
        for y in (734, 716, 656):
            level(c, y, 58, 500)

    assert [c.text if c else "" for c in tables(draw)[0].rows[-1].cells] == ["", "", "", "642"]
