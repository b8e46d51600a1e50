"""Measures the matcher on hand-written and generated labels, beside plain top-1 matching, in one run.

python benchmarks/names/run.py                # the report: kept half, generated set, speed
python benchmarks/names/run.py --tune --show  # the half that thresholds are set on, with what went wrong
"""

import argparse
import csv
import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from distort import distortions
from rapidfuzz import fuzz, process

from pv_extract.names import NameList, load_lists, match_label

HERE = Path(__file__).parent
Answer = tuple[str, str | None]  # accepted, review or refused; and the id


@dataclass(frozen=True)
class Labelled:
    label: str
    list: str
    id: str | None
    kind: str


def labelled(half: str) -> list[Labelled]:
    """The half of the labels that a hash of the text puts there: nobody chose which."""
    with (HERE / "labels.csv").open(encoding="utf-8") as lines:
        rows = [
            Labelled(r["label"], r["list"], None if r["id"] == "none" else r["id"], r["kind"])
            for r in csv.DictReader(lines)
        ]
    return [
        r for r in rows if (hashlib.sha256(f"{r.list}:{r.label}".encode()).digest()[0] % 2 == 0) == (half == "tune")
    ]


def ours(label: str, lst: NameList) -> Answer:
    outcome = match_label(label, lst)
    status = outcome.status if outcome.status in {"accepted", "review"} else "refused"
    return status, outcome.match.id if outcome.match else None


def plain_top_1(label: str, lst: NameList) -> Answer:
    """What is usually done: the best WRatio over names and aliases, accepted from the same threshold on."""
    texts = _texts(lst)
    best = process.extractOne(label, texts.keys(), scorer=fuzz.WRatio, score_cutoff=lst.settings.thresholds.accept)
    return ("accepted", texts[best[0]]) if best else ("refused", None)


def _texts(lst: NameList) -> dict[str, str]:
    if lst.id not in _TEXTS:
        _TEXTS[lst.id] = {n.name: n.id for n in lst.names.values()} | {a.text: "|".join(a.ids) for a in lst.aliases}
    return _TEXTS[lst.id]


_TEXTS: dict[str, dict[str, str]] = {}


def measure(
    rows: Iterable[Labelled], lists: dict[str, NameList], match: Callable[[str, NameList], Answer], *, show: bool
) -> str:
    counts: Counter[str] = Counter()
    started = time.process_time()
    answers = [(row, match(row.label, lists[row.list])) for row in rows]
    seconds = time.process_time() - started
    for row, (status, found) in answers:
        right = status == "accepted" and found == row.id
        wrong = status == "accepted" and not right
        counts.update(
            {"labels": 1, "true": row.id is not None, "right": right, "wrong": wrong, "review": status == "review"}
        )
        if show and (wrong or (row.id and not right)):
            print(f"{'WRONG' if wrong else status:8} {row.kind:18} {row.label!r}: expected {row.id}, found {found}")
    recall = counts["right"] / max(1, counts["true"])
    rate = counts["labels"] / seconds
    return (
        f"{counts['labels']:6} labels, {counts['true']:5} true | wrong {counts['wrong']:4} | recall {recall:6.1%}"
        f" | to review {counts['review'] / counts['labels']:6.1%} | {rate:8.0f} labels/s"
    )


def sweep(lists: dict[str, NameList]) -> None:
    """Wrong matches and recall of the tuning half and of generated labels over thresholds: how those in the lists were set."""
    half = labelled("tune")
    for key in ("partnerships", "regions"):
        for accept in (70, 75, 80, 85, 90):
            for margin in (4, 8, 12):
                limits = lists[key].settings.thresholds.model_copy(update={"accept": accept, "margin": margin})
                lst = replace(lists[key], settings=lists[key].settings.model_copy(update={"thresholds": limits}))
                rows = [r for r in half if r.list == key]
                rows += [Labelled(d.label, key, d.id, "generated") for d in distortions(lst, 2_000, 1)]
                print(f"{key:14} accept {accept} margin {margin:2}", measure(rows, {key: lst}, ours, show=False))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tune", action="store_true", help="the half that thresholds are set on")
    parser.add_argument("--show", action="store_true", help="print what went wrong; of the tuning half only")
    parser.add_argument("--sweep", action="store_true", help="try thresholds on the tuning half")
    parser.add_argument("--generated", type=int, default=10_000)
    arguments = parser.parse_args()
    lists = dict(load_lists())
    if arguments.sweep:
        sweep(lists)
        return
    half = labelled("tune" if arguments.tune else "kept")
    match_label("warm", lists["partnerships"]), match_label("warm", lists["regions"])
    print("hand-written,", "tuning half" if arguments.tune else "kept half")
    print("  pv_extract   ", measure(half, lists, ours, show=arguments.show and arguments.tune))
    print("  WRatio top 1 ", measure(half, lists, plain_top_1, show=False))
    partnerships = lists["partnerships"]
    seed = 1 if arguments.tune else 20261123
    made = [
        Labelled(d.label, "partnerships", d.id, "generated")
        for d in distortions(partnerships, arguments.generated, seed)
    ]
    print("generated")
    print("  pv_extract   ", measure(made, lists, ours, show=False))
    print("  WRatio top 1 ", measure(made, lists, plain_top_1, show=False))
    if arguments.show and arguments.tune:
        for row in made:
            status, found = ours(row.label, partnerships)
            if status == "accepted" and found != row.id:
                print(
                    f"WRONG {row.label!r}: expected {row.id}, found {found}; {match_label(row.label, partnerships).why}"
                )


if __name__ == "__main__":
    main()
