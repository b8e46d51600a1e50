"""WordprocessingML by its tags: their full names, and the children of an element that bear them."""

from collections.abc import Container, Iterator, Mapping

from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def w(name: str) -> str:
    """The full name of a tag or attribute of WordprocessingML; lxml looks nothing up as fast as a name written out."""
    return _W + name


P, TBL, TR, TC = w("p"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, NUM_PR = w("pPr"), w("rPr"), w("numPr")
VAL, ID = w("val"), w("id")
_WRAPPERS = frozenset(map(w, ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")))


def first(element: _Element | None, tag: str) -> _Element | None:
    """The first child with this tag; None where there is none, or no element to look in."""
    return None if element is None else next(element.iterchildren(tag), None)


def by_tag(element: _Element | None) -> Mapping[str, _Element]:
    """The first child with each tag: what costs less than to ask for several of them; empty where there is no element."""
    if element is None:
        return {}
    return {child.tag: child for child in reversed(element)}


def value_of(element: _Element | None, tag: str, default: str) -> str:
    """The `w:val` of the first child with this tag."""
    found = first(element, tag)
    return default if found is None else str(found.get(VAL, default))


def children(element: _Element, wanted: Container[str]) -> Iterator[_Element]:
    """Children with one of these tags, those inside content controls and tracked insertions too."""
    for child in element:
        tag = child.tag
        if tag in wanted:
            yield child
        elif tag in _WRAPPERS:
            yield from children(child, wanted)
