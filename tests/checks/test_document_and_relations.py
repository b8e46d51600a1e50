from dataclasses import replace
from decimal import Decimal

import pytest

from pv_extract import topics
from pv_extract.checks import judge
from pv_extract.findings import Code, Level
from pv_extract.model import Answer, Item, Ledger, Meaning, Note, Remark
from pv_extract.topics.model import Bracket, Continuity, Equal, Subset
from tests.checks.given import (
    alone,
    errors,
    evidence,
    extraction,
    found,
    knowledge,
    row_of,
    tables_with,
    with_cell,
    with_rows,
    without_row,
)
from tests.make import table

WHY = "both count the same companies"


def with_relations(*relations, tables=None):
    topic = knowledge().topics["duaal_leren"].model_copy(update={"relations": relations})
    return replace(evidence(tables), topic=topic)


EQUAL = Equal(kind="equal", one="recognitions_by_province", other="agreements_by_province", because=WHY)


def test_a_figure_printed_twice_must_be_the_same():
    provinces = extraction().table("1a").table
    twin = replace(provinces, id="t3", item="2a", spec="agreements_by_province")
    assert found(judge(with_relations(EQUAL, tables=[provinces, twin])), Code.FIGURES_DIFFER) == []
    other = with_cell(twin, row_of(twin, "Limburg"), 1, 698)
    (wrong,) = found(judge(with_relations(EQUAL, tables=[provinces, other])), Code.FIGURES_DIFFER)
    assert "689" in wrong.message
    assert "698" in wrong.message


def test_a_jump_between_years_is_a_note_and_never_of_a_provisional_year():
    jumps = Continuity(
        kind="continuity", table="recognitions_by_sector", factor=Decimal(2), floor=100, because="companies come slowly"
    )
    notes = found(judge(with_relations(jumps)), Code.SERIES_JUMPS)
    assert "Horeca" in {f.row for f in notes}
    assert all(f.level is Level.NOTE for f in notes)
    assert "2022-2023*" not in {f.column for f in notes}


@pytest.mark.parametrize(
    "relation",
    [
        Subset(kind="subset", smaller="agreements_by_sector", larger="recognitions_by_sector", because=WHY),
        Bracket(kind="bracket", parts="agreements_by_sector", totals="agreements_by_province", because=WHY),
        EQUAL,
    ],
)
def test_a_relation_that_lacks_a_table_is_a_finding(relation):
    gone = topics.model.tables_of(relation)[1]
    kept = [t for t in extraction().tables if t.spec != gone]
    (note,) = found(judge(with_relations(relation, tables=kept)), Code.RELATION_UNCHECKED)
    assert f"{gone} not found" in note.message


def test_relations_between_tables_that_share_nothing_are_findings():
    provinces, mentors = extraction().table("1a").table, extraction().table("3").table
    strange = replace(mentors, spec="agreements_by_province")
    subset = Subset(kind="subset", smaller="agreements_by_province", larger="recognitions_by_province", because=WHY)
    bracket = Bracket(kind="bracket", parts="agreements_by_province", totals="recognitions_by_province", because=WHY)
    report = judge(with_relations(subset, bracket, EQUAL, tables=[provinces, strange]))
    said = {f.message.split(" was not checked: ")[1] for f in found(report, Code.RELATION_UNCHECKED)}
    assert "they share no column with values" in said
    no_total = without_row(provinces, row_of(provinces, "Totaal"))
    report = judge(with_relations(bracket, tables=[no_total, strange]))
    assert "has no total" in found(report, Code.RELATION_UNCHECKED)[0].message


def test_few_figures_in_an_answer_that_should_have_many_are_a_finding():
    few = [replace(t, rows=t.rows[:1]) for t in extraction().tables]
    assert Code.COUNT_LOW in {f.code for f in errors(judge(evidence(few)))}


def test_a_document_without_heading_and_with_numbers_unaccounted_for_says_so():
    strange = replace(evidence(), answer=Answer(), ledger=Ledger(numbers=9, unclaimed=2))
    report = judge(strange)
    assert "found no number, no date, no asker" in found(report, Code.ANSWER_HEADING_MISSING)[0].message
    assert found(report, Code.NUMBER_UNCLAIMED)[0].level is Level.ERROR
    assert "2 of 9" in found(report, Code.NUMBER_UNCLAIMED)[0].message


def test_an_answer_that_refers_to_another_needs_no_table():
    referring = replace(evidence([], topic=False), answer=Answer(kind="referring"))
    assert found(judge(referring), Code.TABLE_NONE)[0].level is Level.NOTE


def test_what_earlier_steps_remarked_becomes_findings():
    remarked = replace(evidence(), remarks=(Remark(Code.NUMBER_UNCLAIMED, "number 226 is nowhere", 2),))
    (error,) = errors(judge(remarked))
    assert (error.code, error.page) == (Code.NUMBER_UNCLAIMED, 2)
    odd = replace(table(["", "n"], [["a", "1"], ["b", "2"]]), remarks=(Remark(Code.TABLE_AMBIGUOUS, "two readings"),))
    assert found(judge(alone(odd)), Code.TABLE_AMBIGUOUS)[0].table == "t1"


def test_an_announced_table_that_is_not_there_is_a_finding():
    items = (Item("1", "De cijfers staan in onderstaande tabel."), Item("2", "Er zijn geen verdere acties."))
    made = replace(evidence([], topic=False), answer=Answer(kind="single", items=items))
    (note,) = found(judge(made), Code.TABLE_ANNOUNCED)
    assert "item 1" in note.message


def test_a_column_of_unreadable_figures_is_told_once():
    made = table(["", "n", "m"], [[x, "1.04.2", "3"] for x in "abcde"])
    (note,) = found(judge(alone(made)), Code.NUMBER_UNREADABLE)
    assert "5 of 5 figures unreadable" in note.message


def test_a_table_without_rows_is_an_error():
    empty = replace(table(["", "n"], [["a", "1"]]), rows=())
    assert found(judge(alone(empty)), Code.TABLE_ROWLESS)[0].level is Level.ERROR


def test_names_that_are_missing_doubtful_or_doubled_are_findings():
    sectors = extraction().table("1b").table
    first, second = sectors.rows[0], sectors.rows[1]
    changed = with_rows(
        sectors,
        {
            0: lambda r: replace(r, match=None, review="two names are as near"),
            1: lambda r: replace(r, match=None),
            2: lambda r: replace(r, match=sectors.rows[3].match),
        },
    )
    report = judge(evidence(tables_with(changed)))
    assert found(report, Code.NAME_TO_REVIEW)[0].row == first.labels[-1]
    assert found(report, Code.NAME_UNMATCHED)[0].row == second.labels[-1]
    assert "stands for 2 rows" in found(report, Code.MEMBER_TWICE)[0].message


def test_a_note_that_hangs_on_nothing_is_noted():
    provinces = extraction().table("1a").table
    odd = replace(provinces, notes=(*provinces.notes, Note("***", "Zie bijlage.", Meaning.OTHER)))
    assert "***" in found(judge(evidence(tables_with(odd))), Code.NOTE_UNUSED)[0].message


def test_a_note_that_figures_are_rounded_gives_the_unit():
    made = table(["Leerlingen*", "n"], [["a", "105"], ["b", "210"], ["Totaal", "320"]], notes=[("*", "Afgerond op 5.")])
    totals = judge(alone(made)).totals["t1"]
    assert (totals.rule, [r.verdict for r in totals.results]) == ("rounded", ["explained"])
    assert "Afgerond op 5." in totals.because
