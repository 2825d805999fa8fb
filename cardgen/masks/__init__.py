"""Masks: what a card hides of a picture, as shapes in percent of its width and height.

What takes them from drawings, ``drawing``, is imported by itself, where a deck has some.
"""

from cardgen.masks.masked import Mask, Masked
from cardgen.masks.shapes import Ellipse, Point, Polygon, Rect, Shape, area, covered

__all__ = [
    "Ellipse",
    "Mask",
    "Masked",
    "Point",
    "Polygon",
    "Rect",
    "Shape",
    "area",
    "covered",
]
