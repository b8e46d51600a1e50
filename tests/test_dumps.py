"""A dump of a document by another engine gives the figures of the PDF, or says what it leaves open."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import pv_extract

FOLDER = Path(__file__).parents[1] / "fixtures" / "layouts"
DUMPS = sorted((Path(__file__).parent / "dumps").glob("*.txt"))
# of the heading and the names, not of the figures
ELSEWHERE = {"mark-unexplained", "answer-heading-missing", "name-to-review", "name-unmatched"}


@cache
def figures(path: Path):
    found = pv_extract.extract(path)
    return found, Counter(
        (_bare("|".join(row.labels)), _bare("|".join(column.path)), _bare(cell.raw))
        for table in found.tables
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if cell.raw.strip()
    )


def _bare(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_dump_agrees_with_its_document_or_says_what_is_open(dump):
    _, wanted = figures(FOLDER / f"{dump.stem.rpartition('.')[0]}.pdf")
    found, got = figures(dump)
    said = [f.message for f in found.findings if f.level != "note" and f.code not in ELSEWHERE]
    lost, made = wanted - got, got - wanted
    assert said or not (lost or made), f"missing {list(lost)[:3]}, instead {list(made)[:3]}"


@pytest.mark.parametrize("dump", DUMPS, ids=lambda path: path.stem)
def test_a_dump_prints_no_number_that_its_document_does_not(dump):
    document, _ = figures(FOLDER / f"{dump.stem.rpartition('.')[0]}.pdf")
    found, _ = figures(dump)
    printed = {str(c.value) for t in document.tables for row in t.rows for c in row.cells if c.value is not None}
    read = {str(c.value) for t in found.tables for row in t.rows for c in row.cells if c.value is not None}
    said = any(f.level != "note" and f.code not in ELSEWHERE for f in found.findings)
    assert said or read <= printed, sorted(read - printed)[:5]
