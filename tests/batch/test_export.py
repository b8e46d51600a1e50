import json
import sqlite3
import zipfile
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from frictionless import Package

from pv_extract import extract
from pv_extract.batch import run
from pv_extract.batch.export import EXPORTED, FORMATS, export
from pv_extract.batch.rows import exact_text
from pv_extract.findings import ConfigurationError
from pv_extract.outputs import as_bytes
from tests.batch.given import ANSWER, answers, here, rows

SOURCES = [ANSWER / f"answer-757.{kind}" for kind in ("pdf", "txt", "docx")]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("batch")
    run(SOURCES, folder / "store", engine=here)
    return folder / "store"


def test_the_figures_of_a_store_are_those_of_its_documents(store, tmp_path):
    export(store, "csv", tmp_path)
    found = rows(tmp_path / "figures.csv")
    for source in SOURCES:
        (tmp_path / "one.csv").write_bytes(as_bytes(extract(source), "csv"))
        expected = rows(tmp_path / "one.csv")
        columns = expected[0].keys()
        sha256 = expected[0]["source_sha256"]
        mine = [{name: row[name] for name in columns} for row in found if row["source_sha256"] == sha256]
        assert mine == expected


@pytest.mark.parametrize("form", FORMATS)
def test_two_exports_of_a_store_are_the_same_bytes(form, store, tmp_path):
    first = export(store, form, tmp_path / "a")
    second = export(store, form, tmp_path / "b")
    assert [p.name for p in first] == [p.name for p in second]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert not list((tmp_path / "a").glob(".*"))
    for book in (tmp_path / "a").glob("*.xlsx"):
        assert b"2000-01-01T00:00:00Z" in zipfile.ZipFile(book).read("docProps/core.xml")


@pytest.mark.parametrize(("form", "suffix"), [("csv", "csv"), ("parquet", "parquet"), ("xlsx", "xlsx")])
def test_there_is_one_file_for_each_table(form, suffix, store, tmp_path):
    assert {p.name for p in export(store, form, tmp_path)} == {f"{name}.{suffix}" for name in EXPORTED}


def test_numbers_are_exact_in_every_format(store, tmp_path):
    for form in FORMATS:
        export(store, form, tmp_path / form)
    text = [row["obs_value"] for row in rows(tmp_path / "csv" / "figures.csv")]
    values = [Decimal(value) if value else None for value in text]
    assert pq.read_table(tmp_path / "parquet" / "figures.parquet").column("obs_value").to_pylist() == values
    db = sqlite3.connect(tmp_path / "sqlite" / "pv-extract.sqlite")
    found = [value for (value,) in db.execute("SELECT obs_value FROM figures")]
    db.close()
    assert [None if v is None else Decimal(str(v)) for v in found] == values
    sheet = openpyxl.load_workbook(tmp_path / "xlsx" / "figures.xlsx")["figures"]
    header = [cell.value for cell in sheet[1]]
    column = header.index("obs_value")
    assert [
        None if r[column] is None else Decimal(str(r[column])) for r in sheet.iter_rows(min_row=2, values_only=True)
    ] == values


def test_a_number_that_no_decimal_column_holds_is_kept_as_text(tmp_path):
    from pv_extract.batch.rows import _storable

    assert _storable(Decimal("0.1234567891")) is None
    assert _storable(10**30) is None
    assert _storable(Decimal("3.50")) == Decimal("3.5")
    assert exact_text(Decimal("3.50")) == "3.50"
    assert exact_text(Decimal("1E+3")) == "1000"


def test_the_data_package_is_valid_and_says_sources_licence_and_hashes(store, tmp_path):
    export(store, "datapackage", tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    said = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    assert [source["title"] for source in said["sources"]] == ["answer-757.docx", "answer-757.pdf", "answer-757.txt"]
    assert said["licenses"][0]["name"] == "Modellicentie-Gratis-Hergebruik-1.0"
    assert all(("hash" in r) is (r["name"] != "runs") for r in said["resources"])
    (tmp_path / "figures.csv").write_bytes((tmp_path / "figures.csv").read_bytes().replace(b",226,", b",227,", 1))
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_a_schema_folder_gives_its_own_licence(store, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "publication.yaml").write_text("name: mine\ntitle: Mine\nlicenses:\n  - name: CC0-1.0\n")
    export(store, "datapackage", tmp_path / "out", schemas=[tmp_path / "mine"])
    said = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert (said["name"], said["licenses"]) == ("mine", [{"name": "CC0-1.0"}])


def test_an_unknown_format_or_a_place_that_is_a_file_is_refused(store, tmp_path):
    with pytest.raises(ConfigurationError, match="expected one of csv, parquet"):
        export(store, "dbf", tmp_path)
    with pytest.raises(ConfigurationError, match="expected a folder outside the store"):
        export(store, "parquet", store / "parquet")
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigurationError, match="cannot be written"):
        export(store, "csv", tmp_path / "file")
    assert (tmp_path / "file").read_text() == "x"


def test_tables_without_rows_are_exported_with_their_columns(tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    run([tmp_path / "empty.pdf"], tmp_path / "store", engine=here)
    for form in FORMATS:
        export(tmp_path / "store", form, tmp_path / form)
    assert (tmp_path / "csv" / "figures.csv").read_text().startswith("answer,source_sha256,")
    assert rows(tmp_path / "csv" / "documents.csv")[0]["status"] == "unreadable"


def test_equal_runs_of_different_inputs_orders_differ_in_the_run_table_only(tmp_path):
    folder = answers(tmp_path / "in", 3)
    files = sorted(folder.iterdir())
    run(files, tmp_path / "a", engine=here)
    run(files[::-1], tmp_path / "b", engine=here)
    made = [{p.name: p.read_bytes() for p in export(tmp_path / s, "csv", tmp_path / f"out-{s}")} for s in "ab"]
    assert {name for name in made[0] if made[0][name] != made[1][name]} == {"runs.csv"}
