"""Header cells that walls bound over several columns, and levels of a header that look like figures."""

from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

from pv_extract.layout.lines import without_ranges
from pv_extract.layout.merged import merged
from pv_extract.layout.slots import Slot
from pv_extract.model import Box, Word

XS = [58, 230, 300, 370, 440, 510]


def cell(c: Canvas, left: int, right: int, top: float, bottom: float, *lines: str) -> None:
    """A cell over the columns from `left` to `right`, its lines in the middle."""
    x0, x1 = XS[left], XS[right + 1]
    c.rect(x0, bottom, x1 - x0, top - bottom)
    for k, text in enumerate(lines):
        c.drawCentredString((x0 + x1) / 2, (top + bottom) / 2 - 3 + 5.5 * (len(lines) - 1) - 11 * k, text)


def figures(c: Canvas, top: float, rows: Sequence[Sequence[str]]) -> None:
    """One frame for each column, with rows of figures that no rule parts."""
    for left in range(5):
        c.rect(XS[left], top - 14 * len(rows), XS[left + 1] - XS[left], 14 * len(rows))
    for k, (label, *texts) in enumerate(rows):
        c.drawString(XS[0] + 4, top - 10 - 14 * k, label)
        for x0, x1, text in zip(XS[1:], XS[2:], texts, strict=False):
            c.drawCentredString((x0 + x1) / 2, top - 10 - 14 * k, text)


ROWS = [(name, f"{k}53 (37)", f"{k} (<1)", f"{k}9 (23)", "0") for k, name in enumerate(("Koorts", "Hoest", "Pijn"), 1)]


@pytest.mark.parametrize("arm", ["N = 209", "41 sites", "per 100 days"])
def test_a_text_in_a_cell_over_several_columns_stays_whole_whatever_column_its_words_stand_in(arm: str):
    def draw(c: Canvas) -> None:
        cell(c, 0, 0, 760, 680, "Klasse", "Voorkeursterm")
        cell(c, 1, 4, 760, 744, "Study 1 (24 weeks)")
        cell(c, 1, 2, 744, 716, "LUMIVAR 10 mg", "N = 412")
        cell(c, 3, 4, 744, 716, "Placebo", arm)
        for k in range(1, 5):
            cell(c, k, k, 716, 680, *(("All", "Grades", "n (%)") if k % 2 else ("Grade", "3-4", "n (%)")))
        figures(c, 680, ROWS)

    over = [("LUMIVAR 10 mg N = 412",), ("LUMIVAR 10 mg N = 412",), (f"Placebo {arm}",), (f"Placebo {arm}",)]
    lowest = ["All Grades n (%)", "Grade 3-4 n (%)"] * 2
    assert paths(tables(draw)) == [("Study 1 (24 weeks)", *o, x) for o, x in zip(over, lowest, strict=True)]


@pytest.mark.parametrize(("shift", "whole"), [(0.0, True), (2.6, False)])
def test_a_text_in_the_middle_of_its_cell_stays_whole_though_its_parts_are_nearly_in_that_of_the_columns(shift, whole):
    places = [("Planstellen", 460.4, 496.0), ("und", 497.8, 510.7), ("Stellen", 512.5, 534.5)]
    words = [Word(text, Box(x0 + shift, 0.0, x1 + shift, 9.0), 7.0) for text, x0, x1 in places]
    header = Slot(0, 0, 0, 1, words)
    xs = [456.4, 498.9, 538.6]
    assert bool(merged([header], [header], xs, xs[1:-1])) == whole


def test_headers_that_stand_over_their_own_columns_fall_apart_where_no_wall_parts_them():
    def draw(c: Canvas) -> None:
        cell(c, 0, 0, 760, 744, "Klasse")
        cell(c, 1, 4, 760, 744)
        for k, text in enumerate(("Vrouwen", "Mannen", "Jongens", "Meisjes")):
            c.drawCentredString((XS[k + 1] + XS[k + 2]) / 2, 749, text)
        figures(c, 744, ROWS)

    assert [p[-1] for p in paths(tables(draw))] == ["Vrouwen", "Mannen", "Jongens", "Meisjes"]


def test_ranges_that_go_on_from_each_other_under_a_merged_header_are_the_last_level_of_it():
    def draw(c: Canvas) -> None:
        cell(c, 0, 0, 760, 712, "District")
        cell(c, 1, 4, 760, 744, "Leerlingen")
        cell(c, 1, 3, 744, 728, "Graad")
        cell(c, 4, 4, 744, 712, "Samen")
        for k, text in enumerate(("K-5", "6-8", "9-12"), 1):
            cell(c, k, k, 728, 712, text)
        figures(c, 712, [(f"Wijk {k}", f"{k}48", f"{k}70", f"{k}83", f"1,{k}01") for k in range(1, 5)])

    (table,) = tables(draw)
    assert [c.path[1:] for c in table.columns] == [("Graad", "K-5"), ("Graad", "6-8"), ("Graad", "9-12"), ("Samen",)]
    assert len(table.rows) == 4


@pytest.mark.parametrize("texts", [("0-14", "15-64", "65+", "Totaal"), ("<18", "18-44", "45-64", "≥65")])
def test_classes_of_age_head_columns_without_rules(texts: tuple[str, ...]):
    def draw(c: Canvas) -> None:
        row(c, 706, "Provincie", texts)
        level(c, 702)
        body(c, 688)

    assert paths(tables(draw)) == [(text,) for text in texts]


def test_ranges_that_leave_a_gap_between_them_are_figures():
    assert without_ranges(["3-5", "10-12"]) == ["3-5", "10-12"]
    assert without_ranges(["0-14", "15-64", "65+", "12"]) == ["12"]
    assert without_ranges(["2023-2024", "2024-2025", "7"]) == ["7"]
