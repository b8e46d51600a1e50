"""What a topic declares: its tables, the rule of their totals, relations between figures, and what a healthy run counts."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from pv_extract.model import TotalRule


def _pattern(text: str) -> str:
    """Refuse a pattern that does not compile.

    Raises:
        ValueError: with the reason that `re` gives.
    """
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return text


Pattern = Annotated[
    str, AfterValidator(_pattern), Field(description="Regular expression on text without case or accents.")
]
SpecId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", description="Name of a table of this topic.")]
Because = Annotated[str, Field(min_length=10, description="The reason, with its source; shown with every verdict.")]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Caption(_Declared):
    """Patterns that the caption, the stub header or the item above the table must and must not say."""

    says: tuple[Pattern, ...] = Field(min_length=1)
    never: tuple[Pattern, ...] = ()


class Rows(_Declared):
    """What the rows are: names of a canonical list; `expected` are the ids that a complete table has."""

    list: str
    expected: tuple[str, ...] = ()


class Columns(_Declared):
    """What the data columns are: periods of one kind, or one measure under a header that a pattern knows."""

    kind: Literal["school_year", "year", "date", "month", "quarter", "span"] | None = None
    measure: Pattern | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> "Columns":
        if (self.kind is None) == (self.measure is None):
            raise ValueError("expected either kind or measure")
        return self


class TotalsOf(_Declared):
    """Rule by which the totals of a table are held against its parts; `label` is a pattern of the total's printed label."""

    rule: TotalRule
    because: Because
    label: Pattern | None = None
    unit: Decimal | None = Field(None, description="Unit that figures are rounded to, for the rule `rounded`.")
    at_most_in: int | None = Field(None, ge=1, description="Parts that one unit can count in, for `distinct`.")


class Spec(_Declared):
    """One table of the topic, wherever it stands in the answer."""

    id: SpecId
    caption: Caption
    rows: Rows
    columns: Columns
    unit: str = Field(description="What is counted; the unit_measure of every figure.")
    whole: bool = Field(True, description="Whether figures are counts: whole and not negative.")
    totals: TotalsOf
    optional: bool = Field(False, description="Whether a healthy answer may leave the table out.")


class Subset(_Declared):
    """Each figure of `smaller` is at most the one of `larger` with the same name and column."""

    kind: Literal["subset"]
    smaller: SpecId
    larger: SpecId
    because: Because


class Bracket(_Declared):
    """`parts` break down the same population that `totals` gives the totals of: both bracket the same total."""

    kind: Literal["bracket"]
    parts: SpecId
    totals: SpecId
    because: Because


class Equal(_Declared):
    """The same figure printed in two tables: same name, same column, same value."""

    kind: Literal["equal"]
    one: SpecId
    other: SpecId
    because: Because


class Members(_Declared):
    """The same names are rows of all these tables; one that is absent somewhere is noted."""

    kind: Literal["members"]
    tables: tuple[SpecId, ...] = Field(min_length=2)
    because: Because


class Continuity(_Declared):
    """From one period to the next a figure grows or shrinks by at most `factor`; a jump is noted, never on a provisional year."""

    kind: Literal["continuity"]
    table: SpecId
    factor: Decimal = Field(gt=1)
    floor: int = Field(0, ge=0, description="Figures below this are too small to say anything.")
    because: Because


Relation = Annotated[Subset | Bracket | Equal | Members | Continuity, Field(discriminator="kind")]


class Healthy(_Declared):
    """What a healthy run counts: tables of the topic, and figures in them."""

    tables: int = Field(ge=1)
    figures: int = Field(ge=1)


class TopicFile(BaseModel):
    """A topic.yaml, typed."""

    model_config = ConfigDict(extra="forbid", frozen=True, title="Topic")

    title: str
    source: str = Field(description="Where the knowledge in this file comes from.")
    tables: tuple[Spec, ...] = Field(min_length=1)
    relations: tuple[Relation, ...] = ()
    healthy: Healthy | None = None

    @model_validator(mode="after")
    def _known_names(self) -> "TopicFile":
        ids = [spec.id for spec in self.tables]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"tables declared twice: {', '.join(twice)}")
        for number, relation in enumerate(self.relations):
            if unknown := sorted(set(tables_of(relation)) - set(ids)):
                raise ValueError(f"relations.{number} names {', '.join(unknown)}; expected one of {', '.join(ids)}")
        return self


class Waiver(_Declared):
    """A known fault of a source: the finding it covers becomes a note that quotes the reason.

    Empty places match any place. `amount` is the difference that was accepted; another difference is not covered.
    """

    source: str = Field(min_length=1, description="SHA-256, or question number and date (757/2023-06-16).")
    code: str
    table: str = ""
    row: str = ""
    column: str = ""
    amount: Decimal | None = None
    reason: str = Field(min_length=10)
    by: str = Field(min_length=1)
    on: date
    until: date
    line: int = Field(description="Line in waivers.csv, for messages.")


class Topic(TopicFile):
    """A topic as loaded: the folder's name is its id."""

    id: str
    waivers: tuple[Waiver, ...] = ()

    def spec(self, name: str | None) -> Spec | None:
        """The declaration of this name, None where the topic has none."""
        return next((spec for spec in self.tables if spec.id == name), None)


def tables_of(relation: Relation) -> tuple[str, ...]:
    """Ids of the tables that a relation speaks of."""
    match relation:
        case Subset():
            return relation.smaller, relation.larger
        case Bracket():
            return relation.parts, relation.totals
        case Equal():
            return relation.one, relation.other
        case Members():
            return relation.tables
        case Continuity():
            return (relation.table,)


Topics = Mapping[str, Topic]
