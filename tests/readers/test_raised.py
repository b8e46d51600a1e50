"""Small or raised digits of a PDF that are figures, and no marks of notes."""

import pytest
from tests.handmade import handmade, stream

from pv_extract.readers.pdf import read_pdf

DIGITS = b"zero one two three four five six seven eight nine".split()


def words(data: bytes) -> list[str]:
    return [word.text for word in read_pdf(data, "a.pdf", "0" * 64).pages[0].words]


def drawn_digits(low: int, height: int) -> tuple[bytes, dict[int, bytes]]:
    """A font whose digits are bars, this far above the baseline and this high, in thousandths of the type size."""
    names = b" ".join(b"/" + name for name in DIGITS)
    drawn = b" ".join(b"/%s 20 0 R" % name for name in DIGITS)
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 1000] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 48 /LastChar 57 "
        b"/Widths [%s] /Encoding << /Type /Encoding /Differences [48 %s] >> /CharProcs << %s >> /Resources << >> >>"
    ) % (b"556 " * 10, names, drawn)
    return font, {20: stream(b"556 0 20 %d 500 %d d1 20 %d 480 %d re f" % (low, low + height, low, height))}


@pytest.mark.parametrize(
    ("low", "height", "read"), [(0, 680, "226"), (250, 700, "226"), (300, 680, "226"), (330, 420, "²²⁶")]
)
def test_digits_that_a_font_draws_high_are_marks_only_where_they_are_small(low, height, read):
    font, more = drawn_digits(low, height)
    assert words(handmade(b"BT /F1 10 Tf 50 700 Td (226) Tj ET", font, more)) == [read]


@pytest.mark.parametrize("figure", ["1234", "20250"])
def test_small_figures_in_the_middle_of_their_row_are_no_marks(figure):
    def set_at(x: float, y: float, size: float, text: str) -> bytes:
        return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET ".encode()

    before = set_at(50, 702, 6, figure) + set_at(50 + 3.4 * len(figure) + 4, 700, 10, "Antwerpen")
    assert words(handmade(before)) == [figure, "Antwerpen"]
    behind = set_at(50, 700, 10, "Antwerpen") + set_at(102, 704, 6, figure)
    assert words(handmade(behind)) == ["Antwerpen", figure]
