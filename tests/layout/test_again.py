"""Tables under each other on one set of columns: each header begins a table, and is never a row of figures."""

from dataclasses import replace

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, row, tables
from tests.make import grid

from pv_extract.layout.again import again
from pv_extract.layout.headers import interpret
from pv_extract.model import Grid
from pv_extract.pipeline import read_tables

YEARS = ["2026", "2027", "2028", "2029"]
RESULT = [["Resultaat", *YEARS], ["Ontvangsten", "10", "20", "30", "40"], ["Uitgaven", "1", "2", "3", "4"]]
MARGIN = [["Marge", *YEARS], ["Saldo", "9", "18", "27", "36"]]


def texts(found: Grid) -> list[list[str]]:
    rows: dict[int, list[str]] = {}
    for cell in found.cells:
        rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


@pytest.mark.parametrize("rules", [True, False])
def test_a_header_that_comes_again_begins_a_table(rules):
    def draw(c: Canvas) -> None:
        for k, (name, top) in enumerate((("Resultaat", 720), ("Marge", 640), ("Gecorrigeerd", 560))):
            row(c, top, name, YEARS)
            body(c, top - 14, more=k)
            for y in (top + 10, top - 4, top - 60) if rules else ():
                level(c, y)

    found = tables(draw)
    assert [t.stub_columns for t in found] == [("Resultaat",), ("Marge",), ("Gecorrigeerd",)]
    assert [[c.path for c in t.columns] for t in found] == [[(year,) for year in YEARS]] * 3
    assert [[r.labels for r in t.rows] for t in found] == [[("Lonen",), ("Werking",), ("Subsidies",), ("Rente",)]] * 3


def test_so_it_is_in_a_sheet_without_a_blank_row_between_them(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Blad", 0)
    for line in (*RESULT, *MARGIN):
        sheet.append([int(text) if text.isdigit() else text for text in line])
    book.save(tmp_path / "made.xlsx")
    found = read_tables(tmp_path / "made.xlsx").tables
    assert [[c.raw for c in t.columns] for t in found] == [YEARS, YEARS]
    assert [[r.label for r in t.rows] for t in found] == [["Ontvangsten", "Uitgaven"], ["Saldo"]]


LEVELS = [["", "Vlaanderen", "", "Brussel", ""], ["", "2026", "2027", "2026", "2027"]]


@pytest.mark.parametrize(
    ("rows", "parts"),
    [
        ([*RESULT, *MARGIN], [3, 2]),
        ([*RESULT, *MARGIN, *MARGIN], [3, 2, 2]),
        ([*LEVELS, ["a", "1", "2", "3", "4"], *LEVELS, ["b", "5", "6", "7", "8"]], [3, 3]),
        ([*LEVELS, ["a", "1", "2", "3", "4"], LEVELS[1], ["b", "5", "6", "7", "8"]], [3, 2]),
        ([["", *YEARS], ["a", "1", "2", "3", "4"], ["", *YEARS], ["b", "5", "6", "7", "8"]], [2, 2]),
    ],
    ids=["two", "three", "two levels", "the lower level alone", "without labels"],
)
def test_each_part_has_its_header(rows, parts):
    found = again(grid(rows))
    assert [len(texts(part)) for part in found] == parts
    assert [text for part in found for text in texts(part)] == rows
    assert all(interpret(part).rows for part in found)


@pytest.mark.parametrize(
    "rows",
    [
        [*RESULT, ["Saldo", "9", "18", "27", "36"]],
        [*RESULT, ["Jaar", "2026", "2027", "2028", "2030"]],  # another row
        [*RESULT, ["Jaar", "2026", "2027", "2028", ""]],  # a part of it
        [["Post", "2026"], ["a", "1"], ["b", "2026"]],  # one column is too few to tell
        [["a", "1", "2"], ["b", "3", "4"]],  # no header
    ],
    ids=["no header again", "another", "a part", "one column", "none"],
)
def test_other_rows_begin_no_table(rows):
    made = grid(rows)
    assert again(made) == [made]


def test_a_declared_header_is_that_of_each_part_too():
    """As rows that a word processor prints again on each page."""
    found = again(replace(grid([*RESULT, *MARGIN]), header_rows=1))
    tables = [interpret(part) for part in found]
    assert [[c.raw for c in t.columns] for t in tables] == [YEARS, YEARS]
    assert [[row.labels for row in t.rows] for t in tables] == [[("Ontvangsten",), ("Uitgaven",)], [("Saldo",)]]
