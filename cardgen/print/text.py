"""Text as it goes to paper: what cannot be printed is taken out, and long words get places where they may break."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.model import Direction

WORD: Final = 24
"""Longest word, in characters, that every column holds; in 51 millimetres go about 28 of the question's letters."""

_CHUNK: Final = 12
"""Longest piece that a longer word is cut into where it has no better place."""

_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_AFTER: Final = re.compile(r"([/._\-?&=#:,;|@+])(?=[^\W_])")

_UNPRINTABLE: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\ud800-\udfff"  # halves of characters
    "\u202a-\u202e"  # embeddings and overrides of direction: each side of a card has its own direction
    "\u2066-\u2069"  # isolates, for the same reason
    "\ufe00-\ufe0f\ufeff"  # which of two pictures a character is; a byte order mark
    "\U000e0000-\U000e01ef"  # tags, and more choices of pictures
    "]"
)
_SPACES: Final = re.compile("[\t\n\x0b\x0c\x85\u2028\u2029]")


def printable(text: str, longest: int = WORD) -> str:
    """Give text as it can be printed, with zero width spaces in words longer than `longest`."""
    if not text.isascii() or not text.isprintable():
        text = _UNPRINTABLE.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
    if len(text) <= longest:
        return text
    chunk = min(_CHUNK, longest)
    return _long_words(longest).sub(lambda word: _softened(word[0], chunk), text)


def lines_of_code(text: str) -> str:
    """Give lines letter by letter as they can be printed; they keep their ends and their indentation."""
    return "\n".join(
        _long_words(WORD).sub(lambda word: _softened(word[0], _CHUNK), _UNPRINTABLE.sub("", line))
        for line in text.expandtabs(4).split("\n")
    )


def _long_words(longest: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{longest + 1},}}")  # re keeps what it has compiled


def _softened(word: str, chunk: int) -> str:
    """Give a long word places to break: after signs, else after some letters, never before a mark that joins."""
    pieces = []
    for piece in _AFTER.sub(rf"\1{_BREAK}", word).split(_BREAK):
        start = 0
        for index in range(len(piece)):
            if index - start >= chunk and len(piece) - index > 1 and not _joins(piece[index - 1], piece[index]):
                pieces.append(piece[start:index])
                start = index
        pieces.append(piece[start:])
    return _BREAK.join(pieces)


def _joins(before: str, after: str) -> bool:
    """Say whether two characters stand or fall together: marks, joiners, and the virama, which joins consonants."""
    virama = 9  # https://www.unicode.org/reports/tr44/#Canonical_Combining_Class_Values
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or unicodedata.combining(before) == virama
    )


def direction(wanted: Direction, texts: Iterable[str]) -> str:
    """Give ``ltr`` or ``rtl``: as wanted, or for ``auto`` as the first letter that has a direction."""
    if wanted != "auto":
        return wanted
    for text in texts:
        for char in text:
            match unicodedata.bidirectional(char):
                case "R" | "AL":
                    return "rtl"
                case "L":
                    return "ltr"
    return "ltr"


def language(tag: str) -> tuple[str, str]:
    """Give language and region of a BCP 47 tag, as Typst wants them; either may be empty."""
    first, *rest = tag.split("-")
    region = next((part for part in rest if len(part) == 2 and part.isalpha()), "")  # noqa: PLR2004 - ISO 3166
    return first.lower(), region.upper()


def cut(text: str, width: int) -> str:
    """Cut text that has one line to itself; `width` is in Latin letters, of which wide characters take two."""
    taken = 0
    for index, char in enumerate(text):
        taken += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if taken > width:
            return text[: max(1, index - 1)].rstrip() + "…"
    return text


_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English, as all words that cardgen itself puts on cards."""


def day_in_words(written: str) -> str:
    """Write ``2026``, ``2026-06`` or ``2026-06-30`` as people read it."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"
