import pytest

from pv_extract.text import join_lines, split_marks


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["2019-", "2020"], "2019-2020"),
        (["2022-", "2023*"], "2022-2023*"),
        (["Papier- en", "kartonbewerkende sector"], "Papier- en kartonbewerkende sector"),
        (["Papier-", "en kartonbewerkende sector"], "Papier- en kartonbewerkende sector"),
        (["Provincie West-", "Vlaanderen"], "Provincie West-Vlaanderen"),
        (["Haartooi -", "fitness"], "Haartooi - fitness"),
        (["over\u00ad", "eenkomst"], "overeenkomst"),
        (["en/", "of"], "en/of"),
        (["  per sector** ", ""], "per sector**"),
        ([], ""),
    ],
)
def test_wrapped_text_reads_as_a_reader_reads_it(parts, text):
    assert join_lines(parts) == text


@pytest.mark.parametrize(
    ("text", "core", "marks"),
    [
        ("2022-2023*", "2022-2023", ("*",)),
        ("per sector** ", "per sector", ("**",)),
        ("226¹", "226", ("1",)),
        ("226 (1)", "226", ("1",)),
        ("226*¹", "226", ("*", "1")),
        ("226¹²", "226", ("12",)),
        ("Overheidᵃ", "Overheid", ("a",)),
        ("Overheid⁽ᵃ⁾", "Overheid", ("a",)),
        ("3,1ᵃ,ᵇ", "3,1", ("a", "b")),
        ("226¹,²", "226", ("1", "2")),
        ("zonder", "zonder", ()),
        ("*", "*", ()),
        ("oppervlakte in m²", "oppervlakte in m²", ()),
    ],
)
def test_marks_are_told_from_the_text_they_hang_on(text, core, marks):
    assert split_marks(text) == (core, marks)
