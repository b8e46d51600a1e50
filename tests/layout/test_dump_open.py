"""What dumps of documents that nobody chose print, and what their text leaves open."""

import pytest

from pv_extract.layout.dump import blocks
from pv_extract.layout.headers import interpret
from pv_extract.model import Grid, Line, RawTable
from pv_extract.readers.text import read_text


def tables(text: str) -> list[RawTable]:
    found = blocks(read_text(text.encode(), "dump.txt", "0").lines)
    return [interpret(block) for block in found if isinstance(block, Grid)]


def rows(table: RawTable) -> list[list[str]]:
    return [[*row.labels, *(cell.text for cell in row.cells)] for row in table.rows]


def header(table: RawTable) -> list[str]:
    return [*table.stub_columns, *(column.raw for column in table.columns)]


def said(table: RawTable) -> str:
    return " ".join(remark.message for remark in table.grid.remarks)


def test_a_sign_between_two_figures_belongs_to_the_one_below():
    (table,) = tables("Haven\n2023\n2024\nGent\n41\n€\n1.250\nOostende\n7\n€\n96\n")
    assert rows(table) == [["Gent", "41", "€ 1.250"], ["Oostende", "7", "€ 96"]]


def test_a_number_in_brackets_behind_a_label_above_its_figures_is_a_mark():
    (table,) = tables("Post\n2025\n2026\nOntvangsten\n51\n53\nSaldo (1)\n-4\n-6\nSchuld\n90\n94\n")
    assert rows(table) == [["Ontvangsten", "51", "53"], ["Saldo (1)", "-4", "-6"], ["Schuld", "90", "94"]]


def test_a_number_in_brackets_before_a_whole_row_of_figures_ends_the_label():
    (table,) = tables("Post 2025 2026\nOntvangsten 51 53\nSaldo (1) -4 -6\nSchuld 90 94\n")
    assert ["Saldo (1)", "-4", "-6"] in rows(table)


def test_years_one_a_line_label_their_rows():
    (table,) = tables(
        "Jaar\nDossiers\nPremies\nUitgaven\n2021\n310\n290\n1.400\n2022\n325\n301\n1.610\n"
        "2023 (tot juni)\n118\n97\n480\nTotaal\n753\n688\n3.490\n"
    )
    assert header(table) == ["Jaar", "Dossiers", "Premies", "Uitgaven"]
    assert rows(table) == [
        ["2021", "310", "290", "1.400"],
        ["2022", "325", "301", "1.610"],
        ["2023 (tot juni)", "118", "97", "480"],
        ["Totaal", "753", "688", "3.490"],
    ]


@pytest.mark.parametrize("units", ["% bbp\n% bbp\n% bbp", "% bbp % bbp % bbp"])
def test_a_unit_below_each_period_is_part_of_its_header(units):
    (table,) = tables(f"2024\n2025\n2026\n{units}\nAccijnzen\n0,3\n0,4\n0,4\nHeffingen\n0,1\n0,2\n0,1\n")
    assert header(table)[-3:] == ["2024 % bbp", "2025 % bbp", "2026 % bbp"]


def test_a_period_below_the_headers_may_head_another_column():
    (table,) = tables("Post\n2024\n2025\nEvol.\n2025/2024\nBos\n12\n13\nNatuur\n14\n15\n")
    assert "2025/2024" in said(table)


def test_a_period_behind_the_header_of_the_labels_may_head_a_column():
    (table,) = tables("Haven\n2018\n2019\nGent\n\n788\nOostende\n432\n\nZeebrugge\n336\n459\nNieuwpoort\n168\n813\n")
    assert said(table)


def test_text_before_numbers_is_no_label():
    prose = "The yield rose from\n30\npercent to\n41\nand was in\n17\ncounties the\n12\n"
    assert not tables(prose)


def test_several_lines_above_one_column_may_head_the_labels_too():
    (table,) = tables("Uitgekeerde\nsteun\nper\nhaven\n\nGent\n12\nOostende\n13\nZeebrugge\n14\n")
    assert said(table)


def test_a_header_that_ends_in_a_colon_is_doubted():
    (table,) = tables("Zone:\nGent\n12\nOostende\n13\nZeebrugge\n14\n")
    assert "colon" in said(table)


def test_labels_and_figures_by_turns_need_a_total_to_be_sure():
    turns = "Haven\n\nschepen\n\nGent\n\nOostende\n\nVeurne\n\n12\n\n13\n\n14\n\nDiksmuide\n\n15\n"
    assert any("by turns" in said(table) for table in tables(turns))


def test_totals_within_their_bounds_tell_the_order_and_it_is_said():
    labels = "Provincie\n\nAntwerpen\n\nLimburg\n\nLuik\n\nTotaal\n\n2022\n\n2023\n\n"
    (table,) = tables(labels + "10\n\n20\n\n30\n\n55\n\n1\n\n2\n\n3\n\n5\n")
    assert rows(table) == [
        ["Antwerpen", "10", "1"],
        ["Limburg", "20", "2"],
        ["Luik", "30", "3"],
        ["Totaal", "55", "5"],
    ]
    assert "between its largest part and the sum" in said(table)


def test_the_header_that_a_page_prints_again_is_not_lost():
    head = "Haven                2022      2023\n"
    first = "Gent                   12        13\nOostende               14        15\n"
    second = "Zeebrugge               6         7\nTotaal                 32        35\n"
    found = blocks(read_text(f"{head}{first}\f{head}{second}".encode(), "dump.txt", "0").lines)
    assert len([b for b in found if isinstance(b, Grid)]) == 1
    assert [b.text for b in found if isinstance(b, Line) and b.furniture] == ["Haven 2022 2023"]


def test_a_hyphen_at_the_end_of_a_line_as_pdfium_writes_it_is_gone():
    lines = read_text("de haven\ufffearbeid in West\ufffeVlaanderen".encode(), "dump.txt", "0").lines
    assert [line.text for line in lines] == ["de havenarbeid in West-Vlaanderen"]


def test_a_spanner_heads_its_columns_past_a_line_that_heads_the_labels_alone():
    (table,) = tables(
        "                        Schepen in de haven      Verschil\n"
        "Haven (2026)\n"
        "                       2023     2024     2025      abs.\n"
        "Gent                    112      121      125         4\n"
        "Oostende                 14       15       13        -2\n"
        "Totaal                  126      136      138         2\n"
    )
    assert [c.path for c in table.columns][:3] == [("Schepen in de haven", year) for year in ("2023", "2024", "2025")]


def test_a_spanner_heads_as_many_columns_as_it_stands_in_the_middle_of():
    (table,) = tables(
        "                        Schepen                  Groei\n"
        "             2022    2023    2024    2025 2025/2024\n"
        "Gent          112     121     125     131       4,8\n"
        "Oostende       14      15      13      12      -7,7\n"
        "Totaal        126     136     138     143       3,6\n"
    )
    assert [c.raw for c in table.columns][:4] == [f"Schepen {year}" for year in range(2022, 2026)]
    assert "2025/2024" in table.columns[4].raw


def test_years_at_the_left_label_their_rows_in_an_aligned_dump():
    (table,) = tables(
        "Jaar                    Dossiers        Premies\n"
        "2021                         310            290\n"
        "2022                         325            301\n"
        "2023 (tot juni)              118             97\n"
        "Totaal                       753            688\n"
    )
    assert [row[0] for row in rows(table)] == ["2021", "2022", "2023 (tot juni)", "Totaal"]


def test_spanners_side_by_side_share_their_columns():
    (table,) = tables(
        "              Begroting 2025      Ontwerp 2026       Evolutie\n"
        "Programma\n"
        "               VK         BK      VK        BK      BK       %\n"
        "Havens        812        798     826       811      13     1,6\n"
        "Waterwegen    318        311     402       399      88    28,3\n"
        "Totaal      1.130      1.109   1.228     1.210     101     9,1\n"
    )
    assert [c.path[0] for c in table.columns] == [
        t for t in ("Begroting 2025", "Ontwerp 2026", "Evolutie") for _ in "ab"
    ]
