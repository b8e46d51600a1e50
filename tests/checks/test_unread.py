"""Figures of a dump that no table took."""

from pv_extract.checks.unread import unread
from pv_extract.layout.dump import blocks
from pv_extract.readers.text import read_text


def messages(text: str) -> list[str]:
    return [finding.message for finding in unread(blocks(read_text(text.encode(), "dump.txt", "0").lines))]


def test_figures_apart_from_any_label_are_said():
    (message,) = messages(
        "Het overzicht volgt hier.\n\n12,5\n\n13,1\n\n7,2\n\n8,8\n\n9,1\n\n10,4\n\nBron: eigen telling.\n"
    )
    assert "'12,5'" in message
    assert "'10,4'" in message


def test_rows_that_end_in_words_are_said():
    text = "Vrijstelling  D.5  -0,021  -0,010  0,000  goedgekeurd\nBonus  D.61  -0,040  -0,019  -0,044  koninklijk besluit\n"
    assert len(messages(text)) == 1


def test_numbers_in_running_text_are_not():
    prose = "In 2023 waren er 41 aanvragen voor 12 havens, waarvan 7 geweigerd.\nIn 2024 waren dat er 44.\n"
    assert not messages(prose * 4)


def test_figures_of_a_table_are_not():
    assert not messages("Haven 2022 2023\nGent 12 13\nOostende 14 15\nZeebrugge 16 17\n")
