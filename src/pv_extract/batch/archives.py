"""ZIP archives: their documents one by one, never more unpacked than a machine can bear."""

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO

from pv_extract.findings import SourceError

MOST_MEMBERS = 200_000
MOST_BYTES = 20 << 30  # unpacked, of a whole archive
MOST_RATIO = 200  # unpacked to packed, of a member of more than a megabyte; documents pack 20 to 1 at most
_CHUNK = 1 << 20
_ENCRYPTED = 0x1


def is_archive(handle: IO[bytes]) -> bool:
    """Whether it is a ZIP of documents, and not a DOCX, XLSX or another document that is packed as a ZIP."""
    if handle.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
        return False
    try:
        with zipfile.ZipFile(handle) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    return not names & {"[Content_Types].xml", "mimetype"}


def members(handle: IO[bytes], most: int) -> Iterator[tuple[str, bytes | SourceError]]:
    """Name and bytes of each document in the archive, in the order of its directory, or why there are none.

    Args:
        handle: the archive, seekable.
        most: bytes that one document may have.
    """
    with zipfile.ZipFile(handle) as archive:
        every = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
        if not every:
            yield "", SourceError("expected documents in the archive, found none")
        unpacked = 0
        for number, info in enumerate(every, 1):
            if number > MOST_MEMBERS or unpacked > MOST_BYTES:
                left = len(every) - number + 1
                limit = f"{MOST_MEMBERS} documents and {MOST_BYTES >> 30} GB unpacked"
                yield "", SourceError(f"expected at most {limit}, stopped with {left} documents of the archive unread")
                return
            content = _content(archive, info, most)
            unpacked += len(content) if isinstance(content, bytes) else 0
            yield info.filename, content


def _hidden(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name.startswith(".") or path.parts[0] == "__MACOSX"


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes | SourceError:
    """The bytes that are really there, whatever sizes the archive declares."""
    if info.flag_bits & _ENCRYPTED:
        return SourceError("expected a document, found one that is encrypted with a password")
    parts, size, bound = [], 0, max(_CHUNK, MOST_RATIO * info.compress_size)
    try:
        with archive.open(info) as member:
            while part := member.read(_CHUNK):
                size += len(part)
                if size > min(bound, most) and max(size, info.file_size) > bound:
                    packed = f"{info.compress_size} bytes that unpack to more than {bound}"
                    return SourceError(f"expected a document, found a ZIP bomb: {packed}")
                if size > most:
                    return SourceError(f"expected at most {most >> 20} MB, found more")
                parts.append(part)
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        return SourceError(f"expected a whole member of a ZIP, found a damaged one: {error}")
    return b"".join(parts)
