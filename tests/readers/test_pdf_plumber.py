"""The second engine sees what the first sees, or the difference is told."""

from dataclasses import replace

from tests.handmade import handmade, printed, to_unicode
from tests.readers.test_pdf import pdf as made

from pv_extract.layout.pages import blocks
from pv_extract.layout.verify import disagreements
from pv_extract.model import Document
from pv_extract.readers import pdf, pdf_plumber


def draw(c):
    for row, (label, figure) in enumerate([("Sector", "2020"), ("Bouw", "580"), ("Horeca", "173"), ("Textiel", "4")]):
        c.drawString(100, 700 - 20 * row, label)
        c.drawRightString(300, 700 - 20 * row, figure)
    for row in range(5):
        c.line(95, 715 - 20 * row, 305, 715 - 20 * row)
    for x in (95, 250, 305):
        c.line(x, 715, x, 635)
    c.drawString(100, 500, "In 2020 waren er 757.")


def both() -> tuple[Document, Document]:
    data = made(draw)
    return pdf.read_pdf(data, "a.pdf", ""), pdf_plumber.read_pdf(data, "a.pdf", "")


def test_both_engines_read_the_same_words():
    first, second = both()
    assert sorted(w.text for w in first.pages[0].words) == sorted(w.text for w in second.pages[0].words)
    assert len(second.pages[0].rules) == len(first.pages[0].rules)


def test_engines_that_agree_have_nothing_to_report():
    first, second = both()
    assert disagreements(first, blocks(first), second) == ()


def test_a_digit_that_only_one_engine_sees_is_reported_with_its_cell():
    first, second = both()
    page = second.pages[0]
    changed = tuple(w._replace(text="58") if w.text == "580" else w for w in page.words)
    remarks = disagreements(first, blocks(first), replace(second, pages=(replace(page, words=changed),)))
    assert [r.code for r in remarks] == ["engines-differ"]
    assert "'580'" in remarks[0].message
    assert "'58'" in remarks[0].message
    assert remarks[0].box is not None


def test_a_digit_outside_the_tables_is_compared_too():
    first, second = both()
    page = second.pages[0]
    changed = tuple(w for w in page.words if w.text != "757.")
    remarks = disagreements(first, blocks(first), replace(second, pages=(replace(page, words=changed),)))
    assert ["'577'" in r.message for r in remarks] == [True]


def test_a_map_to_unicode_that_changes_digits_is_told():
    font, mapped = to_unicode({"5": "6", "1": "¹"})
    data = handmade(printed(), font, mapped)
    assert [(r.code, r.message) for r in pdf_plumber.read_pdf(data, "a.pdf", "").remarks] == [
        (
            "engines-differ",
            "font Helvetica: its map to Unicode contradicts its encoding, which prints '5' for '6'",
        )
    ]


def test_the_corner_of_a_page_may_lie_anywhere():
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [-100 -42 495 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    data = handmade(printed(), more={3: page})
    first, second = pdf.read_pdf(data, "a.pdf", ""), pdf_plumber.read_pdf(data, "a.pdf", "")
    assert disagreements(first, blocks(first), second) == ()
