"""One document from bytes to checked figures: the steps by name, in order."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pv_extract import answer, checks, ledger, names, readers, tables, topics
from pv_extract.extraction import Extraction
from pv_extract.findings import PvExtractError, SourceError
from pv_extract.languages import detect
from pv_extract.layout import headers
from pv_extract.layout.group import group
from pv_extract.model import Block, Document, Grid, Line, Table
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
    every = [schemas_folder(), *folders]
    return Knowledge(topics.load(every), names.load_lists(every))


def extract(
    path: str | Path,
    *,
    topic: str | None = None,
    schemas: Sequence[Path] = (),
    knowledge: Knowledge | None = None,
    today: date | None = None,
) -> Extraction:
    """Everything that one document says, checked.

    Args:
        path: a PDF, text dump, DOCX or XLSX; what it is, its content tells.
        topic: id of the topic that must be found in it; None recognises whatever topic fits, or none.
        schemas: the user's own schema folders, beside the shipped ones.
        knowledge: loaded schemas, to read many documents with; `schemas` is ignored then.
        today: the day against which waivers expire; the current day where it is None.

    Raises:
        SourceError: where the file cannot be read or interpreted.
        ConfigurationError: where a schema folder contradicts itself, or the wanted topic does not exist.
    """
    known = knowledge or load_knowledge(schemas)
    wanted = topics.pick(known.topics, topic) if topic else None
    document = readers.read(Path(path))
    try:
        return _interpret(document, known, wanted, today or date.today())  # noqa: DTZ011 - the calendar on the wall
    except PvExtractError:
        raise
    except Exception as error:
        raise SourceError(_unforeseen(document, error)) from error


def _interpret(document: Document, known: Knowledge, wanted: Topic | None, today: date) -> Extraction:
    blocks = group(document)
    language = detect(_running_text(blocks))
    parsed = answer.parse(blocks, language)
    raws = [headers.interpret(placed.grid) for placed in parsed.grids]
    typed = [tables.type_table(raw, place, language) for raw, place in zip(raws, parsed.grids, strict=True)]
    named = name_tables(typed, known.lists, {})
    texts = {item.id: item.text for item in parsed.answer.items}
    recognised = topics.recognise(named, known.topics, wanted.id if wanted else None, texts)
    final = _renamed(recognised, known)
    account = ledger.balance(document, blocks, final, raws)
    evidence = checks.Evidence(
        source=document.source,
        answer=parsed.answer,
        tables=final,
        blocks=blocks,
        ledger=account.ledger,
        remarks=(*document.remarks, *account.remarks, *(r for lst in known.lists.values() for r in lst.remarks)),
        topic=wanted or _topic_of(final, known),
        wanted_topic=wanted.id if wanted else None,
        today=today,
    )
    report = checks.judge(evidence)
    return Extraction(
        source=document.source,
        answer=parsed.answer,
        tables=final,
        totals=report.totals,
        findings=report.findings,
        ledger=account.ledger,
        topic=evidence.topic.id if evidence.topic else None,
        blocks=blocks,
    )


def _unforeseen(document: Document, error: Exception) -> str:
    """One line for a fault that nobody foresaw: the document is refused whole rather than given in part."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).stem}.{place.name}, line {place.lineno}"
    return f"{document.source.file}: could not be interpreted: {type(error).__name__} in {where}: {error}"


def read_grids(path: str | Path) -> tuple[Document, tuple[Grid, ...]]:
    """The grids of a document before any interpretation, in reading order.

    Raises:
        SourceError: where the file cannot be read.
    """
    document = readers.read(Path(path))
    try:
        return document, tuple(block for block in group(document) if isinstance(block, Grid))
    except PvExtractError:
        raise
    except Exception as error:
        raise SourceError(_unforeseen(document, error)) from error


def _running_text(blocks: Sequence[Block]) -> str:
    lines = [block.text for block in blocks if isinstance(block, Line)]
    cells = [cell.text for block in blocks if isinstance(block, Grid) for cell in block.cells]
    return " ".join([*lines, *cells])


def _renamed(found: Sequence[Table], known: Knowledge) -> tuple[Table, ...]:
    """Tables of a topic named once more, by the list that their spec declares."""
    wanted = {table.id: topics.list_of(known.topics, table) for table in found}
    again = {table.id: table for table in name_tables([t for t in found if wanted[t.id]], known.lists, wanted)}
    return tuple(again.get(table.id, table) for table in found)


def _topic_of(found: Sequence[Table], known: Knowledge) -> Topic | None:
    ids = [table.topic for table in found if table.topic]
    return known.topics[max(sorted(set(ids)), key=ids.count)] if ids else None
