"""An extraction made by hand: the fixture's tables as its source file says them, with verdicts and findings to show."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml

from pv_extract.extraction import Extraction
from pv_extract.findings import Code, Finding, Level
from pv_extract.model import (
    Addressee,
    Answer,
    Box,
    Cell,
    Column,
    Item,
    Ledger,
    Match,
    Meaning,
    Note,
    ObsStatus,
    Period,
    Role,
    Row,
    Source,
    Table,
    TextFigure,
    TotalResult,
    Totals,
)

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures" / "answer-757"
ITEMS = ("1a", "1b", "1c", "2a", "2b", "3")
MEANINGS = {"provisional": Meaning.PROVISIONAL}


@cache
def answer_757() -> Extraction:
    """The fixture as a reader that makes no mistakes would see it."""
    said = yaml.safe_load((FIXTURE / "answer.yaml").read_text(encoding="utf-8"))
    items: list[Item] = []
    tables: list[Table] = []
    for item_id, item in zip(ITEMS, said["items"], strict=True):
        keys: tuple[str, ...] = ()
        if printed := item.get("table"):
            tables.append(table(f"t{len(tables) + 1}", item_id, printed, said["notes"]))
            keys = (tables[-1].id,)
        items.append(Item(item_id, item["text"], keys, average(item["text"]) if item_id == "1c" else ()))
    totals = {t.id: totals_of(t) for t in tables}
    return Extraction(
        Source("answer-757.pdf", "ab" * 32, "application/pdf", 5, "pdf"),
        Answer(
            "coordinated", 757, date(2023, 6, 16), "Loes Vandromme", "Jo Brouns", said["portfolio"].capitalize(),
            said["title"], "nl", (Addressee("Ben Weyts", 712), Addressee("Jo Brouns", 757)),
            (Item("1", said["questions"][0]),), tuple(items),
        ),
        tuple(tables),
        totals,
        (
            Finding(Code.MEMBER_MISSING, Level.WARNING, "Textielverzorging is a row of 1b and absent from 2b", "t4"),
            Finding(Code.MARK_UNEXPLAINED, Level.WARNING, "2b prints 2022-2023* and explains no *", "t4", None,
                    "2022-2023*", 3, Box(400, 100, 440.123, 120)),
            Finding(Code.PERIODS_DIFFER, Level.NOTE, "3 years asked, 4 given"),
        ),
        Ledger(300, 261, 16, 0, 23, 0, 0),
        "duaal_leren",
    )  # fmt: skip


def average(sentence: str) -> tuple[TextFigure, ...]:
    return (TextFigure("3,55", Decimal("3.55"), sentence, date(2023, 6, 29)),)


def table(key: str, item: str, printed: Mapping[str, object], notes: Mapping[str, str]) -> Table:
    columns, rows, marks = printed["columns"], printed["rows"], printed["notes"]
    assert isinstance(columns, list)
    assert isinstance(rows, list)
    assert isinstance(marks, list)
    return Table(
        id=key,
        item=item,
        title=str(printed["header"]),
        pages=(2, 3),
        stub_columns=(str(printed["header"]),),
        columns=tuple(column(c) for c in columns),
        rows=tuple(row(r, y) for y, r in enumerate(rows)),
        notes=tuple(note(notes[m], m) for m in marks),
        unit="companies" if len(columns) > 1 else "mentors",
        topic="duaal_leren",
        how="ruled",
    )


def column(raw: str) -> Column:
    if raw[0] != "2":
        return Column(raw, (raw,))
    first = int(raw[:4])
    period = Period("school_year", raw.rstrip("*"), date(first, 9, 1), date(first + 1, 8, 31))
    status = ObsStatus.PROVISIONAL if raw.endswith("*") else ObsStatus.NORMAL
    return Column(raw, (raw,), period, ("*",) if raw.endswith("*") else (), status)


def row(printed: list[str], y: int) -> Row:
    label, *figures = printed
    total = "totaal" in label.lower()
    cells = tuple(cell(f, x, y) for x, f in enumerate(figures))
    if total:
        return Row((label,), cells, Role.TOTAL)
    if label == "Brussels H. Gewest":
        found = Match(
            "regions", "BRU", "Brussels Hoofdstedelijk Gewest", "alias", 100.0, 40.0, rule="Brussels H. Gewest"
        )
        return Row((label,), cells, match=found)
    name = "regions" if label.startswith("Provincie") else "partnerships"
    return Row((label,), cells, match=Match(name, label[:12].lower(), label, "exact", 100.0, 38.5))


def cell(raw: str, x: int, y: int) -> Cell:
    return Cell(
        raw, int(raw), ObsStatus.NORMAL, page=2, box=Box(300 + 50 * x, 100 + 15 * y, 350 + 50 * x, 115 + 15 * y)
    )


def note(text: str, key: str) -> Note:
    mark = text[: len(text) - len(text.lstrip("*"))]
    return Note(mark, text[len(mark) :].strip(), MEANINGS.get(key, Meaning.COUNTED_MORE_THAN_ONCE), 2)


def totals_of(made: Table) -> Totals:
    total = next((r for r in made.rows if r.role is Role.TOTAL), None)
    if total is None:
        return Totals("none", "nothing to hold it against")
    results = []
    for place, of in enumerate(made.columns):
        parts = [v for r in made.rows if r.role is Role.PART if (v := r.cells[place].value) is not None]
        printed, summed = total.cells[place].value, sum(parts)
        verdict = "exact" if printed == summed else "explained"
        detail = "" if printed == summed else f"printed {printed}, possible {max(parts)} to {summed}"
        results.append(TotalResult(total.labels[0], of.raw, printed, summed, verdict, detail))  # type: ignore[arg-type]
    rule = "sum" if len(made.columns) == 1 else "distinct"
    because = "mentors are counted once" if rule == "sum" else "a company counts in every province where it has a site"
    return Totals(rule, because, tuple(results))  # type: ignore[arg-type]
