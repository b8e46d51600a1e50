"""Spanners of one, two and three lines over two columns each, as reports of clinical trials print them."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, row, tables

from pv_extract.layout.lines import is_figure

MIDDLES = [292, 382, 475]
EVENTS = ["Any adverse event", "Serious adverse event", "Headache", "Nausea", "Discontinued"]
SPANNERS = [["Drug A", "10 mg twice daily", "(N=212)"], ["Placebo", "(N=209)"], ["All patients", "(N=421)"]]


def draw(c: Canvas, spanners: Sequence[Sequence[str]], under: Sequence[str], *, right: float, rule: bool) -> None:
    """Spanners with their last lines at one height, two headers under each and figures at the right of these."""
    for x, lines in zip(MIDDLES, spanners, strict=True):
        for k, text in enumerate(lines):
            c.drawCentredString(x, 702 + 10 * (len(lines) - 1 - k), text)
        for dx, text in zip((-22, 18), under, strict=True):
            c.drawCentredString(x + dx, 688, text)
    c.drawString(60, 688, "Event")
    if rule:
        level(c, 698, 240, 520)
    for k, event in enumerate(EVENTS):
        c.drawString(60, 674 - 12 * k, event)
        for n, x in enumerate(MIDDLES):
            c.drawRightString(x - 22 + right, 674 - 12 * k, str(9 + 31 * k + n))
            c.drawRightString(x + 20 + right, 674 - 12 * k, f"{k + n}{n}.{k}")


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("right", [8, 16])
@pytest.mark.parametrize("under", [("n", "%"), ("n", "(%)"), ("No.", "%")], ids=" ".join)
def test_spanners_of_any_number_of_lines_stand_over_their_own_columns(under: tuple[str, str], right: float, rule: bool):
    found = tables(lambda c: draw(c, SPANNERS, under, right=right, rule=rule))
    assert [column.path for column in found[0].columns] == [(" ".join(s), u) for s in SPANNERS for u in under]
    assert [cell.text for cell in found[0].rows[1].cells] == ["40", "10.1", "41", "21.1", "42", "32.1"]


def test_the_number_behind_an_equals_sign_belongs_to_it_though_it_stands_over_its_column():
    spanners = [["Drug A", "N = 212"], ["Placebo", "N = 209"], ["Total", "N = 421"]]

    def centred(c: Canvas) -> None:
        draw(c, spanners, ("n", "%"), right=8, rule=False)

    assert [column.path[0] for column in tables(centred)[0].columns] == [" ".join(s) for s in spanners for _ in "12"]


@pytest.mark.parametrize("text", ["56.6 (53.6–59.6)", "0.82 (0.71, 0.95)", "12,5 % (9,1 %; 15,9 %)"])
def test_a_figure_with_its_interval_fills_a_cell(text: str):
    assert is_figure(text)


def test_the_first_line_of_a_spanner_heads_no_others_where_all_lines_have_one_step():
    def stepped(c: Canvas) -> None:
        draw(c, SPANNERS, ("n", "%"), right=8, rule=False)

    def close(c: Canvas) -> None:
        for x, lines in zip(MIDDLES, SPANNERS, strict=True):
            for k, text in enumerate(lines):
                c.drawCentredString(x, 700 + 12 * (len(lines) - 1 - k), text)
        draw(c, [[], [], []], ("n", "%"), right=8, rule=False)

    for drawn in (stepped, close):
        found = [" ".join(column.path) for column in tables(drawn)[0].columns]
        assert found == [" ".join((*s, u)) for s in SPANNERS for u in ("n", "%")]


def test_spanners_right_above_three_headers_head_them_all_beside_a_header_with_its_unit_below():
    def draw_levels(c: Canvas) -> None:
        ends = [220, 270, 320, 375, 425, 475, 530]
        c.drawCentredString(258, 716, "Gemiddeld")
        c.drawCentredString(412, 716, "Jaarcijfers")
        c.drawRightString(530, 716, "Saldo")
        c.drawRightString(530, 692, "(in %)")
        row(c, 705, "Post", ["laag", "midden", "hoog"] * 2, ends)
        body(c, 680, ends)

    found = [column.path for column in tables(draw_levels)[0].columns]
    assert found[:6] == [(over, under) for over in ("Gemiddeld", "Jaarcijfers") for under in ("laag", "midden", "hoog")]


@pytest.mark.parametrize("right", [True, False])
def test_lines_of_a_spanner_flush_with_each_other_are_one_text_though_they_end_over_two_columns(right: bool):
    ends = [260, 300, 350, 390, 440, 480]

    def flush(c: Canvas) -> None:
        for k, lines in enumerate([["Drug A", "(N=212)"], ["Placebo", "(N=209)"], ["Total", "(N=421)"]]):
            for n, text in enumerate(lines):
                if right:
                    c.drawRightString(ends[2 * k + 1], 714 - 11 * n, text)
                else:
                    c.drawString(ends[2 * k] - 16, 714 - 11 * n, text)
        row(c, 686, "Event", ["n", "%"] * 3, ends)
        body(c, 672, ends)

    found = [" ".join(column.path) for column in tables(flush)[0].columns]
    assert found[1::2] == ["Drug A (N=212) %", "Placebo (N=209) %", "Total (N=421) %"]
