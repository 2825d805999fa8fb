"""Code in its parts, by the language that its author names: keywords, strings and so on.

Pygments knows the languages. It takes 10 ms to import and some more for each language, so it is imported only where a
text names one.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pygments.token import _TokenType

Look = Literal["", "keyword", "name", "string", "number", "comment"]
"""How a part of code looks; empty for what is as all text of code."""

Part = tuple[Look, str]

_LONGEST: Final = 20_000
"""Characters of code that are taken apart: no card has more, and some of Pygments' expressions take long for more."""

_BY_TYPE: Final[Mapping[str, Look]] = {
    "Comment": "comment",
    "Comment.Preproc": "keyword",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Name.Builtin": "name",
    "Name.Class": "name",
    "Name.Decorator": "name",
    "Name.Function": "name",
    "Name.Attribute": "name",
    "Name.Tag": "keyword",
    "Literal.String": "string",
    "Literal.Number": "number",
    "Generic.Heading": "keyword",
    "Generic.Subheading": "keyword",
    "Generic.Inserted": "string",
    "Generic.Deleted": "number",
}
"""Looks of Pygments' types of tokens and of all below them: https://pygments.org/docs/tokens/."""


def is_language(name: str) -> bool:
    """Return whether code in a language of this name can be taken apart."""
    return name.lower() in languages()


@cache
def languages() -> frozenset[str]:
    """Return the names of all such languages."""
    from pygments.lexers import get_all_lexers

    # What else is installed on a machine must not change what cards look like.
    return frozenset(alias.lower() for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _look_of(token: _TokenType) -> Look:
    for length in range(len(token), 0, -1):
        look = _BY_TYPE.get(".".join(token[:length]))
        if look is not None:
            return look
    return ""


def parts(text: str, language: str) -> tuple[Part, ...]:
    """Return code in its parts, which together are the code; one part where the language is unknown, or it is long."""
    if not language or len(text) > _LONGEST or not is_language(language):
        return (("", text),)
    from pygments.lexers import get_lexer_by_name

    lexer = get_lexer_by_name(language.lower(), stripnl=False, ensurenl=False)
    tokens = ((_look_of(token) if value.strip() else "", value) for token, value in lexer.get_tokens(text))
    found = tuple((look, "".join(value for _, value in same)) for look, same in groupby(tokens, lambda part: part[0]))
    return found if "".join(value for _, value in found) == text else (("", text),)


def lines_of(code: tuple[Part, ...]) -> list[list[Part]]:
    """Return the parts of each line of code."""
    lines: list[list[Part]] = [[]]
    for look, text in code:
        first, *others = text.split("\n")
        lines[-1].append((look, first))
        lines += [[(look, line)] for line in others]
    return [[part for part in line if part[1]] for line in lines]
