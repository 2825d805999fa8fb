"""Tree to plain text, for tables: nothing that carries meaning is lost with the markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.richtext.fold import Fold
from cardgen.richtext.tree import Paragraph

if TYPE_CHECKING:
    from cardgen.richtext.tree import (
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
        Table,
    )

# The minus sign and the hyphen are both raised to the same character.
_RAISED: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")  # noqa: RUF001
_LOWERED: Final = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")  # noqa: RUF001


class PlainFold(Fold[str, str]):
    """Writes lines of plain text, gaps filled; outputs that say something in other words derive theirs from it."""

    def blocks(self, tree: RichText) -> str:
        """Fold blocks, separated by line ends."""
        if len(tree) == 1 and isinstance(tree[0], Paragraph):
            return self.inlines(tree[0].children)
        return "\n".join(filter(None, map(self.block, tree)))

    def inlines(self, children: tuple[Inline, ...]) -> str:
        """Fold inlines."""
        return "".join([child if isinstance(child, str) else self.inline(child) for child in children])

    def text(self, node: str) -> str:
        """Fold text."""
        return node

    def styled(self, node: Styled) -> str:
        """Fold text in a style: what is raised or lowered stays so."""
        text = self.inlines(node.children)
        match node.style:
            case "sup":
                return _shifted(text, _RAISED, "^")
            case "sub":
                return _shifted(text, _LOWERED, "_")
            case "strike":
                return f"~~{text}~~"
            case "strong" | "em" | "highlight" | "underline":
                return text

    def code(self, node: Code) -> str:
        """Fold code."""
        return node.text

    def math(self, node: Math) -> str:
        """Fold mathematics: its TeX."""
        return node.tex

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        """Fold the end of a line."""
        return "\n"

    def link(self, node: Link) -> str:
        """Fold a link: its words, and its address in brackets."""
        words = self.inlines(node.children)
        return words if words == node.address.removeprefix("mailto:") else f"{words} ({node.address})"

    def image(self, node: Image) -> str:
        """Fold a picture: the words for it in brackets."""
        return f"[{node.alternative or node.path}]"

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film: a mark and the words for it."""
        return node.told

    def ruby(self, node: Ruby) -> str:
        """Fold characters with their readings: these in brackets, as Chinese and Japanese have them."""
        return "".join(f"{base}（{reading}）" for base, reading in node.pairs)  # noqa: RUF001 - full width

    def gap(self, node: Gap) -> str:
        """Fold a gap: what it hides."""
        return self.inlines(node.children)

    def paragraph(self, node: Paragraph) -> str:
        """Fold running text."""
        return self.inlines(node.children)

    def bullet_list(self, node: BulletList) -> str:
        """Fold points."""
        return "\n".join(self._item("\N{BULLET}", item) for item in node.items)

    def numbered_list(self, node: NumberedList) -> str:
        """Fold points in order."""
        return "\n".join(self._item(f"{number}.", item) for number, item in enumerate(node.items, node.start))

    def definition_list(self, node: DefinitionList) -> str:
        """Fold terms and what they mean: a line for each definition, the first behind the term."""
        return "\n".join(
            f"{self.inlines(term)} – {self._indented(definitions)}"  # noqa: RUF001 - a dash
            for term, definitions in node.entries
        )

    def _indented(self, definitions: tuple[RichText, ...]) -> str:
        return "\n".join(map(self.blocks, definitions)).replace("\n", "\n  ")

    def table(self, node: Table) -> str:
        """Fold a table: a line for each row."""
        lines = [*([node.header] if any(node.header) else []), *node.rows]
        return "\n".join(" | ".join(self.inlines(cell) for cell in line) for line in lines)

    def preformatted(self, node: Preformatted) -> str:
        """Fold lines of code."""
        return node.text

    def drawing(self, node: Drawing) -> str:
        """Fold a chart: a line for each figure."""
        from cardgen.charts import as_rows  # few trees have one

        head, body = as_rows(node.chart)
        return "\n".join(" | ".join(row) for row in ((head, *body) if head else body))

    def group(self, node: Group) -> str:
        """Fold blocks that play a role."""
        return self.blocks(node.children)

    def _item(self, mark: str, item: RichText) -> str:
        indent = "\n" + " " * (len(mark) + 1)
        return f"{mark} {self.blocks(item).replace(chr(10), indent)}"


_PLAIN: Final = PlainFold()


def to_plain(tree: RichText) -> str:
    """Return rich text as lines of plain text, blocks separated by line ends, gaps filled."""
    return _PLAIN.blocks(tree)


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    """Raise or lower text: 10^9^ must not become 109. Where Unicode lacks a character, a mark says it."""
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{mark}({text})"
