import json
import os
import signal
import subprocess
import sys
import time

import pytest

from pv_extract.batch import BatchError, run
from pv_extract.batch.engines import on_dask
from pv_extract.batch.export import export
from pv_extract.batch.limits import Limits
from tests.batch.given import answers, here, tables


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and two workers, each a process on loopback: address, and the processes of the workers."""
    file = tmp_path / "scheduler.json"
    scheduler = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    started = [_started([*scheduler, "--no-dashboard", "--no-show", "--scheduler-file", str(file)])]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1"]
    worker += ["--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(tmp_path)]
    started += [_started(worker) for _ in range(2)]
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            address = json.loads(file.read_text())["address"]
            break
        except (OSError, ValueError):
            time.sleep(0.1)
    yield address, started[1:]
    for process in started:
        process.kill()
        process.wait()


def _started(command):
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=quiet)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # dask and its event loop warn of what is theirs
def test_a_dask_cluster_that_loses_a_worker_gives_the_same_tables(cluster, tmp_path):
    address, workers = cluster
    folder = answers(tmp_path / "in", 60)
    (folder / "empty.pdf").write_bytes(b"")
    _wait_for_workers(address)
    killed = []

    def kill_one(progress):
        if progress.done == 20:
            workers[0].send_signal(signal.SIGKILL)
            killed.append(progress.done)

    summary = run([folder], tmp_path / "far", engine=on_dask(address, Limits(60.0)), progress=kill_one)
    assert killed
    assert len(summary.outcomes) == 61
    run([folder], tmp_path / "near", engine=here)
    export(tmp_path / "far", "csv", tmp_path / "a")
    export(tmp_path / "near", "csv", tmp_path / "b")
    assert tables(tmp_path / "a") == tables(tmp_path / "b")
    parquet = [
        {p.name: p.read_bytes() for p in (tmp_path / s / "parquet/figures").rglob("*.parquet")} for s in ("far", "near")
    ]
    assert parquet[0] == parquet[1]


def _wait_for_workers(address):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BatchError, match="expected a dask scheduler, found none"):
        run(
            [answers(tmp_path / "in", 1)],
            tmp_path / "store",
            engine=on_dask("tcp://127.0.0.1:9", Limits(), patience=1.0),
        )
