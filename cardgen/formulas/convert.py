"""From TeX to MathML, by the package ``math-core``."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from cardgen.formulas.dialect import MACROS, translated
from cardgen.formulas.element import ForeignElementError, read
from cardgen.formulas.failure import NotSetError
from cardgen.formulas.hole import highest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from math_core import LatexToMathML

    from cardgen.formulas.element import Element

_OPENING: Final = re.compile(r"[\[{]|\\[A-Za-z]+")
_MOST_OPENINGS: Final = 250
"""Most braces, brackets and commands of a formula. The converter nests calls for them, and has no limit of its own:
with a stack of 1 MB, the smallest that Python's threads have on any system, it ends the process at about 640."""

_ERROR: Final = re.compile(
    r'(\d+): (?:Unknown command "(?P<command>[^"]*)"\.|Unknown environment "(?P<name>[^"]*)"\.)?'
)
_TOKEN: Final = re.compile(r"\\(?:[A-Za-z]+|.)|.", re.DOTALL)


def mathml(tex: str, *, display: bool = False, holes: int = 0) -> Element:
    """Return a formula as MathML.

    Args:
        tex: What MathJax can set (`cardgen.richtext.tex`); of anything else something is returned or `NotSetError` is
            raised.
        display: Whether it stands on a line of its own.
        holes: How many holes it has.

    Raises:
        NotSetError: If it cannot be set.
    """
    from math_core import LatexError

    ours = translated(tex)
    if highest(tex) >= holes or sum(1 for _ in _OPENING.finditer(ours.tex)) > _MOST_OPENINGS:
        raise _refused(tex, 0)
    try:
        return read(_converter().convert_with_local_state(ours.tex, displaystyle=display), ours.texts)
    except ForeignElementError:
        raise _refused(tex, 0) from None
    except LatexError as error:
        raise _named(tex, ours.places, str(error)) from None


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    # What it calls unreliable are wide tildes, which all of today's browsers stretch.
    return LatexToMathML(macros=dict(MACROS), fancy_error=False, allow_unreliable_rendering=True)


def _named(tex: str, places: Sequence[int], error: str) -> NotSetError:
    """Return the failure that the converter speaks of, at its place in the TeX."""
    found = _ERROR.match(error)
    at = int(found[1]) if found else 0
    place = places[at] if at < len(places) else len(tex)
    for name in (found["command"], found["name"]) if found else ():
        if name and (start := tex.find(name, max(0, place - len(name)))) >= 0:
            return NotSetError(name if name.startswith("\\") else f"\\begin{{{name}}}", start, start + len(name))
    return _refused(tex, place)


def _refused(tex: str, start: int) -> NotSetError:
    """Return the failure of the sign or command at a place; at the end, of the last one."""
    tokens = list(_TOKEN.finditer(tex))
    token = next((token for token in tokens if token.end() > start and not token[0].isspace()), tokens[-1])
    return NotSetError(token[0], token.start(), token.end())
