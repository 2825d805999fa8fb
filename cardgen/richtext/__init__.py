"""Rich text: Markdown is parsed once into a small tree, which each output renders in its own way."""

from cardgen.richtext.fold import Fold
from cardgen.richtext.parse import has_markup, parse, parse_line
from cardgen.richtext.plain import to_plain
from cardgen.richtext.tree import (
    EMPTY,
    Alignment,
    Block,
    BulletList,
    Code,
    Drawing,
    Gap,
    Group,
    Image,
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
    literal,
)
from cardgen.richtext.walk import images, is_blank, nodes

__all__ = [
    "EMPTY",
    "Alignment",
    "Block",
    "BulletList",
    "Code",
    "Drawing",
    "Fold",
    "Gap",
    "Group",
    "Image",
    "Inline",
    "LineBreak",
    "Link",
    "Math",
    "NumberedList",
    "Paragraph",
    "Preformatted",
    "RichText",
    "Styled",
    "Table",
    "has_markup",
    "images",
    "is_blank",
    "literal",
    "nodes",
    "parse",
    "parse_line",
    "to_plain",
]
