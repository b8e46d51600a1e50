"""The command line: arguments in, one call, exit code out."""

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import Annotated, Any  # contexts and commands are of click, which typer keeps to itself

import typer
from typer.core import TyperGroup

from pv_extract import __version__
from pv_extract.findings import ConfigurationError, SourceError

EXIT_FINDINGS, EXIT_USAGE, EXIT_UNREADABLE = 1, 2, 3

# Each command is imported from the module that holds it when it is asked for: a run over a folder that did not change should
# take no time to load readers, workbooks and reports.
_HOMES = {
    "extract": "extract", "tables": "extract", "match": "names", "review": "names", "validate": "checks", "diff": "checks",
    "series": "checks", "schema": "checks", "run": "batch", "export": "store", "status": "store", "show": "store",
    "watch": "batch", "names": "names",
}  # fmt: skip


class _Commands(TyperGroup):
    """The commands of all modules, loaded as they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the signature of the library
        """Names of the commands in the order of the help."""
        return list(_HOMES)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of this name; None where there is none."""
        if cmd_name in _HOMES and cmd_name not in self.commands:
            part = typer.Typer(rich_markup_mode="markdown", callback=lambda: None)
            import_module(f"pv_extract.cli_{_HOMES[cmd_name]}").register(part)
            self.commands.update(typer.main.get_group(part).commands)
        return super().get_command(ctx, cmd_name)


app = typer.Typer(
    name="pv-extract",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    help="Read the tables of answers to parliamentary questions into figures one can trust: typed, named, reconciled.",
    epilog="Exit codes: 0 no error-level finding, 1 error-level findings, 2 wrong usage or configuration, "
    "3 a source that cannot be read. Data goes to stdout, talk to stderr.",
)


def main() -> None:
    """Entry point: every expected failure becomes one line on stderr and its exit code."""
    # what is left goes with the process: looking through it for garbage first would take a tenth of a second
    atexit.register(gc.freeze)
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 - closed by whoever started it
    try:
        try:
            app(standalone_mode=True)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        _silence()  # the reader went away; say nothing more
        raise SystemExit(EXIT_FINDINGS) from None
    except OSError as error:
        _silence()
        _fail(OSError(f"{error.filename or 'stdout'}: cannot be written: {error.strerror}"), EXIT_USAGE)
    except SourceError as error:
        _fail(error, EXIT_UNREADABLE)
    except ConfigurationError as error:
        _fail(error, EXIT_USAGE)


def _silence() -> None:
    """What is left to print goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


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
