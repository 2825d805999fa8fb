"""Text as it goes to paper: what cannot be printed is taken out, and long words get places where they may break."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.model import Direction

WORD: Final = 24
"""Longest word, in characters, that every column holds; in 51 millimetres go about 28 of the question's letters."""

_CHUNK: Final = 12
"""Longest piece that a longer word is cut into where it has no better place."""

_BREAK: Final = "\N{ZERO WIDTH SPACE}"
_WORD_JOINER: Final = "\N{WORD JOINER}"
_AFTER: Final = re.compile(r"([/._\-?&=#:,;|@+])(?=[^\W_])")

_BOUND: Final = 18
"""Longest run of words, in letters, that is kept on one line."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_BINDS: Final = re.compile("[0-9]|[A-Z]{2}")
"""What text must have, if it is ASCII, for any of its words to be bound: most has not."""
_OPENING: Final = "([{\"'\u2018\u201c\u201e\u00ab\u00bf\u00a1"
_NUMBER: Final = re.compile(r"\d{1,2}(?:[.,]\d{1,2})?[^\W\d_]{0,2}")
_COUNT: Final = re.compile(r"\d{1,2}\W*")
_NAME: Final = re.compile(r"[^\W\d_]{3,}")
_ABBREVIATION: Final = re.compile(r"[^\W\d_]{1,3}\.")
_RANGE: Final = re.compile(r"(?<=\d)\u2013(?=\d)|(?<=\b[^\W\d_])-(?=[^\W\d_])")
"""Dashes at which no line ends: between figures, and behind a single letter, as in "X-ray". Between a hyphen and a
figure, as in "T-4", no line ends anyway (rule LB25 of https://www.unicode.org/reports/tr14/)."""
_UNBROKEN: Final = rf"\g<0>{_WORD_JOINER}"

_UNPRINTABLE: Final = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls
    "\ud800-\udfff"  # surrogates
    # The characters that Unicode calls Default_Ignorable_Code_Point (DerivedCoreProperties.txt), but for those that say
    # where lines may break (U+00AD, U+200B, U+2060), how letters join (U+200C, U+200D, U+180B to U+180F) and which way
    # neutral characters run (U+061C, U+200E, U+200F).
    "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
    "\u202a-\u202e\u2066-\u2069"  # each side of a card has its own direction
    "\u2061-\u2065\u206a-\u206f"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # variation selectors: the fonts have one form of a character
    "\ufeff\ufff0-\ufff8"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e001f\U000e0080-\U000e00ff\U000e01f0-\U000e0fff"
    "]"
    # Tags spell the flags of regions behind a black flag; elsewhere they show nothing.
    "|(?<!\U0001f3f4)(?<![\U000e0020-\U000e007f])[\U000e0020-\U000e007f]+"
)
_SPACES: Final = re.compile("[\t\n\x0b\x0c\x85\u2028\u2029]")

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
"""Marks that can stand on a letter of any script."""
_TEXT_FACES: Final = "\x00-\u024f\u0250-\u02ff\u0386-\u03e1\u0400-\u0477\u0490-\u0511\u1e00-\u206f\u25cc"
"""Letters that the faces of ordinary text have, but for a few that never bear marks."""
_FOREIGN_MARK: Final = re.compile(f"(?<=[^{_TEXT_FACES}{_MARKS}])(?=[{_MARKS}])")
"""Where a mark follows a character that the text face lacks. The face has the mark, though, and of such a pair Typst
0.15 prints the mark alone: what it passes to the next font begins where the next glyph belongs, and both glyphs belong
to one place. A word joiner between them makes two places of it; the mark still stands over its letter."""
_EMOJI: Final = "\u203c\u2049\u2122\u2139\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
_JOINED_EMOJI: Final = re.compile(f"[{_EMOJI}]+(?:\u200d[{_EMOJI}]+)+")
_MODIFIER: Final = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""Skin tones, and tags: they belong to the emoji before them."""


def printable(text: str, longest: int = WORD) -> str:
    """Return text as it can be printed, with zero width spaces in words longer than `longest`."""
    if not text.isascii() or not text.isprintable():
        text = _UNPRINTABLE.sub("", _SPACES.sub(" ", unicodedata.normalize("NFC", text)))
        text = _FOREIGN_MARK.sub(_WORD_JOINER, text)
    if len(text) <= longest:
        return text
    chunk = min(_CHUNK, longest)
    return _long_words(longest).sub(lambda word: _softened(word[0], chunk), text)


def bound(text: str, longest: int = WORD) -> str:
    """Return running text in which what belongs together stays on one line: "July 1", "56.4 percent", "US citizen".

    Only digits, capitals and lengths count, and no words of any language. Nothing is bound that would be longer than
    `longest` or `_BOUND` letters.
    """
    text = _RANGE.sub(_UNBROKEN, text)
    if text.isascii() and not _BINDS.search(text):
        return text
    words = text.split(" ")
    pieces = [words[0]]
    letters = len(words[0])
    for left, right in pairwise(words):
        letters += 1 + len(right)
        if letters <= min(longest, _BOUND) and _belong_together(left, right):
            pieces += _NO_BREAK, right
        else:
            pieces += " ", right
            letters = len(right)
    return "".join(pieces)


def _belong_together(left: str, right: str) -> bool:
    """Return whether a line must not end between two words."""
    left = left.lstrip(_OPENING)
    if right[:1].isalpha():
        # "5 years", "1st place", "56.4 percent"; "US citizen", "MD seniors".
        return _NUMBER.fullmatch(left) is not None or (len(left) == len("US") and left.isalpha() and left.isupper())
    # "July 1", "Step 2"; "no. 6", "p. 12".
    return _COUNT.fullmatch(right) is not None and (
        _ABBREVIATION.fullmatch(left) is not None or (_NAME.fullmatch(left) is not None and left[0].isupper())
    )


def joined_emoji(text: str) -> set[str]:
    """Return the sequences of emoji in a text that zero width joiners make one picture of."""
    return set(_JOINED_EMOJI.findall(text)) if "\u200d" in text else set()


def lines_of_code(text: str) -> str:
    """Return lines letter by letter as they can be printed; they keep their ends and their indentation."""
    return "\n".join(
        _long_words(WORD).sub(
            lambda word: _softened(word[0], _CHUNK), _FOREIGN_MARK.sub(_WORD_JOINER, _UNPRINTABLE.sub("", line))
        )
        for line in text.expandtabs(4).split("\n")
    )


def _long_words(longest: int) -> re.Pattern[str]:
    return re.compile(rf"\S{{{longest + 1},}}")  # re keeps what it has compiled


def _softened(word: str, chunk: int) -> str:
    """Return a long word places to break: after signs, else after some letters, never before a mark that joins."""
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
    """Return whether two characters belong together: marks, joiners, and the virama, which joins consonants."""
    virama = 9  # https://www.unicode.org/reports/tr44/#Canonical_Combining_Class_Values
    return (
        unicodedata.category(after).startswith("M")
        or "\u200d" in (before, after)
        or _MODIFIER.match(after) is not None
        or unicodedata.combining(before) == virama
    )


def direction(wanted: Direction, texts: Iterable[str]) -> str:
    """Return ``ltr`` or ``rtl``: as wanted, or for ``auto`` as the first letter that has a direction."""
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
    """Return language and region of a BCP 47 tag, as Typst wants them; either may be empty."""
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
