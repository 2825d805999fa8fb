"""Markdown to be pasted where people read: release notes, comments under a change."""

from __future__ import annotations

import re


def fenced(text: str, language: str = "") -> str:
    """Return text as a block of code; the fence is longer than any run of backticks in it."""
    longest = max(map(len, re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
