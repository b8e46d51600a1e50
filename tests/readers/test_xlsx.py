"""Workbooks as their sheets show them."""

# ruff: noqa: DTZ001 - a sheet knows no time zones

import io
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Alignment, Font

from pv_extract.findings import Code, SourceError
from pv_extract.layout.headers import interpret
from pv_extract.model import Document, Grid, Line
from pv_extract.numbers import read_number
from pv_extract.readers.xlsx import read_xlsx
from pv_extract.readers.xlsx_format import shown

SHOWN = [
    (1234.5, "#,##0.0", "1.234,5"),
    (1234567, "#,##0", "1.234.567"),
    (1234567, "#,##0,", "1.235"),
    (0.125, "0.0%", "12,5%"),
    (2.5, "0", "3"),
    (1234.5, "General", "1234,5"),
    (0.1 + 0.2, "General", "0,3"),
    (1e15, "General", "1000000000000000"),
    (-5, "#,##0;[Red]-#,##0", "-5"),
    (-5, "#,##0_);(#,##0)", "(5)"),
    (0, '#,##0;-#,##0;"-"', "-"),
    (0, '_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', "-"),
    (1234.5, '"€" #,##0.00', "€ 1.234,50"),
    (1234.5, '#,##0.00\\ "€"', "1.234,50 €"),
    (1234.5, "[$€-813] #,##0.00", "€ 1.234,50"),
    (12, '0 "km"', "12 km"),
    (7, "000", "007"),
    (1234.56, "# ##0", "1 235"),
    (datetime(2024, 5, 3), "mm-dd-yy", "3/05/2024"),
    (date(2024, 5, 3), "dd/mm/yyyy", "03/05/2024"),
    (datetime(2024, 5, 3), "mmm-yy", "mei-24"),
    (datetime(2024, 5, 3, 14, 5), "d/mm/yyyy h:mm", "3/05/2024 14:05"),
    (time(14, 5), "h:mm", "14:05"),
    (timedelta(hours=30, minutes=5), "[h]:mm", "30:05"),
    (True, "General", "WAAR"),
    (None, "General", ""),
    ("tekst", "@", "tekst"),
]


@pytest.mark.parametrize(("value", "number_format", "text"), SHOWN)
def test_a_value_is_the_text_that_the_sheet_shows(value, number_format, text):
    assert shown(value, number_format) == text


@given(st.integers(-(10**12), 10**12))
def test_what_a_sheet_shows_of_an_integer_reads_back(value):
    assert read_number(shown(value, "#,##0")).value == value


def written(build) -> Document:
    book, out = openpyxl.Workbook(), io.BytesIO()
    build(book)
    book.save(out)
    return read_xlsx(out.getvalue(), "answer.xlsx", "0")


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def test_a_sheet_is_its_title_its_table_and_its_notes():
    def build(book):
        sheet = book.active
        sheet.title = "Bijlage 1"
        for row in [
            ["Steun per provincie"],
            [],
            ["Provincie", 2023, 2024],
            ["Antwerpen", 110.9, 38],
            [],
            ["Totaal", 110.9, 38],
            [],
            ["* voorlopig"],
        ]:
            sheet.append(row)

    found = written(build)
    assert lines(found) == ["Bijlage 1", "Steun per provincie", "* voorlopig"]
    (table,) = [interpret(grid) for grid in grids(found)]
    assert [c.raw for c in table.columns] == ["2023", "2024"]
    assert [[*row.labels, *(c.text for c in row.cells)] for row in table.rows] == [
        ["Antwerpen", "110,9", "38"],
        ["Totaal", "110,9", "38"],
    ]


def test_merged_cells_keep_their_spans():
    def build(book):
        sheet = book.active
        sheet["B1"], sheet["A3"], sheet["B3"], sheet["C3"] = "2024", "Bouw", 1, 2
        sheet["A1"], sheet["B2"], sheet["C2"] = "Sector", "aantal", "aandeel"
        sheet.merge_cells("B1:C1")
        sheet.merge_cells("A1:A2")

    (grid,) = grids(written(build))
    spans = {c.text: (c.row, c.column, c.row_span, c.column_span) for c in grid.cells}
    assert spans["2024"] == (0, 1, 1, 2)
    assert spans["Sector"] == (0, 0, 2, 1)


def test_what_is_hidden_is_left_out_and_said():
    def build(book):
        sheet = book.active
        for row in [["a", 1, 2], ["b", 3, 4], ["c", 5, 6]]:
            sheet.append(row)
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        secret = book.create_sheet("geheim")
        secret["A1"] = 12
        secret.sheet_state = "hidden"

    found = written(build)
    assert [c.text for c in grids(found)[0].cells] == ["a", "1", "c", "5"]
    assert [r.code for r in found.remarks] == [Code.CONTENT_HIDDEN] * 2
    assert any("5 cells in hidden rows or columns" in r.message for r in found.remarks)
    assert any("'geheim' is hidden" in r.message for r in found.remarks)


def test_a_formula_without_a_stored_result_is_said():
    def build(book):
        book.active.append(["a", 1])
        book.active.append(["b", "=B1*2"])

    (remark,) = written(build).remarks
    assert "1 formulas have no stored result" in remark.message


def test_bold_indents_and_line_breaks_are_kept():
    def build(book):
        sheet = book.active
        sheet.append(["Totaal", 1])
        sheet.append(["Papier- en\nkarton", 2])
        sheet["A1"].font, sheet["A2"].alignment = Font(bold=True), Alignment(indent=2)

    total, _, label, _ = grids(written(build))[0].cells
    assert (total.bold, label.text, label.indent) == (True, "Papier- en karton", 18.0)


def test_each_sheet_has_its_own_page():
    def build(book):
        book.active.append(["a", 1])
        book.active.append(["b", 2])
        for row in (["c", 3], ["d", 4]):
            (book["Tweede"] if "Tweede" in book.sheetnames else book.create_sheet("Tweede")).append(row)

    found = written(build)
    assert [grid.page for grid in grids(found)] == [1, 2]
    assert found.source.pages == 2


def test_a_workbook_that_shows_nothing_is_refused():
    with pytest.raises(SourceError, match="1 sheets that show nothing"):
        written(lambda book: None)


def test_a_sheet_beyond_measure_is_refused():
    def build(book):
        book.active["A1"] = book.active["XFD1048576"] = 1

    with pytest.raises(SourceError, match="expected at most"):
        written(build)


def test_a_damaged_workbook_is_refused_in_one_line():
    with pytest.raises(SourceError, match="found a damaged one") as refusal:
        read_xlsx(b"PK\x03\x04", "answer.xlsx", "0")
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("words", "shown_as"),
    [
        ("The staff in the prisons of the regions", ["1,702", "12.5%", "3.25"]),
        ("Het personeel in de gevangenissen van het gewest", ["1.702", "12,5%", "3,25"]),
        ("Das Personal in den Anstalten der Länder und des Bundes", ["1.702", "12,5%", "3,25"]),
    ],
)
def test_figures_are_shown_as_a_reader_of_its_language_sees_them(words, shown_as):
    def build(book):
        sheet = book.active
        sheet.append([words])
        sheet.append([])
        sheet.append(["a", "b", "c", "d"])
        sheet.append(["e", 1702, 0.125, 3.25])
        sheet["B4"].number_format, sheet["C4"].number_format = "#,##0", "0.0%"

    (grid,) = grids(written(build))
    assert [c.text for c in grid.cells][5:] == shown_as


def test_a_table_behind_a_blank_column_that_begins_as_the_first_is_another():
    rows = [
        ["Centrum", "VTE", None, "Centrum", "Datum"],
        ["Brussel", 142, None, "Brussel", "04/11/2016"],
        ["Luik", 88, None, "Gent", "19/02/2018"],
        ["Namen", 46],
    ]
    left, right = grids(written(lambda book: [book.active.append(row) for row in rows]))
    assert [c.text for c in left.cells] == ["Centrum", "VTE", "Brussel", "142", "Luik", "88", "Namen", "46"]
    assert [c.text for c in right.cells] == ["Centrum", "Datum", "Brussel", "04/11/2016", "Gent", "19/02/2018"]


@pytest.mark.parametrize(
    "rows",
    [
        [["Stad", "2022", None, "2023"], ["Gent", 1, None, 2], ["Luik", 3, None, 4]],
        [["Stad", "n", None, "Opmerking"], ["Gent", 1, None, "raming"], ["Luik", 3, None, "telling"]],
        [["n", "m", None, "n"], ["Gent", 1, None, 2], ["Luik", 3, None, 4]],
    ],
    ids=["figures behind it", "remarks behind it", "figures under the same header"],
)
def test_a_blank_column_alone_parts_no_table(rows):
    (grid,) = grids(written(lambda book: [book.active.append(row) for row in rows]))
    assert [c.text for c in grid.cells] == [str(v) for row in rows for v in row if v is not None]
