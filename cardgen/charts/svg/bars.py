"""Bar charts: for each bar a line with its label and its figure, and the bar below them.

Where bars would all look alike, there are points on an axis that does not begin at zero, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.axis import axis_of_bars
from cardgen.charts.svg.elements import LARGE, SMALL, WIDTH, element, text, wrapped
from cardgen.charts.words import figure_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.charts.axis import Axis
    from cardgen.charts.model import Bars

_LINE: Final = 17
_THICK: Final = 6
_GAP: Final = 12
"""Between a bar and the label of the next."""
_CUT: Final = 16
"""How much of the line of a point lies before the low end of its axis."""
_RADIUS: Final = 4
_NAMES: Final = 18


def draw(chart: Bars) -> tuple[int, str]:
    """Draw bars from zero, those of negative figures to the left of it; or points on a cut axis.

    Returns:
        The height, and the shapes.
    """
    figures = [float(figure) for _, figure in chart.bars]
    low, high = min(0.0, *figures), max(0.0, *figures)
    scale = WIDTH / ((high - low) or 1)
    zero = -low * scale
    axis = axis_of_bars([figure for _, figure in chart.bars])
    shapes = []
    y = 0
    for index, (label, figure) in enumerate(chart.bars):
        chosen = " chosen" if index in chart.chosen else ""
        value = figure_text(figure, chart.separator)
        for row, line in enumerate(wrapped(label, WIDTH - LARGE.width(value) - LARGE.size)):
            y += _LINE
            shapes.append(text(0, y - 4, line, role=f"label{chosen}"))
            if row == 0:
                shapes.append(text(WIDTH, y - 4, value, role=f"value{chosen}", anchor="end"))
        if axis is None:
            length = figures[index] * scale
            width = max(1.0, abs(length))
            start = min(zero + min(0.0, length), WIDTH - width)
            shapes.append(element("rect", class_=f"bar{chosen}", x=start, y=y, width=width, height=_THICK))
        else:
            shapes += _point(axis.place(figure), y + _THICK / 2, chosen)
        y += _THICK + _GAP
    if axis is None:
        return y - _GAP + 2, "".join(shapes)
    return y + _NAMES - _GAP, "".join((*shapes, *_ends(axis, y + _NAMES - _GAP - 4, chart.separator)))


def _point(place: float, y: float, chosen: str) -> Iterator[str]:
    """Draw a point on its line, which is cut at its beginning."""
    yield element("path", class_="axis", d=f"M0 {y}H{WIDTH}", fill="none", stroke="currentColor")
    yield element("path", class_="bar", d=f"M5 {y + 4}l3 -8M10 {y + 4}l3 -8", fill="none", stroke="currentColor")
    x = _CUT + _RADIUS + (WIDTH - _CUT - 2 * _RADIUS) * place
    yield element("circle", class_=f"bar{chosen}", cx=x, cy=y, r=_RADIUS)


def _ends(axis: Axis, y: float, separator: str) -> Iterator[str]:
    """Name both ends of the axis."""
    low, high = (figure_text(end.normalize(), separator) for end in axis)
    yield text(_CUT, y, low, role="label", size=SMALL.size)
    yield text(WIDTH, y, high, role="value", anchor="end", size=SMALL.size)
