"""Forms whose drawn cells print a label, a colon and a value: a row for each, and no first row as header."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import tables

from pv_extract.model import RawTable

FIELDS = [
    ("Naam:", "Gemeente Aalst"),
    ("Dossier:", "2026/114"),
    ("Adres:", "Grote Markt 3"),
    ("Datum:", "12 januari 2026"),
    ("Bedrag:", "1.250,00"),
    ("Leden:", "14"),
]


def boxes(c: Canvas, columns: int, rows: int, height: float = 18, top: float = 740) -> list[tuple[float, float]]:
    """A drawn cell for each field, in reading order: where its text begins."""
    width = 460 / columns
    for k in range(rows + 1):
        c.line(58, top - height * k, 518, top - height * k)
    for k in range(columns + 1):
        c.line(58 + width * k, top, 58 + width * k, top - height * rows)
    return [(62 + width * k, top - height * r - 11) for r in range(rows) for k in range(columns)]


def read(found: Sequence[RawTable]) -> list[tuple[str, str]]:
    assert len(found) == 1
    return [(" ".join(r.labels), " ".join(cell.text for cell in r.cells)) for r in found[0].rows]


@pytest.mark.parametrize("columns", [1, 2, 3])
@pytest.mark.parametrize("below", [False, True])
def test_each_drawn_cell_with_a_label_and_a_value_is_a_row(columns: int, below: bool):
    def draw(c: Canvas) -> None:
        for (label, value), (x, y) in zip(FIELDS, boxes(c, columns, 6 // columns, 26 if below else 18), strict=True):
            c.drawString(x, y, label if below else f"{label} {value}")
            if below:
                c.drawString(x, y - 11, value)

    assert read(tables(draw)) == FIELDS


def test_a_title_over_the_whole_width_heads_the_fields():
    def draw(c: Canvas) -> None:
        c.rect(58, 740, 460, 16)
        c.drawString(62, 744, "Identificatie van het project")
        for (label, value), (x, y) in zip(FIELDS, boxes(c, 2, 3), strict=True):
            c.drawString(x, y, f"{label} {value}")

    assert [pair for pair in read(tables(draw)) if pair[1]] == FIELDS


def test_labels_that_lead_to_their_values_have_no_header():
    def draw(c: Canvas) -> None:
        cells = boxes(c, 2, 6)
        for (x, y), text in zip(cells, [text for field in FIELDS for text in field], strict=True):
            c.drawString(x, y, text)

    assert read(tables(draw)) == FIELDS


def test_cells_that_say_the_same_label_again_are_a_table_of_rows():
    def draw(c: Canvas) -> None:
        texts = ["Dienst", "Contact", "Balie", "Tel: 21 14", "Archief", "Tel: 21 15", "Kas", "Tel: 21 16"]
        for (x, y), text in zip(boxes(c, 2, 4), texts, strict=True):
            c.drawString(x, y, text)

    assert read(tables(draw))[-1] == ("Kas", "Tel: 21 16")
