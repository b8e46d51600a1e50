"""Labels in two or three languages, one above the other, with their figures beside one of them or between them."""

from collections.abc import Sequence

import pytest
from reportlab.lib.fonts import tt2ps
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import paths, tables

from pv_extract.model import RawTable

GROUPS = [
    (
        ("Titre I - Recettes courantes", "Titel I - Lopende ontvangsten"),
        [
            ("Douanes et accises", "Douane en accijnzen"),
            ("Dette publique", "Rijksschuld"),
            ("Autres produits", "Andere opbrengsten"),
        ],
    ),
    (
        ("Titre II - Recettes en capital", "Titel II - Kapitaalontvangsten"),
        [("Vente de terrains", "Verkoop van terreinen"), ("Remboursements", "Terugbetalingen")],
    ),
]
ENDS = [300, 390, 480]
FIGURES = [["1 384 830", "265 061", "4 606 791"], ["844", "1 998 719", "94"], ["8 653 527", "868", "5 556 146"]]
OFF = {"upper": 0.0, "middle": 0.5, "lower": 1.0}


def typeset(c: Canvas, at: str, between: float, headed: str, rules: str, italic: bool = False) -> None:
    """A table of two groups from y = 700 down, its figures beside a label, its rows this much further apart than lines."""
    for x, year in zip(ENDS, ("2023", "2024", "2025"), strict=True):
        c.drawCentredString(x - 20, 700, year)
    c.drawString(60, 700, "Nature / Aard")
    y, stretches, figures = 683.0, [(711.0, 695.0)], iter([*FIGURES, *FIGURES])
    for heading, rows in GROUPS:
        if headed:
            title(c, y, heading, headed)
            y -= 11 * len(heading) + between
        begin = y + 9
        for labels in rows:
            row(c, y, labels, next(figures), OFF[at], italic)
            y -= 11 * len(labels) + between
        stretches.append((begin, y + 7))
    c.setLineWidth(0.4)
    for height in (711, 695, y + 6) if rules else ():
        c.line(56, height, 484, height)
    for top, bottom in stretches if rules == "both" else ():
        for x in (56, 230, 304, 394, 484):
            c.line(x, top, x, bottom)


def title(c: Canvas, y: float, heading: Sequence[str], headed: str) -> None:
    c.setFont(tt2ps("Helvetica", headed == "bold", headed == "italic"), 9)
    for k, text in enumerate(heading):
        c.drawString(60, y - 11 * k, text)
        if headed == "underlined":
            c.line(60, y - 11 * k - 1.2, 60 + c.stringWidth(text), y - 11 * k - 1.2)


def row(c: Canvas, y: float, labels: Sequence[str], figures: Sequence[str], off: float, italic: bool) -> None:
    for k, text in enumerate(labels):
        c.setFont(tt2ps("Helvetica", 0, int(italic and k > 0)), 9)
        c.drawString(60, y - 11 * k, text)
    c.setFont("Helvetica", 9)
    for x, figure in zip(ENDS, figures, strict=True):
        c.drawRightString(x, y - 11 * off * (len(labels) - 1), figure)


def check(found: Sequence[RawTable]) -> None:
    assert paths(found) == [("2023",), ("2024",), ("2025",)]
    rows = [(r.labels[0], [c.text for c in r.cells]) for r in found[0].rows if not r.heading]
    labels = [" ".join(label) for _, held in GROUPS for label in held]
    assert rows == [(label, FIGURES[k % 3]) for k, label in enumerate(labels)]


@pytest.mark.parametrize("at", OFF)
@pytest.mark.parametrize("rules", ["both", "level", ""])
@pytest.mark.parametrize("headed", ["", "bold", "italic", "underlined"])
def test_labels_that_space_parts_from_the_next_are_one_label(at: str, rules: str, headed: str):
    check(tables(lambda c: typeset(c, at, 3.0, headed, rules)))


@pytest.mark.parametrize("at", OFF)
@pytest.mark.parametrize("italic", [True, False])
@pytest.mark.parametrize("between", [0.0, 1.0])
def test_labels_as_far_apart_as_rows_are_one_label_where_figures_return_at_every_second_line(
    at: str, italic: bool, between: float
):
    check(tables(lambda c: typeset(c, at, between, "bold" if not italic else "", "level", italic)))


@pytest.mark.parametrize("headed", ["bold", "underlined", "italic"])
def test_a_heading_in_two_languages_is_one_heading(headed: str):
    found = tables(lambda c: typeset(c, "lower", 3.0, headed, "both"))
    groups = [r.group for r in found[0].rows if not r.heading]
    assert groups == [(" ".join(heading),) for heading, held in GROUPS for _ in held]


def test_headings_over_one_row_each_that_say_the_same_are_no_second_language():
    def draw(c: Canvas) -> None:
        for x, year in zip(ENDS, ("2023", "2024", "2025"), strict=True):
            c.drawRightString(x, 700, year)
        for k, label in enumerate(("Brussels", "Antwerpen", "Luik", "Gent")):
            c.drawString(60, 683 - 24 * k, label)
            c.drawString(60, 671 - 24 * k, "Totaal")
            for x, figure in zip(ENDS, FIGURES[k % 3], strict=True):
                c.drawRightString(x, 671 - 24 * k, figure)

    rows = [r for t in tables(draw) for r in t.rows if any(c.text for c in r.cells)]
    assert [r.labels[-1] for r in rows] == ["Totaal"] * 4
