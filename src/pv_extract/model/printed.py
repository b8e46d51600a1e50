"""What is printed: words, rules and lines on pages, the grids they make, and the rows and columns of a grid."""

# ruff: noqa: PLR1730 - comparing costs a third of what calls of min and max do, and boxes are made by the thousand

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Box(NamedTuple):
    """Rectangle on a page, in points, top-left origin."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        """Horizontal extent in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Vertical extent in points."""
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        """Centre as (x, y)."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point lies inside or on the edge."""
        return self.x0 <= point[0] <= self.x1 and self.top <= point[1] <= self.bottom

    def inside(self, items: Sequence[Item], bounds: Callable[[Item], tuple[float, float, float, float]]) -> list[Item]:
        """Those whose middle it holds: asked of each word of a page."""
        x0, top, x1, bottom = self
        return [
            item
            for item, (left, high, right, low) in zip(items, map(bounds, items), strict=True)
            if top <= (high + low) / 2 <= bottom and x0 <= (left + right) / 2 <= x1
        ]

    @staticmethod
    def around(boxes: Iterable["Box"]) -> "Box":
        """Smallest box that covers all of them; needs at least one."""
        first, *others = boxes
        if not others:
            return first
        x0, top, x1, bottom = first
        for left, high, right, low in others:
            if left < x0:
                x0 = left
            if high < top:
                top = high
            if right > x1:
                x1 = right
            if low > bottom:
                bottom = low
        return Box(x0, top, x1, bottom)


# -- what a reader delivers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from; `reader` names the format that the content showed, `pages` is 0 where there are none."""

    file: str
    sha256: str
    media_type: str
    pages: int
    reader: str


class Word(NamedTuple):
    """Characters printed together; raised digits stand in `text` as Unicode superscripts (`226¹`), lowered as subscripts.

    `angle` is 0 for level text, else the degrees anticlockwise at which it runs on the upright page.
    """

    text: str
    box: Box
    size: float = 0.0
    bold: bool = False
    font: str = ""
    color: str = ""
    angle: float = 0.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: thin box, horizontal when wider than high."""

    box: Box

    @property
    def horizontal(self) -> bool:
        """Whether it runs from left to right."""
        x0, top, x1, bottom = self.box
        return x1 - x0 >= bottom - top


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area: the shading of a row, a header, a banner."""

    box: Box
    color: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page as seen upright: words, drawn rules and filled areas; `art` are boxes of curves, slanted lines and images."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...] = ()
    rules: tuple[Rule, ...] = ()
    fills: tuple[Fill, ...] = ()
    art: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of text outside any table.

    `gap` tells that white space, a page or a paragraph ends before it; `box` is None where the source has no geometry.
    `furniture` marks running headers, footers and page numbers.
    """

    text: str
    page: int = 1
    box: Box | None = None
    size: float = 0.0
    bold: bool = False
    gap: bool = False
    furniture: bool = False


class GridCell(NamedTuple):
    """One cell of a grid as printed; rows and columns count from 0, line breaks inside the cell are already resolved."""

    row: int
    column: int
    text: str
    page: int = 1
    box: Box | None = None
    row_span: int = 1
    column_span: int = 1
    bold: bool = False
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Join:
    """Why rows from `row` on, printed on `page`, continue the same table."""

    page: int
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: cells that do not overlap, blank ones included where the layout shows them.

    `header_rows` and `stub_columns` are None where the reader leaves that to the interpretation of the grid; `how` names
    the evidence that made it a table (`ruled`, `aligned`, `docx`, `rows`, ...); `remarks` record choices between readings.
    """

    cells: tuple[GridCell, ...]
    page: int
    box: Box | None = None
    header_rows: int | None = None
    stub_columns: int | None = None
    how: str = ""
    joins: tuple[Join, ...] = ()
    caption: str | None = None
    remarks: tuple["Remark", ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader or the layout noticed and the checks turn into a finding; `code` is one of `findings.Code`."""

    code: str
    message: str
    page: int | None = None
    box: Box | None = None


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: pages of words and rules (PDF), or printed lines (a text dump), or blocks in order (DOCX, XLSX)."""

    source: Source
    pages: tuple[Page, ...] = ()
    lines: tuple[Line, ...] = ()
    blocks: tuple[Block, ...] = ()
    remarks: tuple[Remark, ...] = ()


# -- what a grid says --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One data column: `path` has an entry for each header level, outermost first; `cells` are the header cells above it."""

    path: tuple[str, ...]
    cells: tuple[GridCell, ...] = ()

    @property
    def raw(self) -> str:
        """The header as one text."""
        return " ".join(self.path)


class RawRow(NamedTuple):
    """One row: a label for each stub column, carried down where printed once for a group, and a cell for each column.

    `printed` holds the labels that stand in this very row, empty where one is carried down; `group` holds the heading rows
    above it, outermost first; `heading` rows carry no figures.
    """

    labels: tuple[str, ...]
    cells: tuple[GridCell, ...]
    page: int
    group: tuple[str, ...] = ()
    level: int = 0
    heading: bool = False
    bold: bool = False
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A grid with its header, stub and body told apart; everything is still text."""

    stub_columns: tuple[str, ...]
    columns: tuple[RawColumn, ...]
    rows: tuple[RawRow, ...]
    grid: Grid
    caption: str | None = None
