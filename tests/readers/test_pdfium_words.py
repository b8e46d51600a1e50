"""Pieces of PDFium put together as words."""

import pytest

from pv_extract.model import Box
from pv_extract.readers.pdfium_runs import Run
from pv_extract.readers.pdfium_text import Piece
from pv_extract.readers.pdfium_words import words


def run() -> Run:
    return Run("Sans", bold=False, size=10.0, color="000000", angle=0.0, quarter=0, baseline=100.0, invisible=False)


def read(*pieces):
    """Words of pieces, each a text object of its own with a space before it as PDFium reports them."""
    made = [Piece(t, (x0, 98.0, x1, 108.0), run(), glued=False) for t, x0, x1 in pieces]
    return [w.text for w in words(made, lambda b: Box(b[0], 842 - b[3], b[2], 842 - b[1]), 0)]


def test_letters_that_are_placed_one_by_one_are_a_word():
    assert read(("N", 50.0, 57.2), ("o", 57.201, 62.8), ("t", 62.8, 65.6)) == ["Not"]


@pytest.mark.parametrize("gap", [0.3, 2.8, -1.0])
def test_letters_with_a_gap_between_them_are_words_of_their_own(gap):
    assert read(("N", 50.0, 57.2), ("B", 57.2 + gap, 63.8 + gap)) == ["N", "B"]
