"""Where columns can be read in more than one way, types and totals decide, and the choice is told."""

import pytest

from pv_extract.layout.pages import page_blocks
from pv_extract.layout.readings import torn
from pv_extract.model import Box, Grid, Page, Word

SIZE, DIGIT = 10.0, 5.0


def word(text, right, y):
    wide = DIGIT * len(text)
    return Word(text, Box(right - wide, y, right, y + SIZE), SIZE)


def page(header, rows, ends):
    """A page with one table: labels from x 50, figures that end at these x."""
    words = []
    for k, (label, *figures) in enumerate([header, *rows]):
        y = 100 + 14.0 * k
        words.append(Word(label, Box(50, y, 50 + DIGIT * len(label), y + SIZE), SIZE))
        words += [word(text, end, y) for text, end in zip(figures, ends, strict=True) if text]
    return Page(1, 595, 842, tuple(words))


def read(header, rows, ends):
    (grid,) = [b for b in page_blocks(page(header, rows, ends)) if isinstance(b, Grid)]
    table: dict[int, list[str]] = {}
    for cell in grid.cells:
        table.setdefault(cell.row, []).append(cell.text)
    return list(table.values()), grid.remarks


ROWS = [["Gent", "33,1", "26,0"], ["Brugge", "19,8", "13,2"], ["Aalst", "25,5", "96,3"], ["Totaal", "78,4", "135,5"]]


def test_two_columns_a_word_space_apart_are_told_by_their_totals():
    table, remarks = read(["Stad", "M", "V"], ROWS, (200, 225))
    assert table[1:] == ROWS
    assert [r.code for r in remarks] in ([], ["reading-chosen"])


def test_figures_too_close_for_columns_are_taken_apart_and_it_is_told():
    rows = [["Gent", "13,1", "26,0"], ["Brugge", "19,8", "13,2"], ["Aalst", "25,5", "16,3"], ["Totaal", "58,4", "55,5"]]
    table, remarks = read(["Stad", "", "Prijs"], rows, (200, 223))
    assert table[1:] == rows
    assert [r.code for r in remarks] == ["reading-chosen"]
    assert "column 2 as two" in remarks[0].message


def test_numbers_in_groups_stay_whole_where_lines_stand_for_the_lines_under_them():
    """A reading that tears them leaves blanks, and no sum to be held against: that does not speak for it."""
    rows = [
        ["Operatoren", "21 874", "51,7"], ["Materieel", "9 312", "22,0"], ["Personeel", "12 562", "29,7"],
        ["Beheerder", "9 120", "21,6"], ["Werken", "957", "2,3"], ["Seinen", "8 163", "19,3"],
        ["Derden", "11 306", "26,7"], ["Totaal", "42 300", "100,0"],
    ]  # fmt: skip
    table, remarks = read(["Oorzaak", "2022", "Deel"], rows, (200, 260))
    assert table[1:] == rows
    assert remarks == ()


def test_a_table_that_reads_one_way_has_no_remark():
    table, remarks = read(["Stad", "2021", "2022"], ROWS, (200, 260))
    assert table == [["Stad", "2021", "2022"], *ROWS]
    assert not remarks


@pytest.mark.parametrize("text", ["345 1", "12 34", "33,1 26,0", "1 234 56", "2021 2022"])
def test_a_cell_of_two_figures_is_torn(text):
    assert torn(text)


@pytest.mark.parametrize("text", ["345", "1 234", "12 345 678", "1 234,5", "twee 3", "-", "226 (1)", ""])
def test_a_number_in_groups_and_words_are_not(text):
    assert not torn(text)
