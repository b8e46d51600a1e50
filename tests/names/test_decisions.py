from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from pv_extract.findings import Code, ConfigurationError
from pv_extract.model import Cell, Match, ObsStatus, Row, Table
from pv_extract.names import load_lists, match_label, review, shipped_names, suggest
from pv_extract.names.decisions import read_decisions, unused, write_decisions
from pv_extract.names.lists import Decision, Place

HERE = Place("here", 1)


def decision(label: str, chosen: str | None) -> Decision:
    return Decision(label, "partnerships", chosen, "Loes Vandromme", "2026-01-31", "asked", HERE)


def table(*labels: str, named: bool = True) -> Table:
    match = Match("partnerships", "bouw", "Bouw", "exact", 100.0, 100.0, ids=("bouw",))
    cell = Cell("1", 1, ObsStatus.NORMAL)
    rows = [Row(("Bouw",), (cell,), match=match)] if named else []
    rows += [Row((label,), (cell,), review="no name is near enough", page=2) for label in labels]
    return Table("t1", "1a", "", (2,), ("sector",), (), tuple(rows))


def test_a_decision_made_once_is_applied_on_the_next_run(tmp_path: Path) -> None:
    before = match_label("Bouwers en co", load_lists()["partnerships"])
    write_decisions(tmp_path, [decision("Bouwers en co", "bouw"), decision("Kleinhandel", None)])
    lists = load_lists([shipped_names(), tmp_path])
    after = match_label("BOUWERS en co*", lists["partnerships"])
    assert before.match is None
    assert after.match is not None
    assert (after.match.id, after.match.how) == ("bouw", "decision")
    assert after.match.rule == "decision on 'Bouwers en co' by Loes Vandromme on 2026-01-31: asked"
    none = match_label("Kleinhandel", lists["partnerships"])
    assert (none.status, none.match, none.settled) == ("refused", None, True)


def test_decisions_that_contradict_each_other_are_told_and_none_is_applied(tmp_path: Path) -> None:
    (tmp_path / "decisions.csv").write_text(
        "label,list,id\nKwekers,partnerships,bouw\nkwekers,partnerships,horeca\n", encoding="utf-8"
    )
    lst = load_lists([shipped_names(), tmp_path])["partnerships"]
    assert [r.code for r in lst.remarks] == [Code.DECISION_CONTRADICTS]
    assert "bouw in" in lst.remarks[0].message
    assert "horeca in" in lst.remarks[0].message
    assert match_label("Kwekers", lst).match is None


def test_a_decision_that_nothing_uses_is_told() -> None:
    kept = [decision("Kwekers", "bouw"), decision("Kapsters", None)]
    assert [r.message.split("'")[1] for r in unused(kept, [("partnerships", "KWEKERS")])] == ["Kapsters"]


def test_a_later_decision_on_the_same_label_replaces_the_earlier(tmp_path: Path) -> None:
    write_decisions(tmp_path, [decision("Kwekers", "bouw"), decision("Kapsters", None)])
    path = write_decisions(tmp_path, [decision("kwekers", "groene-sectoren")])
    assert [(d.label, d.id) for d in read_decisions(path)] == [("kwekers", "groene-sectoren"), ("Kapsters", None)]


def test_a_label_waits_once_with_every_place_where_it_was_printed() -> None:
    found = review.survey([("a.pdf", [table("Kwekers", "Overige")]), ("b.pdf", [table("kwekers")])], load_lists())
    assert [o.label for o in found.open] == ["Kwekers"]
    assert [str(p) for p in found.open[0].printed] == ["a.pdf, page 2, table 1a", "b.pdf, page 2, table 1a"]


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_exported_and_filled_in_comes_back_as_decisions(tmp_path: Path, suffix: str) -> None:
    lists = load_lists()
    path = tmp_path / f"open{suffix}"
    review.export(review.survey([("a.pdf", [table("=1+cmd", "Kapsters, en meer")])], lists).open, path)
    if suffix == ".csv":
        text = path.read_text(encoding="utf-8").replace(
            '"Kapsters, en meer",partnerships,', '"Kapsters, en meer",partnerships,none'
        )
        path.write_text(text, encoding="utf-8")
    else:
        book = load_workbook(path)
        sheet = book.active
        assert sheet is not None
        assert sheet["A2"].data_type == "s"
        sheet["C3"] = "none"
        book.save(path)
    assert [(d.label, d.id) for d in review.read_filled(path, lists)] == [("Kapsters, en meer", None)]


def test_an_import_with_an_unknown_name_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "filled.csv"
    path.write_text("\ufefflabel;list;id\nKwekers;partnerships;groen\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"row 2: 'groen' is no id of partnerships"):
        review.read_filled(path, load_lists())
    book = Workbook()
    book.save(tmp_path / "empty.xlsx")
    with pytest.raises(ConfigurationError, match="row 1: column label, list, id is missing"):
        review.read_filled(tmp_path / "empty.xlsx", load_lists())
    (tmp_path / "none.xlsx").write_text("no workbook")
    with pytest.raises(ConfigurationError, match="expected a readable XLSX file"):
        review.read_filled(tmp_path / "none.xlsx", load_lists())


def test_labels_of_unknown_tables_are_drafted_as_a_list_that_loads(tmp_path: Path) -> None:
    documents = [
        ("a.pdf", [table("Sint-Jozefscollege", "Atheneum Gent", "Totaal", named=False)]),
        ("b.pdf", [table("Sint Jozefscollege", "Atheneum Gent", "Sint-Jozefscolege", named=False), table("Kwekers")]),
    ]
    clusters = suggest.cluster(suggest.unknown_labels(documents))
    assert [c.id for c in clusters] == ["atheneum-gent", "sint-jozefscollege"]
    assert clusters[1].documents == 2
    suggest.write_draft(clusters, tmp_path, "schools", "2026-01-31")
    lst = load_lists([tmp_path])["schools"]
    assert len(lst.names) == 2
    assert all(a.status == "hint" for a in lst.aliases)
    with pytest.raises(FileExistsError):
        suggest.write_draft(clusters, tmp_path, "schools", "2026-01-31")
