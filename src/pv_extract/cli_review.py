"""The command `review`: a person decides about labels that no name was accepted for, once and for ever."""

import getpass
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pv_extract.cli_shared import Schemas, documents_of, lists_of, plain_text, today
from pv_extract.names import NameList, review
from pv_extract.names.decisions import DECISIONS, read_decisions, unused, write_decisions
from pv_extract.names.lists import Decision, Place
from pv_extract.outputs.crop import crop

REVIEW_EXAMPLES = """Examples:

    pv-extract review answers/ --schemas my_schemas

    pv-extract review answers/*.pdf --export open.xlsx

    pv-extract review --import open.xlsx --schemas my_schemas

    pv-extract review answers/ --schemas my_schemas --status
"""


def review_command(
    sources: Annotated[list[Path] | None, typer.Argument(help="Answers, or folders with answers.")] = None,
    schemas: Schemas = None,
    status: Annotated[bool, typer.Option("--status", help="Say how much is left, and leave.")] = False,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write what is open to this CSV or XLSX file.")
    ] = None,
    import_: Annotated[
        Path | None, typer.Option("--import", help="Take decisions from a filled CSV or XLSX file.")
    ] = None,
    crops: Annotated[
        Path | None, typer.Option("--crops", help="Write a picture of the page around each label to this folder.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who decides; your user name where not given.")] = None,
) -> None:
    """Decide, once and for ever, about labels that no name was accepted for.

    Decisions go to `names/decisions.csv` in the last `--schemas` folder, and hold in every later run with that folder.
    """
    given = schemas or []
    there = [
        *given[:-1],
        *(folder for folder in given[-1:] if folder.is_dir()),
    ]  # the first decision may make the last one
    lists = lists_of(there)
    if import_:
        filled = [_signed(d, by) for d in review.read_filled(import_, lists)]
        path = write_decisions(_target(schemas), filled)
        sys.stderr.write(f"pv-extract: {len(filled)} decisions written to {path}\n")
        return
    if not sources:
        raise typer.BadParameter("expected answers to review, or --import FILE")
    found = review.survey(documents_of(sources, there), lists)
    if status:
        _show_status(found, there, lists)
    elif export:
        review.export(found.open, export)
        sys.stderr.write(f"pv-extract: {len(found.open)} labels written to {export}\n")
    else:
        _walk(found.open, lists, _target(schemas), by, crops)


def _target(schemas: Sequence[Path] | None) -> Path:
    if not schemas:
        raise typer.BadParameter("expected --schemas FOLDER, where decisions are kept", param_hint="--schemas")
    folder = schemas[-1]
    return folder if folder.name == "names" or (folder / DECISIONS).is_file() else folder / "names"


def _signed(decision: Decision, by: str | None) -> Decision:
    who = decision.by or by or getpass.getuser()
    return replace(decision, by=who, on=decision.on or today())


def _show_status(found: review.Survey, schemas: Sequence[Path] | None, lists: dict[str, NameList]) -> None:
    kept = [d for folder in schemas or () for path in _decision_files(folder) for d in read_decisions(path)]
    remarks = [*(r for lst in lists.values() for r in lst.remarks), *unused(kept, found.asked)]
    sys.stdout.write(f"open: {len(found.open)} labels, printed {sum(len(o.printed) for o in found.open)} times\n")
    sys.stdout.write(f"decided: {len(kept)}\n")
    for remark in remarks:
        sys.stdout.write(f"{remark.code}: {remark.message}\n")


def _decision_files(folder: Path) -> list[Path]:
    return [p for p in (folder / DECISIONS, folder / "names" / DECISIONS) if p.is_file()]


def _walk(
    waiting: Sequence[review.Open], lists: dict[str, NameList], folder: Path, by: str | None, crops: Path | None
) -> None:
    """Asks about one label after another; every answer is kept at once, so that leaving costs nothing."""
    console = Console(stderr=True, soft_wrap=True)
    for number, item in enumerate(waiting, start=1):
        options = [c for c in item.outcome.candidates if c.id]
        console.print(f"\n[bold]{plain_text(item.label)}[/]  ({number} of {len(waiting)}, list {item.list})")
        console.print(f"  {plain_text(item.outcome.why)}")
        for printed in item.printed[:3]:
            console.print(f"  printed in {plain_text(str(printed))}", style="dim")
        if crops and (picture := _pictured(item.printed, crops)):
            console.print(f"  see {picture}", style="dim")
        for place, candidate in enumerate(options, start=1):
            console.print(
                f"  {place}  {candidate.id}  {plain_text(candidate.name)}  ({candidate.score:.0f}, {plain_text(candidate.rule)})"
            )
        answer = _ask(console, len(options), lists[item.list])
        if answer == "q":
            break
        if answer == "s":
            continue
        chosen = None if answer == "n" else options[int(answer) - 1].id if answer.isdigit() else answer
        why = console.input("  why? (may stay empty) ").strip()
        decision = Decision(item.label, item.list, chosen, "", "", why, Place("review", number))
        review.check(decision, lists)
        write_decisions(folder, [_signed(decision, by)])
    sys.stderr.write("pv-extract: nothing more to decide\n" if not waiting else "")


def _pictured(printed: Sequence[review.Printed], folder: Path) -> Path | None:
    first = next((p for p in printed if p.box), None)
    return crop(Path(first.file), first.page, first.box, folder) if first and first.box else None


def _ask(console: Console, options: int, lst: NameList) -> str:
    while True:
        try:
            answer = console.input("  number, id, [bold]n[/]one, [bold]s[/]kip or [bold]q[/]uit: ").strip()
        except EOFError:
            return "q"
        if answer in {"n", "s", "q"} or answer in lst.names:
            return answer
        if answer.isdigit() and 1 <= int(answer) <= options:
            return answer
        console.print(f"  expected 1 to {options}, an id of {lst.id}, n, s or q")
