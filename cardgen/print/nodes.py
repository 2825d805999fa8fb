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
from cardgen.print.text import WORD, lines_of_code, printable
from cardgen.richtext import BulletList, Fold, Gap, Group, Paragraph, to_plain
from cardgen.richtext.tree import tex_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cardgen.print.pictures import Pictures
    from cardgen.richtext import (
        Code,
        Drawing,
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


@dataclass
class Encoder(Fold["list[Any]", "Iterable[Node]"]):
    """Turns the rich text of one card into data, and notes what paper cannot show as it was meant.

    A gap becomes a blank, and what it hides is kept.

    Attributes:
        pictures: The deck's pictures, those that can be printed.
        limits: What the layout can hold.
        wide: Numbers of columns of tables that are too wide, and were written as lines.
        refused: Paths of pictures that cannot be printed, and why.
        shown: Paths of the others, and their names for the templates.
        mathematics: TeX that is printed as it was typed.
        hidden: What the blanks hide, in their order.
        blanks: The blanks.
    """

    pictures: Pictures
    limits: Limits
    wide: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    mathematics: list[str] = field(default_factory=list)
    shown: dict[str, str] = field(default_factory=dict)
    hidden: list[list[Any]] = field(default_factory=list)
    blanks: list[Node] = field(default_factory=list)
    _longest: int = WORD
    _in_gap: bool = False

    def blocks(self, tree: RichText) -> list[Node]:
        """Encode blocks; those that belong together are put side by side."""
        nodes: list[Node] = []
        for block in tree:
            if isinstance(block, Group) and block.role in _NOT_PRINTED:
                continue
            for node in self.block(block):
                last = nodes[-1] if nodes else {}
                if node["t"] == "group" and last.get("t") == "group" and _PAIRS.get(last["role"]) == node["role"]:
                    nodes[-1] = {"t": "pair", "c": [last, node]}
                else:
                    nodes.append(node)
        return nodes

    def paragraph(self, node: Paragraph) -> Iterable[Node]:
        """Encode running text."""
        return ({"t": "p", "c": self.inlines(node.children)},)

    def bullet_list(self, node: BulletList) -> Iterable[Node]:
        """Encode points."""
        return ({"t": "ul", "c": [self.blocks(item) for item in node.items]},)

    def numbered_list(self, node: NumberedList) -> Iterable[Node]:
        """Encode points in order."""
        return ({"t": "ol", "start": node.start, "c": [self.blocks(item) for item in node.items]},)

    def preformatted(self, node: Preformatted) -> Iterable[Node]:
        """Encode lines of code."""
        return ({"t": "pre", "s": lines_of_code(node.text)},)

    def drawing(self, node: Drawing) -> Iterable[Node]:
        """Encode a chart."""
        return (chart_data(node.chart, self.limits.chart_rows, self.limits.plot),)

    def group(self, node: Group) -> Iterable[Node]:
        """Encode blocks that play a role."""
        match node:
            case Group("options", (BulletList(items), *_)):
                return (self.options(items, range(len(items))),)
            case Group(role, children):
                group = {"t": "group", "role": role, "c": self.blocks(children)}
                if role in _DETAILS:
                    emphasise_label(group)
                return (group,)

    def options(self, items: Sequence[RichText], chosen: Iterable[int]) -> Node:
        """Encode some of a question's options, each with its letter."""
        return {"t": "options", "c": [{"mark": letter(index), "c": self.blocks(items[index])} for index in chosen]}

    def table(self, node: Table) -> Iterable[Node]:
        """Encode a table; one that is too wide as points."""
        columns = len(node.alignments)
        if columns > self.limits.columns:
            self.wide.append(columns)
            return (self._as_lines(node),)
        self._longest = self.limits.longest_word(columns)
        table = {
            "t": "table",
            "align": list(node.alignments),
            "head": list(map(self.inlines, node.header)) if any(node.header) else [],
            "rows": [list(map(self.inlines, row)) for row in node.rows],
        }
        self._longest = WORD
        return (table,)

    def _as_lines(self, table: Table) -> Node:
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
        return {"t": "ul", "c": items}

    def inlines(self, children: Sequence[Inline]) -> list[Any]:
        """Encode inlines."""
        if len(children) == 1 and isinstance(children[0], str):
            return self.text(children[0])
        return [node for child in children for node in self.inline(child)]

    def text(self, node: str) -> list[Any]:
        """Encode text; words longer than the column may break."""
        text = printable(node, self._longest)
        return [text] if text else []

    def styled(self, node: Styled) -> list[Any]:
        """Encode text in a style."""
        return [{"t": _STYLES[node.style], "c": self.inlines(node.children)}]

    def code(self, node: Code) -> list[Any]:
        """Encode code."""
        return [{"t": "code", "s": printable(node.text, self._longest)}]

    def math(self, node: Math) -> list[Any]:
        """Encode mathematics as it was typed."""
        self.mathematics.append(node.tex)
        return self._tex(node.parts)

    def line_break(self, node: LineBreak) -> list[Any]:  # noqa: ARG002 - all are alike
        """Encode the end of a line."""
        return [{"t": "br"}]

    def link(self, node: Link) -> list[Any]:
        """Encode a link."""
        return [{"t": "a", "href": node.address, "c": self.inlines(node.children)}]

    def image(self, node: Image) -> list[Any]:
        """Encode a picture."""
        return [self._picture(node.path, printable(node.alternative) or node.path)]

    def gap(self, node: Gap) -> list[Any]:
        """Encode a gap as a blank."""
        return self._gap(node, self.inlines, to_plain((Paragraph(node.hint or ()),)))

    def _tex(self, parts: Sequence[Inline]) -> list[Any]:
        if not any(isinstance(part, Gap) for part in parts):
            tex = "".join(part for part in parts if isinstance(part, str))
            return [{"t": "code", "s": printable(" ".join(tex.split()), self._longest)}] if tex.strip() else []
        return [
            node
            for part in parts
            if isinstance(part, str | Gap)
            for node in (
                self._tex((part,)) if isinstance(part, str) else self._gap(part, self._tex, tex_of(part.hint or ()))
            )
        ]

    def _gap(self, gap: Gap, encode: Callable[[tuple[Inline, ...]], list[Any]], hint: str) -> list[Any]:
        """Leave a blank; gaps inside a gap are filled, since the outer one hides them."""
        if self._in_gap:
            return encode(gap.children)
        self._in_gap = True
        self.hidden.append(encode(gap.children))
        self._in_gap = False
        blank = {"t": "blank", "mark": str(len(self.hidden)), "hint": printable(hint, self._longest)}
        self.blanks.append(blank)
        return [blank]

    def _picture(self, path: str, alternative: str) -> Node:
        picture = self.pictures.take(path)
        if picture.refused:
            self.refused[path] = picture.refused
            return {"t": "img", "src": "", "alt": alternative}
        self.shown[path] = picture.name
        return {"t": "img", "src": picture.name, "alt": alternative, "w": picture.width, "h": picture.height}


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
