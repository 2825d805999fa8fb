"""Tree to HTML, for outputs that are pages or are shown in them.

Text cannot become anything else. What else an output acts on inside a page, it makes harmless itself: it derives its
own fold from this one. What draws charts and what colours code are imported where a tree has some.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from cardgen.richtext.fold import Fold
from cardgen.richtext.tree import Paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from cardgen.richtext.tree import (
        Alignment,
        BulletList,
        Code,
        DefinitionList,
        Drawing,
        Gap,
        Group,
        Image,
        Inline,
        LineBreak,
        Link,
        Math,
        NumberedList,
        Preformatted,
        Recording,
        RichText,
        Ruby,
        Styled,
        StyleName,
        Table,
    )

_TAGS: Final[dict[StyleName, str]] = {
    "strong": "strong", "em": "em", "sub": "sub", "sup": "sup", "strike": "s", "highlight": "mark", "underline": "u",
}  # fmt: skip


class HtmlFold(Fold[str, str]):
    """Writes HTML, gaps filled and formulas as TeX.

    Args:
        media: Returns the address of a picture or recording for its path in the deck.
    """

    def __init__(self, media: Callable[[str], str]) -> None:
        self._media = media

    def blocks(self, tree: RichText) -> str:
        """Fold blocks; a single paragraph comes without ``<p>``."""
        if len(tree) == 1 and isinstance(tree[0], Paragraph):
            return self.inlines(tree[0].children)
        return "".join(map(self.block, tree))

    def inlines(self, children: tuple[Inline, ...]) -> str:
        """Fold inlines."""
        return "".join([self.text(child) if child.__class__ is str else self.inline(child) for child in children])

    def attribute(self, text: str) -> str:
        """Return text as it stands in an attribute between double quotes."""
        return escape(text)

    def letters(self, text: str) -> str:
        """Return text that is shown letter by letter."""
        return escape(text, quote=False)

    def aligned(self, alignment: Alignment) -> str:
        """Return the attribute of a cell that is not aligned as all text is, with a space before it."""
        return f' style="text-align:{alignment}"'

    def paragraph(self, node: Paragraph) -> str:
        """Fold running text."""
        return f"<p>{self.inlines(node.children)}</p>"

    def bullet_list(self, node: BulletList) -> str:
        """Fold points without an order."""
        return f"<ul>{self._items(node.items)}</ul>"

    def numbered_list(self, node: NumberedList) -> str:
        """Fold points in order."""
        first = "" if node.start == 1 else f' start="{node.start}"'
        return f"<ol{first}>{self._items(node.items)}</ol>"

    def definition_list(self, node: DefinitionList) -> str:
        """Fold terms and what they mean."""
        entries = (
            f"<dt>{self.inlines(term)}</dt>{''.join(f'<dd>{self._item(meaning)}</dd>' for meaning in definitions)}"
            for term, definitions in node.entries
        )
        return f"<dl>{''.join(entries)}</dl>"

    def preformatted(self, node: Preformatted) -> str:
        """Fold lines that are shown letter by letter; how the parts of code look is their class."""
        from cardgen.richtext.code import parts

        code = (
            f'<span class="{look}">{self.letters(text)}</span>' if look else self.letters(text)
            for look, text in parts(node.text, node.language)
        )
        return f"<pre><code>{''.join(code)}</code></pre>"

    def group(self, node: Group) -> str:
        """Fold blocks that play a role: it is their class."""
        return f'<div class="{node.role}">{self.blocks(node.children)}</div>'

    def drawing(self, node: Drawing) -> str:
        """Fold a chart."""
        from cardgen.charts.svg import to_svg

        return f'<div class="chart">{to_svg(node.chart)}</div>'

    def table(self, node: Table) -> str:
        """Fold a table."""

        def row(cells: tuple[tuple[Inline, ...], ...], tag: str) -> str:
            rendered = []
            for alignment, cell in zip(node.alignments, cells, strict=False):
                attribute = "" if alignment == "start" else self.aligned(alignment)
                rendered.append(f"<{tag}{attribute}>{self.inlines(cell)}</{tag}>")
            return f"<tr>{''.join(rendered)}</tr>"

        head = f"<thead>{row(node.header, 'th')}</thead>" if any(node.header) else ""
        return f"<table>{head}<tbody>{''.join(row(cells, 'td') for cells in node.rows)}</tbody></table>"

    def _items(self, items: tuple[RichText, ...]) -> str:
        return "".join(f"<li>{self._item(item)}</li>" for item in items)

    def _item(self, item: RichText) -> str:
        """Fold a list item; its first paragraph stands without ``<p>``, so short items stay close together."""
        if item and isinstance(item[0], Paragraph):
            return self.inlines(item[0].children) + "".join(map(self.block, item[1:]))
        return "".join(map(self.block, item))

    def text(self, node: str) -> str:
        """Fold text."""
        return escape(node, quote=False)

    def styled(self, node: Styled) -> str:
        """Fold text in a style."""
        return f"<{_TAGS[node.style]}>{self.inlines(node.children)}</{_TAGS[node.style]}>"

    def code(self, node: Code) -> str:
        """Fold code."""
        return f"<code>{self.letters(node.text)}</code>"

    def math(self, node: Math) -> str:
        """Fold mathematics."""
        return f"<code>{self.letters(node.tex)}</code>"

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        """Fold the end of a line."""
        return "<br>"

    def link(self, node: Link) -> str:
        """Fold a link."""
        return f'<a href="{self.attribute(node.address)}">{self.inlines(node.children)}</a>'

    def image(self, node: Image) -> str:
        """Fold a picture."""
        name = self.attribute(self._media(node.path))
        width = f' style="width:{node.width}%"' if node.width else ""
        return f'<img src="{name}" alt="{self.attribute(node.alternative)}"{width}>'

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film: with controls, which screen readers call by its words."""
        address, words = self.attribute(self._media(node.path)), self.attribute(node.name)
        if node.is_film:
            return f'<video controls preload="metadata" src="{address}" aria-label="{words}"></video>'
        return f'<audio controls preload="none" src="{address}" aria-label="{words}"></audio>'

    def ruby(self, node: Ruby) -> str:
        """Fold characters with their readings; what shows none over them puts these in brackets."""
        pairs = (f"{self.text(base)}<rp>(</rp><rt>{self.text(reading)}</rt><rp>)</rp>" for base, reading in node.pairs)
        return f"<ruby>{''.join(pairs)}</ruby>"

    def gap(self, node: Gap) -> str:
        """Fold a gap: what it hides."""
        return self.inlines(node.children)
