"""Regular expressions from settings files, limited so that none can run indefinitely.

An expression can take exponential time: ``(a+)+b`` does in a row of a's. So repetitions must be bounded: no ``*``,
``+`` or ``{n,}``. That limits the number of ways in which an expression can be tried at one position of a text, and an
expression with more than `MAX_WAYS` is refused.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Final

from cardgen.errors import CardgenError

MAX_WAYS: Final = 100_000
"""Most ways to try an expression at one position: two `.{0,40}` and a few alternatives have some thousand."""

# Python's own parser of expressions; one of our own could read them differently from `re`.
_PARSER: Final[Any] = import_module("re._parser")
_UNBOUNDED: Final = int(_PARSER.MAXREPEAT)


class UnfitExpressionError(CardgenError):
    """An expression that cannot be used; the message says why."""


def compiled(expression: str) -> re.Pattern[str]:
    """Return an expression compiled to ignore case.

    Raises:
        UnfitExpressionError: If it is invalid, or could take too long.
    """
    try:
        parsed = _PARSER.parse(expression, re.IGNORECASE)
        ways = _ways(parsed)
        if ways > MAX_WAYS:
            raise UnfitExpressionError(f"there are {ways:,} ways to try it at one position, more than {MAX_WAYS:,}")
        return re.compile(expression, re.IGNORECASE)
    except re.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise UnfitExpressionError(f"{error.msg}{where}") from None
    except (OverflowError, RecursionError):
        raise UnfitExpressionError("it is too large") from None


def _ways(items: Any) -> int:  # noqa: ANN401 - the parser's own types
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
