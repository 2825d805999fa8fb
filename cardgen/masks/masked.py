"""A picture with masks, as a note has it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.masks.shapes import Shape
    from cardgen.richtext import Image, Inline, RichText


class Mask(Struct, frozen=True):
    """What one card hides of a picture.

    Attributes:
        id: For ever: a learner's schedule hangs on it.
        number: The number of its card, from 1. It belongs to the id for ever and says nothing of the order.
        shapes: Where it lies.
        words: What it hides; may be empty.
    """

    id: str
    number: int
    shapes: tuple[Shape, ...]
    words: tuple[Inline, ...]


class Masked(Struct, frozen=True):
    """A picture and its masks.

    Attributes:
        image: The picture.
        title: What it shows; may be empty.
        masks: In their author's order, in which people count them.
        hide_all: Whether a card hides what the others ask for, too.
    """

    image: Image
    title: RichText
    masks: tuple[Mask, ...]
    hide_all: bool

    @property
    def numbers(self) -> tuple[tuple[int, str], ...]:
        """The numbers of its cards in ascending order, each with the id of its mask."""
        return tuple(sorted((mask.number, mask.id) for mask in self.masks))

    def with_numbers(self, known: Mapping[str, int]) -> Masked:
        """Return the same with the numbers that masks have had, by their ids; new ones get numbers of their own.

        Args:
            known: Also those of masks that are gone: nothing else ever gets their numbers.
        """
        new = [mask.id for mask in self.masks if mask.id not in known]
        numbers = {**known, **{name: number for number, name in enumerate(new, max(known.values(), default=0) + 1)}}
        return replace(self, masks=tuple(replace(mask, number=numbers[mask.id]) for mask in self.masks))
