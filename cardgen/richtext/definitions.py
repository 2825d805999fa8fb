"""Definition lists, a rule for markdown-it: a line with a term, and below it lines that begin with a colon and a space.

::

    Preload
    : Stretch of the heart muscle before it contracts.
    : It rises with the filling of the ventricle.

The plugin that others use for it also takes ``~`` for a colon, which would change "~ 5 mg".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

_DEFINITION: Final = re.compile(r":[ \t]+(?=\S)")

_INDENT: Final = 2
"""Spaces by which further lines of a definition are indented at the least: as wide as the colon and a space."""


def definitions_plugin(markdown: MarkdownIt) -> None:
    """Teach a parser definition lists."""
    markdown.block.ruler.before("paragraph", "definitions", _definitions, {"alt": ["paragraph"]})


def _definitions(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if silent:
        # A paragraph ends before a term, and before a definition, also before those of what is around it.
        return _mark(state, start, end, indent=0) > 0 or _is_term(state, start, end, indent=0)
    if not _is_term(state, start, end):
        return False
    state.push("dl_open", "dl", 1)
    line = start
    while _is_term(state, line, end):
        state.push("dt_open", "dt", 1)
        term = state.push("inline", "", 0)
        term.map = [line, line + 1]
        term.content = state.getLines(line, line + 1, state.blkIndent, False).strip()
        term.children = []
        state.push("dt_close", "dt", -1)
        line = _definitions_below(state, line + 1, end)
        following = state.skipEmptyLines(line)
        if _is_term(state, following, end):
            line = following
    state.push("dl_close", "dl", -1)
    state.line = line
    return True


def _definitions_below(state: StateBlock, line: int, end: int) -> int:
    """Read the definitions of a term; return the line after them."""
    while (width := _mark(state, line, end)) > 0:
        state.push("dd_open", "dd", 1)
        around = state.blkIndent, state.tShift[line], state.sCount[line], state.parentType, state.tight
        state.blkIndent = state.sCount[line] + _INDENT
        state.tShift[line] += width
        state.sCount[line] = max(state.sCount[line] + width, state.blkIndent)
        state.parentType = "deflist"
        state.md.block.tokenize(state, line, end)
        state.blkIndent, state.tShift[line], state.sCount[line], state.parentType, state.tight = around
        state.push("dd_close", "dd", -1)
        line = state.line
    return line


def _is_term(state: StateBlock, line: int, end: int, indent: int | None = None) -> bool:
    """Return whether a line has text and stands above a definition; both are indented as `_mark` has it."""
    least = state.blkIndent if indent is None else indent
    return (
        line + 1 < end
        and not state.isEmpty(line)
        and state.sCount[line] >= least
        and _mark(state, line, end, least) == 0
        and _mark(state, line + 1, end, least) > 0
    )


def _mark(state: StateBlock, line: int, end: int, indent: int | None = None) -> int:
    """Return how wide the colon and the spaces are with which a definition begins; 0 where none does.

    Args:
        state: What is parsed.
        line: The line to look at.
        end: The line after the last.
        indent: How much it is indented at the least; None for as much as what it stands in.
    """
    if line >= end or state.sCount[line] < (state.blkIndent if indent is None else indent):
        return 0
    match = _DEFINITION.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line])
    return match.end() - match.start() if match else 0
