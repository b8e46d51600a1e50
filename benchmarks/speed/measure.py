"""Time and memory of reading plus tables against pdfplumber, in one run."""

import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.tables.tools import ours, pdfplumber

ROOT = Path(__file__).parents[2]
SOURCES = (ROOT.parent / "shared" / "source" / "answer-757.pdf", ROOT / "fixtures" / "answer-757" / "answer-757.pdf")
ROUNDS = 9


def main() -> None:
    for path in SOURCES:
        if path.is_file():
            _compare(path)
    _long()


def _compare(path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        times = pool.apply(_both, (path,))
        memory = [pool.apply(_memory, (tool, path)) for tool in (ours, pdfplumber)]
    mine, theirs = times
    print(f"{path.name} ({path.parent.name}): pv_extract {1000 * mine:.1f} ms, ", end="")
    print(f"pdfplumber {1000 * theirs:.1f} ms, ratio {theirs / mine:.2f}")
    print(f"  peak memory: pv_extract {memory[0]:.0f} MB, pdfplumber {memory[1]:.0f} MB")


def _both(path: Path) -> tuple[float, float]:
    """Best of several warm rounds of each, taken in turns."""
    ours(path), pdfplumber(path)
    rounds = [(_seconds(ours, path), _seconds(pdfplumber, path)) for _ in range(ROUNDS)]
    return min(a for a, _ in rounds), min(b for _, b in rounds)


def _seconds(tool: Callable[[Path], object], path: Path) -> float:
    start = time.perf_counter()
    tool(path)
    return time.perf_counter() - start


def _memory(tool: Callable[[Path], object], path: Path) -> float:
    tool(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _long() -> None:
    """Memory of long documents: what a page more costs."""
    with (
        tempfile.TemporaryDirectory() as folder,
        multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool,
    ):
        used = {n: pool.apply(_memory, (ours, _made(Path(folder), n))) for n in (50, 250, 500)}
    print("pages and peak MB: " + ", ".join(f"{n}: {mb:.0f}" for n, mb in used.items()))
    print(f"  a page more costs {1024 * (used[500] - used[250]) / 250:.0f} kB")


def _made(folder: Path, pages: int) -> Path:
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import PageBreak, SimpleDocTemplate, Table

    path = folder / f"{pages}.pdf"
    grid = [["Gemeente", "2021", "2022"], *[[f"Gemeente {k}", str(100 + k), str(200 + k)] for k in range(30)]]
    flow = [
        part
        for _ in range(pages)
        for part in (Table(grid, style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]), PageBreak())
    ]
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)
    return path
