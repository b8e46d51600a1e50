"""Pictures of the pages with what was read outlined on them: the quickest way to understand a reading."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
from PIL import ImageDraw

from pv_extract.model import Box, GridCell, RawTable

SCALE = 2.0  # pixels a point
COLOURS = {
    "cell": "#1f77b4",
    "header": "#9467bd",
    "label": "#2ca02c",
    "total": "#d62728",
    "note": "#8c564b",
    "unclaimed": "#ff7f0e",
}

Outline = tuple[int, Box, str]  # page, place on it, and what it is: a key of COLOURS


def draw(data: bytes, outlines: Iterable[Outline], folder: Path) -> list[Path]:
    """A PNG file `page-N.png` in the folder for each page that has outlines; the files in the order of the pages.

    Args:
        data: the PDF.
        outlines: places to outline, with what is there (`cell`, `header`, `label`, `total`, `note`, `unclaimed`).
        folder: made where it does not exist.
    """
    pages: dict[int, list[tuple[Box, str]]] = defaultdict(list)
    for page, box, what in outlines:
        pages[page].append((box, what))
    folder.mkdir(parents=True, exist_ok=True)
    opened = pdfium.PdfDocument(data)
    try:
        return [_page(opened, number, pages[number], folder) for number in sorted(pages)]
    finally:
        opened.close()


def outlines(tables: Sequence[RawTable], totals: Iterable[GridCell] = ()) -> list[Outline]:
    """Outlines of the cells of tables: headers, labels, figures, and the cells that are totals."""
    out: list[Outline] = []
    marked = {id(cell) for cell in totals}
    for table in tables:
        headers = {id(cell) for column in table.columns for cell in column.cells}
        figures = {id(cell) for row in table.rows for cell in row.cells}
        for cell in table.grid.cells:
            if cell.box is None or not cell.text:
                continue
            kind = "header" if id(cell) in headers else "cell" if id(cell) in figures else "label"
            out.append((cell.page, cell.box, "total" if id(cell) in marked else kind))
    return out


def _page(opened: pdfium.PdfDocument, number: int, found: Sequence[tuple[Box, str]], folder: Path) -> Path:
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
