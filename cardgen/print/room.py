"""What the layouts have room for, on each paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.model.cardstock import PAPERS, grid_of
from cardgen.print.nodes import Limits

if TYPE_CHECKING:
    from cardgen.model import Printing
    from cardgen.model.cardstock import Grid

_POINTS: Final = 72 / 25.4
"""Points of a millimetre."""
_CHART_LETTERS: Final = {"sheet": 8.0, "test": 8.0, "large": 18.0}
_PLOT: Final = 7.5
"""Height of the lines of a chart, in sizes of its letters."""

_LOW: Final = 60.0
"""A card that is lower, in millimetres, has its charts smaller."""
_PLOT_OF_CARDS: Final = 4.5
_NARROW: Final = 80.0
"""On a card that is narrower between its margins, in millimetres, tables have a column less."""
_LETTERS_A_MILLIMETRE: Final = 0.575
"""Of a table in small type, with room for its widest letters."""


def chart_letters(printing: Printing) -> float:
    """Return the size of the letters of charts, in points."""
    if printing["layout"] == "cards":
        return 7.0 if _is_low(cards_of(printing)) else 7.5
    return _CHART_LETTERS[printing["layout"]]


def cards_of(printing: Printing) -> Grid:
    """Return where the cards that are asked for are on their pages."""
    return grid_of(printing["card"], printing["paper"])


def limits_of(printing: Printing) -> Limits:
    """Return what the layout that is asked for can hold."""
    chart_width = _answer(printing) * _POINTS / chart_letters(printing)
    match printing["layout"]:
        case "sheet":
            return Limits(7, 60, 24, chart_width, _PLOT)
        case "cards":
            grid = cards_of(printing)
            inner = grid.card[0] - 2 * grid.safe
            low = _is_low(grid)
            columns, letters = (5 if inner >= _NARROW else 4), int(_LETTERS_A_MILLIMETRE * inner)
            return Limits(columns, letters, 6 if low else 10, chart_width, _PLOT_OF_CARDS)
        case "test":
            return Limits(5, 50, 24, chart_width, _PLOT)
        case _:
            return Limits(4, 44, 24, chart_width, _PLOT)


def _is_low(grid: Grid) -> bool:
    return grid.card[1] < _LOW


def _answer(printing: Printing) -> float:
    """Return how wide the column of answers is, in millimetres: the templates have the same figures."""
    width = PAPERS[printing["paper"]][0]
    match printing["layout"]:
        case "sheet":
            line = width / 2 if printing["fold"] == "half" else 84.0
            return width - 15.0 - line - 5.0
        case "cards":
            grid = cards_of(printing)
            return grid.card[0] - 2 * grid.safe
        case "test":
            return width - 38.0
        case _:
            return width - 50.8
