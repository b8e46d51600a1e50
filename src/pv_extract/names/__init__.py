"""Canonical names: lists kept as files, and the matching of printed labels to them, with the reason for each match."""

from pv_extract.names.column import Collision, ColumnOutcome, best_list, match_column
from pv_extract.names.lists import Name, NameList
from pv_extract.names.loader import load_lists, shipped_names, states_of
from pv_extract.names.matcher import match_label, nearest
from pv_extract.names.outcome import Candidate, Context, Outcome

__all__ = [
    "Candidate",
    "Collision",
    "ColumnOutcome",
    "Context",
    "Name",
    "NameList",
    "Outcome",
    "best_list",
    "load_lists",
    "match_column",
    "match_label",
    "nearest",
    "shipped_names",
    "states_of",
]
