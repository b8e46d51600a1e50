"""What a dump prints above the figures of a table: column headers over lines and levels, the stub's header, the first label."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pv_extract.layout.dump_label import together, wraps
from pv_extract.layout.dump_lines import Printed, is_period
from pv_extract.layout.dump_rows import Body

_MOST_LINES = 24
_CHUNK = re.compile(r" {2,}|\t")
_LONGEST_LONE_HEADER = 4  # words: a longer text alone above one column is its caption rather than its header


class HeadCell(NamedTuple):
    """A header cell over `span` data columns from `column`, which counts from 0."""

    text: str
    column: int
    span: int
    page: int


class Head(NamedTuple):
    """Header levels from the top, header of the stub, lines of the first row's label; `first` is the first line taken."""

    first: int
    stub: str
    levels: tuple[tuple[HeadCell, ...], ...]
    label: tuple[Printed, ...]
    doubts: tuple[str, ...] = ()


class _Columns(NamedTuple):
    """Header cells found in lines from `first` up to `end`; `stub` where the same line prints the header of the stub."""

    first: int
    end: int
    levels: tuple[tuple[HeadCell, ...], ...]
    stub: str | None = None
    doubts: tuple[str, ...] = ()


def period_run(lines: Sequence[Printed], at: int) -> tuple[int, int]:
    """The periods printed from `at` on, as (how many, index after them); a second line goes on with periods alone."""
    count, after = 0, at
    while after < len(lines) and lines[after].periods and (after == at or lines[after].bare):
        count += len(lines[after].figures)
        after += 1
    return count, after


def head(lines: Sequence[Printed], body: Body, floor: int) -> Head:
    """The head of a body; no line before `floor` is part of it."""
    start = body.rows[0].first
    begin, fresh = _zone(lines, start, floor)
    led = bool(body.rows[0].fit.label) and not lines[start].label
    label_at = start if led else _label_start(lines, begin, start)
    found = _by_periods(lines, begin, label_at, body.columns) or _by_words(lines, begin, label_at, body)
    if found is None:
        return Head(label_at, "", (), tuple(lines[label_at:start]))
    label = tuple(lines[found.end : start])
    if found.stub is not None:
        return Head(found.first, found.stub, found.levels, label, found.doubts)
    above = _stub_start(lines, begin, found.first, fresh=fresh)
    stub = together([line.line.text for line in lines[above : found.first]])
    return Head(above, stub, found.levels, label, found.doubts)


# -- how far up ---------------------------------------------------------------------------------------------------------


def _zone(lines: Sequence[Printed], start: int, floor: int) -> tuple[int, bool]:
    """Where the lines above a body begin that may be its head, and whether a new thought begins there."""
    at = start
    while at > floor and start - at < _MOST_LINES + len(lines[start].figures):
        line = lines[at - 1]
        if line.item or line.caption or line.note:
            return _past_continuation(lines, at, start)
        if line.closes or (line.figures and not line.periods):
            return at, True
        at -= 1
    return at, at == floor


def _past_continuation(lines: Sequence[Printed], at: int, start: int) -> tuple[int, bool]:
    """Past the lines that go on with an item, caption or note: up to a blank line, or as long as they start in lower case."""
    gap = next((n for n in range(at, start) if lines[n].blanks), None)
    if gap is not None and not any(line.periods for line in lines[at:gap]):
        return gap, True
    while at < start and lines[at].text[:1].islower():
        at += 1
    return at, False


def _label_start(lines: Sequence[Printed], begin: int, start: int) -> int:
    """Where the label of the first row begins: above its figures, or above the line that ends in them."""
    at = start
    while at > begin and not lines[at - 1].figures:
        below = lines[at].label if at == start else lines[at].text
        if below and (lines[at].blanks or not wraps(lines[at - 1].text, below)):
            break
        at -= 1
    return at


def _stub_start(lines: Sequence[Printed], begin: int, end: int, *, fresh: bool) -> int:
    """Where the header of the stub begins: its paragraph, or all that is there when a sentence ended just before."""
    at = end
    while at > begin:
        at -= 1
        if lines[at].blanks:
            return at
    return at if fresh else end


# -- columns by periods ---------------------------------------------------------------------------------------------------


def _by_periods(lines: Sequence[Printed], begin: int, end: int, columns: int) -> _Columns | None:
    """Headers that are years or other periods, one for each column or one for as many columns each."""
    last = next((n for n in range(end - 1, begin - 1, -1) if lines[n].periods), None)
    if last is None:
        return None
    first = last
    while first > begin and lines[first - 1].periods and lines[first].bare:
        first -= 1
    cells = [(figure.text, line.line.page) for line in lines[first : last + 1] for figure in line.figures]
    stub = lines[first].label or None
    if len(cells) == columns:
        after = last + 1
        if same := _repeated(lines[after:end], columns):
            cells, after = [(f"{text} {same}", page) for text, page in cells], end
        return _with_label(
            lines, begin, first, _Columns(first, after, (_level(cells, 1),), stub, _open(lines[after:end]))
        )
    share, rest = divmod(columns, len(cells))
    below = _cells(lines[last + 1 : end], columns)
    if rest or share < 2 or below is None:
        return None
    texts = [text for text, _ in below]
    repeated = all(texts[n] == texts[n % share] for n in range(columns))
    doubts = () if repeated else (f"{len(cells)} periods over {columns} columns are taken to span {share} each",)
    return _with_label(
        lines, begin, first, _Columns(first, end, (_level(cells, share), _level(below, 1)), stub, doubts)
    )


def _repeated(lines: Sequence[Printed], columns: int) -> str:
    """What lines print once for each column: a unit below its period."""
    words = " ".join(line.text for line in lines).split(" ")
    size, rest = divmod(len(words), columns)
    parts = {" ".join(words[n * size : (n + 1) * size]) for n in range(columns)}
    return parts.pop() if size and not rest and columns > 1 and len(parts) == 1 else ""


def _open(below: Sequence[Printed]) -> tuple[str, ...]:
    """The doubt that lines below the periods, taken as headings, are headers of more columns: they name a period too."""
    dated = next((line.text for line in below if any(c.isdigit() for c in line.text)), None)
    return () if dated is None else (f"{dated!r} below the headers is taken as a heading, and may head another column",)


def _with_label(lines: Sequence[Printed], begin: int, first: int, found: _Columns) -> _Columns:
    """The stub's header on the line of the periods, with the lines of its paragraph above."""
    if found.stub is None:
        return found
    above = first
    while above > begin and not lines[above].blanks and not lines[above - 1].figures:
        above -= 1
    texts = [*(line.line.text for line in lines[above:first]), found.stub]
    return _Columns(above, found.end, found.levels, together(texts), found.doubts)


def _level(cells: Sequence[tuple[str, int]], span: int) -> tuple[HeadCell, ...]:
    return tuple(HeadCell(text, n * span, span, page) for n, (text, page) in enumerate(cells))


# -- columns by words -----------------------------------------------------------------------------------------------------


def _by_words(lines: Sequence[Printed], begin: int, end: int, body: Body) -> _Columns | None:
    """Headers in words; what cannot be divided over the columns stays one text above them all, with a doubt."""
    zone, columns = lines[begin:end], body.columns
    if not zone:
        return None
    one_line = columns > 1 and len(lines[body.rows[0].first].figures) == columns
    for first in (end - 1, begin) if one_line and not lines[end - 1].text[:1].islower() else (begin,):
        for wanted in (columns + 1, columns):
            cells = _cells(lines[first:end], wanted)
            if cells is None:
                continue
            stub = cells[0][0] if wanted > columns else None
            doubts = _header_doubt(lines[first:end], wanted, led=stub is not None)
            return _Columns(first, end, (_level(cells[-columns:], 1),), stub, doubts)
    text = together([line.line.text for line in zone])
    if columns == 1:
        if text.count(" ") >= _LONGEST_LONE_HEADER:
            return None
        return _Columns(begin, end, (_level([(text, zone[0].line.page)], 1),), "", _header_doubt(zone, 1, led=False))
    last = lines[end - 1]
    doubt = f"the header {last.text!r} cannot be divided over {columns} columns"
    return _Columns(end - 1, end, ((HeadCell(last.text, 0, columns, last.line.page),),), None, (doubt,))


def _header_doubt(lines: Sequence[Printed], wanted: int, *, led: bool) -> tuple[str, ...]:
    """The doubt that remains where headers were divided by little evidence; `led` tells that the first heads the labels."""
    if len(lines) == 1:
        return ()
    if wanted == 1:
        return (f"{len(lines)} lines are taken for the header of the only column: some may head the labels",)
    words = all(" " not in line.text for line in lines)  # a word a line has no room to tell by
    if len(lines) != wanted and len(_paragraphs(lines)) != wanted and (words or not led):
        return ("where one header ends and the next begins is told by the length of their lines alone",)
    return () if led else (f"{wanted} texts are taken for the headers of as many columns, none for that of the labels",)


def _cells(lines: Sequence[Printed], wanted: int) -> list[tuple[str, int]] | None:
    """The lines as exactly so many header cells: by wide spaces, by words, by paragraphs, by lines, or by where lines wrap."""
    if not lines or wanted < 1:
        return None
    page = lines[0].line.page
    if len(lines) == 1:
        words = lines[0].text.split(" ")
        for texts in (_CHUNK.split(lines[0].line.text.strip()), words, _around_periods(words)):
            if len(texts) == wanted > 1:
                return [(text, page) for text in texts]
        return [(lines[0].text, page)] if wanted == 1 else None
    for parts in (_paragraphs(lines), [[line] for line in lines], _wrapped(lines)):
        if len(parts) == wanted:
            return [(together([line.line.text for line in part]), part[0].line.page) for part in parts]
    return None


def _around_periods(words: Sequence[str]) -> list[str]:
    """Words cut before each period, or after it: `2024 (r) 2025 (r)`, `BA 2025 BO 2026 BO 2026 – BA 2025`."""
    before: list[list[str]] = [[]]
    after: list[list[str]] = [[]]
    for at, word in enumerate(words):
        if is_period(word) and before[-1]:
            before.append([])
        before[-1].append(word)
        after[-1].append(word)
        dash = at + 1 < len(words) and words[at + 1] in ("-", "–", "/", "tot", "vs")
        if is_period(word) and not dash and at + 1 < len(words):
            after.append([])
    parts = before if is_period(words[0]) else after
    whole = all(any(is_period(word) for word in part) for part in parts)
    return [" ".join(part) for part in parts] if whole else []


def _paragraphs(lines: Sequence[Printed]) -> list[list[Printed]]:
    out = [[lines[0]]]
    for line in lines[1:]:
        if line.blanks:
            out.append([])
        out[-1].append(line)
    return out


def _wrapped(lines: Sequence[Printed]) -> list[list[Printed]]:
    """Lines gathered as long as the next word would not have fitted: a line broken earlier ends a cell."""
    out = [[lines[0]]]
    for before, line in pairwise(lines):
        width = max(len(part.text) for part in out[-1])
        if not line.blanks and len(before.text) + 1 + len(line.text.split(" ")[0]) > width:
            out[-1].append(line)
        else:
            out.append([line])
    return out
