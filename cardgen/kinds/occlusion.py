"""`occlusion`: a picture of which parts are hidden. Each mask is a card of one note, as Anki itself has it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.kinds.base import CardText, FieldPicture, Form, Part, Problem, Role, present, prompt
from cardgen.masks import Ellipse, Mask, Masked, Point, Polygon, Rect
from cardgen.masks.shapes import outside
from cardgen.richtext import Image, Paragraph, parse, parse_line, to_plain
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.masks import Shape
    from cardgen.masks.drawing import DrawnMask
    from cardgen.richtext import Inline
    from cardgen.words import Words

WORDS: Final = ("toggle_masks", "needs_image_occlusion")
"""Entries of the words that the templates show."""

LITERAL: Final = frozenset({("alt",)})
"""What is read aloud as it is."""

LAYER: Final = "layer"
"""Among the masks, what names the layer of the drawing that has their shapes."""

_SHAPES: Final = ("rect", "rects", "ellipse", "polygon")
"""Fields of a mask, of which it has one."""


class Described(Struct, frozen=True):
    """A mask.

    Attributes:
        id: For ever.
        shapes: Where it lies; none where the drawing is to say it.
        hides: Markdown of what it hides, or plain text if `drawn`; may be empty.
        given: Which of the fields for shapes its author wrote.
        drawn: Whether its words are those of the drawing.
    """

    id: str
    shapes: tuple[Shape, ...]
    hides: str
    given: tuple[str, ...] = ()
    drawn: bool = False

    @property
    def path(self) -> tuple[str, str]:
        """The path of what says where it lies, in the card."""
        return ("masks", self.id if self.given else LAYER)

    @property
    def words(self) -> tuple[Inline, ...]:
        """What it hides."""
        return (self.hides,) if self.drawn and self.hides else parse_line(self.hides)


class Occlusion(Struct, frozen=True):
    """A picture with masks.

    Attributes:
        image: The picture's path in the deck's folder.
        alt: Plain text for those who cannot see it; may be empty.
        title: Markdown; may be empty.
        layer: The layer of the drawing that has the shapes of masks, and is not shown; or empty.
        masks: In their author's order, those of the layer after those that are written out.
        hide_all: Whether a card hides what the others ask for, too.
        extra: Markdown shown under the answer.
        drawn: Whether `masks` has the shapes of the layer; they are missing where the drawing cannot be used.
    """

    image: str
    alt: str
    title: str
    layer: str
    masks: tuple[Described, ...]
    hide_all: bool
    extra: str
    drawn: bool = False

    @property
    def picture(self) -> str:
        """What the picture is known by: its path and, where a layer is cut out of it, that."""
        return next(pictures(self)).key


def read(fields: Mapping[str, Any]) -> Occlusion:
    """Take over the fields."""
    written = dict(fields["masks"])
    layer = written.pop(LAYER, "")
    return Occlusion(
        image=fields["image"],
        alt=fields.get("alt", ""),
        title=fields.get("title", ""),
        layer=layer,
        masks=tuple(_described(name, mask) for name, mask in written.items()),
        hide_all=fields.get("hide", "all") == "all",
        extra=fields.get("extra", ""),
    )


def _described(name: str, mask: Mapping[str, Any]) -> Described:
    rects = ([mask["rect"]] if "rect" in mask else []) + mask.get("rects", [])
    shapes: list[Shape] = [_rect(rect) for rect in rects]
    if "ellipse" in mask:
        shapes.append(Ellipse(_rect(mask["ellipse"])))
    if "polygon" in mask:
        shapes.append(Polygon(tuple(Point(_number(x), _number(y)) for x, y in mask["polygon"])))
    given = tuple(name for name in _SHAPES if name in mask)
    return Described(name, tuple(shapes), mask.get("hides", ""), given)


def _rect(numbers: Sequence[Decimal | int]) -> Rect:
    return Rect(*map(_number, numbers))


def _number(written: Decimal | int) -> Decimal:
    """Return a number without zeros that change nothing, so that a place written otherwise is the same place."""
    return Decimal(written).normalize()


def pictures(content: Occlusion) -> Iterator[FieldPicture]:
    """Yield the picture."""
    yield FieldPicture(
        ("image",), content.image, content.alt or content.title, content.layer, ("masks", LAYER), masked=True
    )


def with_layer(content: Occlusion, drawn: Sequence[DrawnMask]) -> Occlusion:
    """Return the card with the masks of its layer; words that its author wrote for one of them count."""
    written = {mask.id: mask for mask in content.masks}
    from_layer = []
    for mask in drawn:
        own = written.get(mask.id)
        if own is None:
            from_layer.append(Described(mask.id, mask.shapes, mask.words, drawn=True))
        elif not own.given:
            del written[mask.id]
            words = (own.hides, False) if own.hides else (mask.words, True)
            from_layer.append(Described(mask.id, mask.shapes, words[0], drawn=words[1]))
    return replace(content, masks=(*written.values(), *from_layer), drawn=True)


def check(content: Occlusion) -> Iterator[Problem]:
    """Find masks without a shape, with several, and outside of the picture."""
    if not content.masks and not content.layer:
        yield Problem("CG430", "the card has no mask", ("masks",))
    for mask in content.masks:
        path = ("masks", mask.id)
        if len(mask.given) > 1:
            named = " and ".join(f"`{name}`" for name in mask.given)
            yield Problem("CG430", f"the mask `{mask.id}` has {named}", path, "Keep one: a mask has one place.")
        elif not mask.shapes and not content.layer:
            yield Problem("CG430", f"the mask `{mask.id}` has no shape", path)
        elif not mask.shapes and content.drawn:
            yield Problem("CG430", f"neither the card nor the layer `{content.layer}` has a shape `{mask.id}`", path)
        for shape in mask.shapes:
            box = shape.box
            if outside(shape):
                at = ("masks", LAYER) if mask.drawn else path
                message = (
                    f"the mask `{mask.id}` reaches from {_plain(box.left)} to {_plain(box.left + box.width)} across "
                    f"and from {_plain(box.top)} to {_plain(box.top + box.height)} down: a picture ends at 0 and 100"
                )
                yield Problem("CG431", message, at)
            elif not box.width or not box.height:
                yield Problem("CG431", f"the mask `{mask.id}` is a line and covers nothing", path)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}" if abs(number) < 10**9 else f"{number:.0e}"


def compose(content: Occlusion, words: Words) -> Iterator[Part]:
    """Ask for what each mask hides."""
    title = parse(content.title)
    named = to_plain(title)
    image = Image(content.picture, content.alt or named)
    masks = tuple(Mask(mask.id, number, mask.shapes, mask.words) for number, mask in enumerate(content.masks, 1))
    ask = words.name_part if len(masks) == 1 else fill(words.name_parts, n=len(masks))
    yield Part(
        id="",
        form=Form.OCCLUSION,
        front=(*title, Paragraph((image,)), prompt(ask)),
        back=parse(content.extra),
        title=named or content.alt,
        masked=Masked(image, title, masks, content.hide_all),
    )


def texts(content: Occlusion) -> Iterator[CardText]:
    """Yield the title, what the masks hide, and what stands under the answer."""
    yield from present(
        CardText(Role.CUE, ("alt",), content.alt, literal=True), CardText(Role.CUE, ("title",), content.title)
    )
    for mask in content.masks:
        if mask.hides:
            path = ("masks", LAYER) if mask.drawn else ("masks", mask.id, "hides")
            yield CardText(Role.ANSWER, path, mask.hides, literal=mask.drawn)
    yield from present(CardText(Role.MORE, ("extra",), content.extra))
