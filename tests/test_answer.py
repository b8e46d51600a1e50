from datetime import date
from decimal import Decimal

import pytest

from pv_extract.answer import Parsed, parse
from pv_extract.languages import load_language
from pv_extract.model import Grid, GridCell, Line, Meaning

GRID = Grid((GridCell(0, 0, "Bouw"), GridCell(0, 1, "12")), page=1)


def read(text, *grids) -> Parsed:
    """Blocks from text: a blank line makes a gap, `[table]` stands for the next grid."""
    blocks, gap, left = [], True, list(grids)
    for line in text.strip("\n").splitlines():
        if line.strip() == "[table]":
            blocks.append(left.pop(0) if left else GRID)
        elif line.strip():
            blocks.append(Line(line.strip(), gap=gap))
        gap = not line.strip()
    return parse(blocks, load_language("nl"))


COORDINATED = """
JO BROUNS
VLAAMS MINISTER VAN ECONOMIE, INNOVATIE, WERK, SOCIALE
ECONOMIE EN LANDBOUW

Duaal leren  -  Bedrijven

Een inleiding met 12 woorden.

1. Hoeveel bedrijven zijn er per provincie, over de voorbije 3 jaren?
2. Hoeveel leerlingen?

Deze vraag werd gesteld aan de ministers Ben Weyts (712), Jo Brouns (757).

JO BROUNS
VLAAMS MINISTER VAN ECONOMIE, INNOVATIE, WERK, SOCIALE ECONOMIE EN LANDBOUW

GECOÖRDINEERD ANTWOORD
op vraag nr. 757 van 16 juni 2023
van LOES VANDROMME

1. a) Het aantal per provincie.

[table]

*Onvolledige cijfers.
** Een bedrijf met vestigingen in verschillende provincies wordt in elk van
deze provincies meegeteld.

b) Per sector.

[table]

c) Gemiddeld zijn er 3,55 erkenningen op 29/06/2023.

2. Geen gegevens.
"""


def test_the_heading_of_a_coordinated_answer():
    answer = read(COORDINATED).answer
    assert (answer.kind, answer.question_number, answer.question_date) == ("coordinated", 757, date(2023, 6, 16))
    assert (answer.asked_by, answer.answered_by) == ("Loes Vandromme", "Jo Brouns")
    assert answer.portfolio == "VLAAMS MINISTER VAN ECONOMIE, INNOVATIE, WERK, SOCIALE ECONOMIE EN LANDBOUW"
    assert answer.title == "Duaal leren - Bedrijven"
    assert [(a.minister, a.question_number) for a in answer.addressed_to] == [("Ben Weyts", 712), ("Jo Brouns", 757)]


def test_a_letter_in_brackets_under_a_table_that_prints_it_as_a_mark_begins_a_note():
    marked = Grid((GridCell(0, 0, "Bouw⁽ᵃ⁾"), GridCell(0, 1, "12")), page=1)
    text = "1. Hoeveel bedrijven?\n[table]\n(a) Met de horeca."
    assert [(n.mark, n.text) for n in read(text, marked).grids[0].notes] == [("a", "Met de horeca.")]
    assert [item.id for item in read(text).answer.items] == ["1", "1a"]


@pytest.mark.parametrize("note", ["p Voorlopig cijfer.", "p: voorlopig cijfer.", "p = voorlopig cijfer."])
def test_a_letter_alone_under_a_table_that_prints_it_as_a_mark_begins_a_note(note: str):
    marked = Grid((GridCell(0, 0, "Bouw"), GridCell(0, 1, "12ᵖ")), page=1)
    found = read(f"1. Hoeveel bedrijven?\n[table]\n{note}", marked).grids[0].notes
    assert [(n.mark, n.text.casefold()) for n in found] == [("p", "voorlopig cijfer.")]
    assert read(f"1. Hoeveel bedrijven?\n[table]\n{note}").grids[0].notes == ()


def test_a_number_alone_before_a_capital_begins_a_note_where_the_table_prints_it_as_a_mark():
    marked = Grid((GridCell(0, 0, "Bouw¹"), GridCell(0, 1, "12")), page=1)
    text = "1. Hoeveel bedrijven?\n[table]\n1 Met de horeca."
    assert [(n.mark, n.text) for n in read(text, marked).grids[0].notes] == [("1", "Met de horeca.")]
    assert read(text).grids[0].notes == ()


def test_two_notes_on_one_line_are_two_and_a_source_below_them_is_none():
    text = "1. Hoeveel?\n[table]\n¹ Zonder de horeca. ² Raming, zie nota\n2 van het verslag.\nBron: RSZ"
    assert [(n.mark, n.text) for n in read(text).grids[0].notes] == [
        ("1", "Zonder de horeca."),
        ("2", "Raming, zie nota 2 van het verslag."),
    ]


def test_items_tables_and_notes_find_each_other():
    parsed = read(COORDINATED)
    assert [(i.id, i.tables) for i in parsed.answer.items] == [("1a", ("t1",)), ("1b", ("t2",)), ("1c", ()), ("2", ())]
    assert [i.id for i in parsed.answer.questions] == ["1", "2"]
    assert [(g.id, g.item) for g in parsed.grids] == [("t1", "1a"), ("t2", "1b")]
    first, second = parsed.grids
    assert [(n.mark, n.meaning) for n in first.notes] == [
        ("*", Meaning.PROVISIONAL),
        ("**", Meaning.COUNTED_MORE_THAN_ONCE),
    ]
    assert first.notes[1].text.endswith("in elk van deze provincies meegeteld.")
    assert second.notes == ()


def test_figures_in_running_text_keep_their_sentence_and_date():
    (figure,) = read(COORDINATED).answer.items[2].figures
    assert (figure.value, figure.raw, figure.on) == (Decimal("3.55"), "3,55", date(2023, 6, 29))
    assert figure.sentence == "Gemiddeld zijn er 3,55 erkenningen op 29/06/2023."


WRITTEN_QUESTION = """
SCHRIFTELIJKE VRAAG
nr. 209
van LOES VANDROMME
datum: 28 januari 2026
aan JO BROUNS
VLAAMS MINISTER VAN ECONOMIE EN
LANDBOUW
Projecten  -  Subsidies
De subsidie bedraagt 25 procent.
1. Hoeveel aanvragen?

JO BROUNS
VLAAMS MINISTER VAN ECONOMIE EN
LANDBOUW
ANTWOORD
op vraag nr. 209 van 28 januari 2026
van LOES VANDROMME
1.
Er zijn 1093 projecten ingediend.
a) Minder dan vroeger.
2.
[table]
"""


def test_the_layout_of_a_written_question_with_its_answer():
    answer = read(WRITTEN_QUESTION).answer
    assert (answer.kind, answer.question_number, answer.question_date) == ("single", 209, date(2026, 1, 28))
    assert (answer.asked_by, answer.answered_by) == ("Loes Vandromme", "Jo Brouns")
    assert answer.title == "Projecten - Subsidies"
    assert [(i.id, i.tables) for i in answer.items] == [("1", ()), ("1a", ()), ("2", ("t1",))]
    assert answer.items[0].text == "Er zijn 1093 projecten ingediend."


def test_a_question_without_an_answer_still_has_its_number_and_date():
    answer = read("\n".join(WRITTEN_QUESTION.splitlines()[:12])).answer
    assert (answer.kind, answer.question_number, answer.question_date) == ("unknown", 209, date(2026, 1, 28))


def test_the_heading_of_2013():
    answer = read("Vraag nr. 351 van 26 februari 2013\nvan LOES VANDROMME\n\nTekst.").answer
    assert (answer.question_number, answer.question_date, answer.asked_by) == (351, date(2013, 2, 26), "Loes Vandromme")


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("ANTWOORD", "single"),
        ("AANVULLEND ANTWOORD", "supplementary"),
        ("VOORLOPIG ANTWOORD", "provisional"),
        ("GECOORDINEERD ANTWOORD", "coordinated"),
    ],
)
def test_kinds_of_answer(heading, kind):
    assert read(f"{heading}\nop vraag nr. 1 van 2 maart 2023\nvan LOES VANDROMME\n\n1. Tekst.").answer.kind == kind


def test_an_answer_that_only_refers_to_another():
    text = "ANTWOORD\nop vraag nr. 712 van 16 juni 2023\nvan LOES VANDROMME\n\nIk verwijs naar het antwoord van mijn collega."
    assert read(text).answer.kind == "referring"


def test_a_document_without_a_heading_keeps_its_tables():
    parsed = read("Zomaar een rapport.\n\n[table]\n")
    assert parsed.answer.kind == "unknown"
    assert [(g.id, g.item) for g in parsed.grids] == [("t1", None)]


@pytest.mark.parametrize("line", ["2023. Dat was een goed jaar.", "12.500 euro", "9. Veel te ver.", "d) zonder a)"])
def test_what_looks_like_an_item_and_does_not_follow_is_text(line):
    text = f"ANTWOORD\nop vraag nr. 1 van 2 maart 2023\nvan LOES VANDROMME\n\n1. Tekst.\n{line}"
    assert [i.id for i in read(text).answer.items] == ["1"]


def test_the_number_of_a_table_may_stand_on_a_line_above_its_title():
    placed = read("Tabel 4\n\nResultaat van het jaar\n[table]").grids[0]
    assert placed.caption == "Tabel 4 Resultaat van het jaar"
    assert (
        read("Tabel 1.3.II\n\nUitkeringen per maand\n[table]").grids[0].caption == "Tabel 1.3.II Uitkeringen per maand"
    )


def test_a_caption_above_a_table_is_its_title():
    (placed,) = read("Tekst.\n\nTabel 2: Aantal premies per\nprovincie\n\n[table]").grids
    assert placed.caption == "Tabel 2: Aantal premies per provincie"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[table]\nTabel 1: Premies\n\nTekst.\n", ["Tabel 1: Premies"]),
        ("[table]\nTabel 1: Premies\n\n[table]\nTabel 2: Steun\n\nTekst.", ["Tabel 1: Premies", "Tabel 2: Steun"]),
        ("Tabel 1: Premies\n[table]\nTabel 2: Steun\n[table]\n", ["Tabel 1: Premies", "Tabel 2: Steun"]),
        ("[table]\nTabel 2: Steun\n[table]\n", [None, "Tabel 2: Steun"]),
        ("Tabel 3-4: Steun\n\n(in miljoen euro)\n[table]\n", ["Tabel 3-4: Steun (in miljoen euro)"]),
        ("Tabel IV. Steun\n[table]\n", ["Tabel IV. Steun"]),
        ("[table]\nTabel 1 toont dat de steun stijgt. Dat was verwacht.\n\nTekst.", [None]),
        ("[table]\nTekst eerst.\n\nTabel 1: Premies\n", [None]),
    ],
)
def test_captions_above_and_below_tables(text, expected):
    assert [placed.caption for placed in read(text).grids] == expected


def test_the_sentence_that_announces_a_table_leads_it():
    (placed,) = read("1. Eerst iets anders. In onderstaande tabel staat de steun, in miljoen\neuro.\n\n[table]\n").grids
    assert placed.lead == "In onderstaande tabel staat de steun, in miljoen euro."
