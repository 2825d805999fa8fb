"""Lines: a key in words, the lines with their figures at the points, and the points' names under them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cardgen.charts.svg.elements import WIDTH, element, figure_text, number, text, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.charts.model import Lines

_MARGIN: Final = 16
"""On both sides, so that the first and last figure have room over and under their points."""
_KEY: Final = 20
_PLOT: Final = 120
_ROOM: Final = 20
"""Over and under the lines, for figures."""
_SMALL: Final = 10.5
_NAMES: Final = 18
_FEW: Final = 2
"""Up to so many lines, every point can carry its figure without standing in another's way."""
_LEAST_RANGE: Final = 0.1
"""The lines' height stands for at least this part of the largest figure: a rise from 25.1 to 25.3 is no cliff."""

_DASHES: Final = ("", "6 3", "2 3", "10 3 2 3", "1 4", "8 2 2 2 2 2")
"""Lines differ by these as well as by colour; after the last they begin again."""


def draw(chart: Lines) -> tuple[int, str]:
    """Draw lines between their lowest and highest figure.

    Returns:
        The height, and the shapes.
    """
    points = chart.points
    widest = max(
        width_of(figure_text(figure, chart.separator), _SMALL) for _, figures in chart.lines for _, figure in figures
    )
    places = _places(points, _MARGIN)
    ordered = sorted(places.values())
    nearest = min((right - left for left, right in pairwise(ordered)), default=WIDTH)
    every = len(chart.lines) <= _FEW and widest + 2 <= nearest
    if not every:
        places = _places(points, widest + 8)
    top = len(chart.lines) * _KEY if len(chart.lines) > 1 else 0
    heights = _Heights([float(figure) for _, figures in chart.lines for _, figure in figures], top + _ROOM)
    bottom = top + _PLOT + 2 * _ROOM
    shapes = [_key(row, label) for row, (label, _) in enumerate(chart.lines)] if top else []
    shapes.append(element("path", class_="axis", d=f"M0 {bottom}H{WIDTH}", fill="none", stroke="currentColor"))
    shapes.extend(_names(points, places, bottom + _NAMES - 4))
    for row, (_, figures) in enumerate(chart.lines):
        dots = [(places[point], heights.of(float(figure))) for point, figure in figures]
        shapes.append(_line(row, sorted(dots)))
        shapes.extend(
            element("circle", class_=f"dot line-{row}", cx=x, cy=y, r=3 if row == 0 else 2.5) for x, y in dots
        )
    shapes.extend((_at_every_point if every else _at_both_ends)(chart, places, heights))
    return bottom + _NAMES, "".join(shapes)


def _places(points: Sequence[str], margin: float) -> Mapping[str, float]:
    """Give each point its place from left to right: by value if all are whole numbers, such as years, else evenly."""
    room = WIDTH - 2 * margin
    if all(point.isascii() and point.isdigit() for point in points):
        values = [int(point) for point in points]
    else:
        values = list(range(len(points)))
    first, last = min(values), max(values)
    return {
        point: margin + room * (value - first) / ((last - first) or 1)
        for point, value in zip(points, values, strict=True)
    }


class _Heights:
    """Where figures stand.

    Args:
        figures: All that are shown.
        top: Where the highest could stand, in units from the drawing's upper edge.

    Attributes:
        lowest: How low words may stand, in the same units.
    """

    def __init__(self, figures: Sequence[float], top: float) -> None:
        least = _LEAST_RANGE * max(abs(figure) for figure in figures)
        self._range = max(max(figures) - min(figures), least) or 1.0
        self._highest = (max(figures) + min(figures) + self._range) / 2
        self._top = top
        self.lowest = top + _PLOT + _ROOM - 4

    def of(self, figure: float) -> float:
        """Give the distance from the drawing's upper edge."""
        return self._top + _PLOT * (self._highest - figure) / self._range


def _key(row: int, label: str) -> str:
    y = row * _KEY + _KEY / 2 - 3
    sample = element(
        "path",
        class_=f"stroke line-{row}",
        d=f"M0 {number(y)}h26",
        fill="none",
        stroke="currentColor",
        stroke_dasharray=_dash(row),
    )
    return sample + text(34, y + 4.5, label, role=f"label line-{row}")


def _line(row: int, dots: Sequence[tuple[float, float]]) -> str:
    path = "L".join(f"{number(x)} {number(y)}" for x, y in dots)
    return element(
        "path",
        class_=f"stroke line-{row}",
        d=f"M{path}",
        fill="none",
        stroke="currentColor",
        stroke_dasharray=_dash(row),
    )


def _dash(row: int) -> str:
    return _DASHES[row % len(_DASHES)]


def _names(points: Sequence[str], places: Mapping[str, float], y: float) -> list[str]:
    """Name the points, leaving out those for which there is no room; the last always has its name."""
    names: list[str] = []
    right = float(WIDTH + _MARGIN)
    for point in sorted(points, key=lambda point: -places[point]):
        half = width_of(point, _SMALL) / 2
        x = min(max(places[point], half), WIDTH - half)
        if x + half + 4 <= right:
            names.append(text(x, y, point, role="point", anchor="middle", size=_SMALL))
            right = x - half
    return names[::-1]


def _at_every_point(chart: Lines, places: Mapping[str, float], heights: _Heights) -> Iterator[str]:
    """Write each figure over its point, or under it where a line would run through it."""
    for row, (_, figures) in enumerate(chart.lines):
        others = [dict(other) for index, (_, other) in enumerate(chart.lines) if index != row]
        dots = sorted((places[point], float(figure), point, figure) for point, figure in figures)
        for index, (x, value, point, figure) in enumerate(dots):
            beside = [float(other[point]) for other in others if point in other]
            around = [dots[near][1] for near in (index - 1, index + 1) if 0 <= near < len(dots)]
            under = any(value < other for other in beside) if beside else all(value < near for near in around)
            words = figure_text(figure, chart.separator)
            half = width_of(words, _SMALL) / 2
            yield text(
                min(max(x, half), WIDTH - half),
                heights.of(value) + (15 if under else -7),
                words,
                role=f"value line-{row}",
                anchor="middle",
                size=_SMALL,
            )


def _at_both_ends(chart: Lines, places: Mapping[str, float], heights: _Heights) -> Iterator[str]:
    """Write the first and the last figure of each line beside it, those of one end clear of each other."""
    for last in (False, True):
        ends = []
        for row, (_, figures) in enumerate(chart.lines):
            point, figure = sorted(figures, key=lambda entry: places[entry[0]])[-1 if last else 0]
            ends.append((heights.of(float(figure)) + 4, places[point], figure, row))
        ends.sort(key=lambda end: end[0])
        for y, (_, x, figure, row) in zip(_apart([y for y, *_ in ends], heights.lowest), ends, strict=True):
            yield text(
                x + (6 if last else -6),
                y,
                figure_text(figure, chart.separator),
                role=f"value line-{row}",
                anchor="" if last else "end",
                size=_SMALL,
            )


def _apart(heights: Sequence[float], lowest: float) -> list[float]:
    """Move ascending heights until words on them stand clear of each other, and none below `lowest`."""
    room = _SMALL + 0.5
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + room) if moved else height)
    for index in range(len(moved) - 1, -1, -1):
        limit = moved[index + 1] - room if index + 1 < len(moved) else lowest
        moved[index] = min(moved[index], limit)
    return moved
