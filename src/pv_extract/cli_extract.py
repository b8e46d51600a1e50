"""Commands for one document: `extract` and `tables`; the command line registers them."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pv_extract import outputs, readers
from pv_extract.pipeline import Reading, extract, read_grids, read_tables, unclaimed

EXIT_FINDINGS = 1


class Format(StrEnum):
    """Outputs of `extract`."""

    json = "json"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"


class TablesFormat(StrEnum):
    """Outputs of `tables`."""

    json = "json"


File = Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, text dump, DOCX or XLSX; the content tells which.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
Schemas = Annotated[
    list[Path] | None,
    typer.Option("--schemas", help="Folder with your own topics, lists and aliases; may be repeated."),
]


def register(app: typer.Typer) -> None:
    """The commands of this module, added to the command line."""
    app.command("extract", epilog=_EXTRACT)(extract_command)
    app.command("tables", epilog=_TABLES)(tables_command)


_EXTRACT = (
    "Examples:\n\n"
    "    pv-extract extract answer.pdf\n\n"
    "    pv-extract extract answer.pdf --format json | jq .findings\n\n"
    "    pv-extract extract answer.docx --format xlsx -o answer.xlsx\n\n"
    "    pv-extract extract answer.txt --format csv -o figures.csv --topic duaal_leren"
)
_TABLES = (
    "Examples:\n\n    pv-extract tables report.pdf\n\n    pv-extract tables report.pdf --format json -o tables.json"
)


def extract_command(
    file: File,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None, typer.Option("--format", "-f", help="Data instead of the view for people.")
    ] = None,
    output: Output = None,
    topic: Annotated[str | None, typer.Option(help="Topic that the document must be about.")] = None,
    schemas: Schemas = None,
    verify: Annotated[bool, typer.Option("--verify", help="Read every cell again with a second engine.")] = False,
) -> None:
    """Read one answer, check it, and show it or write it as data."""
    chosen = format or _by_suffix(output)
    if chosen in (Format.parquet, Format.xlsx) and output is None and sys.stdout.isatty():
        raise typer.BadParameter(f"{chosen} is no text: expected -o FILE or a pipe", param_hint="--format")
    found = extract(file, topic=topic, schemas=schemas or (), verify=verify)
    if chosen is None:
        outputs.terminal.show(found, Console())
    elif output is None:
        sys.stdout.buffer.write(outputs.as_bytes(found, chosen.value))
    else:
        outputs.write(found, chosen.value, output)
    raise typer.Exit(0 if found.ok else EXIT_FINDINGS)


def _by_suffix(output: Path | None) -> Format | None:
    if output is None:
        return None
    try:
        return Format(output.suffix.lstrip("."))
    except ValueError:
        formats = ", ".join(Format)
        raise typer.BadParameter(
            f"{output.name}: the suffix names no format; expected one of {formats}, or --format", param_hint="--output"
        ) from None


def tables_command(
    file: File,
    format: Annotated[  # noqa: A002 - the option's name
        TablesFormat | None, typer.Option("--format", "-f", help="Data instead of the view for people.")
    ] = None,
    output: Output = None,
    draw: Annotated[
        Path | None, typer.Option(help="Write an image of each page there, with what was read outlined in colours.")
    ] = None,
) -> None:
    """Show the tables of any document before interpretation: cells, spans, pages and boxes."""
    grids = read_grids(file)
    if draw:
        _draw(read_tables(file), file, draw)
    if format is None and output is None:
        outputs.terminal.show_grids(grids, Console())
    elif output is None:
        sys.stdout.write(outputs.tables_json(grids))
    else:
        outputs.write_text(outputs.tables_json(grids), output)
    if not grids:
        sys.stderr.write(f"pv-extract: {file.name}: no table found\n")


def _draw(reading: Reading, file: Path, folder: Path) -> None:
    if not reading.document.pages:
        raise typer.BadParameter(f"{file.name} has no pages to draw on: expected a PDF", param_hint="--draw")
    places = outputs.outlines(reading.raws, reading.tables, reading.blocks, unclaimed(reading))
    drawn = outputs.draw(readers.content(file), places, folder)
    sys.stderr.write(f"pv-extract: {len(drawn)} page images in {folder}; {outputs.LEGEND}\n")
