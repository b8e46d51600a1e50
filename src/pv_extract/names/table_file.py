"""CSV files that people keep: read strictly, so that what a spreadsheet did to one is seen before it does harm."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pv_extract.findings import ConfigurationError
from pv_extract.names.lists import Place

_BOM = b"\xef\xbb\xbf"
_NOT_WINDOWS = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
"""Bytes that Windows-1252 leaves open."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: cells by column, stripped, and where it stands."""

    cells: Mapping[str, str]
    place: Place

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(
    path: Path, required: Sequence[str], optional: Sequence[str] = (), *, lenient: bool = False
) -> list[TableRow]:
    """The rows of a CSV file with commas, in UTF-8; a `lenient` reading takes semicolons, a byte order mark and Windows text too.

    Raises:
        ConfigurationError: naming file, row and remedy, for another encoding, separator or column, or cells out of line.
    """
    text = _text(path, lenient=lenient)
    lines = text.splitlines()
    if not lines:
        raise ConfigurationError(f"{path}, row 1: expected the columns {','.join(required)}, found an empty file")
    rows = list(_records(path, text, _delimiter(path, lines[0], lenient=lenient)))
    header = [c.strip() for c in rows[0][1]]
    _check_header(path, header, required, optional)
    file = str(path)
    return [_row(file, number, header, cells) for number, cells in rows[1:] if "".join(cells).strip()]


def read_column(path: Path, column: str) -> list[str]:
    """The cells of one column of anybody's CSV file, as they stand; commas, semicolons or tabs.

    Raises:
        ConfigurationError: where the file cannot be read as CSV, or has no such column.
    """
    text = _text(path, lenient=True)
    rows = _records(path, text, _delimiter(path, (text.splitlines() or [""])[0], lenient=True))
    header = [c.strip() for c in rows[0][1]] if rows else []
    if column not in header:
        raise ConfigurationError(
            f"{path}, row 1: expected a column {column!r}, found {', '.join(header) or 'no header'}"
        )
    at = header.index(column)
    return [cells[at] if at < len(cells) else "" for _, cells in rows[1:] if cells]


def _text(path: Path, *, lenient: bool) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: expected a readable CSV file, found {error.strerror}") from error
    if data.startswith(_BOM) and not lenient:
        raise ConfigurationError(f"{path}, row 1: found a byte order mark; save the file as UTF-8 without one")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if lenient and not set(data) & _NOT_WINDOWS:
            return data.decode("cp1252")
        row = data[: error.start].count(b"\n") + 1
        found = f"byte 0x{data[error.start]:02x}"
        raise ConfigurationError(f"{path}, row {row}: expected UTF-8, found {found}; save the file as UTF-8") from error


def _delimiter(path: Path, header: str, *, lenient: bool) -> str:
    best = max(",;\t", key=header.count)
    if best == "," or not header.count(best):
        return ","
    if lenient:
        return best
    shown = "semicolons" if best == ";" else "tabs"
    raise ConfigurationError(f"{path}, row 1: expected columns separated by commas, found {shown}; save it with commas")


def _records(path: Path, text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            records.append((reader.line_num, cells))  # noqa: PERF401 (line_num is read between rows)
    except csv.Error as error:
        raise ConfigurationError(f"{path}, row {reader.line_num}: expected CSV, found {error}") from error
    return records


def _check_header(path: Path, header: list[str], required: Sequence[str], optional: Sequence[str]) -> None:
    if missing := [c for c in required if c not in header]:
        raise ConfigurationError(
            f"{path}, row 1: column {', '.join(missing)} is missing; expected {','.join([*required, *optional])},"
            f" found {','.join(header)}"
        )
    if unknown := [c for c in header if c not in required and c not in optional]:
        shown = ", ".join(repr(c) for c in unknown)
        raise ConfigurationError(f"{path}, row 1: unknown column {shown}; expected {','.join([*required, *optional])}")
    if len(set(header)) != len(header):
        raise ConfigurationError(f"{path}, row 1: a column stands twice in {','.join(header)}; keep one")


def _row(file: str, number: int, header: list[str], cells: list[str]) -> TableRow:
    if len(cells) != len(header):
        raise ConfigurationError(
            f"{file}, row {number}: expected {len(header)} cells, found {len(cells)};"
            " put quotes around a cell that holds a comma"
        )
    return TableRow(dict(zip(header, map(str.strip, cells), strict=True)), Place(file, number))
