"""Runs that are killed at random moments: a rerun ends as if nothing had happened.

FAULTS sets the number of moments; the suite takes a few, `FAULTS=50 pytest tests/batch/test_faults.py` takes its time.
"""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Timer

import psutil
import pytest

from pv_extract.batch import current
from pv_extract.batch.export import export
from pv_extract.batch.run import run
from pv_extract.batch.status import Status
from pv_extract.batch.store import writable
from tests.batch.given import ANSWER, answers, tables

MOMENTS = int(os.environ.get("FAULTS", "5"))


def command(folder, store):
    return [sys.executable, "-m", "pv_extract", "run", str(folder), "--out", str(store), "--jobs", "2"]


def listening(args):
    """A program that Ctrl-C reaches, also where these tests run in the background of a shell, which ignores it."""
    return subprocess.Popen(
        args,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no other thread runs here
    )


def finished(folder, store):
    done = subprocess.run(command(folder, store), capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return done


def held(store, out):
    """Everything that the store says, as bytes: its export, and its own Parquet files."""
    export(store, "csv", out)
    parquet = {str(p.relative_to(store)): p.read_bytes() for p in (store / "parquet").rglob("*.parquet")}
    parquet.pop("parquet/runs.parquet")
    return tables(out), parquet


def workers_of(run):
    """The processes that read: forked from the one that the run started for it; some end while they are looked for."""
    found: list[psutil.Process] = []
    for child in run.children():
        with suppress(psutil.NoSuchProcess):
            found += child.children()
    return found


def kill(process, whom):
    """The run itself, or one of its workers; False where there was none any more."""
    try:
        workers = workers_of(psutil.Process(process.pid))
        victim = psutil.Process(process.pid) if whom == "run" else random.choice(workers)
        victim.send_signal(signal.SIGKILL)
    except (psutil.NoSuchProcess, IndexError):
        return False
    return True


@pytest.mark.slow
def test_a_run_killed_at_any_moment_costs_nothing(tmp_path):
    folder = answers(tmp_path / "in", 60)
    started = time.monotonic()
    finished(folder, tmp_path / "undisturbed")
    took = time.monotonic() - started
    expected = held(tmp_path / "undisturbed", tmp_path / "expected")
    chance = random.Random(6)
    killed = []
    for moment in range(MOMENTS):
        store, whom = tmp_path / f"store-{moment}", "worker" if moment % 5 == 4 else "run"
        process = subprocess.Popen(command(folder, store), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.2, 1.0) * took)
        killed.append(kill(process, whom))
        process.wait(timeout=120)
        finished(folder, store)
        assert held(store, tmp_path / f"out-{moment}") == expected, f"killed {whom} at moment {moment}"
    assert sum(killed) >= MOMENTS / 2


@pytest.mark.slow
def test_ctrl_c_stops_cleanly_and_keeps_what_is_done(tmp_path):
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    pdf = (ANSWER / "answer-757.pdf").read_bytes()
    for n in range(200):  # of some pages, so that it reads on after the first results are kept
        (folder / f"{n}.pdf").write_bytes(pdf + f"\n% {n}\n".encode())
    process = listening(command(folder, store))
    deadline = time.monotonic() + 60
    while not list(Path(store).glob("parquet/figures/*")) and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "run again to go on" in err
    assert "Traceback" not in err
    read = int(out.split()[-5])
    assert 0 < read < 200
    assert "skipped as unchanged" in finished(folder, store).stdout


def test_ctrl_c_while_the_last_results_are_written_loses_none(tmp_path, monkeypatch):
    folder = answers(tmp_path / "in", 3)
    settle = current.settle

    def interrupted(store, *, changed):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.2)
        settle(store, changed=changed)

    monkeypatch.setattr(current, "settle", interrupted)
    summary = run([folder], tmp_path / "store", jobs=1)
    monkeypatch.undo()
    assert not summary.interrupted
    assert summary.counts == {Status.OK: 3}
    assert run([folder], tmp_path / "store", jobs=1).counts == {Status.UNCHANGED: 3}


@pytest.mark.slow
def test_ctrl_c_before_anything_is_read_says_so(tmp_path):
    """While it waits for another run, for instance."""
    with writable(tmp_path / "store"):
        waiting = [*command(answers(tmp_path / "in", 1), tmp_path / "store"), "--wait", "60"]
        process = listening(waiting)
        time.sleep(1.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (130, "pv-extract: stopped; what is done is kept, run again to go on\n")


@pytest.mark.slow
@pytest.mark.parametrize("moment", [0.1, 0.3, 0.6])
def test_ctrl_c_while_workers_load_says_no_more(tmp_path, moment):
    """A terminal sends it to every process of the run, also to the one that loads what workers need."""
    process = listening(command(answers(tmp_path / "in", 400), tmp_path / "store"))
    run = psutil.Process(process.pid)
    deadline = time.monotonic() + 60
    while not (tmp_path / "store" / "store.json").exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(moment)
    started = run.children()
    for each in [*started, run]:
        each.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert "Traceback" not in err
    assert (process.returncode, err) == (130, "pv-extract: stopped; what is done is kept, run again to go on\n")
    assert not psutil.wait_procs(started, timeout=20)[1]


def test_ctrl_c_while_the_database_works_is_ctrl_c(tmp_path):
    def worked():
        with writable(tmp_path / "store") as store:
            Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()
            store.query("SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE hash(a.range + b.range) % 7 = 1")

    with pytest.raises(KeyboardInterrupt):
        worked()


@pytest.mark.slow
def test_no_worker_outlives_a_killed_run(tmp_path):
    folder = answers(tmp_path / "in", 300)
    process = subprocess.Popen(
        command(folder, tmp_path / "store"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    parent = psutil.Process(process.pid)
    workers: list[psutil.Process] = []
    deadline = time.monotonic() + 60
    while not workers and time.monotonic() < deadline:
        workers = workers_of(parent)
        time.sleep(0.05)
    time.sleep(0.5)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive
