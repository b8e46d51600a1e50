"""Pieces put together as words: raised and lowered digits stay with their word, fake bold is printed once."""

from collections.abc import Callable, Iterable, Iterator

from pv_extract.model import Box, Word
from pv_extract.readers.pdfium_text import Piece, Run

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
# Latin type: capitals rise about three quarters of the size above the baseline, tails hang less than a quarter below
ASCENT, DESCENT = 0.76, 0.22


def words(pieces: Iterable[Piece], upright: Callable[[Box], Box], turns: int) -> Iterator[Word]:
    """Words in content order on the upright page; `turns` are the quarter turns that `upright` makes."""
    seen: set[tuple[str, int, int]] = set()
    for group in _grouped(pieces):
        word = _word(group, upright, turns)
        # fake bold prints a word twice, a fraction of a point apart; neighbours in the lattice catch both roundings
        x, y = round(word.box.x0 / 2), round(word.box.top / 2)
        if any((word.text, x + dx, y + dy) in seen for dx in (-1, 0, 1) for dy in (-1, 0, 1)) and len(word.text) > 1:
            continue
        seen.add((word.text, x, y))
        yield word


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
    if last.run.quarter is None or last.run.quarter != piece.run.quarter:
        return False
    size = max(last.run.size, piece.run.size)
    gap = _gap(last, piece)
    shift = abs(piece.run.baseline - last.run.baseline)
    small = min(last.run.size, piece.run.size) <= 0.85 * size
    if shift > 0.12 * size:
        base = max(group, key=lambda p: p.run.size)
        mark = small or piece.run.baseline == base.run.baseline
        return mark and shift <= 0.7 * size and -0.3 * size < gap < 0.2 * size
    return piece.glued and -0.3 * size < gap < (0.2 if not small else 0.1) * size


def _gap(last: Piece, piece: Piece) -> float:
    quarter = last.run.quarter
    if quarter == 0:
        return piece.box.x0 - last.box.x1
    if quarter == 1:
        return piece.box.top - last.box.bottom
    if quarter == 2:
        return last.box.x0 - piece.box.x1
    return last.box.top - piece.box.bottom


def _word(group: list[Piece], upright: Callable[[Box], Box], turns: int) -> Word:
    base = max(group, key=lambda p: (p.run.size, len(p.text)))
    text = "".join(_shifted(piece, base.run) for piece in group)
    text = text[:-1].replace("\u00ad", "") + text[-1:]  # a soft hyphen is printed at the end of a line only
    box = upright(Box.around(_box(p, base.run) for p in group))
    angle = 0.0 if base.run.quarter == turns else base.run.angle - 90 * turns
    return Word(text, box, base.run.size, base.run.bold, base.run.font, base.run.color, angle % 360)


def _shifted(piece: Piece, base: Run) -> str:
    if piece.run is base or piece.run.size > 0.85 * base.size or base.quarter is None:
        return piece.text
    rise = piece.run.baseline - base.baseline
    rise = -rise if base.quarter in {1, 2} else rise
    if rise > 0.12 * base.size:
        return piece.text.translate(RAISED)
    return piece.text.translate(LOWERED) if rise < -0.05 * base.size else piece.text


def _box(piece: Piece, base: Run) -> Box:
    """Along the text its advance widths, across it the type size at the word's baseline: fonts lie about their height."""
    box, line, size = piece.box, base.baseline, base.size
    quarter = base.quarter
    if quarter == 0:
        return Box(box.x0, line - DESCENT * size, box.x1, line + ASCENT * size)
    if quarter == 1:
        return Box(line - ASCENT * size, box.top, line + DESCENT * size, box.bottom)
    if quarter == 2:
        return Box(box.x0, line - ASCENT * size, box.x1, line + DESCENT * size)
    if quarter == 3:
        return Box(line - DESCENT * size, box.top, line + ASCENT * size, box.bottom)
    return box
