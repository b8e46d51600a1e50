"""What a result depends on besides its source, as one key: code, schemas, settings, reading libraries, expired waivers."""

import csv
import hashlib
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from pv_extract.findings import ConfigurationError
from pv_extract.shipped import schemas_folder

LIBRARIES = ("babel", "charset-normalizer", "lxml", "openpyxl", "pdfplumber", "pypdfium2", "rapidfuzz")
_BESIDE = ("cli", "__main__", "outputs/", "report/", "batch/", "comparison", "series", "validation", "testing")
_WITHIN = ("batch/rows", "batch/reading", "batch/arrow")  # what gives the stored rows their shape


@dataclass(frozen=True, slots=True)
class Settings:
    """How every document of a run is read; `today` is the day against which waivers expire."""

    topic: str | None = None
    schemas: tuple[Path, ...] = ()
    verify: bool = False
    today: date = date.min


def version_key(settings: Settings) -> str:
    """16 hexadecimal digits; equal keys give equal results for equal sources.

    Raises:
        ConfigurationError: where a schema folder does not exist.
    """
    taken = hashlib.sha256()
    for part in _parts(settings):
        taken.update(len(part).to_bytes(8, "big") + part)
    return taken.hexdigest()[:16]


@cache
def libraries() -> dict[str, str]:
    """Versions of the libraries that read documents."""
    installed = dict(_installed())
    return {name: installed.get(name) or _declared(name) for name in LIBRARIES}


def _installed() -> Iterator[tuple[str, str]]:
    """Names and versions as their folders give them (`name-version.dist-info`, by the specification of wheels).

    `importlib.metadata` parses the whole description of a package for its version, which a second run has no time for.
    The first folder of the path comes last, and wins.
    """
    for folder in reversed(sys.path):
        for entry in os.listdir(folder) if os.path.isdir(folder) else ():  # noqa: PTH112, PTH208 - names are enough
            if named := re.fullmatch(r"(.+?)-([^-]+)\.dist-info", entry):
                yield re.sub(r"[-_.]+", "-", named[1]).lower(), named[2]


def _declared(name: str) -> str:
    """Version of a library that is installed in another way."""
    from importlib import metadata  # noqa: PLC0415 - slow to load, and seldom needed

    return metadata.version(name)


def _parts(settings: Settings) -> Iterator[bytes]:
    yield f"{settings.topic}\x1f{settings.verify}\x1f{sorted(libraries().items())}".encode()
    package = Path(__file__).parents[1]
    yield from _files(package, [p for p in package.rglob("*.py") if _reads(p.relative_to(package).as_posix())])
    for folder in (schemas_folder(), *settings.schemas):
        if not folder.is_dir():
            raise ConfigurationError(f"{folder}: expected a folder with topics and lists, found none")
        inside = [p for p in folder.rglob("*") if p.suffix in {".yaml", ".csv"} and p.name != "publication.yaml"]
        yield from _files(folder, inside)
        yield repr(sorted(_expired(inside, settings.today))).encode()


def _reads(module: str) -> bool:
    return module.startswith(_WITHIN) or not module.startswith(_BESIDE)


def _files(root: Path, paths: Sequence[Path]) -> Iterator[bytes]:
    for path in sorted(paths):
        yield path.relative_to(root).as_posix().encode()
        yield path.read_bytes()


def _expired(paths: Sequence[Path], today: date) -> Iterator[str]:
    """Last days of waivers that are over: once a waiver expires, its document says something else."""
    for path in paths:
        if path.name == "waivers.csv":
            with path.open(encoding="utf-8", newline="") as rows:
                yield from (
                    until for row in csv.DictReader(rows) if (until := row.get("until") or "") < today.isoformat()
                )
