"""Totals that no word announces: lines that the lines next to them add up to, found by the arithmetic alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log2

from pv_extract.checks.sheet import Figure, Sheet, State, Strip
from pv_extract.model import Role

Members = tuple[tuple[int, int], ...]  # (sign, index of the line)
SURE = 20.0  # bits of agreement that make a line a total though no word says so
_TELLING = 3.0  # bits below which a line that its neighbours add up to says nothing
_HEADS = 10.0  # bits that the lines with members of their own must have together
_FAR = 80  # lines that a total without a word for it can reach
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


@dataclass(slots=True)
class _Path:
    position: int
    members: Members
    sums: list[int]
    loose: list[int]
    open: list[bool]
    telling: list[int]  # members too large to vanish in the rounding
    bits: float
    heads: int = 0

    def step(self, strip: Strip, span: Span) -> "_Path":
        figures = strip.figures
        return _Path(
            span.end,
            (*self.members, (1, strip.index)),
            [a + f.value for a, f in zip(self.sums, figures, strict=True)],
            [a + f.step for a, f in zip(self.loose, figures, strict=True)],
            [a or f.state in (State.UNKNOWN, State.MASKED) for a, f in zip(self.open, figures, strict=True)],
            [a + (abs(f.value) > 3 * f.step) for a, f in zip(self.telling, figures, strict=True)],
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


def _start(position: int, width: int) -> _Path:
    zeros = [0] * width
    return _Path(position, (), zeros, zeros, [False] * width, zeros, 0.0)


def spans(run: Sequence[Strip]) -> list[list[Span]]:
    """For each line of a run, where its own members can end: right after it (it has none), or where they add up to it."""
    found: list[list[Span]] = [[] for _ in run]
    for p in reversed(range(len(run))):
        found[p] = [Span(_end_by_label(run, p), 0.0)]
        if not any(figure.value for figure in run[p].figures):
            continue
        for path in _paths(run, found, p + 1, run[p]):
            if len(path.members) > 1 and (bits := path.agreement(run[p])) and bits > _TELLING:
                found[p].append(Span(path.position, bits + path.bits))
    return found


def _end_by_label(run: Sequence[Strip], at: int) -> int:
    """A line stands for itself; one that a label makes a total also for the lines up to the next such total."""
    if run[at].role is Role.PART:
        return at + 1
    return next((p for p in range(at + 1, len(run)) if run[p].role is not Role.PART), len(run))


def _paths(run: Sequence[Strip], found: Sequence[Sequence[Span]], start: int, total: Strip) -> Iterator[_Path]:
    """Sums of ever longer stretches from `start`, shorter ones first; at most `_STATES` of them and `_FAR` lines.

    A stretch that has passed the total where sums can only grow is not followed further: it never comes back to it.
    """
    frontier = [_start(start, len(run[0].figures))] if run else []
    stop = min(len(run), start + _FAR)
    growing = next(_growing(run[start:stop], total), None)
    states = 0
    while frontier and states < _STATES:
        path = frontier.pop()
        states += 1
        yield path
        if path.position < stop and not (growing and path.sums[growing[0]] > growing[1]):
            frontier += [path.step(run[path.position], span) for span in reversed(found[path.position])]


def _growing(lines: Sequence[Strip], total: Strip) -> Iterator[tuple[int, int]]:
    """Columns in which every line has an exact figure that is not negative, with the total's own exact figure there."""
    for k, figure in enumerate(total.figures):
        if figure.known and not figure.step and all(_adds_exactly(line.figures[k]) for line in lines):
            yield k, figure.value


def _adds_exactly(figure: Figure) -> bool:
    return figure.value >= 0 and not figure.step and figure.state not in (State.UNKNOWN, State.MASKED)


def stretches(run: Sequence[Strip], found: Sequence[Sequence[Span]], start: int, total: Strip) -> Iterator[Stretch]:
    """Stretches from `start` on that add up to the total in every column, with the bits that speak for them."""
    if start >= len(run):
        return
    for path in _paths(run, found, start, total):
        if len(path.members) > 1 and (bits := path.agreement(total)):
            nested = path.heads > 1 and path.bits > _HEADS and path.position == len(run)
            yield Stretch(path.members, bits + path.bits, nested)


def between(
    run: Sequence[Strip], found: Sequence[Sequence[Span]], bounds: tuple[int, int], total: Strip
) -> Iterator[Stretch]:
    """All lines from one position up to another, read towards the total: heads that lead their members, a total behind them all."""
    start, stop = bounds
    for path in _paths(run[:stop], [[s for s in spans_ if s.end <= stop] for spans_ in found[:stop]], start, total):
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
    for k, figure in enumerate(sheet.strips[at].figures):
        parts = [(sign, sheet.strips[index].figures[k]) for sign, index in members]
        if not figure.known or any(part.state in (State.UNKNOWN, State.MASKED) for _, part in parts):
            continue
        slack = sum(part.step for _, part in parts) + figure.step
        if abs(figure.value - sum(sign * part.value for sign, part in parts)) > slack // 2:
            return None
        if sum(part.value != 0 for _, part in parts) > 1:
            bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
    return bits


def almost_all(sheet: Sheet, at: int) -> Stretch | None:
    """Members next to a line that add up to it (or whose difference it is) in all columns but one, where three or more agree."""
    best: Stretch | None = None
    if sum(figure.known and figure.value != 0 for figure in sheet.strips[at].figures) < 4:
        return best
    for members in _simple(sheet, at):
        bits, agreeing, off = _agreeing(sheet, members, at)
        if off == 1 and agreeing > 2 and (best is None or bits > best.bits):
            best = Stretch(members, bits)
    return best


def _simple(sheet: Sheet, at: int) -> Iterator[Members]:
    """The two lines before as a difference, and each stretch of two to twelve lines before it or behind it."""
    if at > 1:
        yield ((1, at - 2), (-1, at - 1))
        yield ((-1, at - 2), (1, at - 1))
    for step in (-1, 1):
        members: Members = ()
        for index in range(at + step, at + 13 * step, step):
            usable = 0 <= index < len(sheet.strips) and sheet.strips[index].additive
            if not usable or sheet.strips[index].percent != sheet.strips[at].percent:
                break
            members = (*members, (1, index))
            if len(members) > 1:
                yield members


def _agreeing(sheet: Sheet, members: Members, at: int) -> tuple[float, int, int]:
    """Bits of agreement, and how many columns agree and disagree, as far as the second that disagrees."""
    bits, agreeing, off = 0.0, 0, 0
    for k, figure in enumerate(sheet.strips[at].figures):
        parts = [(sign, sheet.strips[index].figures[k]) for sign, index in members]
        if not figure.known or not all(part.known for _, part in parts) or not figure.value:
            continue
        slack = sum(part.step for _, part in parts) + figure.step
        if abs(figure.value - sum(sign * part.value for sign, part in parts)) > slack // 2:
            off += 1
            if off > 1:
                break
        else:
            agreeing += 1
            bits += max(0.0, log2((abs(figure.value) + 1) / max(1, slack)))
    return bits, agreeing, off
