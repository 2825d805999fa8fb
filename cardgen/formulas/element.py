"""MathML as a small tree, of nothing but the elements and attributes that are listed here."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError, XMLParser

from msgspec import Struct

from cardgen.errors import CardgenError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element as XmlElement

STYLES: Final = frozenset({"b", "i", "em", "code", "s", "u", "span"})
"""Elements of HTML that stand in ``mtext``."""

_TAGS: Final = STYLES | frozenset({
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd", "mphantom",
    "mpadded", "menclose",
})  # fmt: skip
_ATTRIBUTES: Final = frozenset({
    "display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "symmetric", "largeop",
    "movablelimits", "form", "lspace", "rspace", "minsize", "maxsize", "accent", "accentunder", "linethickness",
    "width", "height", "voffset", "notation", "class", "style",
})  # fmt: skip
_VALUE: Final = re.compile(r"[\w#.%:;, -]*")
"""What values of attributes are made of. A style without parentheses and slashes loads nothing."""


MOST_DEPTH: Final = 24
"""How deep elements may be nested: Typst calls no function deeper than 80, and a formula that people read has no more
than half of this."""


class ForeignElementError(CardgenError):
    """MathML has what is not listed here, or is nested too deeply; it becomes a `NotSetError`."""


class Element(Struct, frozen=True):
    """An element of MathML.

    Attributes:
        tag: Its name.
        attributes: Names and values, in order.
        children: The elements inside it.
        text: What a ``mi``, ``mn``, ``mo`` or ``mtext``, or an element of HTML in a ``mtext``, says.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()
    text: str = ""

    def get(self, name: str) -> str:
        """Return an attribute's value; empty if there is none."""
        return next((value for key, value in self.attributes if key == name), "")


def read(written: str, texts: Mapping[int, str] = MappingProxyType({})) -> Element:
    """Return the tree of written MathML.

    Args:
        written: The MathML.
        texts: What to put for characters in it, by their numbers.

    Raises:
        ForeignElementError: If it is no MathML, has what is not listed here, or is nested too deeply.
    """
    parser = XMLParser()  # noqa: S314 - no document type, so no entities; and what it reads is no file's content
    try:
        # The one entity that it has and XML does not.
        parser.feed(written.replace("&ApplyFunction;", "\N{FUNCTION APPLICATION}"))
        root: XmlElement = parser.close()
    except ParseError as error:
        raise ForeignElementError(f"no MathML: {error}") from None
    return _taken(root, texts, MOST_DEPTH)


def _taken(node: XmlElement, texts: Mapping[int, str], room: int) -> Element:
    if node.tag not in _TAGS or (node.tail or "").strip():
        raise ForeignElementError(f"<{node.tag}> is not known here")
    if not room:
        raise ForeignElementError("elements are nested too deeply")
    for name, value in node.attrib.items():
        if name not in _ATTRIBUTES or not _VALUE.fullmatch(value):
            raise ForeignElementError(f'{name}="{value}" is not known here')
    inside = tuple(_taken(child, texts, room - 1) for child in node)
    return Element(node.tag, tuple(node.attrib.items()), inside, (node.text or "").translate(texts))
