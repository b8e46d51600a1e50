"""The description that makes CSV files a Frictionless data package: schema, sources, licence, hashes."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any  # JSON

from pv_extract.batch.current import select
from pv_extract.batch.query import Query
from pv_extract.batch.rows import STORED
from pv_extract.batch.store import Store
from pv_extract.shipped import schemas_folder
from pv_extract.topics.load import read_yaml

_TYPES = {
    "VARCHAR": "string",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "DOUBLE": "number",
    "DECIMAL": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
}
_KEYS = {
    "figures": ["source_sha256", "version", "position"],
    "tables": ["source_sha256", "version", "position"],
    "findings": ["source_sha256", "version", "position"],
    "documents": ["source_sha256", "version"],
    "inputs": ["location"],
    "runs": ["run"],
}


def describe(store: Store, queries: Sequence[Query], folder: Path, schemas: Sequence[Path]) -> None:
    """Writes `datapackage.json` beside the CSV files of the folder.

    The table of the runs has no hash: it is the one file that differs between equal runs.
    """
    said = _publication(schemas)
    package = {
        "profile": "tabular-data-package",
        "name": said["name"],
        "title": said["title"],
        "licenses": said["licenses"],
        "sources": _sources(store),
        "resources": [_resource(query, folder / f"{query.name}.csv") for query in queries],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1) + "\n"
    (folder / "datapackage.json").write_text(text, encoding="utf-8")


def _publication(schemas: Sequence[Path]) -> dict[str, Any]:
    """Name, title and licences, from the last schema folder that has a `publication.yaml`."""
    files = [folder / "publication.yaml" for folder in (schemas_folder(), *schemas)]
    return read_yaml([file for file in files if file.is_file()][-1])


def _sources(store: Store) -> list[dict[str, str]]:
    found = store.query(f"SELECT file, source_sha256 FROM ({select('documents')}) ORDER BY ALL")
    urls = dict(store.query(f"SELECT source_sha256, location FROM ({select('inputs')}) WHERE location LIKE '%://%'"))
    return [
        {"title": file, "sha256": sha256, **({"path": urls[sha256]} if sha256 in urls else {})}
        for file, sha256 in found
    ]


def _resource(query: Query, file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    described = {column.name: column.description for column in STORED.get(query.name, ())}
    fields = [
        {
            "name": name,
            "type": _TYPES[kind.split("(")[0]],
            **({"description": described[name]} if name in described else {}),
        }
        for name, kind in query.columns.items()
    ]
    hashes = {"bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}
    return {
        "profile": "tabular-data-resource",
        "name": query.name,
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **({} if query.name == "runs" else hashes),
        "schema": {"fields": fields, "missingValues": [""], "primaryKey": _KEYS[query.name]},
    }
