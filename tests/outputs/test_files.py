import csv
import io
import os
import sys
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract import outputs, tidy
from pv_extract.findings import ConfigurationError
from pv_extract.model import Cell, Column, ObsStatus, Role, Row, Table
from pv_extract.outputs.sheets import Spanner, exact_in_double, number_format, sheet_names, spanners
from tests.outputs.sample import answer_757


def answer_of(*tables):
    return replace(answer_757(), tables=tables, totals={}, findings=())


def one_column(*cells, label="Bouw"):
    rows = tuple(Row((f"{label} {i}",), (cell,)) for i, cell in enumerate(cells))
    return Table("t1", None, "Uitgaven", (1,), ("Sector",), (Column("2022", ("2022",)),), rows)


def normal(raw, value):
    return Cell(raw, value, ObsStatus.NORMAL)


def workbook(extraction):
    return openpyxl.load_workbook(io.BytesIO(outputs.as_bytes(extraction, "xlsx")))


def csv_rows(extraction):
    return list(csv.DictReader(io.StringIO(outputs.as_bytes(extraction, "csv").decode("utf-8"))))


# -- every format -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", outputs.FORMATS)
def test_the_same_extraction_gives_the_same_bytes(name):
    assert outputs.as_bytes(answer_757(), name) == outputs.as_bytes(answer_757(), name)


@pytest.mark.parametrize("name", outputs.FORMATS)
def test_a_written_file_holds_what_as_bytes_gives(name, tmp_path):
    outputs.write(answer_757(), name, tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == outputs.as_bytes(answer_757(), name)
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", outputs.FORMATS)
def test_a_document_without_tables_can_be_written(name):
    assert outputs.as_bytes(answer_of(), name)


def test_an_unknown_format_is_refused_with_those_that_are_known():
    with pytest.raises(ConfigurationError, match="'ods': expected one of json, csv, parquet, xlsx"):
        outputs.as_bytes(answer_757(), "ods")


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path):
    with pytest.raises(ConfigurationError, match=r"gone/out.json: cannot be written: No such file"):
        outputs.write_text("{}", tmp_path / "gone" / "out.json")


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    out = tmp_path / "out.json"
    out.write_text("old")

    def full(self, content):
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(ConfigurationError, match="No space left"):
        outputs.write_text("new", out)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("out.json", "old")]


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.json").write_text("old")
    (tmp_path / "link.json").symlink_to("real.json")
    outputs.write_text("new", tmp_path / "link.json")
    assert (tmp_path / "link.json").is_symlink()
    assert (tmp_path / "real.json").read_text() == "new"


@pytest.mark.skipif(sys.platform == "win32", reason="no named pipes")
def test_a_pipe_gets_the_text_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        outputs.write_text("{}", pipe)
        assert os.read(reader, 10) == b"{}"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


# -- CSV and Parquet --------------------------------------------------------------------------------------------------------


def test_csv_has_a_row_per_figure_and_the_columns_of_the_contract():
    rows = csv_rows(answer_757())
    assert list(rows[0]) == list(tidy.COLUMNS)
    assert len(rows) == len(answer_757().figures())
    assert (rows[3]["label"], rows[3]["obs_value"], rows[3]["time_end"]) == ("Brussels H. Gewest", "226", "2023-08-31")
    assert {row["is_total"] for row in rows} == {"true", "false"}


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12) | st.integers()
)
def test_csv_gives_every_number_back(value):
    (row,) = csv_rows(answer_of(one_column(normal(str(value), value))))
    assert Decimal(row["obs_value"]) == value
    assert "E" not in row["obs_value"]


def test_csv_leaves_an_absent_value_empty_and_keeps_what_was_printed():
    (row,) = csv_rows(answer_of(one_column(Cell("n.v.t.", None, ObsStatus.CANNOT_EXIST))))
    assert (row["obs_value"], row["obs_raw"], row["obs_status"]) == ("", "n.v.t.", "M")


def parquet(*cells):
    return pq.read_table(io.BytesIO(outputs.as_bytes(answer_of(one_column(*cells)), "parquet")))


def test_parquet_values_are_exact_decimals_of_one_type():
    table = parquet(normal("3,55", Decimal("3.55")), normal("10.225", 10225), Cell("-", None, ObsStatus.CANNOT_EXIST))
    assert table.schema.field("obs_value").type == pa.decimal128(38, 9)
    assert table["obs_value"].to_pylist() == [Decimal("3.55"), Decimal(10225), None]


def test_parquet_widens_for_more_decimals_and_for_huge_numbers():
    fine = Decimal("0.123456789012")
    assert parquet(normal("x", fine))["obs_value"].to_pylist() == [fine]
    assert parquet(normal("x", 10**40))["obs_value"].to_pylist() == [Decimal(10**40)]


def test_parquet_dates_are_dates_and_texts_stay_texts_when_empty():
    schema = pq.read_table(io.BytesIO(outputs.as_bytes(answer_757(), "parquet"))).schema
    assert schema.names == list(tidy.COLUMNS)
    assert schema.field("question_date").type == pa.date32()
    assert parquet(normal("1", 1)).schema.equals(schema)


def test_pandas_reads_the_parquet_back():
    frame = pd.read_parquet(io.BytesIO(outputs.as_bytes(answer_757(), "parquet")))
    totals = frame[frame["is_total"] & (frame["item"] == "3")]
    assert [int(v) for v in totals["obs_value"]] == [10847]


# -- workbooks --------------------------------------------------------------------------------------------------------------


def test_a_workbook_has_a_sheet_per_table_one_of_figures_and_one_of_findings():
    assert workbook(answer_757()).sheetnames == ["1a", "1b", "2a", "2b", "3", "figures", "findings"]


def test_a_table_sheet_reads_as_printed():
    sheet = workbook(answer_757())["1a"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4, max_row=11, max_col=5)]
    assert rows[0][1:] == ["2019-2020", "2020-2021", "2021-2022", "2022-2023*"]
    assert rows[1] == ["Brussels H. Gewest", 63, 82, 201, 226]
    assert rows[7] == ["Totaal Vlaamse gemeenschap", 3646, 4828, 9348, 10225]
    assert sheet.freeze_panes == "B5"
    assert sheet["A11"].font.bold
    said = [sheet.cell(row, 1).value or "" for row in range(12, 21)]
    assert any("possible 976 to 3730" in line for line in said)
    assert any(line.startswith("* Voorlopige") for line in said)


@pytest.mark.parametrize(
    "label", ["=1+1", '=HYPERLINK("http://x")', "+32 2 000", "@SUM(A1)", "-5", "{=1}", "http://x.y"]
)
def test_no_text_becomes_a_formula_or_a_link(label):
    book = workbook(answer_of(replace(one_column(normal("1", 1), label=label), title=label)))
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
    assert book["t1"]["A1"].value == label


def test_control_characters_do_not_break_a_workbook():
    assert workbook(answer_of(one_column(normal("1", 1), label="a\x0bb")))["t1"]["A5"].value is not None


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    title = workbook(answer_of(replace(one_column(normal("1", 1)), title="a" * 40_000)))["t1"]["A1"].value
    assert title.endswith("... (40000 characters)")


def test_a_number_that_a_spreadsheet_would_round_is_text():
    sheet = workbook(answer_of(one_column(normal("x", 12345678901234567), normal("y", 5))))["t1"]
    assert [sheet["B5"].value, sheet["B6"].value] == ["12345678901234567", 5]


def test_header_levels_and_carried_labels_are_merged():
    columns = tuple(Column(f"{y} {s}", (str(y), s)) for y in (2021, 2022) for s in ("man", "vrouw"))
    cells = tuple(normal("1", 1) for _ in columns)
    rows = (Row(("Antwerpen", "bso"), cells), Row(("Antwerpen", "tso"), cells), Row(("Limburg", "bso"), cells))
    made = Table("t1", None, "Leerlingen", (1,), ("Provincie", "Vorm"), columns, rows)
    sheet = workbook(answer_of(made))["t1"]
    assert {str(r) for r in sheet.merged_cells.ranges} == {"A4:A5", "B4:B5", "C4:D4", "E4:F4", "A6:A7"}
    assert [sheet["C4"].value, sheet["D5"].value, sheet["A6"].value, sheet["B7"].value] == [
        "2021",
        "vrouw",
        "Antwerpen",
        "tso",
    ]


def test_heading_rows_stand_above_their_group():
    rows = tuple(
        Row((label,), (normal("1", 1),), group=(group,))
        for group, label in [("Zorg", "a"), ("Zorg", "b"), ("Groen", "a")]
    )
    sheet = workbook(answer_of(replace(one_column(normal("1", 1)), rows=rows)))["t1"]
    assert [sheet.cell(r, 1).value for r in range(5, 10)] == ["Zorg", "a", "b", "Groen", "a"]


def test_findings_are_listed_and_their_absence_is_said():
    sheet = workbook(answer_757())["findings"]
    assert [c.value for c in sheet[2]][:3] == [
        "warning",
        "member-missing",
        "Textielverzorging is a row of 1b and absent from 2b",
    ]
    assert workbook(answer_of())["findings"]["C2"].value == "no findings"


@pytest.mark.parametrize(
    ("raw", "value", "expected"),
    [
        ("226", 226, "0"),
        ("226*", 226, '0"*"'),
        ("10.225", 10225, "#,##0"),
        ("10 225", 10225, "#,##0"),
        ("3,50", Decimal("3.50"), "0.00"),
        ("1.234,5", Decimal("1234.5"), "#,##0.0"),
        ("12,5 %", Decimal("12.5"), '0.0" %"'),
        ("€ 100", 100, '"€ "0'),
        ("(5)", -5, "0"),
        ("-5", -5, "0"),
        ("226¹", 226, '0"¹"'),
    ],
)
def test_a_number_shows_in_the_sheet_as_it_was_printed(raw, value, expected):
    assert number_format(normal(raw, value)) == expected


@pytest.mark.parametrize(
    ("value", "exact"),
    [(10847, True), (10**20, True), (Decimal("3.55"), True), (123456789012345, True), (1234567890123456, False)],
)
def test_fifteen_digits_fit_a_spreadsheet(value, exact):
    assert exact_in_double(value) is exact


def test_a_header_that_ends_early_reaches_down():
    assert spanners([("2021", "man"), ("2021", "vrouw"), ("Totaal",)], 1) == [
        Spanner(1, 2, 0, 1, "2021"),
        Spanner(2, 1, 0, 3, "Totaal"),
        Spanner(1, 1, 1, 1, "man"),
        Spanner(1, 1, 1, 2, "vrouw"),
    ]


def test_two_columns_with_one_header_stay_two():
    assert len(spanners([("aantal",), ("aantal",)], 1)) == 2


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheet_names_are_ones_a_workbook_accepts(wanted):
    names = sheet_names(wanted, ["figures"])
    assert len({n.casefold() for n in [*names, "figures"]}) == len(wanted) + 1
    assert all(0 < len(n) <= 31 and not set(n) & set("[]:*?/\\'") for n in names)


def test_a_total_column_is_told_from_its_parts():
    total = replace(one_column(normal("1", 1)), columns=(Column("Totaal", ("Totaal",), role=Role.TOTAL),))
    assert csv_rows(answer_of(total))[0]["is_total"] == "true"


def test_rows_below_others_are_indented():
    made = one_column(normal("1", 1), normal("2", 2))
    rows = (made.rows[0], replace(made.rows[1], level=2))
    sheet = workbook(answer_of(replace(made, rows=rows)))["t1"]
    assert [sheet[at].alignment.indent for at in ("A5", "A6")] == [0, 2]
    assert sheet["A6"].alignment.horizontal == "left"


def test_what_is_no_number_stands_in_the_sheet_as_printed():
    sheet = workbook(answer_of(one_column(Cell("n.v.t.", None, ObsStatus.CANNOT_EXIST))))["t1"]
    assert (sheet["B5"].value, sheet["B5"].alignment.horizontal) == ("n.v.t.", "right")
