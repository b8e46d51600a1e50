"""Which lines a total adds up: told by headers, groups and words for totals, and confirmed by the arithmetic itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pv_extract.checks.nesting import SURE, Lines, Members, between, lines_of, stretches
from pv_extract.checks.sheet import Sheet, Strip, Word
from pv_extract.model import Role
from pv_extract.text import fold


@dataclass(frozen=True, slots=True)
class Reading:
    """Members of a total, and how they were told: `sure` by labels alone, otherwise by `bits` of agreement in all columns.

    `nested`: the lines are all there are on that side, and two or more stand for members of their own.
    """

    members: Members
    how: str
    sure: bool
    bits: float = 0.0
    nested: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Lines of one unit in one direction, with the totals that the arithmetic finds among them."""

    lines: Lines
    side: str
    places: Sequence[int]  # of the lines in the sheet, counted towards the end of the run

    @property
    def strips(self) -> tuple[Strip, ...]:
        """The lines, the nearest to a total first."""
        return self.lines.strips

    def after(self, at: int) -> int:
        """Position of the first line past this one."""
        return bisect_right(self.places, at if self.side == "below" else -at)

    def leading_to(self, at: int) -> tuple[int, int]:
        """Positions of the lines that this run meets before it meets this one: from the last total on, up to this one."""
        stop = bisect_left(self.places, at if self.side == "below" else -at)
        start = next((p + 1 for p in reversed(range(stop)) if self.strips[p].role is not Role.PART), 0)
        return start, stop


def runs(sheet: Sheet, *, percent: bool) -> tuple[Run, Run]:
    """The lines that could be parts of a sum, seen upwards and downwards."""
    down = [s for s in sheet.strips if s.percent == percent and s.additive]
    up = down[::-1]
    return Run(lines_of(up), "above", [-s.index for s in up]), Run(lines_of(down), "below", [s.index for s in down])


def readings(sheet: Sheet, at: int, both: Sequence[Run]) -> Iterator[Reading]:
    """Every way in which the line can be a total of others, those that labels decide first."""
    return (reading for reading in _readings(sheet, at, both) if reading.sure or len(reading.members) > 1)


def _readings(sheet: Sheet, at: int, both: Sequence[Run]) -> Iterator[Reading]:
    total = sheet.strips[at]
    yield from _by_path(total, both[1].strips)
    yield from _by_group(total, both[1].strips)
    yield from _beside_level(sheet, at)
    yield from _by_level(sheet, at)
    for run in both:
        yield from _next_to(sheet, total, run)
    for run in both:
        for stretch in stretches(run.lines, run.after(at), total):
            yield Reading(
                stretch.members, f"the lines {run.side}", sure=False, bits=stretch.bits, nested=stretch.nested
            )
    for run in both:
        for stretch in between(run.lines, run.leading_to(at), total):
            yield Reading(stretch.members, "all lines before it", sure=False, bits=stretch.bits, nested=stretch.nested)


def _by_path(total: Strip, parts: Sequence[Strip]) -> Iterator[Reading]:
    """`Totaal` under or above other headers: the lines whose path differs only where the total's path says `Totaal`."""
    same_depth = [s for s in parts if s.index != total.index and len(s.path) == len(total.path) > 1]
    for depth, is_word in enumerate(total.says_total):
        if is_word and total.role is not Role.PART:
            rest = total.path[:depth] + total.path[depth + 1 :]
            members = [
                s for s in same_depth if not s.says_total[depth] and s.path[:depth] + s.path[depth + 1 :] == rest
            ]
            if len(members) > 1 and (whole := [s for s in parts if _whole(s, rest, depth)]):
                yield Reading(
                    plus([*members, *whole]), "the lines with the same header, totals in place of theirs", sure=True
                )
            if len(members) > 1:
                yield Reading(plus(members), "the lines with the same header", sure=True)
    twins = [s for s in parts if s.index < total.index and s.path[-1:] == total.path[-1:] and s.path[-1]]
    if total.role is Role.PART and len(twins) > 1:
        yield Reading(plus(twins), "the lines with the same label", sure=False)


def _whole(strip: Strip, rest: tuple[str, ...], depth: int) -> bool:
    """Whether a line one level deeper is the total of its header (`Local | Total | Amount` beside `State | Amount`)."""
    if len(strip.path) != len(rest) + 2:
        return False
    cut = next((d for d, said in enumerate(strip.says_total) if said and d != depth), None)
    path = strip.path[:cut] + strip.path[cut + 1 :] if cut is not None else ()
    return bool(path) and not strip.says_total[depth] and path[:depth] + path[depth + 1 :] == rest


def _by_group(total: Strip, parts: Sequence[Strip]) -> Iterator[Reading]:
    """A total outside the groups adds up their totals, or all lines in them."""
    others = [s for s in parts if s.index != total.index and len(s.path) > len(total.path)]
    groups = {s.path[:-1] for s in others}
    if total.role is Role.PART or len(groups) < 2:
        return
    level = [s for s in parts if s.index != total.index and len(s.path) == len(total.path) and s.role is Role.PART]
    totals = [s for s in others if s.role is not Role.PART]
    if len(totals) == len(groups):
        yield Reading(plus([*totals, *level]), "the totals of the groups", sure=True)
    yield Reading(plus([s for s in (*others, *level) if s.role is Role.PART]), "all lines of the groups", sure=True)


def _by_level(sheet: Sheet, at: int) -> Iterator[Reading]:
    """Lines indented deeper than the total, right below it or above it: the least deep of them are its members."""
    total = sheet.strips[at]
    for lines, side in ((sheet.strips[at + 1 :], "below"), (sheet.strips[:at][::-1], "above")):
        run: list[Strip] = []
        for strip in lines:
            if strip.level <= total.level and not strip.blank:
                break
            run.append(strip)
        usable = [s for s in run if s.percent == total.percent and s.additive]
        if len(usable) > 1:
            least = min(strip.level for strip in usable)
            yield Reading(plus([s for s in usable if s.level == least]), f"the indented lines {side}", sure=True)


def _beside_level(sheet: Sheet, at: int) -> Iterator[Reading]:
    """Lines as deep as the total, those indented under them left to them."""
    total = sheet.strips[at]
    for lines, side in ((sheet.strips[:at][::-1], "above"), (sheet.strips[at + 1 :], "below")):
        cut = next((p for p, s in enumerate(lines) if s.role is not Role.PART and s.level <= total.level), len(lines))
        usable = [s for s in lines[:cut] if s.additive and s.percent == total.percent]
        same = [s for s in usable if s.level == total.level]
        if total.role is not Role.PART and len(same) > 1 and any(s.level > total.level for s in usable):
            yield Reading(plus(same), f"the lines {side} that are not indented", sure=True)


def _next_to(sheet: Sheet, total: Strip, run: Run) -> Iterator[Reading]:
    """The block up to the next total or heading; beyond it, subtotals that stand for their members, or the members themselves."""
    lines = run.strips[run.after(total.index) :]
    if total.role is Role.PART or not lines:
        return
    cut = next((p for p, s in enumerate(lines) if s.role is not Role.PART), len(lines))
    block = _same_heading(sheet, total, lines[:cut])
    only = cut == len(lines)
    yield from _without_the_excepted(total, block, run.side)
    if block and (len(block) > 1 or only or total.role is Role.SUBTOTAL):
        yield Reading(plus(block), f"the lines {run.side}", sure=total.role is Role.SUBTOTAL or only)
    if only:
        return
    until = _until_equal(lines)
    heads = [s for s in until if s.role is not Role.PART]
    loose = lines[:cut] if run.side == "above" else []
    beyond = _next_block(until) if run.side == "below" else []
    grand = total.role is Role.TOTAL
    if len(heads) == 2 and grand:
        signed = ((1, heads[1].index), (-1, heads[0].index))
        yield Reading(signed, f"the difference of the two totals {run.side}", sure=False, bits=SURE)
    yield Reading(plus([*heads, *loose, *beyond]), f"the subtotals {run.side} and lines outside them", sure=grand)
    yield Reading(plus(heads), f"the subtotals {run.side}", sure=grand and len(heads) > 1)
    yield Reading(
        plus([s for s in until if s.role is Role.PART]), f"all lines {run.side} without subtotals", sure=grand
    )
    if len(block) > 1 and grand:
        yield Reading(plus(block), f"the lines {run.side} up to the next total", sure=True)


def _without_the_excepted(total: Strip, block: Sequence[Strip], side: str) -> Iterator[Reading]:
    """`Totaal exclusief Brussel`: the lines but those that the label names."""
    if Word.EXCEPT in total.words:
        said = set(fold(total.label).split())
        kept = [s for s in block if not any(len(word) > 3 and word in said for word in fold(s.label).split())]
        if 0 < len(kept) < len(block):
            yield Reading(plus(kept), f"the lines {side} but those it leaves out", sure=True)


def _same_heading(sheet: Sheet, total: Strip, block: Sequence[Strip]) -> Sequence[Strip]:
    """Lines up to where a blank line or another heading starts, for a subtotal; all of them for a total."""
    if total.role is not Role.SUBTOTAL:
        return block
    kept: list[Strip] = []
    for strip in block:
        between = sheet.strips[min(strip.index, total.index) + 1 : max(strip.index, total.index)]
        if any(line.blank for line in between) or (kept and strip.path[:-1] != kept[0].path[:-1]):
            break
        kept.append(strip)
    return kept


def _until_equal(lines: Sequence[Strip]) -> Sequence[Strip]:
    """Lines that belong to a grand total: all of them where others are subtotals; up to the next total of its own kind else."""
    if any(s.role is Role.SUBTOTAL for s in lines):
        stop = next((p for p, s in enumerate(lines) if s.role is Role.TOTAL), len(lines))
        return lines[:stop]
    return lines


def _next_block(lines: Sequence[Strip]) -> Sequence[Strip]:
    """Loose lines before the first subtotal that leads its own members."""
    return lines[: next((p for p, s in enumerate(lines) if s.role is not Role.PART), 0)]


def plus(strips: Sequence[Strip]) -> Members:
    """The lines as members that are added."""
    return tuple((1, strip.index) for strip in strips)
