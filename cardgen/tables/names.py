"""Names of sheets and texts of feet, within the rules that Excel has for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cardgen.tables.text import cut, units

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST: Final = 31
"""UTF-16 units of a sheet's name: https://support.microsoft.com/office/3f1f7148-ee83-404d-8ef0-9ff99fbad1f9"""

_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")

_JOINERS: Final = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"

_FOOT: Final = 255
"""UTF-16 units of a whole foot."""
_LEFT: Final = 56
"""Characters of its left part, which must not reach the middle one."""


def sheet_names(titles: Iterable[str], instead: str) -> list[str]:
    """Return names for sheets, no two of them alike.

    Args:
        titles: What the sheets are called.
        instead: A name where Excel does not take anything of a title.
    """
    names: list[str] = []
    for title in titles:
        name = next(filter(None, map(_allowed, (title, instead, "1"))))
        number = 1
        unique = name
        while unique.lower() in map(str.lower, names):
            number += 1
            ending = f" ({number})"
            unique = f"{_allowed(name, _LONGEST - len(ending))}{ending}"
        names.append(unique)
    return names


def foot(title: str, imprint: str) -> str:
    """Return the foot of a page in Excel's notation: what is printed, when it was made, which page it is of how many.

    An ampersand begins a code, and what follows the size of a font must not be a digit.
    """
    rest = f"&C&8 {_codes(cut(in_a_line(imprint), _FOOT // 3))}&R&8 &P / &N"
    left = cut(in_a_line(title), _LEFT)
    while units(foot := f"&L&8 {_codes(left)}{rest}") > _FOOT:
        left = cut(left, len(left) - 2)
    return foot


def in_a_line(text: str) -> str:
    """Return text on one line, without what cannot be seen and joins no letters: XML does not have all of that."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable() or char in _JOINERS)


def _allowed(title: str, longest: int = _LONGEST) -> str:
    """Return what a sheet can be called of a title; nothing if that is Excel's own name for its list of changes."""
    name = in_a_line(_FORBIDDEN.sub(" ", title))
    while units(name) > longest:
        name = name[:-1]
    name = name.strip("' ")
    return "" if name.lower() == "history" else name


def _codes(text: str) -> str:
    return text.replace("&", "&&")
