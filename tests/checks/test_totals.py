"""Tables of cases beside tables of what must not be called wrong: every rule, shape and explanation."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pv_extract.checks import judge
from pv_extract.findings import Code
from pv_extract.languages import load_language
from pv_extract.topics import Waiver
from tests.checks.given import alone, errors, evidence, extraction, found, knowledge, row_of, tables_with, with_cell
from tests.make import table

YEARS = ["Per sector", "2020", "2021", "2022"]


def verdicts(made):
    return [r.verdict for r in judge(alone(made)).totals["t1"].results]


def off(made):
    return found(judge(alone(made)), Code.TOTAL_OFF)


HOLDING = {
    "a sum": (YEARS, [["a", "10", "20", "30"], ["b", "1", "2", "3"], ["Totaal", "11", "22", "33"]], []),
    "a total that comes first": (YEARS, [["Totaal", "11", "22", "33"], ["a", "10", "20", "30"], ["b", "1", "2", "3"]], []),
    "a total at the right": (["", "2020", "2021", "Totaal"], [["a", "10", "20", "30"], ["b", "1", "2", "3"]], []),
    "a total at the left": (["", "Totaal", "2020", "2021"], [["a", "30", "10", "20"], ["b", "3", "1", "2"]], []),
    "subtotals and a grand total": (
        ["", "n"],
        [["a", "10"], ["b", "5"], ["Subtotaal 1", "15"], ["c", "7"], ["d", "1"], ["Subtotaal 2", "8"], ["Totaal", "23"]],
        [],
    ),
    "subtotals and loose lines": (
        ["", "n"],
        [["a", "10"], ["b", "5"], ["Subtotaal", "15"], ["c", "700"], ["d", "16"], ["Totaal", "731"]],
        [],
    ),
    "a total for each block": (
        ["", "n"],
        [["a", "10"], ["b", "5"], ["Totaal noord", "15"], ["c", "7"], ["d", "1"], ["Totaal zuid", "8"]],
        [],
    ),
    "dashes and empty cells add nothing": (["", "n", "m"], [["a", "10", ""], ["b", "-", "4"], ["Totaal", "10", "4"]], []),
    "amounts in thousands are rounded": (["In duizend euro", "n"], [["a", "1.001"], ["b", "2.002"], ["Totaal", "3.004"]], []),
    "decimals are rounded": (["", "n"], [["a", "1,1"], ["b", "2,2"], ["c", "3,3"], ["Totaal", "6,7"]], []),
    "a total without decimals of parts with some": (["", "n"], [["a", "101,4"], ["b", "66,4"], ["Totaal", "168"]], []),
    "masked counts": (["", "n"], [["a", "100"], ["b", "<5"], ["c", "<5"], ["Totaal", "105"]], []),
    "unique counts": (
        ["Aantal unieke bedrijven per provincie*", "n"],
        [["a", "100"], ["b", "50"], ["Totaal", "140"]],
        [("*", "Een bedrijf met meerdere vestigingen wordt in elke provincie meegeteld.")],
    ),
    "shares that add to 100 after rounding": (["", "Aandeel (%)"], [["a", "33,3"], ["b", "33,3"], ["c", "33,3"], ["Totaal", "100"]], []),  # noqa: E501
    "a header with two levels": (
        ["", "Man | 2020", "Man | 2021", "Vrouw | 2020", "Vrouw | 2021", "Totaal | 2020", "Totaal | 2021"],
        [["a", "1", "2", "3", "4", "4", "6"], ["b", "10", "20", "30", "40", "40", "60"]],
        [],
    ),
    "lines that stand for the lines under them": (
        ["", "n"], [["Totaal", "100"], ["A", "60"], ["a1", "40"], ["a2", "20"], ["B", "40"], ["b1", "10"], ["b2", "30"]], [],
    ),
    "lines that lead the lines under them, and a total at the end": (
        ["", "n", "m"],
        [["A", "600", "800"], ["a1", "400", "450"], ["a2", "200", "350"], ["B", "450", "90"], ["b1", "110", "60"], ["b2", "340", "30"],  # noqa: E501
         ["Totaal", "1.050", "890"]],
        [],
    ),
    "a balance of two totals": (
        ["In euro", "n"],
        [["x", "400"], ["y", "250"], ["Totaal ontvangsten", "650"], ["v", "300"], ["w", "270"], ["Totaal uitgaven", "570"], ["Totaal", "80"]],  # noqa: E501
        [],
    ),
    "a total that says what it leaves out": (
        ["", "n"], [["Brussel", "40"], ["Antwerpen", "250"], ["Limburg", "90"], ["Totaal exclusief Brussel", "340"]], [],
    ),
    "the largest of many": (["Top 3 van de gemeenten", "n"], [["a", "40"], ["b", "25"], ["c", "9"], ["Totaal", "340"]], []),
    "a row of percentages under the counts": (
        ["", "2020", "2021"], [["a", "30", "40"], ["b", "10", "10"], ["Aandeel a (%)", "75", "80"], ["Totaal", "40", "50"]], [],
    ),
    "waarvan under a total": (["", "n"], [["a", "40"], ["b", "25"], ["Totaal", "65"], ["waarvan nieuw", "12"]], []),
    "averages beside a total": (["", "Aantal", "Gemiddelde"], [["a", "10", "4"], ["b", "20", "7"], ["Totaal", "30", "6"]], []),
    "an index whose base is 100": (
        ["", "Aantal", "Inkomen per inwoner (België = 100)"], [["a", "10", "96"], ["b", "20", "107"], ["Totaal", "30", "100"]], [],
    ),
    "counts per thousand": (
        ["", "Aantal", "Per 1 000 inw."], [["a", "10", "4,5"], ["b", "20", "7,1"], ["Totaal", "30", "6,0"]], [],
    ),
    "growth beside regions that lead their provinces": (
        ["", "Inwoners", "Groei (%)"],
        [["Totaal", "11.801.951", "0,5"], ["Brussel", "1.255.795", "0,6"],
         ["Vlaanderen", "6.834.892", "0,7"], ["Antwerpen", "4.926.522", "0,7"], ["Limburg", "1.908.370", "0,6"],
         ["Wallonië", "3.711.264", "0,2"], ["Namen", "1.507.446", "0,1"], ["Luik", "2.203.818", "0,3"]],
        [],
    ),
    "percentages of different bases": (
        ["", "Aantal", "Vrouwen (%)"], [["a", "10", "40"], ["b", "20", "70"], ["Totaal", "30", "60"]], [],
    ),
    "changes of which one happens to add up": (
        ["", "Aantal", "Δ %", "Bedrag", "Verschil %"],
        [["a", "1.010", "1,0", "56", "1,0"], ["b", "950", "-5,0", "61", "-2,2"], ["c", "983", "3,4", "97", "3,1"], ["Totaal", "2.943", "-3,9", "214", "2,0"]],  # noqa: E501
        [],
    ),
    "percentages of different bases, in words": (
        ["", "Aantal", "Percentage vrouwen"], [["a", "10", "40"], ["b", "20", "70"], ["Totaal", "30", "60"]], [],
    ),
    "amounts at a rate in per cent": (
        ["", "Bedrag"], [["Tarief 6 procent", "10"], ["Tarief 21 procent", "20"], ["Totaal", "30"]], [],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOLDING)
def test_what_holds_is_never_called_off(name):
    header, rows, notes = HOLDING[name]
    made = table(header, rows, notes=notes)
    assert errors(judge(alone(made)))[1:] == []  # only the missing heading of an answer may be said
    assert off(made) == []
    assert {"exact", "explained"} & set(verdicts(made))


OFF = {
    "a sum": (YEARS, [["a", "10", "20", "30"], ["b", "1", "2", "3"], ["Totaal", "11", "22", "34"]], 1),
    "shares of a whole, headed in words": (
        ["", "n", "Percentage"],
        [["a", "10", "40"], ["b", "15", "50"], ["Totaal", "25", "100"]],
        1,
    ),
    "all columns, a row being lost": (
        YEARS,
        [["a", "10", "20", "30"], ["b", "1", "2", "3"], ["Totaal", "18", "29", "41"]],
        3,
    ),
    "a subtotal": (["", "n"], [["a", "10"], ["b", "5"], ["Subtotaal", "16"], ["c", "7"], ["Totaal", "23"]], 1),
    "signed amounts beyond rounding": (
        ["In euro", "n"],
        [["a", "-200.000"], ["b", "-87.000"], ["Totaal", "-269.000"]],
        1,
    ),
    "counts are never rounded": (["Aantal", "n"], [["a", "1.300"], ["b", "1.338"], ["Totaal", "2.643"]], 1),
    "more than rounding": (["In duizend euro", "n"], [["a", "1.001"], ["b", "2.002"], ["Totaal", "3.006"]], 1),
    "masked counts beyond their bounds": (["", "n"], [["a", "100"], ["b", "<5"], ["c", "<5"], ["Totaal", "109"]], 1),
    "a row total": (
        ["", "2020", "2021", "Totaal"],
        [["a", "10", "20", "30"], ["b", "1", "2", "4"], ["c", "5", "6", "11"]],
        1,
    ),
    "shares of 100": (["", "Aandeel (%)"], [["a", "33,3"], ["b", "33,3"], ["c", "30,3"], ["Totaal", "100,0"]], 1),
}


@pytest.mark.parametrize("name", OFF)
def test_what_does_not_add_up_is_an_error_with_its_arithmetic(name):
    header, rows, count = OFF[name]
    wrong = [f for f in off(table(header, rows)) if f.level == "error"]
    assert len(wrong) == count
    assert all("printed" in f.message and "parts add to" in f.message for f in wrong)


@pytest.mark.parametrize(
    ("language", "header"),
    [
        ("nl", "Percentage"), ("nl", "Procent"), ("nl", "Percent"), ("nl", "Pct."), ("nl", "Procentueel"), ("fr", "Pour cent"),
        ("fr", "Pourcentages"), ("de", "Prozentsatz"), ("de", "Prozent"), ("de", "Prozentanteil"), ("en", "Percent deficient"),
        ("en", "Percentages"), ("en", "Per cent"), ("en", "Pct"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("total", "verdict"), [("100", "off"), ("60", "unchecked")])
def test_percentages_in_words_are_held_against_a_total_of_100_only(language, header, total, verdict):
    rows = [["a", "10", "40"], ["b", "15", "50"], [load_language(language).totals[0], "25", total]]
    made = table(["", "n", header], rows, language=language)
    given = alone(made)
    report = judge(replace(given, answer=replace(given.answer, language=language)))
    assert [r.verdict for r in report.totals["t1"].results] == ["exact", verdict]


@pytest.mark.parametrize(("label", "verdict"), [("EU-totaal", "unchecked"), ("Frankrijk", "off")])
def test_a_line_that_a_total_leaves_out_may_be_one_itself_where_it_says_so(label, verdict):
    rows = [["België", "5.742"], ["Spanje", "27.699"], [label, "33.900"], ["Noorwegen", "2.660"], ["Totaal", "36.101"]]
    results = judge(alone(table(["", "n"], rows))).totals["t1"].results
    assert [r.verdict for r in results if r.total == "Totaal"] == [verdict]


def test_percentages_that_add_up_by_a_nought_do_not_speak_for_the_others():
    rows = [
        ["Verrichtingen", "162", "15", "177"], ["Betalingen", "160", "14", "174"], ["Aanzuiveringen", "2", "1", "3"],
        ["Zonder fouten", "43 %", "67 %", "45 %"], ["Met fouten", "57 %", "33 %", "55 %"], ["Onbestaand", "2 %", "0 %", "2 %"],
    ]  # fmt: skip
    report = judge(alone(table(["", "Landbouw", "Visserij", "Totaal"], rows)))
    assert [r.verdict for r in report.totals["t1"].results] == [*["exact"] * 3, "unchecked", "unchecked", "exact"]


@pytest.mark.parametrize(
    ("heading", "verdict"),
    [("Groei in procent", "unchecked"), ("Gemiddelde", "unchecked"), ("Groei", "off"), ("Aantal", "off")],
)
def test_a_heading_says_whether_the_figures_under_it_add_up(heading, verdict):
    rows = [["2000", "100", "60", "40"], ["2010", "120", "80", "40"], ["2000-2010", "20", "33", "0"]]
    made = table(["", "Totaal", "Jongens", "Meisjes"], rows)
    under = replace(made.rows[2], group=(heading,))
    report = judge(alone(replace(made, rows=(*made.rows[:2], under))))
    assert [r.verdict for r in report.totals["t1"].results if r.column == "2000-2010"] == [verdict]


UNCHECKED = {
    "a label that names a measure": (
        ["", "water"], [["Zware metalen", "50"], ["Totaal stikstof", "5.000"], ["Totaal fosfor", "7.000"]], "measure of its own",
    ),
    "columns that measure different things": (
        ["", "Aanvragen", "Goedgekeurd", "Totaal bedrag"], [["a", "10", "4", "3.000"], ["b", "7", "5", "9.000"]], "something else",
    ),
    "a part that cannot be read": (["", "n"], [["a", "10"], ["b", "1.04.2"], ["Totaal", "20"]], "without a value"),
    "a total that cannot be read": (["", "n"], [["a", "10"], ["b", "4"], ["Totaal", "14?"]], "is no number"),
    "signed lines under waarvan": (
        ["In euro", "n"], [["Delta, waarvan:", "-84.995"], ["x", "-90.000"], ["y", "8.832"]], "set no bound",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", UNCHECKED)
def test_what_cannot_be_decided_is_unchecked_with_the_reason(name):
    header, rows, why = UNCHECKED[name]
    report = judge(alone(table(header, rows)))
    assert "off" not in {r.verdict for r in report.totals["t1"].results}
    assert any(why in f.message for f in found(report, Code.TOTAL_UNCHECKED))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 99_999), min_size=3, max_size=3), min_size=2, max_size=9),
    st.data(),
)
def test_any_one_wrong_cell_breaks_a_sum(values, data):
    rows = [[f"rij {chr(97 + n)}", *map(str, line)] for n, line in enumerate(values)]
    total = ["Totaal", *(str(sum(column)) for column in zip(*values, strict=True))]
    true = table(["Aantal leerlingen", "x", "y", "z"], [*rows, total])
    assert off(true) == []
    row, column = data.draw(st.integers(0, len(rows))), data.draw(st.integers(0, 2))
    by = data.draw(st.integers(1, 5000))
    wrong = with_cell(true, row, column, int(true.rows[row].cells[column].value or 0) + by)
    assert len([f for f in off(wrong) if f.level == "error"]) == 1


SUSPECTS = {
    "swapped": ([["a", "120"], ["b", "45"], ["c", "987"], ["Totaal", "1.062"]], "digits 9 and 8 swapped"),
    "factor": ([["a", "120"], ["b", "4.500"], ["c", "978"], ["Totaal", "1.143"]], "a factor 100 too large"),
    "left out": ([["Brussel", "37"], ["b", "450"], ["c", "978"], ["Totaal", "1.428"]], "the total leaves Brussel out"),
    "twice": ([["a", "120"], ["b", "45"], ["b", "45"], ["Totaal", "165"]], "b is there twice"),
    "subtotals": (
        [
            ["a", "120"],
            ["b", "45"],
            ["Subtotaal", "165"],
            ["c", "9"],
            ["d", "7"],
            ["Subtotaal", "16"],
            ["Totaal", "362"],
        ],
        "adds the subtotals together with their own members",
    ),
}


@pytest.mark.parametrize("name", SUSPECTS)
def test_the_likeliest_explanation_comes_first(name):
    rows, said = SUSPECTS[name]
    first = off(table(["Aantal", "n"], rows))[0].message.split("most likely: ")[1].split("; or: ")[0]
    assert said in first


def test_with_row_and_column_totals_the_one_cell_that_repairs_both_is_named():
    rows = [["a", "1", "2", "3"], ["b", "40", "50", "90"], ["c", "7", "71", "87"], ["Totaal", "48", "132", "180"]]
    wrong = off(table(["", "2020", "2021", "Totaal"], rows))
    assert {(f.row, f.column) for f in wrong} == {("Totaal", "2021"), ("c", "Totaal")}
    assert all("most likely: c, 2021 printed 71, 80 would make it hold" in f.message for f in wrong)


def test_a_glued_mark_is_known_by_the_notes():
    rows = [["a", "1201"], ["b", "45"], ["Totaal", "165"]]
    (wrong,) = off(table(["Aantal", "n"], rows, notes=[("1", "Bron: eigen telling.")]))
    assert "most likely: a, n printed 1201, 120 would make it hold (the mark 1 glued to it)" in wrong.message


def test_a_single_masked_figure_that_follows_from_the_total_is_a_disclosure():
    made = table(["", "n"], [["a", "100"], ["b", "<5"], ["Totaal", "103"]])
    (note,) = found(judge(alone(made)), Code.MASK_DERIVABLE)
    assert "gives it away: 3" in note.message
    assert made.rows[1].cells[0].value is None


def test_an_unusual_overlap_points_at_the_part():
    notes = [("*", "Een bedrijf met meerdere vestigingen wordt in elke provincie meegeteld.")]
    rows = [["a", "100", "110", "120", "180"], ["b", "90", "95", "99", "99"], ["Totaal", "188", "203", "216", "217"]]
    made = table(["Unieke bedrijven*", "2019", "2020", "2021", "2022"], rows, notes=notes)
    (note,) = found(judge(alone(made)), Code.RATIO_UNUSUAL)
    assert "look at a, printed 180" in note.message
    assert found(judge(evidence()), Code.RATIO_UNUSUAL) == []


def test_percentages_are_held_against_their_numbers():
    rows = [
        ["a", "50", "12,5"],
        ["b", "100", "25,0"],
        ["c", "90", "22,5"],
        ["d", "40", "10,0"],
        ["e", "120", "30,0"],
        ["Totaal", "400", "100,0"],
    ]
    header = ["", "Aantal", "Aandeel (%)"]
    assert found(judge(alone(table(header, rows))), Code.PERCENTAGE_OFF) == []
    rows[1][2] = "52,0"
    wrong = found(judge(alone(table(header, rows))), Code.PERCENTAGE_OFF)
    assert [(f.row, f.column) for f in wrong] == [("b", "Aandeel (%)")]
    assert "printed 52,0, 100 of 400 is 25.00 %" in wrong[0].message


def test_shares_without_numbers_add_to_100():
    header = ["Verdeling", "Aandeel (%)"]
    rows = [["a", "12,5"], ["b", "25,0"], ["c", "22,5"], ["d", "10,0"], ["e", "30,0"]]
    assert found(judge(alone(table(header, rows))), Code.PERCENTAGE_OFF) == []
    rows[1][1] = "28,0"
    assert "103" in found(judge(alone(table(header, rows))), Code.PERCENTAGE_OFF)[0].message


def test_a_line_of_which_the_next_is_a_part_is_at_least_as_large():
    rows = [["Leerlingen", "100"], ["waarvan meisjes", "104"]]
    assert found(judge(alone(table(["", "n"], rows))), Code.SUBSET_BROKEN)[0].row == "waarvan meisjes"


def test_the_total_of_a_header_of_more_levels_stands_for_its_columns():
    headers = ["Totaal", "Federaal", "Staat", "Lokaal | Totaal", "Lokaal | Belasting"]
    tails = [["Bedrag", "Per hoofd"], *[["Bedrag", "Deel"]] * 4]
    rows = [
        ["Aalst", "864.090", "18,1", "97.220", "11,3", "422.294", "48,9", "344.576", "39,9", "251.436", "29,1"],
        ["Gent", "2.828", "18,3", "443", "15,7", "1.105", "39,1", "1.280", "45,2", "1.174", "41,5"],
        ["Ronse", "25.921", "16,2", "3.024", "11,7", "15.460", "59,6", "7.437", "28,7", "4.523", "17,5"],
    ]
    header = ["", *[f"{over} | {tail}" for over, pair in zip(headers, tails, strict=True) for tail in pair]]
    results = judge(alone(table(header, rows))).totals["t1"].results
    assert {r.verdict for r in results if r.total == "Totaal Bedrag"} == {"exact"}


def test_percent_below_a_header_that_ends_with_a_year_are_percentages():
    rows = [["Lonen", "100", "110", "10,0"], ["Rente", "200", "210", "5,0"], ["Totaal", "300", "320", "6,7"]]
    results = judge(alone(table(["", "2024", "2025", "Groei, 2024 tot 2025 | Procent"], rows))).totals["t1"].results
    assert [r.verdict for r in results] == ["exact", "exact", "unchecked"]


def test_a_column_of_a_part_is_held_against_the_whole_of_its_own_year():
    header = ["", *[f"{part} | {year}" for part in ("Entiteit I", "waarvan federaal") for year in ("2024", "2025")]]
    rows = [["Correcties", "96", "0", "96", "0"], ["Rente", "10", "20", "12", "15"]]
    wrong = found(judge(alone(table(header, rows))), Code.SUBSET_BROKEN)
    assert [(f.row, f.column) for f in wrong] == [("Rente", "waarvan federaal 2024")]


@pytest.mark.parametrize("header", ["Tewerkstelling (%)", "Gemiddelde", "Per 1.000"])
def test_the_rate_of_a_part_may_be_higher_than_that_of_the_whole(header):
    rows = [["Wallonië", "100", "66,7"], ["waarvan Duitstalig", "40", "73,0"]]
    assert found(judge(alone(table(["", "n", header], rows))), Code.SUBSET_BROKEN) == []


def test_a_balance_is_a_difference_and_no_false_alarm():
    rows = [
        ["Recettes", "135.214.912", "138.957.759"], ["Dépenses", "134.300.069", "136.663.357"], ["Exercice propre", "914.843", "2.294.402"],  # noqa: E501
    ]  # fmt: skip
    assert verdicts(table(["En euros", "2026", "2025"], rows)) == ["exact", "exact"]


def test_a_line_that_is_a_total_in_all_columns_but_one_is_a_warning():
    header = ["In duizend euro", "2019", "2020", "2021", "2022", "2023"]
    rows = [
        ["Opcentiemen", "10.380", "11.557", "12.176", "13.001", "14.120"], ["Dotaties", "34.276", "35.708", "36.432", "37.555", "39.001"],  # noqa: E501
        ["Ontvangsten", "44.656", "47.265", "48.608", "55.056", "53.121"],
    ]  # fmt: skip
    (wrong,) = off(table(header, rows))
    assert wrong.level == "warning"
    assert wrong.column == "2022"


def test_rounding_shows_where_no_unit_is_printed():
    rows = [["a", "10.380.695", "10.557.002"], ["b", "111.981", "158.454"], ["Totaal", "10.492.677", "10.715.455"]]
    assert off(table(["", "BA", "BO"], rows)) == []
    same_way = [*rows[:2], ["Totaal", "10.492.677", "10.715.457"]]
    assert len(off(table(["", "BA", "BO"], same_way))) == 2


WAIVER = {"source": "757/2023-06-16", "code": "total-off", "table": "mentors_by_sector", "row": "Eindtotaal", "amount": -1, "line": 2,  # noqa: E501
          "reason": "the source prints it so", "by": "somebody", "on": date(2025, 1, 1), "until": date(2027, 1, 1)}  # fmt: skip


def with_waiver(tables, **changes):
    topic = knowledge().topics["duaal_leren"]
    return replace(
        evidence(tables), topic=topic.model_copy(update={"waivers": (Waiver.model_validate({**WAIVER, **changes}),)})
    )


def test_a_waiver_covers_the_difference_it_names_and_no_other():
    mentors = extraction().table("3").table
    one_more = tables_with(with_cell(mentors, row_of(mentors, "Bouw"), 0, 2321))
    two_more = tables_with(with_cell(mentors, row_of(mentors, "Bouw"), 0, 2322))
    report = judge(with_waiver(one_more))
    assert errors(report) == []
    assert "waived by somebody until 2027-01-01: the source prints it so" in found(report, Code.TOTAL_OFF)[0].message
    assert {f.code for f in errors(judge(with_waiver(two_more)))} == {Code.TOTAL_OFF, Code.WAIVER_UNUSED}


def test_a_waiver_that_covers_nothing_or_has_expired_is_an_error():
    assert {f.code for f in errors(judge(with_waiver(None)))} == {Code.WAIVER_UNUSED}
    assert Code.WAIVER_EXPIRED in {f.code for f in errors(judge(with_waiver(None, until=date(2025, 6, 1))))}
    assert errors(judge(with_waiver(None, source="1/2020-01-01"))) == []


def test_a_table_cut_in_two_by_a_page_is_held_as_one():
    header = ["In duizend euro", "2025", "2026"]
    first = [
        ["a", "10.380", "10.557"],
        ["b", "5.111", "5.454"],
        ["Subtotaal noord", "15.491", "16.011"],
        ["c", "700", "900"],
    ]
    second = [["d", "1.300", "1.400"], ["Subtotaal zuid", "2.000", "2.300"], ["Totaal", "17.491", "18.311"]]
    one, other = table(header, first), replace(table(header, second, key="t2"), pages=(2,))
    report = judge(alone(one, other))
    assert {r.verdict for totals in report.totals.values() for r in totals.results} == {"exact"}
    assert "one table in two parts" in found(report, Code.TABLE_AMBIGUOUS)[0].message
    second[1][2] = "2.310"
    report = judge(alone(one, replace(table(header, second, key="t2"), pages=(2,))))
    assert found(report, Code.TOTAL_OFF)


def test_indented_lines_belong_to_the_line_above_them():
    rows = [
        ["Wegen", "60"],
        ["Onderhoud", "40"],
        ["Aanleg", "20"],
        ["Water", "45"],
        ["Onderhoud", "11"],
        ["Aanleg", "34"],
        ["Totaal", "105"],
    ]
    flat = table(["", "n"], rows)
    deep = replace(flat, rows=tuple(replace(r, level=int(r.labels[0] in ("Onderhoud", "Aanleg"))) for r in flat.rows))
    assert verdicts(deep) == ["exact"]
    (wrong,) = off(with_cell(deep, 0, 0, 61))
    assert "printed 105, the parts add to 106" in wrong.message
