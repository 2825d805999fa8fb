"""Characters that no font has: found in what is to be printed, and replaced by something that can be read."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, Final

from cardgen.print.printout import BRIEF
from cardgen.print.text import cut, joined_emoji

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_NOT_SHOWN: Final = frozenset({"t", "id", "deck", "role", "spacing", "form", "src", "href", "layout", "line"})
"""Keys of the templates' data whose texts are never printed."""

_INVISIBLE: Final = frozenset("\xad\u061c\u180b\u180c\u180d\u180e\u180f\u200b\u200c\u200d\u200e\u200f\u2060") | {
    chr(tag) for tag in range(0xE0020, 0xE0080)
}
"""Characters that a reader sees only by what they do to others: a font without them is no loss."""


def shown(data: Any) -> Iterator[str]:  # noqa: ANN401 - whatever JSON holds
    """Yield the texts of the templates' data that are printed."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, list | tuple):
        for child in data:
            yield from shown(child)
    elif isinstance(data, dict):
        # The words for a picture, chart or formula are for screen readers, unless they stand in the picture's place.
        described = bool(data.get("src")) or data.get("t") in ("chart", "math")
        for key, child in data.items():
            if key not in _NOT_SHOWN and not (key == "alt" and described):
                yield from shown(child)


def unusual(data: Mapping[str, Any]) -> tuple[set[str], set[str]]:
    """Return the characters beyond ASCII that a reader sees, and the sequences of emoji that make one picture."""
    characters: set[str] = set()
    sequences: set[str] = set()
    for text in shown(data):
        if not text.isascii():
            characters.update(text)
            sequences |= joined_emoji(text)
    return {char for char in characters - _INVISIBLE if not char.isascii() and not char.isspace()}, sequences


def is_private(char: str) -> bool:
    """Return whether a character is for private use: an archival file cannot have it, whatever a font shows for it."""
    return unicodedata.category(char) == "Co"


def substitute(char: str) -> str:
    """Return what is printed instead of a character: its Unicode name or number; nothing for what is invisible."""
    if char in _INVISIBLE:
        return ""
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    return f"[{name}]"


def to_replace(reported: Collection[str]) -> set[str]:
    """Return which of the characters to replace that Typst could not print: it names all of a letter with its marks.

    As long as there are marks or joiners among them, letters are left alone: a font may have them without the marks.
    """
    marks = {char for char in reported if char in _INVISIBLE or unicodedata.category(char).startswith("M")}
    return marks or {char for char in reported if not char.isascii()}


def replaced(data: Any, characters: Collection[str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return the templates' data with substitutes for characters; addresses and the names of files stay as they are."""
    return _translated(data, str.maketrans({char: substitute(char) for char in characters})) if characters else data


def _translated(data: Any, table: dict[int, str]) -> Any:  # noqa: ANN401 - whatever JSON holds
    if isinstance(data, str):
        return data if data.isascii() else data.translate(table)
    if isinstance(data, list | tuple):
        return [_translated(child, table) for child in data]
    if isinstance(data, dict):
        new = {key: child if key in _NOT_SHOWN else _translated(child, table) for key, child in data.items()}
        if "brief" in new:
            new["brief"] = cut(new["brief"], BRIEF)
        return new
    return data
