import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import jsonschema
import pytest
import simplejson

from pv_extract.model import Box, Cell, Grid, GridCell, ObsStatus
from pv_extract.outputs import contract, json_text, tables_json
from tests.outputs.sample import answer_757

SCHEMA = Path(__file__).resolve().parents[2] / "schemas" / "extraction.schema.json"


def with_first_cell(cell):
    extraction = answer_757()
    first, *tables = extraction.tables
    row, *rows = first.rows
    changed = replace(first, rows=(replace(row, cells=(cell, *row.cells[1:])), *rows))
    return replace(extraction, tables=(changed, *tables))


def first_cell(text, **options):
    return simplejson.loads(text, **options)["tables"][0]["rows"][0]["cells"][0]


def test_the_shipped_schema_is_the_one_of_the_contract(update_golden):
    if update_golden:
        SCHEMA.write_text(contract.schema_text(), encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == contract.schema_text(), "stale: run pytest --update-golden"


def test_an_extraction_follows_the_schema():
    schema = json.loads(contract.schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(json_text(answer_757())), schema)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        (("schema_version",), "2"),
        (("answer", "kind"), "long"),
        (("answer", "question_date"), "16 juni 2023"),
        (("tables", 0, "rows", 0, "cells", 0, "value"), "226"),
        (("tables", 0, "rows", 0, "cells", 0, "box"), [1, 2]),
        (("tables", 0, "columns", 0, "obs_status"), "normal"),
        (("findings", 0, "level"), "fatal"),
        (("source", "sha256"), "unknown"),
    ],
)
def test_the_schema_refuses_what_the_contract_does_not_say(path, wrong):
    said = json.loads(json_text(answer_757()))
    place = said
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(said, json.loads(contract.schema_text()))


@pytest.mark.parametrize(
    "value", [Decimal("3.50"), Decimal("-0.07"), 10**25, Decimal("12345678901234567890.123456789")]
)
def test_a_number_is_printed_with_all_its_digits(value):
    text = json_text(with_first_cell(Cell(str(value), value, ObsStatus.NORMAL)))
    assert first_cell(text, use_decimal=True)["value"] == value
    assert f'"value": {value}' in text


def test_a_masked_count_has_bounds_and_no_value():
    cell = Cell("<5", None, ObsStatus.SUPPRESSED, bounds=(0, 4))
    said = first_cell(json_text(with_first_cell(cell)))
    assert (said["raw"], said["value"], said["obs_status"], said["bounds"]) == ("<5", None, "Q", [0, 4])


def test_a_source_without_geometry_has_no_boxes():
    assert first_cell(json_text(with_first_cell(Cell("63", 63, ObsStatus.NORMAL))))["box"] is None


def test_a_place_is_told_to_a_hundredth_of_a_point():
    cell = Cell("63", 63, ObsStatus.NORMAL, box=Box(1 / 3, 10.005001, 20, 30.1))
    assert first_cell(json_text(with_first_cell(cell)))["box"] == [0.33, 10.01, 20, 30.1]


def test_a_cell_stands_on_one_line():
    lines = [line.strip().rstrip(",") for line in json_text(answer_757()).splitlines()]
    cells = [line for line in lines if line.startswith('{"raw": "2841"')]
    assert len(cells) == 1
    assert json.loads(cells[0])["value"] == 2841


def test_text_stays_as_printed_and_the_file_ends_with_a_newline():
    text = json_text(answer_757())
    assert "comité" in text
    assert text.endswith("}\n")


def test_grids_keep_spans_pages_and_boxes():
    spanning = GridCell(0, 0, "Jaar", 2, Box(1, 2, 3, 4), column_span=2)
    said = json.loads(tables_json([Grid((spanning, GridCell(1, 0, "5", 2)), 2, Box(1, 2, 3, 9), how="ruled")]))
    (table,) = said["tables"]
    assert (table["page"], table["box"], table["how"]) == (2, [1, 2, 3, 9], "ruled")
    assert table["cells"][0] == {
        "row": 0, "column": 0, "row_span": 1, "column_span": 2, "text": "Jaar", "page": 2, "box": [1, 2, 3, 4],
    }  # fmt: skip
    assert table["cells"][1]["box"] is None


def test_no_tables_are_an_empty_list():
    assert json.loads(tables_json([])) == {"tables": []}
