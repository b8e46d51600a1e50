"""Tables in a dump that prints column by column, as pdfminer does: a block of labels, a block of figures for each column."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from pv_extract.layout.dump_decide import Text, decide
from pv_extract.layout.dump_label import wraps
from pv_extract.layout.dump_lines import Printed, cut, is_period

_FEWEST = 2  # figures in a block
_MOST_TEXT = 6  # lines of text between figures, unless they are labels of as many figures


class Blocks(NamedTuple):
    """Header cells, labels and blocks of figures of a table, and the index of its first and last line.

    Where the text does not tell which figure belongs to which label, it is not `decided`: `headers` is empty then, `labels`
    has all the text and `figures` all the figures as they came. `doubt` says what the text leaves open.
    """

    first: int
    last: int
    stub: Text | None
    headers: tuple[Text, ...]
    labels: tuple[Text, ...]
    figures: tuple[tuple[Printed, ...], ...]
    doubt: str = ""
    decided: bool = True


def blocks_in(text: Sequence[Printed], begin: int, end: int) -> Blocks | None:
    """The table that the lines from `begin` up to `end` print block by block; None where they make none."""
    runs = list(_runs(text, begin, end))
    cells = list(_texts(text, begin, end, runs))
    figures = tuple(tuple(text[n] for n in run) for run in runs)
    count = sum(len(run) for run in runs)
    if count < 2 * _FEWEST or len(cells) < _FEWEST:
        return None
    if found := decide(cells, figures):
        doubt = found.doubt or _more(text, end)
        return Blocks(begin, end - 1, found.stub, found.headers, found.labels, found.columns, doubt)
    if not any(lone(text, n) and lone(text, n + 1) for n in range(begin, end - 1)) or not _likely(cells, count):
        return None
    doubt = f"{count} figures and {len(cells)} texts are printed apart: which figure belongs to which label is not told"
    return Blocks(begin, end - 1, None, (), tuple(cells), figures, doubt, decided=False)


def _more(text: Sequence[Printed], end: int) -> str:
    """The doubt that figures printed below, past a line or heading that ended the table, may belong to it all the same."""
    stops, at = 0, end
    while at < len(text) and stops < 2:
        stops += bool(text[at].stops or text[at].closes)
        at += 1
    count = sum(lone(text, n) for n in range(end, at))
    if count < _FEWEST:
        return ""
    return f"{count} more figures follow below the table, apart from any label: rows or a column of it may be printed there"


def _likely(cells: Sequence[Text], count: int) -> bool:
    """Whether so many figures and texts can be a table at all, rather than the axes of a chart beside some words."""
    labels = sum(not is_period(cell.text) for cell in cells)
    return labels >= 2 * _FEWEST and 2 * count >= labels


def lone(text: Sequence[Printed], at: int) -> bool:
    """Whether a line is one figure; a number that could be a year is one where no period stands beside it."""
    line = text[at]
    if not line.bare or len(line.figures) != 1:
        return False
    beside = [text[n] for n in (at - 1, at + 1) if 0 <= n < len(text)]
    return not line.periods or (line.text.isdigit() and not any(other.periods for other in beside))


def reach(text: Sequence[Printed], at: int, floor: int) -> tuple[int, int]:
    """First line and line after the last of the stretch of labels, headers and figures around `at`."""
    begin = at
    while begin > floor and not (text[begin - 1].stops or text[begin - 1].closes):
        begin -= 1
    begin = _past_item(text, begin, at, floor)
    end, last = at, at
    while end < len(text) and not (text[end].stops or text[end].closes):
        if lone(text, end) or text[end].periods:
            last = end
        end += 1
    figures = sum(lone(text, n) for n in range(begin, last + 1))
    labels_follow = end - last - 1 <= max(_MOST_TEXT, figures) and not any(lone(text, n) for n in range(last + 1, end))
    before = sum(not line.bare for line in text[begin:at])
    return begin, end if labels_follow and before < _FEWEST else last + 1


def _past_item(text: Sequence[Printed], begin: int, at: int, floor: int) -> int:
    """Past the lines that go on with an item or caption above: up to a blank line."""
    if begin > floor and text[begin - 1].stops and not text[begin].blanks and not text[begin - 1].closes:
        return next((n for n in range(begin, at) if text[n].blanks), begin)
    return begin


def _runs(text: Sequence[Printed], begin: int, end: int) -> Iterator[list[int]]:
    """Lines of figures that follow each other without a blank line."""
    run: list[int] = []
    for n in range(begin, end):
        if lone(text, n) and (not run or (run[-1] == n - 1 and not text[n].blanks)):
            run.append(n)
            continue
        if run:
            yield run
        run = [n] if lone(text, n) else []
    if run:
        yield run


def _texts(text: Sequence[Printed], begin: int, end: int, runs: Sequence[Sequence[int]]) -> Iterator[Text]:
    """Lines that are no figures, those that go on with the line above joined to it."""
    held: list[Printed] = []
    after = 0
    ends = [run[-1] for run in runs]
    for n in range(begin, end):
        line = text[n]
        before = bisect_left(ends, n)
        if lone(text, n):
            continue
        if held and before == after and not line.blanks and not line.periods and wraps(held[-1].text, line.text):
            held.append(line)
            continue
        if held:
            yield from _cells(held, after)
        held, after = [line], before
    if held:
        yield from _cells(held, after)


def _cells(lines: Sequence[Printed], after: int) -> Iterator[Text]:
    """One cell, or a cell for each period where a line holds several."""
    line = lines[0]
    if len(lines) == 1 and line.bare and line.periods and len(line.figures) > 1:
        for figure in line.figures:
            yield Text((cut(replace(line.line, text=figure.text), line.first, line.last, 0),), after)
    else:
        yield Text(tuple(lines), after)
