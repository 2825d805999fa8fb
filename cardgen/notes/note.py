"""Notes: what a learner's collection gets, still as rich text and free of any output's form."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardgen.kinds import Part
    from cardgen.model import Card
    from cardgen.richtext import RichText


@dataclass(frozen=True, slots=True)
class Note:
    """One part of a card, with all that is shown around it.

    Attributes:
        deck_id: Id of the deck.
        section_id, section: Id and title of the card's section.
        card: The card it comes from.
        part: What it asks and answers.
        ordinals: Which of its note type's cards it makes, counted from 0; for a cloze, each gap's number less 1.
        tags: Anki tags, sorted, without spaces.
        note: Shown small under the answer.
        source: The works cited, one paragraph each.
        status: What warns the reader: secondary source, overdue.
    """

    deck_id: str
    section_id: str
    section: str
    card: Card
    part: Part
    ordinals: tuple[int, ...]
    tags: tuple[str, ...]
    note: RichText
    source: RichText
    status: tuple[str, ...]

    @property
    def address(self) -> str:
        """Name the note for people: ``deck/card``, or ``deck/card/part``."""
        path = f"{self.deck_id}/{self.card.id}"
        return f"{path}/{self.part.id}" if self.part.id else path

    @property
    def guid(self) -> str:
        """The identity by which Anki knows the note again; see `guid_of`."""
        return guid_of(self.deck_id, self.card.id, self.part.id)


def guid_of(deck_id: str, card_id: str, part_id: str = "") -> str:
    """Give the guid of a note: it hangs on nothing but these three ids, and never changes while they do not.

    Ids are kebab-case, so the slash between them keeps any two triples apart. 80 bits keep a million notes of a
    learner's collection apart with a chance of collision below one in a billion.
    """
    path = f"{deck_id}/{card_id}/{part_id}".encode()
    return hashlib.blake2b(path, digest_size=10, person=b"cardgen-guid").hexdigest()
