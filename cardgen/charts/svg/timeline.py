"""Timelines: a row for each step, months below, and a vertical line for each day that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.days import Calendar
from cardgen.charts.svg.elements import WIDTH, element, number, text, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cardgen.charts.model import Span, Timeline

_ROW: Final = 22
_HEAD: Final = 17
_LEFT: Final = 22
"""Space for the numbers of the steps."""
_RIGHT: Final = 8
_SMALL: Final = 10.5
_NAMES: Final = 18
_THICK: Final = 6


def draw(chart: Timeline) -> tuple[int, str]:
    """Draw steps on a calendar.

    Returns:
        The height, and the shapes.
    """
    scale = _Scale(chart)
    heads, shapes = _heads(chart.marks, scale)
    top = heads * _HEAD + 4
    bottom = top + len(chart.spans) * _ROW
    shapes.append(element("path", class_="axis", d=f"M{_LEFT} {bottom}H{WIDTH}", fill="none", stroke="currentColor"))
    shapes.extend(_ticks(scale, bottom))
    for (_, day), head in zip(chart.marks, _levels(chart.marks, scale), strict=True):
        path = f"M{number(scale.of(day))} {number((head + 1) * _HEAD)}V{bottom}"
        shapes.append(element("path", class_="mark", d=path, fill="none", stroke="currentColor"))
    for row, span in enumerate(chart.spans):
        shapes.append(_step(span, scale, top + row * _ROW + _ROW / 2))
    return bottom + _NAMES, "".join(shapes)


class _Scale(Calendar):
    """A calendar scaled to the width of the drawing."""

    def of(self, day: date, *, end: bool = False) -> float:
        """Return the x coordinate of the beginning of a day, or of its end."""
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * self.place(day, end=end)


def _heads(marks: Sequence[tuple[str, date]], scale: _Scale) -> tuple[int, list[str]]:
    """Draw the labels of the marks above the rows, on as many lines as they need without overlaps."""
    levels = _levels(marks, scale)
    shapes = []
    for (label, day), level in zip(marks, levels, strict=True):
        left, words = _head(label, day, scale)
        shapes.append(text(left, (level + 1) * _HEAD - 4, words, role="label"))
    return max(levels, default=-1) + 1, shapes


def _head(label: str, day: date, scale: _Scale) -> tuple[float, str]:
    words = f"{label}, {scale.short(day)}"
    width = width_of(words, 13)
    return min(max(0.0, scale.of(day) - width / 2), WIDTH - width), words


def _levels(marks: Sequence[tuple[str, date]], scale: _Scale) -> list[int]:
    """Return for each mark the highest line on which it does not overlap an earlier one."""
    taken: list[list[tuple[float, float]]] = []
    levels = []
    for label, day in marks:
        left, words = _head(label, day, scale)
        right = left + width_of(words, 13) + 8
        level = next((i for i, spans in enumerate(taken) if all(right <= a or b <= left for a, b in spans)), len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((left, right))
        levels.append(level)
    return levels


def _ticks(scale: _Scale, bottom: float) -> list[str]:
    """Return ticks for months, or for years if months are too narrow, with the names that there is room for."""
    shapes = []
    right = 0.0
    for day, name in scale.ticks():
        x = scale.of(day)
        shapes.append(element("path", class_="axis", d=f"M{number(x)} {bottom}v4", fill="none", stroke="currentColor"))
        left = x + 2
        if left >= right and left + width_of(name, _SMALL) <= WIDTH + 4:
            shapes.append(text(left, bottom + _NAMES - 4, name, role="point", size=_SMALL))
            right = left + width_of(name, _SMALL) + 4
    return shapes


def _step(span: Span, scale: _Scale, middle: float) -> str:
    start = scale.of(span.start)
    width = max(_THICK, scale.of(span.end, end=True) - start)
    start = min(start, WIDTH - width)
    words = scale.told(span)
    after = start + width + 5
    if after + width_of(words, _SMALL) <= WIDTH:
        when = text(after, middle + 4, words, role="point", size=_SMALL)
    elif start - 5 - width_of(words, _SMALL) >= _LEFT:
        when = text(start - 5, middle + 4, words, role="point", anchor="end", size=_SMALL)
    else:
        when = ""
    bar = element("rect", class_="bar chosen", x=start, y=middle - _THICK / 2, width=width, height=_THICK, rx=3)
    return text(0, middle + 4.5, str(span.number), role="label") + bar + when
