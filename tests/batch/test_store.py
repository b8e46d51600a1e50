import json
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from pv_extract.batch import BatchError, Limits, Status, run
from pv_extract.batch.account import account
from pv_extract.batch.export import export
from pv_extract.batch.store import writable
from tests.batch.given import ANSWER, answer, answers, here, read_or_misbehave, rows, tables


def ran(inputs, store, **options):
    """A run in this process, unless a reader that needs workers is given."""
    return run(inputs, store, jobs=2, engine=None if "read" in options else here, **options)


def exported(store, out, **options):
    export(store, "csv", out, **options)
    return out


def test_every_input_has_a_status_and_the_counts_add_up(tmp_path):
    folder = answers(tmp_path / "in", 3)
    (folder / "again.txt").write_text(answer(1, 101, 201))
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "prose.txt").write_text("Er zijn geen gegevens.")
    summary = ran([folder, tmp_path / "nope.pdf"], tmp_path / "store")
    assert sum(summary.counts.values()) == len(summary.outcomes) == 7
    assert [o.number for o in summary.outcomes] == list(range(1, 8))
    by_name = {Path(o.location).name: o for o in summary.outcomes}
    assert by_name["prose.txt"].status is Status.NO_TABLES
    assert by_name["empty.pdf"].status is by_name["nope.pdf"].status is Status.UNREADABLE
    assert by_name["answer-0001.txt"].status is Status.DUPLICATE
    assert by_name["answer-0001.txt"].duplicate_of == by_name["again.txt"].location
    assert by_name["answer-0001.txt"].settled is by_name["again.txt"].settled
    assert summary.exit_code == 3
    assert account(tmp_path / "store").counts == {s.value: n for s, n in summary.counts.items()}


def test_a_second_run_reads_only_what_is_new_and_ends_as_one_run_would(tmp_path):
    folder = answers(tmp_path / "in", 3)
    (folder / "empty.pdf").write_bytes(b"")
    ran([folder], tmp_path / "store")
    answers(folder, 2, first=4)
    second = ran([folder], tmp_path / "store")
    assert second.counts[Status.UNCHANGED] == 4
    assert second.exit_code == 3  # what was unreadable still is
    ran([folder], tmp_path / "other")
    stored = exported(tmp_path / "store", tmp_path / "a")
    assert tables(stored) == tables(exported(tmp_path / "other", tmp_path / "b"))


def test_fresh_reads_all_again_and_changes_nothing(tmp_path):
    folder = answers(tmp_path / "in", 2)
    ran([folder], tmp_path / "store")
    before = tables(exported(tmp_path / "store", tmp_path / "a"))
    assert Status.UNCHANGED not in ran([folder], tmp_path / "store", fresh=True).counts
    assert tables(exported(tmp_path / "store", tmp_path / "b")) == before


def test_what_failed_for_time_memory_or_a_crash_is_tried_by_the_next_run(tmp_path):
    folder = answers(tmp_path / "in", 1)
    (folder / "crash.txt").write_text(answer(9))
    first = ran([folder], tmp_path / "store", read=read_or_misbehave)
    assert first.counts[Status.CRASHED] == 1
    second = ran([folder], tmp_path / "store")
    assert second.exit_code < 3
    assert second.counts[Status.UNCHANGED] == 1


def test_a_corrected_answer_replaces_the_former_one_which_stays_as_history(tmp_path):
    file = tmp_path / "answer.txt"
    file.write_text(answer(7, 100, 120))
    ran([file], tmp_path / "store")
    file.write_text(answer(7, 101, 120))
    ran([file], tmp_path / "store")
    now = rows(exported(tmp_path / "store", tmp_path / "now") / "figures.csv")
    ever = rows(exported(tmp_path / "store", tmp_path / "ever", history=True) / "figures.csv")
    assert [r["obs_value"] for r in now if r["label"] == "Antwerpen"] == ["101", "120"]
    assert sorted(r["obs_value"] for r in ever if r["label"] == "Antwerpen") == ["100", "101", "120", "120"]
    assert {r["superseded_by"] for r in ever} == {"", now[0]["source_sha256"]}
    assert len(list((tmp_path / "store" / "parquet" / "figures").rglob("*.parquet"))) == 1
    assert len(list((tmp_path / "store" / "parquet" / "history").rglob("*.parquet"))) == 1
    file.write_text(answer(7, 100, 120))  # and back
    ran([file], tmp_path / "store")
    again = rows(exported(tmp_path / "store", tmp_path / "again") / "figures.csv")
    assert [r["obs_value"] for r in again if r["label"] == "Antwerpen"] == ["100", "120"]


def test_a_damaged_correction_replaces_nothing(tmp_path):
    file = tmp_path / "answer.txt"
    file.write_text(answer(7))
    ran([file], tmp_path / "store")
    before = (exported(tmp_path / "store", tmp_path / "a") / "figures.csv").read_bytes()
    file.write_bytes(b"")
    assert ran([file], tmp_path / "store").counts == {Status.UNREADABLE: 1}
    assert (exported(tmp_path / "store", tmp_path / "b") / "figures.csv").read_bytes() == before


def test_a_topic_of_its_own_is_another_version(tmp_path):
    folder = answers(tmp_path / "in", 1)
    schemas = tmp_path / "schemas"
    schemas.mkdir()
    ran([folder], tmp_path / "store")
    (schemas / "note.yaml").write_text("a: b\n")
    assert Status.UNCHANGED not in ran([folder], tmp_path / "store", schemas=[schemas]).counts


def test_the_store_holds_the_parquet_files_that_its_database_says(tmp_path):
    ran([ANSWER / "answer-757.txt", ANSWER / "answer-757.pdf"], tmp_path / "store")
    parquet = tmp_path / "store" / "parquet"
    assert [p.name for p in (parquet / "figures").iterdir()] == ["answer=757-2023-06-16-jo-brouns"]
    db = duckdb.connect()
    found = db.execute(f"SELECT count(*), count(DISTINCT answer) FROM '{parquet}/figures/*/*.parquet'").fetchall()
    assert found == [(500, 1)]
    assert db.execute(f"SELECT count(*) FROM '{parquet}/documents.parquet'").fetchall() == [(2,)]
    (lost,) = (parquet / "figures").rglob("*8537ad8d*.parquet") or [None]
    content = lost.read_bytes()
    lost.unlink()
    ran([ANSWER / "answer-757.txt"], tmp_path / "store")
    assert lost.read_bytes() == content


def test_a_document_has_the_same_parquet_file_whatever_is_committed_with_it(tmp_path):
    ran([ANSWER], tmp_path / "together")
    for file in ("answer-757.txt", "answer-757.pdf", "answer-757.docx"):
        ran([ANSWER / file], tmp_path / "alone")
    together, alone = (
        {p.name: p.read_bytes() for p in (tmp_path / store).rglob("answer=*/*.parquet")}
        for store in ("together", "alone")
    )
    assert len(together) == 3
    assert together == alone


def test_two_runs_at_once_one_is_refused_or_waits(tmp_path):
    folder = answers(tmp_path / "in", 1)
    with writable(tmp_path / "store"):
        with pytest.raises(BatchError, match=r"another run writes to this store \(process \d+ on"):
            ran([folder], tmp_path / "store")
        held = subprocess.run(
            [sys.executable, "-m", "pv_extract", "run", folder, "--out", tmp_path / "store", "--wait", "0.2"],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert held.returncode == 2
        assert held.stderr.count("\n") == 1
    assert ran([folder], tmp_path / "store", wait=1.0).exit_code < 3


@pytest.mark.parametrize(
    ("made", "says"),
    [
        ({"store.json": '{"format": 0}'}, "run again with a new --out"),
        ({"store.json": '{"format": 99}'}, "use a newer pv-extract"),
        ({"store.json": "?"}, "expected the format of the store"),
        ({"letter.txt": "x"}, "expected a store or an empty folder, found 'letter.txt'"),
        ({"store.json": '{"format": 1}', "store.duckdb": "no database " * 999}, "move it away and run again"),
    ],
)
def test_what_is_no_store_of_this_version_is_refused_with_the_remedy(made, says, tmp_path):
    store = tmp_path / "store"
    store.mkdir()
    for name, content in made.items():
        (store / name).write_text(content)
    with pytest.raises(BatchError, match=says) as refused:
        ran([tmp_path], store)
    assert "\n" not in str(refused.value)
    assert (store / next(iter(made))).read_text() == next(iter(made.values()))


def test_a_store_where_a_file_is_or_nothing_ran_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BatchError, match="cannot make it"):
        ran([tmp_path], tmp_path / "file")
    with pytest.raises(BatchError, match="cannot make it"):
        ran([tmp_path], tmp_path / ("long" * 100))
    with pytest.raises(BatchError, match="expected a store"):
        export(tmp_path, "csv", tmp_path / "out")


def test_a_full_disk_loses_nothing_that_was_committed(tmp_path):
    """A limit on the size of files stands in for the full disk: writing fails in the same calls."""
    folder = answers(tmp_path / "in", 2)
    ran([folder], tmp_path / "store")
    before = tables(exported(tmp_path / "store", tmp_path / "a"))
    answers(folder, 20, first=3)
    script = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "sys.argv = ['pv-extract', 'run', sys.argv[1], '--out', sys.argv[2], '--jobs', '1']\n"
        "from pv_extract.cli import main\nmain()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, folder, tmp_path / "store"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    (line,) = [
        line for line in done.stderr.splitlines() if line.startswith("pv-extract: ")
    ]  # beside plain progress in CI
    assert "cannot be written" in line or "refuses" in line
    assert tables(exported(tmp_path / "store", tmp_path / "b")) == before
    ran([folder], tmp_path / "store")
    ran([folder], tmp_path / "other")
    assert tables(exported(tmp_path / "store", tmp_path / "c")) == tables(exported(tmp_path / "other", tmp_path / "d"))


def test_thousands_of_empty_files_are_one_unreadable_and_its_duplicates(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(3000):
        (folder / f"{n:04}.pdf").touch()
    summary = ran([folder], tmp_path / "store")
    assert summary.counts == {Status.UNREADABLE: 1, Status.DUPLICATE: 2999}
    assert len(summary.failed) == 3000
    assert "found an empty file" in summary.outcomes[-1].message


def test_the_log_of_a_run_says_versions_and_timings(tmp_path):
    ran([answers(tmp_path / "in", 1)], tmp_path / "store")
    said = account(tmp_path / "store")
    assert said.state == "finished"
    assert {"pv-extract", "python", "pypdfium2"} <= said.versions.keys()
    (logged,) = rows(exported(tmp_path / "store", tmp_path / "out") / "runs.csv")
    assert json.loads(logged["counts"]) == said.counts
    assert float(logged["seconds"]) > 0


def test_memory_of_the_run_has_a_limit_that_workers_keep(tmp_path):
    assert resource.getrlimit(resource.RLIMIT_DATA)[0] == resource.RLIM_INFINITY  # the parent is not limited
    folder = answers(tmp_path / "in", 1)
    (folder / "greedy.txt").write_text(answer(3))
    summary = ran([folder], tmp_path / "store", read=read_or_misbehave, limits=Limits(30, 600))
    assert summary.counts[Status.OUT_OF_MEMORY] == 1


def test_decisions_that_no_document_of_the_store_asks_for_are_told(tmp_path):
    names = tmp_path / "mine" / "names"
    names.mkdir(parents=True)
    decided = "label,list,id\nLimburg,regions,none\nZwanen,regions,none\n"
    (names / "decisions.csv").write_text(decided, encoding="utf-8")
    folder = answers(tmp_path / "in", 2)
    for _ in range(2):
        summary = ran([folder], tmp_path / "store", schemas=[tmp_path / "mine"])
        assert [(r.code, "'Zwanen'" in r.message) for r in summary.remarks] == [("decision-unused", True)]
    assert ran([folder], tmp_path / "store").remarks == ()
