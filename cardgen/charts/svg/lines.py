"""Lines: a key in words, the lines with their figures at the points, and the points' names under them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cardgen.charts.svg.elements import WIDTH, element, figure_text, number, text, width_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cardgen.charts.model import Lines

_MARGIN: Final = 16
"""On both sides, so that the first and last figure have room."""
_KEY: Final = 20
_PLOT: Final = 120
_ROOM: Final = 20
"""Over and under the lines, for figures."""
_SMALL: Final = 10.5
_NAMES: Final = 18
_FEW: Final = 2
"""Up to so many lines, every point can carry its figure without standing in another's way."""

_DASHES: Final = ("", "6 3", "2 3", "10 3 2 3", "1 4", "8 2 2 2 2 2")
"""Lines differ by these as well as by colour; after the last they begin again."""


def draw(chart: Lines) -> tuple[int, str]:
    """Draw lines between their lowest and highest figure.

    Returns:
        The height, and the shapes.
    """
    points = chart.points
    places = _places(points)
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
    shapes.extend(_figures(chart, places, heights))
    return bottom + _NAMES, "".join(shapes)


def _places(points: Sequence[str]) -> Mapping[str, float]:
    """Give each point its place from left to right: by value if all are whole numbers, such as years, else evenly."""
    room = WIDTH - 2 * _MARGIN
    if all(point.isascii() and point.isdigit() for point in points):
        values = [int(point) for point in points]
    else:
        values = list(range(len(points)))
    first, last = min(values), max(values)
    return {
        point: _MARGIN + room * (value - first) / ((last - first) or 1)
        for point, value in zip(points, values, strict=True)
    }


class _Heights:
    """Where figures stand; the highest at `top`.

    Args:
        figures: All that are shown.
        top: In units from the drawing's upper edge.
    """

    def __init__(self, figures: Sequence[float], top: float) -> None:
        self._highest = max(figures)
        self._range = self._highest - min(figures)
        self._top = top

    def of(self, figure: float) -> float:
        """Give the distance from the drawing's upper edge."""
        if not self._range:
            return self._top + _PLOT / 2
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


def _figures(chart: Lines, places: Mapping[str, float], heights: _Heights) -> list[str]:
    """Write the figures at their points, where each keeps clear of the others; else those at both ends."""
    written: list[str] = []
    ordered = sorted(places.values())
    nearest = min((right - left for left, right in pairwise(ordered)), default=WIDTH)
    widest = max(width_of(figure_text(figure), _SMALL) for _, figures in chart.lines for _, figure in figures)
    every = len(chart.lines) <= _FEW and widest + 2 <= nearest
    taken: list[tuple[float, float]] = []
    for row, (_, figures) in enumerate(chart.lines):
        others = [dict(other) for index, (_, other) in enumerate(chart.lines) if index != row]
        dots = sorted((places[point], float(figure), point, figure_text(figure)) for point, figure in figures)
        for index, (x, value, point, words) in enumerate(dots):
            if not every and index not in (0, len(dots) - 1):
                continue
            beside = [float(other[point]) for other in others if point in other]
            around = [dots[near][1] for near in (index - 1, index + 1) if 0 <= near < len(dots)]
            under = any(value < other for other in beside) if beside else all(value < near for near in around)
            y = heights.of(value) + (15 if under else -7)
            if not every:
                y = _clear_of(taken, x, y)
                taken.append((x, y))
            half = width_of(words, _SMALL) / 2
            written.append(
                text(min(max(x, half), WIDTH - half), y, words, role=f"value line-{row}", anchor="middle", size=_SMALL)
            )
    return written


def _clear_of(taken: Sequence[tuple[float, float]], x: float, y: float) -> float:
    """Move a figure down until it covers none that stands there already."""
    apart = _SMALL + 1
    while any(abs(x - other_x) < 2 * _MARGIN and abs(y - other_y) < apart for other_x, other_y in taken):
        y += 1
    return y
