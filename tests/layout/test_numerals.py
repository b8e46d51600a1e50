"""Groups of digits are put together as their numbers were printed, however close columns stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.layout.numerals import united
from pv_extract.model import Box, Word

DIGIT, SPACE, SIZE = 5.0, 2.8, 10.0


def row(numbers, ends, y):
    """Words of numbers that end at these x, their groups parted by spaces."""
    out = []
    for number, end in zip(numbers, ends, strict=True):
        groups = f"{number:,}".split(",")
        x = end - sum(len(g) * DIGIT for g in groups) - SPACE * (len(groups) - 1)
        for group in groups:
            out.append(Word(group, Box(x, y, x + len(group) * DIGIT, y + SIZE), SIZE))
            x += len(group) * DIGIT + SPACE
    return out


def texts(words):
    return [w.text for w in words]


def test_a_short_group_begins_a_number_and_ends_the_one_before():
    words = row((345, 1_678_901), (100, 145), 0)
    assert texts(united(words)[0]) == ["345", "1 678 901"]


def test_a_column_that_ends_between_two_groups_parts_them():
    ends = (100, 140)
    words = [*row((112_345, 78_901), ends, 0), *row((12_345, 678_901), ends, 14)]
    assert texts(united(words)[0]) == ["112 345", "78 901", "12 345", "678 901"]


@pytest.mark.parametrize("over", [("1", "2", "3"), ("2", "jaar", "3", "jaar")])
def test_the_numbers_of_columns_and_those_in_headers_end_no_figure_below_them(over):
    body = [*row((8_427, 3_908, 1_417), (100, 150, 200), 14), *row((725, 1_538, 9_424), (100, 150, 200), 28)]
    head = [Word(t, Box(82.2 + 13 * k - 5 * len(t), 0, 82.2 + 13 * k, 10), SIZE) for k, t in enumerate(over)]
    words = [w for w in united([*head, *body])[0] if w.box.top > 0]
    assert texts(words) == ["8 427", "3 908", "1 417", "725", "1 538", "9 424"]


@pytest.mark.parametrize(
    "printed", [("12", "34"), ("2022", "345"), ("1.204", "345"), ("12,5", "345"), ("1", "2345"), ("345%", "678")]
)
def test_what_cannot_be_one_number_stays_apart(printed):
    words = [Word(t, Box(k * 24.0, 0, k * 24.0 + 21.5, 10), SIZE) for k, t in enumerate(printed)]
    assert texts(united(words)[0]) == list(printed)


def test_groups_further_off_than_a_word_space_stay_apart():
    words = [Word("12", Box(0, 0, 10, 10), SIZE), Word("345", Box(18, 0, 33, 10), SIZE)]
    assert texts(united(words)[0]) == ["12", "345"]


tables = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.lists(st.integers(1, 9_999_999), min_size=n, max_size=n), min_size=1, max_size=8)
)


@given(tables, st.floats(0.5, 4.0))
def test_no_number_takes_digits_of_its_neighbour_where_columns_show_their_ends(rows, gap):
    columns = len(rows[0])
    wide = 7 * DIGIT + 2 * SPACE + gap
    ends = [60 + wide * (k + 1) for k in range(columns)]
    closing = [7] * columns  # a row of single digits shows where each column ends
    words = [w for k, numbers in enumerate([*rows, closing]) for w in row(numbers, ends, 14.0 * k)]
    expected = [f"{n:,}".replace(",", " ") for numbers in [*rows, closing] for n in numbers]
    assert texts(united(words)[0]) == expected


def test_years_in_the_middle_of_a_header_end_no_number_below_them():
    ends = [100.0, 200.0, 300.0]
    off = 2 * SPACE + 6 * DIGIT  # each year ends where the millions of the figures below do
    header = [Word(f"202{k}", Box(x - off - 4 * DIGIT, 0.0, x - off, SIZE), SIZE) for k, x in enumerate(ends)]
    body = [row([2_946_263, 8_772_995, 931_995], ends, 14.0), row([4_248_415, 3_064_323, 1_499_215], ends, 28.0)]
    words, _ = united([*header, *body[0], *body[1]])
    assert texts(words)[3:] == ["2 946 263", "8 772 995", "931 995", "4 248 415", "3 064 323", "1 499 215"]


def test_years_right_above_the_ends_of_columns_part_numbers_below_them():
    ends = [100.0, 100.0 + 8 * DIGIT]
    header = [Word(f"202{k}", Box(x - 4 * DIGIT, 0.0, x, SIZE), SIZE) for k, x in enumerate(ends)]
    words, _ = united([*header, *row([345, 678_901], ends, 14.0), *row([12, 345_678], ends, 28.0)])
    assert texts(words)[2:] == ["345", "678 901", "12", "345 678"]
