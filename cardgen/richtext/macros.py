r"""Macros of a collection: short names for TeX, put out of the way before anything else sees a formula.

``{"norm": r"\lVert #1 \rVert"}`` makes ``\lVert x \rVert`` of ``\norm{x}``. Names are replaced token by token, as TeX
does it, so Anki, preview and print get the same formula; and in bounds, so that no macro can take for ever.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.errors import CardgenError
from cardgen.richtext.parse import parse
from cardgen.richtext.tree import Code, Math, Preformatted
from cardgen.richtext.walk import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.richtext.tree import Block, Inline

MAX_STEPS: Final = 1_000
"""Macros that are replaced in one formula, those in macros included."""

MAX_LENGTH: Final = 10_000
"""Characters that a formula may have with its macros replaced; no card has room for a tenth of it."""

_LONGEST_NAME: Final = 100
"""Characters in which a name of TeX is looked for at the end of what has been done."""

_TOKENS: Final = r"(?s)\\(?:[A-Za-z]+|.)|[{}]|#[1-9]|[^\\{}#]+|."
_ARGUMENT: Final = r"(?s)\s*(?:(\\(?:[A-Za-z]+|.))|(\{)|([^\s}]))"
_WORD_END: Final = r"\\[A-Za-z]+\Z"
_SCRIPT: Final = r"(?<!\\)[_^]\s*\Z"
_PARAMETER: Final = r"(?<!\\)#([1-9])"


class MacroError(CardgenError):
    """A macro that cannot be put in place; the message says why."""


def parameters(tex: str) -> int:
    """Return how many arguments a macro takes: the highest number behind a ``#``."""
    return max(map(int, re.findall(_PARAMETER, tex)), default=0)


def check_macro(name: str, macros: Mapping[str, str]) -> None:
    """Try a macro with letters for its arguments.

    Raises:
        MacroError: If its braces are not in pairs, or it leads to itself.
    """
    depth = 0
    for found in re.findall(_TOKENS, macros[name]):
        depth += (found == "{") - (found == "}")
        if depth < 0:
            break
    if depth:
        raise MacroError("its braces are not in pairs")
    expanded(f"\\{name}{'{x}' * parameters(macros[name])}", macros)


def expanded(tex: str, macros: Mapping[str, str]) -> str:
    """Return TeX with the macros in it replaced, and those in what comes in their places.

    Raises:
        MacroError: If a macro lacks an argument, or all of them together become too many or too long.
    """
    done = ""
    steps = 0
    while True:
        match = re.match(_TOKENS, tex)
        if match is None:
            return done
        found, tex = match[0], tex[match.end() :]
        name = found[1:]
        if found[0] != "\\" or name not in macros:
            done = _joined(done, found)
            continue
        steps += 1
        body = macros[name]
        arguments = []
        for _ in range(parameters(body)):
            argument, tex = _argument(name, tex)
            arguments.append(argument)
        body = _filled(body, arguments)
        if steps > MAX_STEPS or len(done) + len(body) + len(tex) > MAX_LENGTH:
            raise MacroError(f"`\\{name}` leads to itself, or to more than a formula can hold")
        # What is raised or lowered is one group, whatever it begins with.
        tex = _joined(f"{{{body}}}" if re.search(_SCRIPT, done[-_LONGEST_NAME:]) else body, tex)


def _argument(name: str, tex: str) -> tuple[str, str]:
    """Take the next argument off TeX: what braces enclose, or one token; return it and the rest."""
    match = re.match(_ARGUMENT, tex)
    if match is None:
        raise MacroError(f"`\\{name}` lacks an argument")
    if match[2] is None:
        return match[1] or match[3], tex[match.end() :]
    depth = 1
    for token in re.compile(_TOKENS).finditer(tex, match.end()):
        depth += (token[0] == "{") - (token[0] == "}")
        if depth == 0:
            return tex[match.end() : token.start()], tex[token.end() :]
    raise MacroError(f"the argument of `\\{name}` has no end")


def _filled(body: str, arguments: list[str]) -> str:
    filled = ""
    for token in re.findall(_TOKENS, body):
        is_parameter = len(token) > 1 and token[0] == "#"
        filled = _joined(filled, arguments[int(token[1]) - 1] if is_parameter else token)
    return filled


def _joined(before: str, after: str) -> str:
    """Join TeX; a name and a letter that would become a part of it are kept apart."""
    apart = after[:1].isascii() and after[:1].isalpha() and re.search(_WORD_END, before[-_LONGEST_NAME:])
    return f"{before} {after}" if apart else before + after


def with_macros(text: str, macros: Mapping[str, str]) -> str:
    """Return Markdown with the macros in its formulas replaced, and all else as it was.

    Raises:
        MacroError: As `expanded`.
    """
    if "$" not in text or "\\" not in text:
        return text
    parts = []
    cursor = 0
    for node in nodes(parse(text)):
        place = _place(node, text, cursor)
        if place is None:
            continue
        start, end = place
        if isinstance(node, Math):
            parts += [text[cursor:start], expanded(text[start:end], macros)]
        else:
            parts.append(text[cursor:end])
        cursor = end
    return "".join((*parts, text[cursor:]))


def _place(node: Inline | Block, text: str, cursor: int) -> tuple[int, int] | None:
    """Return where a formula's TeX, or code, stands in a text; None for anything else."""
    if isinstance(node, Math):
        dollars = r"\$\$" if node.display else r"\$"
        tex = re.escape(node.tex).replace("\\\n", r"\n[ \t]*")
        match = re.compile(rf"(?<!\\){dollars}\s*({tex})\s*{dollars}").search(text, cursor)
        return match.span(1) if match else None
    if isinstance(node, Code | Preformatted):
        start = text.find(node.text, cursor)
        return (start, start + len(node.text)) if start >= 0 else None
    return None
