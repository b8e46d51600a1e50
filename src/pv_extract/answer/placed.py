"""A grid in its place in the answer."""

from dataclasses import dataclass

from pv_extract.model import Grid, Note


@dataclass(frozen=True, slots=True)
class PlacedGrid:
    """A grid with the item that it answers, the caption printed above or below it, and its own notes.

    `lead` is the sentence above it that announces it (`in onderstaande tabel, in miljoen euro`).
    """

    id: str
    grid: Grid
    item: str | None
    caption: str | None
    notes: tuple[Note, ...]
    lead: str = ""
