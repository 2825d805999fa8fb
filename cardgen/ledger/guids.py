"""Guids that notes are given, in place of those that cardgen computes: text, one line a note, kept by an author.

    # Learners have these notes from elsewhere.
    england e+/O]%*qfk
    danube/mouth q1:x(LM{z>

A line has a note's address in the deck, ``card`` or ``card/part``, and the guid by which learners' Anki knows the note.
Lines may stand in any order and twice, as merges of branches leave them (``merge=union`` in .gitattributes).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from msgspec import Struct, field

from cardgen.ledger.address import PLACE
from cardgen.ledger.lines import is_mark, unreadable
from cardgen.ledger.moves import inside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GUIDS_FILE: Final = "guids.txt"

MAX_GUID: Final = 64
"""Longest guid, in characters. Anki's own have 10, those of this program 20; a UUID has 36."""

_LINE_END: Final = re.compile(r"\r\n|\n|\r")
_WORD: Final = re.compile(r"[^ \t]+")
_PLACE: Final = re.compile(PLACE)


class GuidLine(NamedTuple):
    """A line that gives a guid.

    Attributes:
        place: The note's address in the deck.
        guid: Its guid.
        line: The number of the line, from 1.
        text: The line, without its end.
    """

    place: str
    guid: str
    line: int
    text: str

    @property
    def column(self) -> int:
        """Where the guid begins in the line, from 1."""
        return self.text.rindex(self.guid) + 1


class GuidFlaw(NamedTuple):
    """A line that is no use: why, where, and the part of it that is to blame, from a column, counted from 1."""

    why: str
    line: int
    column: int
    width: int
    text: str


class GuidFile(Struct, frozen=True):
    """What a file of guids says.

    Attributes:
        name: The file for people.
        lines: By place; of several for one place, the first.
        others: Lines that give a place another guid than one above.
        flaws: Lines that are no use, in their order.
    """

    name: str = ""
    lines: Mapping[str, GuidLine] = field(default_factory=dict)
    others: tuple[GuidLine, ...] = ()
    flaws: tuple[GuidFlaw, ...] = ()

    @property
    def guids(self) -> dict[str, str]:
        """The guids by places."""
        return {place: line.guid for place, line in self.lines.items()}


NO_GUIDS: Final = GuidFile()
"""Of a deck whose guids are all computed."""


def is_guid(text: str) -> bool:
    """Return whether a text can be a guid: what can be seen, and nothing that a line or a terminal would obey."""
    return 0 < len(text) <= MAX_GUID and text.isprintable() and " " not in text


def read_guids(name: str, text: str) -> GuidFile:
    """Read the text of a file of guids; `name` is the file for people."""
    lines: dict[str, GuidLine] = {}
    others: list[GuidLine] = []
    flaws: list[GuidFlaw] = []
    for number, line in enumerate(_LINE_END.split(text), start=1):
        words = list(_WORD.finditer(line))
        if not words or words[0][0].startswith("#"):
            continue
        if wrong := _wrong(words):
            why, (start, end) = wrong
            flaws.append(GuidFlaw(why, number, start + 1, end - start, line))
            continue
        found = GuidLine(words[0][0], words[1][0], number, line)
        if lines.setdefault(found.place, found).guid != found.guid:
            others.append(found)
    return GuidFile(name, lines, tuple(others), tuple(flaws))


def _wrong(words: list[re.Match[str]]) -> tuple[str, tuple[int, int]] | None:
    """Return why the words of a line give no guid, and the stretch of it that is to blame; None if they do."""
    place, *rest = words
    whole = place.start(), words[-1].end()
    if is_mark(place[0]):
        return unreadable(place[0]), whole
    if _PLACE.fullmatch(place[0]) is None:
        return "the line does not begin with the place of a note", place.span()
    if not rest:
        return "there is no guid behind the place", whole
    if len(rest) > 1:
        return "there is more than a guid behind the place", (rest[0].start(), whole[1])
    if not is_guid(rest[0][0]):
        why = f"is longer than {MAX_GUID} characters" if rest[0][0].isprintable() else "has characters that nobody sees"
        return f"the guid {why}", rest[0].span()
    return None


T = TypeVar("T")


def given(of_places: Mapping[str, T], place: str, formerly: Sequence[str], identity: str) -> T | None:
    """Return what a note is given at its place, or at the oldest one that it had in its deck; None if nothing.

    An author who renames a card need not look for its guid, and one who has moved it on is right as well.

    Args:
        of_places: What is given, such as guids, by places.
        place: The note's.
        formerly: Its earlier addresses, the oldest first.
        identity: The id of the deck that guids are computed from.
    """
    oldest = inside(formerly[0], identity) if formerly else ""
    return of_places.get(place) or of_places.get(oldest)
