"""Dumps of other engines: the same figures as the document, or a remark that says what the dump does not tell."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pdfminer.high_level import extract_text

from pv_extract.layout.dump import blocks
from pv_extract.layout.headers import interpret
from pv_extract.model import Grid, Line, RawTable
from pv_extract.readers import read
from pv_extract.readers.text import read_text

FIXTURE = Path(__file__).parents[2] / "fixtures/answer-757"


def tables(text: str) -> list[RawTable]:
    return [interpret(b) for b in blocks(read_text(text.encode(), "dump.txt", "0").lines) if isinstance(b, Grid)]


def rows(table: RawTable) -> list[list[str]]:
    return [[*row.labels, *(cell.text for cell in row.cells)] for row in table.rows]


def header(table: RawTable) -> list[str]:
    return [*table.stub_columns, *(column.raw for column in table.columns)]


def by_pypdf(path: Path) -> str:
    return "\f".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def by_pdftotext(*options: str) -> Callable[[Path], str]:
    def dump(path: Path) -> str:
        if not shutil.which("pdftotext"):
            pytest.skip("pdftotext is not installed")
        return subprocess.run(["pdftotext", *options, path, "-"], capture_output=True, check=True).stdout.decode()

    return dump


ENGINES = {
    "pypdf": (by_pypdf, 5),
    "pdfminer": (extract_text, 0),
    "pdftotext": (by_pdftotext(), 1),
    "pdftotext -layout": (by_pdftotext("-layout"), 5),
}


@pytest.mark.parametrize(("dump", "least"), ENGINES.values(), ids=ENGINES.keys())
def test_each_engine_gives_the_figures_of_the_document_or_says_what_is_open(dump, least):
    document = read(FIXTURE / "answer-757.docx")
    wanted = [rows(interpret(b)) for b in document.blocks if isinstance(b, Grid)]
    got = tables(dump(FIXTURE / "answer-757.pdf"))
    sure = [rows(table) for table in got if not table.grid.remarks]
    assert all(table in wanted for table in sure)
    assert len(sure) >= least
    assert len(sure) == len(wanted) or any(table.grid.remarks for table in got)


LAYOUT = """
Sector                                    2022-                2023-
                                          2023                 2024*
                                    aantal   aandeel     aantal   aandeel
Bouw                                 1.234      10%       2.345      12%
Papier- en                              12       1%          13       1%
kartonbewerkende sector
Horeca                                                      100       2%
Totaal                               1.246     100%       2.458     100%
"""


def test_what_stands_under_each_other_belongs_together():
    (table,) = tables(LAYOUT)
    assert [c.path for c in table.columns] == [
        ("2022-2023", "aantal"),
        ("2022-2023", "aandeel"),
        ("2023-2024*", "aantal"),
        ("2023-2024*", "aandeel"),
    ]
    assert rows(table) == [
        ["Bouw", "1.234", "10%", "2.345", "12%"],
        ["Papier- en kartonbewerkende sector", "12", "1%", "13", "1%"],
        ["Horeca", "", "", "100", "2%"],
        ["Totaal", "1.246", "100%", "2.458", "100%"],
    ]


def test_labels_half_above_and_half_below_their_figures_are_whole():
    (table,) = tables(
        "                         2026        2027\n"
        "Geconsolideerde schuld,\n"
        "                       56.551      60.907\n"
        "begroting\n"
        "Geconsolideerde schuld,\n"
        "                       56.466      61.004\n"
        "raming\n"
        "Verschil                  -85          97\n"
    )
    assert rows(table) == [
        ["Geconsolideerde schuld, begroting", "56.551", "60.907"],
        ["Geconsolideerde schuld, raming", "56.466", "61.004"],
        ["Verschil", "-85", "97"],
    ]


def test_a_figure_between_two_columns_is_no_guess():
    (table,) = tables(
        "Sector               2022                2023\n"
        "Bouw                   12                  13\n"
        "Horeca                           14\n"
        "Handel                 15                  16\n"
    )
    assert [r.code for r in table.grid.remarks] == ["table-ambiguous"]
    assert rows(table)[1] == ["Horeca", "14", ""]


def test_an_aligned_table_goes_on_over_the_page_with_its_header_again():
    page = "Sector               2022                2023\n"
    first, second = (
        "Bouw      12     13\nHandel    14     15\n",
        "Zorg         16        17\nTotaal       42        45\n",
    )
    head = "Sector   2022   2023\n"
    (table,) = tables(head + first + "\f" + page.replace("     ", "  ") + second)
    assert [row[0] for row in rows(table)] == ["Bouw", "Handel", "Zorg", "Totaal"] or table.grid.remarks


COLUMNS = """Sector

Bouw
Papier- en
kartonbewerkende sector
Horeca

2022-
2023

2023-
2024*

1.234
12
100

2.345
13
200

* Voorlopige cijfers.
"""


def test_blocks_of_as_many_figures_as_labels_are_columns():
    (table,) = tables(COLUMNS)
    assert header(table) == ["Sector", "2022-2023", "2023-2024*"]
    assert rows(table) == [
        ["Bouw", "1.234", "2.345"],
        ["Papier- en kartonbewerkende sector", "12", "13"],
        ["Horeca", "100", "200"],
    ]
    assert not table.grid.remarks


def test_figures_apart_from_their_labels_stay_together_with_a_remark():
    (table,) = tables(COLUMNS.replace("1.234\n12\n100\n\n2.345\n13\n200", "1.234\n\n12\n\n100\n\n2.345\n\n13\n\n200"))
    assert not [cell for row in table.rows for cell in row.cells if cell.text]
    assert "1.234 | 12 | 100 | 2.345 | 13 | 200" in [cell.text for cell in table.grid.cells]
    assert "which figure belongs to which label is not told" in table.grid.remarks[0].message


def test_totals_that_add_up_tell_the_order():
    labels = "Provincie\n\nAntwerpen\n\nLimburg\n\nBrabant\n\nTotaal\n\n2022-\n2023\n\n2023-\n2024\n\n"
    (table,) = tables(labels + "10\n\n20\n\n30\n\n60\n\n1\n\n2\n\n3\n\n6" + "\n")
    assert rows(table) == [
        ["Antwerpen", "10", "1"],
        ["Limburg", "20", "2"],
        ["Brabant", "30", "3"],
        ["Totaal", "60", "6"],
    ]
    assert "add up" in table.grid.remarks[0].message


def test_one_column_printed_by_turns_needs_no_more():
    (table,) = tables(
        "Sector\n\naantal\n\nBouw\n\nHandel\n\nHoreca\n\n12\n\n13\n\n14\n\nZorg\n\nTotaal\n\n15\n\n54\n\n"
    )
    assert header(table) == ["Sector", "aantal"]
    assert rows(table) == [["Bouw", "12"], ["Handel", "13"], ["Horeca", "14"], ["Zorg", "15"], ["Totaal", "54"]]


def test_a_euro_sign_on_its_own_line_belongs_to_its_figure():
    before = "Provincie\n2023\n2024\nAntwerpen\n€\n1.234\n€\n12\nLimburg\n€\n13\n€\n14\n"
    after = "Provincie\n2023\n2024\nAntwerpen\n1.234\n€\n12\n€\nLimburg\n13\n€\n14\n€\n"
    assert [rows(t) for t in tables(before)] == [[["Antwerpen", "€ 1.234", "€ 12"], ["Limburg", "€ 13", "€ 14"]]]
    assert [rows(t) for t in tables(after)] == [[["Antwerpen", "1.234 €", "12 €"], ["Limburg", "13 €", "14 €"]]]


def test_years_that_lost_their_hyphen_are_periods():
    (table,) = tables("Sector\n\n20222023\n\n20232024*\n\nBouw\n\n12\n\n13\n\nHandel\n\n14\n\n15\n")
    assert header(table) == ["Sector", "20222023", "20232024*"]
    assert rows(table) == [["Bouw", "12", "13"], ["Handel", "14", "15"]]


def test_years_as_rows_are_labels():
    (table,) = tables("Jaar Aanvragen Toegekend\n2021 12 10\n2022 15 13\n2023 18 11\n")
    assert header(table) == ["Jaar", "Aanvragen", "Toegekend"]
    assert rows(table) == [["2021", "12", "10"], ["2022", "15", "13"], ["2023", "18", "11"]]


def test_a_table_dumped_without_spaces_is_said():
    (table,) = tables("Title2024 2025 Bouw0,049-0,0470,121Handel0,0010,0070,053Totaal0,0500,0400,174\n")
    assert "without a space" in table.grid.remarks[0].message


def test_figures_without_a_label_get_no_label_of_a_neighbour():
    (table,) = tables("Sector 2022 2023\nBouw 12 13\nHandel 14 15\n26 28\nZorg 1 2\n")
    assert [row[0] for row in rows(table) if any(row[1:])] == ["Bouw", "Handel", "Zorg"]
    assert "'26 | 28' are printed without a label" in [r.message for r in table.grid.remarks]


def test_page_numbers_and_running_headers_are_furniture():
    texts = ["Het eerste deel\nvan de tekst", "Meer hierover\nin het antwoord", "Tot besluit\nnog dit"]
    pages = [f"Vlaams Parlement\n{text}\n{n}" for n, text in enumerate(texts, start=1)]
    found = blocks(read_text("\f".join(pages).encode(), "dump.txt", "0").lines)
    furniture = [b.text for b in found if isinstance(b, Line) and b.furniture]
    assert furniture == ["Vlaams Parlement", "1", "Vlaams Parlement", "2", "Vlaams Parlement", "3"]


def test_totals_at_the_foot_of_each_page_are_no_furniture():
    pages = [f"Sector 2022 2023\nBouw {n} 7\nHandel 5 6\nTotaal {n + 5} 13" for n in (12, 40, 3)]
    found = tables("\f".join(pages))
    assert sum([rows(t)[-1][0] == "Totaal" for t in found]) >= 1
    assert ["Totaal", "45", "13"] in [row for table in found for row in rows(table)]


def test_figures_at_the_edge_of_pages_are_no_page_numbers():
    (table,) = tables("Sector\naantal\n\nBouw\n12\nHandel\n\f14\nZorg\n15\nHoreca\n\f9\nTotaal\n50\n")
    assert rows(table) == [["Bouw", "12"], ["Handel", "14"], ["Zorg", "15"], ["Horeca", "9"], ["Totaal", "50"]]


@example([[1900, 1950, 2011], [5, 6, 7], [8, 9, 10]], 2)
@given(st.lists(st.lists(st.integers(0, 99999), min_size=3, max_size=3), min_size=3, max_size=6), st.integers(2, 9))
def test_spaces_between_columns_do_not_matter(figures, width):
    labels = ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Brussel", "Vlaams-Brabant", "West-Vlaanderen"]
    lines = ["Provincie".ljust(20 + width) + "".join(year.rjust(6 + width) for year in ("2021", "2022", "2023"))]
    lines += [
        label.ljust(20 + width) + "".join(str(f).rjust(6 + width) for f in row)
        for label, row in zip(labels, figures, strict=False)
    ]
    (table,) = tables("\n".join(lines))
    assert rows(table) == [[label, *map(str, row)] for label, row in zip(labels, figures, strict=False)]


def test_cells_parted_by_tabs_keep_their_columns():
    (table,) = tables("Sector\tAantal bedrijven\tBedrag\nBouw\t12\t1.234\nHoreca\t\t5\nZorg\t7\t8\nTotaal\t19\t1.247\n")
    assert header(table) == ["Sector", "Aantal bedrijven", "Bedrag"]
    assert rows(table)[1] == ["Horeca", "", "5"]
