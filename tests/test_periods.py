from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.languages import load_language
from pv_extract.periods import dates_in, read_period

CASES = [
    ("2022-2023", "school_year", "2022-2023", "2022-09-01", "2023-08-31"),
    ("2022-2023*", "school_year", "2022-2023", "2022-09-01", "2023-08-31"),
    ("2022-23", "school_year", "2022-2023", "2022-09-01", "2023-08-31"),
    ("2022/23", "school_year", "2022-2023", "2022-09-01", "2023-08-31"),
    ("2022 – 2023", "school_year", "2022-2023", "2022-09-01", "2023-08-31"),
    ("schooljaar 2021-2022", "school_year", "2021-2022", "2021-09-01", "2022-08-31"),
    ("1999-2000", "school_year", "1999-2000", "1999-09-01", "2000-08-31"),
    ("zittingsjaar 2022-2023", "span", "2022-2023", "2022-01-01", "2023-12-31"),
    ("2016-2020", "span", "2016-2020", "2016-01-01", "2020-12-31"),
    ("2019", "year", "2019", "2019-01-01", "2019-12-31"),
    ("jaar 2019", "year", "2019", "2019-01-01", "2019-12-31"),
    ("29/06/2023", "date", "2023-06-29", "2023-06-29", "2023-06-29"),
    ("31.12.2022", "date", "2022-12-31", "2022-12-31", "2022-12-31"),
    ("op 1 februari 2023", "date", "2023-02-01", "2023-02-01", "2023-02-01"),
    ("januari 2023", "month", "2023-01", "2023-01-01", "2023-01-31"),
    ("feb. 2024", "month", "2024-02", "2024-02-01", "2024-02-29"),
    ("Q4 2023", "quarter", "2023-Q4", "2023-10-01", "2023-12-31"),
    ("1e kwartaal 2023", "quarter", "2023-Q1", "2023-01-01", "2023-03-31"),
]


@pytest.mark.parametrize(("text", "kind", "label", "start", "end"), CASES)
def test_headers_that_name_a_period(text, kind, label, start, end):
    period = read_period(text)
    assert period is not None
    assert (period.kind, period.label, str(period.start), str(period.end)) == (kind, label, start, end)


@pytest.mark.parametrize(
    "text", ["", "Brussel", "4711", "2a", "aantal", "31/02/2023", "2023-2021", "1 234", "10.225", "2022-2023 extra"]
)
def test_what_names_no_period_is_none(text):
    assert read_period(text) is None


def test_months_are_read_in_the_language_of_the_document():
    period = read_period("février 2023", load_language("fr"))
    assert period is not None
    assert period.label == "2023-02"
    assert read_period("février 2023", load_language("en")) is None


def test_a_number_in_a_circle_is_no_month():
    assert list(dates_in("op 3 ① 2020")) == []


def test_dates_in_running_text_come_with_their_place():
    text = "Het gemiddelde op datum 29/06/2023 ligt op 3,55; op 1 september 2019 was dat minder."
    found = [(text[a:b], day) for a, b, day in dates_in(text)]
    assert found == [("29/06/2023", date(2023, 6, 29)), ("1 september 2019", date(2019, 9, 1))]


@given(st.integers(1900, 2098))
def test_a_school_year_runs_from_september_to_august(year):
    period = read_period(f"{year}-{year + 1}")
    assert period is not None
    assert (period.start, period.end) == (date(year, 9, 1), date(year + 1, 8, 31))
