"""How high text will be, roughly: enough to know what may be kept together on a page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from cardgen.print.nodes import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.print.nodes import Node

_PICTURE: Final = 12
"""Most lines that a picture takes."""


def lines_of(nodes: Sequence[Node], column: int) -> int:
    """Give about how many lines blocks take in a column of so many letters."""
    return sum(_lines(node, column) for node in nodes)


def _lines(node: Node, column: int) -> int:
    match node["t"]:
        case "p":
            return _wrapped(words(node), column) + _PICTURE * _pictures(node["c"])
        case "ul" | "ol" | "chain":
            return sum(lines_of(item, column - 3) for item in node["c"])
        case "options":
            return sum(lines_of(item["c"], column - 3) for item in node["c"])
        case "table":
            each = max(4, column // max(1, len(node["align"])))
            rows = [node["head"], *node["rows"]]
            return sum(max((_wrapped(words(cell), each) for cell in row), default=0) for row in rows)
        case "pre":
            return sum(_wrapped(line, column) for line in node["s"].split("\n"))
        case "pair":
            return max(lines_of(group["c"], column // 2) for group in node["c"])
        case "chart":
            return 2 + len(node.get("rows", ())) + len(node.get("marks", ())) + int(node.get("height", 0))
    return lines_of(node["c"], column)


def _wrapped(text: str, column: int) -> int:
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return -(-(len(text) + wide) // column) or 1


def _pictures(inlines: Sequence[Any]) -> int:
    found = 0
    for inline in inlines:
        if isinstance(inline, dict):
            found += 1 if inline["t"] == "img" else _pictures(inline.get("c", ()))
    return found
