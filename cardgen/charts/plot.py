"""Where everything of a line chart stands, independent of what draws it."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.charts.axis import axis_of_lines
from cardgen.charts.figures import BESIDE, Dot, Spot, place_figures
from cardgen.charts.lettering import Box
from cardgen.charts.words import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.charts.axis import Axis
    from cardgen.charts.figures import FigureAt
    from cardgen.charts.lettering import Lettering
    from cardgen.charts.model import Figure, Lines

_FEW: Final = 2
"""With more lines, figures stand beside their ends only; between them they could belong to any."""

_SLOPE: Final = 0.6
"""Height of a chart of two points, as a fraction of other charts' height."""

_LOW: Final = 6
"""In a lower plot, in sizes of the letters, first figures over and under lines have no room."""
_OVER: Final = 1.5
"""From the top to the highest point, in sizes of the letters: room for its figure."""
_CLOSE: Final = 0.67
"""From a dot to the next, in the same: if less, they would merge."""
_NAMES: Final = 0.8
"""Between the names of points, in the same."""

_VALUES: Final = (re.compile(r"([0-9]+)\Z"), re.compile(r"([0-9]{4})(?![0-9])"))
"""Points that are whole numbers, and such as begin with a year, as 2025/26 does."""


class NameAt(NamedTuple):
    """The name of a point under the drawing: its middle."""

    x: float
    words: str


class Plot(Struct, frozen=True):
    """A line chart laid out: x from its left edge, y from its top, in the unit in which its size was given.

    Attributes:
        runs: Of each line, what is drawn in one go: a gap in the points is one in the line.
        figures: Those that have room; the first and last of each line always have.
        names: Those of the points that have room; the last always has.
        left: Where the base line begins, with its name before it.
        base: Where the base line stands; a size of the letters below it are the names.
        low: The figure that the base line stands for, as shown.
        cut: Whether that is another than zero.
        close: Whether dots of one line would touch each other.
    """

    runs: tuple[tuple[tuple[Dot, ...], ...], ...]
    figures: tuple[FigureAt, ...]
    names: tuple[NameAt, ...]
    left: float
    base: float
    low: str
    cut: bool
    close: bool


def plot(chart: Lines, width: float, height: float, letters: Lettering) -> Plot:
    """Lay out a line chart.

    Args:
        chart: The lines.
        width: Of the whole drawing.
        height: From the highest figure to the base line; two points take less.
        letters: Those of figures and names.
    """
    slope = len(chart.points) == 2  # noqa: PLR2004 - as many as make a slope
    few = len(chart.lines) <= _FEW
    before_lines = slope or not few or height < _LOW * letters.size
    values = _values(chart.points)
    ordered = [sorted(figures, key=lambda entry: values[entry[0]]) for _, figures in chart.lines]
    axis = axis_of_lines([figure for _, figures in chart.lines for _, figure in figures], slope=slope)
    low = figure_text(axis.low.normalize() if axis.low else 0, chart.separator)
    left = letters.width(low) + BESIDE * letters.size
    first, last = (
        max(letters.width(figure_text(figures[end][1], chart.separator)) for figures in ordered) for end in (0, -1)
    )
    room = first + 2 * BESIDE * letters.size if before_lines else first / 2
    before = left + room + axis.cut * BESIDE * letters.size
    top = _OVER * letters.size
    frame = Box(
        before,
        top,
        max(before, width - last - BESIDE * letters.size),
        top + height * (_SLOPE if slope else 1),
    )
    places = _places(values, frame)
    lines = [
        [_spot(values[point], places[point], figure, axis, frame, chart.separator) for point, figure in figures]
        for figures in ordered
    ]
    step = _step(sorted(values.values()))
    runs = tuple(tuple(_runs(spots, step)) for spots in lines)
    nearest = min((after.dot.x - spot.dot.x for spots in lines for spot, after in pairwise(spots)), default=width)
    return Plot(
        runs=runs,
        figures=place_figures(
            lines,
            runs,
            Box(0, 0, width, frame.bottom),
            letters,
            before_lines=before_lines,
            between=few and not slope,
        ),
        names=tuple(_names(places, width, letters)),
        left=left,
        base=frame.bottom,
        low=low,
        cut=axis.cut,
        close=nearest < _CLOSE * letters.size,
    )


def _values(points: Sequence[str]) -> dict[str, int]:
    """Return where points stand: at the whole numbers that they are or the years that they begin with, else evenly."""
    for pattern in _VALUES:
        values = [int(match[1]) for point in points if (match := pattern.match(point))]
        if len(set(values)) == len(points):
            return dict(zip(points, values, strict=True))
    return {point: index for index, point in enumerate(points)}


def _places(values: Mapping[str, int], frame: Box) -> dict[str, float]:
    low, high = min(values.values()), max(values.values())
    width = frame.right - frame.left
    return {point: frame.left + width * ((value - low) / ((high - low) or 1)) for point, value in values.items()}


def _spot(value: int, x: float, figure: Figure, axis: Axis, frame: Box, separator: str) -> Spot:
    y = frame.bottom - axis.place(figure) * (frame.bottom - frame.top)
    return Spot(value, Dot(x, y), figure_text(figure, separator))


def _step(values: Sequence[int]) -> int:
    """Return the usual distance from a point to the next: the commonest, of several the smallest."""
    steps = Counter(after - before for before, after in pairwise(values))
    return min(steps, key=lambda step: (-steps[step], step), default=0)


def _runs(spots: Sequence[Spot], step: int) -> Iterator[tuple[Dot, ...]]:
    """Yield the parts of a line, which is interrupted where points are missing."""
    run = [spots[0].dot]
    for before, after in pairwise(spots):
        if after.value - before.value > step:
            yield tuple(run)
            run = []
        run.append(after.dot)
    yield tuple(run)


def _names(places: Mapping[str, float], width: float, letters: Lettering) -> list[NameAt]:
    """Return the names of points that have room: first the last, then the first, then the others from the right."""
    ordered = sorted(places, key=lambda point: -places[point])
    taken: list[tuple[float, float]] = []
    names: list[NameAt] = []
    for point in dict.fromkeys((ordered[0], ordered[-1], *ordered)):
        half = letters.width(point) / 2
        x = min(max(places[point], half), max(half, width - half))
        gap = _NAMES * letters.size
        if all(x + half + gap <= left or right + gap <= x - half for left, right in taken):
            taken.append((x - half, x + half))
            names.append(NameAt(x, point))
    return sorted(names)
