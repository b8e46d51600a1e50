"""One figure of a store with all that is known of it: where it was printed, what it means, which checks it met."""

import hashlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # a cell is of many types

from pv_extract.batch.inputs import fetch_again
from pv_extract.batch.status import BatchError
from pv_extract.batch.store import Store, readable
from pv_extract.findings import SourceError
from pv_extract.model import Box

MARGIN, SCALE = 60.0, 2.0  # points around the cell; pixels a point
_MOST = 4 << 30  # bytes of a source
_FIGURE = """
SELECT f.*, d.file, d.media_type, s.superseded_by, s.version IS NOT NULL AS superseded,
    (SELECT location FROM inputs i WHERE i.source_sha256 = f.source_sha256 ORDER BY run DESC, number LIMIT 1) AS location
FROM figures f JOIN documents d USING (source_sha256, version) LEFT JOIN superseded s USING (source_sha256, version)
WHERE f.figure_id = ? ORDER BY superseded, f.answer, f.source_sha256, f.version
"""
_FINDINGS = """
SELECT level, code, message FROM findings WHERE source_sha256 = $source AND version = $version AND table_id = $table
AND ("row" IS NULL OR "row" IN ($label, $path)) AND ("column" IS NULL OR "column" = $column) ORDER BY position
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure in one document; `superseded` where the document no longer counts."""

    record: dict[str, Any]
    checks: tuple[str, ...]
    location: str
    superseded: bool


def figure(store: Path, figure_id: str) -> list[Shown]:
    """The figure in every document that holds it, current ones first: formats and versions of an answer share its ids.

    Raises:
        BatchError: where there is no store, or no such figure in it.
    """
    with readable(store) as opened:
        found = opened.db.execute(_FIGURE, [figure_id])
        names = [column[0] for column in found.description or ()]
        records = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        if not records:
            raise BatchError(f"figure {figure_id!r}: expected the figure_id of a figure in {store}, found none")
        return [Shown(r, (*_findings(opened, r), *_totals(opened, r)), r["location"], r["superseded"]) for r in records]


def _findings(store: Store, record: dict[str, Any]) -> list[str]:
    values = {
        "source": record["source_sha256"], "version": record["version"], "table": record["table_id"],
        "label": record["label"], "path": record["label_path"], "column": record["column"],
    }  # fmt: skip
    return [f"{level} {code}: {message}" for level, code, message in store.db.execute(_FINDINGS, values).fetchall()]


def _totals(store: Store, record: dict[str, Any]) -> list[str]:
    key = [record["source_sha256"], record["version"], record["table_id"]]
    found = store.query("SELECT totals FROM tables WHERE source_sha256 = ? AND version = ? AND table_id = ?", key)
    verdicts = [verdict for (totals,) in found for verdict in json.loads(totals)]
    mine = [v for v in verdicts if v["column"] in (record["column"], record["label"])]
    return [f"total {v['verdict']}: {v['total']}, {v['column']}: {v['detail']}" for v in mine]


def image(shown: Shown) -> bytes:
    """A PNG of the page around the figure, its cell outlined.

    Raises:
        SourceError: where the source is gone, was replaced, is no PDF, or does not say where the figure stands.
    """
    record = shown.record
    if record["media_type"] != "application/pdf" or record["x0"] is None:
        raise SourceError(
            f"{record['file']}: expected a PDF that says where the figure stands, found {record['media_type']}"
        )
    data = fetch_again(shown.location, _MOST)
    if hashlib.sha256(data).hexdigest() != record["source_sha256"]:
        raise SourceError(f"{shown.location}: expected the source that was read, found another content since")
    return _crop(data, record["page"], Box(record["x0"], record["top"], record["x1"], record["bottom"]))


def _crop(data: bytes, number: int, box: Box) -> bytes:
    import pypdfium2 as pdfium  # noqa: PLC0415 - needed for pictures only
    from PIL import ImageDraw  # noqa: PLC0415 - the same

    opened = pdfium.PdfDocument(data)
    try:
        page = opened[number - 1]
        picture = page.render(scale=SCALE).to_pil().convert("RGB")
        page.close()
    finally:
        opened.close()
    corners = (box.x0 * SCALE, box.top * SCALE, box.x1 * SCALE, box.bottom * SCALE)
    ImageDraw.Draw(picture).rectangle(corners, outline="#d62728", width=3)
    top = max(0, int(corners[1] - MARGIN * SCALE))
    written = io.BytesIO()
    bottom = min(picture.height, int(corners[3] + MARGIN * SCALE))
    picture.crop((0, top, picture.width, bottom)).save(written, "PNG")
    return written.getvalue()
