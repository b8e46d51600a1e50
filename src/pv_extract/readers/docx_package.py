"""The parts of a DOCX and how they refer to each other (ECMA-376 part 2); what is not asked for is not parsed."""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml.etree import XMLParser, _Element, fromstring

from pv_extract.findings import SourceError

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PARSER = XMLParser(remove_blank_text=True, resolve_entities=False)


class Relation(NamedTuple):
    """What the main part refers to: kind of the relation (`header`, `footnotes`, ...), name of the part in the archive."""

    kind: str
    part: str
    external: bool


@dataclass(frozen=True, slots=True)
class Package:
    """An opened DOCX: its main part, what that refers to in order, and the other parts on demand."""

    archive: zipfile.ZipFile
    main: _Element
    relations: tuple[Relation, ...]
    parsed: dict[str, _Element] = field(default_factory=dict)

    def related(self, kind: str) -> Iterator[_Element]:
        """The root of every part of this kind that the main part refers to.

        Raises:
            SourceError: where a part is missing or cannot be parsed.
        """
        for part in self._parts(kind):
            if part not in self.parsed:
                with damage_refused():
                    self.parsed[part] = parsed(self.archive.read(part))
            yield self.parsed[part]

    def content(self, kind: str) -> bytes | None:
        """What the first part of this kind holds; None where there is none.

        Raises:
            SourceError: where the part is missing.
        """
        with damage_refused():
            return next((self.archive.read(part) for part in self._parts(kind)), None)

    def _parts(self, kind: str) -> Iterator[str]:
        return (r.part for r in self.relations if r.kind == kind and not r.external)


def opened(data: bytes) -> Package:
    """The package in these bytes.

    Raises:
        SourceError: where it is no package, or its main part is missing or cannot be parsed.
    """
    with damage_refused():
        archive = zipfile.ZipFile(io.BytesIO(data))
        main = next((r.part for r in _relations(archive, "") if r.kind == "officeDocument" and not r.external), None)
        if main is None:
            raise KeyError("nothing says which part is the document")
        return Package(archive, parsed(archive.read(main)), tuple(_relations(archive, main)))


@contextmanager
def damage_refused() -> Iterator[None]:
    """Whatever goes wrong inside is damage of the file, told in one line.

    Raises:
        SourceError: instead of what was raised.
    """
    try:
        yield
    except Exception as error:  # zipfile and lxml raise whatever the damage leads to
        reason = " ".join(str(error).split()) or type(error).__name__
        raise SourceError(f"expected a DOCX file, found a damaged one ({reason})") from error


def parsed(content: bytes) -> _Element:
    """The root of a part."""
    return fromstring(content, _PARSER)


def _relations(archive: zipfile.ZipFile, source: str) -> Iterator[Relation]:
    """What a part refers to; the package itself where it is none. Targets are relative to the folder of the part."""
    folder, name = posixpath.split(source)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if source and listed not in archive.namelist():
        return
    for relation in parsed(archive.read(listed)).iter(_RELATION):
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        external = relation.get("TargetMode") == "External"
        yield Relation(relation.get("Type", "").removeprefix(_KINDS), target, external)
