"""How a deck is to be printed, as its author, its collection and the command line say."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

LAYOUTS: Final = ("sheet", "cards", "test", "large")
PAPERS: Final = ("a4", "letter")
FOLDS: Final = ("half",)
FLIPS: Final = ("long", "short", "fold")
CARDS: Final = ("a7", "3x5")

MAX_OFFSET: Final = 10
"""Largest offset of the backs, in millimetres: printers miss by 3 to 4, and the safe zone of a card is 7."""


@dataclass(frozen=True, slots=True)
class Printing:
    """What is asked for in print; None leaves it to whoever is asked next, and in the end to the default.

    Attributes:
        layout: One of `LAYOUTS`; ``sheet`` by default.
        paper: One of `PAPERS`; ``a4`` by default.
        fold: ``half`` for a sheet that is folded along its middle; by default the answers are covered.
        flip: One of `FLIPS`, how cards get their backs; ``long`` by default.
        card: One of `CARDS`, the cards' size; ``a7`` by default.
        back_offset: How far to move the backs of cards, in millimetres to the right and down.
        grey: Whether to print without colour.
        font_dir: A folder of fonts for what the shipped ones lack.
    """

    layout: str | None = None
    paper: str | None = None
    fold: str | None = None
    flip: str | None = None
    card: str | None = None
    back_offset: tuple[float, float] | None = None
    grey: bool | None = None
    font_dir: str | None = None

    def over(self, other: Printing) -> Printing:
        """Give this with the other's values where it has none of its own."""
        names = [field.name for field in fields(self)]
        mine = {name: value for name in names if (value := getattr(self, name)) is not None}
        return Printing(**{name: getattr(other, name) for name in names} | mine)


NO_WISHES: Final = Printing()
"""Leaves everything to others."""
