"""Questions about a tree that need a walk through it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cardgen.richtext.fold import Fold
from cardgen.richtext.plain import to_plain
from cardgen.richtext.tree import Image

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.richtext.tree import (
        Block,
        BulletList,
        Code,
        Drawing,
        Gap,
        Group,
        Inline,
        LineBreak,
        Link,
        Math,
        NumberedList,
        Paragraph,
        Preformatted,
        RichText,
        Styled,
        Table,
    )


def nodes(tree: RichText) -> Iterator[Inline | Block]:
    """Yield every node of rich text, each before those inside it; the hint of a gap after what it hides."""
    for block in tree:
        yield from _WALK.block(block)


def images(tree: RichText) -> Iterator[Image]:
    """Yield the pictures of rich text, in order."""
    return (node for node in nodes(tree) if isinstance(node, Image))


def is_blank(tree: RichText) -> bool:
    """Return whether nothing of rich text can be seen: no picture, no character but spaces and invisible ones."""
    return not any(True for _ in images(tree)) and is_invisible(to_plain(tree))


def is_invisible(text: str) -> bool:
    """Return whether a text has no character but spaces and invisible ones."""
    return all(char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cn", "Mn", "Me") for char in text)


class _Walk(Fold["Iterator[Inline | Block]", "Iterator[Inline | Block]"]):
    """Every node is turned into itself and those inside it."""

    def text(self, node: str) -> Iterator[Inline | Block]:
        yield node

    def styled(self, node: Styled) -> Iterator[Inline | Block]:
        yield node
        yield from self._inlines(node.children)

    def code(self, node: Code) -> Iterator[Inline | Block]:
        yield node

    def math(self, node: Math) -> Iterator[Inline | Block]:
        yield node
        yield from self._inlines(node.parts)

    def line_break(self, node: LineBreak) -> Iterator[Inline | Block]:
        yield node

    def link(self, node: Link) -> Iterator[Inline | Block]:
        yield node
        yield from self._inlines(node.children)

    def image(self, node: Image) -> Iterator[Inline | Block]:
        yield node

    def gap(self, node: Gap) -> Iterator[Inline | Block]:
        yield node
        yield from self._inlines(node.children)
        yield from self._inlines(node.hint or ())

    def paragraph(self, node: Paragraph) -> Iterator[Inline | Block]:
        yield node
        yield from self._inlines(node.children)

    def bullet_list(self, node: BulletList) -> Iterator[Inline | Block]:
        yield node
        for item in node.items:
            yield from nodes(item)

    def numbered_list(self, node: NumberedList) -> Iterator[Inline | Block]:
        yield node
        for item in node.items:
            yield from nodes(item)

    def table(self, node: Table) -> Iterator[Inline | Block]:
        yield node
        for row in (node.header, *node.rows):
            for cell in row:
                yield from self._inlines(cell)

    def preformatted(self, node: Preformatted) -> Iterator[Inline | Block]:
        yield node

    def drawing(self, node: Drawing) -> Iterator[Inline | Block]:
        yield node

    def group(self, node: Group) -> Iterator[Inline | Block]:
        yield node
        yield from nodes(node.children)

    def _inlines(self, children: tuple[Inline, ...]) -> Iterator[Inline | Block]:
        for child in children:
            yield from self.inline(child)


_WALK = _Walk()
