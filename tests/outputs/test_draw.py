"""Pictures of pages show where each cell was read."""

from PIL import Image

from pv_extract.layout.pages import blocks
from pv_extract.model import Grid
from pv_extract.outputs.draw import COLOURS, draw
from pv_extract.readers.pdf import read_pdf
from tests.readers.test_pdf import pdf
from tests.readers.test_pdf_plumber import draw as table


def test_a_page_with_a_table_becomes_a_picture_with_its_cells_outlined(tmp_path):
    data = pdf(table)
    (grid,) = (b for b in blocks(read_pdf(data, "a.pdf", "")) if isinstance(b, Grid))
    places = [(cell.page, cell.box, "cell") for cell in grid.cells if cell.box is not None]
    (file,) = draw(data, places, tmp_path / "pages")
    assert file.name == "page-1.png"
    box = places[-1][1]
    with Image.open(file) as image:
        border = image.getpixel((round(box.x0 * 2), round(box.middle[1] * 2)))
    assert border == tuple(int(COLOURS["cell"][k : k + 2], 16) for k in (1, 3, 5))


def test_without_outlines_nothing_is_drawn(tmp_path):
    assert draw(pdf(table), [], tmp_path / "pages") == []
