"""The same measure over many answers: one line for each name and period, and what changed between the answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from pv_extract.frames import number

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "spec", "ref_id", "name", "time_period", "obs_value", "obs_status", "question_number", "question_date", "answers",
    "revised", "earlier",
)  # fmt: skip


class Kind(StrEnum):
    """What changed from one answer to the next."""

    REVISED = "revised"
    RENAMED = "renamed"
    GONE = "gone"
    NEW = "new"
    REDEFINED = "redefined"


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two answers, with both sources named."""

    kind: Kind
    spec: str
    name: str
    time_period: str
    message: str


@dataclass(frozen=True, slots=True)
class Series:
    """The measures of a topic lined up: `frame` has the columns `COLUMNS`, the latest answer's value for each name and period.

    `agreeing` counts the figures that two or more answers print alike.
    """

    frame: "pd.DataFrame"
    changes: tuple[Change, ...]
    agreeing: int


Record = dict[str, object]


def line_up(figures: "Iterable[pd.DataFrame]", topic: str) -> Series:
    """Figures of many answers (tidy frames) as one series; those of other topics are left out.

    Answers are ordered by question date, then number; the later one counts, and what the earlier one said is kept beside it.
    """
    import pandas as pd  # noqa: PLC0415 - slow to load

    records = sorted((r for frame in figures for r in _records(frame, topic)), key=_when)
    groups: dict[tuple[str, str, str], list[Record]] = {}
    for record in records:
        groups.setdefault((_t(record, "spec"), _key(record), _period(record)), []).append(record)
    rows = [_row(spec, period, group) for (spec, _, period), group in sorted(groups.items())]
    changes = [*_revised(groups), *_renamed(records), *_come_and_gone(records), *_redefined(records)]
    agreeing = sum(len(_answers(group)) > 1 and len(_values(group)) == 1 for group in groups.values())
    return Series(pd.DataFrame(rows, columns=list(COLUMNS), dtype=object), tuple(changes), agreeing)


def _records(frame: "pd.DataFrame", topic: str) -> list[Record]:
    if "topic" not in frame or "spec" not in frame:
        return []
    made = frame[frame["topic"] == topic].astype(object)
    return [{str(k): v for k, v in r.items()} for r in made.where(made.notna(), None).to_dict("records")]


def _t(record: Record, key: str) -> str:
    value = record.get(key)
    return "" if value is None else str(value)


def _when(record: Record) -> tuple[str, str]:
    return _t(record, "question_date"), _t(record, "question_number").zfill(6)


def _key(record: Record) -> str:
    if _t(record, "is_total").lower() == "true":
        return "total"
    return _t(record, "ref_id") or _t(record, "label")


def _period(record: Record) -> str:
    return _t(record, "time_period") or _t(record, "column")


def _answer(record: Record) -> str:
    return f"no. {_t(record, 'question_number')} of {_t(record, 'question_date')}"


def _answers(group: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(_answer(r) for r in group))


def _values(group: Sequence[Record]) -> list[str]:
    return list(dict.fromkeys(_t(r, "obs_value") for r in group))


def _name(record: Record) -> str:
    return _t(record, "ref_name") or _t(record, "label")


def _row(spec: str, period: str, group: Sequence[Record]) -> dict[str, object]:
    last = group[-1]
    earlier = [f"{_t(r, 'obs_value')} ({_answer(r)})" for r in group if _t(r, "obs_value") != _t(last, "obs_value")]
    return {
        "spec": spec,
        "ref_id": last.get("ref_id"),
        "name": _name(last),
        "time_period": period,
        "obs_value": number(last.get("obs_value")),
        "obs_status": last.get("obs_status"),
        "question_number": last.get("question_number"),
        "question_date": last.get("question_date"),
        "answers": len(_answers(group)),
        "revised": bool(earlier),
        "earlier": "; ".join(dict.fromkeys(earlier)),
    }


def _revised(groups: dict[tuple[str, str, str], list[Record]]) -> Iterator[Change]:
    for (spec, _, period), group in groups.items():
        for before, after in pairwise(group):
            if _answer(before) != _answer(after) and _t(before, "obs_value") != _t(after, "obs_value"):
                message = f"{_t(before, 'obs_raw')} in {_answer(before)}, {_t(after, 'obs_raw')} in {_answer(after)}"
                if _t(before, "obs_status") == "P":
                    message += "; the earlier figure was provisional"
                yield Change(Kind.REVISED, spec, _name(after), period, message)


def _renamed(records: Sequence[Record]) -> Iterator[Change]:
    """One name under another label than in the answer before."""
    last: dict[tuple[str, str], Record] = {}
    for record in records:
        key = (_t(record, "spec"), _key(record))
        before = last.get(key)
        if before and _answer(before) != _answer(record) and _t(before, "label") != _t(record, "label"):
            message = f"{_t(before, 'label')!r} in {_answer(before)}, {_t(record, 'label')!r} in {_answer(record)}"
            yield Change(Kind.RENAMED, key[0], _name(record), "", message)
        last[key] = record


def _come_and_gone(records: Sequence[Record]) -> Iterator[Change]:
    """Names that one answer has and the next one of the same table lacks, or the other way round."""
    members: dict[str, dict[str, dict[str, str]]] = {}
    for record in records:
        members.setdefault(_t(record, "spec"), {}).setdefault(_answer(record), {})[_key(record)] = _name(record)
    for spec, answers in members.items():
        for (old, before), (new, after) in pairwise(answers.items()):
            for key in before.keys() - after.keys():
                yield Change(
                    Kind.GONE, spec, before[key], "", f"in {old}, no longer in {new}: renamed, merged or left out"
                )
            for key in after.keys() - before.keys():
                yield Change(Kind.NEW, spec, after[key], "", f"in {new}, not yet in {old}")


def _redefined(records: Sequence[Record]) -> Iterator[Change]:
    """Notes that differ between answers: the figures may count something else."""
    notes: dict[str, dict[str, set[str]]] = {}
    for record in records:
        said = notes.setdefault(_t(record, "spec"), {}).setdefault(_answer(record), set())
        said.update(text for text in _t(record, "notes").split(" | ") if text)
    for spec, answers in notes.items():
        for (old, before), (new, after) in pairwise(answers.items()):
            for text in sorted(after - before):
                yield Change(Kind.REDEFINED, spec, "", "", f"{new} notes {text!r}, which {old} does not")
            for text in sorted(before - after):
                yield Change(Kind.REDEFINED, spec, "", "", f"{old} notes {text!r}, which {new} does not")


def as_text(series: Series) -> str:
    """The changes, one a line, and what was lined up."""
    lines = [
        f"{c.kind.value}: {' '.join(p for p in (c.spec, c.name, c.time_period) if p)}: {c.message}"
        for c in series.changes
    ]
    revised = int(series.frame["revised"].astype(bool).sum())
    lines.append(
        f"{len(series.frame)} figures in line, {series.agreeing} printed alike in several answers, {revised} revised"
    )
    return "\n".join(lines) + "\n"


def as_csv(series: Series) -> str:
    """The frame as CSV, numbers as exact as printed."""
    return str(series.frame.to_csv(index=False, lineterminator="\n"))


def plot(series: Series, path: str) -> None:
    """The totals, or all names where a table has none, of each table over its periods, as an image.

    Raises:
        ImportError: without matplotlib (`pip install 'pv-extract[notebook]'`).
    """
    from matplotlib.figure import Figure  # noqa: PLC0415 - an extra, and slow to load

    specs = list(dict.fromkeys(series.frame["spec"]))
    figure = Figure(figsize=(10, 4 * max(1, len(specs))), layout="constrained")
    for axes, spec in zip(figure.subplots(max(1, len(specs)), squeeze=False)[:, 0], specs, strict=True):
        part = series.frame[(series.frame["spec"] == spec) & series.frame["obs_value"].notna()]
        for name, line in part.groupby("name", sort=False):
            axes.plot(list(line["time_period"]), [float(v) for v in line["obs_value"]], marker="o", label=str(name))
        axes.set_title(spec)
        axes.legend(fontsize="x-small", ncols=2)
    figure.savefig(path)
