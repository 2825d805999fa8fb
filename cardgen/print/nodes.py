"""Rich text as the nodes that templates read (`cardgen.print.data`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cardgen.print.drawing import chart_data
from cardgen.print.text import WORD, bound, lines_of_code, printable
from cardgen.richtext import BulletList, Fold, Gap, Group, GroupRole, Paragraph, to_plain
from cardgen.richtext.code import lines_of, parts
from cardgen.richtext.tree import tex_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cardgen.print.data import (
        BlockNode,
        BulletsNode,
        GroupNode,
        InlineNode,
        MaskNode,
        OptionsNode,
        PictureNode,
        StyledNode,
        StyleMark,
        TableNode,
    )
    from cardgen.print.mathematics import BlankNode, FormulaPlace
    from cardgen.print.pictures import Pictures
    from cardgen.richtext import (
        Code,
        DefinitionList,
        Drawing,
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
    from cardgen.richtext.tree import StyleName

_STYLES: Final[dict[StyleName, StyleMark]] = {
    "strong": "b", "em": "i", "sub": "sub", "sup": "sup", "strike": "s", "highlight": "mark", "underline": "u",
}  # fmt: skip
_NOT_PRINTED: Final = frozenset({GroupRole.BEFORE})
"""Roles of what a step shows of the one before it; paper shows the whole process."""

_PAIRS: Final = {GroupRole.DO: GroupRole.DONT, GroupRole.THIS: GroupRole.OTHER}
"""Groups that stand side by side where there is room."""

_DETAILS: Final = frozenset({GroupRole.WHO, GroupRole.DOCUMENT, GroupRole.WHEN})
"""Roles of what a step says beside what is done."""


_TEXTS: Final = ("mark", "c", "s", "over", "head", "rows", "alt")
"""Where nodes hold text."""


class Limits(Struct, frozen=True):
    """What a layout can hold.

    Attributes:
        columns: Of a table.
        letters: Those that stand beside each other in a table over the whole width.
        chart_rows: Of a chart.
        chart_width: Of a chart, in sizes of its letters.
        plot_height: Of the lines of a chart, in the same.
    """

    columns: int
    letters: int
    chart_rows: int
    chart_width: float
    plot_height: float

    def longest_word(self, columns: int) -> int:
        """Return how many letters a table's column holds in a line; its margins take about one and a half."""
        return max(4, min(WORD, int(self.letters / columns - 1.45)))


@dataclass
class Encoder(Fold["list[InlineNode]", "Sequence[BlockNode]"]):
    """Turns the rich text of one card into data, and notes what paper cannot show as it was meant.

    A gap becomes a blank, and what it hides is kept.

    Attributes:
        pictures: The deck's pictures, those that can be printed.
        limits: What the layout can hold.
        wide: Numbers of columns of tables that are too wide, and were written as lines.
        refused: Paths of pictures that cannot be printed, and why.
        shown: Paths of the others, and their names for the templates.
        hidden: What the blanks hide, in their order.
    """

    pictures: Pictures
    limits: Limits
    wide: list[int] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    hidden: list[list[InlineNode]] = field(default_factory=list)
    _blanks: list[BlankNode] = field(default_factory=list)
    _longest: int = WORD
    _in_gap: bool = False
    _in_table: bool = False

    def blocks(self, tree: RichText) -> list[BlockNode]:
        """Encode blocks; those that belong together are put side by side."""
        nodes: list[BlockNode] = []
        for block in tree:
            if isinstance(block, Group) and block.role in _NOT_PRINTED:
                continue
            for node in self.block(block):
                last = nodes[-1] if nodes else None
                if (
                    last is not None
                    and node["t"] == "group"
                    and last["t"] == "group"
                    and _PAIRS.get(last["role"]) == node["role"]
                ):
                    nodes[-1] = {"t": "pair", "c": [last, node]}
                else:
                    nodes.append(node)
        return nodes

    def cloze(self, tree: RichText) -> list[BlockNode]:
        """Encode a text with gaps; a blank has a number where there are several."""
        nodes = self.blocks(tree)
        if len(self._blanks) == 1:
            self._blanks[0]["mark"] = ""
        return nodes

    def paragraph(self, node: Paragraph) -> Sequence[BlockNode]:
        """Encode running text; a formula that is all of it may take the whole line."""
        inlines = self.inlines(node.children)
        if len(inlines) == 1 and not isinstance(inlines[0], str) and inlines[0]["t"] == "math":
            formula = inlines[0]
            formula["place"] = "alone" if formula["place"] == "line" else formula["place"]
        return ({"t": "p", "c": inlines},)

    def bullet_list(self, node: BulletList) -> Sequence[BlockNode]:
        """Encode points."""
        return ({"t": "ul", "c": [self.blocks(item) for item in node.items]},)

    def numbered_list(self, node: NumberedList) -> Sequence[BlockNode]:
        """Encode points in order."""
        return ({"t": "ol", "start": node.start, "c": [self.blocks(item) for item in node.items]},)

    def definition_list(self, node: DefinitionList) -> Sequence[BlockNode]:
        """Encode terms, each over what it means."""
        nodes: list[BlockNode] = []
        for term, definitions in node.entries:
            nodes.append({"t": "p", "c": [{"t": "b", "c": self.inlines(term)}]})
            nodes += [{"t": "dd", "c": self.blocks(definition)} for definition in definitions]
        return nodes

    def preformatted(self, node: Preformatted) -> Sequence[BlockNode]:
        """Encode lines of code; where their language is known, with the parts of each."""
        if not node.language:
            return ({"t": "pre", "s": lines_of_code(node.text)},)
        lines = [
            [[look, lines_of_code(text)] for look, text in line]
            for line in lines_of(parts(node.text.expandtabs(4), node.language))
        ]
        text = "\n".join("".join(part for _, part in line) for line in lines)
        return ({"t": "pre", "s": text, "lines": lines},)

    def drawing(self, node: Drawing) -> Sequence[BlockNode]:
        """Encode a chart."""
        limits = self.limits
        return (chart_data(node.chart, limits.chart_rows, limits.chart_width, limits.plot_height),)

    def group(self, node: Group) -> Sequence[BlockNode]:
        """Encode blocks that play a role."""
        match node:
            case Group(GroupRole.OPTIONS, (BulletList(items), *_)):
                return (self.options(items, range(len(items))),)
            case Group(GroupRole.WORDINGS, (BulletList((first, *others)),)):
                also: GroupNode = {
                    "t": "group",
                    "role": node.role,
                    "c": [{"t": "ul", "c": list(map(self.blocks, others))}],
                }
                return (*self.blocks(first), also)
            case Group(GroupRole.FOLDED, children):
                return self.blocks(children)
            case Group(role, children):
                nodes = self.blocks(children)
                return ({"t": "group", "role": role, "c": emphasised(nodes) if role in _DETAILS else nodes},)

    def options(self, items: Sequence[RichText], chosen: Iterable[int]) -> OptionsNode:
        """Encode some of a question's options, each with its letter."""
        return {"t": "options", "c": [{"mark": letter(index), "c": self.blocks(items[index])} for index in chosen]}

    def table(self, node: Table) -> Sequence[BlockNode]:
        """Encode a table; one that is too wide as points."""
        columns = len(node.alignments)
        if columns > self.limits.columns:
            self.wide.append(columns)
            return (self._as_lines(node),)
        self._longest = self.limits.longest_word(columns)
        self._in_table = True
        table: TableNode = {
            "t": "table",
            "align": list(node.alignments),
            "head": list(map(self.inlines, node.header)) if any(node.header) else [],
            "rows": [list(map(self.inlines, row)) for row in node.rows],
        }
        self._longest, self._in_table = WORD, False
        return (table,)

    def _as_lines(self, table: Table) -> BulletsNode:
        """Write each row of a table as a point, in which each value has its header before it."""
        heads = [self.inlines(cell) for cell in table.header]
        items: list[list[BlockNode]] = []
        for row in table.rows:
            line: list[InlineNode] = []
            for head, cell in zip(heads, row, strict=False):
                value = self.inlines(cell)
                if value:
                    label: list[InlineNode] = [{"t": "b", "c": [*head, ":"]}, " "] if head else []
                    line += [*(["; "] if line else []), *label, *value]
            items.append([{"t": "p", "c": line}])
        return {"t": "ul", "c": items}

    def inlines(self, children: Sequence[Inline]) -> list[InlineNode]:
        """Encode inlines."""
        if len(children) == 1 and isinstance(children[0], str):
            return self.text(children[0])
        return [node for child in children for node in self.inline(child)]

    def text(self, node: str) -> list[InlineNode]:
        """Encode text; what belongs together stays together, and words longer than the column may break."""
        text = printable(bound(node, self._longest), self._longest)
        return [text] if text else []

    def styled(self, node: Styled) -> list[InlineNode]:
        """Encode text in a style."""
        return [{"t": _STYLES[node.style], "c": self.inlines(node.children)}]

    def code(self, node: Code) -> list[InlineNode]:
        """Encode code."""
        return [{"t": "code", "s": printable(node.text, self._longest)}]

    def math(self, node: Math) -> list[InlineNode]:
        """Encode mathematics; what cannot be set, as it was typed."""
        return self._formula(node.parts, "display" if node.display and not self._in_table else "line")

    def line_break(self, node: LineBreak) -> list[InlineNode]:  # noqa: ARG002 - all are alike
        """Encode the end of a line."""
        return [{"t": "br"}]

    def link(self, node: Link) -> list[InlineNode]:
        """Encode a link."""
        return [{"t": "a", "href": node.address, "c": self.inlines(node.children)}]

    def image(self, node: Image) -> list[InlineNode]:
        """Encode a picture."""
        picture = self._picture(node.path, printable(node.alternative) or node.path)
        if node.width:
            picture["part"] = node.width / 100
        return [picture]

    def recording(self, node: Recording) -> list[InlineNode]:
        """Encode a sound or a film as the words for it."""
        return self.text(node.told)

    def ruby(self, node: Ruby) -> list[InlineNode]:
        """Encode characters with their readings."""
        return [{"t": "ruby", "s": printable(base), "over": printable(reading)} for base, reading in node.pairs]

    def masked(self, image: Image, masks: list[MaskNode]) -> BlockNode:
        """Encode a picture with masks, in a paragraph of its own."""
        node = self._picture(image.path, printable(image.alternative) or image.path)
        return {"t": "p", "c": [{**node, "masks": masks}]}

    def gap(self, node: Gap) -> list[InlineNode]:
        """Encode a gap as a blank."""
        if self._in_gap:
            return self.inlines(node.children)
        return [self._blank(node, self.inlines, to_plain((Paragraph(node.hint or ()),)))]

    def _formula(self, parts: tuple[Inline, ...], place: FormulaPlace = "line") -> list[InlineNode]:
        """Encode a formula, and what cannot be set as it was typed; gaps inside a gap are filled."""
        # Most decks have no formula.
        from cardgen.formulas import NotSetError, mathml, to_text, with_holes
        from cardgen.print.formulas import math_nodes

        if self._in_gap:
            parts = (tex_of(parts),)
        try:
            element = mathml(with_holes(parts), display=place == "display", holes=len(parts))
        except NotSetError:
            return self._tex(parts)
        blanks = [self._blank(gap, self._formula, tex_of(gap.hint or ())) for gap in parts if isinstance(gap, Gap)]
        alternative = "".join(part if isinstance(part, str) else "___" for part in parts)
        return [
            {
                "t": "math",
                "alt": _in_a_line(alternative),
                "line": to_text(element),
                "place": place,
                "c": math_nodes(element, blanks),
            }
        ]

    def _tex(self, parts: Sequence[Inline]) -> list[InlineNode]:
        """Encode TeX as it was typed."""
        nodes: list[InlineNode] = []
        for part in parts:
            if isinstance(part, Gap):
                nodes.append(self._blank(part, self._formula, tex_of(part.hint or ())))
            elif isinstance(part, str) and part.strip():
                nodes.append({"t": "code", "s": printable(_in_a_line(part), self._longest)})
        return nodes

    def _blank(self, gap: Gap, encode: Callable[[tuple[Inline, ...]], list[InlineNode]], hint: str) -> BlankNode:
        """Leave a blank; gaps inside a gap are filled, since the outer one hides them."""
        self._in_gap = True
        self.hidden.append(encode(gap.children))
        self._in_gap = False
        blank: BlankNode = {
            "t": "blank",
            "mark": str(len(self.hidden)),
            "hint": printable(hint, self._longest),
        }
        self._blanks.append(blank)
        return blank

    def _picture(self, path: str, alternative: str) -> PictureNode:
        picture = self.pictures.take(path)
        if picture.refused:
            self.refused[path] = picture.refused
            return {"t": "img", "src": "", "alt": alternative}
        self.shown[path] = picture.name
        return {"t": "img", "src": picture.name, "alt": alternative, "w": picture.width, "h": picture.height}


def emphasised(nodes: list[BlockNode]) -> list[BlockNode]:
    """Return a step's detail with the label before the first colon strong, and kept with the word after it."""
    if not nodes or nodes[0]["t"] != "p" or not nodes[0]["c"] or not isinstance(nodes[0]["c"][0], str):
        return nodes
    name, colon, rest = nodes[0]["c"][0].partition(": ")
    if not colon:
        return nodes
    label: StyledNode = {"t": "b", "c": [name.rstrip()]}
    return [{"t": "p", "c": [label, f"\N{NO-BREAK SPACE}{rest}", *nodes[0]["c"][1:]]}, *nodes[1:]]


def _in_a_line(tex: str) -> str:
    return " ".join(tex.split())


def letter(index: int) -> str:
    """Name an option: A to Z, then AA, AB and so on."""
    more, last = divmod(index, 26)
    return (letter(more - 1) if more else "") + chr(ord("A") + last)


def words(node: Any) -> str:  # noqa: ANN401 - a text, a mapping or a list
    """Return all text of a node in a line: to measure it, to look for a character, or to remind of a question."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        inline = any(isinstance(child, str) for child in node)
        return ("" if inline else " ").join(filter(None, map(words, node)))
    if node.get("t") == "blank":
        return f"___ ({node['hint']})" if node["hint"] else "___"
    if node.get("t") == "math":
        line: str = node["line"]
        return line
    return " ".join(filter(None, (words(node[key]) for key in _TEXTS if key in node)))
