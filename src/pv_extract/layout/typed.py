"""Rules that a typewriter draws: rows of hyphens or underscores."""

from dataclasses import replace

from pv_extract.model import Box, Page, Rule, Word

_SHORTEST = {"-": 12, "=": 12, "_": 40}  # characters; shorter underscores are the blanks of a form


def with_typed_rules(page: Page) -> Page:
    """The page with its typed rules among those drawn, and not among its words."""
    typed = [w for w in page.words if w.text[:1] in _SHORTEST and not w.angle and _typed(w.text)]
    if not typed:
        return page
    ids = {id(w) for w in typed}
    words = tuple(w for w in page.words if id(w) not in ids)
    return replace(page, words=words, rules=(*page.rules, *map(_rule, typed)))


def _typed(text: str) -> bool:
    return len(text) >= _SHORTEST[text[0]] and text == text[0] * len(text)


def _rule(word: Word) -> Rule:
    """Underscores at the foot of the line, others at half its height."""
    box = word.box
    y = box.bottom if word.text[0] == "_" else box.middle[1]
    return Rule(Box(box.x0, y - 0.25, box.x1, y + 0.25))
