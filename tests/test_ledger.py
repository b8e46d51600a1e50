from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pv_extract.answer import PlacedGrid
from pv_extract.languages import load_language
from pv_extract.ledger import balance
from pv_extract.model import Document, Line, Source
from pv_extract.tables import type_table
from tests.make import raw_table

SOURCE = Source("a.txt", "0" * 64, "text/plain", 1, "text")
HEADER = ["Sector 1", "2021", "2022*"]
ROWS = [["Bouw", "1.045", "3,5"], ["Hout", "12", "12"]]


def account(rows=ROWS, drop=None, prose="Er zijn er 12 en 3,55 op 29/06/2023."):
    raw = raw_table(HEADER, rows)
    typed = type_table(raw, PlacedGrid("t1", raw.grid, "1", None, ()), load_language("nl"))
    if drop is not None:
        typed = replace(typed, rows=tuple(r for i, r in enumerate(typed.rows) if i != drop))
    blocks = (Line(prose), raw.grid, Line("pagina 3", furniture=True))
    return balance(Document(SOURCE, blocks=blocks), blocks, [typed], [raw])


def test_every_number_is_counted_once_and_in_its_place():
    ledger = account().ledger
    assert (ledger.in_cells, ledger.in_headers, ledger.in_text, ledger.in_furniture) == (4, 3, 5, 1)
    assert (ledger.numbers, ledger.unclaimed) == (13, 0)


@given(st.integers(0, 1))
def test_a_row_that_gets_lost_is_missed(drop):
    found = account(drop=drop)
    assert found.ledger.unclaimed == 2
    assert any(ROWS[drop][1] in remark.message for remark in found.remarks)


def test_a_number_that_no_block_holds_is_missed():
    raw = raw_table(HEADER, ROWS)
    document = Document(SOURCE, lines=(Line("Er waren er 77."), *(Line(" ".join(row)) for row in [HEADER, *ROWS])))
    typed = type_table(raw, PlacedGrid("t1", raw.grid, "1", None, ()), load_language("nl"))
    found = balance(document, [raw.grid], [typed], [raw])
    assert found.ledger.unclaimed == 1
    assert "77" in found.remarks[0].message


def test_a_number_claimed_twice_is_reported():
    raw = raw_table(HEADER, ROWS)
    typed = type_table(raw, PlacedGrid("t1", raw.grid, "1", None, ()), load_language("nl"))
    blocks = (raw.grid,)
    found = balance(Document(SOURCE, blocks=blocks), blocks, [replace(typed, rows=(*typed.rows, typed.rows[0]))], [raw])
    assert {remark.code for remark in found.remarks} == {"number-doubled"}
