"""Bar charts: for each bar a line with its label and its figure, and the bar below them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.svg.elements import WIDTH, element, text, width_of, wrapped
from cardgen.charts.words import figure_text

if TYPE_CHECKING:
    from cardgen.charts.model import Bars

_SIZE: Final = 13
_LINE: Final = 17
_THICK: Final = 6
_GAP: Final = 12
"""Between a bar and the label of the next."""


def draw(chart: Bars) -> tuple[int, str]:
    """Draw bars from zero; those of negative figures extend to the left of it.

    Returns:
        The height, and the shapes.
    """
    figures = [float(figure) for _, figure in chart.bars]
    low, high = min(0.0, *figures), max(0.0, *figures)
    scale = WIDTH / ((high - low) or 1)
    zero = -low * scale
    shapes = []
    y = 0
    for index, (label, figure) in enumerate(chart.bars):
        chosen = " chosen" if index in chart.chosen else ""
        value = figure_text(figure, chart.separator)
        for row, line in enumerate(wrapped(label, WIDTH - width_of(value, _SIZE) - _SIZE, _SIZE)):
            y += _LINE
            shapes.append(text(0, y - 4, line, role=f"label{chosen}"))
            if row == 0:
                shapes.append(text(WIDTH, y - 4, value, role=f"value{chosen}", anchor="end"))
        length = figures[index] * scale
        width = max(1.0, abs(length))
        start = min(zero + min(0.0, length), WIDTH - width)
        shapes.append(element("rect", class_=f"bar{chosen}", x=start, y=y, width=width, height=_THICK))
        y += _THICK + _GAP
    return y - _GAP + 2, "".join(shapes)
