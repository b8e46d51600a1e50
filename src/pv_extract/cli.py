"""The command line: arguments in, one call, exit code out."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pv_extract import __version__, cli_batch, cli_checks, cli_names, outputs, readers
from pv_extract.findings import ConfigurationError, SourceError
from pv_extract.pipeline import Reading, extract, read_grids, read_tables, unclaimed

EXIT_FINDINGS, EXIT_USAGE, EXIT_UNREADABLE = 1, 2, 3

app = typer.Typer(
    name="pv-extract",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Read the tables of answers to parliamentary questions into figures one can trust: typed, named, reconciled.",
    epilog="Exit codes: 0 no error-level finding, 1 error-level findings, 2 wrong usage or configuration, "
    "3 a source that cannot be read. Data goes to stdout, talk to stderr.",
)


class Format(StrEnum):
    """Outputs of `extract`."""

    json = "json"
    csv = "csv"
    parquet = "parquet"
    xlsx = "xlsx"


class TablesFormat(StrEnum):
    """Outputs of `tables`."""

    json = "json"


def main() -> None:
    """Entry point: every expected failure becomes one line on stderr and its exit code."""
    try:
        app(standalone_mode=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader went away; say nothing more
        raise SystemExit(EXIT_FINDINGS) from None
    except SourceError as error:
        _fail(error, EXIT_UNREADABLE)
    except ConfigurationError as error:
        _fail(error, EXIT_USAGE)


def _fail(error: Exception, code: int) -> None:
    sys.stderr.write(f"pv-extract: {' '.join(str(error).split())}\n")
    raise SystemExit(code)


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"pv-extract {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    """Read the tables of answers to parliamentary questions into figures one can trust."""


File = Annotated[Path, typer.Argument(metavar="FILE", help="A PDF, text dump, DOCX or XLSX; the content tells which.")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
Schemas = Annotated[
    list[Path] | None,
    typer.Option("--schemas", help="Folder with your own topics, lists and aliases; may be repeated."),
]


@app.command(
    "extract",
    epilog="Examples:\n\n"
    "    pv-extract extract answer.pdf\n\n"
    "    pv-extract extract answer.pdf --format json | jq .findings\n\n"
    "    pv-extract extract answer.docx --format xlsx -o answer.xlsx\n\n"
    "    pv-extract extract answer.txt --format csv -o figures.csv --topic duaal_leren",
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


@app.command(
    "tables",
    epilog="Examples:\n\n    pv-extract tables report.pdf\n\n    pv-extract tables report.pdf --format json -o tables.json",
)
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


cli_names.register(app)
cli_checks.register(app)
cli_batch.register(app)
