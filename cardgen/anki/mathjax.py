r"""Formulas on a card as MathJax finds them in its HTML, set as MathML.

MathJax looks for ``\(...\)`` and ``\[...\]`` in the text of a page, but for scripts, styles and code. What templates
and fields have of these delimiters elsewhere, such as in an attribute, is left alone.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import Final

_PIECE: Final = re.compile(
    r"<(?P<name>script|style|pre|code|textarea)\b.*?</(?P=name)\s*>|<!--.*?-->|<[^>]*>"
    r"|\\\((?P<line>.*?)\\\)|\\\[(?P<display>.*?)\\\]",
    re.DOTALL | re.IGNORECASE,
)


def typeset(html: str) -> str:
    """Return a side of a card with its formulas as MathML; those that cannot be set stay TeX, as code.

    Args:
        html: A side as Anki hands it to MathJax, gaps filled and without tags inside of formulas.
    """
    return _PIECE.sub(_piece, html) if r"\(" in html or r"\[" in html else html


def _piece(match: re.Match[str]) -> str:
    display = match["display"] is not None
    written = match["display"] if display else match["line"]
    if written is None:
        return match[0]
    from cardgen.formulas import NotSetError, mathml, to_html

    tex = unescape(written)
    try:
        return to_html(mathml(tex, display=display))
    except NotSetError:
        return f"<code>{escape(tex)}</code>"
