"""Seeded faults put into true tables: what the checks detect, whom they blame first, and what they say of the truth.

python -m benchmarks.checks.run [--faults 5400] [--seed 757]
"""

import argparse
import random
from collections import Counter
from dataclasses import dataclass, field

from benchmarks.checks.faults import KINDS, Fault, beyond
from benchmarks.checks.made import Made, bases
from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.suspects import suspects
from pv_extract.checks.totals import judge_table
from pv_extract.languages import load_language

_KIND = {
    "two digits swapped": {"swapped digits"}, "one digit misread": {"misread digit"}, "factor 10, 100, 1000": {"factor"},
    "glued footnote mark": {"glued mark", "misprint", "factor"}, "row missing": {"row missing"}, "row counted twice": {"row twice"},
    "total leaves one out": {"left out"}, "subtotals summed with members": {"subtotals added"}, "shifted column": {"shifted row"},
}  # fmt: skip


@dataclass
class Score:
    faults: int = 0
    beyond: int = 0
    detected: int = 0
    first: int = 0


@dataclass
class Result:
    scores: dict[tuple[str, str], Score] = field(default_factory=dict)
    clean: int = 0
    alarms: list[str] = field(default_factory=list)


def off(judgement: Judgement) -> list[tuple[Judged, int]]:
    return [
        (judged, k) for judged in judgement.judged for k, holding in enumerate(judged.holdings)
        if holding.verdict == "off" and not judged.doubt
    ]  # fmt: skip


def judge(made: Made) -> Judgement:
    return judge_table(made.table(), None, load_language("nl"))


def blamed_first(fault: Fault, judgement: Judgement) -> bool:
    """Whether the likeliest explanation of any total that is off names the culprit: its line, and for a cell its column."""
    best = None
    for judged, k in off(judgement):
        for suspect in suspects(judgement, judged, k)[:1]:
            if best is None or suspect.score > best[0].score:
                best = (suspect, judged, k)
    if best is None:
        return False
    suspect, judged, k = best
    if not fault.column:
        return suspect.kind in _KIND[fault.kind] and suspect.label == fault.label
    here = (suspect.label, judged.sheet.across[k])
    return (here if judged.sheet.by_rows else here[::-1]) == (fault.label, fault.column)


def run(wanted: int, seed: int) -> Result:
    draw, result, made = random.Random(seed), Result(), 0
    tables = list(bases(seed, 25))
    for base in tables:
        result.clean += 1
        result.alarms += [f"{base.family}: {j.total.label}" for j, _ in off(judge(base))]
    while made < wanted:
        base = draw.choice(tables)
        fault = draw.choice(KINDS)(base, draw)
        if fault is None:
            continue
        made += 1
        score = result.scores.setdefault((base.family, fault.kind), Score())
        score.faults += 1
        if not beyond(fault.made):
            continue
        score.beyond += 1
        judgement = judge(fault.made)
        if off(judgement):
            score.detected += 1
            score.first += blamed_first(fault, judgement)
    return result


def show(result: Result) -> None:
    print("| rule and shape | fault | faults | beyond the bounds | detected | culprit first |")
    print("|---|---|--:|--:|--:|--:|")
    for (family, kind), s in sorted(result.scores.items()):
        share = f"{s.first / s.detected:.0%}" if s.detected else ""
        print(f"| {family} | {kind} | {s.faults} | {s.beyond} | {s.detected} | {share} |")
    families: dict[str, Counter[str]] = {}
    for (family, _), s in result.scores.items():
        counts = families.setdefault(family, Counter())
        counts.update(faults=s.faults, beyond=s.beyond, detected=s.detected, first=s.first)
    for family, c in sorted(families.items()):
        print(
            f"| **{family}** | all | {c['faults']} | {c['beyond']} | {c['detected']} | {c['first'] / max(1, c['detected']):.0%} |"
        )
    print(
        f"\n{sum(s.faults for s in result.scores.values())} faults; {len(result.alarms)} false alarms on {result.clean} true tables"
    )
    for alarm in result.alarms:
        print(f"false alarm: {alarm}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=5400)
    parser.add_argument("--seed", type=int, default=757)
    args = parser.parse_args()
    show(run(args.faults, args.seed))
