"""What the commands about names share: the lists of the folders given, the tables of the sources given, safe printing."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pv_extract import names, pipeline
from pv_extract.findings import SourceError
from pv_extract.model import Table
from pv_extract.names import NameList
from pv_extract.names.folding import printable
from pv_extract.shipped import schemas_folder

_SHOWN = 60

Schemas = Annotated[
    list[Path] | None,
    typer.Option("--schemas", help="Folder with your own lists, aliases and decisions; may be repeated."),
]


def lists_of(schemas: Sequence[Path] | None) -> dict[str, NameList]:
    """The shipped lists, and those of the given folders."""
    return dict(names.load_lists([schemas_folder(), *(schemas or ())]))


def documents_of(sources: Sequence[Path], schemas: Sequence[Path] | None) -> Iterator[tuple[str, Sequence[Table]]]:
    """Tables by file; a file that cannot be read is told, and the others are read all the same."""
    known = pipeline.load_knowledge(schemas or ())
    for path in _files(sources):
        try:
            yield str(path), pipeline.extract(path, knowledge=known).tables
        except SourceError as error:
            sys.stderr.write(f"pv-extract: left out: {' '.join(str(error).split())}\n")


def _files(sources: Sequence[Path]) -> Iterator[Path]:
    for source in sources:
        if source.is_dir():
            yield from (p for p in sorted(source.rglob("*")) if p.is_file() and not p.name.startswith("."))
        else:
            yield source


def today() -> str:
    """The current day as YYYY-MM-DD."""
    return date.today().isoformat()  # noqa: DTZ011 - the calendar on the wall


def plain_text(text: str) -> str:
    """Safe to print: on one line, no markup, not endless."""
    line = printable(text)
    return (line if len(line) <= 2 * _SHOWN else f"{line[:_SHOWN]}…").replace("[", r"\[")
