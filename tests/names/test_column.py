from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from pv_extract.names import load_lists, match_column
from pv_extract.names.assignment import assign

LISTS = load_lists()
PROVINCES = [
    "Provincie Antwerpen",
    "Provincie Limburg",
    "Provincie Oost-Vlaanderen",
    "Provincie Vlaams-Brabant",
    "Provincie West-Vlaanderen",
]


def ids(labels: list[str], **around: object) -> list[str | None]:
    found = match_column(labels, LISTS, **around)  # type: ignore[arg-type]
    return [o.match.id if o.match else None for o in found.outcomes]


def test_the_regions_of_the_source_document_in_any_order() -> None:
    labels = ["Brussels H. Gewest", *PROVINCES, "Totaal Vlaamse gemeenschap"]
    assert ids(labels) == ["BRU", "ANT", "LIM", "OVL", "VBR", "WVL", None]
    assert ids(labels[::-1]) == [None, "WVL", "VBR", "OVL", "LIM", "ANT", "BRU"]


def test_vlaanderen_is_what_the_members_beside_it_make_it() -> None:
    assert ids([*PROVINCES, "Vlaanderen"])[-1] == "VLG"
    assert ids([*PROVINCES, "Brussel", "Vlaanderen"])[-1] == "VGEM"
    assert ids(["Vlaanderen", "Wallonië", "Brussel"])[0] == "VLG"
    assert ids(["Vlaanderen"], list_id="regions") == [None]


def test_a_region_above_others_of_its_column_is_told_as_an_aggregate() -> None:
    assert match_column([*PROVINCES, "Vlaams Gewest"], LISTS).aggregates == (5,)


def test_the_list_is_found_by_what_fits_it() -> None:
    assert match_column(["Bouw", "Horeca", "Totaal"], LISTS).list == "partnerships"
    assert match_column(["Antwerpen", "Limburg", "Totaal"], LISTS).list == "regions"
    assert match_column(["Antwerpen", "Gent", "Leuven"], LISTS).list == "municipalities"


def test_a_column_about_something_else_has_no_list() -> None:
    found = match_column(["Jongens", "Meisjes", "Totaal"], LISTS)
    assert found.list is None
    assert [o.match for o in found.outcomes] == [None, None, None]


def test_the_heading_above_decides_between_two_sectors() -> None:
    labels = ["Detailhandel", "Voeding", "Zelfstandige kleinhandel"]
    headed = ids(labels, list_id="partnerships", groups=[("Handel",)] * 3)
    assert headed == ["handel-detailhandel", "handel-voedingshandel", "handel-zelfstandige-kleinhandel"]
    assert ids(labels, list_id="partnerships")[1] == "voedingsindustrie"


def test_a_name_is_given_once_and_the_surer_row_keeps_it() -> None:
    found = match_column(["Bouw", "Constructiv", "Horeca"], LISTS, list_id="partnerships")
    assert [o.status for o in found.outcomes] == ["accepted", "review", "accepted"]
    assert [(c.id, c.rows) for c in found.collisions] == [("bouw", (0, 1))]


def test_two_rows_with_an_equal_claim_are_both_held_back() -> None:
    found = match_column(["Constructiv", "Bouwnijverheid", "Horeca"], LISTS, list_id="partnerships")
    assert [o.status for o in found.outcomes] == ["review", "review", "accepted"]


def test_a_name_may_stand_once_under_each_heading() -> None:
    groups = [("Erkenningen",), ("Erkenningen",), ("Overeenkomsten",), ("Overeenkomsten",)]
    found = match_column(["Bouw", "Horeca", "Bouw", "Horeca"], LISTS, groups=groups)
    assert not found.collisions
    assert all(o.match for o in found.outcomes)


def test_a_tie_is_broken_by_the_row_that_has_the_other_name() -> None:
    alone = ids(["Textielverz. "], list_id="partnerships")
    beside = match_column(["Textiel", "Textielverz."], LISTS, list_id="partnerships")
    assert alone == ["textielverzorging"]
    assert [o.match.id if o.match else None for o in beside.outcomes] == ["textiel", "textielverzorging"]


def test_an_empty_column_is_no_column() -> None:
    assert match_column([], LISTS).outcomes == ()
    assert match_column(["", " "], LISTS).list is None


@given(st.lists(st.dictionaries(st.sampled_from("abcd"), st.integers(1, 20).map(float), max_size=4), max_size=5))
def test_no_other_way_to_share_out_names_scores_higher(scores: list[dict[str, float]]) -> None:
    chosen = assign(scores)
    given_ids = [k for k in chosen if k]
    assert len(set(given_ids)) == len(given_ids)
    reached = sum(scores[i][k] for i, k in enumerate(chosen) if k)
    places = ["a", "b", "c", "d", *[None] * len(scores)]
    best = max(
        sum(scores[i].get(k, 0.0) for i, k in enumerate(order) if k) for order in permutations(places, len(scores))
    )
    assert reached == best
