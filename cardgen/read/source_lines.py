"""The lines of a YAML file as its author sees them: indentation, field names, texts under ``|`` and ``>``.

It knows no more of YAML than an author who looks at the file. It is asked only where a file has a flaw, or a tab.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from msgspec import Struct

from cardgen.read.flaws import Lines

_FIELD: Final = re.compile(
    r"(?P<dashes>(?:- +)*)(?P<name>[\w<][\w (),./%-]{0,40}?|<<|\"[^\"\n]+\"|'[^'\n]+')[ ]*:(?=\s|$)"
)
_ITEM: Final = re.compile(r"-(?=\s|$)")
_HEADER: Final = re.compile(
    r"(?P<dashes>(?:- +)*)(?P<key>(?:[^\s#'\"\[{][^:]*|\"[^\"]*\"|'[^']*')[ ]*:[ ]+)?(?:[&!]\S*[ ]+)*"
    r"[|>](?:[-+]?(?P<indent>[1-9])?[-+]?)[ \t]*(?:[ \t]#.*)?$"
)


class SourceLine(Struct, frozen=True):
    """A line.

    Attributes:
        row: Its number, from 0.
        start: Where it begins in the text, in characters from 0.
        text: What stands in it, without its end.
        indent: How many spaces it begins with.
        content: In a text under ``|`` or ``>``, the column, from 0, where the text of its lines begins; else -1.
    """

    row: int
    start: int
    text: str
    indent: int
    content: int = -1

    @property
    def is_text(self) -> bool:
        """Whether it belongs to a text under ``|`` or ``>``."""
        return self.content >= 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it, or a comment only."""
        stripped = self.text.strip()
        return not stripped or (not self.is_text and stripped.startswith("#"))

    @property
    def field(self) -> re.Match[str] | None:
        """The name of a field with the dashes before it, if the line begins with one."""
        return None if self.is_text else _FIELD.match(self.text, self.indent)

    @property
    def is_item(self) -> bool:
        """Whether the line begins with the dash of a list."""
        return not self.is_text and _ITEM.match(self.text, self.indent) is not None

    @property
    def column(self) -> int:
        """The column, from 0, of the first thing after spaces and dashes."""
        field = self.field
        return field.end("dashes") if field else self.indent

    @property
    def value(self) -> int:
        """The column, from 0, where the line's value begins; of a line without a field, where its text begins."""
        field = self.field
        at = field.end() if field else self.indent
        if not field:
            while _ITEM.match(self.text, at):
                at += 1
                at += len(self.text[at:]) - len(self.text[at:].lstrip())
        return at + len(self.text[at:]) - len(self.text[at:].lstrip())


class SourceLines:
    """All lines of a text."""

    def __init__(self, text: str) -> None:
        self._starts = Lines(text).starts
        ends = [*self._starts[1:], len(text)]
        self.lines: list[SourceLine] = []
        parent, content = -1, -1
        for row, (start, end) in enumerate(zip(self._starts, ends, strict=True)):
            line = text[start:end].rstrip("\r\n")
            indent = len(line) - len(line.lstrip(" "))
            blank = not line.strip()
            outside = content > indent and (_FIELD.match(line, indent) or _ITEM.match(line, indent))
            if parent >= 0 and (blank or (indent >= parent and not outside)):
                if content < 0 and not blank:
                    content = indent
                self.lines.append(SourceLine(row, start, line, indent, max(content, parent)))
                continue
            parent, content = -1, -1
            self.lines.append(SourceLine(row, start, line, indent))
            header = _HEADER.match(line, indent)
            if header:
                parent = self._least_content(header, indent)
                content = parent - 1 + int(header["indent"]) if header["indent"] else -1

    @staticmethod
    def _least_content(header: re.Match[str], indent: int) -> int:
        """Return the least indentation of the text that a header begins."""
        dashes = header["dashes"]
        if header["key"]:
            return indent + len(dashes) + 1
        return indent + dashes.rindex("-") + 1 if dashes else indent

    def row(self, position: int) -> int:
        """Return the row of a position in the text."""
        return bisect_right(self._starts, position) - 1

    def before(self, row: int) -> SourceLine | None:
        """Return the nearest line before a row that has something in it."""
        return next((line for line in reversed(self.lines[:row]) if not line.is_blank), None)
