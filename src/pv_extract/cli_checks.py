"""Commands about checks: `validate`, `diff`, `series` and `schema`; the command line registers them."""

import os
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pv_extract import comparison, report, series, topics, validation
from pv_extract.findings import ConfigurationError, Level, SourceError
from pv_extract.outputs import write_text
from pv_extract.pipeline import Knowledge, load_knowledge
from pv_extract.report import Reported

EXIT_FINDINGS, EXIT_UNREADABLE = 1, 3

Paths = Annotated[list[Path], typer.Argument(help="Documents, extraction outputs (JSON, CSV, Parquet) or folders.")]
Topic = Annotated[str | None, typer.Option(help="Topic that every input must be about.")]
Schemas = Annotated[
    list[Path] | None,
    typer.Option("--schemas", help="Folder with your own topics, lists and aliases; may be repeated."),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file instead of stdout.")]
Format = StrEnum("Format", list(report.FORMATS))  # type: ignore[misc]
DiffFormat = StrEnum("DiffFormat", ["text", "json", "markdown"])
SeriesFormat = StrEnum("SeriesFormat", ["text", "csv"])
SchemaFormat = StrEnum("SchemaFormat", ["yaml", "json", "python"])


def register(app: typer.Typer) -> None:
    """The commands of this module, added to the command line."""
    app.command("validate", epilog=_VALIDATE)(validate_command)
    app.command("diff", epilog=_DIFF)(diff_command)
    app.command("series", epilog=_SERIES)(series_command)
    app.command("schema", epilog=_SCHEMA)(schema_command)


_VALIDATE = (
    "Examples:\n\n    pv-extract validate answers/\n\n"
    "    pv-extract validate answers/ --format junit -o out.xml --format sarif -o out.sarif\n\n"
    "    pv-extract validate figures.csv --topic duaal_leren --fail-on warning\n\n"
    "    pv-extract validate answers/ --baseline known.txt"
)

_DIFF = (
    "Examples:\n\n    pv-extract diff answer.pdf corrected.pdf\n\n"
    "    pv-extract diff before.json after.json --format markdown --exit-code"
)
_SERIES = (
    "Examples:\n\n    pv-extract series answers/ --topic duaal_leren\n\n"
    "    pv-extract series answers/ --topic duaal_leren --format csv -o series.csv --plot series.png"
)
_SCHEMA = (
    "Examples:\n\n    pv-extract schema duaal_leren --table mentors_by_sector\n\n"
    "    pv-extract schema duaal_leren --format json -o schemas.json"
)


def validate_command(
    paths: Paths,
    format: Annotated[  # noqa: A002 - the option's name
        list[Format] | None, typer.Option("--format", "-f", help="Report; may be repeated, each with its own -o.")
    ] = None,
    output: Annotated[
        list[Path] | None, typer.Option("--output", "-o", help="File for a report; its suffix names the format too.")
    ] = None,
    topic: Topic = None,
    schemas: Schemas = None,
    fail_on: Annotated[Level, typer.Option(help="Lightest findings that fail.")] = Level.ERROR,
    baseline: Annotated[
        Path | None, typer.Option(help="File with ids of known findings, one a line: they do not fail.")
    ] = None,
) -> None:
    """Check documents, extraction outputs and frames from elsewhere, and report for people or for CI."""
    known_ids = validation.baseline(_read(baseline), str(baseline)) if baseline else frozenset()
    plan = list(_plan([f.value for f in format or ()], output or []))
    checked, unread = _checked(paths, topic, load_knowledge(schemas or ()))
    reported = [Reported(c, frozenset(c.id_of(f) for f in c.fails(fail_on, known_ids))) for c in checked]
    for name, target in plan:
        text = report.render(name, reported)
        if target is None:
            sys.stdout.write(text)
        else:
            write_text(text, target)
    for error in unread:
        sys.stderr.write(f"pv-extract: {' '.join(str(error).split())}\n")
    if unread:
        raise typer.Exit(EXIT_UNREADABLE)
    raise typer.Exit(EXIT_FINDINGS if any(r.failing for r in reported) else 0)


def _checked(
    paths: Sequence[Path], topic: str | None, knowledge: Knowledge
) -> tuple[list[validation.Checked], list[SourceError]]:
    """Every input that can be read, and the errors of those that cannot: one bad file never stops a run."""
    checked: list[validation.Checked] = []
    unread: list[SourceError] = []
    for path in paths:
        try:
            inside = list(validation.expand([path]))
        except SourceError as error:
            unread.append(error)
            continue
        for file in inside:
            try:
                checked.append(validation.validate_path(file, topic=topic, knowledge=knowledge))
            except SourceError as error:
                unread.append(error)
    return checked, unread


def _plan(formats: Sequence[str], outputs: Sequence[Path]) -> Iterator[tuple[str, Path | None]]:
    """Which report goes where: formats and files in the order given, the rest by suffix or to stdout."""
    if len(outputs) > len(formats) > 0:
        raise ConfigurationError(
            f"{len(outputs)} files for {len(formats)} formats: expected one format for each -o, or none"
        )
    if not formats:
        yield from ((report.format_of(path), path) for path in outputs)
        if not outputs:
            yield ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"), None
        return
    targets: list[Path | None] = [*outputs, *[None] * (len(formats) - len(outputs))]
    yield from zip(formats, targets, strict=True)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: expected a file with ids of findings: {error}") from error


def diff_command(
    old: Annotated[Path, typer.Argument(help="Document, or its extraction as JSON, CSV or Parquet.")],
    new: Annotated[Path, typer.Argument(help="The same, later or by another version.")],
    format: Annotated[DiffFormat, typer.Option("--format", "-f")] = DiffFormat.text,  # noqa: A002 - the option's name
    output: Output = None,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Leave with 1 where anything differs.")] = False,
) -> None:
    """Compare two extractions figure by figure: added, removed, changed, moved, note changed."""
    knowledge = load_knowledge()
    changes = comparison.compare(comparison.figures_of(old, knowledge), comparison.figures_of(new, knowledge))
    _emit(comparison.FORMATS[format.value](changes), output)
    raise typer.Exit(EXIT_FINDINGS if exit_code and changes else 0)


def series_command(
    paths: Paths,
    topic: Annotated[str, typer.Option(help="Topic whose measures are lined up.")],
    format: Annotated[SeriesFormat, typer.Option("--format", "-f")] = SeriesFormat.text,  # noqa: A002 - the option's name
    output: Output = None,
    plot: Annotated[Path | None, typer.Option(help="Image file for a plot of the series.")] = None,
    schemas: Schemas = None,
) -> None:
    """Line up the same measure over many answers: overlaps, revisions, renamed members, changed definitions."""
    knowledge = load_knowledge(schemas or ())
    topics.pick(knowledge.topics, topic)
    made = series.line_up((comparison.figures_of(path, knowledge) for path in validation.expand(paths)), topic)
    for change in made.changes if format == SeriesFormat.csv else ():
        sys.stderr.write(f"{change.kind.value}: {change.spec} {change.name} {change.time_period}: {change.message}\n")
    _emit(series.as_csv(made) if format == SeriesFormat.csv else series.as_text(made), output)
    if plot:
        _plot(made, plot)
    raise typer.Exit(0)


def _plot(made: series.Series, path: Path) -> None:
    try:
        series.plot(made, str(path))
    except ImportError as error:
        raise ConfigurationError(
            "--plot: expected matplotlib to be installed (pip install 'pv-extract[notebook]')"
        ) from error


def schema_command(
    topic: Annotated[str, typer.Argument(help="Topic whose schemas are shown.")],
    format: Annotated[SchemaFormat, typer.Option("--format", "-f")] = SchemaFormat.yaml,  # noqa: A002 - the option's name
    table: Annotated[str | None, typer.Option(help="Only this table of the topic.")] = None,
    output: Output = None,
    schemas: Schemas = None,
) -> None:
    """Show the pandera schemas of a topic's figures, one for each of its tables."""
    from pv_extract import schemas as pandera_schemas  # noqa: PLC0415 - pandera is slow to load

    knowledge = load_knowledge(schemas or ())
    built = pandera_schemas.build(topic, topics=knowledge.topics, lists=knowledge.lists)
    if table is not None and table not in built:
        raise ConfigurationError(f"table {table!r}: expected one of {', '.join(built)}")
    wanted = {table: built[table]} if table else built
    _emit(pandera_schemas.together(wanted, format.value), output)


def _emit(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(text)
    else:
        write_text(text, output)
