"""One document from bytes to checked figures: the steps by name, in order."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from pv_extract import answer, checks, ledger, names, readers, tables, topics
from pv_extract.answer import Parsed
from pv_extract.extraction import Extraction
from pv_extract.findings import Code, PvExtractError, SourceError
from pv_extract.languages import detect
from pv_extract.layout import headers
from pv_extract.layout.group import group
from pv_extract.model import Block, Document, Grid, Line, RawTable, Remark, Table
from pv_extract.names import NameList
from pv_extract.naming import name_tables
from pv_extract.shipped import schemas_folder
from pv_extract.topics import Topic


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the schema folders declare: topics by id, canonical lists by id."""

    topics: Mapping[str, Topic]
    lists: Mapping[str, NameList]


def load_knowledge(folders: Sequence[Path] = ()) -> Knowledge:
    """The shipped schemas and those of the user's own folders, which come last and win.

    Raises:
        ConfigurationError: where a file contradicts itself or another; the message names both places.
    """
    every = (schemas_folder(), *folders)
    return _load(every, tuple(names.states_of(every)))


@lru_cache(maxsize=8)
def _load(every: tuple[Path, ...], _states: tuple[object, ...]) -> Knowledge:
    """Schemas as they stand: read again only when one of their files has changed."""
    return Knowledge(topics.load(every), names.load_lists(every))


def extract(
    path: str | Path,
    *,
    data: bytes | None = None,
    topic: str | None = None,
    schemas: Sequence[Path] = (),
    knowledge: Knowledge | None = None,
    verify: bool = False,
    today: date | None = None,
) -> Extraction:
    """Everything that one document says, checked.

    Args:
        path: a PDF, text dump, DOCX or XLSX; what it is, its content tells.
        data: its content, where it was read already: nothing is opened then, and the path only names it.
        topic: id of the topic that must be found in it; None recognises whatever topic fits, or none.
        schemas: the user's own schema folders, beside the shipped ones.
        knowledge: loaded schemas, to read many documents with; `schemas` is ignored then.
        verify: read every cell again with the second engine and report where the two see different digits.
        today: the day against which waivers expire; the current day where it is None.

    Raises:
        SourceError: where the file cannot be read or interpreted.
        ConfigurationError: where a schema folder contradicts itself, or the wanted topic does not exist.
    """
    known = knowledge or load_knowledge(schemas)
    wanted = topics.pick(known.topics, topic) if topic else None
    document = readers.read(Path(path), data)
    try:
        reading = _interpret(document)
        again = _verified(Path(path), data, reading) if verify else ()
        return _judged(reading, known, wanted, again, today or date.today())  # noqa: DTZ011 - the calendar on the wall
    except PvExtractError:
        raise
    except Exception as error:
        raise SourceError(_unforeseen(document, error)) from error


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its blocks, its answer, and its tables before and after typing; nothing is judged yet."""

    document: Document
    blocks: tuple[Block, ...]
    parsed: Parsed
    raws: tuple[RawTable, ...]
    tables: tuple[Table, ...]


def _interpret(document: Document) -> Reading:
    blocks = group(document)
    language = detect(_running_text(blocks))
    parsed = answer.parse(blocks, language)
    raws = tuple(headers.interpret(placed.grid) for placed in parsed.grids)
    typed = tuple(tables.type_table(raw, place, language) for raw, place in zip(raws, parsed.grids, strict=True))
    return Reading(document, blocks, parsed, raws, typed)


def _contradictions(known: Knowledge) -> tuple[Remark, ...]:
    """What is wrong with the decisions of the lists that this run uses."""
    return tuple(remark for lst in known.lists.values() for remark in lst.remarks)


def _judged(
    reading: Reading, known: Knowledge, wanted: Topic | None, again: Sequence[Remark], today: date
) -> Extraction:
    named = name_tables(reading.tables, known.lists, {})
    texts = {item.id: item.text for item in reading.parsed.answer.items}
    recognised = topics.recognise(named, known.topics, wanted.id if wanted else None, texts)
    final = _renamed(recognised, reading.tables, known)
    account = ledger.balance(reading.document, reading.blocks, final, reading.raws)
    evidence = checks.Evidence(
        source=reading.document.source,
        answer=reading.parsed.answer,
        tables=final,
        blocks=reading.blocks,
        ledger=account.ledger,
        remarks=(*reading.document.remarks, *account.remarks, *again, *_contradictions(known)),
        topic=wanted or _topic_of(final, known),
        wanted_topic=wanted.id if wanted else None,
        today=today,
    )
    report = checks.judge(evidence)
    return Extraction(
        source=reading.document.source,
        answer=reading.parsed.answer,
        tables=final,
        totals=report.totals,
        findings=report.findings,
        ledger=account.ledger,
        topic=evidence.topic.id if evidence.topic else None,
        blocks=reading.blocks,
    )


def _verified(path: Path, data: bytes | None, reading: Reading) -> tuple[Remark, ...]:
    from pv_extract.layout.verify import disagreements  # noqa: PLC0415 - seldom wanted

    second = readers.read_again(path, data)
    if second is None:
        kind = reading.document.source.reader
        message = f"{reading.document.source.file} was read once: there is no second engine for {kind}, only for PDF"
        return (Remark(Code.ENGINES_UNCHECKED, message),)
    return (*second.remarks, *disagreements(reading.document, reading.blocks, second))


def _unforeseen(document: Document, error: Exception) -> str:
    """One line for a fault that nobody foresaw: the document is refused whole rather than given in part."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).stem}.{place.name}, line {place.lineno}"
    return f"{document.source.file}: could not be interpreted: {type(error).__name__} in {where}: {error}"


def read_grids(path: str | Path) -> tuple[Grid, ...]:
    """The grids of a document before any interpretation, in reading order: what `pv-extract tables` shows.

    Raises:
        SourceError: where the file cannot be read.
    """
    document = readers.read(Path(path))
    try:
        return tuple(block for block in group(document) if isinstance(block, Grid))
    except PvExtractError:
        raise
    except Exception as error:
        raise SourceError(_unforeseen(document, error)) from error


def read_tables(path: str | Path) -> Reading:
    """A document read and typed without any topic, list or judgement.

    Raises:
        SourceError: where the file cannot be read or interpreted.
    """
    document = readers.read(Path(path))
    try:
        return _interpret(document)
    except PvExtractError:
        raise
    except Exception as error:
        raise SourceError(_unforeseen(document, error)) from error


def unclaimed(reading: Reading) -> tuple[Remark, ...]:
    """Numbers that the source prints and that no cell, header, note, text or furniture of the reading holds."""
    return ledger.balance(reading.document, reading.blocks, reading.tables, reading.raws).remarks


def _running_text(blocks: Sequence[Block]) -> str:
    lines = [block.text for block in blocks if isinstance(block, Line)]
    cells = [cell.text for block in blocks if isinstance(block, Grid) for cell in block.cells]
    return " ".join([*lines, *cells])


def _renamed(found: Sequence[Table], printed: Sequence[Table], known: Knowledge) -> tuple[Table, ...]:
    """Tables of a topic named once more, by the list that their spec declares, unless they were named by it alone."""
    wanted = {table.id: topics.list_of(known.topics, table) for table in found}
    other = [t for t, p in zip(found, printed, strict=True) if (name := wanted[t.id]) and not _named_by(name, t, p)]
    again = {table.id: table for table in name_tables(other, known.lists, wanted)}
    return tuple(again.get(table.id, table) for table in found)


def _named_by(name: str, table: Table, printed: Table) -> bool:
    """Whether the one column of labels bears names of this list, and no row another role than it was `printed` with."""
    alike = all(len(b.labels) == 1 and a.role is b.role for a, b in zip(table.rows, printed.rows, strict=True))
    return alike and {row.match.list for row in table.rows if row.match} == {name}


def _topic_of(found: Sequence[Table], known: Knowledge) -> Topic | None:
    ids = [table.topic for table in found if table.topic]
    return known.topics[max(sorted(set(ids)), key=ids.count)] if ids else None
