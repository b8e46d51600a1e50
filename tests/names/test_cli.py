"""The commands about names as a user meets them, in one process: what is printed, the exit code, the files left behind."""

import io
import json
import sys

import pytest
from reportlab.pdfgen import canvas

from pv_extract import cli

ANSWER = """\
JO BROUNS
ANTWOORD
op vraag nr. 1 van 16 juni 2023
van LOES VANDROMME

1. Het overzicht per sector.

Sector 2020 2021

Bouw 10 12
Horeca 5 6
Houtsectoren 3 4
{label} 9 5
Totaal 27 27
"""


@pytest.fixture
def answer(tmp_path):
    path = tmp_path / "answers" / "a.txt"
    path.parent.mkdir()
    path.write_text(ANSWER.format(label="Kapsters en barbiers"), encoding="utf-8")
    return path


@pytest.fixture
def run(monkeypatch, capsys):
    def called(*args, stdin=""):
        monkeypatch.setattr(sys, "argv", ["pv-extract", *map(str, args)])
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin if isinstance(stdin, bytes) else stdin.encode()))
        )
        with pytest.raises(SystemExit) as left:
            cli.main()
        printed = capsys.readouterr()
        return left.value.code or 0, printed.out, printed.err

    return called


def test_match_prints_a_record_for_every_line_of_stdin(run):
    code, out, _ = run(
        "match", "--list", "partnerships", "--format", "json", stdin="Bouw\nTotaal\n\nKleinhandel\nHorca\n"
    )
    records = json.loads(out)
    assert code == 0
    assert [(r["label"], r["id"], r["status"]) for r in records] == [
        ("Bouw", "bouw", "accepted"),
        ("Totaal", None, "refused"),
        ("", None, "refused"),
        ("Kleinhandel", None, "review"),
        ("Horca", "horeca", "accepted"),
    ]
    assert {"label", "id", "name", "how", "score", "margin", "runner_up", "status"} <= set(records[0])
    assert records[4]["how"] == "fuzzy"


def test_match_shows_the_candidates_with_their_scores(run):
    _, out, _ = run("match", "Horeca / Toerisme", "--list", "partnerships")
    assert "review" in out
    assert "horeca" in out
    assert "Toerisme" in out


def test_match_reads_a_column_of_anybodys_csv(run, tmp_path):
    path = tmp_path / "list.csv"
    path.write_bytes("nr;sector\n1;Horeca\n2;Cafés\n".encode("cp1252"))
    code, out, _ = run("match", "--csv", path, "--column", "sector", "--format", "csv")
    assert code == 0
    assert [line.split(",")[0:2] for line in out.splitlines()[1:]] == [["Horeca", "horeca"], ["Cafés", ""]]


@pytest.mark.parametrize(
    ("args", "stdin", "said"),
    [
        (["Bouw", "--list", "nope"], "", "--list nope: there is no such list; expected one of"),
        (["--csv", "nowhere.csv", "--column", "x"], "", "nowhere.csv: expected a readable CSV file"),
        ([], b"\xff\xfe", "stdin: expected UTF-8, found byte 0xff"),
        (["Bouw", "--schemas", "nowhere"], "", "nowhere: expected a folder with name lists"),
    ],
)
def test_wrong_use_of_match_is_one_line_and_exit_2(run, args, stdin, said):
    code, out, err = run("match", *args, stdin=stdin)
    assert code == 2
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


def test_a_decision_made_once_is_applied_on_the_next_run_without_asking(run, answer, tmp_path):
    mine = tmp_path / "mine"
    _, before, _ = run("review", answer, "--schemas", mine, "--status")
    code, _, asked = run(
        "review", answer, "--schemas", mine, "--by", "Loes Vandromme", stdin="haartooi-fitness-schoonheid\nold word\n"
    )
    assert code == 0
    assert "Kapsters en barbiers" in asked
    assert "a.txt, page 1" in asked
    assert "haartooi-fitness-schoonheid,Loes Vandromme," in (mine / "names" / "decisions.csv").read_text(
        encoding="utf-8"
    )
    _, out, _ = run("extract", answer, "--schemas", mine, "--format", "json")
    row = json.loads(out)["tables"][0]["rows"][3]
    assert (row["match"]["id"], row["match"]["how"]) == ("haartooi-fitness-schoonheid", "decision")
    _, after, _ = run("review", answer, "--schemas", mine, "--status")
    assert before.startswith("open: 1 labels")
    assert after.startswith("open: 0 labels")


def test_what_was_decided_to_be_no_name_is_not_asked_again_and_no_finding(run, answer, tmp_path):
    mine = tmp_path / "mine"
    run("review", answer, "--schemas", mine, stdin="n\n\n")
    _, out, _ = run("review", answer, "--schemas", mine, "--status")
    assert out.startswith("open: 0 labels")
    _, out, _ = run("extract", answer, "--schemas", mine, "--format", "json")
    codes = {f["code"] for f in json.loads(out)["findings"]}
    assert not codes & {"name-to-review", "name-unmatched"}


def test_decisions_that_contradict_are_a_finding_and_unused_ones_are_told(run, answer, tmp_path):
    names = tmp_path / "mine" / "names"
    names.mkdir(parents=True)
    rows = [
        "label,list,id",
        "Kapsters en barbiers,partnerships,bouw",
        "kapsters en barbiers,partnerships,none",
        "Zwanen,partnerships,none",
    ]
    (names / "decisions.csv").write_text("\n".join(rows), encoding="utf-8")
    _, out, _ = run("extract", answer, "--schemas", tmp_path / "mine", "--format", "json")
    assert "decision-contradicts" in {f["code"] for f in json.loads(out)["findings"]}
    _, out, _ = run("review", answer, "--schemas", tmp_path / "mine", "--status")
    assert "decision-contradicts: label 'Kapsters en barbiers'" in out
    assert "decision-unused: decision on 'Zwanen'" in out


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_review_goes_through_a_spreadsheet_and_back(run, answer, tmp_path, suffix):
    sheet, mine = tmp_path / f"open.{suffix}", tmp_path / "mine"
    assert run("review", answer, "--export", sheet)[0] == 0
    code, _, err = run("review", "--import", sheet, "--schemas", mine)
    assert code == 0
    assert "0 decisions written" in err


def test_review_leaves_what_it_cannot_read_and_says_so(run, answer, tmp_path):
    (answer.parent / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    code, out, err = run("review", answer.parent, "--status")
    assert code == 0
    assert out.startswith("open: 1 labels")
    assert "left out" in err
    assert "b.pdf" in err


def test_suggest_drafts_a_list_that_match_can_use(run, tmp_path):
    for name, label in (("a", "Sint-Jozefscollege"), ("b", "Sint Jozefscollege")):
        text = (
            ANSWER.format(label="Atheneum Gent")
            .replace("Bouw", "Heilig Hart")
            .replace("Horeca", label)
            .replace("Houtsectoren", "Sint-Lievens")
        )
        (tmp_path / f"{name}.txt").write_text(text.replace("Sector", "School"), encoding="utf-8")
    mine = tmp_path / "mine" / "names"
    code, _, err = run("names", "suggest", tmp_path / "a.txt", tmp_path / "b.txt", "--list", "schools", "--out", mine)
    assert code == 0
    assert "4 names drafted" in err
    _, out, _ = run(
        "match", "SINT-JOZEFSCOLLEGE", "--list", "schools", "--schemas", tmp_path / "mine", "--format", "json"
    )
    assert json.loads(out)[0]["status"] == "accepted"
    code, _, err = run("names", "suggest", tmp_path / "a.txt", "--list", "schools", "--out", mine)
    assert code == 2
    assert "is there already" in err


def test_review_shows_a_picture_of_the_place_where_a_label_is_printed(run, tmp_path):
    source = tmp_path / "answer.pdf"
    page(source, ["Bouw", "Horeca", "Houtsectoren", "Kapsters en barbiers"])
    code, _, asked = run("review", source, "--schemas", tmp_path / "mine", "--crops", tmp_path / "crops", stdin="s\n")
    pictures = list((tmp_path / "crops").glob("*.png"))
    assert code == 0
    assert len(pictures) == 1
    assert pictures[0].read_bytes().startswith(b"\x89PNG")
    assert str(pictures[0]) in asked


def page(path, labels):
    """One ruled table of sectors on a page of A4."""
    sheet = canvas.Canvas(str(path), pagesize=(595, 842))
    rows = [["Sector", "2020", "2021"], *([label, "1", "2"] for label in labels)]
    for number, row in enumerate(rows):
        top = 700 - 20 * number
        for left, width, text in zip((60, 260, 340), (200, 80, 80), row, strict=True):
            sheet.rect(left, top, width, 20)
            sheet.drawString(left + 4, top + 6, text)
    sheet.save()
