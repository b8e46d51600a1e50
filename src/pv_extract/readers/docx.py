"""DOCX: paragraphs and tables in the order of the document, notes beside what they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from pv_extract.findings import Code, SourceError
from pv_extract.model import Block, Document, Grid, Line, Remark, Source
from pv_extract.readers.docx_numbering import Numbering, numbering
from pv_extract.readers.docx_package import Package, opened
from pv_extract.readers.docx_table import framed, grids
from pv_extract.readers.docx_text import SUPERSCRIPT, Notes, Paragraph, Unseen, paragraph, text_boxes
from pv_extract.readers.docx_xml import ID, P_PR, TBL, P, by_tag, children, first, w

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_RUNNING = ("header", "footer")
_EMBEDDED = ("package", "oleObject", "aFChunk")


def read_docx(data: bytes, file: str, sha256: str) -> Document:
    """Lines and grids in the order of the document; a DOCX has no pages of its own, so everything stands on page 1.

    Insertions count as accepted, deletions and hidden text are left out with a remark. The notes of a table follow it,
    those of the text stand at the end. Running headers and footers are furniture.

    Raises:
        SourceError: where the file is no DOCX, is damaged, or holds no text at all.
    """
    package = opened(data)
    reading = _Reading(package, numbering(_related(package, "numbering"), package.content("styles")))
    body = first(package.main, w("body"))
    headers, footers = (tuple(_running(reading, kind)) for kind in _RUNNING)
    printed = tuple(_blocks(body, reading)) if body is not None else ()
    printed += tuple(reading.note_lines())
    if not any(isinstance(b, Grid) or b.text for b in printed):
        pictures = sum(1 for _ in package.main.iter(w("drawing"), w("pict")))
        raise SourceError(f"expected a DOCX with text, found {pictures} pictures and no text")
    blocks = headers + printed + footers
    return Document(Source(file, sha256, MEDIA_TYPE, 0, "docx"), blocks=blocks, remarks=tuple(_remarks(reading)))


@dataclass(slots=True)
class _Reading:
    """What is counted while the document is read in order: list labels, note numbers, what is not shown."""

    package: Package
    numbering: Numbering
    notes: Notes = field(default_factory=Notes)
    unseen: Unseen = field(default_factory=Unseen)
    noted: int = 0

    def paragraph(self, p: _Element) -> Paragraph:
        """The paragraph with its list label before it."""
        settings = by_tag(first(p, P_PR))
        read = paragraph(p, settings, self.notes, self.unseen)
        label = self.numbering.label(settings)
        if label and any(read.lines):
            return Paragraph((f"{label} {read.lines[0]}", *read.lines[1:]), read.bold, read.indent)
        return read

    def note_lines(self) -> Iterator[Line]:
        """The notes referred to since the last call, each with its raised number in front."""
        while self.noted < len(self.notes.seen):
            kind, note_id = self.notes.seen[self.noted]
            self.noted += 1
            mark = str(self.notes.number(kind, note_id)).translate(SUPERSCRIPT)
            texts = [" ".join(self.paragraph(p).lines).strip() for p in self._note(kind, note_id)]
            yield Line(f"{mark} {' '.join(t for t in texts if t)}", gap=True)

    def _note(self, kind: str, note_id: str) -> Iterator[_Element]:
        root = _related(self.package, f"{kind}s")
        for note in root.iter(w(kind)) if root is not None else ():
            if note.get(ID) == note_id:
                yield from note.iter(P)


def _blocks(parent: _Element, reading: _Reading) -> Iterator[Block]:
    for element in children(parent, (P, TBL)):
        if element.tag == P:
            yield from _lines(reading.paragraph(element))
        elif cells := framed(element):
            for cell in cells:
                yield from _blocks(cell, reading)
        else:
            before = len(reading.notes.seen) == reading.noted
            yield from grids(element, reading.paragraph)
            if before:  # else a note of the text above would land under the table
                yield from reading.note_lines()
        for box in text_boxes(element):
            yield from _blocks(box, reading)


def _lines(read: Paragraph) -> Iterator[Line]:
    printed = [line for line in read.lines if line.strip()]
    for number, text in enumerate(printed):
        yield Line(" ".join(text.split("\t")).strip(), bold=read.bold, gap=number == 0)


def _running(reading: _Reading, kind: str) -> Iterator[Line]:
    """Lines of the headers or footers, each text once however many sections print it."""
    seen: set[str] = set()
    for root in reading.package.related(kind):
        for p in root.iter(P):
            for line in _lines(reading.paragraph(p)):
                if line.text not in seen:
                    seen.add(line.text)
                    yield Line(line.text, bold=line.bold, gap=line.gap, furniture=True)


def _related(package: Package, kind: str) -> _Element | None:
    return next(package.related(kind), None)


def _remarks(reading: _Reading) -> Iterator[Remark]:
    unseen = reading.unseen
    if unseen.deleted:
        yield Remark(
            Code.CONTENT_HIDDEN, f"{unseen.deleted} tracked deletions are left out, insertions are taken as accepted"
        )
    if unseen.hidden:
        yield Remark(Code.CONTENT_HIDDEN, f"{unseen.hidden} pieces of hidden text are left out")
    embedded = [r for r in reading.package.relations if r.kind.endswith(_EMBEDDED)]
    if embedded:
        yield Remark(Code.CONTENT_HIDDEN, f"{len(embedded)} embedded files (a workbook, for instance) are not read")
