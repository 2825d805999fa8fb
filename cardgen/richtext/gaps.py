"""What the cards of a cloze text ask and hide, as trees: a card for each number of its gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.fold import Fold
from cardgen.richtext.parse import parse
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
from cardgen.richtext.walk import nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

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


def gaps(tree: RichText) -> Iterator[Gap]:
    """Yield the gaps of a text, each before those inside it."""
    return (node for node in nodes(tree) if isinstance(node, Gap))


def gap_numbers(tree: RichText) -> tuple[int, ...]:
    """Return the numbers of a text's gaps, each once, in ascending order."""
    return tuple(sorted({gap.number for gap in gaps(tree)}))


def has_gap(text: str) -> bool:
    """Return whether Markdown would have a gap, if it were a cloze text."""
    return "{{c" in text and any(True for _ in gaps(parse(text, gaps=True)))


def ask(tree: RichText, number: int | None) -> tuple[RichText, tuple[RichText, ...]]:
    """Return what the card of a number asks and what it hides.

    Args:
        tree: A text with gaps.
        number: Of the card; None asks for all gaps at once.

    Returns:
        The text with the hint or an ellipsis in brackets in the gaps asked for, and all others filled; and what stands
        in the gaps asked for, one by one. A gap that lies in another that is asked for is a part of that.
    """
    fold = _Filled(number, _in_brackets)
    return fold.tree(tree), tuple(fold.hidden)


def without(tree: RichText, number: int, instead: str) -> RichText:
    """Return a text with other words in the place of what a number hides; all other gaps are filled."""
    return _Filled(number, lambda _: (instead,)).tree(tree)


def _in_brackets(gap: Gap) -> tuple[Inline, ...]:
    if gap.hint is None:
        return ("[...]",)
    return _joined(("[", *gap.hint, "]"))


def _joined(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return inlines with texts that stand beside each other as one."""
    found: list[Inline] = []
    for child in children:
        if isinstance(child, str) and found and isinstance(last := found[-1], str):
            found[-1] = last + child
        elif child != "":
            found.append(child)
    return tuple(found)


class _Filled(Fold["tuple[Inline, ...]", "Block"]):
    """The same tree without gaps: in each stands what it hides, or what a number's card (None: any) shows instead.

    Attributes:
        hidden: What the gaps asked for hide, as far as they have been met.
    """

    def __init__(self, number: int | None, shown: Callable[[Gap], tuple[Inline, ...]]) -> None:
        self._number = number
        self._shown = shown
        self._in_math = False
        self.hidden: list[RichText] = []

    def tree(self, tree: RichText) -> RichText:
        """Fold blocks."""
        return tuple(self.block(block) for block in tree)

    def inlines(self, children: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """Fold inlines."""
        if len(children) == 1 and isinstance(children[0], str):
            return children
        return _joined(tuple(part for child in children for part in self.inline(child)))

    def text(self, node: str) -> tuple[Inline, ...]:
        return (node,)

    def styled(self, node: Styled) -> tuple[Inline, ...]:
        return (Styled(node.style, self.inlines(node.children)),)

    def code(self, node: Code) -> tuple[Inline, ...]:
        return (node,)

    def math(self, node: Math) -> tuple[Inline, ...]:
        self._in_math = True
        parts = self.inlines(node.parts)
        self._in_math = False
        return (Math(parts, node.display),)

    def line_break(self, node: LineBreak) -> tuple[Inline, ...]:
        return (node,)

    def link(self, node: Link) -> tuple[Inline, ...]:
        return (Link(node.address, self.inlines(node.children)),)

    def image(self, node: Image) -> tuple[Inline, ...]:
        return (node,)

    def recording(self, node: Recording) -> tuple[Inline, ...]:
        return (node,)

    def ruby(self, node: Ruby) -> tuple[Inline, ...]:
        return (node,)

    def gap(self, node: Gap) -> tuple[Inline, ...]:
        if self._number not in (None, node.number):
            return self.inlines(node.children)
        within = _FILLED.inlines(node.children)
        self.hidden.append((Paragraph((Math(within),) if self._in_math else within),))
        return self._shown(node)

    def paragraph(self, node: Paragraph) -> Block:
        return Paragraph(self.inlines(node.children))

    def bullet_list(self, node: BulletList) -> Block:
        return BulletList(tuple(map(self.tree, node.items)))

    def numbered_list(self, node: NumberedList) -> Block:
        return NumberedList(tuple(map(self.tree, node.items)), node.start)

    def definition_list(self, node: DefinitionList) -> Block:
        return DefinitionList(
            tuple((self.inlines(term), tuple(map(self.tree, definitions))) for term, definitions in node.entries)
        )

    def table(self, node: Table) -> Block:
        header = tuple(map(self.inlines, node.header))
        return Table(node.alignments, header, tuple(tuple(map(self.inlines, row)) for row in node.rows))

    def preformatted(self, node: Preformatted) -> Block:
        return node

    def drawing(self, node: Drawing) -> Block:
        return node

    def group(self, node: Group) -> Block:
        return Group(node.role, self.tree(node.children))


_FILLED: Final = _Filled(0, _in_brackets)
"""Fills all gaps: none has the number 0."""
