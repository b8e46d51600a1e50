"""Totals that no word announces: lines that the lines next to them add up to, found by the arithmetic alone."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from operator import add, or_

from pv_extract.checks.sheet import Figure, Sheet, State, Strip
from pv_extract.model import Role

Members = tuple[tuple[int, int], ...]  # (sign, index of the line)
_Sums = Mapping[
    int, tuple[int, int]
]  # by column: what lines add up to, and the sum of the units that they are rounded to
SURE = 20.0  # bits of agreement that make a line a total though no word says so
_TELLING = 3.0  # bits below which a line that its neighbours add up to says nothing
_HEADS = 10.0  # bits that the lines with members of their own must have together
_FAR = 80  # lines that a total without a word for it can reach
_COLUMNS = 4  # with values, of which one may disagree, before figures say what lines alone do not
_STATES = 300  # sums followed at a time; tables as people print them need few


@dataclass(frozen=True, slots=True)
class Span:
    """Where the members of a line end in a run, with the bits of agreement that speak for it (its members' own included)."""

    end: int
    bits: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines next to a total, each standing for its own members; `bits` speak for the lines that were taken for totals.

    `nested`: they reach to the end of the run, and two or more stand for members.
    """

    members: Members
    bits: float
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in the order in which a sum takes them up, with the totals that the arithmetic finds among them.

    `exact` says for each column and line where the first line from there on stands that has no exact figure of zero or more;
    `spans` where the members of each line can end, `adding` which stretches behind a line add up to it.
    """

    strips: tuple[Strip, ...]
    exact: tuple[tuple[int, ...], ...]
    spans: Sequence[Sequence[Span]]
    adding: Sequence[Sequence[Stretch]]


@dataclass(slots=True)
class _Path:
    position: int
    members: Members
    sums: Sequence[int]
    loose: Sequence[int]
    open: Sequence[bool]
    telling: Sequence[int]  # members too large to vanish in the rounding
    bits: float
    heads: int = 0

    def step(self, strip: Strip, span: Span) -> "_Path":
        return _Path(
            span.end,
            (*self.members, (1, strip.index)),
            list(map(add, self.sums, strip.values)),
            list(map(add, self.loose, strip.steps)) if any(strip.steps) else self.loose,
            list(map(or_, self.open, strip.gaps)) if any(strip.gaps) else self.open,
            list(map(add, self.telling, strip.telling)),
            self.bits + span.bits,
            self.heads + (span.bits > 0),
        )

    def agreement(self, head: Strip) -> float | None:
        """Bits by which the sums so far agree with a line in every column; None where one disagrees."""
        bits = 0.0
        for figure, added, loose, is_open, telling in zip(
            head.figures, self.sums, self.loose, self.open, self.telling, strict=True
        ):
            if is_open or not figure.known:
                continue
            slack = loose + figure.step
            if abs(figure.value - added) > slack // 2:
                return None
            if telling > 1:
                bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
        return bits


def lines_of(strips: Sequence[Strip]) -> Lines:
    """The lines with, for each, where its own members can end: right after it (it has none), or where they add up to it."""
    spans: list[list[Span]] = [[] for _ in strips]
    adding: list[list[Stretch]] = [[] for _ in strips]
    run = Lines(tuple(strips), _exact(strips), spans, adding)
    for p in reversed(range(len(strips))):
        spans[p].append(Span(_end_by_label(strips, p), 0.0))
        for end, bits, stretch in _adding(run, p + 1, strips[p]) if any(strips[p].values) else ():
            adding[p].append(stretch)
            if bits > _TELLING:
                spans[p].append(Span(end, stretch.bits))
    return run


def _exact(strips: Sequence[Strip]) -> tuple[tuple[int, ...], ...]:
    """See `Lines.exact`; one position more than there are lines."""
    found = []
    for column in zip(*(strip.figures for strip in strips), strict=True):
        until = [len(strips)]
        for p in reversed(range(len(strips))):
            until.append(until[-1] if _adds_exactly(column[p]) else p)
        found.append(tuple(reversed(until)))
    return tuple(found)


def _adds_exactly(figure: Figure) -> bool:
    return figure.value >= 0 and not figure.step and figure.state not in (State.UNKNOWN, State.MASKED)


def _end_by_label(run: Sequence[Strip], at: int) -> int:
    """A line stands for itself; one that a label makes a total also for the lines up to the next such total."""
    if run[at].role is Role.PART:
        return at + 1
    return next((p for p in range(at + 1, len(run)) if run[p].role is not Role.PART), len(run))


def _paths(run: Lines, start: int, total: Strip, until: int | None = None) -> Iterator[_Path]:
    """Sums of ever longer stretches from `start`, shorter ones first; at most `_STATES` of them and `_FAR` lines.

    None goes past `until`. A stretch that has passed the total where sums can only grow is not followed further: it never
    comes back to it.
    """
    until = len(run.strips) if until is None else until
    stop = min(until, start + _FAR)
    zeros = (0,) * len(total.figures)
    frontier = [_Path(start, (), zeros, zeros, (False,) * len(zeros), zeros, 0.0)]
    column, most = next(_growing(run, start, stop, total), (-1, 0))
    states = 0
    while frontier and states < _STATES:
        path = frontier.pop()
        states += 1
        yield path
        if path.position < stop and not (column >= 0 and path.sums[column] > most):
            strip = run.strips[path.position]
            frontier += [path.step(strip, s) for s in reversed(run.spans[path.position]) if s.end <= until]


def _growing(run: Lines, start: int, stop: int, total: Strip) -> Iterator[tuple[int, int]]:
    """Columns in which every line has an exact figure that is not negative, with the total's own exact figure there."""
    for k, figure in enumerate(total.figures):
        if figure.known and not figure.step and (start >= stop or run.exact[k][start] >= stop):
            yield k, figure.value


def _adding(run: Lines, start: int, total: Strip) -> Iterator[tuple[int, float, Stretch]]:
    """Stretches from `start` on that add up to the total in every column: where each ends, the bits of that, and itself."""
    for path in _paths(run, start, total):
        if len(path.members) > 1 and (bits := path.agreement(total)):
            nested = path.heads > 1 and path.bits > _HEADS and path.position == len(run.strips)
            yield path.position, bits, Stretch(path.members, bits + path.bits, nested)


def stretches(run: Lines, start: int, total: Strip) -> Sequence[Stretch]:
    """Stretches from `start` on that add up to the total in every column, with the bits that speak for them."""
    if start > 0 and run.strips[start - 1].index == total.index:
        return run.adding[start - 1]
    return [stretch for _, _, stretch in _adding(run, start, total)]


def between(run: Lines, bounds: tuple[int, int], total: Strip) -> Iterator[Stretch]:
    """All lines from one position up to another, read towards the total: heads that lead their members, a total behind them all."""
    start, stop = bounds
    for path in _paths(run, start, total, stop):
        if path.position == stop and path.bits > _HEADS and len(path.members) > 1 and (bits := path.agreement(total)):
            yield Stretch(path.members, bits + path.bits, path.heads > 1 and path.bits > _HEADS)


def difference(sheet: Sheet, at: int) -> Stretch | None:
    """The two lines right above (or to the left) whose difference the line is, in every column."""
    if at < 2:
        return None
    first, second, line = sheet.strips[at - 2], sheet.strips[at - 1], sheet.strips[at]
    if not first.percent == second.percent == line.percent or first.role is not Role.PART:
        return None
    for members in (((1, at - 2), (-1, at - 1)), ((1, at - 1), (-1, at - 2))):
        if bits := agreement(sheet, members, at):
            return Stretch(members, bits)
    return None


def agreement(sheet: Sheet, members: Members, at: int) -> float | None:
    """Bits by which signed members agree with a line in every column that has values; None where one disagrees."""
    bits = 0.0
    parts = [(sign, sheet.strips[index]) for sign, index in members]
    for k, figure in enumerate(sheet.strips[at].figures):
        if not figure.known or any(strip.gaps[k] for _, strip in parts):
            continue
        slack = sum([strip.steps[k] for _, strip in parts], figure.step)
        if abs(figure.value - sum([sign * strip.values[k] for sign, strip in parts])) > slack // 2:
            return None
        if sum([strip.values[k] != 0 for _, strip in parts]) > 1:
            bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
    return bits


def almost_all(sheet: Sheet, at: int) -> Stretch | None:
    """Members next to a line that add up to it (or whose difference it is) in all columns but one, where three or more agree."""
    best: Stretch | None = None
    figures = sheet.strips[at].figures
    told = [k for k, figure in enumerate(figures) if figure.known and figure.value]
    if len(told) < _COLUMNS:
        return best
    for members, sums in _simple(sheet, at, told):
        bits, agreeing, off = _agreeing(figures, sums)
        if off == 1 and agreeing >= _COLUMNS - 1 and (best is None or bits > best.bits):
            best = Stretch(members, bits)
    return best


def _simple(sheet: Sheet, at: int, columns: Sequence[int]) -> Iterator[tuple[Members, _Sums]]:
    """The two lines before as a difference, and each stretch of two to twelve lines before it or behind it.

    Each comes with its sums in the columns in which all its members have values, as long as these are enough to tell.
    """
    start: _Sums = dict.fromkeys(columns, (0, 0))
    if at > 1:
        for first, second in ((at - 2, at - 1), (at - 1, at - 2)):
            sums = _added(_added(start, sheet.strips[first]), sheet.strips[second], -1)
            yield ((1, first), (-1, second)), sums
    for step in (-1, 1):
        members: Members = ()
        sums = start
        for index in range(at + step, at + 13 * step, step):
            usable = 0 <= index < len(sheet.strips) and sheet.strips[index].additive
            if not usable or sheet.strips[index].percent != sheet.strips[at].percent:
                break
            members, sums = (*members, (1, index)), _added(sums, sheet.strips[index])
            if len(sums) < _COLUMNS:
                break
            if len(members) > 1:
                yield members, sums


def _added(sums: _Sums, strip: Strip, sign: int = 1) -> _Sums:
    """The sums with one line more, in the columns in which it has a value."""
    return {
        k: (added + sign * figure.value, loose + figure.step)
        for k, (added, loose) in sums.items()
        if (figure := strip.figures[k]).known
    }


def _agreeing(figures: Sequence[Figure], sums: _Sums) -> tuple[float, int, int]:
    """Bits of agreement, and how many columns agree and disagree, as far as the second that disagrees."""
    bits, agreeing, off = 0.0, 0, 0
    for k, (added, loose) in sums.items():
        figure = figures[k]
        slack = loose + figure.step
        if abs(figure.value - added) > slack // 2:
            off += 1
            if off > 1:
                break
        else:
            agreeing += 1
            bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
    return bits, agreeing, off
