"""The elements of all drawings."""

from __future__ import annotations

import textwrap
from html import escape
from typing import Final

from cardgen.charts.lettering import Lettering
from cardgen.charts.words import is_wide

WIDTH: Final = 360
"""The width of every drawing, in units."""

_ADVANCE: Final = 0.56
"""Mean width of a letter or digit in the sans-serif fonts of phones and desktops, as a fraction of the font size."""

SMALL: Final = Lettering(10.5, _ADVANCE)
"""The letters of figures, times and the names of points."""
LARGE: Final = Lettering(13, _ADVANCE)
"""The letters of labels."""

_SECOND: Final = "\0"
"""Represents the second half of a wide character; no file of a deck can contain it."""


def element(name: str, content: str = "", **attributes: str | float) -> str:
    """Return an element; underscores in attribute names become hyphens, and ``class_`` becomes ``class``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_value(value)}"' for key, value in attributes.items() if value != ""
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def _value(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else number(value)


def number(value: float) -> str:
    """Return a coordinate as text; a tenth of a unit is finer than any screen shows."""
    return f"{value:.1f}".removesuffix(".0")


def text_of(words: str) -> str:
    """Return escaped words; braces too, which Anki would read as gaps of a cloze, and brackets, as its own tags."""
    return escape(words, quote=False).replace("{", "&#123;").replace("}", "&#125;").replace("[", "&#91;")


def text(x: float, y: float, words: str, *, role: str, anchor: str = "", size: float | str = "") -> str:
    """Return a text element; `anchor` is ``middle`` or ``end``, or empty for the start."""
    return element("text", text_of(words), class_=role, x=x, y=y, text_anchor=anchor, font_size=size)


def wrapped(words: str, width: float) -> list[str]:
    """Return a label broken into lines of at most about `width` units."""
    # textwrap counts characters, so a wide one is made two.
    spread = "".join(char + _SECOND if is_wide(char) else char for char in words)
    lines = textwrap.wrap(spread, max(8, int(width / LARGE.width("0"))))
    return [line.replace(_SECOND, "") for line in lines] or [""]
