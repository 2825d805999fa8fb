"""Tree to plain text, for tables: nothing that carries meaning is lost with the markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts import as_rows
from cardgen.richtext.fold import Fold
from cardgen.richtext.tree import Paragraph

if TYPE_CHECKING:
    from cardgen.richtext.tree import (
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
        Preformatted,
        RichText,
        Styled,
        Table,
    )

# The minus sign and the hyphen are both raised to the same character.
_RAISED: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")  # noqa: RUF001
_LOWERED: Final = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")  # noqa: RUF001


def to_plain(tree: RichText) -> str:
    """Return rich text as lines of plain text, blocks separated by line ends, gaps filled."""
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        return inlines_to_plain(tree[0].children)
    return "\n".join(filter(None, map(_PLAIN.block, tree)))


def inlines_to_plain(children: tuple[Inline, ...]) -> str:
    """Return inlines as plain text."""
    return "".join([child if isinstance(child, str) else _PLAIN.inline(child) for child in children])


class _Plain(Fold[str, str]):
    def text(self, node: str) -> str:
        return node

    def styled(self, node: Styled) -> str:
        text = inlines_to_plain(node.children)
        match node.style:
            case "sup":
                return _shifted(text, _RAISED, "^")
            case "sub":
                return _shifted(text, _LOWERED, "_")
            case "strike":
                return f"~~{text}~~"
            case "strong" | "em":
                return text

    def code(self, node: Code) -> str:
        return node.text

    def math(self, node: Math) -> str:
        return node.tex

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        return "\n"

    def link(self, node: Link) -> str:
        words = inlines_to_plain(node.children)
        return words if words == node.address.removeprefix("mailto:") else f"{words} ({node.address})"

    def image(self, node: Image) -> str:
        return f"[{node.alternative or node.path}]"

    def gap(self, node: Gap) -> str:
        return inlines_to_plain(node.children)

    def paragraph(self, node: Paragraph) -> str:
        return inlines_to_plain(node.children)

    def bullet_list(self, node: BulletList) -> str:
        return "\n".join(_item("\N{BULLET}", item) for item in node.items)

    def numbered_list(self, node: NumberedList) -> str:
        return "\n".join(_item(f"{number}.", item) for number, item in enumerate(node.items, node.start))

    def table(self, node: Table) -> str:
        lines = [*([node.header] if any(node.header) else []), *node.rows]
        return "\n".join(" | ".join(inlines_to_plain(cell) for cell in line) for line in lines)

    def preformatted(self, node: Preformatted) -> str:
        return node.text

    def drawing(self, node: Drawing) -> str:
        head, body = as_rows(node.chart)
        return "\n".join(" | ".join(row) for row in ((head, *body) if head else body))

    def group(self, node: Group) -> str:
        return to_plain(node.children)


_PLAIN: Final = _Plain()


def _item(mark: str, item: RichText) -> str:
    indent = "\n" + " " * (len(mark) + 1)
    return f"{mark} {to_plain(item).replace(chr(10), indent)}"


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    """Raise or lower text: 10^9^ must not become 109. Where Unicode lacks a character, a mark says it."""
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{mark}({text})"
