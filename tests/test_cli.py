"""The command line as a user meets it: one process, its exit code, what it prints and where."""

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

FIXTURE = Path(__file__).parents[1] / "fixtures" / "answer-757"
TEXT = FIXTURE / "answer-757.txt"


def run(*args, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "pv_extract", *map(str, args)],
        capture_output=True, text=True, encoding="utf-8", cwd=cwd, check=False, timeout=120,
    )  # fmt: skip


def test_version_is_one_line():
    done = run("--version")
    assert done.returncode == 0
    assert re.fullmatch(r"pv-extract \d+\.\d+\.\d+\S*\n", done.stdout)


def test_help_shows_examples_and_exit_codes():
    done = run("extract", "--help")
    assert done.returncode == 0
    assert "pv-extract extract answer.pdf" in done.stdout
    assert "Exit codes" in run("--help").stdout


def test_without_a_format_a_person_sees_heading_tables_verdicts_and_findings():
    done = run("extract", TEXT)
    assert done.returncode == 0
    for seen in (
        "757",
        "Loes Vandromme",
        "Jo Brouns",
        "Eindtotaal",
        "10847",
        "exact",
        "explained",
        "Textielverzorging",
    ):
        assert seen in done.stdout
    assert "\x1b[" not in done.stdout  # no colour codes in a pipe


def test_json_is_on_stdout_and_nothing_else():
    done = run("extract", TEXT, "--format", "json")
    assert json.loads(done.stdout)["answer"]["question_number"] == 757
    assert done.stderr == ""


@pytest.mark.parametrize("suffix", ["json", "csv", "parquet", "xlsx"])
def test_the_suffix_of_the_output_names_the_format(tmp_path, suffix):
    done = run("extract", TEXT, "-o", tmp_path / f"out.{suffix}")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / f"out.{suffix}").stat().st_size > 1000
    assert [p.name for p in tmp_path.iterdir()] == [f"out.{suffix}"]


def test_tables_prints_cells_before_interpretation():
    done = run("tables", FIXTURE / "answer-757.pdf", "--format", "json")
    tables = json.loads(done.stdout)["tables"]
    assert len(tables) == 5
    cell = tables[0]["cells"][0]
    assert {"row", "column", "row_span", "column_span", "text", "page", "box"} <= set(cell)


# -- bad input ----------------------------------------------------------------------------------------------------------


def _encrypted(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), encrypt="geheim")
    canvas.drawString(100, 700, "1. Tekst")
    canvas.save()


def _image_only(path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()


def _truncated(path: Path) -> None:
    path.write_bytes((FIXTURE / "answer-757.pdf").read_bytes()[:4000])


def _no_docx(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "no document")


UNREADABLE = {
    "missing.pdf": (lambda path: None, "no such file|does not exist|found none|not found"),
    "empty.txt": (lambda path: path.write_bytes(b""), "empty"),
    "truncated.pdf": (_truncated, "truncated|damaged"),
    "encrypted.pdf": (_encrypted, "password|encrypted"),
    "image.pdf": (_image_only, "text"),
    "zip.docx": (_no_docx, "word/document.xml|DOCX|Word"),
    "binary.txt": (lambda path: path.write_bytes(bytes(range(256)) * 40), "binary|text"),
    "folder.pdf": (lambda path: path.mkdir(), "folder|directory"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_one_clear_line_and_exit_code_3(tmp_path, name):
    make, said = UNREADABLE[name]
    make(tmp_path / name)
    done = run("extract", tmp_path / name)
    assert (done.returncode, done.stdout) == (3, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert name in done.stderr
    assert re.search(said, done.stderr, re.IGNORECASE), done.stderr


def test_a_name_that_is_no_utf_8_is_shown_as_its_bytes(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt"))
    path.write_bytes(TEXT.read_bytes())
    done = run("extract", path, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["source"]["file"] == r"bad\xff.txt"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_nobody_writes_to_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.pdf")
    done = run("extract", tmp_path / "pipe.pdf")
    assert done.returncode == 3
    assert "found a pipe, socket or device" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("args", [["extract", str(TEXT), "--format", "json"], ["match", "Horeca Vorming"]])
def test_a_full_disk_behind_stdout_is_one_clear_line(args):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "pv_extract", *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 2
    assert done.stderr.splitlines() == ["pv-extract: stdout: cannot be written: No space left on device"]


def test_text_without_any_table_is_an_error_finding_and_no_empty_success(tmp_path):
    (tmp_path / "prose.txt").write_text("Een brief zonder tabel.\n\nMet vriendelijke groet.\n", encoding="utf-8")
    done = run("extract", tmp_path / "prose.txt", "--format", "json")
    codes = {f["code"]: f["level"] for f in json.loads(done.stdout)["findings"]}
    assert done.returncode == 1
    assert codes["table-none"] == "error"
    assert "answer-heading-missing" in codes


def test_another_encoding_is_read_and_named(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes(TEXT.read_text(encoding="utf-8").encode("cp1252", errors="replace"))
    done = run("extract", path, "--format", "json")
    out = json.loads(done.stdout)
    assert out["answer"]["kind"] == "coordinated"
    assert "encoding-guessed" in {f["code"] for f in out["findings"]}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["extract", str(TEXT), "--format", "doc"], "json"),
        (["extract", str(TEXT), "-o", "out.doc"], "suffix"),
        (["extract", str(TEXT), "--topic", "onbekend"], "duaal_leren"),
        (["extract", str(TEXT), "--schemas", "nergens"], "nergens"),
        (["extrct", str(TEXT)], "extract"),
        (["extract"], "FILE"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_was_expected(tmp_path, args, said):
    done = run(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


# -- figures that were tampered with ------------------------------------------------------------------------------------


def tampered(tmp_path, old, new, count=1):
    text = TEXT.read_text(encoding="utf-8")
    assert text.count(old) >= 1
    path = tmp_path / "tampered.txt"
    path.write_text(text.replace(old, new, count), encoding="utf-8")
    done = run("extract", path, "--format", "json")
    return done.returncode, [f for f in json.loads(done.stdout)["findings"] if f["level"] == "error"]


def test_a_wrong_figure_among_the_mentors_breaks_the_total(tmp_path):
    code, errors = tampered(tmp_path, "Horeca 1641", "Horeca 1614")
    assert code == 1
    assert any(
        f["code"] == "total-off" and all(s in f["message"] for s in ("Eindtotaal", "10847", "10820")) for f in errors
    )


def test_a_province_below_the_bound_breaks_the_total_and_tells_the_range(tmp_path):
    code, errors = tampered(tmp_path, "976 1272 2622 2841", "976 1272 2622 541")
    assert code == 1
    assert any(f["code"] == "total-off" and all(s in f["message"] for s in ("10225", "2401", "8238")) for f in errors)
