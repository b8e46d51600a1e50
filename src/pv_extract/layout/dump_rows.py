"""Bodies of tables in a dump, row by row or one cell a line: labels, each with a figure for every column."""

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pv_extract.layout.dump_fit import Fit, counts, fit, with_blanks
from pv_extract.layout.dump_label import ends_open
from pv_extract.layout.dump_lines import PAGE_BREAK, Figure, Printed, is_period

MOST_LABEL_LINES = 6
_MOST_LABEL_WORDS = 18
_HEAD_LINES = 12
_MOST_COLUMNS = 40
_TRIAL = 40  # rows by which it shows whether a table begins here, before it is read to its end


class BodyRow(NamedTuple):
    """Label lines above the figures, the label on their line, and the figures; `first` and `last` index the printed lines."""

    first: int
    last: int
    above: tuple[Printed, ...]
    figures: tuple[Figure, ...]
    fit: Fit

    @property
    def doubtful(self) -> bool:
        """Whether the text does not tell which figure stands in which column."""
        return bool(self.fit.doubt)


class Body(NamedTuple):
    """Rows that share a number of columns."""

    columns: int
    rows: tuple[BodyRow, ...]

    @property
    def sure(self) -> int:
        """How many rows leave no doubt."""
        return sum(not row.doubtful for row in self.rows)


def body(lines: Sequence[Printed], start: int, periods: int) -> Body | None:
    """The longest body whose first figures are printed at `start`; `periods` counts the periods of a header above it."""
    head = {line.text for line in lines[max(0, start - _HEAD_LINES) : start] if not line.stops}
    found = []
    for columns in _wanted(lines, start, periods):
        trial, ended = _grow(lines, start, columns, head, _TRIAL)
        if trial and _holds(lines, trial, periods):
            whole = trial if ended else _grow(lines, start, columns, head, len(lines))[0]
            found += [whole] if whole and (ended or _holds(lines, whole, periods)) else []
    return max(found, key=lambda b: (b.columns == periods, b.sure, -b.columns), default=None)


def _wanted(lines: Sequence[Printed], start: int, periods: int) -> list[int]:
    """Numbers of columns to try: those of the header, of the first line, and of the bare lines after it."""
    run, together = start + 1, len(lines[start].figures)
    while run < len(lines) and lines[run].bare and together <= _MOST_COLUMNS:
        together += len(lines[run].figures)
        run += 1
    tries = [periods, *counts(lines[start].figures), *([together] if together <= _MOST_COLUMNS else [])]
    tries += [len(lines[start].figures) - 1] if _led_by_year(lines[start].figures) else []
    tries += _between_years(lines[start:run])
    return [k for k in dict.fromkeys(tries) if k]


def _between_years(lines: Sequence[Printed]) -> list[int]:
    """The number of figures between lines that are a year each, where it is always the same: years label the rows."""
    if not (lines[0].periods and all(len(line.figures) == 1 for line in lines)):
        return []
    years = [n for n, line in enumerate(lines) if line.periods]
    steps = {b - a for a, b in pairwise([*years, len(lines)])}
    return [step - 1 for step in steps if step > 1 and len(steps) == 1 and len(years) > 1]


def _grow(
    lines: Sequence[Printed], start: int, columns: int, head: Collection[str], most: int
) -> tuple[Body | None, bool]:
    """The body with at most so many rows, and whether it ends before them; `head` are the texts of the lines above it."""
    rows: list[BodyRow] = []
    at = start
    while len(rows) < most:
        again = _again(lines, at, head) if rows else at
        if (row := _row(lines, again, columns, first=not rows)) is None:
            break
        rows.append(row)
        at = row.last + 1
    ended = len(rows) < most
    while rows and rows[-1].doubtful:
        rows.pop()  # a short line after the last whole row is more likely text
    while rows and rows[0].doubtful:
        rows.pop(0)
    if not rows or rows[0].first != start:
        return None, ended
    return Body(columns, tuple(_blanks_placed(lines, rows, columns))), ended


def _again(lines: Sequence[Printed], at: int, head: Collection[str]) -> int:
    """Past lines that were printed above the first row too: a header that comes back on a new page, or with its periods."""
    after = at
    while after < len(lines) and lines[after].text in head:
        after += 1
    header = any(line.blanks >= PAGE_BREAK or any(c.isdigit() for c in line.text) for line in lines[at:after])
    return after if header else at


def _row(lines: Sequence[Printed], at: int, columns: int, *, first: bool) -> BodyRow | None:
    """The next row: label lines, then figures on one line or on several."""
    begin = at
    while at < len(lines) and not lines[at].figures:
        if first or lines[at].stops or at - begin >= MOST_LABEL_LINES:
            return None
        at += 1
    if at == len(lines) or not _may_hold_figures(lines[at], columns):
        return None
    figures = list(lines[at].figures)
    last = at
    wanted = columns + (at == begin and columns > 1 and _led_by_line(lines, at, columns))
    while len(figures) < wanted and last + 1 < len(lines) and lines[last + 1].bare:
        if len(figures) + len(lines[last + 1].figures) > wanted:
            break
        last += 1
        figures += lines[last].figures
    above = tuple(lines[begin:at])
    labelled = bool(lines[at].label) or _led_by_year(figures)
    if not labelled and not above and not first and columns == 1:
        return None
    placed = fit(figures, columns, labelled=labelled)
    if placed is None or (placed.doubt and not labelled and len(figures) < columns):
        return None
    return BodyRow(begin, last, above, tuple(figures), placed)


def _led_by_year(figures: Sequence[Figure]) -> bool:
    """Whether a row of figures is labelled by a year or another period that stands first."""
    return len(figures) > 1 and is_period(figures[0].text) and not all(is_period(f.text) for f in figures)


def _led_by_line(lines: Sequence[Printed], at: int, columns: int) -> bool:
    """Whether a year on a line of its own labels a row: as many lines of one figure follow, then another year or words."""
    if not (lines[at].bare and lines[at].periods and len(lines[at].figures) == 1):
        return False
    after = at + 1 + columns
    cells = lines[at + 1 : after]
    ends = after >= len(lines) or not lines[after].bare or lines[after].periods
    return (
        ends
        and len(cells) == columns
        and all(line.bare and len(line.figures) == 1 and not line.periods for line in cells)
    )


def _may_hold_figures(line: Printed, columns: int) -> bool:
    if line.note or line.caption or line.sentence:
        return False
    return not line.item or (columns > 1 and len(line.figures) >= columns)


def _blanks_placed(lines: Sequence[Printed], rows: Sequence[BodyRow], columns: int) -> Iterator[BodyRow]:
    """Rows once more, now that it shows whether a second space stands for a blank cell: not where whole rows have them."""
    whole = [r for r in rows if len(r.figures) == columns and r.first + len(r.above) == r.last]
    spaced = sum(any(f.spaces > 1 for f in r.figures) for r in whole) <= 0.5 * len(whole)
    for row in rows:
        line = lines[row.first + len(row.above)]
        blank = with_blanks(row.figures, columns) if spaced and line.label else None
        yield row._replace(fit=blank) if blank else row


def _holds(lines: Sequence[Printed], found: Body, periods: int) -> bool:
    """Whether the rows make a table rather than lines of text that happen to end in figures."""
    if 2 * found.sure < len(found.rows) or not any(_counts(f) for row in found.rows for f in row.figures):
        return False
    if _columnwise(lines, found):
        return False
    labelled = sum(bool(row.above or lines[row.first].label or row.fit.label) for row in found.rows[1:])
    if 2 * labelled < len(found.rows) - 1:
        return False
    headed = found.columns == periods
    least = 1 if headed and periods > 1 else 2 if found.columns > 1 or headed else 3
    if found.columns > 1 and not headed and len(found.rows) == 2 and _reads_on(lines, found):
        return False
    return len(found.rows) >= least and not (
        found.columns == 1 and (_reads_on(lines, found) or _open_ended(lines, found))
    )


def _counts(figure: Figure) -> bool:
    """Whether a figure is a number rather than a year or a dash."""
    return any(c.isdigit() for c in figure.text) and not is_period(figure.text)


def _columnwise(lines: Sequence[Printed], found: Body) -> bool:
    """Whether what looks like rows are columns under their headers: all one label, or figures in blocks apart from it."""
    split = [r for r in found.rows if r.first + len(r.above) < r.last]
    if found.columns == 1 or not split:
        return False
    labels = {" ".join([*(a.text for a in r.above), lines[r.first + len(r.above)].label]) for r in found.rows[1:]}
    blocks = 0
    for row in split:
        first = row.first + len(row.above)
        blocks += lines[first].blanks > 0 and not any(line.blanks for line in lines[first + 1 : row.last + 1])
    return (len(labels) == 1 and len(found.rows) > 2) or 2 * blocks > len(found.rows) or _years_last(split)


def either_way(lines: Sequence[Printed], found: Body, first: int, label: int) -> bool:
    """Whether rows and header stand apart in blocks, a cell a line: columns under their headers would be printed alike.

    The header begins with line `first` and ends before the `label` lines of the first row's label.
    """
    if len(found.rows) < 2 or found.columns < 2:
        return False
    begin = found.rows[0].first - label
    blocks = [(begin, found.rows[0].last), *((r.first, r.last) for r in found.rows[1:])]
    header = lines[first:begin]
    single = all(len(line.figures) < 2 for a, b in blocks for line in lines[a : b + 1])
    apart = all(lines[a].blanks and not any(line.blanks for line in lines[a + 1 : b + 1]) for a, b in blocks)
    return single and apart and len(header) > found.columns and not any(line.blanks for line in header[1:])


def _years_last(split: Sequence[BodyRow]) -> bool:
    """Whether years that follow each other end the rows: they are headers of the figures that come after."""
    last = [r.figures[-1].text for r in split]
    return any(a.isdigit() and b.isdigit() and is_period(a) and int(b) == int(a) + 1 for a, b in pairwise(last))


def _open_ended(lines: Sequence[Printed], found: Body) -> bool:
    """Whether many labels end in a word that no label ends in, as lines of text do before a number: `it rose from` / `30`."""
    rows = [r for r in found.rows if r.first + len(r.above) == r.last]
    labels = [lines[r.last].label or (lines[r.last - 1].text if r.last else "") for r in rows]
    return 3 * sum(ends_open(label) for label in labels) >= len(found.rows)


def _reads_on(lines: Sequence[Printed], found: Body) -> bool:
    """Whether labels are long, or text goes on in lower case after figures: the signs of prose broken over lines."""
    labels = [" ".join([*(a.text for a in r.above), lines[r.last].label]) for r in found.rows[1:]]
    long = sum(label.count(" ") >= _MOST_LABEL_WORDS for label in labels)
    after = [lines[r.last + 1] for r in found.rows if r.last + 1 < len(lines) and lines[r.last].label]
    lower = sum(1 for line in after if not line.blanks and line.text[:1].islower() and line.text.count(" ") >= 4)
    return 2 * long > len(labels) or 2 * lower > len(found.rows)
