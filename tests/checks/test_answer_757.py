from dataclasses import replace

import pytest

from pv_extract.checks import judge
from pv_extract.findings import Code, Level
from pv_extract.model import Role
from tests.checks.given import (
    errors,
    evidence,
    extraction,
    found,
    row_of,
    tables_with,
    with_cell,
    with_rows,
    without_row,
)

MENTORS = extraction().table("3").table
PROVINCES = extraction().table("1a").table


@pytest.mark.parametrize("topic", [True, False])
def test_the_verdicts_are_the_same_with_the_topic_and_without_it(topic):
    totals = judge(evidence(topic=topic)).totals
    verdicts = [[result.verdict for result in totals[table.id].results] for table in extraction().tables]
    assert verdicts == [["explained"] * 4, [], ["explained"] * 4, [], ["exact"]]


@pytest.mark.parametrize("topic", [True, False])
def test_the_true_document_has_no_error(topic):
    assert errors(judge(evidence(topic=topic))) == []


def test_the_reason_of_the_distinct_rule_quotes_the_note():
    totals = judge(evidence(topic=False)).totals
    assert totals["t1"].rule == "distinct"
    assert all(note.text in totals["t1"].because for note in PROVINCES.notes if note.mark == "**")


@pytest.mark.parametrize("row", range(len(MENTORS.rows)))
@pytest.mark.parametrize("by", [1, -1, 9, 90, -900])
def test_any_changed_figure_of_the_mentors_is_an_error_that_shows_the_arithmetic(row, by):
    value = MENTORS.rows[row].cells[0].value
    assert value is not None
    printed = 10847 + (by if MENTORS.rows[row].role is not Role.PART else 0)
    added = 10847 + (by if MENTORS.rows[row].role is Role.PART else 0)
    for topic in (True, False):
        wrong = errors(judge(evidence(tables_with(with_cell(MENTORS, row, 0, int(value) + by)), topic=topic)))
        assert [f.code for f in wrong] == [Code.TOTAL_OFF]
        assert "Eindtotaal" in wrong[0].message
        assert f"printed {printed}, the parts add to {added}" in wrong[0].message


def test_a_total_below_the_sum_of_unique_counts_is_off_with_the_possible_range():
    at = row_of(PROVINCES, "Antwerpen")
    off = errors(judge(evidence(tables_with(with_cell(PROVINCES, at, 3, 541)), topic=False)))
    assert len(off) == 1
    assert "printed 10225, possible 2401 to 8238" in off[0].message


def test_a_total_above_the_bound_disagrees_with_the_sectors_of_the_same_companies():
    at = row_of(PROVINCES, "Totaal")
    off = errors(judge(evidence(tables_with(with_cell(PROVINCES, at, 0, 3700)))))
    assert [f.code for f in off] == [Code.TOTAL_DISAGREES]
    assert "3665" in off[0].message


def test_more_agreements_than_recognitions_break_the_subset():
    agreements = extraction().table("2b").table
    off = errors(judge(evidence(tables_with(with_cell(agreements, row_of(agreements, "Binnenvaart"), 1, 32)))))
    assert [f.code for f in off] == [Code.SUBSET_BROKEN]
    assert "32" in off[0].message
    assert "31" in off[0].message


def test_a_part_without_a_value_leaves_its_total_unchecked_with_the_count():
    table = with_cell(MENTORS, 3, 0, None, "5.7")
    report = judge(evidence(tables_with(table)))
    assert [r.verdict for r in report.totals["t5"].results] == ["unchecked"]
    assert "1 without a value" in found(report, Code.TOTAL_UNCHECKED)[0].message


def test_a_misspelt_total_is_an_error():
    at = row_of(MENTORS, "Eindtotaal")
    misspelt = with_rows(MENTORS, {at: lambda r: replace(r, labels=("Eindtotal",), role=Role.PART)})
    wrong = errors(judge(evidence(tables_with(misspelt))))
    assert [f.code for f in wrong] == [Code.TOTAL_MISSING]
    assert "Eindtotal" in wrong[0].message


def test_a_skipped_table_is_an_error():
    wrong = errors(judge(evidence(extraction().tables[:-1])))
    assert Code.SPEC_UNMATCHED in {f.code for f in wrong}
    assert "mentors_by_sector" in wrong[0].message


def test_a_wanted_topic_whose_captions_match_nothing_is_an_error():
    unrecognised = [replace(t, topic=None, spec=None) for t in extraction().tables]
    wrong = errors(judge(evidence(unrecognised, wanted="duaal_leren")))
    assert {f.code for f in wrong} == {Code.SPEC_UNMATCHED}
    assert len(wrong) == 5


def test_no_table_at_all_is_an_error():
    assert found(judge(evidence([], topic=False)), Code.TABLE_NONE)[0].level is Level.ERROR


def test_a_missing_province_is_an_error():
    wrong = errors(judge(evidence(tables_with(without_row(PROVINCES, row_of(PROVINCES, "Brussel"))))))
    assert Code.MEMBER_MISSING in {f.code for f in wrong}


def test_the_irregularities_of_the_source_are_findings():
    report = judge(evidence())
    assert "2022-2023*" in found(report, Code.MARK_UNEXPLAINED)[0].message
    absent = found(report, Code.MEMBER_MISSING)
    assert len(absent) == 1
    assert "Textielverzorging is a row of t2 (1b) and is absent from t4 (2b) and t5 (3)" in absent[0].message
    assert "asks for 3 years" in found(report, Code.PERIODS_DIFFER)[0].message
    assert {f.table for f in found(report, Code.TOTAL_MISSING)} == {"t2", "t4"}
