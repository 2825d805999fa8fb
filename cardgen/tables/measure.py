"""How much room text takes in a cell: neither Excel nor LibreOffice gives a row the height that its text needs.

All sizes are pixels of 1/96 inch, in which spreadsheet programs count. The text is Arial, which is there wherever Excel
is; elsewhere Liberation Sans takes its place, whose letters are as wide.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

FONT: Final = "Arial"
FONT_SIZE: Final = 8.5
"""In points."""

PADDING: Final = 7
"""What a cell's text leaves free at its sides; Excel takes five pixels."""

LONGEST: Final = 6000
"""Characters of a cell: Excel has 32,767 UTF-16 units, and in XML a character can take five."""

_EM: Final = FONT_SIZE * 96 / 72
"""The size of the text in pixels."""

# fmt: off
_ASCII: Final = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
)
# fmt: on
"""Widths of the characters from space to tilde in thousandths of an em: those of Helvetica, whose kin they are, as
Adobe's metrics of the 14 core fonts have them."""

_LETTERS: Final = {"Lu": 800, "Ll": 650, "Lo": 650, "Lm": 400, "Nd": 600, "Mc": 500}
"""Widths of other characters by their category: more than their fonts have on average."""
_OTHERS: Final = 700
_WIDE: Final = 1000
_EMOJI: Final = 1400
_TAB: Final = 4000
_NO_WIDTH: Final = frozenset({"Mn", "Me", "Cf", "Cc"})

LINE: Final = 14
"""The height of a line on the screen; on paper it is 13."""
_TALLER: Final = (
    ("\u0590", LINE),  # Latin, Greek, Cyrillic, Armenian
    ("\u0600", 15),  # Hebrew
    ("\u1100", 21),  # from Arabic to Georgian; Burmese is the tallest
    ("\u1200", 17),  # Hangul
    ("\u1e00", 21),  # from Ethiopic to Sundanese
    ("\u2000", LINE),  # Latin and Greek letters with marks
    ("\u2e00", 17),  # signs and symbols
    ("\ua000", 17),  # Chinese, Japanese
    ("\uac00", 21),  # from Yi to Meetei Mayek
    ("\U0010ffff", 17),  # Hangul, more Chinese, emoji
)
"""Heights of lines with other characters, each for those below a limit; programs take them from fonts of their own."""

_PUNCTUATION: Final = frozenset(
    "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u2032\u2039\u203a\u20ac"
)
"""Signs that Arial has, and texts have everywhere."""


class Piece(NamedTuple):
    """A text, or a piece of a long one, and its height in its cell."""

    text: str
    height: int


def pieces(text: str, column: float, highest: int) -> list[Piece]:
    """Return a text that is wrapped to a column's width in pieces that are not higher than that.

    It is cut where the author ended a line, if there is such a place in the last third of a piece. A line end between
    two pieces is in neither.
    """
    each = line_height(text)
    starts = [*line_starts(text, column), len(text)]
    most = highest // each
    if len(starts) - 1 <= most and len(text) <= LONGEST:
        return [Piece(text, each * (len(starts) - 1))]
    found: list[Piece] = []
    first = 0
    while first < len(starts) - 1:
        last = min(first + most, len(starts) - 1)
        if last < len(starts) - 1:
            ends = [line for line in range(first + max(1, 2 * most // 3), last + 1) if text[starts[line] - 1] == "\n"]
            last = ends[-1] if ends else last
        piece = text[starts[first] : starts[last]]
        if last < len(starts) - 1:
            piece = piece.removesuffix("\n")
        found += (Piece(part.text, each * (last - first)) for part in by_length(piece))
        first = last
    return found


def by_length(text: str) -> list[Piece]:
    """Return a text that is on one line, in pieces that a cell can hold."""
    return [Piece(text[start : start + LONGEST], LINE) for start in range(0, len(text) or 1, LONGEST)]


def height_of(text: str, column: float) -> int:
    """Return the height of a text that is wrapped to a column's width."""
    return line_height(text) * sum(1 for _ in line_starts(text, column))


def line_height(text: str) -> int:
    """Return the height of the lines of a text: that of its tallest characters."""
    return LINE if text.isascii() else max(map(_height, set(text)))


def line_starts(text: str, column: float) -> Iterator[int]:
    """Yield where the lines of a text begin, if it is wrapped to a column's width.

    Programs break lines in more places, behind hyphens, say: theirs can be fewer, and not more.
    """
    room = column - PADDING
    start = 0
    for line in text.split("\n"):
        yield start
        if width_of(line) > room:
            yield from (start + offset for offset in _breaks(line, room))
        start += len(line) + 1


def width_of(line: str) -> float:
    """Return the width of a line that is not wrapped."""
    words = line.split(" ")
    return sum(map(_word_width, words)) + _SPACE * (len(words) - 1)


def longest_word(text: str) -> float:
    """Return the width of the widest word."""
    return max(map(_word_width, text.split()), default=0)


def _breaks(line: str, room: float) -> Iterator[int]:
    """Yield where the second and further lines of a line begin that is too long."""
    offset, taken = 0, 0.0
    for word in line.split(" "):
        width = _word_width(word)
        # Spaces at the end of a line need no room.
        if word and taken and taken + width > room:
            yield offset
            taken = 0.0
        if width > room:
            # A word that is longer than the line is broken anywhere.
            for index, char in enumerate(word):
                if taken + _width(char) > room and taken:
                    yield offset + index
                    taken = 0.0
                taken += _width(char)
        else:
            taken += width
        taken += _SPACE
        offset += len(word) + 1


@lru_cache(maxsize=1 << 16)
def _word_width(word: str) -> float:
    return sum(map(_width, word))


@lru_cache(maxsize=1 << 14)
def _width(char: str) -> float:
    """Return the width of a character: exact, or in whole pixels as Excel has it on the screen, if that is more."""
    exact = _thousandths(char) * _EM / 1000
    return max(exact, round(exact))


def _thousandths(char: str) -> int:
    if char == "\t":
        return _TAB
    if " " <= char <= "~":
        return _ASCII[ord(char) - ord(" ")]
    base = unicodedata.normalize("NFD", char)[0]
    if base != char and base.isascii():
        return _thousandths(base)
    category = unicodedata.category(char)
    if category in _NO_WIDTH:
        return 0
    if unicodedata.east_asian_width(char) in "WF":
        return _EMOJI if category == "So" else _WIDE
    return _LETTERS.get(category, _OTHERS)


_SPACE: Final = _width(" ")


@lru_cache(maxsize=1 << 14)
def _height(char: str) -> int:
    if char in _PUNCTUATION:
        return LINE
    return next(height for limit, height in _TALLER if char <= limit)
