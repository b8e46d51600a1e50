"""Columns of text that no rule parts, as lines and their headers show them."""

from pv_extract.layout.columns import columns
from pv_extract.layout.entries import entries
from pv_extract.layout.flush import Setting, flush_parts
from pv_extract.layout.lines import Chunk, line
from pv_extract.model import Box, Word

SIZE = 10.0


def printed(y, *texts):
    """A line of words, each at its x, five points wide a letter."""
    return line(Word(text, Box(x, y, x + 5 * len(text), y + SIZE), SIZE) for x, text in texts)


def extents(lines):
    return [(c.x0, c.x1) for c in columns(lines)]


def test_a_header_in_the_middle_over_two_others_shows_no_column():
    lines = [
        printed(0, (100, "Aantal"), (230, "Slaagkans")),
        printed(13, (0, "Land"), (100, "Teams"), (190, "Kandidaten"), (260, "Bijdrage")),
        *(printed(26 + 13 * k, (0, "België"), (110, "12"), (220, "23,4"), (280, "19,3")) for k in range(5)),
    ]
    assert extents(lines) == [(0, 30), (100, 130), (190, 240), (260, 300)]


def test_a_header_stands_over_figures_that_texts_follow_closely():
    body = [
        printed(13 + 13 * k, (0, "Project"), (140, "4"), (153, "Regels"), (186, "niet"), (209, "gevolgd"))
        for k in range(5)
    ]
    lines = [printed(0, (0, "Project"), (100, "Bezocht"), (190, "Zwaktes")), *body]
    assert extents(lines) == [(0, 35), (100, 145), (153, 244)]


def test_words_that_lie_in_each_other_are_not_parted():
    wide = Word("1.234.567.890", Box(0.0, 0.0, 100.0, 10.0), 10.0)
    inside = Word("12", Box(10.0, 0.0, 20.0, 10.0), 10.0)
    piece = Chunk((wide, inside), Box(0.0, 0.0, 100.0, 10.0))
    figures = [wide, wide._replace(box=wide.box._replace(x0=60.0, top=13.0, bottom=23.0))]
    found = [Setting([wide, wide], labels=True), Setting(figures)]
    assert (found[0].left, found[1].left, found[1].right, found[1].middle) == (0.0, None, 100.0, None)
    assert flush_parts(piece, [30.0], found) is None


def test_a_text_printed_over_the_begin_of_another_stands_in_the_column_of_that():
    over = [Word("757.486", Box(90.0, 0.0, 160.0, 10.0), 10.0), Word("6", Box(95.0, 0.0, 100.0, 10.0), 10.0)]
    found = entries(line(over), (110.0,), ())
    assert [(e.left, e.right, [w.text for w in e.words]) for e in found] == [(1, 1, ["757.486", "6"])]
