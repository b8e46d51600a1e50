import io
from dataclasses import replace
from decimal import Decimal

import pytest
from rich.cells import cell_len
from rich.console import Console

from pv_extract.findings import Code, Finding, Level
from pv_extract.model import (
    Answer,
    Cell,
    Column,
    Grid,
    GridCell,
    Ledger,
    Meaning,
    Note,
    ObsStatus,
    Role,
    Row,
    Table,
    TotalResult,
    Totals,
)
from pv_extract.outputs import terminal
from tests.outputs.sample import answer_757


def shown(extraction, width=120, **options):
    written = io.StringIO()
    terminal.show(extraction, Console(width=width, file=written, **options))
    return written.getvalue()


def bare(*tables, **changes):
    return replace(answer_757(), answer=Answer(), tables=tables, totals={}, findings=(), topic=None, **changes)


def table_of(rows, columns, **changes):
    made = tuple(
        Row(
            (label,),
            tuple(Cell(v, None if v == "-" else int(v), ObsStatus.NORMAL) for v in values),
            Role.TOTAL if label == "Totaal" else Role.PART,
        )
        for label, *values in rows
    )
    made_columns = tuple(Column(c, (c,)) for c in columns)
    return replace(Table("t1", None, "Uitgaven", (1,), ("Sector",), made_columns, made), **changes)


def test_the_heading_says_whose_answer_it_is():
    text = shown(answer_757())
    for said in ["coordinated answer · question 757 of 2023-06-16", "Duaal leren - Bedrijven", "Loes Vandromme", "Jo Brouns",
                 "Ben Weyts (712)", "answer-757.pdf", "5 pages"]:  # fmt: skip
        assert said in text


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_every_figure_is_shown_whole_at_any_width(width):
    text = shown(answer_757(), width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    words = text.split()
    for table in answer_757().tables:
        for row in table.rows:
            assert all(words.count(cell.raw) for cell in row.cells)


def test_verdicts_stand_below_their_total_with_what_the_parts_sum_to():
    lines = [line.split() for line in shown(answer_757()).splitlines()]
    at = next(i for i, line in enumerate(lines) if line[:3] == ["Totaal", "Vlaamse", "gemeenschap"])
    assert lines[at + 1] == ["sum", "of", "the", "parts", "3730", "4939", "9615", "10538"]
    assert lines[at + 2] == ["verdict", *["explained"] * 4]
    assert "possible 976 to 3730" in shown(answer_757())


def test_a_table_without_totals_says_so():
    assert "prints no total (rule none: nothing to hold it against)" in shown(answer_757())
    assert "prints no total" in shown(bare(table_of([("Bouw", "1")], ["2022"])))


def test_a_broken_total_is_red_and_says_why():
    made = table_of([("Bouw", "1"), ("Totaal", "3")], ["2022"])
    result = TotalResult("Totaal", "2022", 3, 1, "off", "printed 3, the parts sum to 1")
    text = shown(
        replace(bare(made), totals={"t1": Totals("sum", "parts do not overlap", (result,))}),
        force_terminal=True,
        color_system="standard",
    )
    assert "\x1b[1;31moff" in text
    assert "printed 3, the parts sum to 1" in text


def test_totals_of_several_labels_are_told_apart():
    made = table_of([("Bouw", "1"), ("Totaal", "1")], ["2022"])
    results = (
        TotalResult("Totaal", "2022", 1, 1, "exact", ""),
        TotalResult("Kolom", "Bouw", None, 1, "unchecked", "no value"),
    )
    text = shown(replace(bare(made), totals={"t1": Totals("sum", "stated", results)}))
    assert "exact Totaal, 2022: printed 1, parts sum to 1" in text
    assert "unchecked Kolom, Bouw: no value" in text


def test_a_reason_is_given_once_and_not_again_in_every_verdict():
    made = table_of([("Bouw", "1"), ("Totaal", "1")], ["2022"])
    result = TotalResult("Totaal", "2022", 1, 1, "explained", "1 lies between; parts overlap")
    text = shown(replace(bare(made), totals={"t1": Totals("distinct", "parts overlap", (result,))}))
    assert "explained 2022: 1 lies between\n" in text
    assert text.count("parts overlap") == 1


def test_names_that_differ_from_the_label_are_shown_with_how_they_were_found():
    text = shown(answer_757())
    assert "= Brussels Hoofdstedelijk Gewest (alias)" in text
    assert "names 6 of 6 rows found in regions: 1 alias, 5 exact" in text


def test_a_fuzzy_name_shows_its_score_and_a_refused_one_its_reason():
    first, *_ = answer_757().tables
    found = first.rows[0].match
    assert found
    row = replace(first.rows[0], match=replace(found, how="fuzzy", score=93.4))
    odd = replace(first.rows[1], match=None, review="two names are as near")
    text = shown(bare(replace(first, rows=(row, odd))))
    assert "(fuzzy 93)" in text
    assert "? two names are as near" in text
    assert "names 1 of 2 rows" in text


def test_findings_carry_code_level_and_place():
    text = shown(answer_757())
    assert "warning" in text
    assert "mark-unexplained  table 2b · 2022-2023* · page 3" in text
    assert "2b prints 2022-2023* and explains no *" in text
    assert "0 errors, 2 warnings, 1 note" in text


def test_no_findings_and_no_totals_are_said():
    text = shown(bare())
    assert "no findings" in text
    assert "no totals" in text
    assert "question without a number" in text


def test_an_unclaimed_number_is_counted_in_the_ledger():
    text = shown(bare(ledger=Ledger(numbers=3, in_cells=2, unclaimed=1)))
    assert "3 printed: 2 in cells; 1 unclaimed" in text
    assert "0 printed: none; 0 unclaimed" in shown(bare(ledger=Ledger()))


def test_a_figure_in_running_text_is_shown_with_its_date():
    assert "1 figure in running text: 3,55 on 2023-06-29" in shown(answer_757())


def test_a_long_table_shows_head_tail_and_totals_and_says_how_many_rows_it_left_out():
    rows = [(f"Gemeente {i}", str(i)) for i in range(300)]
    rows[150] = ("Totaal", "777")
    text = shown(bare(table_of(rows, ["2022"])))
    assert "... 120 more rows" in text
    assert "... 139 more rows" in text
    assert all(f"Gemeente {i} " in text for i in (0, 29, 290, 299))
    assert "Totaal" in text
    assert "Gemeente 100 " not in text


def test_a_wide_table_goes_in_bands_that_repeat_the_labels():
    columns = [str(year) for year in range(1990, 2024)]
    text = shown(bare(table_of([("Bouw", *(str(1000 + i) for i in range(34)))], columns)), 80)
    assert text.count("Bouw") > 2
    assert all(year in text for year in columns)


def test_group_headings_and_header_levels_are_shown():
    made = table_of([("bso", "1")], ["2022"])
    made = replace(
        made, rows=(replace(made.rows[0], group=("Antwerpen", "Stad")),), columns=(Column("2022 man", ("2022", "man")),)
    )
    lines = [line.strip() for line in shown(bare(made)).splitlines()]
    assert (
        lines.index("Antwerpen")
        < lines.index("Stad")
        < lines.index("bso" + next(x for x in lines if x.startswith("bso"))[3:])
    )
    assert "man" in "\n".join(lines)


def test_marked_absent_and_unreadable_cells_show_what_was_printed():
    cells = (Cell("-", None, ObsStatus.CANNOT_EXIST), Cell("1.04", None, ObsStatus.MISSING, refusal="decimals after a point?"),
             Cell("12*", 12, ObsStatus.PROVISIONAL, ("*",)))  # fmt: skip
    made = replace(
        table_of([], ["a", "b", "c"]),
        rows=(Row(("Bouw",), cells),),
        notes=(Note("*", "*voorlopig", Meaning.PROVISIONAL),),
    )
    text = shown(bare(made))
    assert all(raw in text for raw in ("1.04", "12*"))
    assert "*voorlopig (provisional)" in text


def test_units_factors_and_pages_are_told():
    made = table_of([("Bouw", "1")], ["2022"], unit="EUR", multiplier=1000, pages=(1, 2, 3), topic="t", spec="s")
    assert "t1 · page 1-3 · EUR x 1000 · t/s" in shown(bare(made))
    assert "page 1, 3" in shown(bare(replace(made, pages=(1, 3))))


def test_markup_in_a_document_is_text():
    made = table_of([("[bold]Bouw[/bold] [/x]", "1")], ["2022"], title="[red]x")
    assert "[bold]Bouw[/bold] [/x]" in shown(bare(made))
    assert "[red]x" in shown(bare(made))


def test_a_pipe_gets_no_colours_and_no_blanks_at_the_end_of_a_line():
    text = shown(answer_757())
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_header_of_labels_that_only_repeats_the_title_is_left_out():
    made = table_of([("Bouw", "1")], ["2022"], title="Aantal per sector", stub_columns=("Aantal per sector**",))
    assert "sector**" not in shown(bare(made))
    assert "Sector" in shown(bare(table_of([("Bouw", "1")], ["2022"])))


def test_errors_are_counted_in_red():
    finding = Finding(Code.TOTAL_OFF, Level.ERROR, "printed 3, expected 1", "t1", "Totaal", "2022", 1)
    text = shown(
        replace(bare(table_of([("Bouw", "1")], ["2022"])), findings=(finding,)),
        force_terminal=True,
        color_system="standard",
    )
    assert "\x1b[1;31merror" in text
    assert "total-off" in text


def test_a_long_item_is_shortened():
    answer = Answer(items=(replace(answer_757().answer.items[2], text="woord " * 200, figures=()),))
    assert "woord ..." in " ".join(shown(replace(bare(), answer=answer)).split())


def test_a_decimal_keeps_the_decimals_that_were_printed():
    made = replace(table_of([], ["2022"]), rows=(Row(("Bouw",), (Cell("3,50", Decimal("3.50"), ObsStatus.NORMAL),)),))
    assert "3,50" in shown(bare(made))


def test_grids_are_listed_with_page_size_and_spans():
    cells = (
        GridCell(0, 0, "Sector", 3),
        GridCell(0, 1, "2022", 3, column_span=2),
        GridCell(1, 0, "Bouw", 3),
        GridCell(1, 1, "5", 3),
    )
    written = io.StringIO()
    console = Console(width=80, file=written)
    terminal.show_grids([Grid(cells, 3, how="ruled")], console)
    text = written.getvalue()
    assert "table 1 · page 3 · 2 rows, 3 columns · 1 spanning cells · ruled" in text
    assert "Bouw" in text
    assert "1 table\n" in text


def test_a_long_grid_says_what_it_leaves_out_and_an_empty_list_is_said():
    written = io.StringIO()
    console = Console(width=80, file=written)
    cells = tuple(GridCell(r, c, f"r{r}c{c}") for r in range(100) for c in range(2))
    terminal.show_grids([Grid(cells, 1)], console)
    terminal.show_grids([], console)
    assert "... 60 more rows" in written.getvalue()
    assert "0 tables" in written.getvalue()
