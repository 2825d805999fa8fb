"""Characters that no text file has that somebody wrote."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.read.flaws import Flaw

if TYPE_CHECKING:
    from collections.abc import Iterator

# What YAML 1.2 does not count as printable, and three that YAML 1.1 parsers take for line ends (NEL, LS, PS), and the
# byte order mark: https://yaml.org/spec/1.2.2/#51-character-set
UNPRINTABLE: Final = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)

_MANY: Final = 10
"""So many control characters, and it is no text that somebody wrote."""


def invisible(text: str) -> list[Flaw]:
    """Find them in a text, and tabs that stand where YAML wants spaces."""
    flaws = []
    for match in UNPRINTABLE.finditer(text):
        name = f"U+{ord(match[0]):04X}"
        flaws.append(Flaw("CG104", f"the file holds the invisible character {name}", match.span()))
    if len(flaws) > _MANY:
        message = f"the file holds {len(flaws):,} control characters: this is no text file"
        return [Flaw("CG122", message, flaws[0].span)]
    if "\t" in text:
        flaws.extend(_tabs(text))
    return flaws


def _tabs(text: str) -> Iterator[Flaw]:
    """Find tabs, but for those in texts under ``|`` and ``>``, which they are a part of."""
    from cardgen.read.source_lines import SourceLines

    for line in SourceLines(text).lines:
        for match in re.finditer(r"\t+", line.text):
            if not line.is_text or match.start() < line.content:
                start, end = line.start + match.start(), line.start + match.end()
                yield Flaw("CG105", "a tab stands where YAML wants spaces", (start, end))
