"""Paragraphs of a DOCX as a reader sees them: raised digits, note marks, insertions; no deletions, no hidden text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import _Element

from pv_extract.readers.docx_xml import ID, P_PR, R_PR, TBL, VAL, by_tag, first, w
from pv_extract.readers.raised import IN_BRACKETS, as_mark

SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_LETTERS = dict(zip("abcdfghi", "ᵃᵇᶜᵈᶠᵍʰⁱ", strict=True))  # not e: `1e` is an ordinal
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE = f"{_MC}AlternateContent"
_R, _T, _BR, _SYM, _RUBY, _BOX = (w(name) for name in ("r", "t", "br", "sym", "ruby", "txbxContent"))
_FOOTNOTE, _ENDNOTE, _OWN_MARK = w("footnoteReference"), w("endnoteReference"), w("customMarkFollows")
_BOLD, _HIDDEN, _CAPITALS, _ALIGN, _POSITION = (w(name) for name in ("b", "vanish", "caps", "vertAlign", "position"))
_SELDOM = frozenset((_HIDDEN, _CAPITALS, _ALIGN, _POSITION))
_LIFTED = 4  # half points
_INDENT, _LEFT, _START, _CHAR = w("ind"), w("left"), w("start"), w("char")
_SIMPLE = {w("tab"): "\t", w("noBreakHyphen"): "-", w("cr"): "\n", w("softHyphen"): "\u00ad"}
_GONE = {w("del"), w("moveFrom")}
_ASIDE = {P_PR, R_PR, _BOX, TBL, w("instrText"), w("delText"), w("delInstrText")}


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


class Paragraph(NamedTuple):
    """Printed lines of one paragraph; `indent` in points."""

    lines: tuple[str, ...]
    bold: bool
    indent: float


def on(properties: Mapping[str, _Element], tag: str) -> bool:
    """Whether a switch such as `w:b` is there and not turned off (`w:val` of 0, false, off or none)."""
    found = properties.get(tag)
    return found is not None and found.get(VAL, "1") not in {"0", "false", "off", "none"}


def paragraph(p: _Element, settings: Mapping[str, _Element], notes: Notes, unseen: Unseen) -> Paragraph:
    """The lines of a `w:p` with these properties; text boxes in it are not part of them (`text_boxes` gives those)."""
    parts: list[tuple[str, bool, bool]] = []
    for run in _runs(p, unseen):
        properties = by_tag(first(run, R_PR))
        text = "".join(_run_text(run, notes))
        if _SELDOM.isdisjoint(properties):
            if text:
                parts.append((text, on(properties, _BOLD), False))
        elif on(properties, _HIDDEN):
            unseen.hidden += bool(text.strip())
        elif text:
            parts.append((_shown(text, properties), on(properties, _BOLD), _lifted(properties)))
    seen = [part for part in parts if part[0].strip()]
    weights, raised = [bold for _, bold, _ in seen], [lifted for _, _, lifted in seen]
    if any(raised) and not all(raised):
        # what stands alone on its line is not raised above anything
        parts = [(_as_raised(t) if lifted else t, bold, lifted) for t, bold, lifted in parts]
    text = "".join([t for t, _, _ in parts])
    return Paragraph(
        tuple([line.strip(" ") for line in text.split("\n")]),
        bool(weights) and all(weights),
        _indent(settings.get(_INDENT)),
    )


def text_boxes(p: _Element) -> Iterator[_Element]:
    """The `w:txbxContent` drawn in this paragraph; of two alternatives for one box, the first."""
    for box in p.iter(_BOX):
        around = [a.tag for a in box.iterancestors()]
        if f"{_MC}Fallback" not in around:
            yield box


def _runs(p: _Element, unseen: Unseen) -> Iterator[_Element]:
    for child in p:
        tag = child.tag
        if tag == _R:
            yield child
        elif tag in _GONE:
            unseen.deleted += 1
        elif tag not in _ASIDE:
            yield from _runs(child, unseen)


def _run_text(element: _Element, notes: Notes) -> Iterator[str]:
    for child in element:
        tag = child.tag
        if tag == _T:
            yield (child.text or "").replace("\n", " ")
        elif tag in _SIMPLE:
            yield _SIMPLE[tag]
        elif tag == _BR:
            yield "\n"
        elif tag == _SYM:
            yield _symbol(child)
        elif tag in (_FOOTNOTE, _ENDNOTE):
            if child.get(_OWN_MARK) is None:
                kind = "footnote" if tag == _FOOTNOTE else "endnote"
                yield str(notes.number(kind, child.get(ID, ""))).translate(SUPERSCRIPT)
        elif tag == _ALTERNATE:
            choice = child.find(f"{_MC}Choice")
            yield from _run_text(choice if choice is not None else child, notes)
        elif tag == _RUBY:
            yield from _run_text(child, notes)


def _shown(text: str, properties: Mapping[str, _Element]) -> str:
    """The text of a run in capitals or raised, where it is set so."""
    if on(properties, _CAPITALS):
        text = text.upper()
    align = properties.get(_ALIGN)
    return _as_raised(text) if align is not None and align.get(VAL) == "superscript" else text


def _lifted(properties: Mapping[str, _Element]) -> bool:
    """Whether a run stands two points or more above its line."""
    position = properties.get(_POSITION)
    height = "" if position is None else position.get(VAL, "")
    return height.isdigit() and int(height) >= _LIFTED


def _as_raised(text: str) -> str:
    if IN_BRACKETS.fullmatch(text.strip()):
        return as_mark(text)
    return _RAISED_LETTERS.get(text.strip(), text.translate(SUPERSCRIPT))


def _symbol(element: _Element) -> str:
    """The character of a `w:sym`; symbol fonts sit at F000 and up, their ASCII part is what was typed."""
    try:
        code = int(element.get(_CHAR, ""), 16)
    except ValueError:
        return ""
    return chr(code - 0xF000) if 0xF020 <= code <= 0xF07E else chr(code)


def _indent(ind: _Element | None) -> float:
    if ind is None:
        return 0.0
    value = ind.get(_LEFT) or ind.get(_START) or "0"
    try:
        return float(value) / 20  # twips
    except ValueError:
        return 0.0
