import json

import pandera.pandas as pa
import pytest
import yaml
from pandera.errors import SchemaErrors

from pv_extract import schemas
from pv_extract.findings import ConfigurationError
from tests.checks.given import extraction, run

BUILT = schemas.build("duaal_leren")


@pytest.mark.parametrize("name", sorted(BUILT))
def test_the_figures_of_the_source_hold_to_their_schema(name):
    figures = schemas.as_objects(extraction().figures())
    own = figures[figures["spec"] == name]
    assert len(BUILT[name].validate(own, lazy=True)) == len(own)


@pytest.mark.parametrize(
    ("column", "value", "check"),
    [
        ("obs_value", 3.5, "whole_count"),
        ("obs_value", "veel", "whole_count"),
        ("ref_id", "onbekend", "isin"),
        ("label", "", "nonempty_text"),
        ("obs_status", "X", "isin"),
        ("obs_value", 754, "totals_hold"),
    ],
)
def test_a_wrong_value_breaks_the_schema(column, value, check):
    figures = schemas.as_objects(extraction().figures())
    own = figures[figures["spec"] == "mentors_by_sector"].copy()
    own.loc[own.index[0], column] = value
    with pytest.raises(SchemaErrors) as error:
        BUILT["mentors_by_sector"].validate(own, lazy=True)
    assert check in " ".join(map(str, error.value.failure_cases["check"]))


def test_a_frame_without_its_total_breaks_the_schema():
    figures = schemas.as_objects(extraction().figures())
    own = figures[(figures["spec"] == "mentors_by_sector") & ~figures["is_total"].astype(bool)]
    with pytest.raises(SchemaErrors, match="has_total"):
        BUILT["mentors_by_sector"].validate(own, lazy=True)


def test_an_exported_schema_reads_back_with_its_checks():
    text = schemas.export(BUILT["mentors_by_sector"], "yaml")
    again = pa.DataFrameSchema.from_yaml(text)
    figures = schemas.as_objects(extraction().figures())
    own = figures[figures["spec"] == "mentors_by_sector"].copy()
    again.validate(own, lazy=True)
    own.loc[own.index[0], "obs_value"] = 754
    with pytest.raises(SchemaErrors, match="totals_hold"):
        again.validate(own, lazy=True)


@pytest.mark.parametrize("name", ["yaml", "json", "python"])
def test_the_command_shows_every_schema(name):
    done = run("schema", "duaal_leren", "--format", name)
    assert done.returncode == 0, done.stderr
    assert all(table in done.stdout for table in BUILT)
    if name == "json":
        assert set(json.loads(done.stdout)) == set(BUILT)
    elif name == "yaml":
        assert len(list(yaml.safe_load_all(done.stdout))) == len(BUILT)
    else:
        compile(done.stdout, "schemas.py", "exec")


def test_unknown_topics_tables_and_formats_are_refused():
    assert "expected one of duaal_leren" in run("schema", "duaal").stderr
    assert "mentors_by_sector" in run("schema", "duaal_leren", "--table", "mentors").stderr
    with pytest.raises(ConfigurationError, match="expected one of yaml, json, python"):
        schemas.export(BUILT["mentors_by_sector"], "xml")
