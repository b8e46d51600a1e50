"""The PDF reader on real files, made here with reportlab."""

import io
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from tests.handmade import handmade, printed, stream, to_unicode

from pv_extract.findings import SourceError
from pv_extract.model import Document
from pv_extract.readers.pdf import read_pdf
from pv_extract.readers.pdf_streams import damage
from pv_extract.readers.raised import as_mark

A4 = (595.0, 842.0)
FIXTURES = Path(__file__).parents[2] / "fixtures"


def canvas(buffer: io.BytesIO, **options) -> Canvas:
    made = Canvas(buffer, pagesize=A4, invariant=1, **options)
    made.setFont("Helvetica", 10)
    return made


def pdf(draw, **options) -> bytes:
    buffer = io.BytesIO()
    page = canvas(buffer, **options)
    draw(page)
    page.showPage()
    page.save()
    return buffer.getvalue()


def read(data: bytes) -> Document:
    return read_pdf(data, "answer.pdf", "0" * 64)


def texts(document: Document) -> list[str]:
    return [word.text for word in document.pages[0].words]


def test_words_come_with_their_place_from_the_top_left_corner():
    document = read(pdf(lambda c: c.drawString(100, 742, "Limburg 511")))
    first, second = document.pages[0].words
    assert (first.text, second.text) == ("Limburg", "511")
    assert first.box.x0 == pytest.approx(100, abs=0.5)
    assert first.box.top < 100 < first.box.bottom
    assert first.size == 10
    assert document.source.pages == 1


def test_a_raised_digit_is_a_mark_and_no_part_of_the_figure():
    def draw(c):
        c.drawString(100, 700, "226")
        c.setFont("Helvetica", 6)
        c.drawString(116.7, 704, "1")

    assert texts(read(pdf(draw))) == ["226¹"]


MARKED = {
    "Overheid": "a",
    "226": "a",
    "3,1": "e",
    "2024": "b",
    "RCC": "a",
    "Lonen": "(a)",
    "87%": "a,b",
    "Bedrijven": "e",
}
WHOLE = [
    ("1", "er"),
    ("2", "e"),
    ("14", "h"),
    ("M", "e"),
    ("XX", "e"),
    ("Ste", "e"),
    ("n", "o"),
    ("x", "a"),
    ("3", "de"),
]


@pytest.mark.parametrize(("word", "mark"), MARKED.items())
def test_a_raised_letter_is_a_mark_behind_a_label_or_a_figure(word, mark):
    assert texts(read(pdf(raised(word, mark)))) == [word + as_mark(mark)]


@pytest.mark.parametrize(("word", "letters"), WHOLE)
def test_raised_letters_that_end_a_shortened_word_belong_to_it(word, letters):
    assert texts(read(pdf(raised(word, letters)))) == [word + letters]


def test_a_second_mark_a_space_behind_the_first_is_raised_too():
    def draw(c: Canvas) -> None:
        raised("Stufe", "1)")(c)
        c.setFont("Helvetica", 6)
        c.drawString(132, 704, "3)")

    assert texts(read(pdf(draw))) == ["Stufe¹⁾", "³⁾"]


def test_a_raised_letter_between_two_notes_is_the_mark_of_the_second():
    def draw(c: Canvas) -> None:
        raised("Bron.", "")(c)
        c.setFont("Helvetica", 6)
        c.drawString(128, 704, "b")
        c.setFont("Helvetica", 10)
        c.drawString(134, 700, "Raming")

    assert texts(read(pdf(draw))) == ["Bron.", "ᵇ", "Raming"]


def test_a_raised_letter_before_a_note_is_its_mark():
    assert texts(read(pdf(lambda c: raised("", "a")(c) or c.drawString(104, 700, "Inclusief")))) == ["ᵃInclusief"]


def raised(word: str, mark: str) -> Callable[[Canvas], None]:
    def draw(c: Canvas) -> None:
        c.drawString(100, 700, word)
        x = 100 + c.stringWidth(word)
        c.setFont("Helvetica", 6)
        c.drawString(x, 704, mark)
        c.setFont("Helvetica", 10)

    return draw


@pytest.mark.parametrize(("x", "size"), [(129, 7), (126.4, 9)])
def test_a_raised_letter_behind_a_word_stands_on_its_line(x, size):
    def draw(c):
        c.drawString(100, 700, "Limits")
        c.setFont("Helvetica", size)
        c.drawString(x, 704, "b")
        c.setFont("Helvetica", 10)
        c.drawString(140, 700, "(mg)")

    first, mark, last = read(pdf(draw)).pages[0].words
    assert mark.text == "b"
    assert (mark.box.top, mark.box.bottom) == (first.box.top, first.box.bottom) == (last.box.top, last.box.bottom)


def test_a_lowered_digit_is_a_subscript():
    def draw(c):
        c.drawString(100, 700, "CO")
        c.setFont("Helvetica", 6)
        c.drawString(115.1, 697.5, "2")

    assert texts(read(pdf(draw))) == ["CO₂"]


def test_bold_printed_twice_is_read_once():
    def draw(c):
        c.drawString(100, 700, "Totaal")
        c.drawString(100.3, 700, "Totaal")

    assert texts(read(pdf(draw))) == ["Totaal"]


def test_words_set_without_a_space_character_are_parted_where_they_stand_apart():
    def draw(c):
        c.drawString(100, 700, "Bouw")
        c.drawString(200, 700, "580")
        c.drawString(250, 700, "846")

    assert texts(read(pdf(draw))) == ["Bouw", "580", "846"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_is_read_as_its_reader_sees_it(turn):
    def draw(c):
        c.setPageRotation(turn)
        c.saveState()
        # text drawn so that it is upright once the page is turned
        if turn == 90:
            c.translate(A4[1], 0)  # the canvas lays the page on its side before it is turned
            c.rotate(90)
        elif turn == 180:
            c.translate(*A4)
            c.rotate(180)
        else:
            c.translate(0, A4[0])
            c.rotate(-90)
        c.setFont("Helvetica", 10)
        c.drawString(50, 300, "Horeca 173")
        c.restoreState()

    page = read(pdf(draw)).pages[0]
    assert (page.width, page.height) == A4
    assert [w.text for w in page.words] == ["Horeca", "173"]
    assert [w.angle for w in page.words] == [0.0, 0.0]
    assert page.words[0].box.x0 == pytest.approx(50, abs=1)
    assert page.words[0].box.x1 < page.words[1].box.x0
    assert page.height - page.words[0].box.bottom == pytest.approx(300, abs=4)


@pytest.mark.parametrize("angle", [90, 270])
def test_a_landscape_table_drawn_sideways_is_turned_upright(angle):
    def draw(c):
        c.translate(300, 400)
        c.rotate(angle)
        c.setFont("Helvetica", 10)
        c.drawString(0, 0, "Horeca 173")
        c.drawString(0, -14, "Textiel 4")

    page = read(pdf(draw)).pages[0]
    assert (page.width, page.height) == (842, 595)
    horeca, figure, textiel = (next(w for w in page.words if w.text == t) for t in ("Horeca", "173", "Textiel"))
    assert horeca.box.x1 < figure.box.x0
    assert horeca.box.bottom < textiel.box.bottom
    assert horeca.angle == 0


def test_text_at_an_angle_keeps_its_angle():
    def draw(c):
        c.drawString(100, 700, "Horeca and a line of level text")
        c.translate(300, 300)
        c.rotate(45)
        c.setFont("Helvetica", 30)
        c.drawString(0, 0, "ONTWERP")

    stamp = next(w for w in read(pdf(draw)).pages[0].words if w.text == "ONTWERP")
    assert stamp.angle == pytest.approx(45, abs=1)


def test_places_count_from_the_corner_of_the_cropped_page():
    def draw(c):
        c.setCropBox((50, 100, 545, 742))
        c.drawString(100, 700, "Limburg")
        c.drawString(10, 20, "drukmerk")

    document = read(pdf(draw))
    page = document.pages[0]
    assert (page.width, page.height) == (495, 642)
    assert [w.text for w in page.words] == ["Limburg"]
    assert page.words[0].box.x0 == pytest.approx(50, abs=0.5)
    assert any("outside the visible page" in r.message for r in document.remarks)


def test_invisible_text_is_left_out_and_told():
    def draw(c):
        c.drawString(100, 700, "Limburg 511")
        text = c.beginText(100, 600)
        text.setTextRenderMode(3)
        text.textOut("999")
        c.drawText(text)

    document = read(pdf(draw))
    assert texts(document) == ["Limburg", "511"]
    assert [r.code for r in document.remarks] == ["content-hidden"]


def test_white_text_on_nothing_is_read_and_told():
    def draw(c):
        c.drawString(100, 700, "Limburg 511")
        c.setFillColorRGB(1, 1, 1)
        c.drawString(100, 600, "999")

    document = read(pdf(draw))
    assert texts(document) == ["Limburg", "511", "999"]
    (remark,) = document.remarks
    assert remark.code == "content-hidden"
    assert "'999'" in remark.message


def test_white_text_on_a_dark_area_is_a_header_like_any_other():
    def draw(c):
        c.rect(90, 690, 200, 30, fill=1)
        c.setFillColorRGB(1, 1, 1)
        c.drawString(100, 700, "Provincie")

    assert not read(pdf(draw)).remarks


def test_lines_and_slivers_are_rules_and_areas_are_fills():
    def draw(c):
        c.drawString(100, 700, "x")
        c.line(100, 690, 300, 690)
        c.rect(100, 650, 0.5, 40, stroke=0, fill=1)
        c.setFillGray(0.8)
        c.rect(100, 600, 200, 20, stroke=0, fill=1)

    page = read(pdf(draw)).pages[0]
    assert sorted(rule.horizontal for rule in page.rules) == [False, True]
    assert [round(fill.box.height) for fill in page.fills] == [20]


def test_a_rule_in_the_colour_of_its_ground_is_not_seen():
    def draw(c):
        c.drawString(100, 700, "x")
        c.setStrokeGray(1)
        c.line(100, 690, 300, 690)
        c.setFillGray(0.5)
        c.rect(100, 600, 200, 40, stroke=0, fill=1)
        c.line(100, 620, 300, 620)
        c.setStrokeGray(0.5)
        c.line(100, 610, 300, 610)

    rules = read(pdf(draw)).pages[0].rules
    assert [round(842 - r.box.middle[1]) for r in rules] == [620]


REFUSALS = {
    "no PDF": (lambda: b"SCHRIFTELIJKE VRAAG", "not a PDF"),
    "truncated": (lambda: pdf(lambda c: c.drawString(100, 700, "x"))[:300], "answer.pdf: "),
    "encrypted": (lambda: pdf(lambda c: c.drawString(9, 9, "x"), encrypt=StandardEncryption("pw")), "encrypted"),
    "images only": (lambda: pdf(lambda c: c.rect(10, 10, 300, 300, fill=1)), "no text layer"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_cannot_be_read_is_refused_in_one_line(case):
    data, said = REFUSALS[case]
    with pytest.raises(SourceError) as caught:
        read(data())
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_page_without_text_among_others_is_remarked_on():
    def draw(c):
        c.drawString(100, 700, "Limburg 511")
        c.showPage()
        c.rect(10, 10, 300, 300, fill=1)

    document = read(pdf(draw))
    assert [(r.code, r.page) for r in document.remarks] == [("page-unreadable", 2)]


def test_a_hyphen_of_the_author_stays_where_the_document_is_not_hyphenated():
    def draw(c):
        c.drawString(100, 700, "Provincie Oost-")
        c.drawString(100, 688, "Vlaanderen")

    assert "Oost-" in texts(read(pdf(draw)))


@pytest.mark.parametrize(
    ("elsewhere", "end"),
    [("De restituties dalen.", "resti\u00ad"), ("De resti-tuties dalen.", "resti-"), ("", "resti-")],
)
def test_a_word_is_broken_at_a_hyphen_where_the_document_prints_it_whole(elsewhere, end):
    def draw(c):
        c.drawString(100, 740, elsewhere or "Niets.")
        c.drawString(100, 700, "Bedrag van de resti-")
        c.drawString(100, 688, "tuties")

    assert end in texts(read(pdf(draw)))


def test_thousands_of_drawn_objects_are_read_in_bounded_time():
    def draw(c):
        c.drawString(100, 700, "x")
        for k in range(6000):
            c.rect(k % 500, k % 800, 0, 0)
            c.line(k % 500, k % 700, k % 500 + 3, k % 700 + 5)

    assert texts(read(pdf(draw))) == ["x"]


def test_a_page_of_a_hundred_thousand_characters_is_read_in_time_that_grows_with_them():
    def page(lines):
        def draw(c):
            c.setFont("Helvetica", 2)
            for k in range(lines):
                c.drawString(10, 830 - 4 * k, "12345678 " * 56)

        return pdf(draw)

    def seconds(data, words):
        started = process_time()
        assert len(texts(read(data))) == words
        return process_time() - started

    small = seconds(page(25), 25 * 56)
    assert seconds(page(200), 200 * 56) < 4 * 8 * small


def test_characters_beyond_the_basic_plane_are_whole():
    font, mapped = to_unicode({"5": "\U0001d7d3", "A": "\U0001f600"})
    document = read(handmade(printed(), font, mapped))
    assert "\U0001d7d311" in texts(document)
    assert "\U0001f600ntwerpen" in texts(document)
    assert document.remarks == ()


NO_MAP = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] >>"
GLYPHS = {
    7: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo "
    b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /FontDescriptor 8 0 R /DW 500 >>",
    8: b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 "
    b"/Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
}


def test_glyphs_of_a_font_without_a_unicode_map_are_neither_read_as_others_nor_lost():
    glyphs = "".join(f"{ord(char) - 29:04x}" for char in "Bouw")  # as TrueType fonts number them: "B" is 37, or "%"
    figure = "".join(f"{ord(char) - 29:04x}" for char in "511")  # 24, 20, 20: control characters
    content = f"BT /F1 10 Tf 50 700 Td <{glyphs}> Tj 200 0 Td <{figure}> Tj ET".encode()
    document = read(handmade(content, NO_MAP, GLYPHS))
    assert texts(document) == ["\ufffd" * 4, "\ufffd" * 3]
    assert [(r.code, r.message) for r in document.remarks] == [
        ("page-unreadable", "page 1: 7 characters have no Unicode map, they cannot be read")
    ]


def test_fonts_that_programs_draw_are_read_by_their_codes_and_that_is_told():
    names = " ".join(f"/a{code}" for code in range(32, 127))
    procedures = " ".join(f"/a{code} 7 0 R" for code in range(32, 127))
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 32 /LastChar 126 "
        f"/Widths [{'500 ' * 95}] /Encoding << /Type /Encoding /Differences [32 {names}] >> /CharProcs << {procedures} >> >>"
    )
    document = read(handmade(printed(), font.encode(), {7: stream(b"500 0 d0 0 0 400 700 re f")}))
    assert texts(document)[:6] == ["Provincie", "2020", "2021", "Antwerpen", "511", "520"]
    assert [r.code for r in document.remarks] == ["font-unmapped"]


@pytest.mark.parametrize("nothing", ["\0", "\ufffd"])
def test_a_digit_that_is_mapped_to_nothing_leaves_a_gap_in_its_figure(nothing):
    font, mapped = to_unicode({"2": nothing})
    document = read(handmade(printed(), font, mapped))
    assert "\ufffd\ufffd6" in texts(document)
    assert "5\ufffd0" in texts(document)
    assert [r.code for r in document.remarks] == ["page-unreadable"]


@pytest.mark.parametrize("gray", [0, 1])
def test_text_under_an_area_painted_over_it_is_told(gray):
    over = b"%d g 245 684 40 12 re f 0 g" % gray
    document = read(handmade(printed() + b"\n" + over))
    assert [(r.code, r.message) for r in document.remarks] == [
        (
            "content-hidden",
            "page 1: 3 characters lie under an area painted over them, a reader does not see them: '511'",
        )
    ]


def test_text_on_an_area_or_under_one_that_shines_through_is_seen():
    through = {
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> /ExtGState << /G << /ca .4 >> >> >> >>"
    }
    area = b" 0.9 g 245 684 40 12 re f 0 g "
    assert read(handmade(area + printed())).remarks == ()
    assert read(handmade(printed() + b" /G gs" + area, more=through)).remarks == ()


def test_figures_printed_over_each_other_are_told():
    over = b"BT /F1 10 Tf 1 0 0 1 250 686 Tm (911) Tj ET"
    document = read(handmade(printed() + b"\n" + over))
    assert [(r.code, r.page, r.message) for r in document.remarks] == [
        ("number-unreadable", 1, "page 1: '511' and '911' are printed over each other, neither is sure")
    ]


def test_lines_of_a_path_that_are_too_many_to_be_read_are_told():
    lines = b" ".join(b"%d %d m %d %d l" % (k % 500, k % 800, k % 500 + 40, k % 800) for k in range(3000))
    document = read(handmade(printed() + b" " + lines + b" S"))
    assert [r.code for r in document.remarks] == ["page-unreadable"]
    assert "rules are missing" in document.remarks[0].message


def test_transparent_text_is_left_out_and_told():
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> /ExtGState << /G << /ca 0 >> >> >> >>"
    )
    document = read(handmade(printed() + b" /G gs BT /F1 10 Tf 50 600 Td (999) Tj ET", more={3: page}))
    assert "999" not in texts(document)
    assert [(r.code, "invisible" in r.message) for r in document.remarks] == [("content-hidden", True)]


def test_fields_and_notes_laid_over_a_page_are_told():
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> "
        b"/Annots [9 0 R 10 0 R 11 0 R] >>"
    )
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (x) /V (4321) /Rect [350 600 400 612] /P 3 0 R >>"
    note = b"<< /Type /Annot /Subtype /FreeText /Rect [50 500 300 600] /Contents (Correctie: 333) /DA (/F1 10 Tf) >>"
    link = b"<< /Type /Annot /Subtype /Link /Rect [50 500 300 600] /Contents (een link) >>"
    document = read(handmade(printed(), more={3: page, 9: field, 10: note, 11: link}))
    assert [(r.code, r.message) for r in document.remarks] == [
        (
            "content-hidden",
            "page 1: 2 fields or notes over the page hold text that is not read: '4321 Correctie: 333'",
        )
    ]


def _spoilt(change):
    """A document whose first page's content is compressed, and then changed inside."""
    data = (FIXTURES / "layouts" / "indented.pdf").read_bytes()
    start, end = max(
        ((m.end(), data.index(b"endstream", m.end())) for m in re.finditer(rb"/Filter/FlateDecode>>\nstream\n", data)),
        key=lambda place: place[1] - place[0],
    )
    return data[:start] + change(data[start:end].rstrip(b"\n")) + b"\n" + data[end:]


def _with_a_block_of_no_kind(packed):
    packer = zlib.compressobj()
    return packer.compress(zlib.decompress(packed)[:900]) + packer.flush(zlib.Z_FULL_FLUSH) + b"\xff" * 9


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_with_a_block_of_no_kind, "is damaged"),
        (lambda packed: packed[:-150], "breaks off before its end"),
        (lambda packed: packed[:-4] + bytes(b ^ 1 for b in packed[-4:]), "differs from its check sum"),
    ],
)
def test_content_that_cannot_be_unpacked_whole_is_remarked_on(change, said):
    (remark,) = [r for r in read(_spoilt(change)).remarks if r.code == "content-damaged"]
    assert "the compressed stream at byte" in remark.message
    assert said in remark.message


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\r\n",
        zlib.compress(b""),  # as TeX packs a form with nothing in it
        zlib.compress(bytes(1 << 20)),  # what is unpacked at a time, to the byte
        zlib.compress(b"q Q " * 900)[:-4],  # without its check sum
    ],
)
def test_a_stream_that_holds_nothing_or_no_check_sum_is_whole(packed):
    data = b"9 0 obj << /Filter /FlateDecode >>\nstream\n%s\nendstream endobj"
    assert not list(damage(data % packed))


@pytest.mark.parametrize("file", sorted(FIXTURES.rglob("*.pdf")), ids=lambda file: file.name)
def test_nothing_is_damaged_in_a_sound_file(file):
    assert not list(damage(file.read_bytes()))


def test_a_file_without_text_because_of_damage_is_refused_as_damaged():
    with pytest.raises(SourceError, match="damaged PDF, no text can be read: the compressed stream at byte"):
        read(_spoilt(lambda packed: packed[:9] + b"\xff" * 9 + packed[18:]))


def test_an_asterisk_that_is_set_as_an_operator_is_an_asterisk():
    font, mapped = to_unicode({"*": "\u2217"})
    assert "226***" in texts(read(handmade(printed([("Limburg", "226***", "1")]), font, mapped)))
