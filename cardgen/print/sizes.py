"""How high text will be, roughly: enough to know what may be kept together on a page."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from cardgen.print.nodes import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.print.data import BlockNode, ChartNode, InlineNode

_PICTURE: Final = 12
"""Most lines that a picture takes."""


def lines_of(nodes: Sequence[BlockNode], column: int) -> int:
    """Return about how many lines blocks take in a column of so many letters."""
    return sum(_lines(node, column) for node in nodes)


def _lines(node: BlockNode, column: int) -> int:
    if node["t"] == "p":
        return _wrapped(words(node), column) + _PICTURE * _pictures(node["c"])
    if node["t"] == "group" or node["t"] == "dd":
        return lines_of(node["c"], column)
    if node["t"] == "options":
        return sum(lines_of(option["c"], column - 3) for option in node["c"])
    if node["t"] == "table":
        each = max(4, column // max(1, len(node["align"])))
        rows = [node["head"], *node["rows"]]
        return sum(max((_wrapped(words(cell), each) for cell in row), default=0) for row in rows)
    if node["t"] == "pre":
        return sum(_wrapped(line, column) for line in node["s"].split("\n"))
    if node["t"] == "pair":
        return max(lines_of(group["c"], column // 2) for group in node["c"])
    if node["t"] == "chart":
        return 2 + _rows(node)
    return sum(lines_of(item, column - 3) for item in node["c"])


def _rows(chart: ChartNode) -> int:
    if chart["form"] == "lines":
        return int(chart["base"]) + len(chart["labels"])
    return len(chart["rows"]) + (chart["levels"] if chart["form"] == "timeline" else 0)


def _wrapped(text: str, column: int) -> int:
    wide = 0 if text.isascii() else sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return -(-(len(text) + wide) // column) or 1


def _pictures(inlines: Sequence[InlineNode]) -> int:
    found = 0
    for inline in inlines:
        if isinstance(inline, str):
            continue
        if inline["t"] == "img":
            found += 1
        elif inline["t"] in ("b", "i", "sub", "sup", "s", "mark", "u", "a"):
            found += _pictures(inline["c"])
    return found
