"""Pictures with masks: with a number on each, as on a printed sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.masks import Ellipse, Polygon, Rect
from cardgen.site.html import Html, element, joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from cardgen.masks import Mask, Shape

_STRETCHED: Final = 'viewBox="0 0 100 100" preserveAspectRatio="none"'
"""By these attributes, points of polygons are percent of the picture; other shapes can be given in percent at once."""


def masked(picture: Html, masks: Iterable[Mask]) -> Html:
    """Return a picture under its masks, whose numbers are not read to those who cannot see it."""
    drawn = joined(*(_mask(mask, str(number)) for number, mask in enumerate(masks, 1)))
    return element("div", picture, Html(f'<svg aria-hidden="true">{drawn}</svg>'), class_="masked")


def _mask(mask: Mask, number: str) -> Html:
    boxes = (shape.box for shape in mask.shapes)
    numbers = (
        element("text", number, x=_percent(box.left + box.width / 2), y=_percent(box.top + box.height / 2))
        for box in boxes
    )
    return joined(*map(_shape, mask.shapes), *numbers)


def _shape(shape: Shape) -> Html:
    match shape:
        case Rect(left, top, width, height):
            return element("rect", x=_percent(left), y=_percent(top), width=_percent(width), height=_percent(height))
        case Ellipse(box):
            across, down = box.width / 2, box.height / 2
            middle = {"cx": _percent(box.left + across), "cy": _percent(box.top + down)}
            return element("ellipse", **middle, rx=_percent(across), ry=_percent(down))
        case Polygon(points):
            corners = " ".join(f"{_plain(point.x)},{_plain(point.y)}" for point in points)
            return Html(f'<svg {_STRETCHED}><polygon points="{corners}"/></svg>')


def _percent(number: Decimal) -> str:
    return f"{_plain(number)}%"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
