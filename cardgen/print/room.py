"""What the layouts have room for, on each paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.print.nodes import Limits

if TYPE_CHECKING:
    from cardgen.model import Printing

CHART_LETTERS: Final = {"sheet": 8.0, "cards": 7.5, "test": 8.0, "large": 18.0}
"""Size of the letters of charts, in points."""

_PAPER: Final = {"a4": 210.0, "letter": 215.9}
"""Width in millimetres."""
_POINTS: Final = 72 / 25.4
"""Points of a millimetre."""


def limits_of(printing: Printing) -> Limits:
    """Return what the layout that is asked for can hold."""
    layout, width = printing["layout"], _PAPER[printing["paper"]]
    columns, letters, rows = {"sheet": (7, 60, 24), "cards": (5, 50, 10), "test": (5, 50, 24), "large": (4, 44, 24)}[
        layout
    ]
    return Limits(columns, letters, rows, _answer(printing, width) * _POINTS / CHART_LETTERS[layout])


def _answer(printing: Printing, width: float) -> float:
    """Return how wide the column of answers is, in millimetres: the templates have the same figures."""
    match printing["layout"]:
        case "sheet":
            line = width / 2 if printing["fold"] == "half" else 84.0
            return width - 15.0 - line - 5.0
        case "cards":
            return (127.0 if printing["card"] == "3x5" else width / 2) - 18.0
        case "test":
            return width - 38.0
        case _:
            return width - 50.8
