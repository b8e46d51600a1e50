"""Labels of numbered paragraphs in a DOCX: Word prints them, the text does not hold them (ECMA-376, 17.9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from lxml.etree import _Element

from pv_extract.readers.docx_package import damage_refused, parsed
from pv_extract.readers.docx_xml import NUM_PR, P_PR, VAL, first, value_of, w

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_STYLE, _NUM_ID, _ABSTRACT_ID = w("pStyle"), w("numId"), w("abstractNumId")
_DEPTH, _LEVEL, _OVERRIDE = w("ilvl"), w("lvl"), w("lvlOverride")
_OF_LEVEL = ((w("start"), "1"), (w("numFmt"), "decimal"), (w("lvlText"), ""))

_Listed = tuple[str, str]  # id of the list, level in it


class _Level(NamedTuple):
    start: int
    format: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counters of the lists of a document; `styles` gives the list and level that a paragraph style brings along."""

    levels: Mapping[str, Mapping[int, _Level]] = field(default_factory=dict)
    abstract: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, _Listed] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, settings: Mapping[str, _Element]) -> str:
        """The label printed before a paragraph with these properties (`1.`, `a)`), counted on; empty where it has none."""
        place = self._place(settings)
        if place is None:
            return ""
        num_id, depth = place
        levels = self.levels.get(num_id, {})
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counts.setdefault(self.abstract.get(num_id, num_id), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        text = level.text
        for d in range(depth + 1):
            at = levels.get(d, level)
            text = text.replace(f"%{d + 1}", _printed(counts.get(d, at.start), at.format))
        return "-" if level.format == "bullet" else text

    def _place(self, settings: Mapping[str, _Element]) -> tuple[str, int] | None:
        numbered, style = settings.get(NUM_PR), settings.get(_STYLE)
        if numbered is not None:
            listed: _Listed | None = _listed(numbered)
        else:
            listed = self.styles.get("" if style is None else style.get(VAL, ""))
        if listed is None:
            return None
        num_id, depth = listed
        return (num_id, int(depth)) if num_id != "0" and depth.isdigit() else None


def numbering(part: _Element | None, styles: bytes | None) -> Numbering:
    """Counters at their start, from numbering.xml and the content of styles.xml (either may be absent).

    Raises:
        SourceError: where the styles cannot be parsed.
    """
    if part is None:
        return Numbering()
    abstract = {
        a.get(_ABSTRACT_ID, ""): {int(lvl.get(_DEPTH, "0")): _level(lvl) for lvl in a.iterchildren(_LEVEL)}
        for a in part.iterchildren(w("abstractNum"))
    }
    nums = {n.get(_NUM_ID, ""): n for n in part.iterchildren(w("num"))}
    owner = {num: value_of(n, _ABSTRACT_ID, "") for num, n in nums.items()}
    levels: dict[str, dict[int, _Level]] = {num: dict(abstract.get(a, {})) for num, a in owner.items()}
    restarted = {num for num, n in nums.items() if first(n, _OVERRIDE) is not None}
    for num in restarted:
        for change in nums[num].iterchildren(_OVERRIDE):
            _override(levels[num], change)
    by_style = _by_style(styles) if styles is not None else {}
    # lists that share a definition count on together, unless a list overrides its start
    return Numbering(levels, {n: n if n in restarted else f"abstract {a}" for n, a in owner.items()}, by_style)


@lru_cache(maxsize=8)  # documents of one template share a large file of styles
def _by_style(styles: bytes) -> Mapping[str, _Listed]:
    with damage_refused():
        every = list(parsed(styles).iterchildren(w("style")))
    return {
        style.get(w("styleId"), ""): _listed(numbered)
        for style in every
        if (numbered := first(first(style, P_PR), NUM_PR)) is not None
    }


def _listed(numbered: _Element) -> _Listed:
    return value_of(numbered, _NUM_ID, "0"), value_of(numbered, _DEPTH, "0")


def _override(levels: dict[int, _Level], change: _Element) -> None:
    depth = int(change.get(_DEPTH, "0"))
    if (whole := first(change, _LEVEL)) is not None:
        levels[depth] = _level(whole)
    start = first(change, w("startOverride"))
    if start is not None and depth in levels:
        levels[depth] = _Level(int(start.get(VAL, "1")), levels[depth].format, levels[depth].text)


def _level(lvl: _Element) -> _Level:
    start, form, text = (value_of(lvl, tag, default) for tag, default in _OF_LEVEL)
    return _Level(int(start), form, text)


def _printed(count: int, form: str) -> str:
    return _FORMATS.get(form, str)(count)


def _letters(count: int) -> str:
    """Letters from a to z, then aa, bb: Word repeats the letter."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN + _ROMAN_ONES:
        text += letters * (count // value)
        count %= value
    return text


_FORMATS: Mapping[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": "{:02d}".format,
    "none": lambda _: "",
}
