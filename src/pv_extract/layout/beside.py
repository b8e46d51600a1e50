"""Two tables beside each other without a rule: labels begin anew in the middle of the figures."""

from collections.abc import Sequence
from itertools import pairwise

from pv_extract.languages import languages
from pv_extract.layout.columns import Column, separators
from pv_extract.layout.lines import has_digits, is_figure
from pv_extract.layout.strips import Strip

_FEWEST = 2  # labels in a column of labels


def gutter(strips: Sequence[Strip], found: Sequence[Column]) -> float | None:
    """The x between two tables side by side; None where the region is one table.

    A column of labels after columns of figures begins a second table where it stands further off than figures do from each
    other, or where header or total say so: the header of the labels comes again, or both columns of labels have a total.
    """
    if len(found) < 4:
        return None  # no columns of labels and figures at both sides
    marks = separators(found)
    held = _texts(strips, marks)
    for c in range(2, len(found) - 1):
        if not (_figures(held[c - 1]) and _figures(held[c + 1])):
            continue
        if _headed_alike(held[0], held[c]) or (_labels(held[c]) and (_apart(found, c, held) or _totalled(held, c))):
            return marks[c - 1]
    return None


def _texts(strips: Sequence[Strip], marks: Sequence[float]) -> list[list[tuple[int, str]]]:
    """Texts of each column with the number of their line."""
    out: list[list[tuple[int, str]]] = [[] for _ in range(len(marks) + 1)]
    for number, strip in enumerate(strips):
        for piece in strip.chunks:
            x = piece.box.middle[0]
            out[sum([m <= x for m in marks])].append((number, piece.text))
    return out


def _figures(texts: Sequence[tuple[int, str]]) -> bool:
    figures = sum(1 for _, text in texts if is_figure(text))
    return figures >= _FEWEST and figures >= 0.5 * len(texts)


def _labels(texts: Sequence[tuple[int, str]]) -> bool:
    """Whether a column names rows: texts of which no two are alike, and no figures."""
    body = [text.casefold() for _, text in texts]
    worded = [text for text in body if any(c.isalpha() for c in text) and not has_digits(text)]
    return len(worded) > _FEWEST and len(worded) >= 0.9 * len(body) and len(set(worded)) == len(worded)


def _apart(found: Sequence[Column], c: int, held: Sequence[Sequence[tuple[int, str]]]) -> bool:
    """Whether the gap before this column is wider than any between columns of figures."""
    gaps = {k: b.x0 - a.x1 for k, (a, b) in enumerate(pairwise(found))}
    others = [gap for k, gap in gaps.items() if k != c - 1 and _figures(held[k]) and _figures(held[k + 1])]
    return bool(others) and gaps[c - 1] > max(25.0, 1.6 * max(others))


def _headed_alike(left: Sequence[tuple[int, str]], right: Sequence[tuple[int, str]]) -> bool:
    """Whether the header of the labels comes again over another column of labels."""
    worded = sum(1 for _, text in right if any(c.isalpha() for c in text))
    return bool(left and right) and left[0] == right[0] and 2 * worded > len(right) > _FEWEST


def _totalled(held: Sequence[Sequence[tuple[int, str]]], c: int) -> bool:
    """Whether both columns of labels have a total."""
    return all(any(language.is_total(text) for _, text in held[k] for language in languages()) for k in (0, c))
