"""Regular expressions from settings files, limited so that none can run indefinitely.

An expression can take exponential time: ``(a+)+b`` does in a row of a's. So repetitions must be bounded: no ``*``,
``+`` or ``{n,}``. That limits the number of ways in which an expression can be tried at one position of a text, and an
expression with more than `MAX_WAYS` is refused.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib import import_module
from typing import Any, Final

from cardgen.errors import CardgenError

MAX_WAYS: Final = 100_000
"""Most ways to try an expression at one position: two `.{0,40}` and a few alternatives have some thousand."""

# Python's own parser of expressions; one of our own could read them differently from `re`.
_PARSER: Final[Any] = import_module("re._parser")
_UNBOUNDED: Final = int(_PARSER.MAXREPEAT)
_BEYOND_ASCII: Final = 128
_DIGITS: Final = frozenset("0123456789")


class _LikeAscii(dict[int, int]):
    """By their code points, what of ASCII `re` takes characters for: letters, which are here, and digits, once met."""

    def __missing__(self, point: int) -> int:
        digit = unicodedata.decimal(chr(point), None)
        self[point] = point if digit is None else ord("0") + digit
        return self[point]


_LIKE_ASCII: Final = _LikeAscii(
    {
        ord("\N{LATIN SMALL LETTER DOTLESS I}"): ord("i"),
        ord("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}"): ord("i"),
        ord("\N{LATIN SMALL LETTER LONG S}"): ord("s"),
    }
)
"""Letters and digits that `re` takes for those of ASCII and lower case does not; tests try all of Unicode."""


class UnfitExpressionError(CardgenError):
    """An expression that cannot be used; the message says why."""


@cache
def _parsed(expression: str) -> Any:  # noqa: ANN401 - the parser's own types
    """Parse an expression that is to ignore case; that takes as long as to compile it."""
    return _PARSER.parse(expression, re.IGNORECASE)


@cache
def compiled(expression: str) -> re.Pattern[str]:
    """Return an expression compiled to ignore case.

    Raises:
        UnfitExpressionError: If it is invalid, or could take too long.
    """
    try:
        ways = _ways(_parsed(expression))
        if ways > MAX_WAYS:
            raise UnfitExpressionError(f"there are {ways:,} ways to try it at one position, more than {MAX_WAYS:,}")
        return re.compile(expression, re.IGNORECASE)
    except re.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise UnfitExpressionError(f"{error.msg}{where}") from None
    except (OverflowError, RecursionError):
        raise UnfitExpressionError("it is too large") from None


def _ways(items: Any) -> int:  # noqa: ANN401 - as above
    """Return the number of ways to try a sequence at one position, matching or not."""
    ways = 1
    for operation, argument in items:
        ways *= _ways_of(str(operation), argument)
        if ways > MAX_WAYS**2:
            break
    return ways


def _ways_of(operation: str, argument: Any) -> int:  # noqa: ANN401 - as above
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, inner = argument
        if most == _UNBOUNDED:
            raise UnfitExpressionError("it repeats something without a limit: write {0,40} for * and {1,40} for +")
        once = _ways(inner)
        total = 0
        for times in range(least, most + 1):
            total += once ** min(times, 64)
            if total > MAX_WAYS**2:
                break
        return total
    if operation == "BRANCH":
        return sum(map(_ways, argument[1]))
    if operation == "SUBPATTERN":
        return _ways(argument[-1])
    if operation in ("ASSERT", "ASSERT_NOT"):
        return _ways(argument[1])
    if operation == "ATOMIC_GROUP":
        return _ways(argument)
    if operation == "GROUPREF_EXISTS":
        return sum(_ways(part) for part in argument[1:] if part)
    return 1


def folded(text: str) -> str:
    """Return a text in which letters are the same if an expression that ignores case takes them for the same.

    Digits of all scripts are those of ASCII.
    """
    return (text if text.isascii() else text.translate(_LIKE_ASCII)).lower()


@cache
def needed(expression: str) -> tuple[frozenset[str], ...]:
    """Return sets of words; each text in which an expression that can be used is found has, when `folded`, one of each.

    Nearly no text has what a pattern looks for, and to look for a few words takes a tenth of the time of an expression.

    Returns:
        The sets, the one first whose shortest word is longest; none if the expression needs no certain word.
    """
    sets = dict.fromkeys(_needed(_parsed(expression)))
    return tuple(sorted(sets, key=_shortest, reverse=True))


def _shortest(words: frozenset[str]) -> int:
    return min(map(len, words), default=0)


def _needed(items: Any) -> list[frozenset[str]]:  # noqa: ANN401 - as above
    """Return the sets of words for a sequence."""
    parts: list[frozenset[str]] = []
    run = ""
    for operation, argument in items:
        name = str(operation)
        if name == "LITERAL" and argument < _BEYOND_ASCII:
            run += chr(argument).lower()
            continue
        if run:
            parts.append(frozenset({run}))
            run = ""
        parts += _needed_by(name, argument)
    return [*parts, frozenset({run})] if run else parts


def _needed_by(operation: str, argument: Any) -> list[frozenset[str]]:  # noqa: ANN401 - as above
    if operation in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, _, inner = argument
        return _needed(inner) if least else []
    if operation == "BRANCH":
        branches = [max(_needed(branch), key=_shortest, default=frozenset[str]()) for branch in argument[1]]
        return [frozenset().union(*branches)] if all(branches) else []
    if operation == "SUBPATTERN":
        return _needed(argument[-1])
    if operation == "ATOMIC_GROUP":
        return _needed(argument)
    if operation == "IN" and [str(what) for _, what in argument] == ["CATEGORY_DIGIT"]:
        return [_DIGITS]
    return []
