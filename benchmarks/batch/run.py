"""Throughput against a plain loop with pdfplumber, scaling over workers, cost of a rerun, memory over many documents.

python benchmarks/batch/run.py --documents 2000 --jobs 1 2 --rounds 3
python benchmarks/batch/run.py --documents 10000 --jobs 2 --memory
"""

import argparse
import os
import random
import shutil
import statistics
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
    documents = make(
        root / f"documents-{options.documents}-{options.only.strip('*.')}", options.documents, options.only
    )
    count = options.documents if options.plumber is None else options.plumber
    print(f"{options.documents} documents, {os.cpu_count()} cores")
    times: dict[int, list[float]] = {jobs: [] for jobs in options.jobs}
    stores: list[Path] = []
    for number in range(options.rounds):
        rate, cpu = plumber_loop(documents, count, number) if count else (0.0, 0.0)
        if rate:
            print(
                f"pdfplumber loop    {rate:8.1f} documents/s, {1000 * cpu:.1f} ms of CPU each "
                f"({count} of them, 1 process)"
            )
        for jobs in options.jobs:
            stores.append(Path(tempfile.mkdtemp(prefix=f"store-{jobs}-", dir=root)))
            times[jobs].append(_measured(documents, stores[-1], jobs, rate, memory=options.memory))
    if count and options.rounds > 1:
        medians = ", ".join(f"{statistics.median(found):.1f} with {jobs} jobs" for jobs, found in times.items())
        print(f"times the rate of the pdfplumber loop, median of {options.rounds} rounds: {medians}")
    for store in stores:
        shutil.rmtree(store)


def _measured(documents: Path, store: Path, jobs: int, plumber: float, *, memory: bool) -> float:
    """Prints what a run and a second one took; gives how many times the rate of the pdfplumber loop that is.

    The store is a new folder, and no former one is removed before the end: for some time after thousands of files went, ext4
    looks for the place of a new one among theirs, which takes a tenth of the run.
    """
    count = sum(1 for _ in documents.iterdir())
    before = _busy()
    first, peaks = timed(documents, store, jobs)
    cpu = _busy() - before
    again, _ = timed(documents, store, jobs)
    times = count / first / plumber if plumber else 0.0
    said = f", {times:.1f} times that" if times else ""
    print(
        f"run --jobs {jobs:<2}      {count / first:8.1f} documents/s, {1000 * cpu / count:.1f} ms of CPU each"
        f" ({first:.1f} s){said}; again {again:.2f} s = {100 * again / first:.1f} %"
    )
    for who, taken in zip(("the run itself", "its workers"), zip(*peaks, strict=True), strict=True) if memory else ():
        quarters = [taken[n * len(taken) // 4 : (n + 1) * len(taken) // 4] for n in range(4)]
        levels = ", ".join(f"{statistics.median(quarter):.0f}" for quarter in quarters if quarter)
        print(f"  memory of {who}, median of each quarter: {levels} MB; peak {max(taken):.0f} MB")
    return times


def _busy() -> float:
    """Seconds that the cores of this machine have worked: those of the workers show nowhere else once they are gone."""
    times = psutil.cpu_times()
    return float(times.user + times.system)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--jobs", type=int, nargs="+", default=[2])
    parser.add_argument("--plumber", type=int, help="read so many of them with pdfplumber, and not all; 0 for none")
    parser.add_argument("--rounds", type=int, default=1, help="measure so many times, and say the median")
    parser.add_argument("--only", default="*", help="pattern of the fixtures that are taken, such as *.pdf")
    parser.add_argument("--memory", action="store_true")
    parser.add_argument("--folder", help="keeps the documents there")
    return parser.parse_args()


def plumber_loop(folder: Path, count: int, seed: int = 1) -> tuple[float, float]:
    """Documents per second, and seconds of CPU for one, of the loop that everyone writes first: tables of each page."""
    import pdfplumber

    every = sorted(folder.iterdir())
    files = random.Random(seed).sample(every, min(count, len(every)))
    start, cpu = time.perf_counter(), time.process_time()
    for file in files:
        try:
            with pdfplumber.open(file) as document:
                for page in document.pages:
                    page.extract_tables()
        except Exception:  # noqa: BLE001 - what it cannot read counts as read
            continue
    return len(files) / (time.perf_counter() - start), (time.process_time() - cpu) / len(files)


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
