"""The first thing that keeps a formula from being set."""

from __future__ import annotations

from msgspec import Struct

from cardgen.richtext.tex.row import Row
from cardgen.richtext.tex.signs import BRACE, SIGN
from cardgen.richtext.tex.state import FlawError, NotFollowedError, Shared


class TexProblem(Struct, frozen=True):
    """Why a formula cannot be set: the flaw, what to write instead (may be empty), and where it stands in the TeX."""

    message: str
    hint: str
    start: int
    end: int


def tex_problem(tex: str) -> TexProblem | None:
    """Return the first reason why Anki's MathJax cannot set a formula, or None if it can.

    `tex` is what stands between the delimiters, without them. A cloze's gaps must have been filled with what they hide
    (``x^{{c1::2}}`` is handed over as ``x^2``), for that is what Anki gives to MathJax; the places of the answer are
    offsets into the text that was handed over.
    """
    if not SIGN.search(tex):
        return None
    try:
        Row(Shared(tex), 0, len(tex)).read()
    except FlawError as flaw:
        end = flaw.start + len(tex[flaw.start : flaw.end].rstrip())
        return TexProblem(flaw.message, flaw.hint, flaw.start, max(end, flaw.start + 1))
    except (NotFollowedError, RecursionError):
        pass
    return _end_problem(tex)


def _end_problem(tex: str) -> TexProblem | None:
    """Return what keeps MathJax from finding a formula's end, for which it counts the braces of comments, too."""
    if "%" not in tex and "\\verb" not in tex and "\\require" not in tex and tex[-1] != "\\":
        return None
    opened: list[int] = []
    for match in BRACE.finditer(tex):
        if match[0] == "{":
            opened.append(match.start())
        elif match[0] == "}" and opened:
            opened.pop()
    if opened:
        return TexProblem("`{` is not closed", "Braces count in comments, too.", opened[-1], opened[-1] + 1)
    if (len(tex) - len(tex.rstrip("\\"))) % 2:
        hint = r"A space is written `\ `, a new line `\\`."
        return TexProblem(r"`\` at the end has no name", hint, len(tex) - 1, len(tex))
    return None
