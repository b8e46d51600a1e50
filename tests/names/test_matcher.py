import csv
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.names import NameList, load_lists, match_label
from pv_extract.names.folding import plain

SHARED = Path(__file__).resolve().parents[3] / "shared" / "domain"


@cache
def shipped(key: str) -> NameList:
    return load_lists()[key]


SOURCE_LABELS = {
    "Autosector en aanverwante sectoren": "autosector",
    "Binnenvaart": "binnenvaart",
    "Bouw": "bouw",
    "Chemie, kunststoffen en life sciences": "chemie",
    "Elektriciens: installatie en distributie": "elektriciens",
    "Grafische sector en Papier- en kartonbewerkende sector": "grafisch-papier",
    "Groene sectoren": "groene-sectoren",
    "Haartooi - fitness - schoonheidszorgen": "haartooi-fitness-schoonheid",
    "Handel - Detailhandel": "handel-detailhandel",
    "Handel - Voedingshandel": "handel-voedingshandel",
    "Handel - Zelfstandige kleinhandel": "handel-zelfstandige-kleinhandel",
    "Horeca": "horeca",
    "Houtsectoren": "hout",
    "Kleding en Confectie": "kleding-confectie",
    "Lokale besturen": "lokale-besturen",
    "Social profit": "social-profit",
    "Technologische industrie": "technologische-industrie",
    "Textiel": "textiel",
    "Textielverzorging": "textielverzorging",
    "Transport, logistiek en grondafhandeling op luchthavens": "transport-logistiek-luchthavens",
    "Vlaams Partnerschap": "vlaams-partnerschap",
    "Voedingsindustrie": "voedingsindustrie",
}


@pytest.mark.parametrize(("label", "key"), SOURCE_LABELS.items())
def test_every_sector_of_the_source_document_has_its_own_name(label: str, key: str) -> None:
    match = match_label(label, shipped("partnerships")).match
    assert match is not None
    assert (match.id, match.how, match.score) == (key, "exact", 100.0)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs ../shared")
def test_confirmed_spellings_resolve_and_inferred_ones_are_never_wrong() -> None:
    with (SHARED / "aliases.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    for row in rows:
        outcome = match_label(row["alias"], shipped("partnerships"))
        found = outcome.match.id if outcome.match else None
        if row["status"] == "inferred_variant":
            assert found == row["partnership_id"] or outcome.status == "review", (row, outcome)
        else:
            assert found == row["partnership_id"], (row, outcome)


@pytest.mark.parametrize(
    ("label", "key", "how"),
    [
        ("BOUW", "bouw", "exact"),
        ("Bouwsector (PC 124)", "bouw", "alias"),
        ("B0uw", "bouw", "exact"),
        ("Bouvv", "bouw", "exact"),
        ("1. Horeca*", "horeca", "exact"),
        ("Horeca2", "horeca", "exact"),
        ("Groenesectoren", "groene-sectoren", "exact"),
        ("Kleding & confectie", "kleding-confectie", "exact"),
        ("Confectie en kleding", "kleding-confectie", "exact"),
        ("Textiel verzorging", "textielverzorging", "exact"),
        ("Papier- en karton\u00adbewerkende sector", "grafisch-papier", "alias"),
        ("Educam", "autosector", "alias"),
        ("PC 124", "bouw", "alias"),
        ("Secteur de la construction", "bouw", "alias"),
        ("Woodwize - hout en meubel", "hout", "alias"),
        ("Chemie, kunststoffen en life sc", "chemie", "fuzzy"),
        ("Chem., kunstst. & life sc.", "chemie", "fuzzy"),
        ("Voedingsindustire", "voedingsindustrie", "fuzzy"),
        ("Houtsectroen", "hout", "exact"),
        ("Transp., log. en grondafh. luchth.", "transport-logistiek-luchthavens", "fuzzy"),
        ("Handel - Zelfst. kleinh.", "handel-zelfstandige-kleinhandel", "fuzzy"),
    ],
)
def test_a_sector_is_known_however_it_is_printed(label: str, key: str, how: str) -> None:
    outcome = match_label(label, shipped("partnerships"))
    assert outcome.match is not None, outcome
    assert outcome.match.id == key
    assert outcome.match.rule
    if how != "exact" or outcome.match.how != "fuzzy":
        assert outcome.match.how == how, outcome


@pytest.mark.parametrize(
    "label",
    [
        "Kinderopvang", "Toerisme", "Mode", "Wasmachines", "Houthandel", "Textielhandel", "Groene energie", "Groentesector",
        "Voering", "Biotechnologische industrie", "Geografische sector", "Lokale economie", "Sociale economie", "Transportbeton",
        "Horeca / Toerisme", "Social profit / Kinderopvang", "Bouw & industrie", "Chemie of metaal", "Bouw en vastgoed",
        "Text", "Hand", "Handel -", "Handel - Z", "Vlaams", "Groene", "Brussels H. Gewest", "Jo Brouns", "PC 200", "PC 149.04",
    ],
)  # fmt: skip
def test_what_is_something_else_or_only_half_a_name_is_never_accepted(label: str) -> None:
    outcome = match_label(label, shipped("partnerships"))
    assert outcome.match is None
    assert outcome.status in {"review", "refused"}
    assert outcome.why


@pytest.mark.parametrize(
    "label",
    ["Totaal", "TOTAAL", "T0taal", "Totaa1", "Eindtotaal", "Subtotaal handel", "Bouw (totaal)", "Total général"],
)
def test_a_total_is_no_sector(label: str) -> None:
    assert match_label(label, shipped("partnerships")).status == "total"


@pytest.mark.parametrize(
    "label",
    ["Overige", "Andere sectoren", "Onbekende sector", "Niet toegewezen", "Niet-toegewezen", "Diverse", "0verige"],
)
def test_what_is_left_over_is_no_sector(label: str) -> None:
    outcome = match_label(label, shipped("partnerships"))
    assert outcome.status == "residual"
    assert outcome.settled


def test_a_total_may_speak_of_a_region_and_is_none() -> None:
    outcome = match_label("Totaal Vlaamse gemeenschap", shipped("regions"))
    assert (outcome.status, outcome.match) == ("total", None)
    assert outcome.reference is not None
    assert outcome.reference.id == "VGEM"


def test_residual_regions_are_names_of_their_list() -> None:
    match = match_label("Niet toegewezen", shipped("regions")).match
    assert match is not None
    assert match.id == "X-ONBEKEND"


def test_one_label_may_name_two_sectors() -> None:
    match = match_label("Textiel en confectie", shipped("partnerships")).match
    assert match is not None
    assert match.ids == ("textiel", "kleding-confectie")


def test_a_code_that_speaks_of_another_name_holds_the_label_back() -> None:
    outcome = match_label("Bouw (PC 302)", shipped("partnerships"))
    assert outcome.status == "review"
    assert {c.id for c in outcome.candidates} == {"bouw", "horeca"}


def test_an_inferred_alias_says_so() -> None:
    match = match_label("Metaal", shipped("partnerships")).match
    assert match is not None
    assert match.rule.startswith("inferred alias 'Metaal'")


def test_a_fuzzy_match_tells_its_runner_up_and_margin() -> None:
    match = match_label("Textel", shipped("partnerships")).match
    assert match is not None
    assert match.runner_up is not None
    assert match.margin < match.score < 100


@pytest.mark.parametrize(
    "label", ["", "   ", "-", "***", "2022-2023", "124", "10.225", "\x00\x07", "\u200b", "x" * 10_000, "Bouw " * 3_000]
)
def test_an_odd_label_is_refused_with_a_reason(label: str) -> None:
    outcome = match_label(label, shipped("partnerships"))
    assert outcome.status == "refused"
    assert outcome.why


def test_control_characters_do_not_hide_a_name() -> None:
    match = match_label("Ho\x00reca\x07\r\n", shipped("partnerships")).match
    assert match is None or match.id == "horeca"


@given(st.text(max_size=400))
def test_no_text_breaks_the_matcher(text: str) -> None:
    outcome = match_label(text, shipped("partnerships"))
    assert (outcome.status == "accepted") == (outcome.match is not None)


@given(st.sampled_from(sorted(SOURCE_LABELS)), st.sampled_from([str.upper, str.lower, str.title]))
def test_case_does_not_matter(label: str, case: "type[str]") -> None:
    match = match_label(case(label), shipped("partnerships")).match
    assert match is not None
    assert match.id == SOURCE_LABELS[label]


@given(st.text(max_size=80))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert plain(plain(text)) == plain(text) or not plain(text).isascii()
