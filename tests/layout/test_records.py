"""Rows of several lines without a rule between them, that white space parts."""

from tests.layout.test_budget_tables import row, tables

from pv_extract.layout.entries import Entry
from pv_extract.layout.header_lines import header_goes_on
from pv_extract.layout.lines import text_lines
from pv_extract.layout.rulings import Ruling
from pv_extract.model import Box, Word

OFFICES = [
    ("Aalter", ["Dienst Wonen", "Postbus 12", "9880 Aalter"], ["09/325.22.00"]),
    ("Bilzen", ["Huis van het Kind", "Kloosterstraat 4", "3740 Bilzen"], ["089/51.92.11", "na 14 uur"]),
    ("Diest", ["Loket Energie", "Markt 9, bus 3"], ["013/46.08.00"]),
    ("Eeklo", ["Dienst Werk", "Molenstraat 44", "Gebouw C", "9900 Eeklo"], ["09/218.27.00"]),
]


def _offices(c, between):
    c.setFont("Helvetica-Bold", 8)
    for x, text in ((60, "Gemeente"), (160, "Dienst en adres"), (340, "Telefoon")):
        c.drawString(x, 716, text)
    c.setFont("Helvetica", 8)
    y = 700
    for place, address, phone in OFFICES:
        c.drawString(60, y, place)
        for x, texts in ((160, address), (340, phone)):
            for k, text in enumerate(texts):
                c.drawString(x, y - 10 * k, text)
        y -= 10 * max(len(address), len(phone)) + between


def test_space_parts_rows_of_several_lines():
    (found,) = tables(lambda c: _offices(c, 6))
    assert [r.labels[0] for r in found.rows] == [place for place, _, _ in OFFICES]
    assert found.rows[1].labels[1] == "Huis van het Kind Kloosterstraat 4 3740 Bilzen"
    assert found.rows[1].cells[0].text == "089/51.92.11 na 14 uur"
    assert found.rows[3].labels[1] == "Dienst Werk Molenstraat 44 Gebouw C 9900 Eeklo"


def test_figures_above_each_other_are_rows_whatever_space_parts_their_groups():
    def draw(c):
        c.setFont("Helvetica", 8)
        for x, text in ((60, "Jaar"), (160, "Geslacht"), (300, "Aantal")):
            c.drawString(x, 716, text)
        for k in range(4):
            for j, (label, figure) in enumerate((("vrouwen", 120 + k), ("mannen", 130 + k), ("samen", 250 + 2 * k))):
                y = 700 - 36 * k - 10 * j
                c.drawString(160, y, label)
                c.drawRightString(330, y, str(figure))
            c.drawString(60, 700 - 36 * k, str(2020 + k))

    (found,) = tables(draw)
    assert len(found.rows) == 12


def test_blank_rows_of_a_sheet_part_neither_its_header_nor_its_groups():
    rights = [300, 370, 440]

    def draw(c):
        row(c, 740, "", ["Begroting", "Raming", "Realisatie"], rights)
        row(c, 725, "", ["2021", "2022", "2022"], rights)
        y = 695
        for label, figures in (
            ("Aantal erkenningen", ["412", "398", "405"]),
            ("", []),
            ("SUBSIDIES", []),
            ("Werking", ["6.517", "6.604", "6.688"]),
            ("Infrastructuur", ["1.204", "1.311", "1.299"]),
        ):
            row(c, y, label, figures, rights)
            y -= 15

    (found,) = tables(draw)
    assert [c.path for c in found.columns] == [("Begroting", "2021"), ("Raming", "2022"), ("Realisatie", "2022")]
    assert [r.labels[0] for r in found.rows] == ["Aantal erkenningen", "SUBSIDIES", "Werking", "Infrastructuur"]


def test_a_line_of_a_header_over_the_labels_alone_is_no_turn_of_years():
    def ruling(texts, y):
        words = [Word(text, Box(100.0 * k, y - 8, 100.0 * k + 40, y), 8) for k, text in texts]
        held = tuple(Entry(int(w.box.x0 / 100), int(w.box.x0 / 100), (w,)) for w in words)
        return Ruling(text_lines(words)[0], held)

    before, here = ruling([(1, "Netto"), (2, "Bruto")], 100), ruling([(0, "Maand")], 109)
    assert header_goes_on([before], before, here, [])
