"""Lines that others add up to in all columns but one, where figures say what lines alone do not."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import log2, prod

from pv_extract.checks.nesting import SURE, Members, Stretch
from pv_extract.checks.sheet import Figure, Sheet, Strip

_Sums = Iterable[
    tuple[int, int, int]
]  # column, what lines add up to there, and the sum of the units that they are rounded to
_COLUMNS = 4  # with values, of which one may disagree
_BITS = int(1.5 * SURE)  # of agreement, below which one that disagrees says that they are no sum
_FOR_GOOD = 2  # columns that are passed: no longer stretch comes back to the line in them


@dataclass(frozen=True, slots=True)
class Running:
    """For each column of a sheet what its first lines add up to, from none of them to all: values, units of rounding, figures.

    `grows` says whether all lines have figures there by which no sum comes down again.
    """

    values: Sequence[Sequence[int]]
    steps: Sequence[Sequence[int]]
    known: Sequence[Sequence[int]]
    grows: Sequence[bool]


def running(sheet: Sheet) -> Running:
    """The running sums of a sheet, which give the sum of any stretch of its lines as the difference of two."""
    strips = sheet.strips
    known = list(zip(*[s.known for s in strips], strict=True))
    nothing, every = (0,) * (len(strips) + 1), range(len(strips) + 1)
    return Running(
        [_accumulated(column) for column in zip(*[s.values for s in strips], strict=True)],
        [_accumulated(column) if any(column) else nothing for column in zip(*[s.steps for s in strips], strict=True)],
        [every if all(column) else _accumulated(column) for column in known],
        [
            all(has) and all(grows)
            for has, grows in zip(known, zip(*[s.grows for s in strips], strict=True), strict=True)
        ],
    )


def _accumulated(column: Iterable[int]) -> Sequence[int]:
    return list(accumulate(column, initial=0))


def almost_all(sheet: Sheet, sums: Callable[[], Running], at: int) -> Stretch | None:
    """Members next to a line that add up to it (or whose difference it is) in all columns but one, where three or more agree."""
    if len(sheet.across) < _COLUMNS or len(sheet.strips) < 3:
        return None
    best: Stretch | None = None
    line = sheet.strips[at]
    told = [k for k, known in enumerate(line.known) if known and line.values[k]]
    if len(told) < _COLUMNS or not _tells(line, told):
        return best
    for members, added in (*_two_before(sheet, at, told), *_beside(sheet, sums(), at, told)):
        bits, agreeing, off = _agreeing(line.figures, added)
        if off == 1 and agreeing >= _COLUMNS - 1 and bits >= _BITS and (best is None or bits > best.bits):
            best = Stretch(members, bits)
    return best


def _tells(line: Strip, columns: Sequence[int]) -> bool:
    """Whether the figures of a line are large enough for all but the smallest to say something together."""
    sizes = [abs(line.values[k]) + 1 for k in columns]
    return prod(sizes) >= min(sizes) << _BITS


def _two_before(sheet: Sheet, at: int, columns: Sequence[int]) -> Iterator[tuple[Members, _Sums]]:
    """The two lines before as a difference, with its sums in the columns in which both have values."""
    for first, second in ((at - 2, at - 1), (at - 1, at - 2)) if at > 1 else ():
        yield ((1, first), (-1, second)), _less(sheet.strips[first], sheet.strips[second], columns)


def _less(plus: Strip, minus: Strip, columns: Sequence[int]) -> _Sums:
    """One line less another, in the columns in which both have values."""
    for k in columns:
        if plus.known[k] and minus.known[k]:
            yield k, plus.values[k] - minus.values[k], plus.steps[k] + minus.steps[k]


def _beside(sheet: Sheet, sums: Running, at: int, columns: Sequence[int]) -> Iterator[tuple[Members, _Sums]]:
    """Each stretch of two to twelve lines before a line or behind it that misses it in one column at most, with its sums."""
    line = sheet.strips[at]
    for step in (-1, 1):
        for index in range(at + step, at + 13 * step, step):
            usable = 0 <= index < len(sheet.strips) and sheet.strips[index].additive
            if not usable or sheet.strips[index].percent != line.percent:
                break
            start, stop = min(index, at + 1), max(index + 1, at)
            if stop - start < 2:
                continue
            missed = _missed_twice(line, sums, (start, stop), columns)
            if missed is None:
                members = tuple([(1, i) for i in range(at + step, index + step, step)])
                yield members, _stretch(sums, start, stop, columns)
            elif missed == _FOR_GOOD:
                break


def _missed_twice(line: Strip, sums: Running, bounds: tuple[int, int], columns: Sequence[int]) -> int | None:
    """In how many of two columns the sums over a stretch have passed the line for good; None where they miss one at most.

    Nearly all stretches miss two columns, and two columns tell.
    """
    start, stop = bounds
    missed, passed = 0, 0
    for k in columns:
        known, values, steps = sums.known[k], sums.values[k], sums.steps[k]
        if known[stop] - known[start] == stop - start:
            over = values[stop] - values[start] - line.values[k]
            if abs(over) > (steps[stop] - steps[start] + line.steps[k]) // 2:
                missed += 1
                passed += over > 0 and sums.grows[k]
                if missed == _FOR_GOOD:
                    return passed
    return None


def _stretch(sums: Running, start: int, stop: int, columns: Sequence[int]) -> _Sums:
    """The sums over a stretch of lines, in the columns in which all of them have values."""
    for k in columns:
        if sums.known[k][stop] - sums.known[k][start] == stop - start:
            yield k, sums.values[k][stop] - sums.values[k][start], sums.steps[k][stop] - sums.steps[k][start]


def _agreeing(figures: Sequence[Figure], sums: _Sums) -> tuple[float, int, int]:
    """Bits of agreement, and how many columns agree and disagree, as far as the second that disagrees."""
    bits, agreeing, off = 0.0, 0, 0
    for k, added, loose in sums:
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
