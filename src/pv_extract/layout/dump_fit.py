"""Figures of a printed row placed in its columns: thousands grouped with a space, blank cells, numbers that end a label."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pv_extract.layout.dump_lines import Figure, is_period

_LEAD = re.compile(r"[-−–+(€$]*\s?\d{1,3}")
_GROUP = re.compile(r"\d{3}")
_LAST = re.compile(r"\d{3}(?:[,.]\d+)?\)?(?:\s?[%€]|\W{0,3})?")
_MARK = re.compile(r"\(\d{1,2}\)")
_SHORT = 4  # digits
_HEADLESS = re.compile(r"0\d{2}\D*")
_MOST_GROUPS = 6  # of digits in one number
_MOST_FIGURES = 120  # of a line, past which nobody asks whether some of them are parts of one number


UNDECIDED = " | "  # between figures whose columns are unknown, so that nothing reads them as one number


class Fit(NamedTuple):
    """Figures in columns, None for a blank one; `label` is what of them belongs to the label before.

    `doubt` says why the text does not decide; all figures then stand in the first column, as one text.
    """

    cells: tuple[str | None, ...]
    label: str = ""
    doubt: str = ""


def fit(figures: Sequence[Figure], columns: int, *, labelled: bool) -> Fit | None:
    """The figures of one row over this many columns; None where they are too many for any reading.

    `labelled` tells that a label stands before them.
    """
    if len(figures) == columns and not any(map(_HEADLESS.fullmatch, texts := [f.text for f in figures])):
        return Fit(tuple(texts))
    if len(figures) > columns:
        return _too_many(figures, columns, labelled=labelled)
    return _undecided(figures, columns, f"{len(figures)} figures for {columns} columns")


def counts(figures: Sequence[Figure]) -> Iterator[int]:
    """The numbers of columns that the figures could fill, most likely first."""
    yield len(figures)
    if any(figure.alone for figure in figures) or len(figures) > _MOST_FIGURES:
        return
    least = 0
    for figure in figures:
        least += not (least and _LAST.fullmatch(figure.text))
    if least and least < len(figures):
        yield from range(len(figures) - 1, least - 1, -1)


def _too_many(figures: Sequence[Figure], columns: int, *, labelled: bool) -> Fit | None:
    texts = [f.text for f in figures]
    merged = [] if figures[0].alone or len(texts) > _MOST_FIGURES else list(islice(_merged(texts, columns, set()), 2))
    if len(merged) == 1:
        return Fit(tuple(merged[0]))
    if merged:
        return _undecided(figures, columns, f"{len(texts)} groups of digits for {columns} columns")
    extra = len(texts) - columns
    if not labelled or not all(map(_of_a_label, texts[:extra])):
        return None
    return Fit(tuple(texts[extra:]), " ".join(texts[:extra]))


def _of_a_label(text: str) -> bool:
    """Whether a number may end a label: a period, a short number, a mark in brackets."""
    return is_period(text) or (text.isdigit() and len(text) <= _SHORT) or bool(_MARK.fullmatch(text))


def _merged(texts: Sequence[str], columns: int, closed: set[tuple[int, int]]) -> Iterator[list[str]]:
    """Ways to read groups of three digits as parts of so many numbers; no number starts with a zero group.

    `closed` keeps the counts of groups and columns left from which no way leads on: no place is searched twice in vain.
    """
    if columns == 0:
        if not texts:
            yield []
        return
    none = (len(texts), columns) not in closed
    for size in range(1, min(len(texts) - columns + 1, _MOST_GROUPS) + 1) if none else ():
        if not is_one_number(texts[:size]):
            continue
        for rest in _merged(texts[size:], columns - 1, closed):
            none = False
            yield [" ".join(texts[:size]), *rest]
    if none:
        closed.add((len(texts), columns))


def is_one_number(texts: Sequence[str]) -> bool:
    """Whether words that follow each other are the groups of thousands of one number."""
    if len(texts) == 1:
        return not _HEADLESS.fullmatch(texts[0])
    return bool(
        _LEAD.fullmatch(texts[0])
        and not texts[0].startswith("0")
        and all(_GROUP.fullmatch(t) for t in texts[1:-1])
        and _LAST.fullmatch(texts[-1])
    )


def with_blanks(figures: Sequence[Figure], columns: int) -> Fit | None:
    """The one way in which figures behind a label and the blanks before them add up to the columns.

    A second space stands for a blank cell; leading numbers may be left to the label.
    """
    if not any(figure.spaces > 1 for figure in figures):
        return None
    found = []
    for dropped in range(len(figures)):
        cells: list[str | None] = []
        for figure in figures[dropped:]:
            cells += [None] * max(0, figure.spaces - 1) + [figure.text]
        if len(cells) == columns and None in cells:
            found.append(Fit(tuple(cells), " ".join(f.text for f in figures[:dropped])))
    return found[0] if len(found) == 1 else None


def _undecided(figures: Sequence[Figure], columns: int, doubt: str) -> Fit:
    together = UNDECIDED.join(f.text for f in figures)
    return Fit((together, *[None] * (columns - 1)), doubt=f"{together!r}: {doubt}")


def no_header(columns: int) -> str:
    """The doubt about a table of which nothing says what its columns are."""
    return f"{columns} columns of figures have no header that could be told apart from the text above"
