"""What YAML takes from a text without a word: backslashes in double quotes, and what it reads as a comment."""

from __future__ import annotations

import re
from typing import Final

from cardgen.diagnostics import shortened
from cardgen.read.flaws import Flaw

SAMPLE: Final = 60
"""Length of the longest text that a hint repeats in quotes."""

# Backslashes in double quotes

_ESCAPE: Final = re.compile(r"\\(?:(?P<word>[A-Za-z]+)|(?P<sign>[\s\S]))")
_MATHS: Final = re.compile(r"(?<![\\A-Za-z0-9])(\$\$?)(?=\S)[^$]+?(?<=\S)\1(?!\d)")
_PATH: Final = re.compile(
    r"(?<![A-Za-z])[A-Za-z]:(?:(?:\\[^\s\"\\]{2,}){2,}|\\[^n\s\"\\][^\s\"\\]+)|(?<=^\")[C-Z]:\\n[^\s\"\\]+"
)
"""Finds paths as Windows writes them; ``This:\\n\\n- one`` and ``A:\\nanti-B antibodies`` are none."""
_KNOWN: Final = frozenset('0abtnvfre"/\\N_LPxuU \t\n\r')
"""What may follow a backslash in double quotes: https://yaml.org/spec/1.2.2/#57-escaped-characters."""
_HEX_DIGITS: Final = {"x": 2, "u": 4, "U": 8}
_MEANINGS: Final = {
    "a": "a bell", "b": "a backspace", "t": "a tab", "n": "a line end", "v": "a vertical tab", "f": "a form feed",
    "r": "a carriage return", "e": "an escape character", "N": "a next-line character", "L": "a line separator",
    "P": "a paragraph separator", "_": "a no-break space", " ": "a space",
}  # fmt: skip
_TEX: Final = re.compile(
    "nabla|natural|nearrow|neg|neq|nexists|ngeq|ngtr|nleq|nless|nmid|not|notin|nparallel|nprec|nrightarrow|nsim|"
    "nsubseteq|nsucc|nwarrow|nonumber|rangle|rbrace|rbrack|rceil|rfloor|rho|right|rightarrow|rightharpoonup|"
    "rightleftharpoons|rm|root|rvert|tan|tanh|tau|tbinom|text|textbf|textit|textrm|textsf|texttt|tfrac|theta|"
    "therefore|tilde|times|top|triangle|triangleq|twoheadrightarrow"
)
"""Commands of TeX that begin like YAML's escapes of a line end, a tab and a carriage return.

Left out are those whose rest is a word in some language (``\\ne``, ``\\ni``, ``\\nu``, ``\\to``): these count only
between dollar signs.
"""


def eaten_backslash(source: str, start: int) -> Flaw | None:
    """Find the first backslash that double quotes take from what looks like TeX or like Markdown.

    Args:
        source: The text as the file has it, with its quotes (the last may be missing).
        start: Where it begins in the file.
    """
    apart = [match.span() for pattern in (_MATHS, _PATH) for match in pattern.finditer(source)]
    first, others_meant = None, False
    for escape in _ESCAPE.finditer(source):
        at = escape.start()
        inside = any(begin < at < end for begin, end in apart)
        message = _what_happens(source, escape, inside=inside)
        if message and first is None:
            first = at, escape.end(), message
        others_meant = others_meant or not (message or escape["sign"] in ('"', "\\"))
    if first is None:
        return None
    return Flaw(
        "CG117", first[2], (start + first[0], start + first[1]), _in_other_quotes(source, others_meant=others_meant)
    )


def _what_happens(source: str, escape: re.Match[str], *, inside: bool) -> str:
    """Return what double quotes make of an escape, or nothing where that is what its author may have meant."""
    word, sign = escape["word"] or "", escape["sign"] or ""
    first = word[:1] or sign
    shown = f"`\\{first}` of `{escape[0]}`" if len(word) > 1 else f"`\\{first}`"
    digits = _HEX_DIGITS.get(first)
    if digits:
        good = re.compile(rf"\\{first}[0-9A-Fa-f]{{{digits}}}").match(source, escape.start())
        return "" if good else f"double quotes read {shown} as the number of a character, and there is none"
    if first not in _KNOWN:
        return f"double quotes read {shown} as an escape, and YAML knows no such escape"
    if first in "ntr":
        lost = len(word) > 1 and (inside or _TEX.fullmatch(word) is not None)
    elif first in "_ ":
        near = source[escape.start() - 1 : escape.start()] + source[escape.end() : escape.end() + 1]
        lost = inside or first == " " or (near.isascii() and near.isalpha())
    else:
        lost = len(word) > 1
    return f"double quotes turn {shown} into {_MEANINGS[first]}" if lost else ""


def _in_other_quotes(source: str, *, others_meant: bool) -> str:
    """Return the hint: the text in single quotes, where it is short and has no escapes that were meant."""
    text = source[1:-1] if source.endswith('"') and len(source) > 1 else source[1:]
    plain = text.replace('\\"', '"').replace("\\\\", "\\")
    if others_meant or "\n" in text or len(plain) > SAMPLE:
        return "Write the text under `|`, where a backslash is a backslash, or write `\\\\` for it here."
    return f"Write it in single quotes, which keep backslashes: {in_single_quotes(plain)}"


# Comments behind plain texts

_COMMENT: Final = re.compile(r"([ \t]*)#(.*)")
_CLEAR: Final = re.compile(r"[ \t]{2,}#+(?:[ \t]|$)")


def comment_behind(text: str, end: int, start: int, *, continues: bool = False) -> Flaw | None:
    """Find a comment that follows a text in its line and may have been meant as a part of it.

    At least two spaces before the ``#`` and one after it show that a comment was meant.

    Args:
        text: The file's text.
        end: Where the text ends, with its quote if it has one.
        start: Where it begins.
        continues: Whether more of it follows in the next line, where YAML does not expect it.
    """
    comment = _COMMENT.match(text, end)
    quote = text[start : start + 1]
    if comment is None:
        return None
    if quote in ('"', "'"):
        # What is told apart from the text by its quote is a comment, but where another such quote ends the line.
        if comment[1] and not comment[2].rstrip().endswith(quote):
            return None
    elif not comment[1] or _CLEAR.match(comment[0]):
        return None
    at = comment.end(1)
    shown = shortened(text[at : comment.end()])
    whole = text[start : comment.end()].rstrip()
    sample = f": {in_single_quotes(whole)}" if "\n" not in whole and len(whole) <= SAMPLE and not continues else ""
    hint = f"Put the whole text in quotes{sample}. Before a comment write two spaces, and one after `#`."
    return Flaw("CG116", f"`{shown}` is a comment to YAML, not a part of the text", (at, comment.end()), hint)


def in_single_quotes(text: str) -> str:
    """Return a text as a scalar of YAML in single quotes."""
    return "'" + text.replace("'", "''") + "'"
