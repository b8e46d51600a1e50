import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pv_extract.batch import isolation
from pv_extract.batch.engines import on_executor
from pv_extract.batch.isolation import isolated
from pv_extract.batch.limits import Limits
from pv_extract.batch.status import READ, Status, Task
from tests.batch.given import ANSWER, answer, read, read_or_misbehave

LIMITS = Limits(30.0, 1024)


def task(name, text=None, location="/nowhere"):
    data = (text or answer(1)).encode() if not isinstance(text, bytes) else text
    return Task(f"{location}/{name}", name, hashlib.sha256(data).hexdigest(), data)


def outcomes(tasks, jobs=2, limits=LIMITS):
    return {t.name: r for t, r in isolated(read_or_misbehave, iter(tasks), jobs, limits)}


def test_a_worker_that_dies_takes_one_document_and_it_is_tried_once_more(tmp_path):
    names = ["a.txt", "abort.txt", "b.txt", "once.txt", "leave.txt", "c.txt"]
    found = outcomes([task(name, location=tmp_path) for name in names])
    assert {name: found[name].status in READ for name in names} == {
        "a.txt": True, "b.txt": True, "abort.txt": False, "once.txt": True, "leave.txt": False,
        "c.txt": True,
    }  # fmt: skip
    assert found["abort.txt"].message == "its worker died (SIGABRT), twice"
    assert found["leave.txt"].message == "its worker failed: RuntimeError: not foreseen"
    assert {found[n].status for n in ("abort.txt", "leave.txt")} == {Status.CRASHED}


def test_a_worker_past_its_time_or_memory_is_killed_and_the_others_go_on():
    found = outcomes([task("hang.txt"), task("greedy.txt"), task("a.txt"), task("b.txt")], limits=Limits(3.0, 600))
    assert (found["hang.txt"].status, found["hang.txt"].message) == (Status.TIMED_OUT, "it took longer than 3 s")
    assert found["greedy.txt"].status is Status.OUT_OF_MEMORY
    assert found["a.txt"].status in READ
    assert found["b.txt"].status in READ


DAMAGED = {
    "empty.pdf": b"",
    "blank.txt": b"  \n",
    "cut.pdf": (ANSWER / "answer-757.pdf").read_bytes()[:3000],
    "cut.docx": (ANSWER / "answer-757.docx").read_bytes()[:9000],
    "picture.pdf": b"\x89PNG\r\n\x1a\n" + b"0" * 99,
    "page.html": b"<!doctype html><p>1</p>",
}


def test_damaged_documents_are_unreadable_with_one_line_that_names_no_temporary_place():
    found = dict(zip(DAMAGED, (read(task(name, data or b" ")) for name, data in DAMAGED.items()), strict=True))
    assert {name: reading.status for name, reading in found.items()} == dict.fromkeys(DAMAGED, Status.UNREADABLE)
    for reading in found.values():
        assert reading.message.startswith("expected") or "expected" in reading.message
        assert "tmp" not in reading.message
        assert "\n" not in reading.message


def test_an_executor_reads_the_same_and_gives_up_what_takes_too_long():
    tasks = [task(f"{n}.txt", answer(n)) for n in range(5)]
    with ThreadPoolExecutor(2) as executor:
        found = {t.name: r for t, r in on_executor(executor, LIMITS, window=3)(read, iter(tasks))}
    here = {t.name: read(t) for t in tasks}
    assert {n: (r.status, r.rows) for n, r in found.items()} == {n: (r.status, r.rows) for n, r in here.items()}


@pytest.mark.parametrize("name", ["leave.txt"])
def test_an_executor_whose_worker_fails_gets_the_document_once_more(name):
    with ThreadPoolExecutor(1) as executor:
        ((_, reading),) = on_executor(executor, LIMITS, window=2)(read_or_misbehave, iter([task(name)]))
    assert reading.status is Status.CRASHED


def test_a_document_at_the_door_of_a_worker_that_dies_is_read_as_if_nothing_had_happened():
    tasks = [task("crash.txt"), *(task(f"{n}.txt", answer(n)) for n in range(4)), task("hang.txt"), task("last.txt")]
    found = outcomes(tasks, jobs=1, limits=Limits(3.0, 1024))
    assert {name: reading.status for name, reading in found.items() if reading.status not in READ} == {
        "crash.txt": Status.CRASHED, "hang.txt": Status.TIMED_OUT,
    }  # fmt: skip
    assert len(found) == len(tasks)


def test_workers_that_are_not_forked_read_the_same(monkeypatch):
    """As on systems where forking is not safe."""
    forked = outcomes([task("a.txt"), task("leave.txt")])
    monkeypatch.setattr(isolation, "_FORKED", False)
    started = outcomes([task("a.txt"), task("leave.txt")])
    assert {name: (r.status, r.message, r.rows) for name, r in started.items()} == {
        name: (r.status, r.message, r.rows) for name, r in forked.items()
    }


@pytest.mark.parametrize("forked", [True, False])
def test_a_script_that_runs_a_batch_is_not_run_again_in_its_workers(tmp_path, forked):
    """As multiprocessing would, where the script does not ask whether it is the program."""
    (tmp_path / "answer.txt").write_text(answer(1), encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\n"
        "from pv_extract.batch import isolation\n"
        f"isolation._FORKED = {forked}\n"
        "from pv_extract import run\n"
        f"print(run([{str(tmp_path / 'answer.txt')!r}], {str(tmp_path / 'store')!r}, jobs=2).counts)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("once\n{<Status.OK: 'ok'>: 1}\n", "")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bear it")
def test_workers_of_an_executor_may_be_copies_of_the_run(tmp_path):
    """What the run imports in a thread at that moment, they could not import any more."""
    (tmp_path / "answer.txt").write_text(answer(1), encoding="utf-8")
    script = tmp_path / "script.py"
    script.write_text(
        "import multiprocessing\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from pv_extract.batch import Limits, run\n"
        "from tests.batch.given import read\n"
        "def reads(task):\n"
        "    import pyarrow\n"
        "    return read(task)\n"
        "executor = ProcessPoolExecutor(1, multiprocessing.get_context('fork'))\n"
        f"given, out = {str(tmp_path / 'answer.txt')!r}, {str(tmp_path / 'store')!r}\n"
        "print(run([given], out, executor=executor, read=reads, limits=Limits(20.0, None)).counts)\n"
        "for worker in multiprocessing.active_children():\n"
        "    worker.kill()\n",
        encoding="utf-8",
    )
    path = os.pathsep.join([str(Path(__file__).parents[2]), *sys.path])
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    assert (done.stdout, done.stderr) == ("{<Status.OK: 'ok'>: 1}\n", "")
