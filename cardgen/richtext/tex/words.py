"""Reads text within mathematics, in which mathematics may stand between dollars (MathJax's ParseUtil.internalMath)."""

from __future__ import annotations

import re
from typing import Final

from cardgen.richtext.tex.arguments import Arguments
from cardgen.richtext.tex.state import FlawError

_MATHS: Final = re.compile(r"\$|\\\(|\\(?:eq)?ref\s*\{")
_REF: Final = re.compile(r"\\(?:eq)?ref\s*\{")
_SIGN: Final = re.compile(r"\\.|[${}]", re.DOTALL)


class Words(Arguments):
    """Reads arguments that are text."""

    def words(self, start: int, end: int) -> None:
        r"""Read text; a dollar or ``\(`` opens mathematics that must be closed."""
        if not _MATHS.search(self.text, start, end):
            return
        at = start
        while match := _SIGN.search(self.text, at, end):
            at = match.end()
            if match[0] in ("$", r"\("):
                closed = self._closing(at, end, "$" if match[0] == "$" else r"\)")
                if closed < 0:
                    raise _not_closed(match[0], match.start())
                self.maths(at, closed)
                at = closed + len(match[0])
            elif reference := _REF.match(self.text, match.start(), end):
                at = self._closing(reference.end(), end, "}") + 1
                if not at:
                    raise _not_closed(reference[0], match.start())

    def _closing(self, start: int, end: int, closing: str) -> int:
        """Return where mathematics is closed outside of any braces, -1 for nowhere."""
        depth = 0
        for match in _SIGN.finditer(self.text, start, end):
            if match[0] == closing and not depth:
                return match.start()
            if match[0] == "{":
                depth += 1
            elif match[0] == "}" and depth:
                depth -= 1
        return -1


def _not_closed(opening: str, at: int) -> FlawError:
    hint = r"A dollar that is shown is written `\$`." if opening == "$" else ""
    return FlawError(f"`{opening}` opens mathematics in a text and is not closed", at, at + len(opening), hint)
