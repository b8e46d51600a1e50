"""How a printed number turns into another by one slip: swapped digits, a misread digit, a glued mark, a factor of ten."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

# Digits that readers and scanners take for one another, in either direction.
_ALIKE = frozenset(
    map(frozenset, ("17", "14", "38", "35", "56", "58", "68", "80", "06", "69", "08", "49", "27", "71", "03"))
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One slip: the digits as they should be, what happened to them, and how plausible that is (higher is likelier)."""

    digits: str
    kind: str
    words: str
    score: float


def edits(digits: str, marks: AbstractSet[str]) -> Iterator[Edit]:
    """Every number that one slip could have turned into these digits; `marks` are the footnote marks of the table."""
    yield from _glued(digits, marks)
    yield from _factors(digits)
    yield from _swaps(digits)
    yield from _misreadings(digits)
    yield from _lost(digits)


def _glued(digits: str, marks: AbstractSet[str]) -> Iterator[Edit]:
    for length in (1, 2):
        if len(digits) > length:
            known = digits[-length:] in marks
            if known or length == 1:
                yield Edit(
                    digits[:-length], "glued mark", f"the mark {digits[-length:]} glued to it", 6.0 if known else 2.0
                )


def _factors(digits: str) -> Iterator[Edit]:
    for power in (1, 2, 3):
        yield Edit(digits + "0" * power, "factor", f"a factor {10**power} too small", 4.5)
        if digits.endswith("0" * power) and len(digits) > power:
            yield Edit(digits[:-power], "factor", f"a factor {10**power} too large", 4.5)


def _swaps(digits: str) -> Iterator[Edit]:
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            yield Edit(swapped, "swapped digits", f"digits {digits[i]} and {digits[i + 1]} swapped", 4.0)


def _misreadings(digits: str) -> Iterator[Edit]:
    for i, read in enumerate(digits):
        for meant in "0123456789":
            if meant != read:
                alike = frozenset((meant, read)) in _ALIKE
                yield Edit(
                    digits[:i] + meant + digits[i + 1 :],
                    "misread digit",
                    f"{read} read for {meant}",
                    3.0 if alike else 1.5,
                )


def _lost(digits: str) -> Iterator[Edit]:
    for i in range(len(digits) + 1):
        for lost in "0123456789":
            yield Edit(digits[:i] + lost + digits[i:], "lost digit", f"a digit {lost} lost", 0.8)
    for i in range(len(digits)):
        if len(digits) > 1:
            yield Edit(digits[:i] + digits[i + 1 :], "extra digit", f"a digit {digits[i]} too many", 0.8)
