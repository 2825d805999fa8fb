"""Rich text: Markdown is parsed once into a small tree, which each output renders in its own way."""

from cardgen.richtext.html import text_to_html, to_html
from cardgen.richtext.parse import has_markup, parse, parse_line
from cardgen.richtext.plain import to_plain
from cardgen.richtext.tree import (
    EMPTY,
    Alignment,
    Block,
    BulletList,
    Code,
    Drawing,
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
from cardgen.richtext.walk import images, is_blank

__all__ = [
    "EMPTY",
    "Alignment",
    "Block",
    "BulletList",
    "Code",
    "Drawing",
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
    "parse",
    "parse_line",
    "text_to_html",
    "to_html",
    "to_plain",
]
