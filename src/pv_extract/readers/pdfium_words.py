"""Pieces put together as words: raised and lowered digits stay with their word, fake bold is printed once."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from pv_extract.model import Box, Word
from pv_extract.readers.pdfium_runs import Run
from pv_extract.readers.pdfium_text import RAISED, Bounds, Piece
from pv_extract.readers.raised import IN_BRACKETS, NUMBER_OR_LETTER, as_mark, refers

LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Latin type: capitals rise about three quarters of the size above the baseline, tails hang less than a quarter below
ASCENT, DESCENT = 0.76, 0.22
# of the type size: letters of one word, each placed by itself
TOUCHING = 0.015


def words(pieces: Iterable[Piece], upright: Callable[[Bounds], Box], turns: int) -> Iterator[Word]:
    """Words in content order on the upright page; `turns` are the quarter turns that `upright` makes."""
    seen: dict[str, list[tuple[float, float]]] = {}
    held: Word | None = None
    before = 0.0  # the size of the word held
    for group in _grouped(pieces):
        word = _word(group, upright, turns)
        text, (x0, top, _, _), size, _, _, _, _ = word
        others = seen.get(text)
        if others is None:
            seen[text] = [(top, x0)]
        elif len(text) > 1 and _doubled((top, x0), others):
            continue  # fake bold prints a word twice, a fraction of a point apart
        else:
            insort(others, (top, x0))
        if held is not None:
            if size < before and len(text) < 5:
                word = _marked(held, word)
            yield _marking(held, word) if before <= 0.85 * size else held
        held, before = word, size
    if held is not None:
        yield held


def _doubled(corner: tuple[float, float], others: list[tuple[float, float]]) -> bool:
    """Whether one of the sorted corners is all but at this place; a page may print a word ten thousand times."""
    top, x0 = corner
    near = others[bisect_left(others, (top - 1.5,)) : bisect_left(others, (top + 1.5,))]
    return bool(near) and any(abs(x - x0) < 1.5 and abs(y - top) < 1.5 for y, x in near)


def _marking(mark: Word, word: Word) -> Word:
    """A small raised number or letter right before a word, as footnotes begin: a mark on the line of that word."""
    small = (
        0 < mark.size <= 0.85 * word.size and NUMBER_OR_LETTER.fullmatch(mark.text) and mark.angle == word.angle == 0
    )
    near = -1 < word.box.x0 - mark.box.x1 < 0.8 * word.size
    raised = word.box.top - 0.3 * word.size < mark.box.top and mark.box.bottom < word.box.bottom - 0.12 * word.size
    if not (small and near and raised and mark.box.bottom > word.box.top):
        return mark
    box = Box(mark.box.x0, word.box.top, mark.box.x1, word.box.bottom)
    return mark._replace(text=as_mark(mark.text), box=box)


def _marked(word: Word, mark: Word) -> Word:
    """A small raised mark behind a word, a word space away at most: it stands on the line of that word; no figure of thousands."""
    gap = (mark.box.x0 - word.box.x1) / word.size
    small = 0 < mark.size <= 0.85 * word.size
    raised = word.box.top < mark.box.bottom < word.box.bottom - 0.12 * word.size
    figure = len(mark.text) > 3 and mark.text.isdigit()
    if figure or not (raised and -0.1 < gap < (0.5 if small else 0.1) and mark.angle == word.angle == 0):
        return mark
    box = Box(mark.box.x0, word.box.top, mark.box.x1, word.box.bottom)
    before_note = word.text[-1:] in ".;:" and NUMBER_OR_LETTER.fullmatch(mark.text)
    text = as_mark(mark.text) if before_note or IN_BRACKETS.fullmatch(mark.text) else mark.text.translate(RAISED)
    return mark._replace(text=text, box=box)


def _grouped(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        if group and _continues(group, piece):
            group.append(piece)
            continue
        if group:
            yield group
        group = [piece]
    if group:
        yield group


def _continues(group: list[Piece], piece: Piece) -> bool:
    """Whether a piece belongs to the word so far: no space between them and printed hard against each other."""
    last = group[-1]
    before, run = last.run, piece.run
    size = before.size if run is before else max(before.size, run.size)
    gap = piece.bounds[0] - last.bounds[2] if before.quarter == 0 else _gap(last, piece)
    if not -0.3 * size < gap < 0.2 * size or before.quarter is None:
        return False  # a space or a line end, as before most words
    if not piece.glued and run is before:
        return _kerned(last, piece, gap)
    if before.quarter != run.quarter:
        return False
    shift = abs(run.baseline - before.baseline)
    small = min(before.size, run.size) <= 0.85 * size
    if shift > 0.12 * size:
        base = max(group, key=lambda p: p.run.size)
        return shift <= 0.7 * size and (small or run.baseline == base.run.baseline)
    if not piece.glued:  # PDFium puts spaces between letters that are placed one by one, where none is printed
        same = before.font == run.font and before.bold == run.bold and before.size == run.size
        return same and abs(gap) < TOUCHING * size
    return gap < (0.1 if small or _figure_behind_text(last.text, piece.text) else 0.2) * size


def _kerned(last: Piece, piece: Piece, gap: float) -> bool:
    """Whether letters touch that PDFium parts, as it does where one is drawn under the next (`Av` and `erage`)."""
    return -0.2 * last.run.size < gap < 0 and last.text[-1:].isalpha() and piece.text[:1].islower()


def _figure_behind_text(text: str, figure: str) -> bool:
    """Whether digits begin where letters end, as where a label runs up to the figure of its row."""
    return figure[:1].isdigit() and (text[-1:].isalpha() or text[-1:] == ")")


def _gap(last: Piece, piece: Piece) -> float:
    """From the end of one piece to the begin of the next, where they do not run level."""
    a, b = last.bounds, piece.bounds
    quarter = last.run.quarter
    if quarter == 1:
        return b[1] - a[3]
    return a[0] - b[2] if quarter == 2 else a[1] - b[3]


def _word(group: list[Piece], upright: Callable[[Bounds], Box], turns: int) -> Word:
    if len(group) == 1:
        base = group[0]
        text, run = base.text, base.run
        if "\u00ad" in text:
            text = text[:-1].replace("\u00ad", "") + text[-1:]
        angle = 0.0 if run.quarter == turns else (run.angle - 90 * turns) % 360
        return Word(text, upright(_box(base, run)), run.size, run.bold, run.font, run.color, angle)
    base = max(group, key=lambda p: (p.run.size, len(p.text)))
    text = ""
    for rise, stretch in groupby(group, lambda piece: _rise(piece.run, base.run)):
        text += _shifted("".join(piece.text for piece in stretch), rise, text)
    text = text[:-1].replace("\u00ad", "") + text[-1:]  # a soft hyphen is printed at the end of a line only
    every = [_box(p, base.run) for p in group]
    box = upright(
        (min(e[0] for e in every), min(e[1] for e in every), max(e[2] for e in every), max(e[3] for e in every))
    )
    angle = 0.0 if base.run.quarter == turns else base.run.angle - 90 * turns
    return Word(text, box, base.run.size, base.run.bold, base.run.font, base.run.color, angle % 360)


def _rise(run: Run, base: Run) -> int:
    """1 where small type is raised above the others of its word, -1 where it is lowered, else 0."""
    if run is base or run.size > 0.85 * base.size or base.quarter is None:
        return 0
    rise = run.baseline - base.baseline
    rise = -rise if base.quarter in {1, 2} else rise
    if rise > 0.12 * base.size:
        return 1
    return -1 if rise < -0.05 * base.size else 0


def _shifted(text: str, rise: int, before: str) -> str:
    """Raised or lowered text of a word, behind what stands before it in the word."""
    if rise < 0:
        return text.translate(LOWERED)
    if not rise:
        return text
    return as_mark(text) if refers(before, text) else text.translate(RAISED)


def _box(piece: Piece, base: Run) -> Bounds:
    """Along the text its advance widths, across it the type size at the word's baseline: fonts lie about their height."""
    x0, low, x1, high = piece.bounds
    line, size = base.baseline, base.size
    quarter = base.quarter
    if quarter == 0:
        return x0, line - DESCENT * size, x1, line + ASCENT * size
    if quarter == 1:
        return line - ASCENT * size, low, line + DESCENT * size, high
    if quarter == 2:
        return x0, line - ASCENT * size, x1, line + DESCENT * size
    if quarter == 3:
        return line - DESCENT * size, low, line + ASCENT * size, high
    return piece.bounds
