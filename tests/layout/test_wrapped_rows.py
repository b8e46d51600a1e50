"""Tables of words whose cells all wrap, labels too: rows by space, by where texts begin anew, or by rules."""

import textwrap
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, tables

from pv_extract.model import RawTable

HEADER = ["Date", "Place", "Chair", "Subject"]
STARTS, WIDTHS = [60, 150, 255, 360], [16, 18, 18, 30]
AGENDA = [
    [
        "Monday 12 January 2026, 14.00 hours",
        "Senate, room M, first floor of the palace",
        "Ms Verhaeghe, first vice-president",
    ],
    ["Tuesday 13 January 2026, 10.30 hours", "House, Europe hall, ground floor", "Mr Peeters"],
    ["Wednesday 14 January 2026, 9.00 hours", "Senate, room M", "Ms Dubois, president of the commission"],
    ["Thursday 15 January 2026, 14.15 hours", "House, plenary hall", "Mr Janssens"],
    ["Friday 16 January 2026, 10.00 hours", "Senate, room of the Quaestors", "Ms Verhaeghe"],
]
SUBJECTS = [
    "Hearing on the budget of the federal institutions and the advice of the Court",
    "Exchange of views with the minister of Finance on the draft programme law",
    "Voting on the proposal for a resolution concerning the reception of refugees in Europe",
    "Plenary session with oral questions to the government and votes on bills",
    "Meeting of the bureau on the organisation of the works in the spring",
]
ROWS = [[*cells, subject] for cells, subject in zip(AGENDA, SUBJECTS, strict=True)]


def draw_rows(
    c: Canvas, rows: Sequence[Sequence[str]], gap: float, *, ruled: bool = False, middle: bool = False
) -> None:
    y = 720.0
    for cells in rows:
        wrapped = [textwrap.wrap(text, width) for text, width in zip(cells, WIDTHS, strict=True)]
        height = 11 * max(map(len, wrapped))
        for x, lines in zip(STARTS, wrapped, strict=True):
            down = (height - 11 * len(lines)) / 2 if middle else 0
            for k, line in enumerate(lines):
                c.drawString(x, y - down - 11 * k, line)
        y -= height + gap
        if ruled:
            level(c, y + 11 - gap / 2 - 2, 58, 530)


def read(found: Sequence[RawTable]) -> list[list[str]]:
    assert len(found) == 1
    header = [*found[0].stub_columns, *(" ".join(column.path) for column in found[0].columns)]
    return [header, *([*r.labels, *(cell.text for cell in r.cells)] for r in found[0].rows)]


@pytest.mark.parametrize("gap", [0, 4])
@pytest.mark.parametrize("font", ["Helvetica-Bold", "Helvetica"])
def test_rows_of_wrapped_cells_are_rows_by_space_or_by_where_their_texts_begin(gap: float, font: str):
    def draw(c: Canvas) -> None:
        c.setFont(font, 9)
        for x, text in zip(STARTS, HEADER, strict=True):
            c.drawString(x, 736, text)
        c.setFont("Helvetica", 9)
        draw_rows(c, ROWS, gap)

    assert read(tables(draw)) == [HEADER, *ROWS]


@pytest.mark.parametrize("middle", [True, False])
def test_a_header_of_two_lines_stands_over_rows_that_rules_part(middle: bool):
    def draw(c: Canvas) -> None:
        for x, text in zip(STARTS, ["Date", "Place", "Chair of", "Subject"], strict=True):
            c.drawString(x, 748, text)
        c.drawString(STARTS[2], 737, "the meeting")
        level(c, 732, 58, 530)
        draw_rows(c, ROWS, 6, ruled=True, middle=middle)

    assert read(tables(draw)) == [["Date", "Place", "Chair of the meeting", "Subject"], *ROWS]


def test_a_label_that_goes_on_with_a_figure_does_not_end_the_table():
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica-Bold", 9)
        for x, text in zip([60, 150, 270], ["Date", "Place", "Subject"], strict=True):
            c.drawString(x, 736, text)
        c.setFont("Helvetica", 9)
        y = 720
        for cells in ROWS:
            wrapped = [
                textwrap.wrap(text, n) for text, n in zip([cells[0], cells[1], cells[3]], [16, 22, 42], strict=True)
            ]
            for x, lines in zip([60, 150, 270], wrapped, strict=True):
                for k, line in enumerate(lines):
                    c.drawString(x, y - 11 * k, line)
            y -= 11 * max(map(len, wrapped)) + 4

    assert [r[0] for r in read(tables(draw))[1:]] == [r[0] for r in ROWS]


def test_short_words_one_line_a_row_are_rows_though_small_letters_begin_them():
    words = ["Appel rood zoet klein", "Banaan geel zoet lang", "Citroen geel zuur klein", "Druif blauw zoet klein"]
    rows = [text.split() for text in (*words, "Kers rood zuur klein", "Peer groen zoet lang", "Pruim paars zoet klein")]

    def draw(c: Canvas) -> None:
        c.setFont("Helvetica-Bold", 9)
        for x, text in zip(STARTS, ["Vrucht", "Kleur", "Smaak", "Maat"], strict=True):
            c.drawString(x, 736, text)
        c.setFont("Helvetica", 9)
        draw_rows(c, rows, 0)

    assert read(tables(draw))[1:] == rows
