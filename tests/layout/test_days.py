"""Days over columns of figures, and days that rows tell."""

import pytest
from tests.layout.test_budget_tables import body, paths, row, tables

from pv_extract.layout.days import heads_days


@pytest.mark.parametrize(
    "days",
    [
        ("01.01.2023", "01.01.2024", "01.01.2025", "01.01.2026"),
        ("31/12/2025", "31/12/2024", "31/12/2023", "31/12/2022"),
        ("31-03-24", "30-06-24", "30-09-24", "31-12-24"),
        ("(28/02/2025)", "(31/03/2025)", "(30/04/2025)", "(31/05/2025)"),
    ],
)
@pytest.mark.parametrize("boxed", [True, False])
def test_days_of_counting_head_their_columns(days, boxed):
    def draw(c):
        row(c, 700, "Dienst", days)
        body(c, 682)
        for y in (711, 695, 632):
            c.line(55, y, 515, y)
        for x in (55, 240, 305, 375, 445, 515) if boxed else ():
            c.line(x, 711, x, 632)

    assert [path[-1] for path in paths(tables(draw))] == list(days)


@pytest.mark.parametrize(
    "texts",
    [
        ("01.03.2024", "30.04.2024"),  # from when to when
        ("12.03.2024", "17.05.2025"),  # when two things happened
        ("01.01.2024",),
        ("01.01.2024", "01.01.2024"),
        ("31.02.2024", "31.02.2025"),
        ("01.01.2024", "226"),
        ("01.01.2023", "01.01.2025", "01.01.2024"),
        (),
    ],
)
def test_other_days_head_nothing(texts):
    assert not heads_days(texts)


def months(header, rows):
    def draw(c):
        row(c, 700, header[0], header[1:])
        for k, (label, *values) in enumerate(rows):
            row(c, 682 - 16 * k, label, values)
        for y in (711, 695, 679, 663, 642):
            c.line(55, y, 375, y)

    (table,) = tables(draw)
    return table


def test_days_and_months_beside_names_are_values_and_no_second_label():
    rows = [("Route", "September 2010", "47"), ("Surveillance", "May 2011", "12"), ("Weather", "June 2015", "9")]
    table = months(("Program", "Completion", "Delay"), rows)
    assert table.stub_columns == ("Program",)
    assert [column.path for column in table.columns] == [("Completion",), ("Delay",)]


def test_months_beside_labels_that_come_again_are_labels():
    rows = [("Gent", "januari 2024", "47"), ("Gent", "februari 2024", "12"), ("Brugge", "januari 2024", "9")]
    assert months(("Dienst", "Maand", "Aantal"), rows).stub_columns == ("Dienst", "Maand")
