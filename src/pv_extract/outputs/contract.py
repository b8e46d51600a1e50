"""The JSON of `pv-extract extract --format json`, as types: what the writer fills in, and what the JSON Schema is made of."""

from decimal import Decimal
from typing import Annotated, Literal

import simplejson
from pydantic import Field, TypeAdapter, WithJsonSchema
from typing_extensions import TypedDict  # pydantic asks for it below Python 3.12

ExactNumber = Annotated[int | Decimal, WithJsonSchema({"type": "number"})]
"""An integer, or a decimal with the decimals as printed; read it with a parser that keeps decimals where they matter."""

BoxJson = Annotated[
    list[float],
    Field(min_length=4, max_length=4, description="[x0, top, x1, bottom] in points from the page's top left"),
]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
ObsStatusCode = Annotated[
    Literal["A", "P", "E", "M", "O", "L", "Q", "B"],
    Field(description="SDMX: A normal, P provisional, E estimated, M cannot exist, O missing, L not collected, "
          "Q suppressed, B break"),
]  # fmt: skip
RoleName = Literal["part", "total", "subtotal"]


class SourceJson(TypedDict):
    """The file that was read."""

    file: str
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    media_type: str
    pages: Annotated[int, Field(ge=0, description="0 where the format has no pages")]
    reader: str


class AddresseeJson(TypedDict):
    """A minister to whom the question was put, and the number it has there."""

    minister: str
    question_number: int | None


class TextFigureJson(TypedDict):
    """A figure in running text."""

    raw: str
    value: ExactNumber
    unit: str | None
    on: IsoDate | None
    sentence: str
    page: int


class ItemJson(TypedDict):
    """One item of the question or of the answer, with the ids of its tables."""

    id: str
    text: str
    tables: list[str]
    figures: list[TextFigureJson]


class AnswerJson(TypedDict):
    """What the document says of itself; null where it does not say."""

    kind: Literal["single", "coordinated", "supplementary", "provisional", "referring", "unknown"]
    question_number: int | None
    question_date: IsoDate | None
    asked_by: str | None
    answered_by: str | None
    portfolio: str | None
    title: str | None
    language: str
    addressed_to: list[AddresseeJson]
    questions: list[ItemJson]
    items: list[ItemJson]


class PeriodJson(TypedDict):
    """A stretch of time, first and last day included."""

    kind: Literal["school_year", "year", "date", "month", "quarter", "span"]
    label: str
    start: IsoDate
    end: IsoDate


class MatchJson(TypedDict):
    """The canonical name of a printed label, and how it was found; scores run from 0 to 100."""

    list: str
    id: str
    name: str
    how: str
    score: float
    margin: Annotated[float, Field(description="distance to the runner-up")]
    rule: str
    runner_up: str | None


class ColumnJson(TypedDict):
    """A data column; `path` has one entry per header level, outermost first."""

    raw: str
    path: list[str]
    time_period: PeriodJson | None
    marks: list[str]
    obs_status: ObsStatusCode
    role: RoleName
    unit: str | None
    match: MatchJson | None


class CellJson(TypedDict):
    """A figure as printed and what it is worth; `bounds` are those of a masked count, both included."""

    raw: str
    value: ExactNumber | None
    obs_status: ObsStatusCode
    marks: list[str]
    unit: str | None
    multiplier: int
    bounds: Annotated[list[ExactNumber], Field(min_length=2, max_length=2)] | None
    refusal: Annotated[str | None, Field(description="why printed digits were not taken for a number")]
    page: int
    box: BoxJson | None


class RowJson(TypedDict):
    """A row: a label for each stub column, a cell for each data column."""

    labels: list[str]
    group: Annotated[list[str], Field(description="heading rows above it, outermost first")]
    level: int
    role: RoleName
    marks: list[str]
    time_period: PeriodJson | None
    match: MatchJson | None
    review: Annotated[str | None, Field(description="why no canonical name was accepted")]
    page: int
    cells: list[CellJson]


class NoteJson(TypedDict):
    """A footnote of the table that it stands under."""

    mark: str
    text: str
    meaning: Literal[
        "provisional", "counted_more_than_once", "rounded", "suppressed", "estimated", "break", "other"
    ]  # fmt: skip
    page: int


class JoinJson(TypedDict):
    """Why the rows from `row` on, printed on `page`, continue the same table."""

    page: int
    row: int
    reason: str


class TotalJson(TypedDict):
    """The verdict on one printed total."""

    total: str
    column: str
    printed: ExactNumber | None
    sum: ExactNumber | None
    verdict: Literal["exact", "explained", "off", "unchecked"]
    detail: str


class TotalsJson(TypedDict):
    """The rule by which totals are held against their parts, and the reason for it."""

    rule: Literal["sum", "distinct", "rounded", "suppressed", "waarvan", "none"]
    because: str
    results: list[TotalJson]


class TableJson(TypedDict):
    """A table as printed, typed and named; `value` does not include the table's `multiplier`."""

    id: str
    item: str | None
    title: str
    pages: list[int]
    topic: str | None
    spec: str | None
    unit: str | None
    multiplier: int
    how: str
    joins: list[JoinJson]
    stub_columns: list[str]
    columns: list[ColumnJson]
    rows: list[RowJson]
    notes: list[NoteJson]
    totals: TotalsJson | None


class FindingJson(TypedDict):
    """One thing to know about the document."""

    id: str
    code: str
    level: Literal["error", "warning", "note"]
    message: str
    table: str | None
    row: str | None
    column: str | None
    page: int | None
    box: BoxJson | None


class LedgerJson(TypedDict):
    """Where each number that is printed in the source ended up."""

    numbers: int
    in_cells: int
    in_headers: int
    in_notes: int
    in_text: int
    in_furniture: int
    unclaimed: int


class ExtractionJson(TypedDict):
    """One answer as pv_extract read it."""

    schema_version: Literal["1"]
    source: SourceJson
    topic: str | None
    answer: AnswerJson
    tables: list[TableJson]
    findings: list[FindingJson]
    ledger: LedgerJson


class GridCellJson(TypedDict):
    """A cell before interpretation; rows and columns count from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    box: BoxJson | None


class GridJson(TypedDict):
    """A table before interpretation; `how` names the evidence that made it one."""

    page: int
    box: BoxJson | None
    how: str
    caption: str | None
    cells: list[GridCellJson]


class GridsJson(TypedDict):
    """What `pv-extract tables --format json` prints."""

    tables: list[GridJson]


def schema_text() -> str:
    """The JSON Schema (2020-12) of `ExtractionJson`, as shipped in schemas/extraction.schema.json."""
    schema = TypeAdapter(ExtractionJson).json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "pv-extract extract --format json"}
    return (
        simplejson.dumps(head | {k: v for k, v in schema.items() if k != "title"}, indent=2, ensure_ascii=False) + "\n"
    )
