from pathlib import Path

import pytest

from pv_extract.findings import ConfigurationError
from pv_extract.names import load_lists, match_label, shipped_names
from pv_extract.names.codes import schemes

HEAD = "id,name,kind,refnis,parent\n"
ALIASES = "alias,id,status\n"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = tmp_path / (name.replace("__", ".") + (".yaml" if name.endswith("_settings") else ".csv"))
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"kin": HEAD + "a,Een,,,\na,Twee,,,\n"}, r"row 3: id 'a' stands in .*kin\.csv, row 2"),
        ({"kin": HEAD + "a,Een,,,\nb,EEN,,,\n"}, r"row 3: 'EEN' stands for b, but in .*row 2 for a"),
        (
            {"kin": HEAD + "a,Een,,,\nb,Twee,,,\n", "kin__aliases": ALIASES + "Twee!,a,confirmed\n"},
            r"aliases\.csv, row 2.*kin\.csv, row 3",
        ),
        (
            {"kin": HEAD + "a,Een,,,\nb,Twee,,,\n", "kin__aliases": ALIASES + "Uno,a,confirmed\nuno,b,inferred\n"},
            r"row 3: 'uno' stands for b, but in .*row 2 for a",
        ),
        ({"kin": HEAD + "a,Een,,,\n", "kin__aliases": ALIASES + "Uno,z,confirmed\n"}, r"row 2: 'z' is no id"),
        ({"kin": HEAD + "a,Een,,,\n", "kin__aliases": ALIASES + "Uno,a,sure\n"}, r"status is 'sure'; expected one of confirmed"),
        ({"kin": HEAD + "a,Een,,4000,\n"}, r"row 2: refnis '4000' is not well-formed.*04000.*leading zero"),
        ({"kin": HEAD + "a,Een,,04000,\nb,Twee,,04000,\n"}, r"row 3: refnis 04000 belongs to b, but in .*row 2 to a"),
        ({"kin": HEAD + "a,Een,,,z\n"}, r"row 2: 'z' is no id"),
        ({"kin": "id,label\na,Een\n"}, r"row 1: column name is missing"),
        ({"kin": "id;name\na;Een\n"}, r"row 1: expected columns separated by commas, found semicolons"),
        ({"kin": b"\xef\xbb\xbfid,name\na,Een\n"}, r"row 1: found a byte order mark; save"),
        ({"kin": "id,name\na,Eén\n".encode("cp1252")}, r"row 2: expected UTF-8, found byte 0xe9; save"),
        ({"kin": "id,name\na,Een, twee\n"}, r"row 2: expected 2 cells, found 3; put quotes"),
        ({"kin": "id,name\n,Een\n"}, r"row 2: column id is empty"),
        ({"kin": "id,name,valid_from\na,Een,2021-13\n"}, r"row 2: valid_from is '2021-13'; expected YYYY"),
        ({"kin": ""}, r"row 1: expected the columns id,name, found an empty file"),
        ({"kin": "id,name\n"}, r"expected names in kin\.csv, found none"),
        ({"kin": HEAD + "a,Een,,,\n", "decisions": "label,list,id\nx,nope,a\n"}, r"decisions\.csv, row 2: there is no list 'nope'"),
        ({"kin": HEAD + "a,Een,,,\n", "decisions": "label,list,id\nx,kin,z\n"}, r"decisions\.csv, row 2: 'z' is no id"),
        ({"kin": HEAD + "a,Een,,,\n", "decisions": "label,list,id\nx,kin,\n"}, r"decisions\.csv, row 2: column id is empty"),
    ],
)  # fmt: skip
def test_a_list_that_contradicts_itself_is_refused_with_file_row_and_remedy(
    tmp_path: Path, files: dict[str, str | bytes], said: str
) -> None:
    with pytest.raises(ConfigurationError, match=said):
        load_lists([folder(tmp_path, **files)])


def test_a_users_folder_adds_to_the_shipped_lists(tmp_path: Path) -> None:
    folder(tmp_path, partnerships__aliases=ALIASES + "Bouwmeesters,bouw,confirmed\n", kin="id,name\na,Een\n")
    lists = load_lists([shipped_names(), tmp_path])
    match = match_label("bouwmeesters", lists["partnerships"]).match
    assert match is not None
    assert match.id == "bouw"
    assert set(lists) > {"partnerships", "regions", "kin"}


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="expected a folder with name lists"):
        load_lists([tmp_path / "nowhere"])


def test_the_shipped_lists_carry_their_codes() -> None:
    codes = {(c.scheme, c.value): c.id for c in load_lists()["regions"].codes}
    assert codes["refnis", "04000"] == codes["nuts", "BE10"] == codes["iso", "BE-BRU"] == "BRU"
    assert all(schemes()[c.scheme].well_formed(c.value) for lst in load_lists().values() for c in lst.codes)


def test_every_alias_says_who_when_and_why() -> None:
    aliases = [a for lst in load_lists().values() for a in lst.aliases]
    assert aliases
    assert all(a.by and a.on and a.why for a in aliases)
    assert all(a.status != "confirmed" for a in aliases if "general knowledge" in a.why)


def test_thresholds_say_how_they_were_set() -> None:
    for lst in load_lists().values():
        limits = lst.settings.thresholds
        assert limits.review < limits.accept
        assert all((limits.how, limits.set_on, limits.set_by)), lst.id
