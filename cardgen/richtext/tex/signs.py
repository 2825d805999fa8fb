"""The signs that mean something to MathJax."""

from __future__ import annotations

import re
from typing import Final

_PRIMES: Final = "'\N{RIGHT SINGLE QUOTATION MARK}"

FOREIGN: Final = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\u0250-\u02af\u1a21-\u1aaf\u20a0-\u20ff\u2400-\u245f\u2de1-\u2dff\u2fe0-\u2fef"
    "\ua4a0-\ua4cf\ud800-\uf8ff\U0001d260-\U0001d35f\U0001d380-\U0001d3ff\U0001d800-\U0001deff\U0001fa00-\U0001ffff"
    "\U0002fa20-\U0010ffff"
)
"""Characters that are in none of MathJax's ranges (ts/core/MmlTree/OperatorDictionary.ts), as a regular expression's
class has them: it fails at them with "Math input error". Among them are currency signs, such as the euro, and IPA."""

SIGN: Final = re.compile(r"\\(?:([A-Za-z]+) ?|(.|\n|$))|[{}^_&%#" + _PRIMES + FOREIGN + "]|@(?=[><VA.|=])")
"""What is more than itself; group 1 is a command's name, group 2 one that is no word."""

PRIME_SIGNS: Final = frozenset(_PRIMES)

BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)

BLANK: Final = " \t\r\n\xa0"
"""What sets nothing between other signs."""

LENGTH: Final = re.compile(r"\s*[-+]?(?:[.,]\d+|\d+(?:[.,]\d*)?)\s*(?:pt|em|ex|mu|px|mm|cm|in|pc)")
"""A length with its unit (ParseUtil.matchDimen)."""
