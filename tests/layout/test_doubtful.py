"""What the geometry of a header leaves open is said, and nothing is said of one that stands over its columns."""

import pytest

from pv_extract.layout.doubtful import doubt
from pv_extract.layout.edges import Edge
from pv_extract.layout.slots import Lattice, Slot
from pv_extract.model import Box, Word

XS = [0.0, 100.0, 200.0, 300.0, 400.0, 500.0]


def slot(row: int, left: int, right: int, text: str, x0: float, x1: float) -> Slot:
    words = [Word(text, Box(x0, 20.0 * row, x1, 20.0 * row + 10), 10.0)] if text else []
    return Slot(row, row, left, right, words)


def lattice(*headers: Slot) -> Lattice:
    last = max(s.bottom for s in headers) + 1
    leaves = [slot(last, c, c, f"k{c}", 100.0 * c + 40, 100.0 * c + 90) for c in range(1, 5)]
    body = [
        slot(last + row, c, c, "Lonen" if c == 0 else f"{row}1{c},5", 100.0 * c + 40, 100.0 * c + 90)
        for row in (1, 2, 3)
        for c in range(5)
    ]
    return Lattice(list(XS), [20.0 * k for k in range(last + 5)], [*headers, *leaves, *body])


@pytest.mark.parametrize(
    ("x0", "x1"), [(250, 280), (140, 180), (360, 390), (150, 370)], ids=["middle", "left", "right", "filling"]
)
def test_a_header_over_its_columns_is_not_doubted(x0, x1):
    assert doubt(lattice(slot(0, 1, 3, "Realisatie", x0, x1)), []) is None


def test_one_off_the_middle_of_its_columns_is_doubted():
    said = doubt(lattice(slot(0, 1, 4, "Realisatie", 200, 240)), [])
    assert said == "the header 'Realisatie' stands over 4 columns, but not in their middle"


def test_a_rule_under_it_settles_where_it_stands():
    header = slot(0, 1, 4, "Realisatie", 240, 280)
    assert doubt(lattice(header), []) is not None
    assert doubt(lattice(header), [Edge(14.0, 30.0, 490.0)]) is None


def test_one_over_the_end_of_another_is_doubted():
    upper, lower = slot(0, 1, 2, "Realisatie", 180, 250), slot(1, 2, 3, "Raming", 280, 350)
    assert (
        doubt(lattice(upper, lower), [])
        == "the header 'Raming' reaches over an end of the header 'Realisatie' above it"
    )


def test_no_header_over_several_columns_nothing_to_doubt():
    assert doubt(lattice(slot(0, 1, 1, "2024", 100, 130)), []) is None
