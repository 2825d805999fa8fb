"""Questions about a tree that need a walk through it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.richtext.fold import Fold
from cardgen.richtext.plain import to_plain
from cardgen.richtext.tree import Image, Paragraph, Recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.richtext.tree import (
        Block,
        BulletList,
        Code,
        DefinitionList,
        Drawing,
        Gap,
        Group,
        Inline,
        LineBreak,
        Link,
        Math,
        NumberedList,
        Preformatted,
        RichText,
        Ruby,
        Styled,
        Table,
    )

_WORD: Final = re.compile(r"\w")


def nodes(tree: RichText) -> list[Inline | Block]:
    """Return every node of rich text, each before those inside it; the hint of a gap after what it hides."""
    walk = _Walk()
    walk.blocks(tree)
    return walk.met


def media_of(tree: RichText) -> Iterator[Image | Recording]:
    """Yield the pictures and recordings of rich text, in order."""
    return (node for node in nodes(tree) if isinstance(node, Image | Recording))


def is_blank(tree: RichText) -> bool:
    """Return whether rich text shows nothing: no picture or recording, no character but spaces and invisible ones."""
    # Nearly every text has a word right in a paragraph, which is seen without a walk.
    for block in tree:
        if isinstance(block, Paragraph) and any(
            isinstance(child, str) and _WORD.search(child) for child in block.children
        ):
            return False
    return not any(True for _ in media_of(tree)) and is_invisible(to_plain(tree))


def is_invisible(text: str) -> bool:
    """Return whether a text has no character but spaces and invisible ones."""
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cn", "Mn", "Me") for char in text)


class _Walk(Fold[None, None]):
    """Meets the nodes in order.

    Attributes:
        met: Those that it has met.
    """

    def __init__(self) -> None:
        self.met: list[Inline | Block] = []

    def blocks(self, tree: RichText) -> None:
        """Meet blocks and what is inside them."""
        for block in tree:
            self.block(block)

    def _inlines(self, children: tuple[Inline, ...]) -> None:
        for child in children:
            self.inline(child)

    def text(self, node: str) -> None:
        self.met.append(node)

    def styled(self, node: Styled) -> None:
        self.met.append(node)
        self._inlines(node.children)

    def code(self, node: Code) -> None:
        self.met.append(node)

    def math(self, node: Math) -> None:
        self.met.append(node)
        self._inlines(node.parts)

    def line_break(self, node: LineBreak) -> None:
        self.met.append(node)

    def link(self, node: Link) -> None:
        self.met.append(node)
        self._inlines(node.children)

    def image(self, node: Image) -> None:
        self.met.append(node)

    def recording(self, node: Recording) -> None:
        self.met.append(node)

    def ruby(self, node: Ruby) -> None:
        self.met.append(node)

    def gap(self, node: Gap) -> None:
        self.met.append(node)
        self._inlines(node.children)
        self._inlines(node.hint or ())

    def paragraph(self, node: Paragraph) -> None:
        self.met.append(node)
        self._inlines(node.children)

    def bullet_list(self, node: BulletList) -> None:
        self.met.append(node)
        for item in node.items:
            self.blocks(item)

    def numbered_list(self, node: NumberedList) -> None:
        self.met.append(node)
        for item in node.items:
            self.blocks(item)

    def definition_list(self, node: DefinitionList) -> None:
        self.met.append(node)
        for term, definitions in node.entries:
            self._inlines(term)
            for definition in definitions:
                self.blocks(definition)

    def table(self, node: Table) -> None:
        self.met.append(node)
        for row in (node.header, *node.rows):
            for cell in row:
                self._inlines(cell)

    def preformatted(self, node: Preformatted) -> None:
        self.met.append(node)

    def drawing(self, node: Drawing) -> None:
        self.met.append(node)

    def group(self, node: Group) -> None:
        self.met.append(node)
        self.blocks(node.children)
