"""Tree to HTML, as the fields of Anki notes hold it.

Text cannot become anything else: HTML is escaped, and so is what Anki itself would act on inside a field
(``[sound:...]``, ``[latex]`` and their like, MathJax's delimiters).
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from cardgen.charts.svg import to_svg
from cardgen.richtext.tree import (
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
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.richtext.tree import Block

_TAG: Final = r"\[(?=sound:|anki:|/?latex\]|/?\$\$?\]|\[type:)"
_HOT: Final = re.compile(rf"[&<>]|{_TAG}|\\(?=[()\[\]])", re.IGNORECASE)
_HOT_TAG: Final = re.compile(_TAG, re.IGNORECASE)
_COOLED: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    # Anki looks for its own bracketed tags in the raw field, where an entity hides them
    # (rslib/src/card_rendering/parser.rs, rslib/src/latex.rs, and `[[type:` in aqt/reviewer.py).
    "[": "&#91;",
    # MathJax looks in text nodes, so the delimiter is spread over two of them.
    "\\": "\\<span></span>",
}
_TAGS: Final = {"strong": "strong", "em": "em", "sub": "sub", "sup": "sup", "strike": "s"}


def text_to_html(text: str) -> str:
    """Escape plain text."""
    return _HOT.sub(_cooled, text)


def _cooled(match: re.Match[str]) -> str:
    return _COOLED[match[0]]


def to_html(tree: RichText, media: Callable[[str], str] = str) -> str:
    """Render rich text.

    Args:
        tree: What to render.
        media: Gives for a picture's path in the deck the name it has in the package.

    Returns:
        HTML; a single paragraph comes without ``<p>``.
    """
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        children = tree[0].children
        if len(children) == 1 and isinstance(children[0], str):
            return text_to_html(children[0])
        return _inlines(children, media)
    return "".join([_block(block, media) for block in tree])


def _block(block: Block, media: Callable[[str], str]) -> str:
    match block:
        case Paragraph(children):
            return f"<p>{_inlines(children, media)}</p>"
        case BulletList(items):
            return f"<ul>{_items(items, media)}</ul>"
        case NumberedList(items, start):
            first = "" if start == 1 else f' start="{start}"'
            return f"<ol{first}>{_items(items, media)}</ol>"
        case Preformatted(text):
            return f"<pre><code>{_code(text)}</code></pre>"
        case Group(role, children):
            return f'<div class="{role}">{to_html(children, media)}</div>'
        case Table():
            return _table(block, media)
        case Drawing(chart):
            return f'<div class="chart">{to_svg(chart)}</div>'


def _items(items: tuple[RichText, ...], media: Callable[[str], str]) -> str:
    return "".join(f"<li>{_item(item, media)}</li>" for item in items)


def _item(item: RichText, media: Callable[[str], str]) -> str:
    """Render a list item; its first paragraph stands without ``<p>``, so short items stay close together."""
    if item and isinstance(item[0], Paragraph):
        return _inlines(item[0].children, media) + "".join(_block(block, media) for block in item[1:])
    return "".join(_block(block, media) for block in item)


def _table(table: Table, media: Callable[[str], str]) -> str:
    def row(cells: tuple[tuple[Inline, ...], ...], tag: str) -> str:
        rendered = []
        for alignment, cell in zip(table.alignments, cells, strict=False):
            style = "" if alignment == "start" else f' style="text-align:{alignment}"'
            rendered.append(f"<{tag}{style}>{_inlines(cell, media)}</{tag}>")
        return f"<tr>{''.join(rendered)}</tr>"

    head = f"<thead>{row(table.header, 'th')}</thead>" if any(table.header) else ""
    return f"<table>{head}<tbody>{''.join(row(cells, 'td') for cells in table.rows)}</tbody></table>"


def _inlines(children: tuple[Inline, ...], media: Callable[[str], str]) -> str:
    return "".join([text_to_html(child) if isinstance(child, str) else _inline(child, media) for child in children])


def _inline(inline: Inline, media: Callable[[str], str]) -> str:
    match inline:
        case str():
            return text_to_html(inline)
        case Styled(style, children):
            return f"<{_TAGS[style]}>{_inlines(children, media)}</{_TAGS[style]}>"
        case Code(text):
            return f"<code>{_code(text)}</code>"
        case Math(tex, display):
            opening, closing = (r"\[", r"\]") if display else (r"\(", r"\)")
            # Two closing braces in a row would end the gap of a cloze; TeX does not mind the space.
            return f"{opening}{_escape(tex).replace('}}', '} }')}{closing}"
        case LineBreak():
            return "<br>"
        case Link(address, children):
            return f'<a href="{_attribute(address)}">{_inlines(children, media)}</a>'
        case Image(path, alternative):
            return f'<img src="{_attribute(media(path))}" alt="{_attribute(alternative)}">'


def _escape(text: str) -> str:
    """Escape what stands where a tag of ours would not work: in attributes and in mathematics."""
    return _HOT_TAG.sub("&#91;", escape(text))


def _attribute(text: str) -> str:
    """Escape what stands in an attribute; its braces, too, where a gap could not be."""
    return _escape(text).replace("{", "&#123;").replace("}", "&#125;")


def _code(text: str) -> str:
    """Escape code; its braces, too, which in a cloze would be taken for gaps."""
    return text_to_html(text).replace("{", "&#123;").replace("}", "&#125;")
