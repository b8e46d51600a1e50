"""Reads the lists under schemas/names and a user's own folders, and proves that they do not contradict themselves."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import cast

import yaml
from pydantic import ValidationError

from pv_extract.declared import parse_yaml
from pv_extract.findings import ConfigurationError
from pv_extract.names.codes import schemes
from pv_extract.names.decisions import DECISIONS, contradictions, read_decisions
from pv_extract.names.folding import plain
from pv_extract.names.lists import Alias, AliasKind, Code, Decision, Name, NameList, Other, Place, Settings, Status
from pv_extract.names.table_file import TableRow, read_table
from pv_extract.shipped import schemas_folder

_DATE = re.compile(r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?")
_ID = re.compile(r"[\w-]+")
_KINDS = {kind.value: kind for kind in AliasKind}
_STATES = {status.value: status for status in Status}


def shipped_names() -> Path:
    """The folder with the lists that come with the package."""
    return schemas_folder() / "names"


def states_of(folders: Sequence[Path]) -> Iterator[tuple[str, int, int]]:
    """Path, time of change and size of every file in the folders: the same states, the same schemas."""
    for folder in folders:
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file():
                state = path.stat()
                yield str(path), state.st_mtime_ns, state.st_size


def load_lists(folders: Sequence[Path] | None = None) -> Mapping[str, NameList]:
    """All lists of these folders by id; a later folder adds names, aliases and decisions to the lists of an earlier one.

    A folder is `schemas/names`, or one that has a folder `names`; without any, the shipped lists are read.

    Raises:
        ConfigurationError: for a file that cannot be read as what it is, or rows that contradict each other; both are named.
    """
    found = [_names_folder(Path(f)) for f in (folders if folders is not None else [shipped_names()])]
    ids = sorted({p.name.split(".", 1)[0] for f in found for p in f.glob("*.csv") if p.name != DECISIONS})
    decisions = [d for f in found if (f / DECISIONS).is_file() for d in read_decisions(f / DECISIONS)]
    lists = {i: _load(i, found, decisions) for i in ids}
    _check_parents(lists)
    for decision in decisions:
        if decision.list not in lists:
            known = ", ".join(ids)
            raise ConfigurationError(f"{decision.place}: there is no list {decision.list!r}; expected one of {known}")
    return lists


def _names_folder(folder: Path) -> Path:
    inside = folder / "names"
    chosen = inside if inside.is_dir() else folder
    if not chosen.is_dir():
        raise ConfigurationError(f"{folder}: expected a folder with name lists, found none")
    return chosen


def _load(key: str, folders: Sequence[Path], every_decision: Sequence[Decision]) -> NameList:
    names = list(chain.from_iterable(_names(f / f"{key}.csv") for f in folders))
    codes = [
        *chain.from_iterable(c for _, c in names),
        *chain.from_iterable(_codes(f / f"{key}.codes.csv") for f in folders),
    ]
    by_id = _by_id([n for n, _ in names])
    aliases = tuple(chain.from_iterable(_aliases(f / f"{key}.aliases.csv") for f in folders))
    others = tuple(chain.from_iterable(_others(f / f"{key}.others.csv") for f in folders))
    if not by_id:
        where = ", ".join(str(f) for f in folders)
        raise ConfigurationError(f"{key}: expected names in {key}.csv, found none in {where}")
    _check_ids(by_id, aliases, codes)
    _check_labels(by_id, aliases, others)
    _check_codes(codes)
    decisions, remarks = contradictions([d for d in every_decision if d.list == key])
    for decision in decisions:
        _known(decision.id, by_id, decision.place)
    settings = _settings(key, folders, by_id)
    return NameList(key, settings, by_id, aliases, others, tuple(codes), decisions, remarks)


# -- one file each ----------------------------------------------------------------------------------------------------


def _names(path: Path) -> Iterator[tuple[Name, tuple[Code, ...]]]:
    optional = ["kind", "valid_from", "valid_until", "parent", "source", "confidence", *schemes()]
    for row in _rows(path, ["id", "name"], optional):
        _filled(row, "id", "name")
        if not _ID.fullmatch(row["id"]):
            raise ConfigurationError(f"{row.place}: expected an id of letters, digits, - and _, found {row['id']!r}")
        for column in ("valid_from", "valid_until"):
            if not _DATE.fullmatch(row[column]):
                raise ConfigurationError(
                    f"{row.place}: {column} is {row[column]!r}; expected YYYY, YYYY-MM or YYYY-MM-DD"
                )
        name = Name(
            row["id"],
            row["name"],
            row["kind"],
            row.place,
            row["valid_from"],
            row["valid_until"],
            _several(row["parent"]),
            row["source"],
            row["confidence"],
        )
        status = Status.CONFIRMED if row["confidence"] in {"", "confirmed"} else Status.INFERRED
        yield name, tuple(Code(s, c, name.id, status, row.place) for s in schemes() for c in _several(row[s]))


def _codes(path: Path) -> Iterator[Code]:
    for row in _rows(path, ["scheme", "code", "id", "status"], ["name", "why", "source"]):
        _filled(row, "scheme", "code", "id")
        if row["scheme"] not in schemes():
            raise ConfigurationError(
                f"{row.place}: scheme {row['scheme']!r} is unknown; expected one of {', '.join(schemes())}"
            )
        yield Code(row["scheme"], row["code"], row["id"], _status(row), row.place, row["name"], row["why"])


def _aliases(path: Path) -> Iterator[Alias]:
    for row in _rows(path, ["alias", "id", "status"], ["kind", "by", "on", "why"]):
        _filled(row, "alias", "id", "status")
        kind = _KINDS.get(row["kind"] or AliasKind.LABEL)
        if kind is None:
            raise ConfigurationError(f"{row.place}: kind is {row['kind']!r}; expected one of {', '.join(_KINDS)}")
        yield Alias(
            row["alias"],
            _several(row["id"]),
            kind,
            _status(row),
            row["by"],
            row["on"],
            row["why"],
            row.place,
        )


def _others(path: Path) -> Iterator[Other]:
    for row in _rows(path, ["label", "why"], ["by", "on"]):
        _filled(row, "label")
        yield Other(row["label"], row["why"], row.place)


def _settings(key: str, folders: Sequence[Path], names: Mapping[str, Name]) -> Settings:
    declared: dict[str, object] = {}
    place = key
    for path in (f / f"{key}.yaml" for f in folders):
        if path.is_file():
            place = str(path)
            try:
                read = parse_yaml(path.read_text(encoding="utf-8"))
            except (yaml.YAMLError, UnicodeDecodeError) as error:
                raise ConfigurationError(
                    f"{path}: expected YAML in UTF-8, found {' '.join(str(error).split())}"
                ) from error
            if not isinstance(read, dict):
                raise ConfigurationError(
                    f"{path}: expected settings such as `title:` and `thresholds:`, found {read!r}"
                )
            declared |= cast(dict[str, object], read)
    try:
        settings = Settings.model_validate(declared)
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigurationError(f"{place}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    for rule in settings.context:
        for used in (rule.id, *rule.any_of, *rule.with_, *rule.without):
            if used not in names:
                raise ConfigurationError(
                    f"{place}: a context rule for {rule.label!r} names {used!r}, which is no id of {key}"
                )
    return settings


def _rows(path: Path, required: Sequence[str], optional: Sequence[str]) -> list[TableRow]:
    return read_table(path, required, optional) if path.is_file() else []


def _filled(row: TableRow, *columns: str) -> None:
    for column in columns:
        if not row[column]:
            raise ConfigurationError(f"{row.place}: column {column} is empty; expected a value")


def _several(text: str) -> tuple[str, ...]:
    return tuple([kept for part in text.split("|") if (kept := part.strip())]) if text else ()


def _status(row: TableRow) -> Status:
    status = _STATES.get(row["status"])
    if status is None:
        raise ConfigurationError(f"{row.place}: status is {row['status']!r}; expected one of {', '.join(_STATES)}")
    return status


# -- what must hold over all rows ---------------------------------------------------------------------------------------


def _check_parents(lists: Mapping[str, NameList]) -> None:
    """A parent in another list is written `LIST:ID`."""
    for name in chain.from_iterable(lst.names.values() for lst in lists.values()):
        for key, _, parent in (p.partition(":") for p in name.parents if ":" in p):
            if key not in lists or parent not in lists[key].names:
                raise ConfigurationError(f"{name.place}: parent {key}:{parent} is in no list; expected LIST:ID")


def _by_id(names: Iterable[Name]) -> dict[str, Name]:
    by_id: dict[str, Name] = {}
    for name in names:
        if name.id in by_id:
            raise ConfigurationError(
                f"{name.place}: id {name.id!r} stands in {by_id[name.id].place} already; keep one row"
            )
        by_id[name.id] = name
    return by_id


def _check_ids(names: Mapping[str, Name], aliases: Iterable[Alias], codes: Iterable[Code]) -> None:
    for name in names.values():
        for parent in name.parents:
            if ":" not in parent:
                _known(parent, names, name.place)
    for alias in aliases:
        for key in alias.ids:
            _known(key, names, alias.place)
    for code in codes:
        _known(code.id, names, code.place)


def _known(key: str | None, names: Mapping[str, Name], place: Place) -> None:
    if key is not None and key not in names:
        raise ConfigurationError(f"{place}: {key!r} is no id of the list; expected one such as {next(iter(names))!r}")


def _check_labels(names: Mapping[str, Name], aliases: Iterable[Alias], others: Iterable[Other]) -> None:
    """Every folded label stands for one thing: a name, an alias of one, or something else."""
    seen: dict[str, tuple[str, Place]] = {}
    rows = chain(
        ((n.name, n.id, n.place) for n in names.values() if not n.valid_until),
        ((a.text, "|".join(a.ids), a.place) for a in aliases),
        ((o.label, "something else", o.place) for o in others),
    )
    for label, meant, place in rows:
        key = plain(label)
        if not key:
            raise ConfigurationError(f"{place}: {label!r} holds no letter or digit; expected a label")
        before = seen.get(key)
        if before and before[0] == meant:
            raise ConfigurationError(f"{place}: {label!r} stands in {before[1]} already, for {meant}; keep one row")
        if before:
            raise ConfigurationError(
                f"{place}: {label!r} stands for {meant}, but in {before[1]} for {before[0]}; keep one"
            )
        seen[key] = (meant, place)


def _check_codes(codes: Iterable[Code]) -> None:
    seen: dict[tuple[str, str], Code] = {}
    for code in codes:
        scheme = schemes()[code.scheme]
        if not scheme.well_formed(code.value):
            raise ConfigurationError(
                f"{code.place}: {code.scheme} {code.value!r} is not well-formed; expected one such as {scheme.example}"
                f" ({scheme.remedy})"
            )
        before = seen.setdefault((code.scheme, code.value), code)
        if before is not code:
            raise ConfigurationError(
                f"{code.place}: {code.scheme} {code.value} belongs to {code.id}, but in {before.place} to {before.id}; keep one"
            )
