"""Commands for many documents: `run`, `export`, `status`, `show` and `watch`; the command line registers them."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import simplejson
import typer

from pv_extract.batch import Limits, Summary, run
from pv_extract.batch.status import Engine
from pv_extract.cli_progress import shown_progress
from pv_extract.findings import ConfigurationError

if TYPE_CHECKING:
    from pv_extract.batch.figure import Shown

EXIT_INTERRUPTED = 130  # as a shell reports Ctrl-C


class EngineName(StrEnum):
    """Where documents are read."""

    local = "local"
    dask = "dask"


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


Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, patterns, ZIP archives, URLs (s3://, https://, ...), or - for a list on stdin."
    ),
]
Store = Annotated[Path, typer.Argument(help="Folder of the store.")]
Out = Annotated[Path, typer.Option("--out", help="Folder of the store; made where it does not exist.")]
Topic = Annotated[str | None, typer.Option(help="Topic that every document must be about.")]
Schemas = Annotated[
    list[Path] | None,
    typer.Option("--schemas", help="Folder with your own topics, lists and aliases; may be repeated."),
]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Worker processes; as many as cores by default.")]
Timeout = Annotated[float, typer.Option(min=0, help="Seconds that one document may take; 0 is no limit.")]
Memory = Annotated[int, typer.Option(min=0, help="Megabytes that a worker may take; 0 is no limit.")]
Verify = Annotated[bool, typer.Option("--verify", help="Read every cell again with a second engine.")]
Wait = Annotated[float, typer.Option(min=0, help="Seconds to wait for another run on the store to end.")]
Said = Annotated[SaidFormat, typer.Option("--format", "-f", help="Text for people, or JSON.")]


def register(app: typer.Typer) -> None:
    """The commands of this module, added to the command line."""
    app.command("run", epilog=_RUN)(run_command)
    app.command("export", epilog=_EXPORT)(export_command)
    app.command("status")(status_command)
    app.command("show")(show_command)
    app.command("watch")(watch_command)


_RUN = (
    "Examples:\n\n    pv-extract run answers/ --out store --topic duaal_leren\n\n"
    "    pv-extract run 's3://archive/2023/*.pdf' --out store --jobs 8\n\n"
    "    find archive -name '*.pdf' -print0 | pv-extract run - --out store\n\n"
    "Exit codes: 0 all read and no error-level finding, 1 error-level findings, 2 wrong usage, 3 an input that was not read, "
    "130 stopped by Ctrl-C. What is done is kept: run again to go on."
)
_EXPORT = (
    "Examples:\n\n    pv-extract export store --format csv -o tables\n\n"
    "    pv-extract export store --format datapackage -o package"
)


def run_command(
    inputs: Inputs,
    out: Out,
    topic: Topic = None,
    schemas: Schemas = None,
    jobs: Jobs = None,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="Read all again, or only what is new or changed.")
    ] = False,
    timeout: Timeout = 300,
    memory: Memory = 1024,
    verify: Verify = False,
    wait: Wait = 0,
    engine: Annotated[
        EngineName, typer.Option(help="Worker processes of this machine, or a dask cluster.")
    ] = EngineName.local,
    scheduler: Annotated[str | None, typer.Option(help="Address of the dask scheduler: tcp://host:8786.")] = None,
    format: Said = SaidFormat.text,  # noqa: A002 - the option's name
) -> None:
    """Read many answers into a store; what it holds already is not read again, and every input is accounted for."""
    limits = Limits(timeout or None, memory or None)
    chosen = _engine(engine, scheduler, limits)
    given = [name for text in inputs for name in (_listed() if text == "-" else [text])]
    with _stoppable(), shown_progress() as progress:
        summary = run(
            given,
            out,
            topic=topic,
            schemas=tuple(schemas or ()),
            verify=verify,
            jobs=jobs,
            limits=limits,
            fresh=fresh,
            wait=wait,
            engine=chosen,
            progress=progress,
        )
    _tell(summary, format)
    raise typer.Exit(EXIT_INTERRUPTED if summary.interrupted else summary.exit_code)


def _engine(name: EngineName, scheduler: str | None, limits: Limits) -> Engine | None:
    if name is EngineName.local:
        if scheduler is not None:
            raise ConfigurationError("--scheduler: expected with --engine dask only")
        return None
    if scheduler is None:
        raise ConfigurationError(
            "--engine dask: expected --scheduler with the address of a scheduler, such as tcp://host:8786"
        )
    from pv_extract.batch.engines import on_dask  # noqa: PLC0415 - slow to load

    return on_dask(scheduler, limits)


def _listed() -> list[str]:
    from pv_extract.batch.inputs import given_on  # noqa: PLC0415 - seldom needed

    return given_on(sys.stdin)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Within, a polite kill stops as Ctrl-C does."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _tell(summary: Summary, format: SaidFormat) -> None:  # noqa: A002 - the option's name
    if format is SaidFormat.json:
        said = {
            "run_id": summary.run_id,
            "inputs": len(summary.outcomes),
            "seconds": summary.seconds,
            "interrupted": summary.interrupted,
            "counts": {status.value: count for status, count in summary.counts.items()},
            "outcomes": [
                {
                    "location": o.location,
                    "status": o.status.value,
                    "settled": o.settled.value,
                    "message": o.message,
                    "source_sha256": o.sha256,
                    "duplicate_of": o.duplicate_of,
                    "errors": o.errors,
                }
                for o in summary.outcomes
            ],
        }
        sys.stdout.write(simplejson.dumps(said, ensure_ascii=False, indent=1) + "\n")
        return
    for outcome in summary.failed:
        sys.stderr.write(f"pv-extract: {outcome.settled}: {outcome.location}: {' '.join(outcome.message.split())}\n")
    counts = {status.value: count for status, count in summary.counts.items()}
    sys.stdout.write(f"{_counted(counts)}{len(summary.outcomes):>8}  inputs in {summary.seconds:.1f} s\n")
    if summary.interrupted:
        sys.stderr.write("pv-extract: stopped; what is done is kept, run again to go on\n")


def _counted(counts: dict[str, int]) -> str:
    return "".join(f"{count:>8}  {status}\n" for status, count in counts.items())


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
    sys.stdout.write(f"{_counted(said.counts)}{said.inputs:>8}  inputs\n")
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


def watch_command(
    folder: Annotated[Path, typer.Argument(help="Folder to watch, with all folders in it.")],
    out: Out,
    topic: Topic = None,
    schemas: Schemas = None,
    jobs: Jobs = None,
    timeout: Timeout = 300,
    memory: Memory = 1024,
    verify: Verify = False,
) -> None:
    """Read a folder into a store, and every file that comes or changes when it is complete, until Ctrl-C."""
    from pv_extract.batch.watch import watched  # noqa: PLC0415 - needed here only

    if out.resolve().is_relative_to(folder.resolve()):
        raise ConfigurationError(f"--out {out}: expected a store outside the watched folder {folder}")

    def read(paths: Sequence[Path]) -> Summary:
        limits = Limits(timeout or None, memory or None)
        return run(
            paths, out, topic=topic, schemas=tuple(schemas or ()), verify=verify, jobs=jobs, limits=limits, wait=60.0
        )

    try:
        with _stoppable():
            for summary in watched(folder, read):
                _tell(summary, SaidFormat.text)
                sys.stdout.flush()
                if summary.interrupted:
                    break
    except KeyboardInterrupt:
        sys.stderr.write("pv-extract: stopped watching\n")
