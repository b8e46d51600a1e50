"""Totals whose parts stand in the table before: one table that a page break or a caption cut in two."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pv_extract.checks.evidence import named
from pv_extract.checks.judged import Judged, Judgement
from pv_extract.checks.totals import judge_table
from pv_extract.findings import Code, Finding, Level
from pv_extract.languages import Language
from pv_extract.model import Table
from pv_extract.topics import TotalsOf

_TABLES = 4  # tables before that one can continue


def continued(
    judgement: Judgement, before: Sequence[Table], declared: TotalsOf | None, language: Language
) -> tuple[Judgement, Table | None]:
    """The judgement with the rows of the tables before taken along, where that alone makes all its totals hold.

    The tables before must print the same headers on the same page or the one before. The second value is the first table of
    the chain, None where the table stands on its own.
    """
    table = judgement.table
    chain: tuple[Table, ...] = ()
    if not any(_off(judged) for judged in judgement.judged if judged.sheet.by_rows):
        return judgement, None
    rows = table.rows
    for earlier in list(before)[: -_TABLES - 1 : -1]:
        following = chain[0] if chain else table
        if not _continues(earlier, following):
            break
        chain, rows = (earlier, *chain), (*earlier.rows, *rows)
        whole = judge_table(replace(table, rows=rows), declared, language)
        own = [j for j in whole.judged if j.sheet.by_rows and j.total.index >= len(rows) - len(table.rows)]
        if own and any(h.fits for j in own for h in j.holdings) and not any(_off(j) for j in own):
            across = [j for j in judgement.judged if not j.sheet.by_rows]
            return replace(judgement, judged=(*own, *across), ruling=whole.ruling), earlier
    return judgement, None


def _off(judged: Judged) -> bool:
    return not judged.doubt and any(holding.verdict == "off" for holding in judged.holdings)


def _continues(earlier: Table, table: Table) -> bool:
    same = [c.path for c in earlier.columns] == [c.path for c in table.columns]
    first, last = min(table.pages, default=1), max(earlier.pages, default=1)
    return same and 0 <= first - last <= 1


def told(judgement: Judgement, start: Table | None) -> Iterator[Finding]:
    """The finding that a table goes on with the one before."""
    if start is not None:
        table = judgement.table
        message = (
            f"{named(table)} prints the header of {named(start)}, and its totals hold only with the rows of that one: "
            "one table in two parts"
        )
        yield Finding(Code.TABLE_AMBIGUOUS, Level.WARNING, message, table.id, page=min(table.pages, default=None))
