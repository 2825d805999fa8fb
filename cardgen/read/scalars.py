"""Where each character of a scalar stands in the file: a value loses its quotes, escapes, folds and indentation."""

from __future__ import annotations

import re
from typing import Final

_PROPERTIES: Final = re.compile(r"(?:[&!]\S*\s+)*")
_BLOCK_HEAD: Final = re.compile(r"[|>][-+0-9]*[^\n]*\n")
_CONTINUED: Final = re.compile(r"\\\r?\n[ ]*")
_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_SHORT_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
"""https://yaml.org/spec/1.2.2/#57-escaped-characters; all others stand for themselves."""


def positions(source: str, value: str) -> list[int] | None:
    """Find where the characters of a value stand in the text of its scalar.

    Args:
        source: The scalar as the file has it, from its first character (anchor, tag or quote) to its last.
        value: What it means.

    Returns:
        For each character of the value its position in the source; None where the two do not go together.
    """
    start = _PROPERTIES.match(source)
    at = start.end() if start else 0
    style = source[at : at + 1]
    if style and style in "|>":
        head = _BLOCK_HEAD.match(source, at)
        if head is None:
            return None
        at = head.end()
    elif style and style in "\"'":
        at += 1
    return _aligned(source, value, at, style)


def _aligned(source: str, value: str, at: int, style: str) -> list[int] | None:
    found: list[int] = []
    for char in value:
        length = 1
        if style == '"':
            continued = _CONTINUED.match(source, at)
            while continued:
                at = continued.end()
                continued = _CONTINUED.match(source, at)
        if char.isspace() and source[at : at + 1].isspace():
            found.append(at)
            at += 1
            continue
        while source[at : at + 1].isspace():
            at += 1
        if style == '"' and source[at : at + 1] == "\\":
            escape = _ESCAPE.match(source, at)
            if escape is None or _unescaped(escape) != char:
                return None
            length = len(escape[0])
        elif source[at : at + 1] != char:
            return None
        elif style == "'" and char == "'":
            length = 2
        found.append(at)
        at += length
    return found


def _unescaped(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else _SHORT_ESCAPES.get(escape[4], escape[4])
