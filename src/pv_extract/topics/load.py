"""Loading of topics: YAML with every scalar as text, typed by the model; waivers from CSV; errors that say where."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import yaml
from pydantic import ValidationError

from pv_extract.declared import parse_yaml
from pv_extract.findings import Code, ConfigurationError
from pv_extract.topics.model import Topic, TopicFile, Topics, Waiver

_WAIVER_COLUMNS = ("source", "code", "table", "row", "column", "amount", "reason", "by", "on", "until")


def load(folders: Sequence[Path]) -> Topics:
    """Topics by id (the name of their folder), from `<folder>/*/topic.yaml`; a later folder replaces a topic whole.

    Raises:
        ConfigurationError: with file and path, where a file does not hold what a topic holds; or a folder is missing.
    """
    found: dict[str, Topic] = {}
    for folder in folders:
        if not folder.is_dir():
            raise ConfigurationError(f"{folder}: expected a folder with topics and lists, found none")
        for path in sorted(folder.glob("*/topic.yaml")):
            found[path.parent.name] = _topic(path)
    return found


def pick(topics: Topics, wanted: str) -> Topic:
    """The topic of this id.

    Raises:
        ConfigurationError: where there is none; the message lists what there is.
    """
    if wanted not in topics:
        raise ConfigurationError(f"topic {wanted!r}: expected one of {', '.join(sorted(topics)) or 'no topics at all'}")
    return topics[wanted]


def read_yaml(path: Path) -> dict[str, object]:
    """A YAML mapping with every scalar as text, so that `1.045` stays text and `no` is not False.

    Raises:
        ConfigurationError: where the file is no UTF-8, no YAML, or holds something else than a mapping.
    """
    try:
        raw: object = parse_yaml(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: expected YAML in UTF-8: {' '.join(str(error).split())}") from error
    if not isinstance(raw, dict):
        raise ConfigurationError(f"{path}: expected a mapping, found {type(raw).__name__}")
    return cast(dict[str, object], raw)


def _topic(path: Path) -> Topic:
    waivers = path.with_name("waivers.csv")
    try:
        declared = TopicFile.model_validate(read_yaml(path))
    except ValidationError as error:
        raise ConfigurationError(f"{path}: {first_error(error)}") from error
    return Topic(
        id=path.parent.name,
        waivers=tuple(_waivers(waivers)) if waivers.is_file() else (),
        **{name: getattr(declared, name) for name in TopicFile.model_fields},
    )


def first_error(error: ValidationError) -> str:
    """The first fault of a file as one line: the path to it, what was expected, what was found."""
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"]) or "the file"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    found = "" if first["type"] == "missing" or isinstance(first["input"], dict) else f", found {first['input']!r}"
    return f"{where}: {first['msg']}{found}{more}"


def _waivers(path: Path) -> Iterator[Waiver]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != _WAIVER_COLUMNS:
            raise ConfigurationError(
                f"{path}: expected the columns {','.join(_WAIVER_COLUMNS)}, found {reader.fieldnames}"
            )
        for record in reader:
            yield _waiver(record, path, reader.line_num)


def _waiver(record: dict[str, str], path: Path, line: int) -> Waiver:
    try:
        waiver = Waiver.model_validate({**record, "amount": record["amount"] or None, "line": line})
    except ValidationError as error:
        raise ConfigurationError(f"{path}: line {line}: {first_error(error)}") from error
    if waiver.code not in set(Code):
        raise ConfigurationError(f"{path}: line {line}: code {waiver.code!r} is not a code of docs/findings.md")
    return waiver
