"""The fold whose result is a tree again: what changes a tree derives from it and says what becomes other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.fold import Fold
from cardgen.richtext.tree import (
    BulletList,
    DefinitionList,
    Gap,
    Group,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Styled,
    Table,
)

if TYPE_CHECKING:
    from cardgen.richtext.tree import (
        Block,
        Code,
        Drawing,
        Image,
        Inline,
        LineBreak,
        Preformatted,
        Recording,
        RichText,
        Ruby,
    )


class Rebuild(Fold["tuple[Inline, ...]", "Block"]):
    """Makes the same tree."""

    def tree(self, tree: RichText) -> RichText:
        """Fold blocks."""
        return tuple(self.block(block) for block in tree)

    def inlines(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Fold inlines."""
        if len(children) == 1 and isinstance(children[0], str):
            return children
        return joined(tuple(part for child in children for part in self.inline(child)))

    def text(self, node: str) -> tuple[Inline, ...]:
        """Fold text."""
        return (node,)

    def styled(self, node: Styled) -> tuple[Inline, ...]:
        """Fold text in a style."""
        return (Styled(node.style, self.inlines(node.children)),)

    def code(self, node: Code) -> tuple[Inline, ...]:
        """Fold code."""
        return (node,)

    def math(self, node: Math) -> tuple[Inline, ...]:
        """Fold mathematics."""
        return (Math(self.inlines(node.parts), node.display),)

    def line_break(self, node: LineBreak) -> tuple[Inline, ...]:
        """Fold the end of a line."""
        return (node,)

    def link(self, node: Link) -> tuple[Inline, ...]:
        """Fold a link."""
        return (Link(node.address, self.inlines(node.children)),)

    def image(self, node: Image) -> tuple[Inline, ...]:
        """Fold a picture."""
        return (node,)

    def recording(self, node: Recording) -> tuple[Inline, ...]:
        """Fold a sound or a film."""
        return (node,)

    def ruby(self, node: Ruby) -> tuple[Inline, ...]:
        """Fold characters with readings."""
        return (node,)

    def gap(self, node: Gap) -> tuple[Inline, ...]:
        """Fold a gap."""
        hint = None if node.hint is None else self.inlines(node.hint)
        return (Gap(node.number, self.inlines(node.children), hint),)

    def paragraph(self, node: Paragraph) -> Block:
        """Fold running text."""
        return Paragraph(self.inlines(node.children))

    def bullet_list(self, node: BulletList) -> Block:
        """Fold points without an order."""
        return BulletList(tuple(map(self.tree, node.items)))

    def numbered_list(self, node: NumberedList) -> Block:
        """Fold points in order."""
        return NumberedList(tuple(map(self.tree, node.items)), node.start)

    def definition_list(self, node: DefinitionList) -> Block:
        """Fold terms with what they mean."""
        return DefinitionList(
            tuple((self.inlines(term), tuple(map(self.tree, definitions))) for term, definitions in node.entries)
        )

    def table(self, node: Table) -> Block:
        """Fold a table."""
        header = tuple(map(self.inlines, node.header))
        return Table(node.alignments, header, tuple(tuple(map(self.inlines, row)) for row in node.rows))

    def preformatted(self, node: Preformatted) -> Block:
        """Fold lines that are shown letter by letter."""
        return node

    def drawing(self, node: Drawing) -> Block:
        """Fold a chart."""
        return node

    def group(self, node: Group) -> Block:
        """Fold blocks that play a role."""
        return Group(node.role, self.tree(node.children))


def joined(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inlines with texts that stand beside each other as one."""
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(last := found[-1], str):
            found[-1] = last + child
        elif child != "":
            found.append(child)
    return tuple(found)


class _Unstyled(Rebuild):
    def styled(self, node: Styled) -> tuple[Inline, ...]:
        return self.inlines(node.children)


_UNSTYLED: Final = _Unstyled()


def without_styles(tree: RichText) -> RichText:
    """Return a tree without the styles in it."""
    return _UNSTYLED.tree(tree)
