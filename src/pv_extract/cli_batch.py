"""Commands that read many documents: `run` and `watch`; the command line registers them."""

import gc
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import Annotated

import simplejson
import typer

from pv_extract.batch import Limits, Summary, run
from pv_extract.batch.status import Engine
from pv_extract.cli_progress import shown_progress
from pv_extract.cli_store import Said, SaidFormat, counted
from pv_extract.findings import ConfigurationError

EXIT_INTERRUPTED = 130  # as a shell reports Ctrl-C
_BETWEEN_SEARCHES = 50_000  # values made between two searches for garbage: rows of results hold none
_STOPPED = "pv-extract: stopped; what is done is kept, run again to go on\n"


class EngineName(StrEnum):
    """Where documents are read."""

    local = "local"
    dask = "dask"


Inputs = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders, patterns, ZIP archives, URLs (s3://, https://, ...), or - for a list on stdin."
    ),
]


def _folder(value: Path) -> Path:
    """The folder given; an option in its place means that it was forgotten."""
    if str(value).startswith("-"):
        raise typer.BadParameter(
            f"expected a folder, found {str(value)!r}; give the whole path of a folder of that name"
        )
    return value


Out = Annotated[
    Path, typer.Option("--out", callback=_folder, help="Folder of the store; made where it does not exist.")
]
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


def register(app: typer.Typer) -> None:
    """The commands of this module, added to the command line."""
    app.command("run", epilog=_RUN)(run_command)
    app.command("watch")(watch_command)


_RUN = (
    "Examples:\n\n    pv-extract run answers/ --out store --topic duaal_leren\n\n"
    "    pv-extract run 's3://archive/2023/*.pdf' --out store --jobs 8\n\n"
    "    find archive -name '*.pdf' -print0 | pv-extract run - --out store\n\n"
    "Exit codes: 0 all read and no error-level finding, 1 error-level findings, 2 wrong usage, 3 an input that was not read, "
    "130 stopped by Ctrl-C. What is done is kept: run again to go on."
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
    gc.set_threshold(_BETWEEN_SEARCHES)
    # nothing is multiplied here: threads that wait for it would take time from the workers
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    limits = Limits(timeout or None, memory or None)
    chosen = _engine(engine, scheduler, limits)
    given = [name for text in inputs for name in (_listed() if text == "-" else [text])]
    try:
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
    except KeyboardInterrupt:
        sys.stderr.write(_STOPPED)
        raise typer.Exit(EXIT_INTERRUPTED) from None
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
            "remarks": [{"code": remark.code, "message": remark.message} for remark in summary.remarks],
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
    for remark in summary.remarks:
        sys.stderr.write(f"pv-extract: {remark.code}: {remark.message}\n")
    counts = {status.value: count for status, count in summary.counts.items()}
    sys.stdout.write(f"{counted(counts)}{len(summary.outcomes):>8}  inputs in {summary.seconds:.1f} s\n")
    if summary.interrupted:
        sys.stderr.write(_STOPPED)


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
