"""Holes in formulas: places that whoever sets a formula fills with something of its own, such as the blank of a gap.

In TeX and in the texts of elements, a hole is a character for private use; MathJax sets none of those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.richtext.tree import Gap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.richtext.tree import Inline

_FIRST: Final = 0xF0000
_MOST: Final = 1000
HOLE: Final = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")
"""A hole, without the braces that it has in TeX."""


def with_holes(parts: Iterable[Inline]) -> str:
    """Return the TeX of a formula's parts, with a hole for each gap, in their order; no more than `_MOST`."""
    written, count = [], 0
    for part in parts:
        if isinstance(part, Gap):
            written.append(f"{{{chr(_FIRST + min(count, _MOST - 1))}}}")
            count += 1
        elif isinstance(part, str):
            written.append(part)
    return "".join(written)


def highest(text: str) -> int:
    """Return the highest number of a hole in a text; -1 for none."""
    return max((ord(char) - _FIRST for char in HOLE.findall(text)), default=-1)


def split(text: str) -> tuple[list[str], list[int]]:
    """Return the texts before, between and after holes, and the numbers of the holes."""
    return HOLE.split(text), [ord(char) - _FIRST for char in HOLE.findall(text)]
