"""Two extractions compared figure by figure: what was added, removed, changed, moved, or got another note."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import simplejson

from pv_extract.frames import number
from pv_extract.outputs import stored
from pv_extract.pipeline import Knowledge, extract

if TYPE_CHECKING:
    import pandas as pd


class Kind(StrEnum):
    """What became of a figure."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    NOTE = "note changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that differs: `old` and `new` as printed, empty where it is not there."""

    kind: Kind
    figure_id: str
    item: str
    label: str
    column: str
    old: str
    new: str
    detail: str = ""


def figures_of(path: Path, knowledge: Knowledge | None = None) -> "pd.DataFrame":
    """Tidy figures of a document, or of what was extracted from one (JSON, CSV, Parquet).

    Raises:
        SourceError: where it cannot be read.
    """
    if path.suffix.lower() == ".json":
        return stored.read_json(path).figures()
    if path.suffix.lower() in stored.FRAMES:
        return stored.read_frame(path)
    return extract(path, knowledge=knowledge).figures()


def compare(old: "pd.DataFrame", new: "pd.DataFrame") -> tuple[Change, ...]:
    """Every difference between two tidy frames, by `figure_id`, in the order of the new one; removed figures come last.

    A figure that has gone and one with the same value that came under the same column of the same item, in the same order,
    are one figure that moved to another label.
    """
    before, after = _by_id(old), _by_id(new)
    gone = [before[i] for i in before if i not in after]
    came = [after[i] for i in after if i not in before]
    moved = list(_relabelled(gone, came))
    taken = {id(record) for pair in moved for record in pair}
    changes = [change for i in after if i in before for change in _differences(before[i], after[i])]
    changes += [_change(Kind.MOVED, a, b, f"from {_text(b, 'label_path')!r}") for b, a in moved]
    changes += [_change(Kind.ADDED, a, None) for a in came if id(a) not in taken]
    changes += [_change(Kind.REMOVED, None, b) for b in gone if id(b) not in taken]
    return tuple(changes)


Record = dict[str, object]


def _by_id(frame: "pd.DataFrame") -> dict[str, Record]:
    made = frame.astype(object)
    records = made.where(made.notna(), None).to_dict("records")
    return {str(r.get("figure_id")): {str(k): v for k, v in r.items()} for r in records}


def _text(record: Record | None, key: str) -> str:
    value = record.get(key) if record else None
    return "" if value is None else str(value)


def _differences(before: Record, after: Record) -> Iterator[Change]:
    value = [number(record.get("obs_value")) for record in (before, after)]
    status = [_text(record, "obs_status") for record in (before, after)]
    if value[0] != value[1] or (value[0] is None and _text(before, "obs_raw") != _text(after, "obs_raw")):
        yield _change(Kind.CHANGED, after, before, _by_how_much(value))
    elif status[0] != status[1]:
        yield _change(Kind.CHANGED, after, before, f"status {status[0]} became {status[1]}")
    if _text(before, "notes") != _text(after, "notes") or _text(before, "marks") != _text(after, "marks"):
        detail = f"{_text(before, 'marks')!r} {_text(before, 'notes')!r} became {_text(after, 'marks')!r} {_text(after, 'notes')!r}"
        yield _change(Kind.NOTE, after, before, detail)
    pages = [_text(record, "page").removesuffix(".0") for record in (before, after)]
    if pages[0] != pages[1] and all(pages):
        yield _change(Kind.MOVED, after, before, f"from page {pages[0]} to page {pages[1]}")


def _by_how_much(value: Sequence[object]) -> str:
    old, new = value
    return f"{new - old:+}" if isinstance(old, int) and isinstance(new, int) else ""


def _relabelled(gone: Sequence[Record], came: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    def key(record: Record) -> tuple[str, ...]:
        return tuple(_text(record, k) for k in ("item", "column", "obs_raw"))

    for before in gone:
        alike = [after for after in came if key(after) == key(before)]
        twins = [other for other in gone if key(other) == key(before)]
        if len(alike) == len(twins) == 1:
            yield before, alike[0]


def _change(kind: Kind, after: Record | None, before: Record | None, detail: str = "") -> Change:
    shown = after or before
    return Change(
        kind=kind,
        figure_id=_text(shown, "figure_id"),
        item=_text(shown, "item"),
        label=_text(shown, "label_path") or _text(shown, "label"),
        column=_text(shown, "column"),
        old=_printed(before),
        new=_printed(after),
        detail=detail,
    )


def _printed(record: Record | None) -> str:
    return _text(record, "obs_raw") or _text(record, "obs_value")


def as_text(changes: Sequence[Change]) -> str:
    """One line for each change, the counts last."""
    lines = [f"{c.kind.value}: {c.item} {c.label}, {c.column}: {_arrow(c)}" for c in changes]
    return "\n".join([*lines, _counted(changes)]) + "\n"


def as_json(changes: Sequence[Change]) -> str:
    """`{"changes": [{"kind", "figure_id", "item", "label", "column", "old", "new", "detail"}]}`."""
    fields = ("figure_id", "item", "label", "column", "old", "new", "detail")
    made = [{"kind": c.kind.value, **{name: getattr(c, name) for name in fields}} for c in changes]
    return simplejson.dumps({"changes": made}, ensure_ascii=False, indent=1) + "\n"


def as_markdown(changes: Sequence[Change]) -> str:
    """A table for a pull request."""
    lines = [f"**Figures: {_counted(changes)}**", ""]
    if changes:
        lines += ["| | item | label | column | old | new | |", "|---|---|---|---|---|---|---|"]
        for c in changes:
            cells = (c.kind.value, c.item, c.label, c.column, c.old, c.new, c.detail)
            lines.append("| " + " | ".join(cell.replace("|", "\\|").replace("*", "\\*") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}
"""Every form of a comparison by name."""


def _arrow(change: Change) -> str:
    values = {Kind.ADDED: change.new, Kind.REMOVED: change.old, Kind.MOVED: change.new, Kind.NOTE: change.new}
    shown = values.get(change.kind, f"{change.old} -> {change.new}")
    return f"{shown} ({change.detail})" if change.detail else shown


def _counted(changes: Sequence[Change]) -> str:
    counts = [f"{n} {kind.value}" for kind in Kind if (n := sum(c.kind is kind for c in changes))]
    return ", ".join(counts) or "no difference"
