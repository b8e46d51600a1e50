"""Tables as statistical offices set them: leaders, headings of groups, headers on levels, rules around blocks of rows."""

import io
from collections.abc import Callable, Sequence

from reportlab.pdfgen.canvas import Canvas

from pv_extract.layout.pages import blocks
from pv_extract.model import Document, Grid
from pv_extract.readers.pdf import read_pdf


def read(draw: Callable[[Canvas], None]) -> Document:
    buffer = io.BytesIO()
    c = Canvas(buffer, pagesize=(595, 842), invariant=1)
    c.setFont("Helvetica", 9)
    draw(c)
    c.save()
    return read_pdf(buffer.getvalue(), "statistics.pdf", "")


def tables(draw: Callable[[Canvas], None]) -> list[Grid]:
    return [block for block in blocks(read(draw)) if isinstance(block, Grid)]


def texts(grid: Grid) -> list[list[str]]:
    """The printed texts of each row, from left to right."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def figures(c: Canvas, y: float, ends: Sequence[float], values: Sequence[str]) -> None:
    for x, value in zip(ends, values, strict=False):
        c.drawRightString(x, y, value)


LED = [
    ("Wages, total", "12,480", "11,905"),
    ("Rents", "604", "588"),
    ("Interest", "-", "97"),
    ("Sum", "13,084", "12,590"),
]


def led(c: Canvas, *, ruled: bool = False) -> None:
    for k, (label, *values) in enumerate(LED):
        y = 700 - 14 * k
        dots = int((230 - 70 - c.stringWidth(label, "Helvetica", 9)) / c.stringWidth(".", "Helvetica", 9))
        c.drawString(70, y, label + "." * dots)
        figures(c, y, (330, 420), values)
    if ruled:
        for y in (712, 698, 684, 670, 654):
            c.line(66, y, 424, y)
        for x in (66, 240, 335, 424):
            c.line(x, 712, x, 654)


def test_a_label_ends_before_its_leaders_with_rules_or_without():
    (plain,), (ruled,) = tables(led), tables(lambda c: led(c, ruled=True))
    assert texts(plain) == texts(ruled) == [list(row) for row in LED]


def boxed(c: Canvas) -> None:
    """Headers between rules, units over each block, and upright rules that begin below the units."""
    ends = (250, 300, 350, 410)
    c.drawString(74, 700, "Crop")
    figures(c, 708, (275, 400), ("Area", "Yield"))
    figures(c, 694, ends, ("1995", "1996", "1995", "1996"))
    figures(c, 680, (275, 400), ("acres", "bushels"))
    for k, (label, *values) in enumerate(CROPS):
        c.drawString(74, 666 - 12 * k, label)
        figures(c, 666 - 12 * k, ends, values)
    bottom = 662 - 12 * len(CROPS) + 6
    for y in (718, 690, bottom):
        c.line(70, y, 415, y)
    c.line(210, 704, 415, 704)
    for x in (70, 210, 310, 415):
        c.line(x, 718, x, bottom)
    for x in (262, 362):
        c.line(x, 704, x, 690)
        c.line(x, 677, x, bottom)


CROPS = [
    ("Barley",),
    ("North", "1,204", "1,188", "61.5", "60.2"),
    ("South", "640", "655", "58.0", "59.1"),
    ("Oats",),
    ("North", "377", "402", "(NA)", "44.7"),
    ("South", "91", "88", "40.3", "41.0"),
]


def test_rows_inside_a_frame_are_rows_where_upright_rules_begin_below_the_units():
    (grid,) = tables(boxed)
    assert texts(grid) == [
        ["Crop", "Area", "Yield"],
        ["1995", "1996", "1995", "1996"],
        ["acres", "bushels"],
        *([*row] for row in CROPS),
    ]


def cover(c: Canvas) -> None:
    """A table of words and amounts: spanners of two lines over a rule, headings in the middle, notes under the last rule."""
    xs = (70, 220, 310, 400, 480)
    for x, text in ((220, "Calendar year 2004 share,"), (400, "Calendar year")):
        c.drawString(x, 720, text)
    for x, text in ((220, "premium and refund"), (400, "2005")):
        c.drawString(x, 710, text)
    for k, cells in enumerate(COVER):
        y = 690 - 14 * k
        if len(cells) == 1:
            c.setFont("Helvetica-Bold", 9)
            c.drawCentredString(305, y, cells[0])
            c.setFont("Helvetica", 9)
        for x, text in zip(xs, cells if len(cells) > 1 else (), strict=False):
            c.drawString(x, y, text)
    bottom = 690 - 14 * len(COVER) + 9
    for y in (731, 686, bottom):
        c.line(68, y, 542, y)
    c.line(218, 705, 395, 705)
    c.line(400, 705, 542, 705)
    for x, note in ((70, "-Not set."), (150, "#Rounds to zero."), (250, "+Not due.")):
        c.drawString(x, bottom - 10, note)


COVER = [
    ("Service", "Member pays", "Fund pays", "Member pays", "Fund pays"),
    ("Hospital care",),
    ("Days 1 to 60", "$412 deductible", "All but $412", "$430 deductible", "All but $430"),
    ("Days 61 to 90", "$98 a day", "All but $98", "$102 a day", "All but $102"),
    ("Beyond", "All costs", "Nothing", "All costs", "Nothing"),
    ("Medical care",),
    ("Physicians", "20%", "80%", "20%", "80%"),
    ("Laboratories", "-", "100%", "-", "100%"),
]


def test_rows_of_words_begin_below_a_whole_header_and_end_above_the_notes():
    (grid,) = tables(cover)
    label, *columns = COVER[0]
    head = [label, "Calendar year 2004 share, premium and refund", "Calendar year 2005"]
    assert texts(grid) == [head, columns, *([*row] for row in COVER[1:])]
    whole = [c for c in grid.cells if c.text in {"Hospital care", "Medical care"}]
    assert [(c.column, c.column_span) for c in whole] == [(0, 5), (0, 5)]


def spaced(c: Canvas) -> None:
    """Words set with the space between characters and words, as Ghostscript writes what it distils."""
    c._code.append("BT 1 0 0 1 150 700 Tm (bu) Tj 52.7 Tc 10 0 Td (.6) Tj 0 Tc 60.2 0 Td (,416) Tj ET")
    c._code.append("BT 1 0 0 1 320 700 Tm -0.6 Tc -2 Tw (Av e) Tj 0 Tc 0 Tw 14.2 0 Td (rage) Tj ET")


def test_the_space_between_characters_parts_words_and_not_the_character_of_a_space():
    (page,) = read(spaced).pages
    assert [w.text for w in page.words] == ["bu.", "6,416", "Average"]


def priced(c: Canvas) -> None:
    """A heading over the whole width whose words part at the border of a column."""
    walls = (70, 120, 200, 320, 400)
    for k, cells in enumerate(PRICED):
        y = 700 - 20 * k
        c.rect(70, y - 6, 330, 20)
        if len(cells) == 1:
            left, right = cells[0].rsplit(" ", 1)
            c.drawRightString(199, y, left)
            c.drawString(201.5, y, right)
            continue
        for x, end, text in zip(walls, walls[1:], cells, strict=False):
            c.drawRightString(end - 3, y, text) if x > 200 else c.drawString(x + 3, y, text)
            c.line(x, y - 6, x, y + 14)


PRICED = [
    ["Group", "Item", "List price", "Price"],
    ["Group 14 seats"],
    ["14", "A-20", "737.40", "383.48"],
    ["14", "A-30", "276.73", "143.90"],
    ["Group 16 desks"],
    ["16", "D-11", "867.06", "450.87"],
]


def test_a_heading_below_a_whole_header_stays_whole():
    (grid,) = tables(priced)
    assert texts(grid) == PRICED


def stacked(c: Canvas) -> None:
    """Two tables with rules of one length, each under its title."""
    ends = (250, 320, 390)
    top = 720
    for title, unit, body in STACKED:
        c.drawCentredString(230, top + 6, title)
        c.drawString(70, top - 9, "Element")
        figures(c, top - 9, ends, ("Jan", "Feb", "Mar"))
        for k, (label, *values) in enumerate(body):
            c.drawString(70, top - 21 - 10 * k, f"{label} {unit}")
            figures(c, top - 21 - 10 * k, ends, values)
        bottom = top - 25 - 10 * (len(body) - 1)
        for y in (top, top - 12, bottom):
            c.line(68, y, 392, y)
        top = bottom - 18


STACKED = [
    (
        "Temperature",
        "(F)",
        [("Mean", "49.1", "79.9", "75.2"), ("Highest", "91", "97", "83"), ("Lowest", "3", "32", "7")],
    ),
    (
        "Precipitation",
        "(IN)",
        [("Normal", "8.7", "7.3", "8.2"), ("Most", "0.2", "8.1", "1.5"), ("Least", "T", "2.9", "T")],
    ),
]


def test_a_title_between_two_rules_begins_another_table_where_a_header_follows():
    found = tables(stacked)
    assert [texts(grid)[0] for grid in found] == [["Element", "Jan", "Feb", "Mar"]] * 2
    assert [len(texts(grid)) for grid in found] == [4, 4]


def degrees(c: Canvas) -> None:
    """A header whose unit stands where a column of figures ends, centred over the columns that it heads."""
    ends = (160, 200, 240, 280)
    c.drawRightString(240, 712, "Temperature (F)")
    figures(c, 700, (115, *ends), ("Date", "Max", "Min", "Avg", "Dep"))
    for k, values in enumerate((("95", "78", "86", "-5"), ("93", "69", "81", "-1"), ("91", "74", "82", "-9"))):
        figures(c, 688 - 10 * k, (115, *ends), (str(k + 1), *values))
    c.line(130, 709, 285, 709)
    for y in (722, 697, 664):
        c.line(90, y, 285, y)


def test_a_unit_in_brackets_stays_with_its_header():
    (grid,) = tables(degrees)
    assert [(c.text, c.column_span) for c in grid.cells if c.row == 0 and c.text] == [
        ("Date", 1),
        ("Temperature (F)", 4),
    ]


def gauges(c: Canvas) -> None:
    """Headers of one to four lines around one height, beside a spanner of two lines over a rule."""
    columns = ((70, ("Gauge", "number")), (150, ("Drain-", "age", "area", "(mi2)")), (215, ("Period", "of", "record")))
    for x, lines in columns:
        for k, text in enumerate(lines):
            c.drawCentredString(x, 700 + 4.5 * len(lines) - 9 * k, text)
    c.drawCentredString(325, 710, "Peak discharge in")
    c.drawCentredString(325, 701, "(ft3/s)")
    c.line(260, 697, 390, 697)
    figures(c, 686, (280, 335, 388), ("2", "10", "50"))
    for k, row in enumerate(GAUGES):
        y = 668 - 11 * k
        c.drawString(52, y, row[0])
        figures(c, y, (165, 238, 280, 335, 388), row[1:])
    for y in (728, 680, 668 - 11 * len(GAUGES) + 5):
        c.line(48, y, 392, y)


GAUGES = [
    ("0106799", "645.7", "1927-1978", "1,906", "4,003", "6,291"),
    ("0103583", "72.3", "1923-1999", "2,713", "5,696", "8,952"),
    ("0103042", "2.2", "1922-1985", "563", "1,182", "1,857"),
]


def test_headers_of_any_height_stand_beside_a_spanner_over_its_rule():
    (grid,) = tables(gauges)
    head = [(c.text, c.row_span, c.column_span) for c in grid.cells if c.row < 2 and c.text]
    assert head == [
        ("Gauge number", 2, 1),
        ("Drain-age area (mi2)", 2, 1),
        ("Period of record", 2, 1),
        ("Peak discharge in (ft3/s)", 1, 3),
        ("2", 1, 1),
        ("10", 1, 1),
        ("50", 1, 1),
    ]
    assert texts(grid)[2:] == [list(row) for row in GAUGES]


def typed(c: Canvas) -> None:
    """Type of one width: leaders run right up to the figures; the header over the labels is a word that begins sources too."""
    c.setFont("Courier", 9)
    c.drawString(70, 714, "Source".ljust(26) + "1995".rjust(8) + "1996".rjust(10))
    for k, (label, first, second) in enumerate(TYPED):
        c.drawString(70, 696 - 11 * k, label.ljust(26, ".") + first.rjust(8, ".") + second.rjust(10))


TYPED = [
    ["Income taxes", "590,244", "656,417"],
    ["Excise taxes", "57,484", "54,014"],
    ["Customs duties", "19,301", "(NA)"],
    ["Other", "(NA)", "61,393"],
]


def test_leaders_end_where_the_figure_begins_and_a_bare_word_over_columns_is_no_source():
    (grid,) = tables(typed)
    assert texts(grid) == [["Source", "1995", "1996"], *TYPED]


def tenure(c: Canvas) -> None:
    """Two tables without rules, each under a bold title right above the same header; labels that lead to their figures."""
    y = 740
    for title in ("Characteristics of farms by size", "Land in farms by tenure"):
        c.setFont("Helvetica-Bold", 10)
        c.drawCentredString(245, y, title)
        c.setFont("Helvetica", 9)
        c.drawString(70, y - 13, "Item")
        figures(c, y - 13, (290, 350, 410), ("1992", "1997", "2002"))
        for k, (label, *values) in enumerate(TENURE):
            c.drawString(70, y - 26 - 11 * k, label)
            figures(c, y - 26 - 11 * k, (290, 350, 410), values)
        y -= 26 + 11 * len(TENURE) + 10


TENURE = [
    ["Farms known to the"],
    ["census ...................................", "1,925", "1,911", "2,128"],
    ["Family farms:"],
    ["1 to 9 acres .......................", "166", "153", "179"],
    ["10 acres or more ................", "387", "410", "563"],
]


def test_bold_titles_right_above_the_same_header_begin_a_table_each():
    found = tables(tenure)
    assert [texts(grid)[0] for grid in found] == [["Item", "1992", "1997", "2002"]] * 2
    assert [row[0] for row in texts(found[0])[1:]][-3:] == ["Family farms:", "1 to 9 acres", "10 acres or more"]
