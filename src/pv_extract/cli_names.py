"""The part of the command line that is about names: `match`, `review` and `names suggest`."""

import csv
import io
import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid

from pv_extract import names
from pv_extract.cli_review import REVIEW_EXAMPLES, review_command
from pv_extract.cli_shared import Schemas, documents_of, lists_of, plain_text, today
from pv_extract.findings import ConfigurationError
from pv_extract.names import NameList, Outcome, suggest
from pv_extract.names.table_file import read_column

names_app = typer.Typer(no_args_is_help=True, help="Lists of canonical names.", rich_markup_mode="markdown")


class MatchFormat(StrEnum):
    """Outputs of `match`."""

    text = "text"
    json = "json"
    csv = "csv"


def register(app: typer.Typer) -> None:
    """Adds the commands about names to the command line."""
    app.command("match", epilog=_MATCH_EXAMPLES)(match_command)
    app.command("review", epilog=REVIEW_EXAMPLES)(review_command)
    app.add_typer(names_app, name="names")


# -- match --------------------------------------------------------------------------------------------------------------

_MATCH_EXAMPLES = """Examples:

    pv-extract match "Chemie & life sciences" --list partnerships

    cut -d, -f2 sectors.csv | pv-extract match --list partnerships --format json

    pv-extract match --csv sectors.csv --column sector --list partnerships --format csv
"""


def match_command(
    labels: Annotated[
        list[str] | None, typer.Argument(help="Labels; without any, they are read from stdin, one a line.")
    ] = None,
    list_id: Annotated[
        str, typer.Option("--list", "-l", help="Id of the list, as in `schemas/names`.")
    ] = "partnerships",
    format: Annotated[  # noqa: A002 - the option's name
        MatchFormat, typer.Option("--format", "-f", help="Data instead of the view for people.")
    ] = MatchFormat.text,
    csv_file: Annotated[Path | None, typer.Option("--csv", help="Read the labels from this CSV file.")] = None,
    column: Annotated[str | None, typer.Option("--column", help="Its column that holds the labels.")] = None,
    together: Annotated[bool, typer.Option("--together", help="The labels are one column: each name once.")] = False,
    schemas: Schemas = None,
) -> None:
    """Find the canonical names of labels, and say why."""
    lists = lists_of(schemas)
    if list_id not in lists:
        raise ConfigurationError(f"--list {list_id}: there is no such list; expected one of {', '.join(lists)}")
    wanted = _labels(labels, csv_file, column)
    if together:
        outcomes: Sequence[Outcome] = names.match_column(wanted, lists, list_id=list_id).outcomes
    else:
        outcomes = [names.match_label(label, lists[list_id]) for label in wanted]
    if format is MatchFormat.json:
        sys.stdout.write(json.dumps([_record(o) for o in outcomes], ensure_ascii=False, indent=1) + "\n")
    elif format is MatchFormat.csv:
        sys.stdout.write(_as_csv(outcomes))
    else:
        _show(outcomes, lists[list_id])


def _labels(given: Sequence[str] | None, csv_file: Path | None, column: str | None) -> list[str]:
    if (csv_file is None) != (column is None):
        raise typer.BadParameter("--csv FILE and --column NAME belong together")
    if given and csv_file:
        raise typer.BadParameter("expected labels or --csv, found both")
    if csv_file and column:
        return read_column(csv_file, column)
    if given:
        return list(given)
    if sys.stdin.isatty():
        raise typer.BadParameter("expected a label, --csv FILE --column NAME, or labels on stdin, one a line")
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"stdin: expected UTF-8, found byte 0x{error.object[error.start]:02x}") from error


def _record(outcome: Outcome) -> dict[str, object]:
    """One label as the JSON output has it; of what is not accepted, `score` is that of the nearest name."""
    match = outcome.match
    real = [c for c in outcome.candidates if c.id]
    best = real[0] if real else None
    rival = next((c for c in outcome.candidates if c is not best), None)
    score = match.score if match else best.score if best else 0.0
    return {
        "label": outcome.label,
        "id": match.id if match else None,
        "name": match.name if match else None,
        "how": match.how if match else None,
        "score": round(score, 1),
        "margin": round(match.margin if match else score - (rival.score if rival else 0.0), 1),
        "runner_up": match.runner_up if match else (rival.id or rival.name) if rival else None,
        "status": _status(outcome),
        "rule": outcome.why,
    }


def _status(outcome: Outcome) -> str:
    return outcome.status if outcome.status in {"accepted", "review"} else "refused"


def _as_csv(outcomes: Sequence[Outcome]) -> str:
    out = io.StringIO()
    columns = ["label", "id", "name", "how", "score", "margin", "runner_up", "status", "rule"]
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_record(o) for o in outcomes)
    return out.getvalue()


def _show(outcomes: Sequence[Outcome], lst: NameList) -> None:
    console = Console()
    grid = Grid("label", "status", "id", "name", "score", "why", box=None, header_style="bold", pad_edge=False)
    colours = {"accepted": "green", "review": "yellow"}
    for outcome in outcomes:
        status = outcome.status
        shown = f"[{colours.get(status, 'red')}]{status}[/]"
        match = outcome.match
        label = plain_text(outcome.label)
        if match:
            grid.add_row(label, shown, match.id, plain_text(match.name), f"{match.score:.0f}", plain_text(outcome.why))
        else:
            grid.add_row(label, shown, "", "", "", plain_text(outcome.why))
        for candidate in outcome.candidates or names.nearest(outcome.label, lst):
            if match is None or candidate.id != match.id:
                row = (
                    candidate.id or "-",
                    plain_text(candidate.name),
                    f"{candidate.score:.0f}",
                    plain_text(candidate.rule),
                )
                grid.add_row("", "", *row, style="dim")
    console.print(grid)


# -- names suggest --------------------------------------------------------------------------------------------------------


@names_app.callback()
def _names() -> None:
    """Lists of canonical names."""


@names_app.command(
    "suggest", epilog="Example:\n\n    pv-extract names suggest answers/ --list schools --out my_schemas/names"
)
def suggest_command(
    sources: Annotated[list[Path], typer.Argument(help="Answers, or folders with answers.")],
    list_id: Annotated[str, typer.Option("--list", "-l", help="Id of the new list.")] = "draft",
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the draft; without it, the clusters are shown.")
    ] = None,
    schemas: Schemas = None,
) -> None:
    """Draft a list for the labels of tables that no list knows."""
    clusters = suggest.cluster(suggest.unknown_labels(documents_of(sources, schemas)))
    if not clusters:
        sys.stderr.write("pv-extract: every table with labels has a list, or none has labels; nothing to draft\n")
    elif out is None:
        grid = Grid("id", "spellings", "times", "documents", box=None, header_style="bold", pad_edge=False)
        for c in clusters:
            grid.add_row(c.id, plain_text(" | ".join(c.spellings)), str(c.times), str(c.documents))
        Console().print(grid)
    else:
        try:
            written = suggest.write_draft(clusters, out, list_id, today())
        except FileExistsError as error:
            raise ConfigurationError(f"{error}: is there already; choose another --list or --out") from error
        sys.stderr.write(
            f"pv-extract: {len(clusters)} names drafted in {written[0]} and {written[1].name}; edit before use\n"
        )
