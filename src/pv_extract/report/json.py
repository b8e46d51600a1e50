"""Findings as JSON."""

from collections.abc import Sequence

import simplejson

from pv_extract.report.view import Reported


def json(reported: Sequence[Reported]) -> str:
    """`{"files": [{"file", "sha256", "ok", "findings": [...], "totals": [...]}]}`; numbers as exact as printed."""
    files = [
        {
            "file": each.checked.path,
            "document": each.checked.document,
            "sha256": each.checked.source.sha256,
            "ok": not each.failing,
            "findings": [
                {
                    "id": each.checked.id_of(f),
                    "code": f.code.value,
                    "level": f.level.value,
                    "fails": each.fails(f),
                    "message": f.message,
                    "table": f.table,
                    "row": f.row,
                    "column": f.column,
                    "page": f.page,
                    "amount": f.amount,
                }
                for f in each.checked.findings
            ],
            "totals": [
                {
                    "table": table,
                    "total": r.total,
                    "column": r.column,
                    "printed": r.printed,
                    "sum": r.sum,
                    "verdict": r.verdict,
                }
                for table, r in each.totals()
            ],
        }
        for each in reported
    ]
    return simplejson.dumps({"files": files}, ensure_ascii=False, indent=1, use_decimal=True) + "\n"
