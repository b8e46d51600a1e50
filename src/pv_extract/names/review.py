"""What a person has to decide: labels without an accepted name, each once, with where they were printed and what they may be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from pv_extract.findings import ConfigurationError
from pv_extract.model import Box, Role, Table
from pv_extract.names.decisions import COLUMNS, NONE, csv_of, read_decisions
from pv_extract.names.folding import plain
from pv_extract.names.lists import Decision, NameList, Place
from pv_extract.names.matcher import match_label
from pv_extract.names.outcome import Context, Outcome

WORKSHEET = "decisions"
_EXTRA = ("candidates", "reason", "where", "times")


@dataclass(frozen=True, slots=True)
class Printed:
    """Where a label was printed; the box is in points from the top left of the page."""

    file: str
    table: str
    page: int
    box: Box | None = None

    def __str__(self) -> str:
        return f"{self.file}, page {self.page}, {self.table}"


@dataclass(frozen=True, slots=True)
class Open:
    """A label that waits for a decision."""

    label: str
    list: str
    outcome: Outcome
    printed: tuple[Printed, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """What reading some documents showed: labels that wait, and every (list, label) that was asked for."""

    open: tuple[Open, ...]
    asked: frozenset[tuple[str, str]]


def survey(documents: Iterable[tuple[str, Sequence[Table]]], lists: Mapping[str, NameList]) -> Survey:
    """The labels of tables (by file) whose rows bear names of a list, told apart by whether a name was accepted."""
    waiting: dict[tuple[str, str], Open] = {}
    asked: set[tuple[str, str]] = set()
    for file, tables in documents:
        for table in tables:
            key = _list_of(table)
            if key not in lists:
                continue
            for row in (r for r in table.rows if r.labels and (r.role is Role.PART or r.match)):
                asked.update((key, label) for label in row.labels)
                if row.match is None and row.review and not row.settled:
                    _wait(waiting, row.labels[-1], row.group, lists[key], _printed(file, table, row.page, row.cells))
    return Survey(tuple(waiting.values()), frozenset(asked))


def _list_of(table: Table) -> str:
    named = [row.match.list for row in table.rows if row.match]
    return max(sorted(set(named)), key=named.count) if named else ""


def _printed(file: str, table: Table, page: int, cells: Sequence[object]) -> Printed:
    boxes = [box for c in cells if isinstance(box := getattr(c, "box", None), Box)]
    title = f"table {table.item or table.id}"
    return Printed(file, title, page, Box.around(boxes) if boxes else None)


def _wait(
    waiting: dict[tuple[str, str], Open], label: str, group: tuple[str, ...], lst: NameList, printed: Printed
) -> None:
    outcome = match_label(label, lst, context=Context(group))
    if outcome.settled:
        return
    before = waiting.get((lst.id, plain(label)))
    if before:
        waiting[(lst.id, plain(label))] = replace(before, printed=(*before.printed, printed))
    else:
        waiting[(lst.id, plain(label))] = Open(label, lst.id, outcome, (printed,))


# -- for people who prefer a spreadsheet ----------------------------------------------------------------------------------


def export(items: Sequence[Open], path: Path) -> None:
    """A CSV or XLSX file (by its suffix) with a row for each label; the columns id, by, on and why wait to be filled.

    Raises:
        ConfigurationError: for another suffix.
    """
    header = [*COLUMNS, *_EXTRA]
    rows = [
        [i.label, i.list, "", "", "", "", _candidates(i), i.outcome.why, _where(i), str(len(i.printed))] for i in items
    ]
    if path.suffix.lower() == ".csv":
        path.write_text(csv_of(header, rows), encoding="utf-8", newline="")
    elif path.suffix.lower() == ".xlsx":
        book = Workbook()
        sheet = book.active or book.create_sheet()
        sheet.title = WORKSHEET
        for row in (header, *rows):
            sheet.append(row)
        for cells in sheet.iter_rows():
            for cell in cells:
                # text, so that a label such as `=1+1` is no formula
                cell.data_type = "s"
                cell.number_format = "@"
        book.save(path)
    else:
        raise ConfigurationError(f"{path}: expected a name that ends in .csv or .xlsx")


def _candidates(item: Open) -> str:
    return " | ".join(f"{c.id} ({c.score:.0f})" for c in item.outcome.candidates if c.id)


def _where(item: Open) -> str:
    more = f" and {len(item.printed) - 1} more" if len(item.printed) > 1 else ""
    return f"{item.printed[0]}{more}" if item.printed else ""


def read_filled(path: Path, lists: Mapping[str, NameList]) -> list[Decision]:
    """The decisions of an exported file that was filled in; rows without an id are left for later.

    Raises:
        ConfigurationError: naming file and row, where a list or an id does not exist; nothing of the file is used then.
    """
    decisions = (
        _read_sheet(path) if path.suffix.lower() == ".xlsx" else read_decisions(path, unfilled=True, extra=_EXTRA)
    )
    for decision in decisions:
        check(decision, lists)
    return decisions


def check(decision: Decision, lists: Mapping[str, NameList]) -> None:
    """Refuses a decision for a list or a name that does not exist.

    Raises:
        ConfigurationError: naming the row.
    """
    if decision.list not in lists:
        raise ConfigurationError(
            f"{decision.place}: there is no list {decision.list!r}; expected one of {', '.join(lists)}"
        )
    if decision.id is not None and decision.id not in lists[decision.list].names:
        raise ConfigurationError(
            f"{decision.place}: {decision.id!r} is no id of {decision.list}; expected one of"
            f" {', '.join(lists[decision.list].names)}, or {NONE}"
        )


def _read_sheet(path: Path) -> list[Decision]:
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (OSError, InvalidFileException, BadZipFile, KeyError, ValueError) as error:
        raise ConfigurationError(f"{path}: expected a readable XLSX file, found {error}") from error
    sheet = book[WORKSHEET] if WORKSHEET in book.sheetnames else book[book.sheetnames[0]]
    rows = [["" if c is None else str(c).strip() for c in row] for row in sheet.iter_rows(values_only=True)]
    book.close()
    header = rows[0] if rows else []
    if missing := [c for c in COLUMNS[:3] if c not in header]:
        raise ConfigurationError(
            f"{path}, row 1: column {', '.join(missing)} is missing; found {', '.join(header) or 'nothing'}"
        )
    decisions = []
    for number, row in enumerate(rows[1:], start=2):
        cells = dict(zip(header, row, strict=True))
        if cells["id"]:
            chosen = None if cells["id"].casefold() == NONE else cells["id"]
            on = cells.get("on", "")[:10]
            place = Place(str(path), number)
            decisions.append(
                Decision(cells["label"], cells["list"], chosen, cells.get("by", ""), on, cells.get("why", ""), place)
            )
    return decisions
