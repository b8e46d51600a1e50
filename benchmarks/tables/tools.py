"""Table readers side by side: each turns a PDF into grids of (row, column, last row, last column, text)."""

import contextlib
import importlib.util
import io
import shutil
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path

Cells = list[tuple[int, int, int, int, str]]
Tool = Callable[[Path], list[Cells]]


def _square(rows: list[list[object]]) -> Cells:
    return [(r, c, r, c, str(v or "")) for r, row in enumerate(rows) for c, v in enumerate(row)]


def ours(path: Path) -> list[Cells]:
    """The grids of pv_extract."""
    from pv_extract import readers
    from pv_extract.layout.group import group
    from pv_extract.model import Grid

    return [
        [(c.row, c.column, c.row + c.row_span - 1, c.column + c.column_span - 1, c.text) for c in block.cells]
        for block in group(readers.read(path))
        if isinstance(block, Grid)
    ]


def pdfplumber(path: Path) -> list[Cells]:
    """`extract_tables` of every page, with its own settings."""
    import pdfplumber as peer

    with peer.open(path) as pdf:
        return [_square(table) for page in pdf.pages for table in page.extract_tables() if table]


def camelot(flavor: str) -> Tool:
    """`read_pdf` of camelot with one of its flavours."""

    def read(path: Path) -> list[Cells]:
        import camelot as peer

        with contextlib.redirect_stderr(io.StringIO()):
            return [_square(t.df.to_numpy().tolist()) for t in peer.read_pdf(str(path), pages="all", flavor=flavor)]

    return read


def tabula(path: Path) -> list[Cells]:
    """`read_pdf` of tabula, which needs Java."""
    import tabula as peer

    frames = peer.read_pdf(str(path), pages="all", silent=True, pandas_options={"dtype": str, "header": None})
    return [_square(frame.fillna("").to_numpy().tolist()) for frame in frames]


def installed() -> Mapping[str, Tool]:
    """The readers that this machine has, ours first."""
    tools: dict[str, Tool] = {"pv_extract": ours, "pdfplumber": pdfplumber}
    if importlib.util.find_spec("camelot"):
        tools |= {f"camelot-{flavor}": camelot(flavor) for flavor in ("lattice", "hybrid", "auto")}
    if importlib.util.find_spec("tabula") and shutil.which("java"):
        tools["tabula"] = tabula
    warnings.simplefilter("ignore")
    return tools


def versions() -> dict[str, str]:
    """Installed versions by distribution."""
    from importlib.metadata import PackageNotFoundError, version

    found = {}
    for name in ("pv-extract", "pdfplumber", "camelot-py", "tabula-py", "pypdfium2"):
        with contextlib.suppress(PackageNotFoundError):
            found[name] = version(name)
    return found
