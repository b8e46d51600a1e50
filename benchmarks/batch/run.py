"""Throughput against a plain loop with pdfplumber, scaling over workers, cost of a rerun, memory over many documents.

python benchmarks/batch/run.py --documents 2000 --jobs 1 2
python benchmarks/batch/run.py --documents 10000 --jobs 2 --memory
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
from documents import make


def main() -> None:
    options = _options()
    root = Path(options.folder or tempfile.mkdtemp(prefix="pv-extract-bench-"))
    documents = make(root / f"documents-{options.documents}", options.documents)
    print(f"{options.documents} documents, {os.cpu_count()} cores")
    if options.plumber:
        rate = plumber_loop(documents, options.plumber)
        print(f"pdfplumber loop      {rate:8.1f} documents/s  ({options.plumber} of them, taken at random, 1 process)")
    for jobs in options.jobs:
        store = root / f"store-{jobs}"
        shutil.rmtree(store, ignore_errors=True)
        first, peaks = timed(documents, store, jobs)
        again, _ = timed(documents, store, jobs)
        rate = options.documents / first
        print(
            f"run --jobs {jobs:<2}        {rate:8.1f} documents/s  ({first:.1f} s); "
            f"again {again:.2f} s = {100 * again / first:.1f} %"
        )
        if options.memory:
            for who, taken in zip(("the run itself", "its workers"), zip(*peaks, strict=True), strict=True):
                quarters = [max(taken[n * len(taken) // 4 : (n + 1) * len(taken) // 4]) for n in range(4)]
                print(f"  memory of {who}, peak of each quarter: {', '.join(f'{q:.0f}' for q in quarters)} MB")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[2])
    parser.add_argument("--plumber", type=int, default=300, help="read so many of them with pdfplumber; 0 for none")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--folder", help="keeps documents and stores there")
    return parser.parse_args()


def plumber_loop(folder: Path, count: int) -> float:
    """Documents per second of the loop that everyone writes first: tables of each page, errors passed over."""
    import pdfplumber

    every = sorted(folder.iterdir())
    files = random.Random(1).sample(every, min(count, len(every)))
    start = time.perf_counter()
    for file in files:
        try:
            with pdfplumber.open(file) as document:
                for page in document.pages:
                    page.extract_tables()
        except Exception:  # noqa: BLE001 - what it cannot read counts as read
            continue
    return len(files) / (time.perf_counter() - start)


def timed(documents: Path, store: Path, jobs: int) -> tuple[float, Sequence[tuple[float, float]]]:
    """Seconds of a whole run as a user starts it, and the megabytes of it and of its workers, twice a second."""
    command = [sys.executable, "-m", "pv_extract", "run", str(documents), "--out", str(store), "--jobs", str(jobs)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    samples: list[tuple[float, float]] = [(0.0, 0.0)]
    watcher = threading.Thread(target=_sample, args=(psutil.Process(process.pid), samples), daemon=True)
    watcher.start()
    process.wait()
    return time.perf_counter() - start, samples


def _sample(parent: psutil.Process, samples: list[tuple[float, float]]) -> None:
    while parent.is_running():
        try:
            workers = sum(p.memory_info().rss for p in parent.children(recursive=True))
            samples.append((parent.memory_info().rss / 2**20, workers / 2**20))
        except psutil.Error:
            pass
        time.sleep(0.5)


if __name__ == "__main__":
    main()
