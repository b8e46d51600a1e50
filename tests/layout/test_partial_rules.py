"""Headers whose rules run over some of the columns only, as statistical offices print them."""

from collections.abc import Mapping, Sequence

from reportlab.pdfgen.canvas import Canvas
from tests.layout.test_budget_tables import level, paths, row, tables

NAMES = ["Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen"]


def centred(c: Canvas, y: float, texts: Mapping[int, str]) -> None:
    for x, text in texts.items():
        c.drawCentredString(x, y, text)


def figures(c: Canvas, top: float, rights: Sequence[float], step: float = 13) -> float:
    for k, name in enumerate(NAMES):
        row(c, top - step * k, name, [f"{k + 2}{n}{k},{n}" for n in range(len(rights))], rights)
    return top - step * len(NAMES)


def test_headers_over_two_lines_beside_others_of_one_are_no_level_under_a_spanner():
    ends = [234, 285, 328, 382, 433, 475, 529]

    def draw(c: Canvas) -> None:
        level(c, 742, 61, 534)
        centred(c, 731, {259: "Referentie 2020", 406: "Optie 3 in 2020"})
        level(c, 725, 186, 480)
        for x, first, second in ((265, "Gas en", "warmte"), (413, "Gas en", "warmte"), (507, "Verschil", "(%)")):
            centred(c, 714, {x: first})
            centred(c, 702, {x: second})
        centred(c, 702, {81: "Provincie", 213: "Stroom", 312: "Samen", 360: "Stroom", 459: "Samen"})
        level(c, 696, 186, 480)
        figures(c, 680, ends, 16)

    names = ["Stroom", "Gas en warmte", "Samen"]
    over = ["Referentie 2020", "Optie 3 in 2020"]
    assert paths(tables(draw)) == [*((spanner, name) for spanner in over for name in names), ("Verschil (%)",)]


def test_a_row_of_ranges_set_with_spaces_is_no_part_of_the_header():
    ends = [320, 400, 480]

    def draw(c: Canvas) -> None:
        row(c, 700, "Indicator", ["Optie 1", "Optie 2", "Optie 3"], ends)
        row(c, 686, "Extra banen", ["4 – 6", "21 – 28", "34 – 49"], ends)
        row(c, 672, "Energiefactuur", ["0,0", "-0,2", "-0,3"], ends)
        row(c, 658, "Uitstoot", ["2,1", "17,4", "31,0"], ends)

    found = tables(draw)
    assert paths(found) == [("Optie 1",), ("Optie 2",), ("Optie 3",)]
    assert [r.labels[0] for r in found[0].rows] == ["Extra banen", "Energiefactuur", "Uitstoot"]


def test_a_spanner_on_its_rule_leaves_the_columns_beside_it_to_others():
    ends = [180, 225, 270, 315, 360, 405, 450, 495]

    def draw(c: Canvas) -> None:
        level(c, 740)
        centred(c, 732, {293: "Basisonderwijs", 461: "Secundair"})
        level(c, 728, 192, 500)
        centred(c, 720, {165: "Alle", 348: "Lagere school"})
        level(c, 716, 288, 408)
        centred(c, 708, {165: "graden"})
        heads = ["", "Samen", "Kleuters", "1 tot 2", "3 tot 4", "5 en 6", "Samen", "Graad 1"]
        row(c, 708, "Jaar", heads, ends)
        level(c, 704)
        level(c, figures(c, 690, ends) + 8)

    school, lower = "Basisonderwijs", "Lagere school"
    assert paths(tables(draw)) == [
        ("Alle graden",),
        (school, "Samen"),
        (school, "Kleuters"),
        *((school, lower, years) for years in ("1 tot 2", "3 tot 4", "5 en 6")),
        ("Secundair", "Samen"),
        ("Secundair", "Graad 1"),
    ]


def test_a_frame_with_a_wall_behind_the_labels_alone_has_the_columns_of_its_figures():
    ends = [200, 255, 304, 369, 425, 492, 555]

    def draw(c: Canvas) -> None:
        level(c, 742, 58, 563)
        level(c, 729, 150, 563)
        level(c, 717, 310, 431)
        level(c, 704, 150, 563)
        level(c, 632, 58, 563)
        c.line(150, 742, 150, 632)
        centred(c, 732, {205: "Areaal", 345: "Opbrengst per hectare", 497: "Productie"})
        years = {178: "2012", 233: "2013", 285: "2012", 370: "2013", 464: "2012", 530: "2013"}
        centred(c, 720, years)
        c.drawString(90, 720, "Provincie")
        centred(c, 707, {342: "september", 402: "oktober"})
        c.setFontSize(7)
        row(c, 696, "", ["(hectare)", "(hectare)", "(ton)", "(ton)", "(ton)", "(1 000 ton)", "(1 000 ton)"], ends)
        c.setFontSize(9)
        figures(c, 686, ends, 11)

    assert paths(tables(draw)) == [
        ("Areaal", "2012", "(hectare)"),
        ("Areaal", "2013", "(hectare)"),
        ("Opbrengst per hectare", "2012", "(ton)"),
        ("Opbrengst per hectare", "2013", "september", "(ton)"),
        ("Opbrengst per hectare", "2013", "oktober", "(ton)"),
        ("Productie", "2012", "(1 000 ton)"),
        ("Productie", "2013", "(1 000 ton)"),
    ]


def test_the_header_of_the_labels_may_stand_in_the_middle_of_those_above_a_frame():
    ends = [250, 351, 438, 531]

    def draw(c: Canvas) -> None:
        level(c, 706, 76, 536)
        level(c, 693, 169, 356)
        level(c, 680, 169, 536)
        level(c, 608, 76, 536)
        c.line(169, 706, 169, 693)
        c.line(169, 680, 169, 608)
        centred(c, 697, {262: "Areaal", 399: "Opbrengst", 490: "Productie"})
        centred(c, 690, {122: "Jaar"})
        centred(c, 684, {212: "Ingezaaid", 306: "Geoogst als graan"})
        c.setFontSize(7)
        row(c, 672, "", ["(1 000 hectare)", "(1 000 hectare)", "(ton)", "(1 000 ton)"], ends)
        c.setFontSize(9)
        for k in range(5):
            c.drawString(81, 660 - 11 * k, str(2009 + k))
            row(c, 660 - 11 * k, "", [f"8{k}.382", f"7{k}.490", f"16{k},7", f"13.09{k}.003"], ends)

    assert paths(tables(draw)) == [
        ("Areaal", "Ingezaaid", "(1 000 hectare)"),
        ("Areaal", "Geoogst als graan", "(1 000 hectare)"),
        ("Opbrengst", "(ton)"),
        ("Productie", "(1 000 ton)"),
    ]


def test_prose_beside_a_heading_in_the_margin_is_no_header_of_the_table_below_its_rule():
    ends = [400, 460, 500, 553]

    def draw(c: Canvas) -> None:
        for k, (margin, text) in enumerate(
            (
                (
                    "Ramingen stegen",
                    "De acht programma's die wij kozen meldden samen foute betalingen voor 171 miljoen",
                ),
                (
                    "bij vier van acht",
                    "tegenover 156 miljoen in het jaar ervoor. De diensten schrijven het grootste deel",
                ),
                ("programma's", "van de stijging toe aan de nieuwe meting, zoals de tabel hieronder laat zien."),
            )
        ):
            c.drawString(49, 760 - 12 * k, margin)
            c.drawString(172, 760 - 12 * k, text)
        level(c, 722, 172, 556)
        c.drawString(172, 711, "Tabel 3: Ramingen van foute betalingen")
        c.drawString(172, 699, "In miljoenen")
        centred(c, 687, {404: "Raming", 510: "Verandering"})
        level(c, 681, 344, 556)
        c.drawString(172, 671, "Dienst en programma")
        row(c, 671, "", ["2020", "2021", "Bedrag", "In %"], ends)
        level(c, 666, 172, 556)
        for k, name in enumerate(NAMES):
            c.drawString(176, 655 - 13 * k, name)
            row(c, 655 - 13 * k, "", [f"{k + 2}5.740", f"2{k}.030", f"-{k}10", f"-2,{k}"], ends)
            level(c, 651 - 13 * k, 172, 556)

    assert paths(tables(draw)) == [
        ("Raming", "2020"),
        ("Raming", "2021"),
        ("Verandering", "Bedrag"),
        ("Verandering", "In %"),
    ]


def test_the_second_line_of_a_spanner_beside_two_levels_goes_on_in_lower_case():
    ends = [240, 290, 340, 400, 460, 510]

    def draw(c: Canvas) -> None:
        level(c, 742)
        centred(c, 732, {270: "Bedrijven met personeel", 462: "Relatieve fout"})
        level(c, 727, 190, 345)
        centred(c, 718, {240: "Aantal", 462: "van de raming"})
        level(c, 713, 190, 294)
        level(c, 713, 415, 514)
        row(c, 703, "Sector", ["Alle", "Vrouwen", "Banen", "Loon", "Bedrijven", "Banen"], ends)
        level(c, 698)
        level(c, figures(c, 685, ends) + 8)

    found = paths(tables(draw))
    assert found[-2:] == [("Relatieve fout van de raming", "Bedrijven"), ("Relatieve fout van de raming", "Banen")]


def test_a_spanner_over_the_gap_of_two_others_keeps_its_line_above_its_rule():
    ends = [180, 230, 290, 340, 400, 450, 510, 560]

    def draw(c: Canvas) -> None:
        level(c, 750, 58, 562)
        centred(c, 741, {460: "Lokaal"})
        level(c, 736, 350, 562)
        centred(c, 728, {205: "Alle ontvangsten", 315: "Federaal", 402: "Samen", 512: "Belasting"})
        for x0, x1 in ((140, 232), (250, 342), (360, 452), (470, 562)):
            level(c, 724, x0, x1)
        for first, second in zip(ends[::2], ends[1::2], strict=True):
            centred(c, 715, {first - 20: "Bedrag", second - 14: "Deel"})
            centred(c, 706, {first - 20: "(duizend)", second - 14: "van totaal"})
        c.drawString(60, 706, "Gemeente")
        level(c, 702, 58, 562)
        level(c, figures(c, 690, ends) + 8, 58, 562)

    tails = ("Bedrag (duizend)", "Deel van totaal")
    over = (("Alle ontvangsten",), ("Federaal",), ("Lokaal", "Samen"), ("Lokaal", "Belasting"))
    assert paths(tables(draw)) == [(*spanners, tail) for spanners in over for tail in tails]
