"""The one walk over the tree: whatever rich text is turned into is a fold, which says for each node what becomes of it.

A fold is a class with a method for each type of node. `inline` and `block` find the method by the node's type; a
method looks at its node's children through `inline` and `block` again, in the order and the context it needs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, TypeVar

from cardgen.richtext.tree import (
    BulletList,
    Code,
    DefinitionList,
    Drawing,
    Gap,
    Group,
    Image,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Preformatted,
    Recording,
    Ruby,
    Styled,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.richtext.tree import Block, Inline

InlineT = TypeVar("InlineT")
"""What becomes of an inline."""

BlockT = TypeVar("BlockT")
"""What becomes of a block."""

_METHODS: Final[dict[type, str]] = {
    str: "text",
    Styled: "styled",
    Code: "code",
    Math: "math",
    LineBreak: "line_break",
    Link: "link",
    Image: "image",
    Recording: "recording",
    Ruby: "ruby",
    Gap: "gap",
    Paragraph: "paragraph",
    BulletList: "bullet_list",
    NumberedList: "numbered_list",
    DefinitionList: "definition_list",
    Table: "table",
    Preformatted: "preformatted",
    Drawing: "drawing",
    Group: "group",
}
"""Which method a node's type has: all that the tree is made of."""


class Fold(ABC, Generic[InlineT, BlockT]):
    """A way to turn rich text into something else; see the module."""

    _folders: ClassVar[dict[type, Callable[..., Any]]]

    def __init_subclass__(cls) -> None:
        """Look the methods up once, and not for each node."""
        cls._folders = {node: getattr(cls, method) for node, method in _METHODS.items()}

    def inline(self, node: Inline) -> InlineT:
        """Fold an inline."""
        folded: InlineT = self._folders[node.__class__](self, node)
        return folded

    def block(self, node: Block) -> BlockT:
        """Fold a block."""
        folded: BlockT = self._folders[node.__class__](self, node)
        return folded

    @abstractmethod
    def text(self, node: str) -> InlineT:
        """Fold text."""

    @abstractmethod
    def styled(self, node: Styled) -> InlineT:
        """Fold text in a style."""

    @abstractmethod
    def code(self, node: Code) -> InlineT:
        """Fold code in a line."""

    @abstractmethod
    def math(self, node: Math) -> InlineT:
        """Fold mathematics. Its parts are TeX, which is not what `text` folds, and gaps in TeX."""

    @abstractmethod
    def line_break(self, node: LineBreak) -> InlineT:
        """Fold the end of a line."""

    @abstractmethod
    def link(self, node: Link) -> InlineT:
        """Fold a link."""

    @abstractmethod
    def image(self, node: Image) -> InlineT:
        """Fold a picture."""

    @abstractmethod
    def recording(self, node: Recording) -> InlineT:
        """Fold a sound or a film."""

    @abstractmethod
    def ruby(self, node: Ruby) -> InlineT:
        """Fold characters with their readings."""

    @abstractmethod
    def gap(self, node: Gap) -> InlineT:
        """Fold a gap in text; the folds of those in mathematics are up to `math`."""

    @abstractmethod
    def paragraph(self, node: Paragraph) -> BlockT:
        """Fold running text."""

    @abstractmethod
    def bullet_list(self, node: BulletList) -> BlockT:
        """Fold points without an order."""

    @abstractmethod
    def numbered_list(self, node: NumberedList) -> BlockT:
        """Fold points in order."""

    @abstractmethod
    def definition_list(self, node: DefinitionList) -> BlockT:
        """Fold terms and what they mean."""

    @abstractmethod
    def table(self, node: Table) -> BlockT:
        """Fold a table."""

    @abstractmethod
    def preformatted(self, node: Preformatted) -> BlockT:
        """Fold lines that are shown letter by letter."""

    @abstractmethod
    def drawing(self, node: Drawing) -> BlockT:
        """Fold a chart."""

    @abstractmethod
    def group(self, node: Group) -> BlockT:
        """Fold blocks that play a role."""
