"""Readings over characters, ``{漢字|かんじ}``: a rule for markdown-it.

What is read is Chinese characters, perhaps with others between them, and the reading has none: so ``{yes|no}``,
``{x | x > 0}`` and ``{是|否}`` are text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

HAN: Final = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters, with the marks that repeat one, in a class of a regular expression."""

_OTHER: Final = r"{}|\n\\`$*<>\[\]"
"""What neither has: it means something else."""

_RUBY: Final = rf"\{{(?=[^{_OTHER}]*[{HAN}])([^{_OTHER}:]+)((?:\|(?=[^{_OTHER}]*\w)[^{_OTHER}{HAN}]+)+)\}}"


@cache
def _expression() -> re.Pattern[str]:
    """Return the expression that finds readings; to compile it takes 3 ms, and few commands meet a reading."""
    return re.compile(_RUBY)


def ruby_plugin(markdown: MarkdownIt) -> None:
    """Teach a parser readings."""
    markdown.inline.ruler.before("literal", "ruby", _ruby)


def _ruby(state: StateInline, silent: bool) -> bool:
    match = _expression().match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if match is None or state.src[max(state.pos - 1, 0) : state.pos] == "{":
        return False
    pairs = _paired(match[1].strip(), [reading.strip() for reading in match[2][1:].split("|")])
    if not pairs:
        return False
    if not silent:
        state.push("ruby", "ruby", 0).meta["pairs"] = pairs
    state.pos = match.end()
    return True


def _paired(base: str, readings: list[str]) -> tuple[tuple[str, str], ...]:
    """Return what is read with its reading: the whole with one, or each character with its own; else nothing."""
    if len(readings) == 1:
        return ((base, readings[0]),)
    return tuple(zip(base, readings, strict=True)) if len(base) == len(readings) else ()
