"""Accents that old TeX fonts draw as characters of their own, over the letter."""

from time import process_time

import pytest
from tests.handmade import handmade

from pv_extract.readers.pdf import read_pdf


def words(shown: str) -> list[str]:
    """The words of a page that shows this, in WinAnsi: numbers move right where they are negative, in thousandths."""
    content = b"BT /F1 10 Tf 1 0 0 1 50 700 Tm " + shown.encode("cp1252") + b" ET"
    return [word.text for word in read_pdf(handmade(content), "a.pdf", "0" * 64).pages[0].words]


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("[(Re) -111 (¨) 444 (ele groei)] TJ", ["Reële", "groei"]),
        ("[(\\140) 445 (a)] TJ", ["à"]),  # a grave accent, width 333, before an a of 556
        ("[(d) -111 (´) 444 (epenses)] TJ", ["dépenses"]),
        ("[(c) 417 (¸) 0 (a)] TJ", ["ça"]),  # under the letter before it
        ("[(l) 0 (´) 0 (an)] TJ", ["l´an"]),  # an apostrophe as some type it
        ("[(2) -111 (¨) 444 (3)] TJ", ["2¨3"]),
    ],
)
def test_an_accent_over_a_letter_is_read_with_it(shown, read):
    assert words(shown) == read


@pytest.mark.parametrize(("rise", "read"), [(2.2, ["Être"]), (9.0, ["ˆ", "Etre"])])
def test_an_accent_over_a_capital_is_a_text_of_its_own(rise, read):
    shown = f"({chr(0x2C6)}) Tj 1 0 0 1 48.3 {700 - rise} Tm (Etre) Tj"
    assert sorted(words(shown)) == sorted(read)


def test_a_page_of_accents_takes_no_longer_than_one_of_words():
    places = [(10 + 28 * (n % 20), 10 + 5 * (n // 20)) for n in range(3000)]
    content = "".join(f"1 0 0 1 {x} {y} Tm (´) Tj 1 0 0 1 {x + 12} {y} Tm (Abc) Tj " for x, y in places)
    started = process_time()
    assert len(words(f"/F1 4 Tf {content}")) > 3000
    assert process_time() - started < 2.5
