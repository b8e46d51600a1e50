import io
import json
import threading
import time

import pytest
from PIL import Image
from typer.testing import CliRunner

from pv_extract import cli_progress
from pv_extract.batch import BatchError, Progress, run
from pv_extract.batch.export import export
from pv_extract.batch.watch import watched
from pv_extract.cli import app
from pv_extract.findings import ConfigurationError
from tests.batch.given import ANSWER, answer, answers, here, rows


def said(*arguments, **options):
    return CliRunner().invoke(app, [str(a) for a in arguments], **options)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cli")
    (folder / "empty.pdf").write_bytes(b"")
    run([ANSWER / "answer-757.pdf", ANSWER / "answer-757.txt", folder / "empty.pdf"], folder / "store", engine=here)
    return folder / "store"


def test_a_forgotten_folder_makes_no_store_of_the_option_that_follows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = said("run", ANSWER, "--out", "--jobs", "1")
    assert done.exit_code == 2
    assert "expected a folder, found '--jobs'" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_run_takes_a_list_on_stdin_and_says_what_became_of_each(tmp_path):
    folder = answers(tmp_path / "in", 2)
    listed = "\n".join(str(path) for path in [*sorted(folder.iterdir()), folder / "nope.pdf"])
    done = said("run", "-", "--out", tmp_path / "store", "--jobs", "1", "--format", "json", input=listed)
    assert done.exit_code == 3
    made = json.loads(done.stdout)
    assert made["inputs"] == sum(made["counts"].values()) == 3
    assert made["outcomes"][2]["status"] == "unreadable"
    again = said("run", folder, "--out", tmp_path / "store", "--jobs", "1")
    assert "       2  skipped as unchanged" in again.stdout


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--engine", "dask"], "expected --scheduler"),
        (["--scheduler", "tcp://127.0.0.1:1"], "expected with --engine dask only"),
        (["--topic", "no_such"], "expected one of"),
        (["--schemas", "/nowhere"], "expected a folder with topics"),
    ],
)
def test_wrong_options_are_told(options, says, tmp_path):
    folder = answers(tmp_path / "in", 1)
    done = said("run", folder, "--out", tmp_path / "store", "--jobs", "1", *options)
    assert isinstance(done.exception, ConfigurationError)
    assert says in str(done.exception)


def test_status_says_what_became_of_the_last_run(store):
    text = said("status", store).stdout
    assert "finished" in text
    assert "       3  inputs" in text
    assert "unreadable: " in text
    made = json.loads(said("status", store, "--format", "json").stdout)
    assert made["holds"] == {"documents": 3, "tables": 10, "figures": 500, "findings": made["holds"]["findings"]}
    assert made["failed"][0]["status"] == "unreadable"


def figure_of(store, tmp_path, **wanted):
    export(store, "csv", tmp_path)
    return next(
        row["figure_id"] for row in rows(tmp_path / "figures.csv") if all(row[k] == v for k, v in wanted.items())
    )


def test_show_says_all_that_is_known_of_a_figure(store, tmp_path):
    figure_id = figure_of(store, tmp_path, item="1a", obs_raw="226")
    text = said("show", store, figure_id).stdout
    for part in ("226", "Brussels H. Gewest", "2022-2023", "P", "notes     ", "answer-757.pdf", "total explained"):
        assert part in text
    made = json.loads(said("show", store, figure_id, "--format", "json").stdout)
    assert {record["file"] for record in made} == {"answer-757.pdf", "answer-757.txt"}


def test_show_draws_the_place_on_the_page_with_the_cell_outlined(store, tmp_path):
    figure_id = figure_of(store, tmp_path, item="1a", obs_raw="226")
    done = said("show", store, figure_id, "--image", tmp_path / "cell.png")
    assert done.exit_code == 0, done.output
    picture = Image.open(io.BytesIO((tmp_path / "cell.png").read_bytes())).convert("RGB")
    assert (0xD6, 0x27, 0x28) in {pixel for _, pixel in picture.getcolors(1 << 24) or []}


def test_show_of_no_figure_and_of_no_place_are_told(store, tmp_path):
    with pytest.raises(BatchError, match="expected the figure_id"):
        said("show", store, "nope", catch_exceptions=False)
    run([ANSWER / "answer-757.txt"], tmp_path / "store", engine=here)
    figure_id = figure_of(tmp_path / "store", tmp_path / "out", item="1a", obs_raw="226")
    done = said("show", tmp_path / "store", figure_id, "--image", tmp_path / "cell.png")
    assert "expected a PDF" in str(done.exception)


def test_export_names_the_files(store, tmp_path):
    done = said("export", store, "--format", "csv", "-o", tmp_path)
    assert done.stdout.splitlines() == sorted(str(path) for path in tmp_path.iterdir())


def test_watch_reads_a_file_once_it_is_complete(tmp_path):
    folder = answers(tmp_path / "in", 1)
    found = []
    stop = threading.Event()

    def read(paths):
        summary = run(paths, tmp_path / "store", engine=here)
        found.append([outcome.location for outcome in summary.outcomes])
        return summary

    def follow():
        for _ in watched(folder, read, stop, quiet=0.6):
            pass

    thread = threading.Thread(target=follow)
    thread.start()
    try:
        _until(lambda: len(found) == 1)
        with (folder / "new.txt").open("w") as file:  # comes in pieces
            for part in answer(5).splitlines(keepends=True):
                file.write(part)
                file.flush()
                time.sleep(0.1)
        (folder / ".hidden.txt").write_text("1")
        _until(lambda: len(found) == 2)
    finally:
        stop.set()
        thread.join(10)
    assert found[1:] == [[str(folder / "new.txt")]]
    export(tmp_path / "store", "csv", tmp_path / "out")
    read_new = [r for r in rows(tmp_path / "out" / "figures.csv") if r["question_number"] == "5"]
    assert [r["obs_value"] for r in read_new][-1] == "166"


def _until(condition):
    deadline = time.monotonic() + 20
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()


def test_watching_an_empty_folder_is_no_complaint(tmp_path):
    stop = threading.Event()
    stop.set()
    assert list(watched(tmp_path, lambda _: pytest.fail("there is nothing to read"), stop)) == []


def test_a_watched_folder_must_be_there_and_hold_no_store(tmp_path):
    assert "outside the watched folder" in str(said("watch", tmp_path, "--out", tmp_path / "store").exception)
    with pytest.raises(BatchError, match="expected a folder to watch"):
        next(watched(tmp_path / "nope", lambda paths: run(paths, tmp_path / "store")))


def test_progress_is_a_bar_in_a_terminal_lines_in_ci_and_nothing_when_piped(monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    with cli_progress.shown_progress() as update:
        assert update is None
    monkeypatch.setenv("CI", "true")
    with cli_progress.shown_progress() as update:
        assert update is not None
        update(Progress(1, 2, 10, 1, 0))
        update(Progress(2, 2, 20, 1, 1))
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("2/2 documents, 20 figures, 1 findings, 1 failed, ")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    with cli_progress.shown_progress() as update:
        assert update is not None
        update(Progress(2, 2, 20, 1, 1))
    assert "20 figures" in capsys.readouterr().err
