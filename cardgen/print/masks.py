"""Pictures with masks on paper: with numbers on a sheet, with the one that is asked for on a card to cut out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.masks import Ellipse, Polygon, Rect
from cardgen.richtext import literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.kinds import Part
    from cardgen.masks import Mask, Masked, Shape
    from cardgen.print.data import BlockNode, MaskNode, ShapeNode
    from cardgen.print.nodes import Encoder
    from cardgen.words import Words

Sides = tuple[list["BlockNode"], list["BlockNode"], list["BlockNode"]]
"""What is asked, what is answered, and what stands under the answer."""

_ASKED: Final = "?"


def numbered_sides(part: Part, masked: Masked, encoder: Encoder) -> Sides:
    """Return the sides of a picture of which all masks are asked for at once, each by its number."""
    marks = [_mask(mask, str(number)) for number, mask in enumerate(masked.masks, 1)]
    named: list[list[BlockNode]] = [[{"t": "p", "c": encoder.inlines(mask.words)}] for mask in masked.masks]
    prompt = encoder.blocks(part.front[len(masked.title) + 1 :])
    question = [*encoder.blocks(masked.title), encoder.masked(masked.image, marks), *prompt]
    return question, [{"t": "ol", "start": 1, "c": named}], encoder.blocks((*part.back, *part.more))


def single_sides(part: Part, masked: Masked, encoder: Encoder, words: Words) -> Iterator[Sides]:
    """Yield the sides of a picture for each mask, which is asked for as Anki does."""
    for asked in masked.masks:
        others = masked.masks if masked.hide_all else (asked,)
        # What is asked for lies above the others.
        marks = [_mask(mask, "") for mask in others if mask is not asked] + [_mask(asked, _ASKED)]
        title = encoder.blocks(masked.title) or encoder.blocks(literal(words.name_part))
        question = [*title, encoder.masked(masked.image, marks)]
        yield question, [{"t": "p", "c": encoder.inlines(asked.words)}], encoder.blocks((*part.back, *part.more))


def _mask(mask: Mask, mark: str) -> MaskNode:
    return {"mark": mark, "asked": mark == _ASKED, "shapes": list(map(_shape, mask.shapes))}


def _shape(shape: Shape) -> ShapeNode:
    box = shape.box
    node: ShapeNode = {
        "form": "rect",
        "x": float(box.left) / 100,
        "y": float(box.top) / 100,
        "w": float(box.width) / 100,
        "h": float(box.height) / 100,
        "points": [],
    }
    match shape:
        case Rect():
            return node
        case Ellipse():
            return {**node, "form": "ellipse"}
        case Polygon(points):
            return {
                **node,
                "form": "polygon",
                "points": [[float(point.x - box.left) / 100, float(point.y - box.top) / 100] for point in points],
            }
