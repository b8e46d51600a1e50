"""A folder of mixed documents, no two alike: the fixtures in all formats, each made unique, and damaged ones among them."""

import io
import zipfile
from pathlib import Path

FIXTURES = Path(__file__).parents[2] / "fixtures"
DAMAGED = 20  # every so many documents


def make(folder: Path, count: int, only: str = "*") -> Path:
    """Writes the documents that are not there yet, of the fixtures whose names match the pattern `only`."""
    folder.mkdir(parents=True, exist_ok=True)
    sources = sorted(p for p in FIXTURES.rglob(only) if p.suffix in {".pdf", ".txt", ".docx", ".xlsx"})
    for number in range(count):
        source = sources[number % len(sources)]
        target = folder / f"{number:06}-{source.name}"
        if not target.exists():
            target.write_bytes(_unlike(source, number) if number % DAMAGED else _broken(source, number))
    return folder


def _unlike(source: Path, number: int) -> bytes:
    """The same document in other bytes: nothing that is printed changes."""
    data = source.read_bytes()
    if source.suffix == ".pdf":
        return data + f"\n% {number}\n".encode()
    if source.suffix in {".docx", ".xlsx"}:
        written = io.BytesIO(data)
        with zipfile.ZipFile(written, "a") as archive:
            archive.comment = str(number).encode()
        return written.getvalue()
    return data.rstrip() + b"\n" + bytes(b" \n"[bit == "1"] for bit in f"{number:b}") + b"\n"


def _broken(source: Path, number: int) -> bytes:
    """Its beginning, cut off at another place each time."""
    data = source.read_bytes()
    return data[: len(data) // 3 + number % 97]
