"""Headers that share out the columns under them: each stands over a part of them, and the parts take up all."""

from collections.abc import Sequence

Span = tuple[float, float]  # where a text begins and ends


def in_the_middle(over: Sequence[Span], under: Sequence[Span], near: float, fewest: int = 2) -> list[tuple[int, int]]:
    """First and last of the texts under each text, where each stands in the middle of two or more; empty where not all do.

    Texts over odd numbers of columns stand over one of them too: that they share out all columns tells them from its header.
    Where the `fewest` is one, some may stand over a single text, but not all.
    """
    parts: list[tuple[int, int]] = []
    first = 0
    for text in over:
        last = next(
            (k for k in range(first + fewest - 1, len(under)) if _off(text, under[first], under[k]) < near), None
        )
        if last is None:
            return []
        parts.append((first, last))
        first = last + 1
    return parts if 1 < len(parts) < len(under) and first == len(under) else []


def _off(text: Span, first: Span, last: Span) -> float:
    return abs(text[0] + text[1] - first[0] - last[1]) / 2
