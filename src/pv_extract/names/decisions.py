"""What people decided about labels, kept in `decisions.csv` of their schema folder and applied on every later run."""

import csv
import io
import os
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from pv_extract.findings import Code, ConfigurationError
from pv_extract.model import Remark
from pv_extract.names.folding import plain
from pv_extract.names.lists import Decision, Place
from pv_extract.names.table_file import read_table

DECISIONS = "decisions.csv"
COLUMNS = ("label", "list", "id", "by", "on", "why")
NONE = "none"


def read_decisions(path: Path, *, unfilled: bool = False, extra: Sequence[str] = ()) -> list[Decision]:
    """The rows of a decisions file, in order; with `unfilled`, those without an id are passed over.

    Raises:
        ConfigurationError: naming file and row, for a missing column, an empty cell that must hold something, or a bad date.
    """
    decisions = []
    for row in read_table(path, COLUMNS[:3], [*COLUMNS[3:], *extra], lenient=True):
        if unfilled and not row["id"]:
            continue
        for column in COLUMNS[:3]:
            if not row[column]:
                raise ConfigurationError(
                    f"{row.place}: column {column} is empty; an id of the list or `none` is expected"
                )
        _check_date(row["on"], row.place)
        chosen = None if row["id"].casefold() == NONE else row["id"]
        decisions.append(Decision(row["label"], row["list"], chosen, row["by"], row["on"], row["why"], row.place))
    return decisions


def _check_date(text: str, place: Place) -> None:
    try:
        date.fromisoformat(text or "2000-01-01")
    except ValueError as error:
        raise ConfigurationError(f"{place}: on is {text!r}; expected a date such as 2026-01-31") from error


def contradictions(decisions: Sequence[Decision]) -> tuple[tuple[Decision, ...], tuple[Remark, ...]]:
    """The decisions that stand, and a remark on each label that was decided in two ways: none of those is applied."""
    by_label: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_label.setdefault(plain(decision.label), []).append(decision)
    standing = tuple(same[0] for same in by_label.values() if len({d.id for d in same}) == 1)
    remarks = tuple(_contradiction(same) for same in by_label.values() if len({d.id for d in same}) > 1)
    return standing, remarks


def _contradiction(same: Sequence[Decision]) -> Remark:
    said = "; ".join(f"{d.id or NONE} in {d.place}" for d in same)
    return Remark(
        Code.DECISION_CONTRADICTS,
        f"label {same[0].label!r} of {same[0].list} is decided in two ways: {said}; keep one row",
    )


def unused(decisions: Iterable[Decision], labels: Iterable[tuple[str, str]]) -> tuple[Remark, ...]:
    """A remark on each decision that none of the labels (list, label as printed) asks for."""
    asked = {(key, plain(label)) for key, label in labels}
    return tuple(
        Remark(Code.DECISION_UNUSED, f"decision on {d.label!r} ({d.place}) was used by no label of list {d.list}")
        for d in decisions
        if (d.list, plain(d.label)) not in asked
    )


def write_decisions(folder: Path, decisions: Iterable[Decision]) -> Path:
    """Decisions added to `decisions.csv` of the folder, which is replaced as a whole; a later one on the same label wins.

    Raises:
        ConfigurationError: where the file that is there cannot be read.
    """
    path = folder / DECISIONS
    kept = {(d.list, plain(d.label)): d for d in (read_decisions(path) if path.is_file() else [])}
    for decision in decisions:
        kept[(decision.list, plain(decision.label))] = decision
    folder.mkdir(parents=True, exist_ok=True)
    rows = [[d.label, d.list, d.id or NONE, d.by, d.on, d.why] for d in kept.values()]
    waiting = path.with_suffix(".csv.new")
    waiting.write_text(csv_of(COLUMNS, rows), encoding="utf-8", newline="")
    os.replace(waiting, path)  # noqa: PTH105 (atomic on every platform)
    return path


def csv_of(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with commas and plain line ends."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
