"""Every document of the corpus comes out as it was described: each figure under its label and header, with its role."""

import json
from pathlib import Path

import pytest

import pv_extract

FOLDER = Path(__file__).parents[1] / "fixtures" / "layouts"
NAMES = sorted(path.name.removesuffix(".truth.json") for path in FOLDER.glob("*.truth.json"))


def figures(columns, stubs, rows):
    """(labels, header, printed) of every cell that is not empty."""
    out = []
    for row in rows:
        labels = tuple(_folded(label) for label in row[:stubs])
        out += [
            (labels, _folded(c), _folded(v)) for c, v in zip(columns[stubs:], row[stubs:], strict=True) if v.strip()
        ]
    return out


def _folded(text):
    return "".join(text.split())


def read(name):
    found = pv_extract.extract(FOLDER / f"{name}.pdf")
    truth = json.loads((FOLDER / f"{name}.truth.json").read_text(encoding="utf-8"))
    return found, truth


def _columns(table):
    return [*table.stub_columns, *(" | ".join(c.path) for c in table.columns)]


def _rows(table):
    return [[*row.labels, *(cell.raw for cell in row.cells)] for row in table.rows]


def differences(found, truth):
    """One line for each thing that is not as described."""
    if len(found.tables) != len(truth["tables"]):
        yield f"{len(found.tables)} tables, expected {len(truth['tables'])}: {[t.title for t in found.tables]}"
        return
    for table, want in zip(found.tables, truth["tables"], strict=True):
        got = figures(_columns(table), len(table.stub_columns), _rows(table))
        expected = figures(want["columns"], want["stub_columns"], want["rows"])
        yield from (f"{table.id}: missing {figure}" for figure in expected if figure not in got)
        yield from (f"{table.id}: not in the document {figure}" for figure in got if figure not in expected)
        if got != expected and sorted(got) == sorted(expected):
            yield f"{table.id}: the rows are in another order"
        yield from _meanings(table, want)


def _meanings(table, want):
    roles = [row.role.value for row in table.rows]
    if roles != want["roles"]:
        yield f"{table.id}: roles {roles}, expected {want['roles']}"
    groups = [list(row.group) for row in table.rows]
    if groups != want["groups"]:
        yield f"{table.id}: groups {groups}, expected {want['groups']}"
    marks = [[" | ".join(c.path), m] for c in table.columns for m in c.marks]
    if [m for _, m in marks] != [m.strip("()").translate(str.maketrans("¹²³", "123")) for _, m in want["marks"]]:
        yield f"{table.id}: marks {marks}, expected {want['marks']}"
    notes = [[n.mark, n.text] for n in table.notes]
    if notes != want["notes"]:
        yield f"{table.id}: notes {notes}, expected {want['notes']}"
    for what in ("item", "unit", "multiplier"):
        if getattr(table, what) != want[what]:
            yield f"{table.id}: {what} {getattr(table, what)!r}, expected {want[what]!r}"


@pytest.mark.parametrize("name", NAMES)
def test_a_document_comes_out_as_it_was_described(name):
    found, truth = read(name)
    wrong = list(differences(found, truth))
    for key, value in truth["answer"].items():
        got = getattr(found.answer, key)
        if (got.isoformat() if key == "question_date" and got else got) != value:
            wrong.append(f"answer.{key}: {got!r}, expected {value!r}")
    assert not wrong, f"{name}: " + "\n".join(wrong[:12])


@pytest.mark.parametrize("name", NAMES)
def test_no_number_of_a_document_is_unclaimed(name):
    found, _ = read(name)
    assert found.ledger.unclaimed == 0, [f.message for f in found.findings if f.code == "number-unclaimed"]
    assert not [f.message for f in found.findings if f.code == "number-doubled"]


def test_the_corpus_covers_what_it_promises():
    assert len(NAMES) >= 30
