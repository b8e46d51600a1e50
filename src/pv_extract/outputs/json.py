"""Extractions and grids as the JSON of the contract: exact numbers, the same bytes for the same input."""

from collections.abc import Iterable, Mapping, Sequence

import simplejson

from pv_extract.extraction import Extraction
from pv_extract.findings import Finding
from pv_extract.model import (
    Answer,
    Box,
    Cell,
    Column,
    Grid,
    GridCell,
    Item,
    Ledger,
    Match,
    Period,
    Row,
    Source,
    Table,
    Totals,
)
from pv_extract.outputs import contract

LINE = 180  # characters; a cell fits on one line


def json_text(extraction: Extraction) -> str:
    """The extraction as JSON of the contract, short values on one line; ends with a newline."""
    return render(extraction_json(extraction)) + "\n"


def tables_json(grids: Iterable[Grid]) -> str:
    """Tables before interpretation as JSON, for inspection and benchmarks; ends with a newline."""
    said: contract.GridsJson = {"tables": [_grid(g) for g in grids]}
    return render(said) + "\n"


def extraction_json(extraction: Extraction) -> contract.ExtractionJson:
    """The extraction in the shape of the contract, numbers exact."""
    return {
        "schema_version": "1",
        "source": _source(extraction.source),
        "topic": extraction.topic,
        "answer": _answer(extraction.answer),
        "tables": [_table(t, extraction.totals.get(t.id)) for t in extraction.tables],
        "findings": [_finding(f) for f in extraction.findings],
        "ledger": _ledger(extraction.ledger),
    }


def _source(source: Source) -> contract.SourceJson:
    return {
        "file": source.file,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "pages": source.pages,
        "reader": source.reader,
    }


def _answer(answer: Answer) -> contract.AnswerJson:
    return {
        "kind": answer.kind,
        "question_number": answer.question_number,
        "question_date": answer.question_date.isoformat() if answer.question_date else None,
        "asked_by": answer.asked_by,
        "answered_by": answer.answered_by,
        "portfolio": answer.portfolio,
        "title": answer.title,
        "language": answer.language,
        "addressed_to": [{"minister": a.minister, "question_number": a.question_number} for a in answer.addressed_to],
        "questions": [_item(i) for i in answer.questions],
        "items": [_item(i) for i in answer.items],
    }


def _item(item: Item) -> contract.ItemJson:
    figures: list[contract.TextFigureJson] = [
        {
            "raw": f.raw,
            "value": f.value,
            "unit": f.unit,
            "on": f.on.isoformat() if f.on else None,
            "sentence": f.sentence,
            "page": f.page,
        }
        for f in item.figures
    ]
    return {"id": item.id, "text": item.text, "tables": list(item.tables), "figures": figures}


def _table(table: Table, totals: Totals | None) -> contract.TableJson:
    return {
        "id": table.id,
        "item": table.item,
        "title": table.title,
        "pages": list(table.pages),
        "topic": table.topic,
        "spec": table.spec,
        "unit": table.unit,
        "multiplier": table.multiplier,
        "how": table.how,
        "joins": [{"page": j.page, "row": j.row, "reason": j.reason} for j in table.joins],
        "stub_columns": list(table.stub_columns),
        "columns": [_column(c) for c in table.columns],
        "rows": [_row(r) for r in table.rows],
        "notes": [{"mark": n.mark, "text": n.text, "meaning": n.meaning.value, "page": n.page} for n in table.notes],
        "totals": _totals(totals) if totals else None,
    }


def _column(column: Column) -> contract.ColumnJson:
    return {
        "raw": column.raw,
        "path": list(column.path),
        "time_period": _period(column.time_period),
        "marks": list(column.marks),
        "obs_status": column.obs_status.value,
        "role": column.role.value,
        "unit": column.unit,
        "match": _match(column.match),
    }


def _row(row: Row) -> contract.RowJson:
    return {
        "labels": list(row.labels),
        "group": list(row.group),
        "level": row.level,
        "role": row.role.value,
        "marks": list(row.marks),
        "time_period": _period(row.time_period),
        "match": _match(row.match),
        "review": row.review,
        "page": row.page,
        "cells": [_cell(c) for c in row.cells],
    }


def _cell(cell: Cell) -> contract.CellJson:
    return {
        "raw": cell.raw,
        "value": cell.value,
        "obs_status": cell.obs_status.value,
        "marks": list(cell.marks),
        "unit": cell.unit,
        "multiplier": cell.multiplier,
        "bounds": list(cell.bounds) if cell.bounds else None,
        "refusal": cell.refusal,
        "page": cell.page,
        "box": _box(cell.box),
    }


def _period(period: Period | None) -> contract.PeriodJson | None:
    if period is None:
        return None
    return {
        "kind": period.kind,
        "label": period.label,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
    }


def _match(match: Match | None) -> contract.MatchJson | None:
    if match is None:
        return None
    return {
        "list": match.list,
        "id": match.id,
        "name": match.name,
        "how": match.how,
        "score": round(match.score, 2),
        "margin": round(match.margin, 2),
        "rule": match.rule,
        "runner_up": match.runner_up,
    }


def _totals(totals: Totals) -> contract.TotalsJson:
    results: list[contract.TotalJson] = [
        {
            "total": r.total,
            "column": r.column,
            "printed": r.printed,
            "sum": r.sum,
            "verdict": r.verdict,
            "detail": r.detail,
        }
        for r in totals.results
    ]
    return {"rule": totals.rule, "because": totals.because, "results": results}


def _finding(finding: Finding) -> contract.FindingJson:
    return {
        "id": finding.id,
        "code": finding.code.value,
        "level": finding.level.value,
        "message": finding.message,
        "table": finding.table,
        "row": finding.row,
        "column": finding.column,
        "page": finding.page,
        "box": _box(finding.box),
    }


def _ledger(ledger: Ledger) -> contract.LedgerJson:
    return {
        "numbers": ledger.numbers,
        "in_cells": ledger.in_cells,
        "in_headers": ledger.in_headers,
        "in_notes": ledger.in_notes,
        "in_text": ledger.in_text,
        "in_furniture": ledger.in_furniture,
        "unclaimed": ledger.unclaimed,
    }


def _grid(grid: Grid) -> contract.GridJson:
    return {
        "page": grid.page,
        "box": _box(grid.box),
        "how": grid.how,
        "caption": grid.caption,
        "cells": [_grid_cell(c) for c in grid.cells],
    }


def _grid_cell(cell: GridCell) -> contract.GridCellJson:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "page": cell.page,
        "box": _box(cell.box),
    }


def _box(box: Box | None) -> list[float] | None:
    """Corners to a hundredth of a point: finer than any printer, and the same on every machine."""
    return [round(side, 2) for side in (box.x0, box.top, box.x1, box.bottom)] if box else None


def render(value: object, indent: str = "") -> str:
    """JSON with a line for each value that fits on one, so that a table reads row by row and a diff stays small."""
    short = simplejson.dumps(value, use_decimal=True, ensure_ascii=False, allow_nan=False)
    if len(indent) + len(short) <= LINE or not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        return short
    deeper = indent + " "
    if isinstance(value, Mapping):
        inside = [f"{simplejson.dumps(k, ensure_ascii=False)}: {render(v, deeper)}" for k, v in value.items()]
        return "{\n" + ",\n".join(deeper + line for line in inside) + f"\n{indent}}}"
    return "[\n" + ",\n".join(deeper + render(v, deeper) for v in value) + f"\n{indent}]"
