"""What a run is given, as documents: files, folders, patterns, ZIP archives and URLs, each with its bytes or a reason."""

import glob
import hashlib
import io
import os
import re
import stat
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from typing import IO

from pv_extract.batch import archives
from pv_extract.findings import SourceError

AHEAD, TOGETHER = 4, 4  # groups of files that are being fetched while others are read, and the files of one
_URL = re.compile(r"^[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_PASSWORD = re.compile(r"^([a-z][a-z0-9+.-]+://)[^/@]*@", re.IGNORECASE)
_MAGIC = re.compile(r"[*?\[]")
_DOCUMENT = (".pdf", ".txt", ".docx", ".xlsx")
_TRIES = 3
_STORE = {"store.json", "store.duckdb"}  # what a folder that is a store holds
Open = Callable[[], IO[bytes]]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A document as found: its bytes, or why there are none. `location` is an absolute path or URL, `!` before a member."""

    location: str
    name: str
    data: bytes = field(default=b"", repr=False)
    problem: str | None = None
    sha256: str | None = field(init=False)  # of the bytes, where there are any

    def __post_init__(self) -> None:
        found = hashlib.sha256(self.data).hexdigest() if self.problem is None else None
        object.__setattr__(self, "sha256", found)  # frozen for everyone else


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document, or an archive of them, is to be fetched from; `problem` says why nothing can be.

    A `stream` cannot be read from its middle; what is `far` takes time to come, and several such are fetched at once.
    """

    location: str
    opened: Open | None = None
    problem: str | None = None
    stream: bool = False
    far: bool = False


def places(inputs: Iterable[str | os.PathLike[str]]) -> Iterator[Place]:
    """Every file that the inputs name, in their order, folders by name; what is no file comes with its problem.

    Hidden files, whose names start with a dot, and stores of runs are left out of folders.
    """
    for given in inputs:
        text = os.fspath(given)
        if text.startswith("file://"):
            text = text.removeprefix("file://")
        if _URL.match(text):
            yield from _remote(text)
        elif os.path.lexists(text):
            yield from _local(os.path.abspath(text))  # noqa: PTH100 - links stay as they were given
        elif _MAGIC.search(text) and (found := sorted(glob.glob(text, recursive=True))):  # noqa: PTH207 - `**` and absolute
            for path in found:
                yield from _local(os.path.abspath(path))  # noqa: PTH100
        else:
            yield Place(_shown(os.path.abspath(text)), problem="expected a file, folder, pattern or URL, found none")  # noqa: PTH100


def given_on(stream: IO[str]) -> list[str]:
    """Inputs listed on a stream: one a line, or ended by NUL characters (`find -print0`)."""
    text = stream.read()
    return [name for name in (text.split("\0") if "\0" in text else text.splitlines()) if name.strip()]


def fetched(found: Iterable[Place], most: int) -> Iterator[Fetched]:
    """The documents at these places, in their order, of at most `most` bytes each; a few are fetched ahead from far away.

    Files of this machine are read when their turn comes: handing them from thread to thread would take longer than reading them.
    """
    waiting: deque[Callable[[], list[Iterator[Fetched]]]] = deque()
    source = iter(found)
    with ThreadPoolExecutor(AHEAD, "fetch") as threads:
        while True:
            while len(waiting) < AHEAD and (group := list(islice(source, TOGETHER))):
                fetch = partial(_fetch_all, group, most)
                waiting.append(threads.submit(fetch).result if any(place.far for place in group) else fetch)
            if not waiting:
                return
            yield from chain.from_iterable(waiting.popleft()())


def fetch_again(location: str, most: int) -> bytes:
    """The bytes at a location of a former run.

    Raises:
        SourceError: where they are no longer there.
    """
    cuts = [location, *(location[: m.start()] for m in re.finditer("!", location))]
    outer = next((cut for cut in cuts if os.path.lexists(cut)), cuts[-1])
    for document in fetched(places([outer]), most):
        if document.location == location and document.problem is None:
            return document.data
    raise SourceError(f"{location}: expected the source, found none")


def _local(path: str) -> Iterator[Place]:
    """A file, or all files of a folder; each folder once, whatever links lead to it."""
    shown = _shown(path)
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116 - text throughout: paths may hold what Path would tidy
    except OSError as error:
        yield Place(shown, problem=_reason(error, link=os.path.islink(path)))  # noqa: PTH114
        return
    if stat.S_ISDIR(mode):
        inside = list(_walk(path, ()))
        yield from inside or [Place(shown, problem="expected documents in the folder, found none")]
    else:
        yield _file(path, mode)


def _walk(folder: str, above: tuple[tuple[int, int], ...]) -> Iterator[Place]:
    try:
        here = os.stat(folder)  # noqa: PTH116
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Place(_shown(folder), problem=_reason(error))
        return
    if {entry.name for entry in entries} >= _STORE:
        return  # the results of a run may lie beside its documents
    if folder.lower().endswith(_DOCUMENT):
        yield Place(_shown(folder), problem="expected a file of this name, found a folder")
    inode = (here.st_dev, here.st_ino)
    if inode in above:
        yield Place(_shown(folder), problem="expected a file or folder, found a link back to a folder that holds it")
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            mode = entry.stat().st_mode
        except OSError as error:
            yield Place(_shown(entry.path), problem=_reason(error, link=entry.is_symlink()))
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(entry.path, (*above, inode))
        else:
            yield _file(entry.path, mode)


def _file(path: str, mode: int) -> Place:
    if not stat.S_ISREG(mode):  # opening a pipe would wait for ever
        return Place(_shown(path), problem="expected a file, found a pipe, socket or device")
    return Place(_shown(path), lambda: open(path, "rb"))  # noqa: PTH123 - whoever fetches closes it


def _remote(url: str) -> Iterator[Place]:
    shown = _PASSWORD.sub(r"\1", url)
    try:
        import fsspec  # noqa: PLC0415 - needed for URLs only

        system, path = fsspec.core.url_to_fs(url)
        web = url.startswith(("http://", "https://"))
        if _MAGIC.search(path) and not web:
            paths = sorted(system.glob(path))
        else:
            paths = sorted(system.find(path)) if not web and system.isdir(path) else [path]
        if not paths:
            yield Place(shown, problem="expected documents at this URL, found none")
        for one in paths:
            name = (
                shown
                if [one] == paths and not _MAGIC.search(path)
                else _PASSWORD.sub(r"\1", system.unstrip_protocol(one))
            )
            yield Place(
                name, partial(system.open, one, "rb", **({"block_size": 0} if web else {})), stream=web, far=True
            )
    except ImportError as error:
        yield Place(shown, problem=f"expected the package of this file system: {error}")
    except Exception as error:  # noqa: BLE001 - each file system has errors of its own
        yield Place(shown, problem=f"expected a document, found: {_reason(error)}")


def _fetch_all(places: list[Place], most: int) -> list[Iterator[Fetched]]:
    return [_fetch(place, most) for place in places]


def _fetch(place: Place, most: int) -> Iterator[Fetched]:
    name = _name(place.location)
    if place.opened is None:
        return iter([Fetched(place.location, name, problem=place.problem)])
    try:
        with _seekable(place.opened, place.stream, most) as handle:
            if archives.is_archive(handle):
                return _members(place, place.opened, most)
            handle.seek(0)
            return iter([Fetched(place.location, name, _bytes(handle, place.opened, most))])
    except SourceError as error:
        return iter([Fetched(place.location, name, problem=str(error))])
    except Exception as error:  # noqa: BLE001 - each file system has errors of its own
        return iter([Fetched(place.location, name, problem=_reason(error))])


def _seekable(opened: Open, stream: bool, most: int) -> IO[bytes]:
    """The open file; what comes as a stream, which no server has to let one seek in, is read first, as far as a document may go."""
    handle = opened()
    if not stream:
        return handle
    held = io.BytesIO()
    with handle:
        while held.tell() <= most and (part := handle.read(most + 1 - held.tell())):  # as much as has come so far
            held.write(part)
    held.seek(0)
    return held


def _members(place: Place, opened: Open, most: int) -> Iterator[Fetched]:
    """Documents of an archive, unpacked one by one when their turn comes."""
    try:
        with _seekable(opened, place.stream, most) as handle:
            for name, content in archives.members(handle, most):
                location = f"{place.location}!{name}" if name else place.location
                if isinstance(content, SourceError):
                    yield Fetched(location, _name(location), problem=str(content))
                else:
                    yield Fetched(location, _name(name), content)
    except Exception as error:  # noqa: BLE001 - each file system has errors of its own
        yield Fetched(place.location, _name(place.location), problem=_reason(error))


def _bytes(handle: IO[bytes], again: Open, most: int) -> bytes:
    """The whole file, as it stood at one moment."""
    for attempt in range(_TRIES):
        if attempt:
            time.sleep(0.05 * attempt)
            with again() as other:
                data = _unless_changed(other, most)
        else:
            data = _unless_changed(handle, most)
        if data is not None:
            return data
    raise SourceError(f"expected a file at rest, found one that changed each of the {_TRIES} times it was read")


def _unless_changed(handle: IO[bytes], most: int) -> bytes | None:
    before = _stamp(handle)
    data = handle.read(min(before[0] if before else most, most) + 1)  # no room is made for more than there is
    if len(data) > most:
        raise SourceError(f"expected at most {most >> 20} MB, found more")
    return data if _stamp(handle) == before and (before is None or before[0] == len(data)) else None


def _stamp(handle: IO[bytes]) -> tuple[int, int] | None:
    """Size and time of change of a local file; other file systems replace whole files."""
    try:
        found = os.fstat(handle.fileno())
    except (OSError, AttributeError, NotImplementedError):
        return None
    return found.st_size, found.st_mtime_ns


def _name(location: str) -> str:
    """Last part of a location as a file name that every system accepts."""
    path, _, _ = location.partition("?") if _URL.match(location) else (location, "", "")
    last = re.split(r"[/\\!]", path.rstrip("/\\"))[-1]
    name = re.sub(r'[\x00-\x1f<>:"|*]', "_", last)
    while len(name.encode()) > 200:
        name = name[1:]
    return name if name.strip(". ") else "document"


def _shown(path: str) -> str:
    """The path as text that UTF-8 can hold; bytes that are no UTF-8 are written out."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _reason(error: BaseException, *, link: bool = False) -> str:
    if isinstance(error, FileNotFoundError):
        return "expected a file, found a link to nothing" if link else "expected a file, found none"
    reason = getattr(error, "strerror", None) or " ".join(str(error).split()) or type(error).__name__
    return f"expected a file that may be read, found: {str(reason)[:1].lower()}{str(reason)[1:]}"
