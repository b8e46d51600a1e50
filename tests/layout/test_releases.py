"""Tables as American statistical releases set them: spanners of one line and of two, units between rows, blocks side by side."""

from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, level, paths, row, tables

from pv_extract import extract

STATES = ["Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado"]


def test_a_spanner_of_one_line_over_its_rule_stands_beside_one_of_two():
    def draw(c: Canvas) -> None:
        ends = (260, 320, 400, 470)
        c.drawCentredString(280, 716, "Indexes")
        c.drawCentredString(425, 716, "Seasonally adjusted")
        c.drawCentredString(425, 707, "percent change")
        for y, x0, x1 in ((724, 58, 480), (712, 235, 325), (703, 370, 480), (676, 58, 480)):
            c.line(x0, y, x1, y)
        for y, heads in ((692, ["Apr.", "May", "Mar. to", "Apr. to"]), (683, ["2023", "2023", "April", "May"])):
            row(c, y, "", heads, ends)
        for k, label in enumerate(["All items", "Food", "Energy", "Services"]):
            row(c, 662 - 11 * k, label, [f"{290 + 7 * k}.1", f"{291 + 7 * k}.4", f"0.{k}", f"-1.{k}"], ends)

    change = "Seasonally adjusted percent change"
    assert paths(tables(draw)) == [
        ("Indexes", "Apr. 2023"),
        ("Indexes", "May 2023"),
        (change, "Mar. to April"),
        (change, "Apr. to May"),
    ]


def test_units_alone_around_one_axis_head_the_rows_below_them():
    def draw(c: Canvas) -> None:
        row(c, 708, "WHEAT", ["2020", "2021", "2022", "2023"])
        c.line(58, 703, 514, 703)
        y = 692
        for unit, labels in (("Million acres", ["Planted", "Harvested"]), ("Bushels", ["Yield"]), ("Tons", ["Stocks"])):
            c.drawCentredString(422, y, unit)
            for k, label in enumerate(labels):
                row(c, y - 11 * (k + 1), label, [f"{31 + 5 * n + k}.{n}" for n in range(4)])
            y -= 11 * (len(labels) + 1)

    (found,) = tables(draw)
    assert [c.path for c in found.columns] == [("2020",), ("2021",), ("2022",), ("2023",)]
    assert [(r.labels[0], r.heading) for r in found.rows] == [
        ("Million acres", True),
        ("Planted", False),
        ("Harvested", False),
        ("Bushels", True),
        ("Yield", False),
        ("Tons", True),
        ("Stocks", False),
    ]


def blocks(c: Canvas) -> None:
    """Two blocks of the same columns between rules over both, with a rule between them."""
    c.setFont("Helvetica", 9)
    c.drawString(60, 730, "Table 5. Licensed drivers and fatal crashes by State")
    for x0, states in ((60, STATES[:3]), (300, STATES[3:])):
        for x, lines in ((x0 + 120, ("Drivers", "(thousands)")), (x0 + 190, ("Fatal", "crashes"))):
            for k, line in enumerate(lines):
                c.drawCentredString(x - 14, 712 - 10 * k, line)
        c.drawString(x0 + 10, 702, "State")
        for k, state in enumerate(states):
            for x, text in zip((x0 + 120, x0 + 190), (f"{7 - k},{312 + k}", f"{89 + k}"), strict=True):
                c.drawRightString(x, 684 - 11 * k, text)
            c.drawString(x0, 684 - 11 * k, state)
    for y in (722, 697, 656):
        c.line(58, y, 494, y)


def drawn(c: Canvas) -> None:
    blocks(c)
    c.line(276, 722, 276, 656)


def test_blocks_of_the_same_columns_beside_each_other_are_tables_from_left_to_right():
    for draw in (blocks, drawn):
        left, right = tables(draw)
        assert [[r.labels[0] for r in t.rows] for t in (left, right)] == [STATES[:3], STATES[3:]]
        assert (
            [c.path for c in left.columns]
            == [c.path for c in right.columns]
            == [("Drivers (thousands)",), ("Fatal crashes",)]
        )


def test_the_caption_over_tables_beside_each_other_is_that_of_both(tmp_path):
    c = Canvas(str(tmp_path / "blocks.pdf"), pagesize=(595, 842), invariant=1)
    drawn(c)
    c.showPage()
    c.save()
    found = extract(tmp_path / "blocks.pdf")
    assert [t.title for t in found.tables] == ["Table 5. Licensed drivers and fatal crashes by State"] * 2


def test_years_at_the_top_of_a_page_are_no_page_number():
    def draw(c: Canvas) -> None:
        c.drawString(60, 806, "Households, billions of dollars")
        for x, text in ((320, "2022"), (445, "2023")):
            c.drawCentredString(x, 785, text)
            c.line(x - 50, 781, x + 50, 781)
        row(c, 768, "", ["Q3", "Q4", "Q1", "Q2"], [300, 360, 425, 485])
        for y in (796, 764, 708):
            c.line(58, y, 490, y)
        for k, label in enumerate(["Income", "Taxes", "Outlays", "Saving"]):
            row(c, 752 - 12 * k, label, [f"{101 * (k + 1) + n}.{n}" for n in range(4)], [300, 360, 425, 485])

    assert paths(tables(draw)) == [("2022", "Q3"), ("2022", "Q4"), ("2023", "Q1"), ("2023", "Q2")]


def test_errors_in_brackets_stand_in_the_column_of_their_figures():
    def draw(c: Canvas) -> None:
        for x, text in ((280, "Total"), (420, "White")):
            c.drawCentredString(x, 716, text)
            c.line(x - 65, 712, x + 65, 712)
        for x, text in ((250, "All"), (320, "Male"), (390, "All"), (460, "Male")):
            c.drawCentredString(x, 702, text)
        c.drawString(60, 702, "Year")
        for k, year in enumerate(["2019", "2020", "2021", "2022"]):
            figures = [t for n in range(4) for t in (f"{71 + 3 * k + n}.{n}", f"(0.{37 + 9 * n + k})")]
            row(c, 686 - 12 * k, year, figures, [242, 276, 312, 346, 382, 416, 452, 486])
        for y in (726, 697, 644):
            c.line(58, y, 490, y)

    (found,) = tables(draw)
    assert [c.path for c in found.columns] == [(a, b) for a in ("Total", "White") for b in ("All", "Male")]
    assert [c.text for c in found.rows[0].cells] == ["71.0 (0.37)", "72.1 (0.46)", "73.2 (0.55)", "74.3 (0.64)"]


def test_a_unit_between_dashes_holds_for_the_columns_that_it_stands_over():
    def draw(c: Canvas) -> None:
        row(c, 716, "Marketing year", ["Planted", "Harvested", "Yield", "Price"])
        for x, text in ((315, "---Million acres---"), (424, "Bu./acre"), (496, "Dollars/bu.")):
            c.drawCentredString(x, 704, text)
        for y in (726, 699, 648):
            c.line(58, y, 514, y)
        for k, year in enumerate(["2019/20", "2020/21", "2021/22", "2022/23"]):
            row(c, 688 - 11 * k, year, [f"8{k}.1", f"7{k}.5", f"14{k}.3", f"5.2{k}"])

    acres = "Million acres"
    heads = [("Planted", acres), ("Harvested", acres), ("Yield", "Bu./acre"), ("Price", "Dollars/bu.")]
    assert paths(tables(draw)) == heads


def test_dots_off_the_leaders_of_a_label_say_that_a_figure_is_missing():
    def draw(c: Canvas) -> None:
        row(c, 706, "", ["2020", "2021", "2022", "2023"])
        for k, label in enumerate(["Consumption", "Inventories", "Exports", "Imports"]):
            figures = ["......"] * 4 if k == 1 else [f"{11 + k}.{n}" for n in range(4)]
            row(c, 692 - 11 * k, label + "." * (44 - 2 * len(label)), figures)

    (found,) = tables(draw)
    assert [r.labels[0] for r in found.rows] == ["Consumption", "Inventories", "Exports", "Imports"]
    assert [c.text for c in found.rows[1].cells] == ["......"] * 4


def test_the_number_of_a_column_under_a_header_of_several_lines_is_kept():
    def draw(c: Canvas) -> None:
        c.setFont("Helvetica", 7)
        for x, top, lines in (
            (385, 9, ["Taxable income"]),
            (520, 9, ["Total income tax"]),
            (113, 22, ["Size of adjusted gross income"]),
            (213, 18, ["Number of", "returns"]),
            (270, 14, ["Adjusted", "gross income", "less deficit"]),
            *((x, 22, [text]) for x, text in ((350, "Number"), (415, "Amount"), (485, "Number"), (550, "Amount"))),
            *((x, 44, [f"({k})"]) for k, x in enumerate((213, 270, 350, 415, 485, 550), start=1)),
        ):
            for k, line in enumerate(lines):
                c.drawCentredString(x, 734 - top - 8 * k, line)
        for k, label in enumerate(["All returns, total", "Under 5,000", "5,000 or more", "Taxable returns, total"]):
            figures = [f"{n + 2},{310 + 7 * n + k},{105 + n}" for n in range(6)]
            row(c, 674 - 9 * k, label, figures, (236, 296, 372, 436, 506, 574))

    (found,) = tables(draw)
    assert [c.path[-1] for c in found.columns] == ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]
    assert found.columns[1].path == ("Adjusted gross income less deficit", "(2)")


def test_a_note_in_square_brackets_over_a_table_is_no_header():
    def draw(c: Canvas) -> None:
        c.drawRightString(510, 718, "[$ millions]")
        row(c, 706, "Classification", ["This month", "This year", "Last year", "Estimate"])
        body(c, 692)

    assert paths(tables(draw)) == [("This month",), ("This year",), ("Last year",), ("Estimate",)]


def test_a_text_that_ends_open_over_a_year_is_the_first_line_of_its_header():
    def draw(c: Canvas) -> None:
        ends = (190, 235, 280, 325, 370, 430, 490)
        c.drawRightString(190, 716, "Actual,")
        c.drawCentredString(447, 716, "Total")
        row(c, 704, "", ["2022", "2023", "2024", "2025", "2026", "2024-25", "2024-26"], ends)
        level(c, 699, 58, 492)
        body(c, 686, ends)

    years = [("Actual, 2022",), ("2023",), ("2024",), ("2025",), ("2026",)]
    assert paths(tables(draw)) == [*years, ("Total", "2024-25"), ("Total", "2024-26")]


def test_errors_in_brackets_below_the_figures_of_a_row_are_no_row():
    def draw(c: Canvas) -> None:
        row(c, 716, "Variable", ["Model A", "Model B", "Model C", "Model D"])
        for y in (726, 711, 606):
            c.line(58, y, 514, y)
        for k, label in enumerate(["Schooling", "Experience", "Union member", "Constant"]):
            row(c, 698 - 24 * k, label, [f"{k}.{17 + n}" for n in range(4)])
            row(c, 688 - 24 * k, "", [f"(0.{31 + 7 * n + k})" for n in range(4)])

    (found,) = tables(draw)
    assert [r.labels[0] for r in found.rows] == ["Schooling", "Experience", "Union member", "Constant"]
    assert [c.text for c in found.rows[1].cells] == ["1.17 (0.32)", "1.18 (0.39)", "1.19 (0.46)", "1.20 (0.53)"]
