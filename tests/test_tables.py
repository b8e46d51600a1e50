from decimal import Decimal

import pytest

from pv_extract.answer import PlacedGrid
from pv_extract.languages import load_language
from pv_extract.model import ObsStatus, Role
from pv_extract.tables import type_table
from tests.make import raw_table, table

PROVISIONAL = ("*", "Voorlopige cijfers")


def test_a_provisional_year_gives_its_status_to_every_number_below_it():
    made = table(
        ["Provincie", "2021-2022", "2022-2023*"],
        [["Limburg", "12", "13"], ["Antwerpen", "7", "-"]],
        notes=[PROVISIONAL],
    )
    assert [c.obs_status for c in made.columns] == [ObsStatus.NORMAL, ObsStatus.PROVISIONAL]
    assert [c.obs_status for c in made.rows[0].cells] == [ObsStatus.NORMAL, ObsStatus.PROVISIONAL]
    assert made.rows[1].cells[1].obs_status is ObsStatus.CANNOT_EXIST
    assert made.rows[1].cells[1].value is None


def test_a_mark_without_a_note_changes_no_status():
    made = table(["Sector", "2022-2023*"], [["Bouw", "12"]])
    assert made.columns[0].marks == ("*",)
    assert made.columns[0].obs_status is ObsStatus.NORMAL


def test_a_mark_on_a_row_or_a_cell_gives_its_own_status():
    made = table(["Sector", "2021", "2022"], [["Bouw*", "12", "13"], ["Hout", "5", "6*"]], notes=[PROVISIONAL])
    statuses = [[cell.obs_status.value for cell in row.cells] for row in made.rows]
    assert statuses == [["P", "P"], ["A", "P"]]
    assert made.rows[1].cells[1].value == 6


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Totaal", Role.TOTAL),
        ("Eindtotaal", Role.TOTAL),
        ("Totaal Vlaamse gemeenschap", Role.TOTAL),
        ("Subtotaal", Role.SUBTOTAL),
        ("Totaalzorg", Role.PART),
        ("Metaal", Role.PART),
        ("Overige", Role.PART),
    ],
)
def test_only_words_for_totals_make_a_total(label, role):
    assert table(["Sector", "2022"], [[label, "1"]]).rows[0].role is role


def test_a_total_column_and_header_levels():
    made = table(["Sector", "2022 | Aantal", "2022 | Aandeel (%)", "Totaal"], [["Bouw", "1", "2,5", "3"]])
    assert [c.role for c in made.columns] == [Role.PART, Role.PART, Role.TOTAL]
    assert [c.time_period.label if c.time_period else None for c in made.columns] == ["2022", "2022", None]
    assert [c.unit for c in made.columns] == [None, "%", None]


def test_the_unit_of_a_caption_is_carried():
    made = table(["Gemeente", "2022"], [["Gent", "1.234"]], caption="Tabel 1: Subsidies, in duizend euro")
    assert (made.unit, made.multiplier) == ("EUR", 1000)
    assert made.rows[0].cells[0].value == 1234


def test_a_point_beside_decimal_commas_is_a_decimal_point_and_says_so():
    made = table(["Provincie", "Steun"], [["Antwerpen", "110,9"], ["Limburg", "38.0"], ["Onbekend", "12,0"]])
    assert [row.cells[0].value for row in made.rows] == [Decimal("110.9"), Decimal("38.0"), Decimal("12.0")]
    assert "decimal point beside decimal commas" in (made.rows[1].cells[0].refusal or "")


def test_thousands_in_a_column_of_decimal_points_are_not_guessed():
    made = table(["Provincie", "Steun"], [["Antwerpen", "110.9"], ["Limburg", "38.0"], ["Brussel", "3.677"]])
    assert [row.cells[0].value for row in made.rows] == [Decimal("110.9"), Decimal("38.0"), None]
    assert "may be thousands or decimals" in (made.rows[2].cells[0].refusal or "")


def test_a_point_with_other_decimals_than_the_commas_stays_refused():
    made = table(["Provincie", "Steun"], [["Antwerpen", "110,95"], ["Limburg", "38.0"]])
    assert made.rows[1].cells[0].value is None


def test_rows_named_by_years_have_periods():
    made = table(["Jaar", "Aantal"], [["2021", "5"], ["2022", "6"]])
    assert [row.time_period.label for row in made.rows if row.time_period] == ["2021", "2022"]


def test_the_title_is_the_caption_or_the_stub_header_without_its_marks():
    assert table(["Aantal per sector**", "2022"], [["Bouw", "1"]]).title == "Aantal per sector"
    assert table(["Sector", "2022"], [["Bouw", "1"]], caption="Tabel 3: x").title == "Tabel 3: x"


def test_three_digits_after_every_point_of_an_english_column_are_left_open():
    raw = raw_table(["Country", "Firms", "Share"], [["Belgium", "1.256", "0.125"], ["Spain", "12.400", "1.250"]])
    made = type_table(raw, PlacedGrid("t1", raw.grid, None, None, ()), load_language("en"))
    assert [row.cells[0].value for row in made.rows] == [None, None]
    assert [row.cells[1].value for row in made.rows] == [Decimal("0.125"), Decimal("1.250")]
    assert "may be thousands or decimals" in (made.rows[0].cells[0].refusal or "")


def test_days_in_a_column_of_days_are_no_figures_that_cannot_be_read():
    made = table(["Fase", "Van", "Bedrag"], [["1", "01.03.2024", "12"], ["2", "1.5.2024", "01.05.2024"]])
    assert [[bool(cell.refusal) for cell in row.cells] for row in made.rows] == [[False, False], [False, True]]


def test_codes_in_a_column_of_codes_are_no_figures_that_cannot_be_read():
    rows = [["Aldrin", "309-00-2", "309-00-2", "1"], ["Fenol", "N084", "12,5", "2"], ["Ethanal", "75-07-0", "3", "3"]]
    made = table(["Stof", "CAS", "Bedrag", "Aantal"], rows)
    assert [[bool(cell.refusal) for cell in row.cells] for row in made.rows] == [
        [False, True, False],
        *[[False] * 3] * 2,
    ]


@pytest.mark.parametrize(
    "misread",
    [
        ["2O5", "1O5", "2I7"],  # figures of which a digit was taken for a letter
        ["2O5"],
        ["B12"],
        ["N084", "N085"],  # too few to tell
        ["N084", "N084", "N085"],  # a code names one thing
    ],
)
def test_what_may_be_figures_that_cannot_be_read_is_never_taken_for_codes(misread):
    made = table(["", "Aantal"], [[f"rij {n}", text] for n, text in enumerate(misread)])
    assert [bool(row.cells[0].refusal) for row in made.rows] == [True] * len(misread)
