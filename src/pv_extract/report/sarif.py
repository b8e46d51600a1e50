"""Findings as SARIF 2.1.0, for code scanning."""

from collections.abc import Sequence
from pathlib import PurePath
from urllib.parse import quote

import simplejson

from pv_extract.findings import Code, Finding
from pv_extract.report.view import Reported, place

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def sarif(reported: Sequence[Reported]) -> str:
    """One run: each code a rule, each finding a result with file, page, table, row and column, and a stable fingerprint."""
    from pv_extract import __version__  # noqa: PLC0415 - the package imports its parts

    codes = sorted({f.code for each in reported for f in each.checked.findings})
    rules = [
        {
            "id": c.value,
            "shortDescription": {"text": c.value.replace("-", " ")},
            "helpUri": f"docs/findings.md#{c.value}",
        }
        for c in codes
    ]
    run = {
        "tool": {
            "driver": {"name": "pv-extract", "version": __version__, "semanticVersion": __version__, "rules": rules}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, f, codes) for each in reported for f in each.checked.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return simplejson.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _result(each: Reported, finding: Finding, codes: Sequence[Code]) -> dict[str, object]:
    where = place(finding)
    logical = "/".join(part for part in (finding.table, finding.row, finding.column) if part)
    location: dict[str, object] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(PurePath(each.checked.path).as_posix())},
            "region": {"startLine": finding.page or 1},
        },
    }
    if logical:
        location["logicalLocations"] = [{"fullyQualifiedName": logical, "kind": "member"}]
    result: dict[str, object] = {
        "ruleId": finding.code.value,
        "ruleIndex": list(codes).index(finding.code),
        "level": finding.level.value,
        "message": {"text": f"{where}: {finding.message}" if where else finding.message},
        "locations": [location],
        "partialFingerprints": {"findingId/v1": each.checked.id_of(finding)},
    }
    if finding.level == "error" and not each.fails(finding):
        result["baselineState"] = "unchanged"
    return result
