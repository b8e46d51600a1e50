"""Names of rows: those without one, those printed twice, and those that one table has and its sibling lacks."""

from collections import Counter
from collections.abc import Iterator, Sequence

from pv_extract.checks.evidence import Evidence, named
from pv_extract.findings import Code, Finding, Level
from pv_extract.model import Role, Row, Table

_SIBLINGS = 0.8  # of the names of the smaller table are shared: then the absent ones say something
_FEW = 5


def members(evidence: Evidence) -> Iterator[Finding]:
    """Findings on the names of every table, and between tables whose rows bear names of the same list."""
    for table in evidence.tables:
        yield from _unnamed(table, evidence)
        yield from _twice(table)
    yield from _absent(evidence.tables)


def _unnamed(table: Table, evidence: Evidence) -> Iterator[Finding]:
    """Rows for which no name was accepted, in a table whose rows bear names, by its topic or by most of them."""
    parts = [row for row in table.rows if row.role is Role.PART]
    matched = sum([row.match is not None for row in parts])
    spec = evidence.topic.spec(table.spec) if evidence.topic else None
    if not spec and matched * 2 < len(parts):
        return
    for row in parts:
        if row.match is not None or row.settled or not row.label:
            continue
        code = Code.NAME_TO_REVIEW if row.review else Code.NAME_UNMATCHED
        why = row.review or "no list has a name like it"
        yield Finding(
            code, Level.WARNING, f"{row.label!r} has no canonical name: {why}", table.id, row.label, None, row.page
        )


def _twice(table: Table) -> Iterator[Finding]:
    """The same name on two rows under the same headings."""
    keys = [(row.group, row.labels[:-1], row.match.list, row.match.id) for row in table.rows if row.match]
    if len(set(keys)) == len(keys):
        return
    counted = Counter(keys)
    for row in table.rows:
        if row.match and counted[row.group, row.labels[:-1], row.match.list, row.match.id] > 1:
            same = [r.label for r in table.rows if r.match and r.match.id == row.match.id]
            counted[row.group, row.labels[:-1], row.match.list, row.match.id] = 0
            message = f"{row.match.name} stands for {len(same)} rows of {named(table)}: {', '.join(map(repr, same))}"
            yield Finding(Code.MEMBER_TWICE, Level.WARNING, message, table.id, row.label, None, row.page)


def _absent(tables: Sequence[Table]) -> Iterator[Finding]:
    """A name that one table has and its siblings lack: reported once, with all the tables that lack it."""
    names = {table.id: _names(table) for table in tables}
    lacking: dict[tuple[str, str], tuple[Table, list[Table]]] = {}
    for one in tables:
        for other in tables:
            if one is not other and _siblings(names[one.id], names[other.id]):
                for key in names[one.id].keys() - names[other.id].keys():
                    home, lack = lacking.setdefault(key, (one, []))
                    if other not in lack:
                        lack.append(other)
    for key, (home, lack) in sorted(lacking.items(), key=lambda entry: (entry[1][0].id, entry[0])):
        row = names[home.id][key]
        absent = " and ".join(named(table) for table in lack)
        message = f"{row.label} is a row of {named(home)} and is absent from {absent}"
        yield Finding(Code.MEMBER_MISSING, Level.NOTE, message, lack[0].id, row.label, None, row.page)


def _names(table: Table) -> dict[tuple[str, str], Row]:
    return {(row.match.list, row.match.id): row for row in table.rows if row.match}


def _siblings(one: dict[tuple[str, str], Row], other: dict[tuple[str, str], Row]) -> bool:
    fewer = min(len(one), len(other))
    return fewer >= _FEW and len(one.keys() & other.keys()) >= _SIBLINGS * fewer
