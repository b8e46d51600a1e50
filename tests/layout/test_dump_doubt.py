import pytest

from pv_extract.layout.dump import blocks
from pv_extract.layout.headers import interpret
from pv_extract.model import Grid, Line


def grid(text: str) -> Grid:
    lines = [Line(line, gap=k == 0) for k, line in enumerate(text.strip("\n").splitlines())]
    (found,) = [block for block in blocks(lines) if isinstance(block, Grid)]
    return found


def test_a_dump_that_groups_thousands_with_points_groups_none_with_spaces():
    raw = interpret(
        grid("""
Leeftijd 2022 2023
Jonger dan 25 695 372
25 tot 49 661 664
50 en ouder 545 116
Totaal 1.901 1.152
""")
    )
    assert [row.labels for row in raw.rows] == [("Jonger dan 25",), ("25 tot 49",), ("50 en ouder",), ("Totaal",)]
    assert [cell.text for cell in raw.rows[1].cells] == ["661", "664"]


@pytest.mark.parametrize(
    "header", ["Sector Aantal Aandeel", "Sector 2021 2021", "Sector eerste kwartaal tweede kwartaal"]
)
def test_headers_that_only_spacing_parts_are_a_remark(header):
    found = grid(f"{header}\nBouw 12 13\nHout 14 15\nTotaal 26 28\n")
    assert [remark.code for remark in found.remarks] == ["table-ambiguous"]


@pytest.mark.parametrize("header", ["Sector 2021 2022", "Sector 2021-2022 2022-2023*"])
def test_periods_that_differ_leave_no_doubt(header):
    assert grid(f"{header}\nBouw 12 13\nHout 14 15\nTotaal 26 28\n").remarks == ()
