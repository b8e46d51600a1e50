"""What is read, told by content, and what is refused in one clear line."""

import codecs
import io
import os
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.findings import Code, SourceError
from pv_extract.readers import read, sniff

FIXTURE = Path(__file__).parents[2] / "fixtures/answer-757"
DUTCH = (
    "Antwoord op vraag nr. 12 van 3 mei 2024\n"
    "Het comité telde één coördinator, 1.234 cursisten – en 55 € per dag.\n"
    "Geïnteresseerd?\n"
)


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


def compound(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(512)


WORD = (FIXTURE / "answer-757.docx").read_bytes()
PDF = (FIXTURE / "answer-757.pdf").read_bytes()

REFUSED = {
    "an empty file": (b"", "found an empty file"),
    "white space": (b" \n\n\t\f\n", "without any text"),
    "zeros": (bytes(2000), "without any text"),
    "a picture named .txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "found a PNG image"),
    "a program named .txt": (b"\x7fELF" + bytes(range(256)) * 4, "found a program"),
    "bytes that are no text": (bytes(range(256)) * 8, "expected text, found binary data"),
    "a ZIP without a document": (archive(readme=b"hello"), "found neither"),
    "a presentation": (archive(ppt__presentation_xml=b"<p/>"), "found a presentation"),
    "an OpenDocument text": (archive(mimetype=b"application/vnd.oasis"), "found an OpenDocument file"),
    "a DOCX cut short": (WORD[: len(WORD) // 2], "damaged ZIP archive"),
    "a DOCX with a broken byte": (WORD[:3000] + bytes([WORD[3000] ^ 255]) + WORD[3001:], "damaged"),
    "a DOCX without its relations": (archive(word__document_xml=b"<w/>"), "found a damaged one"),
    "a Word 97 document": (compound("WordDocument"), "a Word 97-2003 document (.doc)"),
    "an Excel 97 workbook": (compound("Workbook"), "an Excel 97-2003 workbook (.xls)"),
    "a DOCX behind a password": (compound("EncryptedPackage"), "protected with a password"),
    "a PDF cut short": (PDF[:300], "PDF"),
    "a web page": (b"\n<!DOCTYPE html><html><body>404</body></html>", "found an HTML page"),
    "an RTF file": (b"{\\rtf1\\ansi Antwoord}", "found an RTF file"),
    "wide text that breaks off": (codecs.BOM_UTF16_LE + b"a\x00b", "expected utf-16-le text"),
}


@pytest.mark.parametrize(("data", "found"), REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("name", ["answer.txt", "answer.docx"])
def test_what_cannot_be_read_is_refused_in_one_line(data, found, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as refusal:
        read(path)
    message = str(refusal.value)
    assert found in message
    assert message.startswith(str(path))
    assert "expected" in message
    assert "\n" not in message


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    with pytest.raises(SourceError, match="found no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(SourceError, match="found a folder"):
        read(tmp_path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "answer.txt"
    path.write_text("tekst", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(SourceError, match="permission denied"):
        read(path)


def test_a_file_that_the_system_refuses_is_refused(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "answer.txt"
    path.write_text("tekst", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match="permission denied"):
        read(path)


def test_an_archive_made_to_exhaust_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("pv_extract.readers.office._LARGEST", 1 << 20)
    path = tmp_path / "answer.docx"
    path.write_bytes(archive(word__document_xml=b" " * (2 << 20)))
    with pytest.raises(SourceError, match="found 2 MB"):
        read(path)


def test_a_docx_of_pictures_only_is_refused(tmp_path):
    path = tmp_path / "answer.docx"
    docx.Document().save(path)
    with pytest.raises(SourceError, match="found 0 pictures and no text"):
        read(path)


@pytest.mark.parametrize("name", ["answer-757.txt", "answer-757.docx", "answer-757.pdf"])
def test_the_name_of_a_file_plays_no_part(name, tmp_path):
    path = tmp_path / "anything.bin"
    path.write_bytes((FIXTURE / name).read_bytes())
    reader = {"txt": "text"}.get(name.rsplit(".", 1)[1], name.rsplit(".", 1)[1])
    assert read(path).source.reader == reader


ENCODINGS = {
    "plain": (DUTCH.encode(), None),
    "with a mark": (codecs.BOM_UTF8 + DUTCH.encode(), None),
    "Windows": (DUTCH.encode("cp1252"), "cp1252"),
    "Latin": (DUTCH.replace("–", "-").replace("€", "euro").encode("latin-1"), None),
    "UTF-16 of Notepad": (codecs.BOM_UTF16_LE + DUTCH.encode("utf-16-le"), "utf-16-le"),
    "UTF-16, the other way": (codecs.BOM_UTF16_BE + DUTCH.encode("utf-16-be"), "utf-16-be"),
    "UTF-16 without a mark": (DUTCH.encode("utf-16-le"), "utf-16-le"),
    "UTF-32": (codecs.BOM_UTF32_LE + DUTCH.encode("utf-32-le"), "utf-32-le"),
}


@pytest.mark.parametrize(("data", "named"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_text_in_another_encoding_is_read_and_the_encoding_named(data, named, tmp_path):
    path = tmp_path / "answer.txt"
    path.write_bytes(data)
    document = read(path)
    assert document.lines[0].text == "Antwoord op vraag nr. 12 van 3 mei 2024"
    assert "één coördinator, 1.234 cursisten" in document.lines[1].text
    assert document.lines[2].text == "Geïnteresseerd?"
    if named:
        (remark,) = document.remarks
        assert remark.code == Code.ENCODING_GUESSED
        assert named in remark.message


def test_the_lines_of_a_dump_keep_pages_gaps_and_spaces(tmp_path):
    path = tmp_path / "answer.txt"
    path.write_bytes(b"een   twee\r\n\r\ndrie\x0cvier\rvijf\n\x0c")
    document = read(path)
    assert document.source.pages == 2
    assert [(line.text, line.page, line.gap) for line in document.lines] == [
        ("een   twee", 1, True),
        ("", 1, False),
        ("drie", 1, True),
        ("vier", 2, True),
        ("vijf", 2, False),
        ("", 2, False),
    ]


def test_a_dump_without_form_feeds_has_no_pages(tmp_path):
    path = tmp_path / "answer.txt"
    path.write_text("een\ntwee\n", encoding="utf-8")
    assert read(path).source.pages == 0


@given(st.binary(min_size=1, max_size=400))
def test_no_bytes_lead_to_anything_but_a_document_or_a_refusal(data):
    try:
        assert sniff(data) in ("pdf", "docx", "xlsx", "text")
    except SourceError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017


@given(st.integers(0, 10**9))
def test_a_docx_damaged_anywhere_is_read_or_refused(seed):
    from pv_extract.readers.docx import read_docx

    at = seed % len(WORD)
    damaged = WORD[:at] + bytes([WORD[at] ^ (seed % 255 + 1)]) + WORD[at + 1 :]
    try:
        if sniff(damaged) == "docx":
            assert read_docx(damaged, "answer.docx", "0").blocks
    except SourceError as refusal:
        assert "\n" not in str(refusal)  # noqa: PT017
