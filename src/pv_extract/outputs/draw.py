"""Pictures of the pages with what was read outlined on them: the quickest way to understand a reading."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pv_extract.model import Box
from pv_extract.outputs.outlines import Outline

if TYPE_CHECKING:
    import pypdfium2 as pdfium

SCALE = 2.0  # pixels a point
COLOURS = {
    "cell": "#1f77b4",
    "header": "#9467bd",
    "label": "#2ca02c",
    "total": "#d62728",
    "note": "#8c564b",
    "unclaimed": "#ff7f0e",
}
LEGEND = "blue figures, purple headers, green labels, red totals, brown notes, orange numbers that nothing claims"


def draw(data: bytes, outlines: Iterable[Outline], folder: Path) -> list[Path]:
    """A PNG file `page-N.png` in the folder for each page that has outlines; the files in the order of the pages.

    Args:
        data: the PDF.
        outlines: places to outline, with what is there (`cell`, `header`, `label`, `total`, `note`, `unclaimed`).
        folder: made where it does not exist.
    """
    import pypdfium2 as pdfium  # noqa: PLC0415 - needed for pictures only

    pages: dict[int, list[tuple[Box, str]]] = defaultdict(list)
    for page, box, what in outlines:
        pages[page].append((box, what))
    folder.mkdir(parents=True, exist_ok=True)
    opened = pdfium.PdfDocument(data)
    try:
        return [_page(opened, number, pages[number], folder) for number in sorted(pages)]
    finally:
        opened.close()


def _page(opened: "pdfium.PdfDocument", number: int, found: Sequence[tuple[Box, str]], folder: Path) -> Path:
    from PIL import ImageDraw  # noqa: PLC0415 - needed for pictures only

    page = opened[number - 1]
    image = page.render(scale=SCALE).to_pil().convert("RGB")
    page.close()
    pen = ImageDraw.Draw(image, "RGBA")
    for box, what in found:
        corners = [box.x0 * SCALE, box.top * SCALE, box.x1 * SCALE, box.bottom * SCALE]
        pen.rectangle(corners, outline=COLOURS[what], width=2, fill=f"{COLOURS[what]}22")
    target = folder / f"page-{number}.png"
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    target.write_bytes(buffer.getvalue())
    return target
