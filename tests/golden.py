"""What every form of a fixture must give, and how two readings of it differ, told cell by cell."""

from collections.abc import Iterator, Mapping
from typing import Any  # expected outputs are JSON

import simplejson

from pv_extract.extraction import Extraction
from pv_extract.outputs.json import extraction_json


def golden(extraction: Extraction) -> dict[str, Any]:
    """The part of the contract that does not depend on the form of the document: no pages, boxes or file names."""
    said = extraction_json(extraction)
    answer: dict[str, Any] = {**said["answer"]}
    for kind in ("questions", "items"):
        answer[kind] = {
            item["id"]: {
                "tables": item["tables"],
                "figures": [[f["raw"], f["value"], f["on"]] for f in item["figures"]],
            }
            for item in said["answer"][kind]
        }
    return {
        "topic": said["topic"],
        "answer": answer,
        "tables": {table["id"]: _table(table) for table in said["tables"]},
        "findings": [
            " | ".join(str(f[k] or "") for k in ("level", "code", "table", "row", "column")) for f in said["findings"]
        ],
    }


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    columns = [column["raw"] for column in table["columns"]]
    return {
        "item": table["item"],
        "spec": table["spec"],
        "unit": table["unit"],
        "stub": table["stub_columns"],
        "columns": {
            c["raw"]: [(c["time_period"] or {}).get("label"), c["obs_status"], c["role"]] for c in table["columns"]
        },
        "notes": {note["mark"]: note["meaning"] for note in table["notes"]},
        "rows": {
            " > ".join(row["labels"]): {
                "name": row["match"] and row["match"]["id"],
                "role": row["role"],
                **{c: [cell["raw"], cell["value"]] for c, cell in zip(columns, row["cells"], strict=True)},
            }
            for row in table["rows"]
        },
        "totals": _totals(table["totals"]),
    }


def _totals(totals: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if totals is None:
        return None
    results = {f"{r['total']}, {r['column']}": [r["printed"], r["sum"], r["verdict"]] for r in totals["results"]}
    return {"rule": totals["rule"], "results": results}


def differences(expected: object, got: object, place: tuple[str, ...] = ()) -> Iterator[str]:
    """One line for each value that differs, with its place: `tables, t2, Bouw, 2021-2022: expected 1982, got 1892`."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        for key in [*expected, *(k for k in got if k not in expected)]:
            there = (*place, key) if key != "rows" else place
            yield from differences(expected.get(key, "nothing"), got.get(key, "nothing"), there)
        if list(expected) != list(got) and set(expected) == set(got):
            yield f"{', '.join(place)}: expected the order {list(expected)}, got {list(got)}"
    elif isinstance(expected, list) and isinstance(got, list) and place[-1:] == ("findings",):
        yield from (f"findings: expected {line!r}, got nothing" for line in expected if line not in got)
        yield from (f"findings: expected nothing, got {line!r}" for line in got if line not in expected)
    elif expected != got:
        yield f"{', '.join(place)}: expected {_short(expected)}, got {_short(got)}"


def _short(value: object) -> str:
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False)
