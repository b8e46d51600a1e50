"""Accents drawn by themselves over a letter, as TeX sets them with its oldest fonts: `Re¨ele` is `Reële`."""

import unicodedata
from collections.abc import Callable, Sequence

ACCENTS = {
    "`": "\u0300", "´": "\u0301", "ˆ": "\u0302", "˜": "\u0303", "¯": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308",
    "˚": "\u030a", "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_DOTLESS = {"ı": "i", "ȷ": "j"}
Bounds = tuple[float, float, float, float]  # x0, low, x1, high


def composed(chars: Sequence[str], box: Callable[[int], Bounds]) -> list[str]:
    """Each accent put together with the letter over or under whose middle it stands: the next one, or the one before.

    An accent that stands between letters is none: `l´an` has it for an apostrophe. Places are kept: the accent becomes empty.
    """
    out = list(chars)
    for at, char in enumerate(chars):
        if char not in ACCENTS:
            continue
        for letter in (at + 1, at - 1):
            if 0 <= letter < len(out) and _over(box(at), box(letter)) and (whole := _whole(out[letter], char)):
                out[at], out[letter] = "", whole
                break
    return out


def capital(accent: str, letter: str) -> str | None:
    """The capital with its accent, which is drawn higher than others and for itself; None for other letters."""
    return _whole(letter, accent) if letter.isupper() else None


def _over(accent: Bounds, letter: Bounds) -> bool:
    """Whether the middle of an accent lies over the middle half of a letter."""
    width = letter[2] - letter[0]
    return abs(accent[0] + accent[2] - letter[0] - letter[2]) < width / 2


def _whole(letter: str, accent: str) -> str | None:
    """The letter with its accent as one character, where there is such a one."""
    found = unicodedata.normalize("NFC", _DOTLESS.get(letter, letter) + ACCENTS[accent])
    return found if len(found) == 1 and letter.isalpha() else None
