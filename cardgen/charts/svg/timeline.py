"""Timelines: a row for each step, months below, and a vertical line for each day that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.schedule import schedule
from cardgen.charts.svg.elements import LARGE, SMALL, WIDTH, element, number, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.charts.model import Timeline
    from cardgen.charts.schedule import Mark, Schedule, Step

_ROW: Final = 22
_HEAD: Final = 17
_LEFT: Final = 22
"""Space for the numbers of the steps."""
_NAMES: Final = 18
_THICK: Final = 6
_CLEAR: Final = 2
"""From a line to the words for which it is interrupted."""


def draw(chart: Timeline) -> tuple[int, str]:
    """Draw steps on a calendar.

    Returns:
        The height, and the shapes.
    """
    laid = schedule(chart, WIDTH, _LEFT, SMALL, LARGE)
    top = laid.levels * _HEAD + 4
    bottom = top + len(laid.steps) * _ROW
    shapes = [text(mark.left, (mark.level + 1) * _HEAD - 4, mark.words, role="label") for mark in laid.marks]
    shapes += _calendar(laid, bottom)
    shapes += (_line(mark, laid, top, bottom) for mark in laid.marks)
    for row, step in enumerate(laid.steps):
        shapes += _step(step, top + row * _ROW + _ROW / 2)
    return bottom + _NAMES, "".join(shapes)


def _calendar(laid: Schedule, bottom: int) -> Iterator[str]:
    line = f"M{_LEFT} {bottom}H{number(laid.right)}"
    yield element("path", class_="axis", d=line, fill="none", stroke="currentColor")
    for tick in laid.ticks:
        line = f"M{number(tick.x)} {bottom}v4"
        yield element("path", class_="axis", d=line, fill="none", stroke="currentColor")
        if tick.words:
            yield text(tick.x + 2, bottom + _NAMES - 4, tick.words, role="point", size=SMALL.size)


def _line(mark: Mark, laid: Schedule, top: int, bottom: int) -> str:
    """Draw the line of a mark, interrupted where it would run through words: of other marks, and of steps."""
    words = [((level := other.level) * _HEAD, (level + 1) * _HEAD, other.left, other.right) for other in laid.marks]
    words += [(top + row * _ROW, top + (row + 1) * _ROW, step.left, step.right) for row, step in enumerate(laid.steps)]
    path = ""
    start: float = (mark.level + 1) * _HEAD
    for upper, lower, left, right in sorted(words):
        if upper >= start and left - _CLEAR < mark.x < right + _CLEAR:
            path += f"M{number(mark.x)} {number(start)}V{number(upper)}" if upper > start else ""
            start = lower
    path += f"M{number(mark.x)} {number(start)}V{bottom}" if start < bottom else ""
    return element("path", class_="mark", d=path, fill="none", stroke="currentColor") if path else ""


def _step(step: Step, middle: float) -> Iterator[str]:
    yield text(0, middle + 4.5, step.number, role="label")
    yield element(
        "rect",
        class_="bar chosen",
        x=step.start,
        y=middle - _THICK / 2,
        width=step.end - step.start,
        height=_THICK,
        rx=_THICK / 2,
    )
    yield text(step.left, middle + 4, step.words, role="point", size=SMALL.size)
