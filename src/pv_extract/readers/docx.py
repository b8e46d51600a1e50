"""DOCX through python-docx: paragraphs and tables in the order of the document, notes beside what they belong to."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import _Element

from pv_extract.findings import Code, SourceError
from pv_extract.model import Block, Document, Grid, Line, Remark, Source
from pv_extract.readers.docx_numbering import Numbering, numbering
from pv_extract.readers.docx_table import children, grids, is_box
from pv_extract.readers.docx_text import SUPERSCRIPT, Notes, Paragraph, Unseen, paragraph, text_boxes

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(data: bytes, file: str, sha256: str) -> Document:
    """Lines and grids in the order of the document; a DOCX has no pages of its own, so everything stands on page 1.

    Insertions count as accepted, deletions and hidden text are left out with a remark. The notes of a table follow it,
    those of the text stand at the end. Running headers and footers are furniture.

    Raises:
        SourceError: where the file is no DOCX, is damaged, or holds no text at all.
    """
    try:
        main = docx.Document(io.BytesIO(data)).part
    except Exception as error:  # python-docx and lxml raise whatever the damage leads to
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(f"expected a DOCX file, found a damaged one ({reason})") from error
    reading = _Reading(
        main, numbering(_related(main, RELATIONSHIP_TYPE.NUMBERING), _related(main, RELATIONSHIP_TYPE.STYLES))
    )
    body = main.element.find(qn("w:body"))
    running = {kind: tuple(_running(reading, kind)) for kind in (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)}
    printed = tuple(_blocks(body, reading)) if body is not None else ()
    printed += tuple(reading.note_lines())
    if not any(isinstance(b, Grid) or b.text for b in printed):
        pictures = sum(1 for _ in main.element.iter(qn("w:drawing"), qn("w:pict")))
        raise SourceError(f"expected a DOCX with text, found {pictures} pictures and no text")
    blocks = running[RELATIONSHIP_TYPE.HEADER] + printed + running[RELATIONSHIP_TYPE.FOOTER]
    return Document(Source(file, sha256, MEDIA_TYPE, 0, "docx"), blocks=blocks, remarks=tuple(_remarks(reading)))


@dataclass(slots=True)
class _Reading:
    """What is counted while the document is read in order: list labels, note numbers, what is not shown."""

    part: Part
    numbering: Numbering
    notes: Notes = field(default_factory=Notes)
    unseen: Unseen = field(default_factory=Unseen)
    noted: int = 0

    def paragraph(self, p: _Element) -> Paragraph:
        """The paragraph with its list label before it."""
        read = paragraph(p, self.notes, self.unseen)
        label = self.numbering.label(p)
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
        root = _related(self.part, f"{RELATIONSHIP_TYPE.FOOTNOTES.rsplit('/', 1)[0]}/{kind}s")
        for note in root.iter(qn(f"w:{kind}")) if root is not None else ():
            if note.get(qn("w:id")) == note_id:
                yield from note.iter(qn("w:p"))


def _blocks(parent: _Element, reading: _Reading) -> Iterator[Block]:
    for element in children(parent, "w:p", "w:tbl"):
        if element.tag == qn("w:p"):
            yield from _lines(reading.paragraph(element))
        elif is_box(element):
            for cell in element.iter(qn("w:tc")):
                yield from _blocks(cell, reading)
                break
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
    for relation in reading.part.rels.values():
        if relation.reltype != kind or relation.is_external:
            continue
        for p in parse_xml(relation.target_part.blob).iter(qn("w:p")):
            for line in _lines(reading.paragraph(p)):
                if line.text not in seen:
                    seen.add(line.text)
                    yield Line(line.text, bold=line.bold, gap=line.gap, furniture=True)


def _related(part: Part, kind: str) -> _Element | None:
    for relation in part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            return parse_xml(relation.target_part.blob)
    return None


def _remarks(reading: _Reading) -> Iterator[Remark]:
    unseen = reading.unseen
    if unseen.deleted:
        yield Remark(
            Code.CONTENT_HIDDEN, f"{unseen.deleted} tracked deletions are left out, insertions are taken as accepted"
        )
    if unseen.hidden:
        yield Remark(Code.CONTENT_HIDDEN, f"{unseen.hidden} pieces of hidden text are left out")
    embedded = [r for r in reading.part.rels.values() if r.reltype.endswith(("/package", "/oleObject", "/aFChunk"))]
    if embedded:
        yield Remark(Code.CONTENT_HIDDEN, f"{len(embedded)} embedded files (a workbook, for instance) are not read")
