"""Pages of a typewriter: rules of hyphens and underscores."""

from tests.layout.test_budget_tables import tables

LINES = [
    "------------------------------------------------------",
    "                         Aanvragen        Toekenningen",
    "  Provincie            ---------------   -------------",
    "                         2021    2022     2021    2022",
    "------------------------------------------------------",
    "Antwerpen                 412     398      377     361",
    "Limburg                   205     211      190     188",
    "Oost-Vlaanderen           330     342      305     311",
    "------------------------------------------------------",
]


def test_rows_of_hyphens_are_rules():
    def draw(c):
        c.setFont("Courier", 9)
        for k, text in enumerate(LINES):
            c.drawString(60, 700 - 11 * k, text)

    (found,) = tables(draw)
    assert not any("--" in cell.text for cell in found.grid.cells)
    heads = [(top, year) for top in ("Aanvragen", "Toekenningen") for year in ("2021", "2022")]
    assert [c.path for c in found.columns] == heads
    assert [r.labels[0] for r in found.rows] == ["Antwerpen", "Limburg", "Oost-Vlaanderen"]


def typed(lines):
    def draw(c):
        c.setFont("Courier", 8.4)
        for k, text in enumerate(lines):
            c.drawString(60, 760 - 9.9 * k, text)

    (found,) = tables(draw)
    return found


def labelled(found):
    return {row.labels[0]: [cell.text for cell in row.cells] for row in found.rows if not row.heading}


CROPS = [
    "---------------------------------------------------------------------",
    "                  :        Area planted       :    Yield per acre    ",
    "      State       :--------------------------------------------------",
    "                  :  2021  :  2022  :2023 1/  :   2022   : 2023 1/   ",
    "---------------------------------------------------------------------",
    "                  :        1,000 acres        :        bushels       ",
    "                  :",
    "Arizona ......... :    50       55      (NA)       63.9       (NA)   ",
    "California ...... :   815      835       660       71.8       47.0   ",
    "North Dakota 2/ . :   220      275       230       70.8      100.5   ",
    "                  :",
    "Other States .... : 1,084      977       821       58.3       61.9   ",
    "United States ... : 2,169    2,142     1,711       71.7       72.5   ",
    "---------------------------------------------------------------------",
]


def test_colons_under_each_other_are_rules_between_columns_and_units_stand_under_the_years():
    found = typed(CROPS)
    assert [c.path for c in found.columns] == [
        ("Area planted", "2021", "1,000 acres"),
        ("Area planted", "2022", "1,000 acres"),
        ("Area planted", "2023 1/", "1,000 acres"),
        ("Yield per acre", "2022", "bushels"),
        ("Yield per acre", "2023 1/", "bushels"),
    ]
    assert labelled(found)["Arizona"] == ["50", "55", "(NA)", "63.9", "(NA)"]


def test_a_dot_or_two_lead_from_a_label_where_more_lead_from_the_others():
    assert list(labelled(typed(CROPS))) == [
        "Arizona",
        "California",
        "North Dakota 2/",
        "Other States",
        "United States",
    ]


def test_dashes_at_both_sides_of_a_unit_are_no_part_of_it():
    lines = [x.replace("       1,000 acres       ", " - - - 1,000 acres - - - ") for x in CROPS]
    lines = [x.replace("       bushels      ", "  ----bushels----   ") for x in lines]
    assert [c.path[-1] for c in typed(lines).columns] == ["1,000 acres"] * 3 + ["bushels"] * 2


SEASONS = [
    "------------------------------------------------------------------------",
    "     Crop and State     :   Begin    :     Most active      :    End    ",
    "------------------------------------------------------------------------",
    "Barley, spring          :",
    "  Idaho ............... :   Apr 2    :    Apr 9 - May 7     :   May 21  ",
    "  Montana ............. :   Apr 10   :   Apr 22 - May 18    :   Jun 1   ",
    "Oats, spring            :",
    "  Iowa ................ :   Mar 29   :    Apr 8 - Apr 28    :   May 9   ",
    "  Minnesota ........... :   Apr 9    :   Apr 20 - May 17    :   May 31  ",
    "------------------------------------------------------------------------",
]


def test_texts_between_colons_are_rows_line_by_line():
    found = typed(SEASONS)
    assert labelled(found) == {
        "Idaho": ["Apr 2", "Apr 9 - May 7", "May 21"],
        "Montana": ["Apr 10", "Apr 22 - May 18", "Jun 1"],
        "Iowa": ["Mar 29", "Apr 8 - Apr 28", "May 9"],
        "Minnesota": ["Apr 9", "Apr 20 - May 17", "May 31"],
    }


LATTICE = [
    "+-------+----+----+-----+",
    "|Kind   |2020|2021|2022 |",
    "+-------+----+----+-----+",
    "|Banks  |1204|1310|12.88|",
    "|Unions | 310| 322|  3.1|",
    "|Others |  12|  15|  0.8|",
    "+-------+----+----+-----+",
]


def test_bars_and_crosses_draw_a_lattice_however_close_its_texts_stand():
    found = typed(LATTICE)
    assert [c.path for c in found.columns] == [("2020",), ("2021",), ("2022",)]
    assert labelled(found) == {
        "Banks": ["1204", "1310", "12.88"],
        "Unions": ["310", "322", "3.1"],
        "Others": ["12", "15", "0.8"],
    }


GAPS = [
    "------------------------------------------------------------",
    "Country                  2019      2020      2021      2022 ",
    "------------------------------------------------------------",
    "Belgium                   5.5       5.8       6.3       5.6 ",
    "Croatia                   :         7.5         :         : ",
    "Iceland                   3.9         :         :         : ",
    "Norway                      :         :         :       3.3 ",
    "------------------------------------------------------------",
]


def test_colons_among_figures_say_that_one_is_missing():
    found = typed(GAPS)
    assert labelled(found)["Iceland"] == ["3.9", ":", ":", ":"]
