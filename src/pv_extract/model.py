"""Values of the flow, from printed words to typed tables; frozen, and free of any behaviour beyond their own geometry.

Units: lengths are points from the top-left corner of the page as a reader sees it, pages count from 1, scores run 0 to 100.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Box:
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

    @staticmethod
    def around(boxes: Iterable["Box"]) -> "Box":
        """Smallest box that covers all of them; needs at least one."""
        every = list(boxes)
        if len(every) == 1:
            return every[0]
        left, top, right, bottom = zip(*[(b.x0, b.top, b.x1, b.bottom) for b in every], strict=True)
        return Box(min(left), min(top), max(right), max(bottom))


# -- what a reader delivers -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures come from; `reader` names the format that the content showed, `pages` is 0 where there are none."""

    file: str
    sha256: str
    media_type: str
    pages: int
    reader: str


@dataclass(frozen=True, slots=True)
class Word:
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
        return self.box.width >= self.box.height


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


@dataclass(frozen=True, slots=True)
class GridCell:
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


# -- what a grid says -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One data column: `path` has an entry for each header level, outermost first; `cells` are the header cells above it."""

    path: tuple[str, ...]
    cells: tuple[GridCell, ...] = ()

    @property
    def raw(self) -> str:
        """The header as one text."""
        return " ".join(self.path)


@dataclass(frozen=True, slots=True)
class RawRow:
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


# -- what a cell means ------------------------------------------------------------------------------------------------


class ObsStatus(StrEnum):
    """SDMX observation status (code list CL_OBS_STATUS)."""

    NORMAL = "A"
    PROVISIONAL = "P"
    ESTIMATED = "E"
    CANNOT_EXIST = "M"
    MISSING = "O"
    NOT_COLLECTED = "L"
    SUPPRESSED = "Q"
    BREAK = "B"


class Role(StrEnum):
    """What a row or column is to its table."""

    PART = "part"
    TOTAL = "total"
    SUBTOTAL = "subtotal"


class Meaning(StrEnum):
    """What a note says of the figures that bear its mark; the patterns are in schemas/languages."""

    PROVISIONAL = "provisional"
    COUNTED_MORE_THAN_ONCE = "counted_more_than_once"
    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    ESTIMATED = "estimated"
    BREAK = "break"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Period:
    """Stretch of time that a header or label names, first and last day included."""

    kind: Literal["school_year", "year", "date", "month", "quarter", "span"]
    label: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Match:
    """Canonical name of a printed label; `how` is exact, alias, decision, context or fuzzy; `rule` names the alias or rule used."""

    list: str
    id: str
    name: str
    how: str
    score: float
    margin: float
    rule: str = ""
    runner_up: str | None = None
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure: what was printed and what it is worth; `value` is None where nothing countable was printed.

    `refusal` says why printed digits were not taken for a number; `bounds` of a masked count include both ends.
    """

    raw: str
    value: Number | None
    obs_status: ObsStatus
    marks: tuple[str, ...] = ()
    page: int = 1
    box: Box | None = None
    unit: str | None = None
    multiplier: int = 1
    bounds: tuple[Number, Number] | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A data column, with the period, the unit and the status that its header gives to every figure below it."""

    raw: str
    path: tuple[str, ...]
    time_period: Period | None = None
    marks: tuple[str, ...] = ()
    obs_status: ObsStatus = ObsStatus.NORMAL
    role: Role = Role.PART
    unit: str | None = None
    multiplier: int = 1
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A body row; `group` holds the heading rows above it, outermost first; `review` says why no name was accepted.

    `settled` tells that none is wanted: a person decided so, or the label itself says it (`Overige`).
    """

    labels: tuple[str, ...]
    cells: tuple[Cell, ...]
    role: Role = Role.PART
    match: Match | None = None
    group: tuple[str, ...] = ()
    level: int = 0
    marks: tuple[str, ...] = ()
    time_period: Period | None = None
    page: int = 1
    review: str | None = None
    settled: bool = False
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of one table: the mark as printed, its text, and what it means."""

    mark: str
    text: str
    meaning: Meaning
    page: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A typed table, tied to the item of the answer that it belongs to.

    `topic` and `spec` name the declaration that recognised it; `unit` is what is counted; `multiplier` is the factor that
    the document states ("in duizend euro" gives 1000) and that `value` does not include.
    """

    id: str
    item: str | None
    title: str
    pages: tuple[int, ...]
    stub_columns: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Note, ...] = ()
    unit: str | None = None
    multiplier: int = 1
    topic: str | None = None
    spec: str | None = None
    joins: tuple[Join, ...] = ()
    how: str = ""
    remarks: tuple[Remark, ...] = ()


# -- what the document says of itself -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextFigure:
    """A figure in running text, with the sentence around it and the date it speaks of."""

    raw: str
    value: Number
    sentence: str
    on: date | None = None
    page: int = 1
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the answer (`1a`), or of the question (`1`)."""

    id: str
    text: str
    tables: tuple[str, ...] = ()
    figures: tuple[TextFigure, ...] = ()
    page: int = 1


@dataclass(frozen=True, slots=True)
class Addressee:
    """A minister to whom the question was put, with the number it has there."""

    minister: str
    question_number: int | None


AnswerKind = Literal["single", "coordinated", "supplementary", "provisional", "referring", "unknown"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Heading, questions and items of an answer; what the document does not say is None."""

    kind: AnswerKind = "unknown"
    question_number: int | None = None
    question_date: date | None = None
    asked_by: str | None = None
    answered_by: str | None = None
    portfolio: str | None = None
    title: str | None = None
    language: str = "nl"
    addressed_to: tuple[Addressee, ...] = ()
    questions: tuple[Item, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where each number token of the source ended up; the parts and `unclaimed` add up to `numbers`."""

    numbers: int = 0
    in_cells: int = 0
    in_headers: int = 0
    in_notes: int = 0
    in_text: int = 0
    in_furniture: int = 0
    unclaimed: int = 0


# -- what the checks say ------------------------------------------------------------------------------------------------

Verdict = Literal["exact", "explained", "off", "unchecked"]
TotalRule = Literal["sum", "distinct", "rounded", "suppressed", "waarvan", "none"]


@dataclass(frozen=True, slots=True)
class TotalResult:
    """Verdict on one printed total: `total` is its label, `column` (or the row, for a total at the right) where it stands."""

    total: str
    column: str
    printed: Number | None
    sum: Number | None
    verdict: Verdict
    detail: str


@dataclass(frozen=True, slots=True)
class Totals:
    """Rule by which the totals of a table are held against its parts, the reason for it, and what came of it."""

    rule: TotalRule
    because: str
    results: tuple[TotalResult, ...] = field(default=())
