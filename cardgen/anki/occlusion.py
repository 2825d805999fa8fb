"""Masks as Anki's own image occlusion has them: gaps that hide shapes (23.10 and later).

A text has one gap for each shape, whose number is that of its mask's card:

    {{c1::image-occlusion:rect:left=.0625:top=.1:width=.375:height=.3:oi=1}}<br>

Lengths are parts of the picture's width and height with up to four digits, as Anki's editor writes them. ``oi=1`` says
that the shape hides its part also on the cards of others (rslib/src/image_occlusion/imageocclusion.rs).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Final

from cardgen.masks import Ellipse, Polygon, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.masks import Masked, Shape

NEWLINE: Final = "<br>"

_UNITS: Final = 10_000
"""As many parts as four digits tell apart."""

_LISTED: Final = re.compile(r"([0-9]+) ([a-z0-9-]+)")


def occlusion_text(masked: Masked) -> str:
    """Return the text of the field that Anki draws masks from, and its mask editor opens."""
    inactive = ":oi=1" if masked.hide_all else ""
    return NEWLINE.join(
        f"{{{{c{mask.number}::image-occlusion:{_written(shape)}{inactive}}}}}"
        for mask in masked.masks
        for shape in mask.shapes
    )


def listed_masks(masked: Masked) -> str:
    """Return the numbers of masks and their ids, from which a ledger can be restored that was lost."""
    return ", ".join(f"{number} {mask}" for number, mask in masked.numbers)


def read_masks(listed: str) -> tuple[tuple[int, str], ...]:
    """Return the numbers and ids that `listed_masks` wrote."""
    return tuple((int(number), mask) for number, mask in _LISTED.findall(listed))


def fraction(percent: Decimal) -> str:
    """Write percent as the part that Anki's editor writes: four digits after the point at most, none before it."""
    units = int((percent * _UNITS / 100).to_integral_value(ROUND_HALF_EVEN))
    whole, rest = divmod(units, _UNITS)
    return f"{whole or ''}{f'.{rest:04d}'.rstrip('0') if rest else ''}" or "0"


def _written(shape: Shape) -> str:
    return ":".join(_parts(shape))


def _parts(shape: Shape) -> Iterator[str]:
    box = shape.box
    corner = (f"left={fraction(box.left)}", f"top={fraction(box.top)}")
    match shape:
        case Rect():
            yield from ("rect", *corner, f"width={fraction(box.width)}", f"height={fraction(box.height)}")
        case Ellipse():
            yield from ("ellipse", *corner, f"rx={fraction(box.width / 2)}", f"ry={fraction(box.height / 2)}")
        case Polygon(points):
            written = " ".join(f"{fraction(point.x)},{fraction(point.y)}" for point in points)
            yield from ("polygon", *corner, f"points={written}")
