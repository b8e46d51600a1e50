"""What a store says of its runs: counts, inputs that failed, versions and timings."""

import json
from dataclasses import dataclass
from pathlib import Path

from pv_extract.batch.status import FAILED, BatchError, Status
from pv_extract.batch.store import readable


@dataclass(frozen=True, slots=True)
class Account:
    """The last run of a store, and what the store holds; `failed` lists location, status and reason."""

    run_id: str
    state: str
    started: str
    seconds: float | None
    versions: dict[str, str]
    counts: dict[str, int]
    failed: tuple[tuple[str, str, str], ...]
    holds: dict[str, int]

    @property
    def inputs(self) -> int:
        """Inputs of the run; the counts add up to it."""
        return sum(self.counts.values())


def account(store: Path) -> Account:
    """What became of the inputs of the last run.

    Raises:
        BatchError: where there is no store, or nothing ran on it.
    """
    with readable(store) as opened:
        runs = opened.query("SELECT run, run_id, state, started, seconds, versions FROM runs ORDER BY run DESC LIMIT 1")
        if not runs:
            raise BatchError(f"{store}: expected a store with a run, found none; run pv-extract run first")
        number, run_id, state, started, seconds, versions = runs[0]
        counted = dict(opened.query("SELECT status, count(*) FROM inputs WHERE run = ? GROUP BY status", [number]))
        failed = opened.query(
            "SELECT location, settled, message FROM inputs WHERE run = ? AND list_contains(?::VARCHAR[], settled) ORDER BY number",
            [number, [status.value for status in FAILED]],
        )
        holds = {
            name: opened.query(f"SELECT count(*) FROM {name}")[0][0]
            for name in ("documents", "tables", "figures", "findings")
        }
    counts = {status.value: counted[status.value] for status in Status if status.value in counted}
    return Account(
        run_id, "killed" if state == "running" else state, started, seconds, json.loads(versions), counts,
        tuple((str(a), str(b), str(c)) for a, b, c in failed), holds,
    )  # fmt: skip
