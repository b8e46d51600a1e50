"""Documents, extraction outputs and frames from elsewhere, held to the same checks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pv_extract import checks, frames, topics
from pv_extract.checks import Evidence
from pv_extract.findings import ConfigurationError, Finding, Level, SourceError
from pv_extract.frames import NEEDED, tables_of
from pv_extract.languages import load_language
from pv_extract.model import Answer, Ledger, Source, Table, Totals
from pv_extract.naming import name_tables
from pv_extract.outputs import stored
from pv_extract.pipeline import Knowledge, extract, load_knowledge

if TYPE_CHECKING:
    import pandas as pd

DOCUMENTS = (".pdf", ".txt", ".docx", ".xlsx")
_OUTPUTS = (".json", *stored.FRAMES)


@dataclass(frozen=True, slots=True)
class Checked:
    """One input and what the checks say of it; `path` as the caller named it, `document` the answer's number and date.

    Without a number it is the start of the source's SHA-256.
    """

    path: str
    document: str
    source: Source
    tables: tuple[Table, ...]
    totals: Mapping[str, Totals]
    findings: tuple[Finding, ...]

    def fails(self, level: Level = Level.ERROR, known: Iterable[str] = ()) -> list[Finding]:
        """Findings of this weight or more that are not known already, by id."""
        order = [Level.ERROR, Level.WARNING, Level.NOTE]
        among, accepted = order[: order.index(level) + 1], set(known)
        return [f for f in self.findings if f.level in among and self.id_of(f) not in accepted]

    def id_of(self, finding: Finding) -> str:
        """Stable id of a finding in this document: the same between runs, machines and forms of path."""
        return f"{self.document}-{finding.id}"


def expand(paths: Iterable[Path]) -> Iterator[Path]:
    """Files as given; of a folder, every document and every extraction output in it, in order of name.

    Raises:
        SourceError: for a path that does not exist, or a folder in which there is nothing to validate.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        inside = [p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix.lower() in (*DOCUMENTS, *_OUTPUTS)]
        kept = [p for p in inside if p.suffix.lower() in DOCUMENTS or _is_output(p)]
        if not kept:
            raise SourceError(f"{path}: expected documents or extraction outputs in this folder, found none")
        yield from kept


def _is_output(path: Path) -> bool:
    """Whether a file of a folder was written by this package: other data may stand beside the documents."""
    try:
        if path.suffix.lower() == ".json":
            stored.read_json(path)
            return True
        return set(NEEDED) <= set(stored.read_frame(path).columns)
    except SourceError:
        return False


def validate_path(
    path: Path, *, topic: str | None = None, knowledge: Knowledge | None = None, today: date | None = None
) -> Checked:
    """One document, extraction output or frame, checked anew; what it is, its suffix and content tell.

    Raises:
        SourceError: where it cannot be read.
        ConfigurationError: for a topic that does not exist.
    """
    known = knowledge or load_knowledge()
    day = today or date.today()  # noqa: DTZ011 - waivers expire by the calendar on the wall
    if path.suffix.lower() == ".json":
        return _again(path, topic, known, day)
    if path.suffix.lower() in stored.FRAMES:
        if not path.is_file():
            raise SourceError(f"{path}: expected a file, found none")
        return _of_frame(str(path), stored.read_frame(path), topic, known, day)
    found = extract(path, topic=topic, knowledge=known, today=day)
    return Checked(
        str(path), _document(found.answer, found.source), found.source, found.tables, found.totals, found.findings
    )


def validate(
    figures: "pd.DataFrame", topic: str | None = None, *, knowledge: Knowledge | None = None, today: date | None = None
) -> checks.Report:
    """A tidy frame from anywhere (one row per figure; `label`, `column` and `obs_value` at least), checked as a document is.

    Raises:
        ConfigurationError: for a topic that does not exist.
    """
    day = today or date.today()  # noqa: DTZ011 - as above
    made = _of_frame("frame", figures, topic, knowledge or load_knowledge(), day)
    return checks.Report(made.findings, made.totals)


def _again(path: Path, topic: str | None, known: Knowledge, today: date) -> Checked:
    """An extraction judged again: its figures may have been edited since, and so may the schemas."""
    found = stored.read_json(path)
    chosen = topic or found.topic
    wanted = topics.pick(known.topics, chosen) if chosen else None
    evidence = Evidence(
        found.source, found.answer, _recognised(found.tables, known, topic), (), found.ledger, (), wanted, topic, today
    )
    report = checks.judge(evidence)
    kept = tuple(f for f in found.findings if f.code in checks.ONLY_AT_READING)
    return Checked(
        str(path),
        _document(found.answer, found.source),
        found.source,
        evidence.tables,
        report.totals,
        (*kept, *report.findings),
    )


def _of_frame(name: str, frame: "pd.DataFrame", topic: str | None, known: Knowledge, today: date) -> Checked:
    from pv_extract import schemas  # noqa: PLC0415 - pandera is slow to load
    from pv_extract.checks.frame import judge_frame  # noqa: PLC0415 - as above

    usable = not frame.empty and set(NEEDED) <= set(frame.columns)
    made = tables_of(frame, load_language("nl")) if usable else ()
    tables = _recognised(made, known, topic)
    chosen = topic or next((t.topic for t in tables if t.topic), None)
    wanted = topics.pick(known.topics, chosen) if chosen else None
    digest = str(frame["source_sha256"].iloc[0]) if usable and "source_sha256" in frame else "0" * 64
    source = Source(name, digest, "text/csv", 0, "frame")
    answer = _answer(frame) if usable else Answer(kind="single")
    evidence = Evidence(source, answer, tables, (), Ledger(), (), wanted, topic, today)
    built = schemas.build(wanted, lists=known.lists) if wanted else {}
    report = judge_frame(frame, evidence, built)
    return Checked(name, _document(answer, source), source, tables, report.totals, report.findings)


def _document(answer: Answer, source: Source) -> str:
    return f"{answer.question_number}-{answer.question_date}" if answer.question_number else source.sha256[:8]


def _answer(frame: "pd.DataFrame") -> Answer:
    """Number and date of the question, where the frame's first figure has them."""
    first = frame.iloc[0]
    number, day = frames.number(first.get("question_number")), first.get("question_date")
    return Answer(
        kind="single",
        question_number=None if number is None else int(number),
        question_date=date.fromisoformat(str(day)[:10]) if isinstance(day, str | date) and str(day) else None,
    )


def _recognised(tables: tuple[Table, ...], known: Knowledge, topic: str | None) -> tuple[Table, ...]:
    """Tables that nothing recognised or named yet, named and recognised."""
    if all(table.spec for table in tables):
        return tables
    unnamed = [t for t in tables if not any(row.match for row in t.rows)]
    named = {t.id: t for t in name_tables(unnamed, known.lists, {})}
    return topics.recognise([named.get(t.id, t) for t in tables], known.topics, topic, {})


def baseline(text: str, path: str) -> frozenset[str]:
    """Ids of known findings: one a line, `#` starts a comment.

    Raises:
        ConfigurationError: for a line that is no id.
    """
    ids = [line.split("#")[0].strip() for line in text.splitlines()]
    wrong = next((i for i in ids if i and not all(c in "0123456789abcdef-" for c in i)), None)
    if wrong:
        raise ConfigurationError(f"{path}: expected a finding id a line (12 characters of 0-9a-f), found {wrong!r}")
    return frozenset(i for i in ids if i)
