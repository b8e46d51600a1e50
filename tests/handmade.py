"""PDF files written object by object, for what no producer writes on purpose: fonts that lie, hidden text, odd objects."""

from collections.abc import Mapping, Sequence

HELVETICA = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
TABLE = (
    ("Provincie", "2020", "2021"),
    ("Antwerpen", "511", "520"),
    ("Limburg", "226", "230"),
    ("Totaal", "737", "750"),
)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


def printed(rows: Sequence[Sequence[str]] = TABLE, top: float = 700) -> bytes:
    """Rows of text as operators of a page, set in the font F1."""
    places = [
        (x, top - 14 * n, text) for n, row in enumerate(rows) for x, text in zip((50, 250, 350), row, strict=False)
    ]
    return "\n".join(f"BT /F1 10 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET" for x, y, text in places).encode()


def handmade(content: bytes, font: bytes = HELVETICA, more: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF of one page: objects 1 to 5 are catalog, pages, page, content and font; `more` adds or replaces objects."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: page,
        4: stream(content),
        5: font,
        **(more or {}),
    }
    out, places = b"%PDF-1.7\n", {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    table = b"".join(
        b"%010d 00000 n \n" % places[n] if n in places else b"0000000000 00000 f \n" for n in range(1, size)
    )
    tail = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def to_unicode(changed: Mapping[str, str]) -> tuple[bytes, dict[int, bytes]]:
    """Helvetica with a map to Unicode that changes these characters, and the object of the map."""
    every = {chr(code): chr(code) for code in range(32, 127)} | dict(changed)
    pairs = b"".join(b"<%02x> <%s>" % (ord(a), b.encode("utf-16-be").hex().encode()) for a, b in every.items())
    font = HELVETICA.replace(b" >>", b" /ToUnicode 6 0 R >>")
    space = b"1 begincodespacerange <00> <FF> endcodespacerange"
    return font, {
        6: stream(b"begincmap /CMapType 2 def %s %d beginbfchar %s endbfchar endcmap" % (space, len(every), pairs))
    }
