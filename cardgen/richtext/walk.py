"""Questions about a tree that need a walk through it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cardgen.richtext.plain import to_plain
from cardgen.richtext.tree import BulletList, Group, Image, Link, NumberedList, Paragraph, Styled, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.richtext.tree import Inline, RichText


def images(tree: RichText) -> Iterator[Image]:
    """Give the pictures of rich text, in order."""
    for block in tree:
        match block:
            case Paragraph(children):
                yield from _images_in(children)
            case BulletList(items) | NumberedList(items):
                for item in items:
                    yield from images(item)
            case Table(_, header, rows):
                for row in (header, *rows):
                    for cell in row:
                        yield from _images_in(cell)
            case Group(_, children):
                yield from images(children)


def _images_in(inlines: tuple[Inline, ...]) -> Iterator[Image]:
    for inline in inlines:
        if isinstance(inline, Image):
            yield inline
        elif isinstance(inline, Styled | Link):
            yield from _images_in(inline.children)


def is_blank(tree: RichText) -> bool:
    """Say whether nothing of rich text can be seen: no picture, no character but spaces and invisible ones."""
    if any(True for _ in images(tree)):
        return False
    return all(
        char.isspace() or unicodedata.category(char) in ("Cf", "Cc", "Cn", "Mn", "Me") for char in to_plain(tree)
    )
