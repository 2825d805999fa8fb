"""Tree to what a voice says: the words, without marks that it would read out, and without what it cannot say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.plain import PlainFold

if TYPE_CHECKING:
    from cardgen.richtext.tree import (
        BulletList,
        Drawing,
        Image,
        Link,
        NumberedList,
        Recording,
        RichText,
        Styled,
        Table,
    )


class _Spoken(PlainFold):
    """Writes words, each block and item on a line of its own."""

    def styled(self, node: Styled) -> str:
        return self.inlines(node.children)

    def link(self, node: Link) -> str:
        return self.inlines(node.children)

    def image(self, node: Image) -> str:  # noqa: ARG002 - it is seen
        return ""

    def recording(self, node: Recording) -> str:  # noqa: ARG002 - it is heard already
        return ""

    def drawing(self, node: Drawing) -> str:  # noqa: ARG002 - it is seen
        return ""

    def bullet_list(self, node: BulletList) -> str:
        return "\n".join(map(self.blocks, node.items))

    def numbered_list(self, node: NumberedList) -> str:
        return "\n".join(map(self.blocks, node.items))

    def table(self, node: Table) -> str:
        return "\n".join(", ".join(filter(None, map(self.inlines, row))) for row in (node.header, *node.rows))


_SPOKEN: Final = _Spoken()


def to_speech(tree: RichText) -> str:
    """Return what a voice says, on one line; lines that end without a mark get a full stop, so that it pauses."""
    lines = [" ".join(line.split()) for line in _SPOKEN.blocks(tree).split("\n")]
    spoken = [line for line in lines if line]
    return " ".join([line if line[-1] in _PAUSES else f"{line}." for line in spoken[:-1]] + spoken[-1:])


_PAUSES: Final = frozenset(".!?:;,…。！？：；、，؟؛،।")  # noqa: RUF001 - those of other scripts
"""Marks at which voices pause."""
