"""How much room words take, as far as it can be known without a font."""

from __future__ import annotations

from typing import NamedTuple

from cardgen.charts.words import letters_of


class Lettering(NamedTuple):
    """The letters of a drawing.

    Attributes:
        size: Their size, in the unit of the drawing.
        advance: Mean width of a letter or digit, as a fraction of the size.
    """

    size: float
    advance: float

    def width(self, words: str) -> float:
        """Return about how wide words are, in the unit of the drawing."""
        return letters_of(words) * self.size * self.advance


class Box(NamedTuple):
    """Where something is drawn: its edges, from the upper left corner of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: Box) -> bool:
        """Return whether two boxes share any room."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )
