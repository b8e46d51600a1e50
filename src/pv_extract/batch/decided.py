"""Decisions on names that no document of a store asks for: their label is gone, or was never printed like that."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pv_extract.batch.store import Store

if TYPE_CHECKING:
    from pv_extract.model import Remark

_ASKED = """
WITH named AS (SELECT DISTINCT source_sha256, version, table_id, ref_list FROM figures WHERE ref_list IS NOT NULL)
SELECT DISTINCT named.ref_list, label, label_path FROM figures JOIN named USING (source_sha256, version, table_id)
ANTI JOIN superseded USING (source_sha256, version)
"""


def unused_decisions(store: Store, schemas: Sequence[Path]) -> "tuple[Remark, ...]":
    """A remark on each decision of these schema folders that no table of the store's current documents asks for.

    Raises:
        ConfigurationError: where a file of decisions cannot be read.
    """
    if not schemas:
        return ()
    from pv_extract.names.decisions import DECISIONS, read_decisions, unused  # noqa: PLC0415 - slow to load

    files = [path for folder in schemas for path in (folder / DECISIONS, folder / "names" / DECISIONS)]
    decisions = [decision for path in files if path.is_file() for decision in read_decisions(path)]
    if not decisions:
        return ()
    asked = {(key, text) for key, label, path in store.query(_ASKED) for text in (label, *path.split(" > ")) if text}
    return unused(decisions, asked)
