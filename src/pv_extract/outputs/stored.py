"""What was written is read back: extractions from JSON, figures from CSV and Parquet."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import simplejson
from pydantic import TypeAdapter, ValidationError

from pv_extract.extraction import Extraction
from pv_extract.findings import Code, Finding, Level, SourceError
from pv_extract.model import Answer, Ledger, Source, Table, Totals

if TYPE_CHECKING:
    import pandas as pd

FRAMES = (".csv", ".parquet")
_TYPES: dict[str, TypeAdapter[Any]] = {  # Any: of many types
    "source": TypeAdapter(Source),
    "answer": TypeAdapter(Answer),
    "tables": TypeAdapter(tuple[Table, ...]),
    "ledger": TypeAdapter(Ledger),
}
_TOTALS = TypeAdapter(Totals)


def read_json(path: Path) -> Extraction:
    """The extraction that `pv-extract extract --format json` wrote to this file.

    Raises:
        SourceError: where it is no such JSON; the message says what was expected and where.
    """
    try:
        raw: Any = simplejson.loads(path.read_text(encoding="utf-8"), use_decimal=True)  # Any: JSON, typed right below
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise SourceError(f"{path}: expected JSON in UTF-8: {error}") from error
    if not isinstance(raw, dict) or raw.get("schema_version") != "1":
        raise SourceError(f"{path}: expected an extraction (schema_version 1), found other JSON")
    shaped = _boxes(raw)
    try:
        made = {key: adapter.validate_python(shaped[key]) for key, adapter in _TYPES.items()}
        totals = {t["id"]: _TOTALS.validate_python(t["totals"]) for t in shaped["tables"] if t.get("totals")}
        findings = tuple(_finding(f) for f in shaped["findings"])
    except (KeyError, ValidationError, ValueError) as error:
        raise SourceError(f"{path}: expected an extraction: {' '.join(str(error).split())[:300]}") from error
    return Extraction(**made, totals=totals, findings=findings, topic=shaped.get("topic"))


def read_frame(path: Path) -> "pd.DataFrame":
    """Tidy figures of a CSV or Parquet file, CSV as text so that no figure is rounded on the way.

    Raises:
        SourceError: where the file holds no such frame.
    """
    import pandas as pd  # noqa: PLC0415 - slow to load

    try:
        if path.suffix.lower() == ".parquet":
            return pd.read_parquet(path)
        return pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except (OSError, UnicodeDecodeError, ValueError, pd.errors.ParserError) as error:
        raise SourceError(f"{path}: expected a {path.suffix.lstrip('.')} file of figures: {error}") from error


def _boxes(value: Any) -> Any:
    """The same JSON with boxes as objects of their corners."""
    if isinstance(value, list):
        return [_boxes(v) for v in value]
    if not isinstance(value, dict):
        return value
    made = {key: _boxes(v) for key, v in value.items()}
    if isinstance(made.get("box"), list) and len(made["box"]) == 4:
        made["box"] = dict(zip(("x0", "top", "x1", "bottom"), cast("list[float]", made["box"]), strict=True))
    return made


def _finding(raw: dict[str, Any]) -> Finding:  # Any: JSON
    return Finding(
        Code(raw["code"]), Level(raw["level"]), raw["message"], raw["table"], raw["row"], raw["column"], raw["page"]
    )
