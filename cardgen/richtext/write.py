"""Tree to the Markdown of cards: the inverse of `parse`, as plain as a person would type it.

What is written is always read back and compared. So each paragraph may first be tried with no escapes at all, which is
right for nearly every text, then with all that could be needed; and what Markdown cannot say is found out, not guessed.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from cardgen.errors import CardgenError
from cardgen.richtext.fold import Fold
from cardgen.richtext.markdown import fenced
from cardgen.richtext.parse import has_markup, parse
from cardgen.richtext.tree import BulletList, NumberedList, Paragraph, RichText

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.richtext.tree import (
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
        Math,
        Preformatted,
        Recording,
        Ruby,
        Styled,
        StyleName,
        Table,
    )

_MARKS: Final[dict[StyleName, str]] = {
    "strong": "**", "em": "*", "strike": "~~", "sub": "~", "sup": "^", "highlight": "==", "underline": "++",
}  # fmt: skip
_RULES: Final[dict[Alignment, str]] = {"start": "---", "left": ":---", "center": ":---:", "right": "---:"}

_HOT: Final = re.compile(
    r"[\\`*_~^$\[\]<|]|(?<==)=|=(?==)|(?<=\+)\+|\+(?=\+)|!(?=\[)|(?<=:):|:(?=:)|\{(?=\{c\d|[^{}|]*\|)"
)
"""Whatever could be markup somewhere in a text."""

_HOT_BESIDE_GAPS: Final = re.compile(r"[\\`*_~^$\[\]<|]|(?<==)=|=(?==)|(?<=\+)\+|\+(?=\+)|!(?=\[)")
"""The same in a text with gaps, whose marks stay: braces and colons."""

_HOT_START: Final = re.compile(r"(?m)^([ ]*\d{0,9})(?=(?:(?<=\d)[.)]|(?<!\d)-))")
"""What stands before a character that could begin an item of a list, at the beginning of a line."""


_NOT_FIRST: Final = tuple(")]},.;:?/|")
"""Characters with which no highlight or underline begins, unless they are escaped; see `paired`."""


_INNER_LIST: Final = re.compile(r"\A(.+)\n\n(?=(?:- |1\. )\S)")
"""The end of an item's first line, if a list follows that may stand right below it."""


class NotWritableError(CardgenError):
    """Markdown has no way to say a tree."""


def to_markdown(tree: RichText, *, gaps: bool = False) -> str:
    """Return Markdown that is read as just this tree.

    Args:
        tree: Neighbouring texts joined, and no spaces at the ends of paragraphs and styles, as `parse` makes trees.
        gaps: Whether the texts in it have marks of gaps, ``{{c1::hidden::hint}}``, which are to stay such marks.

    Raises:
        NotWritableError: If there is none: for charts, blocks with roles, and styles that have no beginning or end by
            the rules of Markdown, such as in the middle of a word beside punctuation.
    """
    if len(tree) == 1 and isinstance(tree[0], Paragraph) and len(tree[0].children) == 1:
        only = tree[0].children[0]
        if isinstance(only, str) and not has_markup(only):
            return only
    for care in _Care:
        written = _Writer(care, _HOT_BESIDE_GAPS if gaps else _HOT).blocks(tree)
        if parse(written) == tree:
            return written
    raise NotWritableError("Markdown has no form for this text")


class _Care(Enum):
    """What is escaped, from what is right for nearly all texts to what is right for all."""

    NOTHING = auto()
    WHERE_NEEDED = auto()  # in paragraphs and cells that are read otherwise without
    EVERYTHING = auto()  # that could be markup


class _Writer(Fold[str, str]):
    """Writes Markdown; gaps are written as they are, with the words in them.

    Args:
        care: What is escaped.
        hot: What could be markup in a text.
    """

    def __init__(self, care: _Care, hot: re.Pattern[str]) -> None:
        self._care = care
        self._hot = hot
        self._escaping = care is _Care.EVERYTHING
        self._in_cell = False
        self._no_spaces = False

    def blocks(self, tree: RichText) -> str:
        """Fold blocks, with an empty line between them."""
        written: list[str] = []
        lists = 0
        for block in tree:
            lists = lists + 1 if isinstance(block, BulletList | NumberedList) else 0
            written.append(
                self._list(block, lists) if isinstance(block, BulletList | NumberedList) else self.block(block)
            )
        return "\n\n".join(written)

    def paragraph(self, node: Paragraph) -> str:
        """Fold running text."""
        written = self._paragraph(node)
        if self._care is _Care.WHERE_NEEDED and parse(written) != (node,):
            self._escaping = True
            written = self._paragraph(node)
            self._escaping = False
        return written

    def _paragraph(self, node: Paragraph) -> str:
        written = self.inlines(node.children)
        return _HOT_START.sub(r"\1\\", written) if self._escaping else written

    def inlines(self, children: Iterable[Inline]) -> str:
        """Fold inlines."""
        return "".join(map(self.inline, children))

    def text(self, node: str) -> str:
        """Fold text."""
        written = self._hot.sub(r"\\\g<0>", node) if self._escaping else node
        if self._no_spaces:
            written = written.replace(" ", r"\ ")
        return self._in_cell_form(written) if not self._escaping else written

    def _in_cell_form(self, written: str) -> str:
        return re.sub(r"(?<!\\)\|", r"\\|", written) if self._in_cell else written

    def styled(self, node: Styled) -> str:
        """Fold text in a style."""
        around, self._no_spaces = self._no_spaces, self._no_spaces or node.style in ("sub", "sup")
        inside = self.inlines(node.children)
        self._no_spaces = around
        if self._escaping and node.style in ("highlight", "underline") and inside[:1] in _NOT_FIRST:
            inside = f"\\{inside}"
        return f"{_MARKS[node.style]}{inside}{_MARKS[node.style]}"

    def code(self, node: Code) -> str:
        """Fold code."""
        longest = max(map(len, re.findall(r"`+", node.text)), default=0)
        fence = "`" * (longest + 1)
        # Of spaces at both ends the parser takes one each, unless there is nothing else.
        is_edged = node.text.startswith(("`", " ")) or node.text.endswith(("`", " "))
        space = " " if is_edged and node.text.strip(" ") else ""
        return self._in_cell_form(f"{fence}{space}{node.text}{space}{fence}")

    def math(self, node: Math) -> str:
        """Fold mathematics."""
        fence = "$$" if node.display else "$"
        return self._in_cell_form(f"{fence}{node.tex}{fence}")

    def line_break(self, node: LineBreak) -> str:  # noqa: ARG002 - all are alike
        """Fold the end of a line."""
        return "\\\n"

    def link(self, node: Link) -> str:
        """Fold a link."""
        address = node.address
        return f"[{self.inlines(node.children)}]({f'<{address}>' if '(' in address or ')' in address else address})"

    def image(self, node: Image) -> str:
        """Fold a picture."""
        width = f"{{width={node.width}%}}" if node.width else ""
        return f"![{node.alternative}]({_path(node.path)}){width}"

    def recording(self, node: Recording) -> str:
        """Fold a sound or a film."""
        return f"![{node.words}]({_path(node.path)})"

    def ruby(self, node: Ruby) -> str:
        """Fold characters with their readings."""
        read, readings = zip(*node.pairs, strict=True)
        return f"{{{''.join(read)}|{'|'.join(readings)}}}"

    def gap(self, node: Gap) -> str:
        """Fold a gap."""
        hint = "" if node.hint is None else f"::{self.inlines(node.hint)}"
        return f"{{{{c{node.number}::{self.inlines(node.children)}{hint}}}}}"

    def bullet_list(self, node: BulletList) -> str:
        """Fold points without an order."""
        return self._list(node, 1)

    def numbered_list(self, node: NumberedList) -> str:
        """Fold points in order."""
        return self._list(node, 1)

    def _list(self, node: BulletList | NumberedList, place: int) -> str:
        """Fold a list; `place` counts lists that follow each other, whose marks differ so that they stay apart."""
        odd = place % 2 == 1
        if isinstance(node, BulletList):
            marks = ["-" if odd else "*" for _ in node.items]
        else:
            marks = [f"{number}{'.' if odd else ')'}" for number in range(node.start, node.start + len(node.items))]
        items = [
            _indented(mark, _INNER_LIST.sub(r"\1\n", self.blocks(item)))
            for mark, item in zip(marks, node.items, strict=True)
        ]
        return "\n".join(items)

    def definition_list(self, node: DefinitionList) -> str:
        """Fold terms with what they mean."""
        return "\n\n".join(
            "\n".join((self._paragraph(Paragraph(term)), *(_indented(":", self.blocks(each)) for each in definitions)))
            for term, definitions in node.entries
        )

    def table(self, node: Table) -> str:
        """Fold a table."""
        self._in_cell = True
        head, *rows = (f"| {' | '.join(map(self._cell, row))} |" for row in (node.header, *node.rows))
        self._in_cell = False
        rule = f"| {' | '.join(_RULES[alignment] for alignment in node.alignments)} |"
        return "\n".join((head, rule, *rows))

    def _cell(self, children: tuple[Inline, ...]) -> str:
        written = self.inlines(children)
        if self._care is _Care.WHERE_NEEDED and parse(written.replace(r"\|", "|")) != (Paragraph(children),):
            self._escaping = True
            written = self.inlines(children)
            self._escaping = False
        return written

    def preformatted(self, node: Preformatted) -> str:
        """Fold lines that are shown letter by letter."""
        return fenced(node.text, node.language)

    def drawing(self, node: Drawing) -> str:  # noqa: ARG002 - whatever it shows
        """Refuse a chart, which is data."""
        raise NotWritableError("a chart is not text")

    def group(self, node: Group) -> str:  # noqa: ARG002 - whatever is in it
        """Refuse blocks with a role, which their kind makes of fields."""
        raise NotWritableError("blocks with a role are not text")


def _path(path: str) -> str:
    return f"<{path}>" if re.search(r"[\s()]", path) else path


def _indented(mark: str, item: str) -> str:
    """Put a mark before an item's first line, and what is as wide before the others."""
    first, *others = item.split("\n")
    indent = " " * (len(mark) + 1)
    lines = (f"{indent}{line}" if line else "" for line in others)
    return "\n".join((f"{mark} {first}".rstrip(), *lines))
