"""Notes: what a learner's collection gets, still as rich text and free of any output's form."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.kinds import entries_shown
from cardgen.notes.dates import dated, end_in_words
from cardgen.words import fill

if TYPE_CHECKING:
    from datetime import date

    from cardgen.kinds import Part
    from cardgen.model import Card
    from cardgen.richtext import RichText
    from cardgen.words import Words


WORKS_SHOWN: Final = 3
"""If a card cites more works than these, all but the first wait behind a line to tap."""


class Note(Struct, frozen=True, gc=False):
    """One part of a card, with all that is shown around it.

    Attributes:
        deck_id: Id of the deck.
        identity: The id of the deck that guids are computed from: the first that the deck had.
        formerly: The addresses that the note had before, the oldest first, with such ids of decks.
        section_id, section: Id and title of the card's section.
        card: The card it comes from.
        part: What it asks and answers.
        position: The place of its first Anki card in the author's order of the whole deck, counted in Anki cards from 1
            and the same in all editions.
        ordinals: Which of its note type's cards it makes, counted from 0; for a cloze, each gap's number less 1.
        tags: Anki tags, sorted, without spaces.
        note: Shown small under the answer.
        hint: Helps with the question; of a card that makes several notes, the main one has it.
        source: The works cited, one paragraph each.
        status: What warns the reader, whatever the day: a secondary source.
        words: Those of its deck's language.
        place: Its name inside its deck: ``card``, or ``card/part``; the ledger knows it by this.
        guid: The identity by which Anki knows the note again; see `guid_of`. It is asked for several times, so it is
            computed once.
        is_given: Whether its author has given it that guid, so that it is not the one of `guid_of`.
    """

    deck_id: str
    identity: str
    formerly: tuple[str, ...]
    section_id: str
    section: str
    card: Card
    part: Part
    position: int
    ordinals: tuple[int, ...]
    tags: tuple[str, ...]
    note: RichText
    hint: RichText
    source: RichText
    status: tuple[str, ...]
    words: Words
    place: str
    guid: str
    is_given: bool = False

    @property
    def dated(self) -> str:
        """When the fact was true and when its sources were last read, in words; empty if its author did not say."""
        return dated(self.card.as_of, self.card.checked, self.words)

    @property
    def said(self) -> tuple[tuple[str, str], ...]:
        """The entries of the words that templates show on the note's cards, each with its name."""
        return tuple((key, self.words[key]) for key in entries_shown(self.card.kind))

    @property
    def check_again(self) -> str:
        """Until when the fact can be trusted, in words; empty if its author did not say."""
        last = self.card.stale_after
        return fill(self.words.check_again, date=end_in_words(last, self.words)) if last is not None else ""

    def warnings(self, day: date) -> tuple[str, ...]:
        """Return all that warns those who read the note on paper of this day."""
        if self.card.stale_after is None or not self.card.overdue(day):
            return self.status
        overdue = fill(self.words.overdue, date=end_in_words(self.card.stale_after, self.words))
        return (*self.status, overdue)

    @property
    def address(self) -> str:
        """Name the note for people: ``deck/card``, or ``deck/card/part``."""
        return f"{self.deck_id}/{self.place}"


def guid_of(deck_id: str, card_id: str, part_id: str = "") -> str:
    """Return the guid of a note: it depends on these three ids alone, and never changes while they do not.

    Ids are kebab-case, so the slash between them keeps any two triples apart. 80 bits keep a million notes of a
    learner's collection apart with a chance of collision below one in a billion.
    """
    path = f"{deck_id}/{card_id}/{part_id}".encode()
    return hashlib.blake2b(path, digest_size=10, person=b"cardgen-guid").hexdigest()
