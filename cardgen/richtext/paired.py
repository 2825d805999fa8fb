"""Highlights and underlines, ``==words==`` and ``++words++``: rules for markdown-it, which knows neither.

A pair of marks is one only where nobody could have meant anything else: ``a == b``, ``x==y``, ``Ca++/Mg++``, ``+/++``
and "``++i`` and ``i++``" stay as they were typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it.rules_inline.state_inline import Delimiter

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

TYPES: Final = {"=": "highlight", "+": "underline"}
"""What tokens are called of which two such marks open and close something."""

_NO_BEGINNING: Final = re.compile(r"(?:[A-Za-z0-9)\]}<>!]|\w[\"'])\Z")
"""What stands before marks that open nothing: ``a==b``, ``f(a)==b``, ``"a"=="b"``, ``C++``."""

_NOT_FIRST: Final = frozenset(")]},.;:?/|→")
"""What stands behind such marks: ``Ca++/Mg++``, ``(++)``."""

_NOT_LAST: Final = frozenset("([{/|<>≤≥±~≈-−–—→")  # noqa: RUF001 - the minus and dashes that are typed
"""What stands before marks that close nothing: ``+/++``, ``++-++``."""

_NO_END: Final = re.compile(r"[A-Za-z0-9(\[]")
"""What stands behind such marks: ``a==b``, ``a==(b)``."""

_BEFORE_VARIABLE: Final = re.compile(r"\+\+[a-z](?![^\W_]|\+)")
_AFTER_VARIABLE: Final = re.compile(r"(?:\A|[\s(,;])[a-z]\Z")
"""Beside ``++``, a small letter of its own is a variable that is raised by one."""


def paired_plugin(markdown: MarkdownIt) -> None:
    """Teach a parser both marks."""
    markdown.inline.ruler.before("strikethrough", "paired", _marks)
    markdown.inline.ruler2.after("balance_pairs", "paired", _paired)


def _marks(state: StateInline, silent: bool) -> bool:
    """Set a mark apart; which of them belong together is known when all are."""
    char = state.src[state.pos]
    if silent or char not in TYPES:
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == char:
        end += 1
    length = end - state.pos
    if length < 2:  # noqa: PLR2004 - a mark is two characters
        return False
    before = state.src[max(state.pos - 2, 0) : state.pos]
    after = state.src[end : min(end + 1, state.posMax)]
    # Other than for CommonMark, punctuation beside a mark means nothing: in Chinese and Japanese no space is around it.
    opens = bool(after.strip()) and after not in _NOT_FIRST and not _NO_BEGINNING.search(before)
    closes = bool(before[-1:].strip()) and before[-1] not in _NOT_LAST and not _NO_END.match(after)
    if char == "+":
        opens = opens and not _BEFORE_VARIABLE.match(state.src, state.pos)
        closes = closes and not _AFTER_VARIABLE.search(before)
    token = state.push("text", "", 0)
    token.content = char * length
    if length == 2 and (opens or closes):  # noqa: PLR2004 - as above
        last = len(state.tokens) - 1
        state.delimiters.append(Delimiter(marker=ord(char), length=0, token=last, end=-1, open=opens, close=closes))
    state.pos = end
    return True


def _paired(state: StateInline) -> None:
    """Turn the marks that belong together into tokens that open and close."""
    _turn(state, state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _turn(state, meta["delimiters"])


def _turn(state: StateInline, delimiters: list[Delimiter]) -> None:
    for delimiter in delimiters:
        kind = TYPES.get(chr(delimiter.marker))
        if kind is not None and delimiter.end >= 0:
            opening, closing = (state.tokens[mark.token] for mark in (delimiter, delimiters[delimiter.end]))
            opening.type, opening.content, opening.nesting = f"{kind}_open", "", 1
            closing.type, closing.content, closing.nesting = f"{kind}_close", "", -1
