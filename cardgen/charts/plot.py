"""The layout of line charts, independent of what draws them: coordinates from 0 to 1 on both axes."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.charts.words import figure_text

if TYPE_CHECKING:
    from cardgen.charts.model import Figure, Lines

_FEW: Final = 2
"""Most lines with which every point can have its figure without overlapping another's."""

_LEAST_RANGE: Final = 0.1
"""The y axis spans at least this fraction of the largest figure: a rise from 25.1 to 25.3 is no cliff."""


class Dot(NamedTuple):
    """A point of a line.

    Attributes:
        x: From 0, the first point of all lines, to 1, the last.
        y: From 0, the highest place, to 1, the lowest.
        words: Its figure as shown.
        under: Whether the figure is below the point because a line would run through it above.
    """

    x: float
    y: float
    words: str
    under: bool


class Plot:
    """The layout of lines.

    Args:
        chart: The lines.

    Attributes:
        places: The x coordinate of each point, in the order of the points.
        lines: The dots of each line, from left to right.
        nearest: The smallest distance between two points.
        letters: The length of the longest figure, in letters.
    """

    def __init__(self, chart: Lines) -> None:
        self._chart = chart
        self.places = _places(chart.points)
        self.nearest = min((right - left for left, right in pairwise(sorted(self.places.values()))), default=1.0)
        values = [float(figure) for _, figures in chart.lines for _, figure in figures]
        self._range = max(max(values) - min(values), _LEAST_RANGE * max(map(abs, values))) or 1.0
        self._highest = (max(values) + min(values) + self._range) / 2
        self.lines = tuple(self._dots(row) for row in range(len(chart.lines)))
        self.letters = max(len(dot.words) for dots in self.lines for dot in dots)

    def has_room_for_all(self, letters: float) -> bool:
        """Return whether every point can have its figure if the width from 0 to 1 holds `letters` letters."""
        return len(self.lines) <= _FEW and (self.letters + 0.3) / letters <= self.nearest

    def _dots(self, row: int) -> tuple[Dot, ...]:
        figures = self._chart.lines[row][1]
        others = [dict(other) for index, (_, other) in enumerate(self._chart.lines) if index != row]
        ordered = sorted(figures, key=lambda entry: self.places[entry[0]])
        values = [float(figure) for _, figure in ordered]
        dots = []
        for index, (point, figure) in enumerate(ordered):
            beside = [float(other[point]) for other in others if point in other]
            around = [values[near] for near in (index - 1, index + 1) if 0 <= near < len(values)]
            value = values[index]
            under = any(value < other for other in beside) if beside else all(value < near for near in around)
            dots.append(Dot(self.places[point], self._height(figure), self._words(figure), under))
        return tuple(dots)

    def _height(self, figure: Figure) -> float:
        return (self._highest - float(figure)) / self._range

    def _words(self, figure: Figure) -> str:
        return figure_text(figure, self._chart.separator)


def _places(points: tuple[str, ...]) -> dict[str, float]:
    """Return the x coordinate of each point: by value if all are whole numbers, such as years, else evenly spaced."""
    if all(point.isascii() and point.isdigit() for point in points):
        values = [int(point) for point in points]
    else:
        values = list(range(len(points)))
    first, last = min(values), max(values)
    return {point: (value - first) / ((last - first) or 1) for point, value in zip(points, values, strict=True)}


def apart(heights: list[float], room: float, lowest: float) -> list[float]:
    """Return ascending heights moved so that labels at them do not overlap and none is below `lowest`."""
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + room) if moved else height)
    for index in range(len(moved) - 1, -1, -1):
        limit = moved[index + 1] - room if index + 1 < len(moved) else lowest
        moved[index] = min(moved[index], limit)
    return moved
