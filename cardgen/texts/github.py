"""Tree to GitHub's Markdown (https://github.github.com/gfm/), in which text is nothing but text.

Cards are written in a subset that is read otherwise: there ``~5 mg`` and ``HLA-B*57:01`` are text. So what an author
wrote is not handed on: it is written anew.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from cardgen.charts import as_rows
from cardgen.charts.words import named
from cardgen.diagnostics.shown import code_span, markdown_escaped
from cardgen.richtext import BulletList, Fold, GroupRole, Math, Paragraph, Styled
from cardgen.richtext.markdown import fenced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cardgen.richtext import (
        Alignment,
        Code,
        DefinitionList,
        Drawing,
        Gap,
        Group,
        Image,
        Inline,
        LineBreak,
        Link,
        NumberedList,
        Preformatted,
        Recording,
        RichText,
        Ruby,
        Table,
    )
    from cardgen.richtext.tree import StyleName

_MARKS: Final = {"strong": "**", "em": "*", "strike": "~~"}
_TAGS: Final[dict[StyleName, str]] = {
    "strong": "strong", "em": "em", "strike": "del", "sub": "sub", "sup": "sup", "highlight": "mark",
    "underline": "ins",
}  # fmt: skip
_RULES: Final[dict[Alignment, str]] = {"start": "---", "left": ":---", "center": ":---:", "right": "---:"}

_ITEM: Final = re.compile(r"- |\d+\. ")
_INNER_LIST: Final = re.compile(r"\A(.+)\n\n(?=(?:- |1\. )\S)")
"""The end of an item's first line, if a list follows that may stand right below it."""

_APART: Final = "<!-- -->"
"""Between two lists, which would else be one (https://spec.commonmark.org/0.31.2/#lists)."""

_ENCODED: Final = str.maketrans({char: f"%{ord(char):02X}" for char in "<>|\\"})
"""What could end an address or a table's cell, or be taken for an escape."""

_ENTITY: Final = re.compile(r"&(?=#|\w+;)")


class GithubFold(Fold[str, str]):
    """Writes GitHub's Markdown, gaps filled.

    Args:
        media: Returns the name of a picture's file for its path in the deck.
    """

    def __init__(self, media: Callable[[str], str]) -> None:
        self._media = media
        self._in_line = False
        self._in_cell = False

    def blocks(self, tree: RichText) -> str:
        """Fold blocks, with an empty line between them."""
        written: list[str] = []
        for block in filter(None, map(self.block, tree)):
            if written and _ITEM.match(block) and _ends_with_a_list(written[-1]):
                written.append(_APART)
            written.append(block)
        return "\n\n".join(written)

    def line(self, children: tuple[Inline, ...]) -> str:
        """Fold inlines for what is one line, such as a heading."""
        around, self._in_line = self._in_line, True
        line = self._inlines(children).strip()
        self._in_line = around
        return line

    def _cell(self, children: tuple[Inline, ...]) -> str:
        around, self._in_cell = self._in_cell, True
        cell = self.line(children)
        self._in_cell = around
        return cell

    def _inlines(self, children: Iterable[Inline]) -> str:
        line = ""
        for child in children:
            line += self._styled(child, line[-1:]) if isinstance(child, Styled) else self.inline(child)
        return line

    def text(self, node: str) -> str:
        """Fold text."""
        return markdown_escaped(node)

    def styled(self, node: Styled) -> str:
        """Fold text in a style."""
        return self._styled(node, "")

    def _styled(self, node: Styled, before: str) -> str:
        """Fold text in a style: by marks where they are sure to be read as such, else by tags.

        A mark is read as such beside a letter or digit that it encloses, but not beside another mark
        (https://spec.commonmark.org/0.31.2/#delimiter-run).

        Args:
            node: The text.
            before: The character before it.
        """
        inside = self._inlines(node.children)
        mark = _MARKS.get(node.style, "")
        if mark and inside[:1].isalnum() and inside[-1:].isalnum() and before not in ("*", "~"):
            return f"{mark}{inside}{mark}"
        return f"<{_TAGS[node.style]}>{inside}</{_TAGS[node.style]}>"

    def code(self, node: Code) -> str:
        """Fold code."""
        return self._literal(code_span(node.text))

    def math(self, node: Math) -> str:
        """Fold mathematics in a line, in the form that GitHub does not look for marks in."""
        tex = " ".join(node.tex.split())
        return self._literal(f"${tex}$" if "`" in tex else f"$`{tex}`$")

    def _literal(self, written: str) -> str:
        """Return what is read letter by letter; but a bar would end the cell of a table even there."""
        return written.replace("|", r"\|") if self._in_cell else written

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        """Fold the end of a line."""
        return "<br>" if self._in_line else "\\\n"

    def link(self, node: Link) -> str:
        """Fold a link."""
        address = _ENTITY.sub(r"\\&", node.address.translate(_ENCODED))
        return f"[{self._inlines(node.children)}]({f'<{address}>' if '(' in address or ')' in address else address})"

    def image(self, node: Image) -> str:
        """Fold a picture; one with a width as HTML, since Markdown has none."""
        if node.width:
            source, words = escape(self._media(node.path)), escape(node.alternative)
            return f'<img src="{source}" alt="{words}" width="{node.width}%">'
        return f"![{markdown_escaped(node.alternative)}]({self._media(node.path)})"

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film: a link to it."""
        return f"[{markdown_escaped(node.told)}]({self._media(node.path)})"

    def ruby(self, node: Ruby) -> str:
        """Fold characters with their readings."""
        pairs = (
            f"{markdown_escaped(base)}<rp>(</rp><rt>{markdown_escaped(reading)}</rt><rp>)</rp>"
            for base, reading in node.pairs
        )
        return f"<ruby>{''.join(pairs)}</ruby>"

    def gap(self, node: Gap) -> str:
        """Fold a gap: what it hides."""
        return self._inlines(node.children)

    def paragraph(self, node: Paragraph) -> str:
        """Fold running text."""
        match node.children:
            case (Math(display=True) as formula,):
                return fenced(formula.tex, "math")
        return self._inlines(node.children).strip()

    def bullet_list(self, node: BulletList) -> str:
        """Fold points without an order."""
        return self._list(("- " for _ in node.items), node.items)

    def numbered_list(self, node: NumberedList) -> str:
        """Fold points in order."""
        return self._list((f"{number}. " for number in range(node.start, node.start + len(node.items))), node.items)

    def _list(self, marks: Iterable[str], items: Sequence[RichText]) -> str:
        return "\n".join(
            _indented(mark, _INNER_LIST.sub(r"\1\n", self.blocks(item)))
            for mark, item in zip(marks, items, strict=True)
        )

    def definition_list(self, node: DefinitionList) -> str:
        """Fold terms and what they mean: there are no such lists, so each term stands over points."""
        return "\n\n".join(
            f"{self.styled(Styled('strong', term))}\n\n{self.bullet_list(BulletList(definitions))}"
            for term, definitions in node.entries
        )

    def table(self, node: Table) -> str:
        """Fold a table; one without a header gets an empty one, for there is none without."""
        return _table(node.alignments, [[*map(self._cell, row)] for row in (node.header, *node.rows)])

    def preformatted(self, node: Preformatted) -> str:
        """Fold lines that are shown letter by letter."""
        return fenced(node.text, node.language)

    def drawing(self, node: Drawing) -> str:
        """Fold a chart: a table of its figures."""
        header, rows = as_rows(node.chart)
        figures: list[Alignment] = ["right"] * (len(rows[0]) - 1)
        head = (named(node.chart), *header[1:])
        return _table(("start", *figures), [[*map(markdown_escaped, row)] for row in (head, *rows)])

    def group(self, node: Group) -> str:
        """Fold blocks that play a role."""
        inside = self.blocks(node.children)
        return f"> {inside}".replace("\n", "\n> ") if node.role is GroupRole.POOR else inside


def _indented(mark: str, item: str) -> str:
    """Put a mark before the first line of an item, and what is as wide before the others."""
    first, *others = item.split("\n")
    return "\n".join((f"{mark}{first}", *(f"{' ' * len(mark)}{line}" if line else "" for line in others)))


def _ends_with_a_list(written: str) -> bool:
    """Return whether the last of some blocks is a list: no line of any other begins so."""
    last = written.rpartition("\n")[2]
    return last.startswith(" ") or _ITEM.match(last) is not None


def _table(alignments: Sequence[Alignment], rows: Sequence[Sequence[str]]) -> str:
    """Write a table; rows may lack cells at their ends."""

    def row(cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    header, *body = ([*cells, *[""] * (len(alignments) - len(cells))] for cells in rows)
    return "\n".join((row(header), row(_RULES[alignment] for alignment in alignments), *map(row, body)))
