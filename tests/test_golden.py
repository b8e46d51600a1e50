from decimal import Decimal
from pathlib import Path

import pytest
import simplejson

from pv_extract.outputs.json import render
from pv_extract.pipeline import extract
from tests.golden import differences, golden

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
CASES = sorted(
    (
        form
        for expected in FIXTURES.glob("*/expected.json")
        for form in expected.parent.glob(f"{expected.parent.name}.*")
    ),
    key=lambda form: (form.parent.name, form.suffix),
)


@pytest.mark.parametrize("form", CASES, ids=lambda form: form.name)
def test_a_fixture_gives_what_is_expected_of_it_in_every_form(form, update_golden):
    got = simplejson.loads(render(golden(extract(form))), use_decimal=True)
    path = form.parent / "expected.json"
    if update_golden and form == next(case for case in CASES if case.parent == form.parent):
        path.write_text(render(got) + "\n", encoding="utf-8")
    expected = simplejson.loads(path.read_text(encoding="utf-8"), use_decimal=True)
    found = list(differences(expected, got))
    assert not found, f"{form.name}: {len(found)} differences\n" + "\n".join(found)


def test_there_are_fixtures_to_hold_the_pipeline_to():
    assert {form.suffix for form in CASES if form.stem == "answer-757"} == {".txt", ".docx", ".pdf"}


def test_the_same_figures_and_ids_come_from_text_word_and_pdf():
    columns = [
        "figure_id",
        "item",
        "label_path",
        "ref_id",
        "column",
        "time_period",
        "obs_value",
        "obs_raw",
        "obs_status",
        "marks",
    ]
    forms = [extract(case).figures()[columns] for case in CASES if case.stem == "answer-757"]
    assert len(forms[0]) == 250
    assert all(form.equals(forms[0]) for form in forms[1:])


@pytest.mark.parametrize(
    ("expected", "got", "said"),
    [
        ({"tables": {"t2": {"rows": {"Bouw": {"2021": 1982}}}}}, {"tables": {"t2": {"rows": {"Bouw": {"2021": 1892}}}}},
         "tables, t2, Bouw, 2021: expected 1982, got 1892"),
        ({"rows": {"Bouw": 1}}, {"rows": {}}, 'Bouw: expected 1, got "nothing"'),
        ({"rows": {}}, {"rows": {"Bouw": 1}}, 'Bouw: expected "nothing", got 1'),
        ({"a": {"x": 1, "y": 2}}, {"a": {"y": 2, "x": 1}}, "a: expected the order ['x', 'y'], got ['y', 'x']"),
        ({"findings": ["error"]}, {"findings": ["note"]}, "findings: expected 'error', got nothing"),
        ({"value": Decimal("3.50")}, {"value": Decimal("3.51")}, "value: expected 3.50, got 3.51"),
    ],
)  # fmt: skip
def test_a_difference_is_told_cell_by_cell(expected, got, said):
    assert said in list(differences(expected, got))


def test_equal_readings_have_no_differences():
    assert not list(differences({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}))
