"""Charts told from tables: curves, slanted lines, pictures and bars that hold no text."""

from collections.abc import Sequence

from pv_extract.model import Box, Page, Word


def charted(page: Page, box: Box, words: Sequence[Word]) -> bool:
    """Whether the area is a drawing: art over a good part of it, or bars without a word in them."""
    art = [a for a in page.art if box.holds(a.middle) and a.width < 1.2 * box.width and a.height < 1.2 * box.height]
    if art:
        spread = Box.around(art)
        if spread.width > 0.25 * box.width and spread.height > 0.25 * box.height:
            return True
    fills = [f.box for f in page.fills if box.holds(f.box.middle) and f.box.width < 0.6 * box.width]
    tall = [f for f in fills if f.height > 8 and f.width > 3]
    bare = [f for f in tall if not any(f.holds(w.box.middle) for w in words)]
    heights = {round(f.height) for f in bare}
    return (len(bare) >= 4 and len(heights) >= 4 and 2 * len(bare) > len(tall)) or _lying(bare, words)


def _lying(bare: Sequence[Box], words: Sequence[Word]) -> bool:
    """Whether most of these areas are bars from one axis to the right, each with its figure right behind its end."""
    if len(bare) < 4:
        return False
    axis = min(b.x0 for b in bare)
    bars = [b for b in bare if b.x0 - axis < 1.0]
    if len(bars) < 4 or len({round(b.x1) for b in bars}) < 4:
        return False
    gaps = [min((w.box.x0 - b.x1 for w in words if _behind(w, b)), default=99.0) for b in bars]
    return sum(1 for gap in gaps if gap - min(gaps) < 1.5) > 0.8 * len(bars)


def _behind(word: Word, bar: Box) -> bool:
    return bar.top < word.box.middle[1] < bar.bottom and word.box.x0 > bar.x1 - 1
