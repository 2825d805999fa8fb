"""Masks: what a card hides of a picture, as shapes in percent of its width and height."""

from cardgen.masks.drawing import DrawnMask, UnusableLayerError, drawn_layer, size_of
from cardgen.masks.masked import Mask, Masked
from cardgen.masks.shapes import Ellipse, Point, Polygon, Rect, Shape, area, covered

__all__ = [
    "DrawnMask",
    "Ellipse",
    "Mask",
    "Masked",
    "Point",
    "Polygon",
    "Rect",
    "Shape",
    "UnusableLayerError",
    "area",
    "covered",
    "drawn_layer",
    "size_of",
]
