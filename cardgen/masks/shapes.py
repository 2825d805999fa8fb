"""The shapes that masks are made of. Lengths are in percent of the picture's width or height, from its upper left."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WHOLE: Final = Decimal(100)

_LINES: Final = 40
"""Into how many rows and columns a shape is cut to see how much of it another covers: right to about two percent."""


class Point(NamedTuple):
    """A point."""

    x: Decimal
    y: Decimal


class Rect(Struct, frozen=True):
    """A rectangle."""

    left: Decimal
    top: Decimal
    width: Decimal
    height: Decimal

    @property
    def box(self) -> Rect:
        """The smallest rectangle around it."""
        return self

    @property
    def share(self) -> float:
        """How much of its box it fills, from 0 to 1."""
        return 1.0

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        return 0 <= x - float(self.left) <= float(self.width) and 0 <= y - float(self.top) <= float(self.height)


class Ellipse(Struct, frozen=True):
    """An ellipse, by the rectangle around it."""

    box: Rect

    @property
    def share(self) -> float:
        """How much of its box it fills, from 0 to 1."""
        return math.pi / 4

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it."""
        half_width, half_height = float(self.box.width) / 2, float(self.box.height) / 2
        if not half_width or not half_height:
            return False
        across = (x - float(self.box.left)) / half_width - 1
        down = (y - float(self.box.top)) / half_height - 1
        return across * across + down * down <= 1


class Polygon(Struct, frozen=True):
    """A polygon of three points or more."""

    points: tuple[Point, ...]

    @property
    def box(self) -> Rect:
        """The smallest rectangle around it."""
        left, top = min(point.x for point in self.points), min(point.y for point in self.points)
        right, bottom = max(point.x for point in self.points), max(point.y for point in self.points)
        return Rect(left, top, right - left, bottom - top)

    @property
    def share(self) -> float:
        """How much of its box it fills, from 0 to 1: the shoelace formula."""
        box = float(self.box.width) * float(self.box.height)
        twice = sum(float(one.x * other.y - other.x * one.y) for one, other in _sides(self.points))
        return abs(twice) / 2 / box if box else 0.0

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it: whether a line from there to the right crosses an odd number of sides."""
        inside = False
        for one, other in _sides(self.points):
            if (float(one.y) > y) != (float(other.y) > y):
                slope = float(other.x - one.x) / float(other.y - one.y)
                inside ^= x < float(one.x) + (y - float(one.y)) * slope
        return inside


Shape = Rect | Ellipse | Polygon


def area(shapes: Sequence[Shape]) -> float:
    """Return how much of the picture some shapes cover, in percent; what two of them share counts twice."""
    return sum(float(shape.box.width) * float(shape.box.height) * shape.share / 100 for shape in shapes)


def outside(shape: Shape) -> bool:
    """Return whether a part of a shape lies outside the picture."""
    box = shape.box
    return min(box.left, box.top) < 0 or box.left + box.width > _WHOLE or box.top + box.height > _WHOLE


def covered(shapes: Sequence[Shape], by: Sequence[Shape]) -> float:
    """Return how much of some shapes others cover, from 0 to 1, to about two percent."""
    near = [other for other in by if any(_may_meet(one.box, other.box) for one in shapes)]
    if not near:
        return 0.0
    met = hidden = 0
    for shape in shapes:
        for x, y in _grid(shape.box):
            if shape.holds(x, y):
                met += 1
                hidden += any(other.holds(x, y) for other in near)
    return hidden / met if met else 0.0


def _sides(points: tuple[Point, ...]) -> Iterator[tuple[Point, Point]]:
    return zip(points, (*points[1:], points[0]), strict=True)


def _may_meet(one: Rect, other: Rect) -> bool:
    across = one.left < other.left + other.width and other.left < one.left + one.width
    return across and one.top < other.top + other.height and other.top < one.top + one.height


def _grid(box: Rect) -> Iterator[tuple[float, float]]:
    """Yield the middles of the cells of a box."""
    left, top, width, height = map(float, (box.left, box.top, box.width, box.height))
    for row in range(_LINES):
        for column in range(_LINES):
            yield left + width * (column + 0.5) / _LINES, top + height * (row + 0.5) / _LINES
