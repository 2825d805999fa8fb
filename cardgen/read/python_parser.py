"""PyYAML's parser in Python, for machines without its parser in C: it accepts and refuses the same texts.

Where PyYAML's own scanner parts from libyaml, which the parser in C is, it is made to follow it. A test sends the same
texts through both.
"""

from __future__ import annotations

import re
from typing import Any, Final

from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

_FLOW_PLAIN_END: Final = re.compile(r":[\s\0,?\[\]{}]|[,\[\]{}\0]|\s#")
_SURROGATE: Final = re.compile(r"\\(?:u|U0000)([dD][89abABcCdDeEfF][0-9a-fA-F]{2})")


class PythonParser(Reader, Scanner, Parser):
    """The parser; of its methods only ``get_event`` is used, as of the parser in C."""

    def __init__(self, text: str) -> None:
        self._taken_for: dict[str, str] = {}
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)

    def peek(self, index: int = 0) -> str:
        """Look ahead; a method here may let one character be taken for another while it scans."""
        char: str = super().peek(index)
        return self._taken_for.get(char, char)

    def check_plain(self) -> bool:
        """Refuse, inside brackets, a plain text with a colon right before a comma or a bracket."""
        plain = bool(super().check_plain())
        if plain and self.flow_level:
            end = _FLOW_PLAIN_END.search(self.buffer, self.pointer)
            if end and end[0][0] == ":" and end[0][1] in ",?[]{}":
                self.forward(end.start() - self.pointer)
                raise ScannerError("while scanning a plain scalar", None, "unexpected :", self.get_mark())
        return plain

    def scan_plain(self) -> Any:  # noqa: ANN401 - PyYAML's tokens have no common type
        """Let a question mark stand in a text inside brackets."""
        if self.flow_level:
            self._taken_for = {"?": "x"}
        try:
            return super().scan_plain()
        finally:
            self._taken_for = {}

    def scan_block_scalar_indicators(self, start_mark: Any) -> Any:  # noqa: ANN401 - as above
        """Let a comment follow at once."""
        self._taken_for = {"#": " "}
        try:
            return super().scan_block_scalar_indicators(start_mark)
        finally:
            self._taken_for = {}

    def scan_directive_name(self, start_mark: Any) -> Any:  # noqa: ANN401 - as above
        """Refuse directives that YAML does not know."""
        name = super().scan_directive_name(start_mark)  # type: ignore[no-untyped-call]
        if name not in ("YAML", "TAG"):
            raise ScannerError("while scanning a directive", start_mark, "unknown", self.get_mark())
        return name

    def scan_flow_scalar_non_spaces(self, double: bool, start_mark: Any) -> Any:  # noqa: ANN401 - as above
        """Refuse escapes of what is no character: halves of a pair, and numbers that are too large."""
        start = self.pointer
        try:
            chunks = super().scan_flow_scalar_non_spaces(double, start_mark)
        except (ValueError, OverflowError):
            raise ScannerError("while parsing a quoted scalar", start_mark, "no character", self.get_mark()) from None
        if any("\ud800" <= char <= "\udfff" for chunk in chunks for char in chunk):
            mark = self.get_mark()
            found = _SURROGATE.search(self.buffer, start)
            back = self.pointer - found.start(1) if found else 0
            mark.index, mark.column = mark.index - back, mark.column - back
            raise ScannerError("while parsing a quoted scalar", start_mark, "no character", mark)
        return chunks
