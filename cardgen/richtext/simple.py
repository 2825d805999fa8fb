"""Markdown of the commonest forms read line by line, without markdown-it, which takes twenty times as long.

Paragraphs, line ends, lists, words in bold or italics, what is raised or lowered, pictures, gaps: what else a text
holds that could be markup leaves it to the parser. So nothing is decided here that is not plain; tests compare both.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cardgen.richtext.gap_reader import PLAIN_GAP
from cardgen.richtext.tree import BulletList, Gap, LineBreak, NumberedList, Paragraph, Styled, shown_or_played

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cardgen.richtext.tree import Block, Inline, RichText, StyleName

    _Read = Callable[[str], Sequence[Inline] | None]

_OTHER: Final = re.compile(
    r"[$`\r\t\0]|~~|\\(?!\n)|(?<![^\W_])_|_(?![^\W_])|<(?![ =])"  # inside of lines
    r"|^[ ]*(?::|\+(?:\s|\Z))|^[^\S\n ]|[^\S\n]$|^[-:| ]*-[-:| ]*$|\{[^{}\n]*\|",  # lines, tables and readings
    re.MULTILINE,
)
"""What only the parser reads."""

_ESCAPE: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
_ESCAPED: Final = 0xE100
"""Where private characters begin that stand for those which are escaped, while the text is read."""
_PRIVATE: Final = re.compile(f"[{chr(_ESCAPED)}-{chr(_ESCAPED + 0x7F)}]")

_STYLED: Final = re.compile(r"(?<![^ (])(\*{1,2})([^*\s](?:[^*]*[^*\s])?)\1(?![^ .,;:!?)])")
"""Words in bold or italics that can be read by themselves: nothing around them or in them makes the stars ambiguous."""
_STARRED: Final[Mapping[str, StyleName]] = {"*": "em", "**": "strong"}

_PAIRED: Final = re.compile(r"(?<![^ (])(\+\+|==)(\w\w(?:(?:(?!\1)[^*\n])*[\w.])?)(?<![ (,;][a-z])\1(?![^ .,;:!?)])")
"""Underlines and highlights of two letters or more, in which no letter stands alone beside a mark; see `paired`."""

_MARKED: Final[Mapping[str, StyleName]] = {"++": "underline", "==": "highlight"}

_LEAF: Final = re.compile(
    r"(?<=[A-Za-z0-9)\]])([~^])([A-Za-z0-9+.,()/−-]{1,40})\1(?![~^0-9])|!\[([^\[\]\n]*)\]\(([\w./-]+)\)(?!\{)"  # noqa: RUF001 - a minus
)
"""What is raised or lowered, and pictures and recordings in files with plain names."""
_UNREAD: Final = re.compile(r"\*|\]\(|(?<=[^ (])[~^]|[~^](?=[~^])")

_ITEM: Final = re.compile(r"(?:(\d{1,9})(?=[.)])|(?=-))(.) (?=\S)")
"""How a line begins that begins an item."""
_ITEM_OR_LONE: Final = re.compile(r"(?:\d{1,9}[.)]|-)(?: |$)")
_BEGINS: Final = re.compile(r"\s|:|\+(?:\s|$)|(?:\d{1,9}[.)]|-)(?: |$)")
"""How no line of running text begins."""
_MOST_LEVELS: Final = 6


def simple_blocks(text: str, *, gaps: bool) -> RichText | None:
    """Read a text; None if that takes the parser.

    Args:
        text: Markdown.
        gaps: Whether ``{{c1::hidden::hint}}`` is a gap; else it is text.
    """
    if "\\" in text:
        if _PRIVATE.search(text):
            return None
        text = _ESCAPE.sub(lambda match: chr(_ESCAPED + ord(match[1])), text)
    if _OTHER.search(text):
        return None
    reader = _Reader(gaps=gaps)
    blocks: list[Block] = []
    after_list = False
    for is_text, group in groupby(text.split("\n"), bool):
        if is_text:
            lines = [*group]
            is_list = _ITEM_OR_LONE.match(lines[0]) is not None
            block = reader.list_of(lines, 0) if is_list else reader.paragraph(lines)
            if block is None or (is_list and after_list):
                return None
            blocks.append(block)
            after_list = is_list
    return tuple(blocks)


class _Reader:
    """Reads blocks and what is in them; None stands for what takes the parser.

    Args:
        gaps: Whether there are gaps.
    """

    def __init__(self, *, gaps: bool) -> None:
        self._gaps = gaps

    def list_of(self, lines: Sequence[str], level: int) -> Block | None:
        """Read a list of lines, each of which begins an item or is indented below one."""
        items: list[list[str]] = []
        first = _ITEM.match(lines[0])
        if first is None or level > _MOST_LEVELS:
            return None
        indent = ""
        for line in lines:
            match = _ITEM.match(line)
            if match is not None and match[2] == first[2]:
                indent = " " * match.end()
                items.append([line[match.end() :]])
            elif match is None and line.startswith(indent):
                items[-1].append(line[len(indent) :])
            else:
                return None
        read = [self._item(item, level) for item in items]
        found = tuple(item for item in read if item is not None)
        if len(found) < len(read):
            return None
        return BulletList(found) if first[1] is None else NumberedList(found, int(first[1]))

    def _item(self, lines: Sequence[str], level: int) -> RichText | None:
        """Read an item: a paragraph, and perhaps a list right below it."""
        size = next((number for number, line in enumerate(lines) if number and _ITEM_OR_LONE.match(line)), len(lines))
        words = self.paragraph(lines[:size])
        if words is None or size == len(lines):
            return None if words is None else (words,)
        inner = self.list_of(lines[size:], level + 1)
        # Only a list that begins with 1 may stand below words without an empty line.
        if inner is None or (isinstance(inner, NumberedList) and inner.start != 1):
            return None
        return (words, inner)

    def paragraph(self, lines: Sequence[str]) -> Block | None:
        """Read lines of running text, none of which could begin something else."""
        found: list[Inline] = []
        for number, line in enumerate(lines, start=1):
            ends = line[-1] == "\\"
            if _BEGINS.match(line) or (ends and number == len(lines)):
                return None
            children = self._line(line[:-1] if ends else line)
            if not children:
                return None
            _extend(found, children)
            if number < len(lines):
                _extend(found, (LineBreak(),) if ends else (" ",))
        return Paragraph(tuple(found))

    def _line(self, text: str) -> Sequence[Inline] | None:
        if not self._gaps or ("{" not in text and "}" not in text):
            return _paired(text, _styled)
        with_gaps = _gapped(text, _styled)
        # Gaps inside of styles, where there are no styles inside of gaps.
        return _styled(text, inside=lambda words: _gapped(words, _leaves)) if with_gaps is None else with_gaps


def _gapped(text: str, read: _Read) -> Sequence[Inline] | None:
    """Read a text with gaps, what lies around and in them by `read`; None if a brace is not a gap's."""
    found: list[Inline] = []
    pieces: list[str | None] = PLAIN_GAP.split(text)
    for at in range(0, len(pieces), 4):
        around = pieces[at] or ""
        # Behind a gap, something is raised or lowered as behind a letter.
        is_apart = "{" in around or "}" in around or (at > 0 and around[:1] in ("~", "^"))
        parts = None if is_apart else read(around)
        if parts is None:
            return None
        _extend(found, parts)
        if at + 1 < len(pieces):
            number, hidden, hint = pieces[at + 1 : at + 4]
            inside = read(hidden or "")
            shown = None if hint is None else read(hint)
            if inside is None or (hint is not None and shown is None):
                return None
            found.append(Gap(int(number or 0), tuple(inside), None if shown is None else tuple(shown)))
    return found


def _leaves(text: str) -> Sequence[Inline] | None:
    """Read a text with no styles but what is raised or lowered, and pictures; None if it has others."""
    if "++" in text or "==" in text:
        return None
    if "~" not in text and "^" not in text and "](" not in text:
        return (_unescaped(text),) if text else ()
    found: list[Inline] = []
    pieces: list[str | None] = _LEAF.split(text)
    for at in range(0, len(pieces), 5):
        around = pieces[at] or ""
        if _UNREAD.search(around) or (around[:1] in ("~", "^") and at) or (around[-1:] in ("~", "^")):
            return None
        if around:
            found.append(_unescaped(around))
        if at + 1 < len(pieces):
            mark, inside, words, path = pieces[at + 1 : at + 5]
            if path is not None:
                found.append(shown_or_played(path, _unescaped(words or ""), 0))
            else:
                found.append(Styled("sub" if mark == "~" else "sup", (inside or "",)))
    return found


def _styled(text: str, inside: _Read = _leaves) -> Sequence[Inline] | None:
    """Read a text with words in bold or italics, what is around and in them by `inside`."""
    if "*" not in text:
        return inside(text)
    return _between(_STYLED.split(text), ("*",), _STARRED, inside)


def _paired(text: str, inside: _Read) -> Sequence[Inline] | None:
    """Read a text with underlines and highlights, what is around and in them by `inside`."""
    if "++" not in text and "==" not in text:
        return inside(text)
    return _between(_PAIRED.split(text), ("++", "=="), _MARKED, inside)


def _between(
    pieces: Sequence[str], marks: Sequence[str], styles: Mapping[str, StyleName], inside: _Read
) -> Sequence[Inline] | None:
    """Read what stands around marks and between them; None if any of it cannot be, or a mark is left over.

    Args:
        pieces: In turn what is around, the mark, what is between it and the next of its sort.
        marks: What must not be left around them.
        styles: What each mark means.
        inside: Reads a piece.
    """
    found: list[Inline] = []
    for at in range(0, len(pieces), 3):
        around = pieces[at]
        parts = None if any(mark in around for mark in marks) else inside(around)
        if parts is None:
            return None
        found += parts
        if at + 1 < len(pieces):
            words = inside(pieces[at + 2])
            if words is None:
                return None
            found.append(Styled(styles[pieces[at + 1]], tuple(words)))
    return found


def _extend(found: list[Inline], children: Iterable[Inline]) -> None:
    """Add inlines, texts to the text before them."""
    for child in children:
        if isinstance(child, str) and found and isinstance(last := found[-1], str):
            found[-1] = last + child
        else:
            found.append(child)


def _unescaped(text: str) -> str:
    return _PRIVATE.sub(lambda match: chr(ord(match[0]) - _ESCAPED), text) if not text.isascii() else text
