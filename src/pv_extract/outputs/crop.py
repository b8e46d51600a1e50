"""A picture of one place on a page of a PDF, for a person who has to judge what is printed there."""

import hashlib
import io
from pathlib import Path

from pv_extract.model import Box

SCALE = 2.0  # pixels a point
MARGIN = 24.0  # points shown above and below: the rows around it
PDF = b"%PDF-"


def crop(source: Path, page: int, box: Box, folder: Path) -> Path | None:
    """A PNG of the full width of the page around the box (points, top-left origin); None where the source is no PDF.

    The name depends on file, page and place only, so that the same crop is written once; the folder is made where it is absent.
    """
    data = source.read_bytes()
    if PDF not in data[:1024]:
        return None
    import pypdfium2 as pdfium  # noqa: PLC0415 - needed for pictures only

    place = f"{source.name}:{page}:{box.top:.0f}:{box.bottom:.0f}"
    target = folder / f"{source.stem}-p{page}-{hashlib.sha256(place.encode()).hexdigest()[:8]}.png"
    opened = pdfium.PdfDocument(data)
    try:
        shown = opened[page - 1]
        image = shown.render(scale=SCALE).to_pil().convert("RGB")
        shown.close()
    finally:
        opened.close()
    top, bottom = max(0.0, box.top - MARGIN) * SCALE, min(image.height / SCALE, box.bottom + MARGIN) * SCALE
    buffer = io.BytesIO()
    image.crop((0, int(top), image.width, int(bottom))).save(buffer, "PNG")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_bytes(buffer.getvalue())
    return target
