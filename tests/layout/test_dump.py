"""Tables in text dumps, whatever the structure of their lines."""

import json
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.layout.dump import blocks
from pv_extract.layout.headers import interpret
from pv_extract.model import Block, Grid, Line, RawTable
from pv_extract.readers.text import read_text

SHARED = Path(__file__).parents[3] / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the source document is not here")


def dump(text: str) -> tuple[Block, ...]:
    return blocks(read_text(text.encode(), "dump.txt", "0").lines)


def tables(text: str) -> list[RawTable]:
    return [interpret(block) for block in dump(text) if isinstance(block, Grid)]


def rows(table: RawTable) -> list[list[str]]:
    return [[*row.labels, *(cell.text for cell in row.cells)] for row in table.rows]


def header(table: RawTable) -> list[str]:
    return [*table.stub_columns, *(column.raw for column in table.columns)]


def letters(text: str) -> Counter[str]:
    return Counter(c for c in text if not c.isspace() and c != "|")


def printed(found: tuple[Block, ...]) -> Counter[str]:
    cells = (cell.text for block in found if isinstance(block, Grid) for cell in block.cells)
    return letters("".join([*cells, *(block.text for block in found if isinstance(block, Line))]))


PROVINCES = [["Antwerpen", "12", "13"], ["Limburg", "4", "5"], ["West-Vlaanderen", "1.020", "7"]]
BY_ROW = "Provincie 2021-2022 2022-2023*\nAntwerpen 12 13\nLimburg 4 5\nWest-Vlaanderen 1.020 7\n"
YEARS = "Provincie 2021-2022 2022-2023*"

STRUCTURES = {
    "a row a line": BY_ROW,
    "blank lines between rows": BY_ROW.replace("\n", "\n\n"),
    "one cell a line": "Provincie\n2021-2022\n2022-2023*\nAntwerpen\n12\n13\nLimburg\n4\n5\nWest-Vlaanderen\n1.020\n7\n",
    "years cut in half": BY_ROW.replace(YEARS, "Provincie\n2021-\n2022\n2022-\n2023*"),
    "years cut in half, blank lines": BY_ROW.replace(YEARS, "Provincie\n\n2021-\n2022\n\n2022-\n2023*\n"),
    "the last year cut": BY_ROW.replace("2022-2023*", "2022-\n2023*"),
    "figures on a line of their own": BY_ROW.replace("West-Vlaanderen 1.020 7", "West-Vlaanderen\n1.020 7"),
    "the same with blank lines": BY_ROW.replace("West-Vlaanderen 1.020 7", "\nWest-Vlaanderen\n\n1.020 7"),
    "a label cut after its hyphen": BY_ROW.replace("West-Vlaanderen 1.020 7", "West-\nVlaanderen\n\n1.020 7"),
    "a page break between rows": BY_ROW.replace("Limburg", "\n\n\nLimburg"),
    "a form feed between rows": BY_ROW.replace("Limburg", "\fLimburg"),
    "the header again after a page break": BY_ROW.replace("Limburg", "\fProvincie 2021-2022 2022-2023*\nLimburg"),
    "thousands with a space": BY_ROW.replace("1.020", "1 020"),
}


@pytest.mark.parametrize("text", STRUCTURES.values(), ids=STRUCTURES.keys())
def test_the_line_structure_does_not_change_the_table(text):
    (table,) = tables(f"1. a) Het aantal per provincie.\n\n{text}\n* Voorlopige cijfers voor dit jaar.\n")
    assert header(table) == ["Provincie", "2021-2022", "2022-2023*"]
    assert [[c.replace("1 020", "1.020") for c in row] for row in rows(table)] == PROVINCES
    assert not table.grid.remarks


@needs_shared
def test_the_source_dump_has_exactly_its_five_tables():
    truth = json.loads((SHARED / "source/answer-757.truth.json").read_text(encoding="utf-8"))["tables"]
    got = tables((SHARED / "source/answer-757.txt").read_text(encoding="utf-8"))
    assert [(header(t), rows(t)) for t in got] == [(t["columns"], t["rows"]) for t in truth]
    assert [len(t.grid.joins) for t in got] == [0, 1, 0, 1, 1]


@needs_shared
def test_a_list_of_labels_and_figures_without_any_header_is_a_table():
    (table,) = tables((SHARED / "real/SV209.txt").read_text(encoding="utf-8"))
    assert rows(table) == [
        ["Antwerpen", "110,9"],
        ["Limburg", "38.0"],
        ["Oost-Vlaanderen", "132.5"],
        ["Vlaams Brabant", "70.3"],
        ["West-Vlaanderen", "79,3"],
        ["andere", "12,0"],
    ]


PROSE = {
    "figures in sentences": "c) Het gemiddelde op datum\n29/06/2023 ligt op 3,55 erkenningen per\nonderneming.",
    "a line that ends in a figure": "Het overzicht van de voorbije 3\njaren per sector, voor 4\nmaanden en in totaal 12\nmaanden.",
    "a heading": "SCHRIFTELIJKE VRAAG\nnr. 209\nvan BRECHT WARNEZ\ndatum: 28 januari 2026\naan X\nop vraag nr. 12 van 3 mei 2024",
    "notes": "* Onvolledige cijfers voor 2022\n** Telt mee in 2\n(1) Zie tabel 3",
    "items": "1.\na) Ja, in 2021\n2.\n3. Neen, in 2022",
    "axes of a chart": "45%\n53%\n60%\n30\n35\n40\n45\n2024 2025 2026",
    "a sentence cut in words": "Elke\naanvraag\nwordt\nin\n12\ndagen\nbehandeld.",
}


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE.keys())
def test_numbers_in_prose_are_no_table(text):
    found = dump(text)
    assert not any(isinstance(block, Grid) for block in found)
    assert printed(found) == letters(text)


def test_a_blank_cell_stays_blank_where_the_dump_shows_it():
    (table,) = tables("Jaar 2024 2025 2026\nSaldo 2024 1 2 3\nSaldo 2025  5 6\nSaldo 2026   7\nTotaal 1 7 16\n")
    assert rows(table)[1:3] == [["Saldo 2025", "", "5", "6"], ["Saldo 2026", "", "", "7"]]


def test_a_row_with_too_few_figures_is_no_guess():
    (table,) = tables("Jaar 2024 2025 2026\nA 1 2 3\nB 4 5\nC 6 7 8\n")
    assert rows(table)[1] == ["B", "4 | 5", "", ""]
    assert [r.code for r in table.grid.remarks] == ["table-ambiguous"]
    assert "'4 | 5': 2 figures for 3 columns" in table.grid.remarks[0].message


def test_groups_of_digits_that_fit_in_two_ways_are_no_guess():
    (table,) = tables("Jaar 2024 2025\nA 12 345\nB 1 234 567\nC 1 2\n")
    assert [r.code for r in table.grid.remarks] == ["table-ambiguous"]


def test_a_header_that_cannot_be_divided_is_kept_whole_with_a_remark():
    (table,) = tables("Aantal erkende bedrijven Bedrag\nAntwerpen 12 13\nLimburg 4 5\nVlaanderen 16 18\n")
    assert {column.raw for column in table.columns} == {"Aantal erkende bedrijven Bedrag"}
    assert table.grid.remarks


def test_periods_over_two_columns_each_make_two_levels():
    (table,) = tables("Sector 2021 2022\naantal aandeel aantal aandeel\nBouw 1 2% 3 4%\nZorg 5 6% 7 8%\n")
    assert [c.path for c in table.columns] == [
        ("2021", "aantal"),
        ("2021", "aandeel"),
        ("2022", "aantal"),
        ("2022", "aandeel"),
    ]
    assert rows(table)[0] == ["Bouw", "1", "2%", "3", "4%"]


def test_a_letter_broken_off_a_header_goes_back_to_its_word():
    (table,) = tables("Jaar\n\nBeslissin\ng\n\nAntwerpen\n\n12\n\nLimburg\n\n13\n\nBrussel\n\n14\n")
    assert header(table) == ["Jaar", "Beslissing"]


def test_a_line_above_a_row_that_had_room_left_is_a_heading():
    (table,) = tables(
        "Regio 2021 2022\nVlaanderen\nProvincie Antwerpen 1 2\nProvincie Limburg 3 4\nWallonië\nProvincie Luik 5 6\n"
    )
    assert [(row.labels[-1], row.group) for row in table.rows if not row.heading] == [
        ("Provincie Antwerpen", ("Vlaanderen",)),
        ("Provincie Limburg", ("Vlaanderen",)),
        ("Provincie Luik", ("Wallonië",)),
    ]


LABELS = st.sampled_from(["Antwerpen", "Limburg", "Bouw", "Handel - Detailhandel", "Groene sectoren", "Social profit"])
FIGURES = st.sampled_from(["0", "7", "12", "345", "1.234", "12.345", "3,5", "12*"])


@st.composite
def printed_rows(draw):
    columns = draw(st.integers(2, 5))
    figures = st.lists(FIGURES, min_size=columns, max_size=columns)
    body = draw(st.lists(st.tuples(LABELS, figures), min_size=3, max_size=6, unique_by=lambda row: row[0]))
    years = " ".join(f"{2015 + n}-{2016 + n}" for n in range(columns))
    return [f"Label {years}", *(f"{label} {' '.join(figures)}" for label, figures in body)]


@given(printed_rows(), st.data())
def test_a_page_break_at_any_row_changes_no_cell(lines, data):
    at = data.draw(st.integers(2, len(lines) - 1))
    pause = data.draw(st.sampled_from(["\n\n\n", "\f", "\n"]))
    whole = tables("\n".join(lines))
    parted = tables("\n".join(lines[:at]) + "\n" + pause + "\n".join(lines[at:]))
    assert [(header(t), rows(t)) for t in parted] == [(header(t), rows(t)) for t in whole]


@given(printed_rows())
def test_one_cell_a_line_is_the_same_table(lines):
    columns = lines[0].count(" ")
    split = "\n".join("\n".join(line.rsplit(" ", columns)) for line in lines)
    (whole,), (cells,) = tables("\n".join(lines)), tables(split)
    assert (header(cells), rows(cells)) == (header(whole), rows(whole))


ANY = [
    *BY_ROW.splitlines(),
    "",
    "Tabel 2a.",
    "1. a) tekst",
    "* noot",
    "12",
    "3 4",
    "een zin van vijf woorden.",
    "2021-",
    "2022",
]


@given(st.lists(st.sampled_from(ANY), max_size=14))
def test_everything_printed_is_in_one_line_or_one_cell(lines):
    assert printed(blocks(tuple(Line(line) for line in lines))) == letters("".join(lines))


ENDLESS = {
    "figures": lambda n: [str(37 * k % 9973) for k in range(3 * n)],
    "cells with a number in each label": lambda n: [
        cell for k in range(n) for cell in (f"Gemeente {k}", str(7 * k), str(11 * k))
    ],
}


@pytest.mark.parametrize("figures", [16, 40, 400])
def test_a_row_of_many_figures_of_three_digits_is_read_in_bounded_time(figures):
    def row(k):
        return " ".join(str(100 + 37 * j * k % 899) for j in range(figures))

    lines = ["Antwoord", "", *(f"Gemeente {name} {row(k)}" for name, k in (("Aalst", 3), ("Gent", 5), ("Ieper", 7)))]
    started = process_time()
    found = dump("\n".join(lines))
    assert process_time() - started < 20
    assert printed(found) == letters("".join(lines))


@pytest.mark.parametrize("case", ENDLESS)
def test_time_grows_with_the_lines_of_a_dump_and_not_with_their_square(case):
    def seconds(count):
        lines = tuple(Line(text) for text in ["Antwoord", "", *ENDLESS[case](count)])
        started = process_time()
        blocks(lines)
        return process_time() - started

    seconds(10)
    assert seconds(1600) < 64 * max(seconds(100) for _ in range(2))  # 16 times as many lines; their square is 256 times
