"""Tree to HTML for pages in which single elements have no styles, since these are forbidden to them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from cardgen.formulas import NotSetError, mathml, to_html
from cardgen.richtext import GroupRole
from cardgen.richtext.html import HtmlFold
from cardgen.site.html import Html

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.check import MediaFile
    from cardgen.formulas import Element
    from cardgen.richtext import Alignment, Group, Image, Inline, Math, Preformatted, Recording, RichText, Table

_PLAIN: Final = frozenset({GroupRole.FOLDED, GroupRole.RIGHT, GroupRole.WRONG})
"""Roles without a look of their own: here all waits with the answer, and options are shown with the question."""

_LONG_FORMULA: Final = 40
"""Characters of TeX: what is longer may be wider than a phone, and can be scrolled there."""


class Gathered:
    """What pages have been found to need beside them.

    Attributes:
        media: The pictures and recordings that they show, by the names of their files.
        styles: What formulas and pictures need, declarations of CSS by the names of classes.
    """

    def __init__(self) -> None:
        self.media: dict[str, MediaFile] = {}
        self.styles: dict[str, str] = {}

    def file(self, file: MediaFile) -> str:
        """Return the name of a picture's or recording's file."""
        self.media[file.name] = file
        return file.name

    def style(self, declarations: str) -> str:
        """Return the class for what would be the style of an element."""
        name = f"f{hashlib.blake2b(declarations.encode(), digest_size=4).hexdigest()}"
        self.styles[name] = declarations
        return name


class PageFold(HtmlFold):
    """Writes HTML whose look is up to classes.

    Args:
        media: Returns the address of a picture or recording for its path in the deck.
        gathered: Gets what formulas and pictures need.
    """

    def __init__(self, media: Callable[[str], str], gathered: Gathered) -> None:
        super().__init__(media)
        self._gathered = gathered

    def page(self, tree: RichText) -> Html:
        """Fold blocks, each in an element of its own."""
        return Html("".join(map(self.block, tree)))

    def line(self, children: tuple[Inline, ...]) -> Html:
        """Fold inlines."""
        return Html(self.inlines(children))

    def aligned(self, alignment: Alignment) -> str:
        """Return the class of a cell that is not aligned as all text is."""
        return f' class="to-{alignment}"'

    def table(self, node: Table) -> str:
        """Fold a table, which can be scrolled where it is too wide, also with keys."""
        return f'<div class="wide" tabindex="0">{super().table(node)}</div>'

    def preformatted(self, node: Preformatted) -> str:
        """Fold lines that are shown letter by letter; likewise."""
        return f'<div class="wide" tabindex="0">{super().preformatted(node)}</div>'

    def group(self, node: Group) -> str:
        """Fold blocks that play a role, which is their class unless it would tell what is asked, or fold the answer."""
        return self.blocks(node.children) if node.role in _PLAIN else super().group(node)

    def image(self, node: Image) -> str:
        """Fold a picture, which is loaded when it comes near the window."""
        address, words = map(self.attribute, (self._media(node.path), node.alternative))
        width = f' class="{self._gathered.style(f"width:{node.width}%")}"' if node.width else ""
        return f'<img src="{address}" alt="{words}" loading="lazy"{width}>'

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film, of which nothing is loaded until somebody plays it."""
        address, words = map(self.attribute, (self._media(node.path), node.name))
        name = "video" if node.is_film else "audio"
        return f'<{name} controls preload="none" src="{address}" aria-label="{words}"></{name}>'

    def math(self, node: Math) -> str:
        """Fold mathematics: as MathML, or as TeX where that cannot say it."""
        try:
            written = to_html(self._classed(mathml(node.tex, display=node.display)))
        except NotSetError:
            written = super().math(node)
        return f'<span class="wide" tabindex="0">{written}</span>' if len(node.tex) > _LONG_FORMULA else written

    def _classed(self, element: Element) -> Element:
        """Put classes in the place of styles."""
        attributes = tuple(
            ("class", self._gathered.style(value)) if name == "style" else (name, value)
            for name, value in element.attributes
        )
        return replace(element, attributes=attributes, children=tuple(map(self._classed, element.children)))


def no_picture(path: str) -> str:
    """Return the address of a picture of a collection's own texts: they have none.

    Raises:
        LookupError: Always.
    """
    raise LookupError(path)
