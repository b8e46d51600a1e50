"""Totals that no word announces: lines that the lines next to them add up to, found by the arithmetic alone."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log2
from typing import NamedTuple

from pv_extract.checks.sheet import Sheet, Strip
from pv_extract.model import Role

Members = tuple[tuple[int, int], ...]  # (sign, index of the line)
SURE = 20.0  # bits of agreement that make a line a total though no word says so
_TELLING = 3.0  # bits below which a line that its neighbours add up to says nothing
_HEADS = 10.0  # bits that the lines with members of their own must have together
_FAR = 80  # lines that a total without a word for it can reach
_STATES = 300  # sums followed at a time; tables as people print them need few


class Span(NamedTuple):
    """Where the members of a line end in a run, with the bits of agreement that speak for it (its members' own included)."""

    end: int
    bits: float


class Stretch(NamedTuple):
    """Lines next to a total, each standing for its own members; `bits` speak for the lines that were taken for totals.

    `nested`: they reach to the end of the run, and two or more stand for members.
    """

    members: Members
    bits: float
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines in the order in which a sum takes them up, with the totals that the arithmetic finds among them.

    `stops` says for each column which lines have a figure there by which a sum may also come down; `spans` where the members
    of each line can end, `adding` which stretches behind a line add up to it.
    """

    strips: tuple[Strip, ...]
    stops: Sequence[Sequence[int]]
    spans: Sequence[Sequence[Span]]
    adding: Sequence[Sequence[Stretch]]


class _Path(NamedTuple):
    """Lines taken up so far; `reached` and `loose` are what they add up to in the one column that says when to stop."""

    position: int
    strips: tuple[Strip, ...] = ()
    reached: int = 0
    loose: int = 0
    bits: float = 0.0
    heads: int = 0

    @property
    def members(self) -> Members:
        """The lines as members that are added."""
        return tuple([(1, strip.index) for strip in self.strips])

    @property
    def nested(self) -> bool:
        """Whether two or more of the lines stand for members, and enough speaks for that."""
        return self.heads > 1 and self.bits > _HEADS

    def step(self, strip: Strip, span: Span, column: int) -> "_Path":
        return _Path(
            span.end,
            (*self.strips, strip),
            self.reached + strip.values[column],
            self.loose + strip.steps[column],
            self.bits + span.bits,
            self.heads + (span.bits > 0),
        )

    def agreement(self, head: Strip) -> float | None:
        """Bits by which the sums so far agree with a line in every column; None where one disagrees."""
        bits = 0.0
        for k, figure in enumerate(head.figures):
            if not figure.known or True in [strip.gaps[k] for strip in self.strips]:
                continue
            slack = sum([strip.steps[k] for strip in self.strips]) + figure.step
            if abs(figure.value - sum([strip.values[k] for strip in self.strips])) > slack // 2:
                return None
            if sum([strip.telling[k] for strip in self.strips]) > 1:  # too large to vanish in the rounding
                bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
        return bits


def lines_of(strips: Sequence[Strip]) -> Lines:
    """The lines with, for each, where its own members can end: right after it (it has none), or where they add up to it."""
    count = len(strips)
    spans: list[Sequence[Span]] = [()] * count
    adding: list[Sequence[Stretch]] = [()] * count
    run = Lines(tuple(strips), _stops(strips), spans, adding)
    sums = _sums(run)
    there = set(sums)  # those that a stretch behind a line can end at; empty as soon as a line can stand for others
    for p in reversed(range(count)):
        strip = strips[p]
        end = p + 1 if strip.role is Role.PART else _next_total(strips, p)
        spans[p] = own = (Span(end, 0.0),)
        idle = p + 2 >= count or not any(strip.values)  # one line is no sum, and zeros say nothing
        missed = there and strip.known[0] and sums[p + 1] + strip.values[0] not in there
        found = () if idle or missed else _adding(run, p + 1, strip)
        if found:
            adding[p] = [stretch for _, _, stretch in found]
            spans[p] = (*own, *[Span(end, stretch.bits) for end, bits, stretch in found if bits > _TELLING])
        if end > p + 1 or len(spans[p]) > 1:
            there = set()
    return run


def _sums(run: Lines) -> Sequence[int]:
    """What the first lines add up to in the first column, from none of them to all; empty where a sum there can be inexact."""
    strips = run.strips
    if len(strips) < 3 or not run.stops or run.stops[0] or any(strip.steps[0] for strip in strips):
        return ()
    return list(accumulate([strip.values[0] for strip in strips], initial=0))


def _stops(strips: Sequence[Strip]) -> Sequence[Sequence[int]]:
    """See `Lines.stops`."""
    columns = zip(*[strip.grows for strip in strips], strict=True)
    return [() if all(column) else [p for p, grows in enumerate(column) if not grows] for column in columns]


def _next_total(run: Sequence[Strip], at: int) -> int:
    """Where the members of a line end that a label makes a total: at the next such total."""
    return next((p for p in range(at + 1, len(run)) if run[p].role is not Role.PART), len(run))


def _paths(run: Lines, start: int, total: Strip, until: int) -> Iterable[_Path]:
    """Sums of two and more lines from `start` that can be the total, shorter ones first; at most `_STATES` and `_FAR` lines.

    None goes past `until`. A stretch that has passed the total where sums can only grow is not followed further: it never
    comes back to it.
    """
    stop = min(until, start + _FAR)
    if stop - start < 2:
        return ()
    column = _growing(run, start, stop, total)
    path = _Path(start) if column is None else _near(run, start, stop, total, column)
    return _followed(run, path, total, (stop, until), column) if path else ()


def _followed(run: Lines, path: _Path, total: Strip, bounds: tuple[int, int], column: int | None) -> Iterator[_Path]:
    """The sums of `_paths` that begin with these lines."""
    stop, until = bounds
    told = total.figures[column or 0]
    frontier, states = [path], len(path.strips)
    while frontier and states < _STATES:
        path = frontier.pop()
        states += 1
        slack = (path.loose + told.step) // 2
        if column is not None and path.reached - told.value > slack:
            continue
        if len(path.strips) > 1 and (column is None or told.value - path.reached <= slack):
            yield path
        if path.position < stop:
            strip = run.strips[path.position]
            frontier += [path.step(strip, s, column or 0) for s in reversed(run.spans[path.position]) if s.end <= until]


def _near(run: Lines, start: int, stop: int, total: Strip, column: int) -> _Path | None:
    """The lines from `start` on as far as they can be taken in one way only and stay below the total; None if they pass it."""
    told, step = total.values[column], total.steps[column]
    strips, spans = run.strips, run.spans
    taken: list[Strip] = []
    position, reached, loose = start, 0, 0
    while position < stop and len(spans[position]) == 1:
        strip = strips[position]
        more, slack = reached + strip.values[column], loose + strip.steps[column]
        if abs(more - told) <= (slack + step) // 2:
            break
        if more > told:
            return None
        position, reached, loose = spans[position][0].end, more, slack
        taken.append(strip)
    return _Path(position, tuple(taken), reached, loose) if position < stop else None


def _growing(run: Lines, start: int, stop: int, total: Strip) -> int | None:
    """The first column in which the total has a value and no line lets a sum come down again."""
    for k, stops in enumerate(run.stops):
        if total.known[k] and (not stops or bisect_left(stops, start) == bisect_left(stops, stop)):
            return k
    return None


def _adding(run: Lines, start: int, total: Strip) -> Sequence[tuple[int, float, Stretch]]:
    """Stretches from `start` on that add up to the total in every column: where each ends, the bits of that, and itself."""
    end = len(run.strips)
    paths = _paths(run, start, total, end)
    if not paths:
        return ()
    return [
        (path.position, bits, Stretch(path.members, bits + path.bits, path.nested and path.position == end))
        for path in paths
        if (bits := path.agreement(total))
    ]


def stretches(run: Lines, start: int, total: Strip) -> Sequence[Stretch]:
    """Stretches from `start` on that add up to the total in every column, with the bits that speak for them."""
    if start > 0 and run.strips[start - 1].index == total.index:
        return run.adding[start - 1]
    return [stretch for _, _, stretch in _adding(run, start, total)]


def between(run: Lines, bounds: tuple[int, int], total: Strip) -> Iterator[Stretch]:
    """All lines from one position up to another, read towards the total: heads that lead their members, a total behind them all."""
    start, stop = bounds
    if not any(len(spans) > 1 for spans in run.spans[start:stop]):
        return  # no line leads members
    for path in _paths(run, start, total, stop):
        if path.position == stop and path.bits > _HEADS and (bits := path.agreement(total)):
            yield Stretch(path.members, bits + path.bits, path.nested)


def difference(sheet: Sheet, at: int) -> Stretch | None:
    """The two lines right above (or to the left) whose difference the line is, in every column."""
    if at < 2:
        return None
    first, second, line = sheet.strips[at - 2], sheet.strips[at - 1], sheet.strips[at]
    if not first.percent == second.percent == line.percent or first.role is not Role.PART:
        return None
    for plus, minus in ((first, second), (second, first)):
        if bits := _difference(plus, minus, line):
            return Stretch(((1, plus.index), (-1, minus.index)), bits)
    return None


def _difference(plus: Strip, minus: Strip, line: Strip) -> float | None:
    """Bits by which a line is the difference of two others in every column that has values; None where it is not in one."""
    bits = 0.0
    for k, figure in enumerate(line.figures):
        if not line.known[k] or plus.gaps[k] or minus.gaps[k]:
            continue
        slack = plus.steps[k] + minus.steps[k] + figure.step
        if abs(figure.value - plus.values[k] + minus.values[k]) > slack // 2:
            return None
        if plus.values[k] and minus.values[k]:
            bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
    return bits
