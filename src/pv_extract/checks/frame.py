"""Tidy frames judged: what their schema finds wrong, as printed labels and rows, and all the checks on their tables."""

from collections.abc import Iterator, Mapping

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from pv_extract.checks.evidence import Evidence, Report
from pv_extract.checks.judge import judge
from pv_extract.findings import Code, Finding, Level
from pv_extract.frames import NEEDED
from pv_extract.schemas import as_objects

_OWN = ("totals_hold", "has_total")  # the engine reports these itself, with the arithmetic


def judge_frame(frame: pd.DataFrame, evidence: Evidence, schemas: Mapping[str, pa.DataFrameSchema]) -> Report:
    """All faults of a frame in one pass: those its schemas find, one finding for each fault, then those of its tables.

    `evidence` holds the tables made of the frame; `schemas` those of its topic, by table.
    """
    shape = list(_shape(frame))
    report = judge(evidence, document=False)
    found = shape or list(_broken(frame, evidence, schemas))
    return Report((*found, *report.findings), report.totals)


def _shape(frame: pd.DataFrame) -> Iterator[Finding]:
    missing = [column for column in NEEDED if column not in frame]
    if missing:
        there = ", ".join(map(str, frame.columns)) or "no columns"
        yield Finding(
            Code.SCHEMA_BROKEN,
            Level.ERROR,
            f"expected the columns {', '.join(NEEDED)}, found {there}; {', '.join(missing)} missing",
        )
    elif frame.empty:
        yield Finding(Code.SCHEMA_BROKEN, Level.ERROR, "expected at least one figure, found an empty frame")


def _broken(frame: pd.DataFrame, evidence: Evidence, schemas: Mapping[str, pa.DataFrameSchema]) -> Iterator[Finding]:
    objects = as_objects(frame)
    for table in evidence.tables:
        schema = schemas.get(table.spec or "")
        if schema is not None:
            own = objects[objects["table_id"].astype(str) == table.id] if "table_id" in objects else objects
            yield from _failures(own.reset_index(drop=True), schema, table.id)


def _failures(frame: pd.DataFrame, schema: pa.DataFrameSchema, table: str) -> Iterator[Finding]:
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        seen: set[tuple[str, str, object]] = set()
        for case in errors.failure_cases.to_dict("records"):
            key = (str(case["column"]), str(case["check"]), case["index"])
            if key in seen or str(case["check"]).startswith(_OWN):
                continue
            seen.add(key)
            yield _translated(frame, {str(k): v for k, v in case.items()}, table)


def _translated(frame: pd.DataFrame, case: Mapping[str, object], table: str) -> Finding:
    """One failure with the printed label and column of its row, instead of a position in a frame."""
    what = f"{case['column']} is {case['failure_case']!r}, expected {_expected(str(case['check']))}"
    position = case["index"]
    if isinstance(position, int | float) and position == position and int(position) in frame.index:  # noqa: PLR0124 - NaN
        record = frame.loc[int(position)]
        label, column = str(record.get("label")), str(record.get("column"))
        return Finding(Code.SCHEMA_BROKEN, Level.ERROR, f"{label}, {column}: {what}", table, label, column)
    return Finding(Code.SCHEMA_BROKEN, Level.ERROR, what, table)


def _expected(check: str) -> str:
    words = {
        "whole_count": "a whole number that is not negative",
        "exact_number": "a number",
        "nonempty_text": "a text",
        "not_nullable": "a value",
        "field_uniqueness": "another value on each row",
        "column_in_dataframe": "the column to be there",
    }
    if check in words:
        return words[check]
    return check.replace("isin(", "one of (") if len(check) < 200 else f"{check[:190].replace('isin(', 'one of (')}...)"
