"""A layer of an SVG drawing as masks, and the drawing without it.

The file is read twice: by Python's own parser, which finds the layer's place and the words in it, and by svgelements,
which knows where shapes lie after all transformations. That one is imported only where a deck has a layer.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.parsers import expat

from cardgen.diagnostics import quoted
from cardgen.errors import CardgenError
from cardgen.masks.shapes import Ellipse, Point, Polygon, Rect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.masks.shapes import Shape

MAX_LAYERED: Final = 4 << 20
"""Bytes of the largest drawing that a layer is taken from; all of it becomes objects in memory."""

_INKSCAPE: Final = "http://www.inkscape.org/namespaces/inkscape"
_SVG: Final = "http://www.w3.org/2000/svg"
_LABEL: Final = f"{_INKSCAPE} label"
_TITLE: Final = f"{_SVG} title"

_CURVE: Final = 12
"""Into how many straight lines each piece of a curve is cut."""

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

_DIGITS: Final = Decimal("0.01")
"""Percent are kept with two digits after the point, as fine as Anki is."""

_PIXELS: Final = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
    "em": 16.0, "ex": 8.0,
}  # fmt: skip
"""Pixels of each unit: https://www.w3.org/TR/css-values-4/#absolute-lengths, and of the usual font's two."""

_LENGTH: Final = re.compile(
    rf"\s*\+?((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]{{1,2}})?)({'|'.join(_PIXELS)})\s*", re.IGNORECASE
)


class UnusableLayerError(CardgenError):
    """Masks cannot be taken from a drawing; its text says why."""


def _parser() -> expat.XMLParserType:
    return expat.ParserCreate(namespace_separator=" ")


class DrawnMask(NamedTuple):
    """A shape of a layer, or a group of some: its id, where it lies, and its title or label."""

    id: str
    shapes: tuple[Shape, ...]
    words: str


def size_of(svg: bytes, *, told: bool = False) -> tuple[float, float] | None:
    """Return width and height of a drawing in pixels of CSS; None where it does not say how large it is.

    Without that, a canvas laid over it has no size. A drawing that cannot be read has none either.

    Args:
        svg: The drawing.
        told: Whether it must say so itself; else its ``viewBox`` will do, which says what shape it has.
    """
    found: list[Mapping[str, str]] = []

    def start(_: str, attributes: Mapping[str, str]) -> None:
        if not found:
            found.append(attributes)

    try:
        _parsed(svg, start, lambda _: None, lambda _: None)
    except UnusableLayerError:
        return None
    root = found[0] if found else {}
    width, height = (_pixels(root.get(name, "")) for name in ("width", "height"))
    if width and height:
        return width, height
    return None if told else _size_of_box(root.get("viewBox", ""))


def drawn_layer(svg: bytes, name: str) -> tuple[tuple[DrawnMask, ...], bytes]:
    """Return the masks that a layer holds, and the drawing without the layer.

    Args:
        svg: The drawing.
        name: The id of a group, or its label in Inkscape.

    Raises:
        UnusableLayerError: If there is no such layer, or a shape in it cannot be a mask.
    """
    if len(svg) > MAX_LAYERED:
        raise UnusableLayerError(f"the drawing is larger than {MAX_LAYERED >> 20} MiB")
    finder = _Finder(name)
    finder.parse(svg)
    if finder.end is None:
        raise UnusableLayerError(f"no layer or group `{name}` in the drawing{finder.others()}")
    if not finder.children:
        raise UnusableLayerError(f"the layer `{name}` is empty")
    wrong = next((child for child in finder.children if not _ID.fullmatch(child.id)), None)
    if wrong is not None:
        said = f"has the id `{wrong.id}`" if wrong.id else "has no id"
        raise UnusableLayerError(
            f"a <{wrong.tag}> of the layer `{name}` {said}: it takes small letters, digits and single hyphens"
        )
    shapes = _shapes(svg, [child.id for child in finder.children])
    masks = tuple(DrawnMask(child.id, shapes[child.id], " ".join(child.words.split())) for child in finder.children)
    return masks, svg[: finder.start] + svg[finder.end :]


@dataclass(slots=True)
class _Child:
    """An element of the layer."""

    tag: str
    id: str
    label: str
    title: str = ""

    @property
    def words(self) -> str:
        return self.title or self.label


@dataclass(slots=True)
class _Finder:
    """Finds a layer.

    Attributes:
        name: Its id or label.
        start, end: Its first byte and the one behind it; None as long as it was not met.
        children: Its elements that can be seen.
        labels: The labels of all layers.
    """

    name: str
    start: int | None = None
    end: int | None = None
    children: list[_Child] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    _svg: bytes = b""
    _depth: int = 0
    _layer: int = 0
    _in_title: bool = False
    _parser: expat.XMLParserType = field(default_factory=_parser)

    def parse(self, svg: bytes) -> None:
        """Look for it.

        Raises:
            UnusableLayerError: If the drawing cannot be read.
        """
        self._svg = svg
        _parsed(svg, self._begins, self._ends, self._text, self._parser)

    def others(self) -> str:
        """Name the layers that there are."""
        return f"; there is {quoted(self.labels[:5])}" if self.labels else ""

    def _begins(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        label = attributes.get(_LABEL, "")
        if tag == f"{_SVG} g" and self.end is None and not self._layer:
            if attributes.get(f"{_INKSCAPE} groupmode") == "layer" or attributes.get("id"):
                self.labels.append(label or attributes["id"])
            if self.name in (attributes.get("id"), label):
                self.start, self._layer = self._parser.CurrentByteIndex, self._depth
                return
        if self._layer and self._depth == self._layer + 1 and tag.startswith(f"{_SVG} ") and not tag.endswith("title"):
            name = tag.rpartition(" ")[2]
            if name not in ("desc", "metadata", "defs"):
                self.children.append(_Child(name, attributes.get("id", ""), label))
        self._in_title = bool(self._layer) and tag == _TITLE and self._depth == self._layer + 2

    def _text(self, text: str) -> None:
        if self._in_title and self.children:
            self.children[-1].title += text

    def _ends(self, _tag: str) -> None:
        if self._layer and self._depth == self._layer:
            # Of an element that is closed in its own tag, both places are the same.
            self.end = self._svg.index(b">", self._parser.CurrentByteIndex) + 1
            self._layer = 0
        self._in_title = False
        self._depth -= 1


def _parsed(svg: bytes, start: Any, end: Any, text: Any, parser: expat.XMLParserType | None = None) -> None:  # noqa: ANN401 - expat's own types say no more
    parser = parser or _parser()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text

    def refused(*_: object) -> None:
        raise UnusableLayerError("the drawing declares entities of its own")

    parser.EntityDeclHandler = refused
    try:
        parser.Parse(svg, True)
    except expat.ExpatError as error:
        raise UnusableLayerError(f"the drawing is no well-formed SVG: {error}") from None


def _shapes(svg: bytes, ids: list[str]) -> dict[str, tuple[Shape, ...]]:
    """Return the shapes of elements by their ids.

    Raises:
        UnusableLayerError: If one has none, or the drawing has no size.
    """
    from svgelements import SVG

    if size_of(svg) is None:
        raise UnusableLayerError("the drawing has neither width and height nor a viewBox")
    try:
        drawing = SVG.parse(io.BytesIO(svg), reify=True)
        width, height = float(drawing.width), float(drawing.height)
        found = {}
        for name in ids:
            element = drawing.get_element_by_id(name)
            found[name] = tuple(_shape(part, width, height) for part in _parts(element))
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, ArithmeticError, RecursionError) as error:
        raise UnusableLayerError(f"the drawing cannot be measured: {type(error).__name__}") from None
    empty = next((name for name, shapes in found.items() if not shapes), None)
    if empty is not None:
        raise UnusableLayerError(f"`{empty}` is no shape: use rectangles, ellipses, paths, or groups of them")
    return found


def _parts(element: Any) -> Iterator[Any]:  # noqa: ANN401 - svgelements has no types
    """Yield the shapes of an element, or of a group."""
    from svgelements import Group, Shape

    if isinstance(element, Shape):
        yield element
    elif isinstance(element, Group):
        for part in element:
            yield from _parts(part)


def _shape(element: Any, width: float, height: float) -> Shape:  # noqa: ANN401 - as above
    """Return a shape in percent."""
    from svgelements import Circle, Path
    from svgelements import Ellipse as DrawnEllipse
    from svgelements import Rect as DrawnRect

    path = Path(element)
    path.reify()
    left, top, right, bottom = path.bbox()
    corner = Point(_percent(left, width), _percent(top, height))
    box = Rect(*corner, _percent(right - left, width), _percent(bottom - top, height))
    transform = element.transform
    straight = math.isclose(transform.b, 0, abs_tol=1e-9) and math.isclose(transform.c, 0, abs_tol=1e-9)
    if isinstance(element, DrawnRect) and straight:
        return box
    if isinstance(element, Circle | DrawnEllipse) and straight:
        return Ellipse(box)
    points = [Point(_percent(x, width), _percent(y, height)) for x, y in _outline(path)]
    return Polygon(tuple(dict.fromkeys(points)))


def _outline(path: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401 - as above
    """Yield points on the outline of a path, close enough to look like it."""
    from svgelements import Close, Line, Move

    for segment in path:
        pieces = 1 if isinstance(segment, Move | Line | Close) else _CURVE
        for piece in range(1, pieces + 1):
            point = segment.point(piece / pieces)
            if point is not None:
                yield float(point.x), float(point.y)


def _percent(length: float, whole: float) -> Decimal:
    return Decimal(length / whole * 100).quantize(_DIGITS).normalize()


def _pixels(written: str) -> float:
    """Return a length in pixels; 0 for what is none, and for parts of what is around the drawing."""
    length = _LENGTH.fullmatch(written)
    return float(length[1]) * _PIXELS[length[2].lower()] if length else 0.0


def _size_of_box(written: str) -> tuple[float, float] | None:
    try:
        box = [float(number) for number in re.split(r"[\s,]+", written.strip())]
    except ValueError:
        return None
    # Of three numbers, or ones that are no sizes, nothing can be drawn.
    return (box[2], box[3]) if len(box) == 4 and 0 < box[2] < math.inf and 0 < box[3] < math.inf else None  # noqa: PLR2004
