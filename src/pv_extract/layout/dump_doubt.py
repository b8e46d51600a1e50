"""What a dump does not decide: which words head which column, where only a space or a line end parts them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from pv_extract.findings import Code
from pv_extract.languages import is_total
from pv_extract.layout.dump_lines import cut, is_period
from pv_extract.layout.lines import has_digits
from pv_extract.model import Block, Grid, Line, Remark
from pv_extract.text import clean, split_marks


def doubted(grid: Grid) -> Grid:
    """The grid, with a remark where its headers are told apart by nothing but spacing, or are not there at all.

    A period is its own evidence: headers that are each another period leave no doubt, and one column needs no telling.
    """
    if grid.header_rows is None or any(r.code == Code.TABLE_AMBIGUOUS for r in grid.remarks):
        return grid
    doubt = _doubt(grid, grid.stub_columns if grid.stub_columns is not None else 1)
    return replace(grid, remarks=(*grid.remarks, Remark(Code.TABLE_AMBIGUOUS, doubt, grid.page))) if doubt else grid


def _doubt(grid: Grid, stubs: int) -> str:
    held = next((c.text for c in grid.cells if c.column < stubs and _total_with_figures(c.text)), None)
    if held is not None:
        return f"the label {held!r} holds figures: this may be two tables beside each other"
    width = max((cell.column for cell in grid.cells), default=-1) + 1
    headers = [_header(grid, column) for column in range(stubs, width)]
    stub = _header(grid, 0) if stubs == 1 else ""
    if not grid.header_rows:
        return (
            f"the dump prints no header for the {len(headers)} columns of this table that could be told from its rows"
        )
    if odd := _odd_header(stub, headers):
        return odd
    if stubs == 1 and not stub and any(sum(w[:1].isupper() for w in text.split()) > 1 for text in headers):
        return f"the dump leaves the header of the labels open: {headers[0]!r} may hold it"
    clear = len(set(headers)) == len(headers) and all(map(is_period, headers))
    if len(headers) > 1 and not clear:
        told = " | ".join(text or "(none)" for text in headers)
        return f"the dump parts the headers of {len(headers)} columns by spacing alone; read as {told}"
    return ""


def _odd_header(stub: str, headers: Sequence[str]) -> str:
    """The doubt about a text that is taken for a header and reads like something else."""
    if (named := next((text for text in (stub, *headers) if text.endswith(":")), None)) is not None:
        return f"{named!r} is taken for a header, and ends in a colon: it may name something else"
    if " " in stub and is_period(stub.rsplit(" ", 1)[-1]):
        return f"{stub!r} is taken for the header of the labels, and ends in a period: that may head a column"
    if stub and len(words := stub.split()) > 1 and all(word[:1].isupper() for word in words):
        return f"the dump parts label columns by spacing alone: {stub!r} may head more than one"
    return ""


def _total_with_figures(label: str) -> bool:
    """Whether figures and more words follow the word for a total."""
    words = label.split()
    figures = [k for k, word in enumerate(words) if k and has_digits(word)]
    total = is_total(label)
    return total and bool(figures) and figures[-1] + 1 < len(words) and words[figures[-1] + 1][:1].isalpha()


def left_over(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, with a remark on each grid that something follows which may be more of its rows.

    That is a line which reads like one, with blank cells, or a grid of figures that nothing parts from it and no label holds.
    """
    for block, below in zip_longest(blocks, blocks[1:]):
        message = _more(below) if isinstance(block, Grid) and below is not None else ""
        if isinstance(block, Grid) and below is not None and message:
            yield replace(block, remarks=(*block.remarks, Remark(Code.TABLE_AMBIGUOUS, message, below.page)))
        else:
            yield block


def _more(below: Block) -> str:
    """What says that a block goes on with the table above it; nothing where it does not."""
    if isinstance(below, Grid):
        rows = below.how == "blocks" and not below.header_rows
        return "the figures right below the table, apart from any label, may be rows of it" if rows else ""
    row = _like_a_row(below)
    return f"{clean(below.text)!r} right below the table may be a row of it with cells left blank" if row else ""


def _like_a_row(line: Line) -> bool:
    if line.gap or line.furniture:
        return False
    read = cut(line, 0, 0, 0)
    return bool(read.label and read.figures) and not (read.sentence or read.item or read.note or read.caption)


def _header(grid: Grid, column: int) -> str:
    rows = range(grid.header_rows or 0)
    texts = [
        cell.text for cell in grid.cells
        if cell.row in rows and cell.column <= column < cell.column + cell.column_span
    ]  # fmt: skip
    return split_marks(clean(" ".join(texts)))[0]
