"""Canonical names and what belongs to them, as the files under schemas/names declare it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict, Field

from pv_extract.model import Remark


class Status(StrEnum):
    """How sure an alias or code is: `confirmed` by a source, `inferred` without one; a `hint` only proposes."""

    CONFIRMED = "confirmed"
    INFERRED = "inferred"
    HINT = "hint"


class AliasKind(StrEnum):
    """What an alias is; an `organisation` behind a name is a proper noun, which a near miss does not name."""

    LABEL = "label"
    TRANSLATION = "translation"
    ORGANISATION = "organisation"


class Place(NamedTuple):
    """Row of a file, for messages; rows count from 1, the header included."""

    file: str
    row: int

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}"


class Code(NamedTuple):
    """Code of a name in a scheme (`refnis`, `nuts`, `iso`, `pc`), with how sure the link is and why."""

    scheme: str
    value: str
    id: str
    status: Status
    place: Place
    name: str = ""
    why: str = ""


class Name(NamedTuple):
    """A canonical name; dates are years, months or days, empty where not known."""

    id: str
    name: str
    kind: str
    place: Place
    valid_from: str = ""
    valid_until: str = ""
    parents: tuple[str, ...] = ()
    source: str = ""
    confidence: str = ""


class Alias(NamedTuple):
    """Another way to print one name, or several at once, with who says so, when and why."""

    text: str
    ids: tuple[str, ...]
    kind: AliasKind
    status: Status
    by: str
    on: str
    why: str
    place: Place


class Other(NamedTuple):
    """A label known to be something else, however near it looks."""

    label: str
    why: str
    place: Place


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a label; `id` None says that it is none of the list."""

    label: str
    list: str
    id: str | None
    by: str
    on: str
    why: str
    place: Place


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Thresholds(_Declared):
    """Scores from 0 to 100: `accept` and `margin` to match without a person, `review` to ask one, and how they were set."""

    accept: float = Field(90, ge=0, le=100)
    margin: float = Field(10, ge=0, le=100)
    review: float = Field(55, ge=0, le=100)
    set_on: str = ""
    set_by: str = ""
    how: str = ""


class ContextRule(_Declared):
    """Which name a label has, by the members that are printed in the same column."""

    label: str
    id: str
    because: str
    any_of: tuple[str, ...] = ()
    with_: tuple[str, ...] = Field((), alias="with")
    without: tuple[str, ...] = ()


class Settings(_Declared):
    """`schemas/names/LIST.yaml`, typed; `headers` are words above or before a column of these names."""

    title: str = ""
    light_words: frozenset[str] = frozenset()
    light_suffixes: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    once: bool = True
    codes: tuple[str, ...] = ()
    context: tuple[ContextRule, ...] = ()
    thresholds: Thresholds = Thresholds(accept=90, margin=10, review=55)


@dataclass(frozen=True, slots=True, eq=False)
class NameList:
    """A canonical list with its aliases, its near neighbours, its codes, and the decisions that people took on it."""

    id: str
    settings: Settings
    names: Mapping[str, Name]
    aliases: tuple[Alias, ...] = ()
    others: tuple[Other, ...] = ()
    codes: tuple[Code, ...] = ()
    decisions: tuple[Decision, ...] = ()
    remarks: tuple[Remark, ...] = field(default=())

    def ancestors(self, key: str) -> frozenset[str]:
        """Ids of all names above this one."""
        return _above(self, key)


@lru_cache(maxsize=16384)  # asked for every row of every table
def _above(lst: NameList, key: str) -> frozenset[str]:
    above: set[str] = set()
    waiting = list(lst.names[key].parents)
    while waiting:
        parent = waiting.pop()
        if parent not in above and parent in lst.names:
            above.add(parent)
            waiting.extend(lst.names[parent].parents)
    return frozenset(above)
