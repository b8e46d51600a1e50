"""For tests of people who use answers: a function and a pytest fixture that assert an extraction.

A `conftest.py` with `pytest_plugins = ["pv_extract.testing"]` makes the fixture `pv_extraction` known.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from pv_extract.extraction import Extraction
from pv_extract.findings import Level
from pv_extract.pipeline import extract

Verified = Callable[..., Extraction]


def assert_extraction(
    path: str | Path,
    *,
    topic: str | None = None,
    tables: int | None = None,
    fail_on: Level = Level.ERROR,
    known: Sequence[str] = (),
    schemas: Sequence[Path] = (),
) -> Extraction:
    """The extraction of a document, once it has the tables expected of it and no finding of this weight that is not known.

    Raises:
        AssertionError: that lists every such finding with its place and id.
    """
    found = extract(path, topic=topic, schemas=schemas)
    order = [Level.ERROR, Level.WARNING, Level.NOTE]
    among = order[: order.index(fail_on) + 1]
    wrong = [f for f in found.findings if f.level in among and f.id not in known]
    lines = [f"{f.level.value} {f.code.value} [{f.id}] {f.message}" for f in wrong]
    if tables is not None and len(found.tables) != tables:
        lines.insert(0, f"expected {tables} tables, found {len(found.tables)}")
    if lines:
        raise AssertionError(f"{path}:\n" + "\n".join(f"  {line}" for line in lines))
    return found


@pytest.fixture
def pv_extraction() -> Verified:
    """`assert_extraction`, for tests that ask for it by name."""
    return assert_extraction
