import json

import pytest

from pv_extract import comparison, series
from pv_extract.comparison import Kind, compare
from pv_extract.findings import Level
from pv_extract.outputs import write
from pv_extract.testing import assert_extraction
from tests.checks.given import FIXTURE, extraction, run

pytest_plugins = ["pytester"]


@pytest.fixture
def frame():
    return extraction().figures()


def test_a_document_does_not_differ_from_itself_in_any_form(frame):
    assert compare(frame, frame) == ()
    assert compare(frame, comparison.figures_of(FIXTURE.with_suffix(".docx")))[:3] == ()


def test_changed_added_removed_and_moved_figures_are_told_apart(frame):
    new = frame.copy()
    new.loc[0, "obs_value"], new.loc[0, "obs_raw"] = 64, "64"
    new.loc[5, "page"] = 9
    new.loc[8, "notes"] = "een andere noot"
    new.loc[10, "obs_status"] = "E"
    new = new.drop(index=[2])
    kinds = [c.kind for c in compare(frame, new)]
    assert kinds == [Kind.CHANGED, Kind.MOVED, Kind.NOTE, Kind.CHANGED, Kind.REMOVED]
    assert [c.kind for c in compare(new, frame)].count(Kind.ADDED) == 1
    assert "+1" in compare(frame, new)[0].detail


def test_a_figure_under_another_label_has_moved(frame):
    new = frame.copy()
    new.loc[1, ["figure_id", "label_path"]] = ["0" * 16, "Gewest Brussel"]
    (change,) = compare(frame, new)
    assert change.kind is Kind.MOVED
    assert "Brussel" in change.detail


def test_the_command_leaves_with_1_on_a_change_where_asked(tmp_path):
    before, after = tmp_path / "before.csv", tmp_path / "after.json"
    write(extraction(), "csv", before)
    write(extraction(), "json", after)
    assert run("diff", before, after, "--exit-code").returncode == 0
    after.write_text(
        after.read_text(encoding="utf-8")
        .replace('"value": 753', '"value": 735')
        .replace('"raw": "753"', '"raw": "735"'),
        encoding="utf-8",
    )
    done = run("diff", before, after, "--exit-code")
    assert done.returncode == 1
    assert "753 -> 735 (-18)" in done.stdout
    assert run("diff", before, after).returncode == 0
    assert json.loads(run("diff", before, after, "--format", "json").stdout)["changes"][0]["kind"] == "changed"
    assert "| changed | 3 |" in run("diff", before, after, "--format", "markdown").stdout


@pytest.fixture
def later(frame):
    """An answer of a year later: the provisional year revised, a name under another label, one gone, another note."""
    new = frame.copy()
    new["question_number"], new["question_date"] = 12, "2024-05-02"
    new.loc[3, ["obs_value", "obs_raw", "obs_status"]] = [230, "230", "A"]
    new.loc[new["ref_id"] == "bouw", "label"] = "Bouwsector"
    new["notes"] = new["notes"].map(lambda text: text.replace("Voorlopige", "Definitieve") if text else text)
    return new[new["ref_id"] != "textiel"]


def test_a_series_lines_up_answers_and_tells_what_changed(frame, later):
    made = series.line_up([later, frame], "duaal_leren")
    assert made.agreeing > 200
    kinds = {c.kind for c in made.changes}
    assert {series.Kind.REVISED, series.Kind.RENAMED, series.Kind.GONE, series.Kind.REDEFINED} <= kinds
    revised = next(c for c in made.changes if c.kind is series.Kind.REVISED)
    assert (
        "226 in no. 757 of 2023-06-16, 230 in no. 12 of 2024-05-02; the earlier figure was provisional"
        in revised.message
    )
    row = made.frame[made.frame["revised"].astype(bool)].iloc[0]
    assert (row["obs_value"], row["answers"]) == (230, 2)
    assert "226" in row["earlier"]
    assert list(made.frame.columns) == list(series.COLUMNS)


def test_other_topics_are_left_out_of_a_series(frame):
    assert series.line_up([frame], "landbouw").frame.empty


def test_the_series_command_writes_csv_and_a_plot(tmp_path, frame, later):
    for name, figures in (("a.csv", frame), ("b.csv", later)):
        figures.to_csv(tmp_path / name, index=False)
    done = run("series", tmp_path, "--topic", "duaal_leren", "--format", "csv", "--plot", tmp_path / "plot.png")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("spec,ref_id,name,time_period,obs_value")
    assert "revised: recognitions_by_province" in done.stderr
    assert (tmp_path / "plot.png").read_bytes().startswith(b"\x89PNG")
    assert "revised" in run("series", tmp_path, "--topic", "duaal_leren").stdout


def test_an_extraction_is_asserted_in_one_line():
    assert len(assert_extraction(FIXTURE, topic="duaal_leren", tables=5).tables) == 5
    with pytest.raises(AssertionError, match="expected 4 tables, found 5"):
        assert_extraction(FIXTURE, tables=4)
    with pytest.raises(AssertionError, match="mark-unexplained"):
        assert_extraction(FIXTURE, fail_on=Level.WARNING)


def test_the_plugin_works_in_a_test_of_somebody_else(pytester):
    pytester.makeconftest('pytest_plugins = ["pv_extract.testing"]')
    pytester.makepyfile(
        f"""
        def test_adds_up(pv_extraction):
            assert pv_extraction({str(FIXTURE)!r}, tables=5).ok

        def test_fails(pv_extraction):
            pv_extraction({str(FIXTURE)!r}, tables=6)
        """
    )
    outcome = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    outcome.assert_outcomes(passed=1, failed=1)
    outcome.stdout.fnmatch_lines(["*expected 6 tables, found 5*"])
