"""Tables of words: contacts, programmes, plans of action; their rows take several lines and their labels stand for groups."""

from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import tables

XS = [60, 170, 330, 430]
END = 520


def lines(c: Canvas, y: float, *columns: Sequence[str], step: float = 11, bold: bool = False) -> None:
    """The lines of the cells of a row, from the top; all columns begin at the same height."""
    c.setFont("Helvetica-Bold" if bold else "Helvetica", 9)
    for x, texts in zip(XS, columns, strict=False):
        for k, text in enumerate(texts):
            c.drawString(x, y - step * k, text)


def rule(c: Canvas, y: float, column: int = 0) -> None:
    c.line(XS[column] - 3, y, END, y)


def rows(draw: Callable[[Canvas], None]) -> list[list[str]]:
    (table,) = tables(draw)
    return [[*r.labels, *(cell.text for cell in r.cells)] for r in table.rows]


@pytest.mark.parametrize("number", ["+43 50 555 36111", "+32 2 528 40 00", "02 528 40 00", "(0)20 7946 0018"])
def test_the_groups_of_a_telephone_number_are_no_columns(number: str):
    def draw(c: Canvas) -> None:
        lines(c, 700, ["Land"], ["Dienst"], ["Contact"], bold=True)
        for k, land in enumerate(("Austria", "Belgium", "Denmark", "Estonia", "Finland")):
            lines(c, 680 - 30 * k, [land], [f"Agency for Safety, Street {k}"], [f"Tel. {number}", f"info@{k}.example"])

    found = rows(draw)
    assert [len(r) for r in found] == [3] * 5
    assert found[1][2] == f"Tel. {number} info@1.example"


def plan(c: Canvas, middle: float = 0) -> None:
    """Two groups of three rows and two between rules that leave out their labels, which may stand in the middle."""
    rule(c, 712)
    lines(c, 702, ["Objective"], ["Action"], ["Responsible"], ["Deadline"], bold=True)
    rule(c, 697)
    lines(c, 687 - middle, ["Better information", "for patients"])
    lines(c, 687, [], ["Publish lay summaries"], ["Communication", "unit"], ["2011"])
    rule(c, 671, 1)
    lines(c, 661, [], ["Translate the leaflets into all", "languages of the Union"], ["Translation Centre"])
    rule(c, 645, 1)
    lines(c, 635, [], ["Set up a help line"], ["National", "authorities"], ["2012"])
    rule(c, 619)
    lines(c, 609 - middle / 2, ["Fewer errors"])
    lines(c, 609, [], ["Collect reports"], ["All"], ["2012"])
    rule(c, 604, 1)
    lines(c, 594, [], ["Review names"], ["Naming group"], ["2013"])
    rule(c, 589)
    lines(c, 579, ["Transparency"], ["Open the register of", "interests to the public"], ["Legal service"], ["2011"])
    rule(c, 563)


@pytest.mark.parametrize("middle", [0, 27])
def test_rules_that_leave_out_the_label_of_a_group_part_its_rows(middle: float):
    first, second = "Better information for patients", "Fewer errors"
    assert rows(lambda c: plan(c, middle)) == [
        [first, "Publish lay summaries", "Communication unit", "2011"],
        [first, "Translate the leaflets into all languages of the Union", "Translation Centre", ""],
        [first, "Set up a help line", "National authorities", "2012"],
        [second, "Collect reports", "All", "2012"],
        [second, "Review names", "Naming group", "2013"],
        ["Transparency", "Open the register of interests to the public", "Legal service", "2011"],
    ]


def test_a_rule_over_the_figures_of_a_total_makes_no_group_of_the_labels_beside_it():
    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["Programme"], ["2024"], ["2025"], ["2026"], bold=True)
        rule(c, 697)
        for k, label in enumerate(("Roads", "Canals", "Total", "Airports", "Ports", "Total")):
            y = 687 - 13 * k
            lines(c, y, [label], [f"{k}4.210"], [f"{k}3.871"], [f"{k}4.336"])
            if label == "Total":
                rule(c, y + 9, 1)
        rule(c, 617)

    assert [r[0] for r in rows(draw)] == ["Roads", "Canals", "Total", "Airports", "Ports", "Total"]


def test_the_lines_of_an_address_belong_to_their_row_though_no_space_parts_rows():
    offices = [
        (
            "Austria",
            ["Federal Office for Safety in Health", "Care, Traisengasse 5, 1200 Vienna"],
            ["Vienna office", "a@x.example"],
        ),
        ("Czechia", ["State Institute for Drug Control,", "48, 100 41 Prague 10"], ["posta@sukl.example"]),
        ("Denmark", ["Medicines Agency, Axel Heides Gade", "1, 2300 Copenhagen S"], ["Main desk", "dk@dk.example"]),
        ("Estonia", ["State Agency of Medicines, Nooruse", "1, 50411 Tartu"], ["Front office"]),
        ("Finland", ["Medicines Agency Fimea, P.O. Box", "55, 00034 Fimea"], ["Registry", "reg@fimea.example"]),
    ]

    def draw(c: Canvas) -> None:
        lines(c, 700, ["Country"], ["Authority"], ["Contact"], bold=True)
        rule(c, 696)
        for k, (country, authority, contact) in enumerate(offices):
            lines(c, 686 - 22 * k, [country], authority, contact)
        rule(c, 572)

    assert rows(draw) == [[country, " ".join(authority), " ".join(contact)] for country, authority, contact in offices]


def test_a_blank_cell_shaded_as_its_row_is_part_of_the_stripe():
    items = [
        ("09.30", ["Welcome"], "A. Lindqvist"),
        ("09.45", ["Monitoring of coastal waters", "and their state of play"], "M. Ferreira"),
        ("10.30", [""], "All speakers"),
        ("11.15", ["Round table with users", "and authorities"], "P. Janssens"),
        ("12.00", [""], "A. Lindqvist"),
        ("12.15", ["Closing remarks"], "K. Oyelaran"),
    ]

    def draw(c: Canvas) -> None:
        lines(c, 700, ["Time"], ["Session"], ["Speaker"], bold=True)
        y = 690
        for k, (time, session, speaker) in enumerate(items):
            height = 11 * len(session) + 3
            if k % 2 == 0:
                c.setFillColorRGB(0.9, 0.9, 0.9)
                for x, end in ((60, 170), (170, 330), (330, 520)):
                    c.rect(x - 3, y - height + 2, end - x, height, stroke=0, fill=1)
                c.setFillColorRGB(0, 0, 0)
            lines(c, y - 8, [time], session, [speaker])
            y -= height

    assert rows(draw) == [[time, " ".join(session), speaker] for time, session, speaker in items]


def test_a_header_of_two_lines_ends_above_the_first_names_and_days():
    products = ["Abrivo", "Cetrava", "Dalvona", "Elmiron", "Fentora", "Gavreza", "Humexor"]

    def draw(c: Canvas) -> None:
        lines(c, 700, ["Product"], ["Marketing authorisation", "holder"], ["Substance"], ["Opinion"], bold=True)
        for k, product in enumerate(products):
            y = 678 - 11 * k
            maker = f"Laboratories of {product} Internationales"
            lines(c, y, [product], [maker if k == 3 else f"Laboratory {product}"], ["abrilimab"], [f"{k + 3} May 2010"])

    (table,) = tables(draw)
    assert [c.path for c in table.columns][-2:] == [("Substance",), ("Opinion",)]
    assert rows(draw)[0] == ["Abrivo", "Laboratory Abrivo", "abrilimab", "3 May 2010"]


def test_a_label_that_wraps_beside_several_rows_is_the_label_of_them_all():
    groups = {
        ("Better information for", "patients"): ["Publish lay summaries", "Translate the leaflets", "Help line"],
        ("Fewer medication",): ["Collect reports", "Review names"],
        ("Openness of all opinions", "and of interests"): ["Open the register", "Name the experts"],
    }

    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["Objective"], ["Action"], ["By"], bold=True)
        rule(c, 697)
        y = 687
        for label, actions in groups.items():
            lines(c, y, label)
            for action in actions:
                lines(c, y, [], [action], ["Naming group"])
                y -= 11
        rule(c, y + 6)

    expected = [[" ".join(label), action, "Naming group"] for label, actions in groups.items() for action in actions]
    assert rows(draw) == expected


def test_small_letters_below_a_long_label_are_a_label_of_their_own_where_no_column_names_the_rows():
    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["Uitgaven"], ["2024"], ["2025"], ["2026"], bold=True)
        rule(c, 697)
        for k, label in enumerate(("Uitgaven voor personeel", "waarvan statutairen", "Werking", "", "Huur")):
            lines(c, 687 - 11 * k, [label], [f"{k}4.210"], [f"{k}3.871"], [f"{k}4.336"])
        rule(c, 638)

    assert [r[0] for r in rows(draw)][:3] == ["Uitgaven voor personeel", "waarvan statutairen", "Werking"]


def test_rows_between_stripes_are_rows_and_so_is_the_header_above_the_first():
    items = [
        ("Phthalates", "117-81-7", ["Plasticiser"], False),
        ("Solvents", "79-01-6", ["Degreasing of metal", "parts"], True),
        ("Metals", "7758-97-6", ["Pigment"], False),
        ("Enamels", "1327-53-3", ["Decolouring agent for", "glass"], False),
        ("Resins", "50-00-0", ["Boards"], True),
        ("Waxes", "8002-74-2", ["Candles"], False),
    ]

    def draw(c: Canvas) -> None:
        lines(c, 700, ["Group"], ["Number"], ["Main use"], bold=True)
        y = 689
        for group, number, use, shaded in items:
            height = 11 * len(use)
            if shaded:
                c.setFillColorRGB(0.9, 0.9, 0.9)
                c.rect(57, y - height + 8, 460, height, stroke=0, fill=1)
                c.setFillColorRGB(0, 0, 0)
            lines(c, y, [group], [number], use)
            y -= height

    assert rows(draw) == [[group, number, " ".join(use)] for group, number, use, _ in items]


def test_spanners_at_the_left_of_their_columns_head_words_as_far_as_the_next():
    xs = [60, 130, 190, 250, 310, 370, 440]

    def line(c: Canvas, y: float, texts: Sequence[str], bold: bool = False) -> None:
        c.setFont("Helvetica-Bold" if bold else "Helvetica", 9)
        for x, text in zip(xs, texts, strict=True):
            c.drawString(x, y, text)

    def draw(c: Canvas) -> None:
        c.line(57, 712, 500, 712)
        line(c, 702, ["", "Animals", "", "Food", "", "Plants", ""], bold=True)
        line(c, 691, ["State", "Central", "Regional", "Central", "Regional", "Central", "Products"], bold=True)
        c.line(57, 687, 500, 687)
        for k, state in enumerate(("Austria", "Belgium", "Denmark", "Estonia", "Finland")):
            line(c, 677 - 11 * k, [state, "Agency", "Offices", "Ministry", "Offices", "Institute", "Service"])
        c.line(57, 629, 500, 629)

    (table,) = tables(draw)
    over = ["Animals", "Animals", "Food", "Food", "Plants", "Plants"]
    lowest = ["Central", "Regional", "Central", "Regional", "Central", "Products"]
    assert [c.path for c in table.columns] == list(zip(over, lowest, strict=True))
    assert [r.labels[0] for r in table.rows] == ["Austria", "Belgium", "Denmark", "Estonia", "Finland"]


def test_a_heading_between_rules_over_rows_of_words_parts_no_table():
    sectors = {"Agriculture": ["Nitrates", "Manure"], "Transport": ["Rail freight", "Cycling"], "Homes": ["Heating"]}

    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["Measure"], ["Description"], ["By"], bold=True)
        rule(c, 697)
        y = 687
        for sector, measures in sectors.items():
            lines(c, y, [sector], bold=True)
            rule(c, y - 4)
            for measure in measures:
                y -= 14
                lines(c, y, [measure], [f"Rules for {measure.lower()}"], ["Regions"])
                rule(c, y - 4)
            y -= 14

    (table,) = tables(draw)
    assert [r.labels[0] for r in table.rows if not r.heading] == [m for held in sectors.values() for m in held]
    assert [r.group for r in table.rows if not r.heading][-1] == ("Homes",)


def test_short_words_in_every_column_are_rows_though_none_would_fit_behind_the_other():
    states = ["Austria", "Belgium", "Czechia", "Denmark", "Estonia", "Finland"]
    held = ["Bureau", "Agency and", "Centre", "Council and", "Office", "Labour"]

    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["State"], ["Central"], ["Regional"], ["Local"], bold=True)
        rule(c, 697)
        y = 687
        for state, office in zip(states, held, strict=True):
            lines(c, y, [state], [office], [office], [office])
            if office.endswith(" and"):
                y -= 11
                lines(c, y, [], [], ["Health"])
            y -= 11
        rule(c, y + 6)

    assert [r[0] for r in rows(draw)] == states


def test_texts_in_the_middle_of_their_row_are_in_it_beside_one_of_two_lines_in_the_middle_of_the_table():
    holders = [
        ["Nordic"],
        ["Dumont"],
        ["Iberica"],
        ["Helvetia Oncology Services", "International"],
        ["Cephas"],
        ["Plasma"],
    ]
    xs = [60, 170, 265, 420]

    def draw(c: Canvas) -> None:
        y = 702
        for k, holder in enumerate([["Holder"], *holders]):
            c.setFont("Helvetica" if k else "Helvetica-Bold", 9)
            texts = [f"Product {k}", "abrilimab", f"{k + 2} May 2010"] if k else ["Product", "Substance", "Opinion"]
            for x, text in zip((xs[0], xs[1], xs[3]), texts, strict=True):
                c.drawString(x, y - 5.5 * (len(holder) - 1), text)
            for n, text in enumerate(holder):
                c.drawString(xs[2], y - 11 * n, text)
            y -= 11 * len(holder) + 3

    assert [r[2] for r in rows(draw)] == [" ".join(holder) for holder in holders]


def test_stripes_that_leave_out_the_labels_join_no_labels_of_groups_far_apart():
    groups = {
        "Flame retardants": ["Boards", "Foam"],
        "Solvents": ["Metal parts"],
        "Metals": ["Pigment", "Glass", "Paper"],
    }

    def draw(c: Canvas) -> None:
        lines(c, 702, ["Group"], ["Main use"], ["Office"], bold=True)
        y, shaded = 688, False
        for group, uses in groups.items():
            for k, use in enumerate(uses):
                shaded = not shaded
                if shaded:
                    c.setFillColorRGB(0.9, 0.9, 0.9)
                    c.rect(167 if len(uses) > 1 else 57, y - 4, 353, 14, stroke=0, fill=1)
                    c.setFillColorRGB(0, 0, 0)
                lines(c, y, [group] if k == 0 else [], [use], ["Agency"])
                y -= 14

    expected = [[group, use, "Agency"] for group, uses in groups.items() for use in uses]
    assert rows(draw) == expected


def test_a_break_in_the_middle_of_the_columns_holds_for_them_all():
    items = ["Welcome", "Coffee", "State of play of the directive", "Lunch break", "Questions from the floor"]

    def draw(c: Canvas) -> None:
        rule(c, 712)
        lines(c, 702, ["Time"], ["Session"], ["Speaker"], ["Room"], bold=True)
        rule(c, 697)
        for k, item in enumerate(items):
            y = 687 - 12 * k
            if item in {"Coffee", "Lunch break"}:
                lines(c, y, [f"1{k}.30"])
                c.drawCentredString((XS[1] + 460) / 2, y, item)
            else:
                lines(c, y, [f"1{k}.30"], [item], ["A. Lindqvist"], ["Room 1"])
        rule(c, 632)

    (table,) = tables(draw)
    spans = {c.text: (c.column, c.column_span) for c in table.grid.cells if c.text in items}
    assert [spans[item] for item in items] == [(1, 1), (1, 3), (1, 1), (1, 3), (1, 1)]
