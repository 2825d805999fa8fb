"""Rich text as data for the templates: lists and mappings that JSON can hold.

Blocks are mappings with ``t``: ``p``, ``ul``, ``ol``, ``table``, ``pre``, ``chart``, ``group``, and those that only
paper has: ``options`` (with letters), ``chain`` (steps), ``pair`` (two groups side by side). Inlines are texts, or
mappings with ``t``: ``b``, ``i``, ``sub``, ``sup``, ``s``, ``code``, ``br``, ``a``, ``img``, ``blank`` (a gap), ``ref``
(a number of a source). A text is never markup: the templates put it on the page as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from cardgen.print.drawing import chart_data
from cardgen.print.gaps import Gap, split
from cardgen.print.text import WORD, lines_of_code, printable
from cardgen.richtext import (
    BulletList,
    Code,
    Drawing,
    Group,
    Image,
    LineBreak,
    Link,
    Math,
    NumberedList,
    Paragraph,
    Preformatted,
    Styled,
    Table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cardgen.print.pictures import Pictures
    from cardgen.richtext import Block, Inline, RichText

Node = dict[str, Any]
"""A block or an inline as the templates get it."""

_STYLES: Final = {"strong": "b", "em": "i", "sub": "sub", "sup": "sup", "strike": "s"}
_NOT_PRINTED: Final = frozenset({"before", "now", "after"})
"""Roles of what a step shows of its neighbours; paper shows the whole process."""

_PAIRS: Final = {"do": "dont", "this": "other"}
"""Groups that stand side by side where there is room."""

_DETAILS: Final = frozenset({"who", "document", "when"})
"""Roles of what a step says beside what is done."""


_TEXTS: Final = ("mark", "c", "s", "head", "rows", "alt")
"""Where nodes hold text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a layout can hold.

    Attributes:
        columns: Of a table.
        letters: Those that stand beside each other in a table over the whole width.
        chart_rows: Of a chart.
        plot: Letters from the first point of a chart of lines to the last.
    """

    columns: int
    letters: int
    chart_rows: int
    plot: int

    def longest_word(self, columns: int) -> int:
        """Give how many letters a table's column holds in a line; its margins take about one and a half."""
        return max(4, min(WORD, int(self.letters / columns - 1.45)))


@dataclass(slots=True)
class Encoder:
    """Turns the rich text of one card into data, and notes what paper cannot show as it was meant.

    Attributes:
        pictures: The deck's pictures, those that can be printed.
        limits: What the layout can hold.
        wide: Numbers of columns of tables that are too wide, and were written as lines.
        refused: Paths of pictures that cannot be printed, and why.
        shown: Paths of the others, and their names for the templates.
        mathematics: TeX that is printed as it was typed.
    """

    pictures: Pictures
    limits: Limits
    wide: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    mathematics: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)

    def blocks(self, tree: RichText) -> list[Node]:
        """Encode blocks; those that belong together are put side by side."""
        nodes: list[Node] = []
        for block in tree:
            if isinstance(block, Group) and block.role in _NOT_PRINTED:
                continue
            for node in self._block(block):
                last = nodes[-1] if nodes else {}
                if node["t"] == "group" and last.get("t") == "group" and _PAIRS.get(last["role"]) == node["role"]:
                    nodes[-1] = {"t": "pair", "c": [last, node]}
                else:
                    nodes.append(node)
        return nodes

    def _block(self, block: Block) -> Iterable[Node]:
        match block:
            case Paragraph(children):
                yield {"t": "p", "c": self.inlines(children)}
            case BulletList(items):
                yield {"t": "ul", "c": [self.blocks(item) for item in items]}
            case NumberedList(items, start):
                yield {"t": "ol", "start": start, "c": [self.blocks(item) for item in items]}
            case Preformatted(text):
                yield {"t": "pre", "s": lines_of_code(text)}
            case Drawing(chart):
                yield chart_data(chart, self.limits.chart_rows, self.limits.plot)
            case Group("options", (BulletList(items), *_)):
                yield self.options(items, range(len(items)))
            case Group(role, children):
                node = {"t": "group", "role": role, "c": self.blocks(children)}
                if role in _DETAILS:
                    emphasise_label(node)
                yield node
            case Table():
                yield from self._table(block)

    def options(self, items: Sequence[RichText], chosen: Iterable[int]) -> Node:
        """Encode some of a question's options, each with its letter."""
        return {"t": "options", "c": [{"mark": letter(index), "c": self.blocks(items[index])} for index in chosen]}

    def _table(self, table: Table) -> Iterable[Node]:
        columns = len(table.alignments)
        if columns > self.limits.columns:
            self.wide.append(columns)
            yield from self._as_lines(table)
            return
        longest = self.limits.longest_word(columns)
        yield {
            "t": "table",
            "align": list(table.alignments),
            "head": [self.inlines(cell, longest) for cell in table.header] if any(table.header) else [],
            "rows": [[self.inlines(cell, longest) for cell in row] for row in table.rows],
        }

    def _as_lines(self, table: Table) -> Iterable[Node]:
        """Write each row of a table as a point, in which each value has its header before it."""
        heads = [self.inlines(cell) for cell in table.header]
        items = []
        for row in table.rows:
            line: list[Any] = []
            for head, cell in zip(heads, row, strict=False):
                value = self.inlines(cell)
                if value:
                    label = [{"t": "b", "c": [*head, ":"]}, " "] if head else []
                    line += [*(["; "] if line else []), *label, *value]
            items.append([{"t": "p", "c": line}])
        yield {"t": "ul", "c": items}

    def inlines(self, children: Sequence[Inline], longest: int = WORD) -> list[Any]:
        """Encode inlines; words longer than `longest` may break."""
        nodes: list[Any] = []
        for child in children:
            if isinstance(child, str):
                text = printable(child, longest)
                if text:
                    nodes.append(text)
            else:
                nodes.append(self._inline(child, longest))
        return nodes

    def _inline(self, inline: Inline, longest: int) -> Node | str:
        match inline:
            case Styled(style, children):
                return {"t": _STYLES[style], "c": self.inlines(children, longest)}
            case Code(text):
                return {"t": "code", "s": printable(text, longest)}
            case Math(tex):
                self.mathematics.append(tex)
                return {"t": "code", "s": printable(" ".join(tex.split()), longest)}
            case LineBreak():
                return {"t": "br"}
            case Link(address, children):
                return {"t": "a", "href": address, "c": self.inlines(children, longest)}
            case Image(path, alternative):
                return self._picture(path, printable(alternative) or path)
            case str():
                return printable(inline, longest)

    def _picture(self, path: str, alternative: str) -> Node:
        picture = self.pictures.take(path)
        if picture.refused:
            self.refused[path] = picture.refused
            return {"t": "img", "src": "", "alt": alternative}
        self.shown[path] = picture.name
        return {"t": "img", "src": picture.name, "alt": alternative, "w": picture.width, "h": picture.height}


@dataclass(slots=True)
class ClozeEncoder(Encoder):
    """Encodes a text with gaps: each is a blank, and what it hides is kept.

    Attributes:
        hidden: What the blanks hide, in their order.
        blanks: The blanks.
    """

    hidden: list[list[Any]] = field(default_factory=list)
    blanks: list[Node] = field(default_factory=list)

    def plain(self, tree: RichText) -> list[Node]:
        """Encode blocks of the same card in which braces are no gaps."""
        return Encoder(self.pictures, self.limits, self.wide, self.refused, self.mathematics, self.shown).blocks(tree)

    def inlines(self, children: Sequence[Inline], longest: int = WORD) -> list[Any]:
        """Encode inlines, with blanks for gaps."""
        nodes: list[Any] = []
        for piece in split(children):
            if isinstance(piece, Gap):
                self.hidden.append(Encoder.inlines(self, piece.hidden, longest))
                blank = {"t": "blank", "mark": str(len(self.hidden)), "hint": printable(piece.hint, longest)}
                self.blanks.append(blank)
                nodes.append(blank)
            else:
                nodes += Encoder.inlines(self, (piece,), longest)
        return nodes


def emphasise_label(node: Node) -> None:
    """Make the label before the first colon of a step's detail strong, and keep it with the word after it."""
    first = node["c"][0]["c"] if node["c"] and node["c"][0]["t"] == "p" else []
    if first and isinstance(first[0], str):
        name, colon, rest = first[0].partition(": ")
        if colon:
            first[:1] = [{"t": "b", "c": [name]}, f"\N{NO-BREAK SPACE}{rest}"]


def letter(index: int) -> str:
    """Name an option: A to Z, then AA, AB and so on."""
    more, last = divmod(index, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)


def words(node: Any) -> str:  # noqa: ANN401 - a text, a mapping or a list
    """Give all text of a node in a line: to measure it, to look for a character, or to remind of a question."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        inline = any(isinstance(child, str) for child in node)
        return ("" if inline else " ").join(filter(None, map(words, node)))
    if node.get("t") == "blank":
        return f"___ ({node['hint']})" if node["hint"] else "___"
    return " ".join(filter(None, (words(node[key]) for key in _TEXTS if key in node)))


def refer(nodes: list[Node], numbers: str) -> None:
    """Put numbers of sources behind the last word of blocks."""
    ref = {"t": "ref", "s": numbers}
    last = nodes[-1] if nodes else None
    while last is not None:
        match last["t"]:
            case "p":
                last["c"].append(ref)
                return
            case "ul" | "ol" | "chain" if last["c"] and last["c"][-1]:
                last = last["c"][-1][-1]
            case "options" if last["c"] and last["c"][-1]["c"]:
                last = last["c"][-1]["c"][-1]
            case "group" if last["c"]:
                last = last["c"][-1]
            case _:
                last = None
    nodes.append({"t": "p", "c": [ref]})
