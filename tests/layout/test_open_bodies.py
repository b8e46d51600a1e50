"""Headers that are drawn more closely than the rows below them."""

from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import body, paths, row, tables


def test_a_frame_around_the_header_alone_is_the_header_of_the_rows_up_to_the_rule_below():
    """A crop report: rules and walls in the header, none among the rows, a line of units between."""

    def draw(c: Canvas) -> None:
        c.drawCentredString(265, 704, "Oppervlakte")
        c.drawCentredString(405, 704, "Opbrengst")
        row(c, 690, "Gewest", ("2023", "2024", "2023", "2024"))
        body(c, 650)
        for y in (716, 686, 600):
            c.line(55, y, 515, y)
        for x0, x1 in ((222, 368), (378, 515)):
            c.line(x0, 701, x1, 701)
        for x in (220, 374):
            c.line(x, 686, x, 716)

    found = tables(draw)
    assert paths(found) == [(span, year) for span in ("Oppervlakte", "Opbrengst") for year in ("2023", "2024")]
    assert len(found[0].rows) == 4


def test_a_frame_with_its_own_figures_stays_a_table_above_other_rows():
    def draw(c: Canvas) -> None:
        row(c, 704, "Gewest", ("2021", "2022", "2023", "2024"))
        row(c, 690, "Totaal", ("11", "12", "13", "14"))
        for y in (716, 701, 686):
            c.line(55, y, 515, y)
        for x in (55, 200, 305, 375, 445, 515):
            c.line(x, 686, x, 716)
        body(c, 640)

    assert [row.labels for row in tables(draw)[0].rows] == [("Totaal",)]


def test_a_header_shaded_cell_by_cell_keeps_its_texts_to_their_column():
    """`Change` at the left of its wide column stands nearer to the figures of the column before."""
    cells = [(55, 150), (150, 240), (240, 310), (310, 500)]

    def draw(c: Canvas) -> None:
        for x0, x1 in cells:
            c.setFillGray(0.8)
            c.rect(x0, 692, x1 - x0, 24, fill=1, stroke=0)
        c.setFillGray(0)
        c.drawString(60, 696, "Land")
        c.drawRightString(236, 696, "Raming")
        c.drawRightString(306, 696, "Uitkomst")
        c.drawString(314, 706, "Verschil")
        c.drawRightString(496, 706, "uitkomst")
        c.drawRightString(496, 696, "en raming")
        for k, label in enumerate(("Gent", "Brugge", "Hasselt", "Leuven")):
            row(c, 680 - 12 * k, label, (f"{70 + k},0", f"{60 + k},8", f"{8 + k},6"), (236, 306, 496))
            c.line(55, 677 - 12 * k, 500, 677 - 12 * k)

    assert paths(tables(draw)) == [("Raming",), ("Uitkomst",), ("Verschil uitkomst en raming",)]


def test_the_heading_of_a_panel_may_reach_over_the_first_figures():
    def draw(c: Canvas) -> None:
        row(c, 704, "", ("2021", "2022", "2023", "2024"))
        c.setFont("Helvetica-Oblique", 9)
        c.drawString(60, 686, "Deel A. Uitgaven naar de opleiding van het gezinshoofd")
        c.setFont("Helvetica", 9)
        body(c, 672)
        for y in (716, 698, 622):
            c.line(55, y, 515, y)

    (table,) = tables(draw)
    assert [column.path for column in table.columns] == [("2021",), ("2022",), ("2023",), ("2024",)]
    assert all(
        line.labels[0] in {"Lonen", "Werking", "Subsidies", "Rente"} for line in table.rows if line.cells[0].text
    )


def test_a_spanner_with_a_rule_under_two_headers_leaves_out_the_third_though_all_come_again():
    rights = [180, 250, 310, 370, 440, 510]

    def draw(c: Canvas) -> None:
        for x0, x1, year, loan in ((130, 310, "2001", "Auto"), (330, 510, "2010", "Studie")):
            c.drawCentredString((x0 + x1) / 2, 720, year)
            c.line(x0, 716, x1, 716)
            c.drawCentredString((x0 + x1 - 60) / 2, 706, loan)
            c.line(x0, 702, x1 - 60, 702)
        row(c, 692, "", ("Deel", "Houders", "Mediaan") * 2, rights)
        body(c, 674, rights)
        for y in (732, 687, 624):
            c.line(55, y, 515, y)

    assert paths(tables(draw)) == [
        ("2001", "Auto", "Deel"), ("2001", "Auto", "Houders"), ("2001", "Mediaan"),
        ("2010", "Studie", "Deel"), ("2010", "Studie", "Houders"), ("2010", "Mediaan"),
    ]  # fmt: skip


def test_a_heading_in_the_middle_of_a_table_heads_the_rows_below_it():
    ends = [230, 300, 370, 440, 510]

    def draw(c: Canvas) -> None:
        row(c, 720, "Jaar", ["Samen", "Kleuter", "Lager", "Secundair", "Hoger"], ends)
        c.line(58, 715, 514, 715)
        for top, heading in ((704, "Aantal (duizend)"), (650, "Verdeling in procent")):
            c.drawCentredString(286, top, heading)
            for k, year in enumerate(("2010", "2015", "2020")):
                row(c, top - 13 * (k + 1), year, [f"{k + 2}{n}{k},{n}" for n in range(5)], ends)

    (found,) = tables(draw)
    assert [(r.labels, r.group) for r in found.rows if not r.heading] == [
        ((year,), (heading,))
        for heading in ("Aantal (duizend)", "Verdeling in procent")
        for year in ("2010", "2015", "2020")
    ]


def test_headings_at_the_left_stand_under_those_in_the_middle():
    ends = [270, 330, 390, 450, 510]

    def draw(c: Canvas) -> None:
        row(c, 760, "", ["2012", "2013", "2014", "2015", "2016"], ends)
        c.line(58, 755, 514, 755)
        for top, heading in ((744, "In miljoen euro"), (650, "In procent van het bbp")):
            c.drawCentredString(286, top, heading)
            y = top
            for group, names in (("Ontvangsten", ("Inkomsten", "Bijdragen")), ("Uitgaven", ("Werking", "Rente"))):
                y -= 13
                c.drawString(60, y, group)
                for k, name in enumerate(names):
                    y -= 13
                    row(c, y, "", [f"{k + 2}{n}{len(name)},{n}" for n in range(5)], ends)
                    c.drawString(70, y, name)

    (found,) = tables(draw)
    assert [(r.labels[0], *r.group) for r in found.rows if not r.heading] == [
        (name, heading, group)
        for heading in ("In miljoen euro", "In procent van het bbp")
        for group, names in (("Ontvangsten", ("Inkomsten", "Bijdragen")), ("Uitgaven", ("Werking", "Rente")))
        for name in names
    ]


def test_rows_stand_under_their_header_over_a_gap():
    ends, names = [230, 300, 370, 440, 510], ("Stroom", "Warmte", "Gas", "Samen", "Verschil")

    def draw(c: Canvas) -> None:
        c.drawString(60, 720, "Provincie")
        for x, name in zip(ends, names, strict=True):
            c.drawCentredString(x - 14, 720, name)
        for k, name in enumerate(("Limburg", "Antwerpen")):
            row(c, 690 - 13 * k, name, [f"{k + 2}{n},{n}" for n in range(5)], ends)

    found = tables(draw)
    assert paths(found) == [(name,) for name in names]
    assert [r.labels[0] for r in found[0].rows] == ["Limburg", "Antwerpen"]
