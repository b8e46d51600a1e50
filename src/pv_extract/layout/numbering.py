"""What stands under the headers of all columns: their numbers or letters, or the unit of each."""

import re
from collections.abc import Sequence

from pv_extract.languages import is_unit

_ONE = r"[(\[]*(?:\d{1,3}|[a-zA-Z])[)\]%]*"
# (3), 3, [c]; (3) = (2) - (1), c=a/b, 3=2-1
_MORE = rf"\s?[-+−–*x×/.]\s?{_ONE}"
_NUMBER = re.compile(rf"^[(\[]?(\d{{1,2}}|[a-zA-Z])[)\]]?(?:\s?[=:]\s?{_ONE}(?:{_MORE})*)?$")
_MADE = re.compile(rf"^{_ONE}(?:{_MORE})+$")  # (2)-(1), in the place of a number


def numbers_columns(label: str, texts: Sequence[str]) -> bool:
    """Whether a line numbers the columns below it: 1, 2, 3; or (1), (2), (3)=(2)-(1); or a, b, c = a - b.

    The labels may have the first number, or none. Bare numbers do in three columns or more, and beside no other label.
    """
    if len(texts) < 2 or not _NUMBER.match(texts[0]):
        return False
    bare = not any(text[:1] in "([" for text in texts)
    if bare and (len(texts) < 3 or (label and not _NUMBER.match(label))):
        return False
    keys = {k: m[1].casefold() for k, text in enumerate(texts) if (m := _NUMBER.match(text))}
    others = [text for k, text in enumerate(texts) if k not in keys]
    if len(keys) < 2 or (others and (bare or not all(map(_MADE.match, others)))):
        return False
    first = int(keys[0]) if keys[0].isdigit() else ord(keys[0]) - ord("a") + 1
    if bare and first > 1 and not label:
        return False
    return first <= 2 and any(all(key == name(first + k) for k, key in keys.items()) for name in (str, _letter))


def _letter(number: int) -> str:
    return chr(ord("a") + number - 1)


def units_columns(texts: Sequence[str]) -> bool:
    """Whether a line prints nothing but units, or single words in brackets: (nombre), in %."""
    return len(texts) > 1 and all(is_unit(t) or (t[:1] == "(" and t[-1:] == ")" and t[1:-1].isalpha()) for t in texts)
