from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.findings import NotANumberError
from pv_extract.languages import load_language
from pv_extract.model import ObsStatus
from pv_extract.numbers import Kind, is_figure, read_cell, read_decimal_point, read_number

CASES = [
    ("0", 0, (), None),
    ("226", 226, (), None),
    ("226*", 226, ("*",), None),
    ("226 **", 226, ("**",), None),
    ("226¹", 226, ("1",), None),
    ("226 (1)", 226, ("1",), None),
    ("1.045", 1045, (), None),
    ("3.677", 3677, (), None),
    ("1.234.567", 1234567, (), None),
    ("1 234 567", 1234567, (), None),
    ("1\u00a0234", 1234, (), None),
    ("1\u202f234", 1234, (), None),
    ("1'234", 1234, (), None),
    ("3,55", Decimal("3.55"), (), None),
    ("98.000,00 EUR", Decimal("98000.00"), (), "EUR"),
    ("€ 1.234,50", Decimal("1234.50"), (), "EUR"),
    ("12,5 %", Decimal("12.5"), (), "%"),
    ("+12,9 %", Decimal("12.9"), (), "%"),
    ("-0,34%", Decimal("-0.34"), (), "%"),
    ("–5", -5, (), None),
    ("−5", -5, (), None),
    ("(1.234)", -1234, (), None),
    ("-269.000", -269000, (), None),
    ("5 VTE", 5, (), "FTE"),
    ("466,7 mln euro", Decimal("466.7"), (), "EUR"),
]

REFUSALS = [
    "", "-", "abc", "3.55", "38.0", "1.2345", "12.34.567", "1.234 567", "1 23", "007", "01.234", "0.123", "1,2,3", "1,",
    ",5", "2022-2023", "12 (3%)", "5 stuks", "1e5", "½", "٣", "--5", "1.234.56", "1 . 234",
]  # fmt: skip


@pytest.mark.parametrize(("raw", "value", "marks", "unit"), CASES)
def test_printed_numbers_are_read_exactly(raw, value, marks, unit):
    reading = read_number(raw)
    assert (reading.value, reading.marks, reading.unit) == (value, marks, unit)
    assert type(reading.value) is type(value)
    assert reading.raw == raw


@pytest.mark.parametrize("raw", REFUSALS)
def test_what_is_no_number_is_refused(raw):
    with pytest.raises(NotANumberError):
        read_number(raw)


@pytest.mark.parametrize("raw", ["3.55", "38.0", "1234.5", "1.2345"])
def test_a_decimal_point_is_refused_with_the_reason(raw):
    assert "a point groups thousands in threes" in (read_cell(raw).refusal or "")
    assert read_decimal_point(raw) == Decimal(raw)


@pytest.mark.parametrize("raw", ["1.045", "3,55", "abc", "12.345", "1.234.567"])
def test_what_may_group_thousands_is_never_a_decimal_point(raw):
    assert read_decimal_point(raw) is None


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        ("-", "M"),
        ("–", "M"),
        ("/", "M"),
        ("n.v.t.", "M"),
        ("NVT", "M"),
        (".", "O"),
        ("…", "O"),
        ("n.b.", "O"),
        ("", "O"),
    ],
)
def test_a_marker_is_not_zero(raw, status):
    reading = read_cell(raw)
    assert reading.value is None
    assert reading.status is ObsStatus(status)


@pytest.mark.parametrize(
    ("raw", "bounds"), [("<5", (0, 4)), ("< 3", (0, 2)), ("≤10", (0, 10)), ("1-4", (1, 4)), ("0 – 4", (0, 4))]
)
def test_a_masked_count_keeps_its_bounds_and_has_no_value(raw, bounds):
    reading = read_cell(raw)
    assert (reading.kind, reading.value, reading.bounds) == (Kind.MASKED, None, bounds)
    assert reading.status is ObsStatus.SUPPRESSED


def test_multipliers_are_told_and_not_applied():
    reading = read_number("466,7 mln")
    assert (reading.value, reading.multiplier) == (Decimal("466.7"), 1_000_000)


@pytest.mark.parametrize("raw", ["1,234,567", "12.5", "1.234", "-", "<5", "(12)", "12,5%", "1 234"])
def test_the_layout_sees_figures_of_any_convention(raw):
    assert is_figure(raw)


@pytest.mark.parametrize("raw", ["2022-2023", "31.12.2022", "29/06/2023", "abc", "1a", "Bouw 12"])
def test_dates_school_years_and_words_are_no_figures(raw):
    assert not is_figure(raw)


@pytest.mark.parametrize("code", ["nl", "fr", "de", "en"])
@given(value=st.integers(-(10**12), 10**12))
def test_print_then_read_gives_the_integer_back(code, value):
    language = load_language(code)
    assert read_number(format_decimal(value, locale=language.locale), language).value == value


@pytest.mark.parametrize("code", ["nl", "fr", "de", "en"])
@given(value=st.decimals(-(10**9), 10**9, places=2))
def test_print_then_read_gives_the_decimal_back(code, value):
    language = load_language(code)
    printed = format_decimal(value, format="#,##0.00", locale=language.locale)
    assert read_number(printed, language).value == value


@given(st.text(max_size=20))
def test_reading_a_cell_never_raises_and_never_makes_a_number_of_no_digits(raw):
    reading = read_cell(raw)
    assert reading.raw == raw
    if reading.value is not None:
        assert any(c in "0123456789" for c in raw)
