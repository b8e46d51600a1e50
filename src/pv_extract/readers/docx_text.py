"""Paragraphs of a DOCX as a reader sees them: raised digits, note marks, insertions; no deletions, no hidden text."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from docx.oxml.ns import nsmap, qn
from lxml.etree import _Element

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_LETTERS = dict(zip("abcdfghi", "ᵃᵇᶜᵈᶠᵍʰⁱ", strict=True))  # not e: `1e` is an ordinal
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SIMPLE = {qn("w:tab"): "\t", qn("w:noBreakHyphen"): "-", qn("w:cr"): "\n", qn("w:softHyphen"): "\u00ad"}
_GONE = {qn("w:del"), qn("w:moveFrom")}
_ASIDE = {
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:txbxContent"),
    qn("w:instrText"),
    qn("w:delText"),
    qn("w:tbl"),
    qn("w:delInstrText"),
}


@dataclass(slots=True)
class Notes:
    """Foot- and endnotes met so far: a reference gets its number when it is read, in the order of the document."""

    seen: list[tuple[str, str]] = field(default_factory=list)

    def number(self, kind: str, note_id: str) -> int:
        """The printed number of a note of this kind (`footnote`, `endnote`)."""
        if (kind, note_id) not in self.seen:
            self.seen.append((kind, note_id))
        return [s for s in self.seen if s[0] == kind].index((kind, note_id)) + 1


@dataclass(slots=True)
class Unseen:
    """What the file holds and the printed page does not show, counted."""

    deleted: int = 0
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Printed lines of one paragraph; `indent` in points."""

    lines: tuple[str, ...]
    bold: bool
    indent: float


def on(element: _Element | None, name: str) -> bool:
    """Whether a switch such as `w:b` is there and not turned off (`w:val` of 0, false, off or none)."""
    found = element.find(qn(name)) if element is not None else None
    return found is not None and found.get(qn("w:val"), "1") not in {"0", "false", "off", "none"}


def paragraph(p: _Element, notes: Notes, unseen: Unseen) -> Paragraph:
    """The lines of a `w:p`; text boxes in it are not part of them (`text_boxes` gives those)."""
    parts: list[tuple[str, bool]] = []
    for run in _runs(p, unseen):
        properties = run.find(qn("w:rPr"))
        text = "".join(_run_text(run, notes))
        if on(properties, "w:vanish"):
            unseen.hidden += bool(text.strip())
        elif text:
            parts.append((_raised(text, properties), on(properties, "w:b")))
    text = "".join(t for t, _ in parts)
    return Paragraph(
        tuple(line.strip(" ") for line in text.split("\n")),
        bold=any(t.strip() for t, _ in parts) and all(bold for t, bold in parts if t.strip()),
        indent=_indent(p),
    )


def text_boxes(p: _Element) -> Iterator[_Element]:
    """The `w:txbxContent` drawn in this paragraph; of two alternatives for one box, the first."""
    for box in p.iter(qn("w:txbxContent")):
        around = [a.tag for a in box.iterancestors()]
        if f"{_MC}Fallback" not in around:
            yield box


def _runs(p: _Element, unseen: Unseen) -> Iterator[_Element]:
    for child in p:
        if child.tag in _GONE:
            unseen.deleted += 1
        elif child.tag == qn("w:r"):
            yield child
        elif child.tag not in _ASIDE:
            yield from _runs(child, unseen)


def _run_text(element: _Element, notes: Notes) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == qn("w:t"):
            yield (child.text or "").replace("\n", " ")
        elif tag in _SIMPLE:
            yield _SIMPLE[tag]
        elif tag == qn("w:br"):
            yield "\n"
        elif tag == qn("w:sym"):
            yield _symbol(child)
        elif tag in (qn("w:footnoteReference"), qn("w:endnoteReference")):
            if child.get(qn("w:customMarkFollows")) is None:
                kind = "footnote" if tag == qn("w:footnoteReference") else "endnote"
                yield str(notes.number(kind, child.get(qn("w:id"), ""))).translate(SUPERSCRIPT)
        elif tag == f"{_MC}AlternateContent":
            choice = child.find(f"{_MC}Choice")
            yield from _run_text(choice if choice is not None else child, notes)
        elif tag not in _ASIDE and child.tag == qn("w:ruby"):
            yield from _run_text(child, notes)


def _raised(text: str, properties: _Element | None) -> str:
    if properties is None:
        return text
    if on(properties, "w:caps"):
        text = text.upper()
    align = properties.find(qn("w:vertAlign"))
    if align is None or align.get(qn("w:val")) != "superscript":
        return text
    return _RAISED_LETTERS.get(text.strip(), text.translate(SUPERSCRIPT))


def _symbol(element: _Element) -> str:
    """The character of a `w:sym`; symbol fonts sit at F000 and up, their ASCII part is what was typed."""
    try:
        code = int(element.get(qn("w:char"), ""), 16)
    except ValueError:
        return ""
    return chr(code - 0xF000) if 0xF020 <= code <= 0xF07E else chr(code)


def _indent(p: _Element) -> float:
    ind = p.find("w:pPr/w:ind", nsmap)
    value = "0" if ind is None else ind.get(qn("w:left")) or ind.get(qn("w:start")) or "0"
    try:
        return float(value) / 20  # twips
    except ValueError:
        return 0.0
