"""Tree to plain text, for CSV: nothing that carries meaning is lost with the markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts import as_rows
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

    from cardgen.richtext.tree import Block, StyleName

# The minus sign and the hyphen are both raised to the same character.
_RAISED: Final = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")  # noqa: RUF001
_LOWERED: Final = str.maketrans("0123456789+-−=()aeoxhklmnpst", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₒₓₕₖₗₘₙₚₛₜ")  # noqa: RUF001


def to_plain(tree: RichText, guard: Callable[[str], str] = str) -> str:
    """Render rich text as lines of plain text, blocks separated by line ends.

    Args:
        tree: What to render.
        guard: Applied to code and mathematics.
    """
    if len(tree) == 1 and isinstance(tree[0], Paragraph):
        return _inlines(tree[0].children, guard)
    return "\n".join(filter(None, (_block(block, guard) for block in tree)))


def _block(block: Block, guard: Callable[[str], str]) -> str:
    match block:
        case Paragraph(children):
            return _inlines(children, guard)
        case BulletList(items):
            return "\n".join(_item("-", item, guard) for item in items)
        case NumberedList(items, start):
            return "\n".join(_item(f"{number}.", item, guard) for number, item in enumerate(items, start))
        case Preformatted(text):
            return guard(text)
        case Group(_, children):
            return to_plain(children, guard)
        case Table(_, header, rows):
            lines = [*([header] if any(header) else []), *rows]
            return "\n".join(" | ".join(_inlines(cell, guard) for cell in line) for line in lines)
        case Drawing(chart):
            head, body = as_rows(chart)
            return "\n".join(" | ".join(row) for row in ((head, *body) if head else body))


def _item(mark: str, item: RichText, guard: Callable[[str], str]) -> str:
    indent = "\n" + " " * (len(mark) + 1)
    return f"{mark} {to_plain(item, guard).replace(chr(10), indent)}"


def _inlines(children: tuple[Inline, ...], guard: Callable[[str], str]) -> str:
    return "".join([child if isinstance(child, str) else _inline(child, guard) for child in children])


def _inline(inline: Inline, guard: Callable[[str], str]) -> str:
    match inline:
        case str():
            return inline
        case Styled(style, children):
            return _styled(style, _inlines(children, guard))
        case Code(text) | Math(text):
            return guard(text)
        case LineBreak():
            return "\n"
        case Link(address, children):
            words = _inlines(children, guard)
            return words if words == address.removeprefix("mailto:") else f"{words} ({address})"
        case Image(path, alternative):
            return f"[{alternative or path}]"


def _styled(style: StyleName, text: str) -> str:
    match style:
        case "sup":
            return _shifted(text, _RAISED, "^")
        case "sub":
            return _shifted(text, _LOWERED, "_")
        case "strike":
            return f"~~{text}~~"
        case "strong" | "em":
            return text


def _shifted(text: str, table: dict[int, int], mark: str) -> str:
    """Raise or lower text: 10^9^ must not become 109. Where Unicode lacks a character, a mark says it."""
    if all(ord(char) in table for char in text):
        return text.translate(table)
    return f"{mark}({text})"
