import io
import os
import struct
import threading
import time
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest

from pv_extract.batch import archives
from pv_extract.batch.inputs import fetch_again, fetched, given_on, places
from tests.batch.given import ANSWER

MOST = 10 << 20


def found(*inputs, most=MOST):
    return list(fetched(places(inputs), most))


def one(*inputs):
    (document,) = found(*inputs)
    return document


def test_a_file_comes_with_its_bytes(tmp_path):
    file = tmp_path / "answer.txt"
    file.write_bytes(b"Totaal 12")
    document = one(file)
    assert (document.location, document.name, document.data, document.problem) == (
        str(file),
        "answer.txt",
        b"Totaal 12",
        None,
    )


def test_a_folder_gives_its_files_by_name_hidden_ones_left_out(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/config", "c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [d.location.removeprefix(f"{tmp_path}/") for d in found(tmp_path)] == ["a/z.txt", "b.txt", "c.pdf"]


def test_a_store_in_a_folder_holds_no_documents(tmp_path):
    for name in ("a.txt", "out/store.json", "out/store.duckdb", "out/parquet/figures.parquet", "b/store.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [d.location.removeprefix(f"{tmp_path}/") for d in found(tmp_path)] == ["a.txt", "b/store.json"]


def test_names_with_spaces_quotes_brackets_and_other_alphabets_are_taken_literally(tmp_path):
    names = ["a b.txt", 'it\'s "quoted".txt', "[ab]*?.txt", "vraag é 漢字 🙂.txt", "-f.txt", "new\nline.txt", "a!b.txt"]
    for name in names:
        (tmp_path / name).write_text(name)
    for name in names:
        document = one(tmp_path / name)
        assert document.data.decode() == name
        assert document.location == str(tmp_path / name)
        assert fetch_again(document.location, MOST).decode() == name
    assert len(found(tmp_path)) == len(names)


def test_a_name_that_is_no_utf_8_is_shown_as_its_bytes(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_bytes(b"koffie 3")
    document = one(tmp_path)
    assert (document.name, document.data) == ("xe9.txt", b"koffie 3") or document.name.endswith("xe9.txt")
    document.location.encode()


def test_a_pattern_gives_what_it_matches_in_order(tmp_path):
    for name in ("b.txt", "a.txt", "c.pdf", "deep/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [d.name for d in found(f"{tmp_path}/*.txt")] == ["a.txt", "b.txt"]
    assert [d.name for d in found(f"{tmp_path}/**/*.txt")] == ["a.txt", "b.txt", "d.txt"]


@pytest.mark.parametrize(
    ("text", "names"), [("a.txt\nb c.txt\n\n", ["a.txt", "b c.txt"]), ("a\nb.txt\0c.txt\0", ["a\nb.txt", "c.txt"])]
)
def test_a_list_on_a_stream_is_one_a_line_or_ended_by_nul(text, names):
    assert given_on(io.StringIO(text)) == names


def test_a_zip_gives_its_documents_and_a_docx_is_no_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "answers.zip", "w") as archive:
        archive.writestr("2023/a.txt", "een 1")
        archive.writestr("2023/ü b.txt", "twee 2")
        archive.writestr(".DS_Store", "x")
    documents = found(tmp_path / "answers.zip", ANSWER / "answer-757.docx")
    assert [(d.name, d.data[:4]) for d in documents] == [
        ("a.txt", b"een "),
        ("ü b.txt", b"twee"),
        ("answer-757.docx", b"PK\x03\x04"),
    ]
    assert documents[0].location == f"{tmp_path}/answers.zip!2023/a.txt"
    assert fetch_again(documents[1].location, MOST) == b"twee 2"


def zip_of(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def encrypted(path):
    zip_of(path, {"a.txt": "geheim"})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(signature) + offset
        data[place : place + 2] = struct.pack("<H", 1)
    path.write_bytes(data)
    return path


def damaged(path):
    zip_of(path, {"a.txt": "tekst " * 1000})
    data = bytearray(path.read_bytes())
    data[40:50] = b"\xff" * 10
    path.write_bytes(data)
    return path


def pipe(path):
    os.mkfifo(path)
    return path


def link(path, target):
    path.symlink_to(target)
    return path


def changing(path, monkeypatch):
    """Stands in for a writer: size and time differ whenever they are asked for."""
    path.write_text("half")
    import pv_extract.batch.inputs as module

    moments = iter(range(100))
    monkeypatch.setattr(module, "_stamp", lambda handle: (4, next(moments)))
    return path


def folder(path):
    path.mkdir()
    return path


REFUSALS = {
    "no such file": (lambda t, m: t / "nope.pdf", "found none"),
    "no match of a pattern": (lambda t, m: f"{t}/*.nope", "found none"),
    "an empty folder": (lambda t, m: folder(t / "empty"), "found none"),
    "a link to nothing": (lambda t, m: link(t / "a.pdf", t / "nope"), "a link to nothing"),
    "a link to itself": (lambda t, m: link(t / "a.pdf", t / "a.pdf"), "too many levels of symbolic links"),
    "a pipe": (lambda t, m: pipe(t / "a.pdf"), "found a pipe"),
    "a ZIP bomb": (lambda t, m: zip_of(t / "b.zip", {"b.txt": b"0" * (64 << 20)}), "found a ZIP bomb"),
    "a ZIP without documents": (lambda t, m: zip_of(t / "b.zip", {}), "found none"),
    "an encrypted member": (lambda t, m: encrypted(t / "b.zip"), "encrypted with a password"),
    "a damaged member": (lambda t, m: damaged(t / "b.zip"), "found a damaged one"),
    "a file that changes": (lambda t, m: changing(t / "a.txt", m), "changed each of the 3 times"),
    "an unknown file system": (lambda t, m: "nope://bucket/a.pdf", "expected"),
    "a URL to nothing": (lambda t, m: "memory://nowhere/a.pdf", "found none"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_what_is_no_document_says_so_in_one_line(case, tmp_path, monkeypatch):
    make, says = REFUSALS[case]
    document = one(make(tmp_path, monkeypatch))
    assert says in document.problem
    assert "\n" not in document.problem
    assert document.sha256 is None


def test_a_file_larger_than_a_worker_may_take_is_refused_unread(tmp_path):
    with (tmp_path / "big.pdf").open("wb") as file:
        file.truncate(3 << 20)
    (document,) = found(tmp_path / "big.pdf", most=2 << 20)
    assert "at most 2 MB" in document.problem


def test_a_folder_named_pdf_is_told_and_read(tmp_path):
    (tmp_path / "a.pdf").mkdir()
    (tmp_path / "a.pdf" / "b.txt").write_text("1")
    told, inside = found(tmp_path)
    assert "found a folder" in told.problem
    assert inside.data == b"1"


def test_a_link_back_to_a_folder_above_is_told_and_not_followed(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.txt").write_text("1")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    documents = found(tmp_path)
    assert [d.name for d in documents] == ["b.txt", "loop"]
    assert "a link back" in documents[1].problem


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="permissions as Unix has them")
def test_what_may_not_be_read_is_told(tmp_path):
    (tmp_path / "closed").mkdir()
    for path in (tmp_path / "closed" / "a.txt", tmp_path / "b.txt"):
        path.write_text("1")
    (tmp_path / "b.txt").chmod(0)
    (tmp_path / "closed").chmod(0)
    above = [tmp_path, *tmp_path.parents][:-2]
    modes = [p.stat().st_mode for p in above]
    was = os.geteuid()
    try:
        if was == 0:
            for p in above:
                p.chmod(0o755)
            os.seteuid(65534)
        documents = found(tmp_path)
    finally:
        os.seteuid(was)
        for p, mode in zip(above, modes, strict=True):
            p.chmod(mode)
        (tmp_path / "closed").chmod(0o755)
    assert [d.name for d in documents] == ["b.txt", "closed"]
    assert all("permission denied" in d.problem for d in documents)


def test_an_archive_that_unpacks_to_more_than_is_bearable_says_what_is_left(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    path = zip_of(tmp_path / "a.zip", {f"{n}.txt": os.urandom(600) for n in range(5)})
    documents = found(path)
    assert [d.problem is None for d in documents] == [True, True, False]
    assert "3 documents of the archive unread" in documents[-1].problem


def test_urls_of_any_file_system_give_their_documents():
    system = fsspec.filesystem("memory")
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        system.pipe(f"/inputs/{name}", name.encode())
    try:
        assert [d.name for d in found("memory://inputs/*.txt")] == ["a.txt", "b.txt"]
        assert [d.data for d in found("memory://inputs")] == [b"a.txt", b"b.txt", b"deep/c.txt"]
        assert one("memory://inputs/a.txt").location == "memory://inputs/a.txt"
    finally:
        system.rm("/inputs", recursive=True)


@pytest.fixture
def server(tmp_path):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    (tmp_path / "www").mkdir()
    made = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=tmp_path / "www"))
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}", tmp_path / "www"
    made.shutdown()
    made.server_close()


def test_an_http_server_gives_documents_and_archives(server):
    url, www = server
    (www / "a.txt").write_bytes(b"Totaal 3")
    zip_of(www / "b.zip", {"c.txt": "Totaal 4"})
    assert one(f"{url}/a.txt").data == b"Totaal 3"
    assert one(f"{url}/b.zip").data == b"Totaal 4"
    assert "found" in one(f"{url}/nope.pdf").problem


def test_a_slow_server_gives_the_whole_document_and_a_broken_one_none():
    whole = b"Totaal 3\n" * 20_000

    class Slow(SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", str(len(whole)))
            self.end_headers()
            for start in range(0, len(whole) // (2 if "cut" in self.path else 1), 30_000):
                self.wfile.write(whole[start : start + 30_000])
                time.sleep(0.05)

    made = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{made.server_port}"
        assert one(f"{url}/slow.txt").data == whole
        assert "not completed" in one(f"{url}/cut.txt").problem
    finally:
        made.shutdown()
        made.server_close()


def test_a_password_in_a_url_is_not_kept():
    assert "secret" not in one("http://user:secret@127.0.0.1:9/a.pdf").location
