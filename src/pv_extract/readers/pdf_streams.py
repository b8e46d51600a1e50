"""Damage inside a PDF that PDFium passes over: compressed streams that break off or differ from their check sum."""

import re
import zlib
from collections.abc import Iterator

from pv_extract.model import Remark

_STREAM = re.compile(rb"/FlateDecode\b((?:(?!endobj|stream).){0,600}?)>>\s*stream\r?\n", re.DOTALL)
_BEFORE = 600  # bytes of a dictionary before its filter
_LEFT_OUT = re.compile(
    rb"/Length[123]\b|/Subtype\s*/(?:Image|CIDFontType0C|Type1C|OpenType)\b|/(?:ASCII|LZW|RunLength|CCITT|JBIG2|DCT|JPX)\w*Decode\b"
)
_ENCRYPTED = re.compile(rb"/Encrypt\b")
_MOST, _STEP = 64 << 20, 1 << 20  # unpacked bytes of a stream that are looked through, and at a time


def damage(data: bytes) -> Iterator[Remark]:
    """A remark on each compressed stream of text, page content or objects that cannot be unpacked whole, as it was packed.

    Pictures and fonts are left out, as are streams packed twice and encrypted files.
    """
    for found in _STREAM.finditer(data):
        dictionary = data[max(0, found.start() - _BEFORE) : found.end()].rpartition(b" obj")[2]
        end = data.find(b"endstream", found.end())
        if end < 0 or _LEFT_OUT.search(dictionary):
            continue
        packed = data[found.end() : end]
        if packed.strip() and (problem := _problem(packed)):
            if _ENCRYPTED.search(data):
                return  # no stream is damaged, none can be unpacked as it stands
            place = f"the compressed stream at byte {found.end()} ({end - found.end()} bytes)"
            yield Remark("content-damaged", f"{place} {problem}: figures may be missing or wrong")


def _problem(packed: bytes) -> str:
    """What is wrong with a stream as zlib has it; empty where all of it comes out."""
    unpacker, whole = zlib.decompressobj(), packed
    size = 0
    try:
        while not unpacker.eof and size < _MOST:
            part = unpacker.decompress(packed, _STEP)
            size += len(part)
            packed = unpacker.unconsumed_tail
            if not (part or packed or unpacker.eof):
                return "" if _lacks_check_sum(whole) else "breaks off before its end"
    except zlib.error as error:
        return "differs from its check sum" if "incorrect data check" in str(error) else "is damaged"
    return ""


def _lacks_check_sum(packed: bytes) -> bool:
    """Whether a stream that breaks off holds all but its check sum, which some producers leave out."""
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    unpacker.decompress(packed[2:], _MOST)
    return unpacker.eof
