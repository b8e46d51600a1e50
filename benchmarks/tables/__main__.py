"""Accuracy and time of table readers in one run: `python -m benchmarks.tables`; the results go to docs/benchmarks.md.

Three sets: the ICDAR 2013 documents (adjacency relations), the Belgian public documents and the corpus of this project
(labelled figures). The first two are scored by the scripts that lie beside them; they are left out where they are absent.
"""

import importlib.util
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.tables.tools import Cells, Tool, installed, versions

ROOT = Path(__file__).parents[2]
BENCH = ROOT.parent / "shared" / "bench"
CORPUS = ROOT / "fixtures" / "layouts"


@dataclass
class Score:
    """What a tool did on a set: F1, seconds, and documents on which it failed."""

    f1: float
    seconds: float
    failed: int


def main() -> None:
    results: dict[str, dict[str, Score]] = {}
    for name, score in _sets():
        for tool, read in installed().items():
            results.setdefault(tool, {})[name] = score(
                read if tool != "pv_extract" or name == "ICDAR 2013" else None, read
            )
            print(f"{name:12} {tool:16} {results[tool][name]}", flush=True)
    _write(results)


def _sets() -> Iterator[tuple[str, Callable[[Tool | None, Tool], Score]]]:
    if BENCH.is_dir():
        yield "ICDAR 2013", _icdar
        yield "Belgian", lambda own, read: _figures(BENCH / "belgian", own, read)
    else:
        print(f"{BENCH} is not there: only the corpus is measured", file=sys.stderr)
    yield "corpus", lambda own, read: _figures(CORPUS, own, read)


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _timed(read: Callable[[Path], Any], path: Path) -> tuple[Any, float]:
    start = time.perf_counter()
    try:
        found = read(path)
    except Exception as error:  # noqa: BLE001 - a peer that fails has found nothing
        print(f"  {path.name}: {type(error).__name__}", file=sys.stderr)
        found = None
    return found, time.perf_counter() - start


def _icdar(_own: Tool | None, read: Tool) -> Score:
    scorer, folder = _module(BENCH / "score_tables.py"), BENCH / "icdar2013"
    precision = recall = seconds = 0.0
    failed = 0
    keys = scorer.keys(folder, None)
    for key in keys:
        found, took = _timed(read, folder / f"{key}.pdf")
        seconds, failed = seconds + took, failed + (found is None)
        truth, seen = scorer.truth(folder / f"{key}-str.xml"), Counter()
        for cells in found or ():
            seen += scorer.relations(cells)
        hits = sum((truth & seen).values())
        precision += hits / max(sum(seen.values()), 1) / len(keys)
        recall += hits / max(sum(truth.values()), 1) / len(keys)
    return Score(_f1(precision, recall), seconds, failed)


def _figures(folder: Path, own: Tool | None, read: Tool) -> Score:
    """Labelled figures; pv_extract is taken with its headers and stubs, the peers with their first row as header."""
    scorer = _module(BENCH / "score_figures.py") if BENCH.is_dir() else None
    if scorer is None:
        return Score(float("nan"), 0.0, 0)
    hits = truths = seen = failed = 0
    seconds = 0.0
    for path in sorted(folder.glob("*.truth.json")):
        wanted = json.loads(path.read_text(encoding="utf-8"))["tables"]
        source = path.with_name(path.name.replace(".truth.json", ".pdf"))
        found, took = _timed(read if own else _interpreted, source)
        seconds, failed = seconds + took, failed + (found is None)
        predicted = scorer.grids_to_preds([_matrix(c) for c in found or ()]) if own else (found or [])
        tp, wants, gives, *_ = scorer.compare(wanted, predicted)
        hits, truths, seen = hits + tp, truths + wants, seen + gives
    return Score(_f1(hits / max(seen, 1), hits / max(truths, 1)), seconds, failed)


def _interpreted(path: Path) -> list[tuple[list[str], list[list[str]], int]]:
    from pv_extract import extract

    return [
        (
            [*t.stub_columns, *(" | ".join(c.path) for c in t.columns)],
            [[*row.labels, *(cell.raw for cell in row.cells)] for row in t.rows],
            len(t.stub_columns),
        )
        for t in extract(path).tables
    ]


def _matrix(cells: Cells) -> list[list[str]]:
    height, width = max(c[2] for c in cells) + 1, max(c[3] for c in cells) + 1
    grid = [[""] * width for _ in range(height)]
    for row, column, _, _, text in cells:
        grid[row][column] = text
    return grid


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(precision + recall, 1e-9)


def _write(results: dict[str, dict[str, Score]]) -> None:
    sets = list(next(iter(results.values())))
    lines = ["| reader | " + " | ".join(f"{s}: F1 | seconds" for s in sets) + " |", "|---|" + "---:|---:|" * len(sets)]
    for tool, scores in results.items():
        cells = (f"{scores[s].f1:.3f} | {scores[s].seconds:.1f}" for s in sets)
        lines.append(f"| {tool} | {' | '.join(cells)} |")
    used = ", ".join(f"{name} {version}" for name, version in versions().items())
    today = date.today().isoformat()  # noqa: DTZ011 - the calendar on the wall
    text = f"Measured on {today} with {used}; one process, each document once.\n\n" + "\n".join(lines)
    page = ROOT / "docs" / "benchmarks.md"
    before, _, rest = page.read_text(encoding="utf-8").partition("<!-- tables -->")
    page.write_text(
        f"{before}<!-- tables -->\n{text}\n<!-- end -->{rest.partition('<!-- end -->')[2]}", encoding="utf-8"
    )
    _chart(results, sets)


def _chart(results: dict[str, dict[str, Score]], sets: list[str]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "pv_extract"
    import matplotlib.pyplot as plt

    figure, axis = plt.subplots(figsize=(8, 3.6))
    high = 0.8 / len(results)
    for k, (tool, scores) in enumerate(results.items()):
        places = [n + (k - len(results) / 2 + 0.5) * high for n in range(len(sets))]
        bars = axis.bar(places, [scores[s].f1 for s in sets], high * 0.92, label=tool)
        axis.bar_label(bars, fmt="%.2f", fontsize=6, padding=1)
    axis.set_xticks(range(len(sets)), sets)
    axis.set(ylim=(0, 1.12), ylabel="F1")
    axis.legend(fontsize=7, ncols=3, loc="upper left", frameon=False, bbox_to_anchor=(0, 1.18))
    axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(ROOT / "docs" / "benchmarks.svg", bbox_inches="tight", metadata={"Date": None})


if __name__ == "__main__":
    main()
