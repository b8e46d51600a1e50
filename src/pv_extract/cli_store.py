"""Commands about a store: `export`, `status` and `show`; the command line registers them."""

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import simplejson
import typer

from pv_extract.findings import ConfigurationError

if TYPE_CHECKING:
    from pv_extract.batch.figure import Shown


class ExportFormat(StrEnum):
    """Formats of `export`."""

    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"
    datapackage = "datapackage"
    sqlite = "sqlite"


class SaidFormat(StrEnum):
    """Formats of `run`, `status` and `show`."""

    text = "text"
    json = "json"


Store = Annotated[Path, typer.Argument(help="Folder of the store.")]
Said = Annotated[SaidFormat, typer.Option("--format", "-f", help="Text for people, or JSON.")]


def register(app: typer.Typer) -> None:
    """The commands of this module, added to the command line."""
    app.command("export", epilog=_EXPORT)(export_command)
    app.command("status")(status_command)
    app.command("show")(show_command)


_EXPORT = (
    "Examples:\n\n    pv-extract export store --format csv -o tables\n\n"
    "    pv-extract export store --format datapackage -o package"
)


def export_command(
    store: Store,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder for the files, one for each table.")],
    format: Annotated[ExportFormat, typer.Option("--format", "-f")] = ExportFormat.csv,  # noqa: A002 - the option's name
    history: Annotated[bool, typer.Option("--history", help="Superseded documents too.")] = False,
    schemas: Annotated[
        list[Path] | None, typer.Option("--schemas", help="Folder whose publication.yaml names title and licence.")
    ] = None,
) -> None:
    """Write the tables of a store as files: figures, tables, findings, documents, inputs and runs."""
    from pv_extract.batch.export import export  # noqa: PLC0415 - needed here only

    for file in export(store, format.value, output, history=history, schemas=tuple(schemas or ())):
        sys.stdout.write(f"{file}\n")


def status_command(store: Store, format: Said = SaidFormat.text) -> None:  # noqa: A002 - the option's name
    """Say what became of the inputs of the last run, and what the store holds."""
    from pv_extract.batch.account import account  # noqa: PLC0415 - needed here only

    said = account(store)
    if format is SaidFormat.json:
        made = {
            "run_id": said.run_id,
            "state": said.state,
            "started": said.started,
            "seconds": said.seconds,
            "inputs": said.inputs,
            "counts": said.counts,
            "failed": [{"location": a, "status": b, "message": c} for a, b, c in said.failed],
            "holds": said.holds,
            "versions": said.versions,
        }
        sys.stdout.write(simplejson.dumps(made, ensure_ascii=False, indent=1) + "\n")
        return
    took = f" in {said.seconds:.1f} s" if said.seconds is not None else ""
    sys.stdout.write(f"run {said.run_id} {said.state}{took}, pv-extract {said.versions['pv-extract']}\n")
    sys.stdout.write(f"{counted(said.counts)}{said.inputs:>8}  inputs\n")
    sys.stdout.write("the store holds " + ", ".join(f"{count} {name}" for name, count in said.holds.items()) + "\n")
    for location, status, message in said.failed:
        sys.stdout.write(f"{status}: {location}: {' '.join(message.split())}\n")


_SHOWN = {
    "value": "obs_text", "printed": "obs_raw", "status": "obs_status", "unit": "unit_measure", "labels": "label_path",
    "column": "column", "period": "time_period", "name": "ref_name", "matched": "match_how", "table": "table_title",
    "item": "item", "page": "page", "marks": "marks", "notes": "notes", "file": "file", "source": "source_sha256",
    "version": "version",
}  # fmt: skip


def show_command(
    store: Store,
    figure_id: Annotated[str, typer.Argument(help="figure_id of the figure.")],
    image: Annotated[
        Path | None, typer.Option(help="Write an image of the place on the page to this file, the cell outlined.")
    ] = None,
    format: Said = SaidFormat.text,  # noqa: A002 - the option's name
) -> None:
    """Show one figure: value, printed text, page, labels, notes, checks and source."""
    from pv_extract.batch import figure as figures  # noqa: PLC0415 - needed here only

    found = figures.figure(store, figure_id)
    if image is not None:
        _draw(found, image, figures.image)
    if format is SaidFormat.json:
        made = [{**s.record, "location": s.location, "checks": list(s.checks)} for s in found]
        sys.stdout.write(simplejson.dumps(made, ensure_ascii=False, indent=1, default=str) + "\n")
        return
    for shown in found:
        sys.stdout.write(f"{figure_id}{' (superseded)' if shown.superseded else ''}\n")
        known = {name: shown.record[key] for name, key in _SHOWN.items()}
        lines = [*known.items(), ("location", shown.location), *(("check", check) for check in shown.checks)]
        sys.stdout.writelines(f"  {name:<9} {value}\n" for name, value in lines if value not in (None, ""))


def _draw(found: "Sequence[Shown]", image: Path, draw: "Callable[[Shown], bytes]") -> None:
    pictured = [s for s in found if s.record["media_type"] == "application/pdf"]
    content = draw((pictured or list(found))[0])
    try:
        image.write_bytes(content)
    except OSError as error:
        raise ConfigurationError(f"{image}: cannot be written: {error.strerror}") from error
    sys.stderr.write(f"pv-extract: image in {image}\n")


def counted(counts: dict[str, int]) -> str:
    """A line for each status with its count."""
    return "".join(f"{count:>8}  {status}\n" for status, count in counts.items())
