"""Topics: what the files under `schemas/<topic>/` declare, typed, and which table of a document they declare."""

from pv_extract.topics.load import load, pick
from pv_extract.topics.model import (
    Bracket,
    Continuity,
    Equal,
    Members,
    Relation,
    Spec,
    Subset,
    Topic,
    TopicFile,
    TotalsOf,
    Waiver,
)
from pv_extract.topics.recognise import list_of, recognise

__all__ = [
    "Bracket",
    "Continuity",
    "Equal",
    "Members",
    "Relation",
    "Spec",
    "Subset",
    "Topic",
    "TopicFile",
    "TotalsOf",
    "Waiver",
    "list_of",
    "load",
    "pick",
    "recognise",
]
