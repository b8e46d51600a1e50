import json
from decimal import Decimal
from pathlib import Path

import pytest

from pv_extract import topics
from pv_extract.findings import ConfigurationError
from pv_extract.shipped import schemas_folder
from pv_extract.topics.schema import json_schema

TOPIC = """
title: A topic
source: made for this test
tables:
  - id: one
    caption: {says: ['erken']}
    rows: {list: regions}
    columns: {kind: year}
    unit: things
    totals: {rule: sum, because: no unit counts twice}
"""


def folder(tmp_path: Path, text: str, waivers: str | None = None) -> Path:
    home = tmp_path / "mine"
    home.mkdir()
    (home / "topic.yaml").write_text(text, encoding="utf-8")
    if waivers is not None:
        (home / "waivers.csv").write_text(waivers, encoding="utf-8")
    return tmp_path


def test_a_user_folder_adds_a_topic_to_the_shipped_ones(tmp_path):
    found = topics.load([schemas_folder(), folder(tmp_path, TOPIC)])
    assert {"duaal_leren", "mine"} <= set(found)


def test_the_generated_schema_of_topic_files_is_fresh():
    shipped = (schemas_folder() / "topic.schema.json").read_text(encoding="utf-8")
    assert json.loads(shipped) == json_schema(), "run: python -m pv_extract.topics.schema"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("rule: sum", "rule: summ"), "tables.0.totals.rule"),
        (("because: no unit counts twice", "because: no"), "tables.0.totals.because"),
        (("'erken'", "'erken('"), "not a regular expression"),
        (("rows: {list: regions}", "rows: {lst: regions}"), "tables.0.rows"),
        (("kind: year", "kind: decade"), "tables.0.columns.kind"),
        (("columns: {kind: year}", "columns: {}"), "expected either kind or measure"),
        (("id: one", "id: One"), "tables.0.id"),
        (("title: A topic", "title: [A topic"), "expected YAML"),
    ],
)
def test_a_faulty_topic_is_refused_with_file_and_path(tmp_path, change, said):
    with pytest.raises(ConfigurationError, match=r"topic\.yaml") as error:
        topics.load([folder(tmp_path, TOPIC.replace(*change))])
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_relation_between_tables_that_are_not_declared_is_refused(tmp_path):
    text = TOPIC + "relations:\n  - {kind: subset, smaller: one, larger: two, because: a part of the whole}\n"
    with pytest.raises(ConfigurationError, match=r"relations\.0 names two; expected one of one"):
        topics.load([folder(tmp_path, text)])


def test_a_topic_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(ConfigurationError, match="expected one of duaal_leren"):
        topics.pick(topics.load([schemas_folder()]), "duaal_lerne")


WAIVER = "757/2023-06-16,total-off,1a,Totaal,2019-2020,3,the source prints it so,somebody,2024-01-01,2027-01-01"
HEADER = "source,code,table,row,column,amount,reason,by,on,until"


def test_waivers_are_loaded_with_their_line(tmp_path):
    found = topics.load([folder(tmp_path, TOPIC, f"{HEADER}\n{WAIVER}\n")])["mine"]
    assert [(w.line, w.amount) for w in found.waivers] == [(2, Decimal(3))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"{HEADER}\n{WAIVER.replace('total-off', 'total-of')}\n", "line 2: code 'total-of'"),
        (f"{HEADER}\n{WAIVER.replace('2027-01-01', 'never')}\n", "line 2: until"),
        (f"{HEADER}\n{WAIVER.replace('the source prints it so', '')}\n", "line 2: reason"),
        ("code,reason\n", "expected the columns source,code"),
    ],
)
def test_a_faulty_waiver_is_refused_with_its_line(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=r"waivers\.csv") as error:
        topics.load([folder(tmp_path, TOPIC, text)])
    assert said in str(error.value)
