"""Drafts of a list for labels that no list knows: spellings that belong together over many documents, for a person to edit."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from pv_extract.model import Role, Table
from pv_extract.names.decisions import csv_of
from pv_extract.names.folding import folding, parts, plain, unmarked
from pv_extract.names.words import whole_of

ALIKE = 88.0
"""Score (0 to 100, words in any order) from which two labels are drafted as one name; a person looks at every pair."""

_NAMES = ("id", "name", "kind", "source", "confidence")
_ALIASES = ("alias", "id", "kind", "status", "by", "on", "why")


@dataclass(frozen=True, slots=True)
class Cluster:
    """Spellings of what is probably one name, the most printed first, with how often and in how many documents."""

    id: str
    spellings: tuple[str, ...]
    times: int
    documents: int


def unknown_labels(documents: Iterable[tuple[str, Sequence[Table]]]) -> list[tuple[str, str]]:
    """(file, label) of the rows of tables in which no row has a name; totals, residuals and numbers left out."""
    return [
        (file, unmarked(label))
        for file, tables in documents
        for table in tables
        if not any(row.match for row in table.rows)
        for row in table.rows
        for label in row.labels
        if row.role is Role.PART and row.time_period is None and _nameable(label)
    ]


def _nameable(label: str) -> bool:
    return whole_of(label) is None and sum(c.isalpha() for c in label) > 1


def cluster(labels: Iterable[tuple[str, str]]) -> tuple[Cluster, ...]:
    """Clusters of (file, label): spellings that fold to the same, then folded ones that are alike; in order of their ids."""
    printed = [(file, label) for file, label in labels if parts(label)]
    spelled: dict[str, Counter[str]] = {}
    seen_in: dict[str, set[str]] = {}
    for file, label in printed:
        spelled.setdefault(_key(label), Counter())[label] += 1
        seen_in.setdefault(_key(label), set()).add(file)
    order = sorted(spelled, key=lambda k: (-spelled[k].total(), k))
    heads: dict[str, list[str]] = {}
    for key in order:
        near = process.extractOne(key, heads.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=ALIKE)
        heads.setdefault(near[0] if near else key, []).append(key)
    found = []
    taken: Counter[str] = Counter()
    for keys in heads.values():
        counts = sum((spelled[k] for k in keys), Counter())
        names = tuple(label for label, _ in sorted(counts.items(), key=lambda c: (-c[1], c[0])))
        documents = len(set().union(*(seen_in[k] for k in keys)))
        found.append(Cluster(_id(names[0], taken), names, counts.total(), documents))
    return tuple(sorted(found, key=lambda c: c.id))


def _key(label: str) -> str:
    return " ".join(p.text for p in parts(unmarked(label)) if p.text not in folding().connectors) or plain(label)


def _id(label: str, taken: Counter[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", plain(label)).strip("-")[:40].strip("-") or "name"
    taken[base] += 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"


def write_draft(clusters: Sequence[Cluster], folder: Path, key: str, on: str) -> tuple[Path, Path]:
    """`KEY.csv` and `KEY.aliases.csv` in the folder; every row says that it is a draft.

    Raises:
        FileExistsError: where one of them is there already: a draft replaces nobody's work.
    """
    names, aliases = folder / f"{key}.csv", folder / f"{key}.aliases.csv"
    for path in (names, aliases):
        if path.exists():
            raise FileExistsError(path)
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        [c.id, c.spellings[0], "", f"printed {c.times} times in {c.documents} documents", "inferred"] for c in clusters
    ]
    names.write_text(csv_of(_NAMES, rows), encoding="utf-8", newline="")
    drafted = []
    for c in clusters:
        seen = {plain(c.spellings[0])}
        for spelling in c.spellings[1:]:
            if plain(spelling) not in seen:
                seen.add(plain(spelling))
                drafted.append(
                    [
                        spelling,
                        c.id,
                        "label",
                        "hint",
                        "draft",
                        on,
                        "similar spelling; confirm, or give it a name of its own",
                    ]
                )
    aliases.write_text(csv_of(_ALIASES, drafted), encoding="utf-8", newline="")
    return names, aliases
