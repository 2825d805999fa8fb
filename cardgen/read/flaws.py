"""What is wrong in a text, and the lines that it stands in."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from itertools import accumulate
from typing import Final

from msgspec import Struct

Span = tuple[int, int]
"""Start and end of a stretch of text, in characters from 0."""

FOREIGN_SPACES: Final = "\xa0\u2000-\u200a\u202f\u205f\u3000"
"""Characters that look like spaces and are none to YAML, for a class of a regular expression."""

_LINE_END: Final = re.compile(r"\r\n|\n|\r")


class Flaw(Struct, frozen=True):
    """Something wrong in a text: a code of the catalogue, a message, where, and a hint if the rule's is too wide."""

    code: str
    message: str
    span: Span
    hint: str = ""


class Lines:
    """Turns positions in a text, of less than 2^31 characters, into lines and columns.

    Attributes:
        text: The text.
        starts: Where its lines begin.
    """

    __slots__ = ("starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        if "\r" in text:
            self.starts = array("i", [0, *(match.end() for match in _LINE_END.finditer(text))])
        else:  # nearly always, and much faster
            lengths = (len(line) + 1 for line in text.split("\n")[:-1])
            self.starts = array("i", accumulate(lengths, initial=0))

    def locate(self, position: int) -> tuple[int, int, str]:
        """Return line and column, both from 1, and the line's text."""
        row = bisect_right(self.starts, position)
        start = self.starts[row - 1]
        line = self.text[start : self.starts[row] if row < len(self.starts) else None].rstrip("\r\n")
        return row, max(0, min(position - start, len(line))) + 1, line
