"""What the blocks of a column-wise dump are, where their sizes, their turns or their totals leave one way only."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pv_extract.kept import kept
from pv_extract.layout.dump_label import ends_open, together
from pv_extract.layout.dump_lines import Printed, is_period
from pv_extract.layout.dump_sums import adds_up, ordered

_FEWEST = 2  # figures in a block

Block = tuple[Printed, ...]


@dataclass(frozen=True)  # no slots: its text is put together once, however often it is asked for
class Text:
    """A cell of text, from the lines that it wraps over, and how many blocks of figures stand before it."""

    lines: tuple[Printed, ...]
    after: int

    @kept
    def text(self) -> str:
        """The lines as one text."""
        return together([line.line.text for line in self.lines])

    @kept
    def dated(self) -> bool:
        """Whether a period is part of it, as in the headers of columns."""
        return any(is_period(word) for word in self.text.split(" "))


class Decision(NamedTuple):
    """Header of the stub, headers of the columns, labels, and the figures of each column in the order of the labels."""

    stub: Text | None
    headers: tuple[Text, ...]
    labels: tuple[Text, ...]
    columns: tuple[Block, ...]
    doubt: str = ""


def decide(cells: Sequence[Text], figures: Sequence[Block]) -> Decision | None:
    """The table that texts and blocks of figures make, None where more than one would do."""
    if not cells or not figures:
        return None
    return _by_size(cells, figures) or _single_column(cells, figures) or _by_sums(cells, figures)


def _by_size(cells: Sequence[Text], figures: Sequence[Block]) -> Decision | None:
    """A column for each block where all have as many figures, and just one way of telling headers and labels apart holds."""
    rows = len(figures[0])
    headers = len(cells) - rows
    if rows < _FEWEST or any(len(block) != rows for block in figures) or headers - len(figures) not in (0, 1):
        return None
    found = [way for start in range(headers + 1) if (way := _way(cells, start, rows, figures))]
    return found[0] if len(found) == 1 else None


def _way(cells: Sequence[Text], start: int, rows: int, figures: Sequence[Block]) -> Decision | None:
    columns = len(figures)
    labels = cells[start : start + rows]
    if labels[0].after != labels[-1].after:  # they are not printed together
        return None
    rest = [*cells[:start], *cells[start + rows :]]
    stub = None
    if len(rest) == columns + 1 and start:
        first = 0 if cells[start - 1].dated else start - 1
        stub = rest.pop(first)
        if stub.dated:
            return None
    dated = {header.dated for header in rest}
    if len(rest) != columns or len(dated) != 1:
        return None
    alike = True in dated or not any(label.dated for label in labels)
    if not alike or any(is_period(label.text) for label in labels):
        return None
    return Decision(stub, tuple(rest), tuple(labels), tuple(figures))


def _single_column(cells: Sequence[Text], figures: Sequence[Block]) -> Decision | None:
    """Labels and figures of a table with one column, printed by turns: as many labels as figures each turn.

    With more columns the order, by rows or by columns, would be open; where the counts allow that too, nothing is decided.
    """
    count = sum(len(run) for run in figures)
    extra = len(cells) - count
    in_turn = Counter(cell.after for cell in cells)
    turns = sorted(in_turn)
    printed = [in_turn[turn] for turn in turns]
    between = [*turns[1:], len(figures)]
    taken = [sum(len(run) for run in figures[a:b]) for a, b in zip(turns, between, strict=True)]
    other = any(len(cells) in (count // k + k, count // k + k + 1) for k in range(2, count) if count % k == 0)
    if (
        extra not in (0, 1, 2)
        or printed[0] - extra != taken[0]
        or printed[1:] != taken[1:]
        or (other and len(turns) == 1)
    ):
        return None
    head, labels = cells[:extra], [cell.text for cell in cells[extra:]]
    if any(map(is_period, labels)) or 3 * sum(map(ends_open, labels)) >= len(labels):
        return None
    column = tuple(line for run in figures for line in run)
    sure = len(turns) == 1 or adds_up(labels, [[line.text] for line in column])
    doubt = "" if sure else "labels and figures that the dump prints by turns are taken for one column in their order"
    return Decision(head[0] if extra == 2 else None, tuple(head[-1:]), tuple(cells[extra:]), (column,), doubt)


def _by_sums(cells: Sequence[Text], figures: Sequence[Block]) -> Decision | None:
    """Stub header, headers that are periods, labels, and a block of figures for each column, where the totals decide."""
    headers = tuple(cell for cell in cells if is_period(cell.text))
    texts = [cell for cell in cells if not is_period(cell.text)]
    printed = [line for run in figures for line in run]
    for stub in (None, *texts[:1]):
        labels = tuple(texts[1:] if stub else texts)
        if not headers or len(labels) * len(headers) != len(printed):
            continue
        turns = list(_turns(labels, figures))
        if found := ordered([([c.text for c in some], [f.text for f in taken]) for some, taken in turns], len(headers)):
            left = {id(line): line for line in printed}
            columns = tuple(tuple(_take(left, text) for text in column) for column in zip(*found.rows, strict=True))
            return Decision(stub, headers, labels, columns, f"the totals, {found.why}, tell the order of the figures")
    return None


def _take(left: dict[int, Printed], text: str) -> Printed:
    """A line that prints this figure and is not taken yet."""
    key = next(key for key, line in left.items() if line.text == text)
    return left.pop(key)


def _turns(labels: Sequence[Text], figures: Sequence[Block]) -> Iterator[tuple[list[Text], list[Printed]]]:
    """Labels that are printed together, with the figures that follow before the next labels."""
    starts = sorted({label.after for label in labels})
    for start, end in zip(starts, [*starts[1:], len(figures)], strict=True):
        yield [c for c in labels if c.after == start], [line for run in figures[start:end] for line in run]
