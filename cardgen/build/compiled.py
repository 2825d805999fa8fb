"""Decks with their notes, and what the ledgers know of them.

A deck is always compiled whole, also where only a variant of it is wanted: only then can be said which notes are new,
changed or gone. But notes are composed only when somebody asks for them: `check` hardly does.
"""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct, field

from cardgen.build.claims import NO_CLAIMS, Claims, claims_of_notes
from cardgen.build.keeping import time_of_change
from cardgen.diagnostics import Findings
from cardgen.ledger import Ledger, Made, Names, brought_up_to_date, moved, with_translations
from cardgen.memory import NO_MEMORY
from cardgen.notes import compose, digests, hidden_texts, with_mask_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from cardgen.build.kept_kinds import KeptKinds
    from cardgen.check import MediaFile
    from cardgen.diagnostics import Diagnostic
    from cardgen.ledger import Entry
    from cardgen.load import Home, Loaded
    from cardgen.memory import Memory
    from cardgen.model import Collection, Deck, Source
    from cardgen.notes import Note


class CompiledDeck(Struct, frozen=True, eq=False, dict=True):
    """A deck with its notes, which are made when they are asked for.

    Attributes:
        deck: The deck.
        home: Where it stands.
        ledger: What its ledger file says.
        ledger_found: The fingerprint of that file as it was found; None where there is none.
        sources: The collection's sources, by id.
        media: The deck's pictures by the paths that cards give.
        now: The build's time.
        claims: The addresses that cards of the collection had before.
        memory: What knows the notes already of what has not changed.
        kinds_changed: When the note types of own kinds last changed, by the kinds' ids, in seconds since 1970.
    """

    deck: Deck
    home: Home
    ledger: Ledger
    ledger_found: str | None
    sources: Mapping[str, Source]
    media: Mapping[str, MediaFile]
    now: datetime
    claims: Claims = NO_CLAIMS
    memory: Memory = NO_MEMORY
    kinds_changed: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def notes(self) -> tuple[Note, ...]:
        """All its notes, in study order, with the numbers that the ledger has for their masks."""
        composed = self._composed
        if all(note.part.masked is None for note in composed):
            return composed
        entries = self.moved.entries
        return tuple(with_mask_numbers(note, _numbers(entries.get(note.place))) for note in composed)

    @cached_property
    def _composed(self) -> tuple[Note, ...]:
        """The notes as their author's files alone have them."""
        return compose(self.deck, self.sources, self.memory)

    def digest(self, note: Note) -> str:
        """Return the hash of what one of its notes shows."""
        # The ledger has them all as they are now; there is no need of a second set.
        return self.current.entries[note.place].digest

    def digests_of(self, notes: Iterable[Note]) -> Mapping[str, str]:
        """Return the hashes of what some of its notes show, by their places."""
        return digests(notes, lambda path: self.media[path].name)

    @cached_property
    def current(self) -> Ledger:
        """What the ledger says with this build's changes."""
        now = time_of_change(self.now, self.home.ledger)
        origins = {claim.place: claim.origin for claim in claims_of_notes(self.notes)}
        notes = {note.place: note for note in self.notes}
        digests = self.digests_of(self.notes)
        guids = {note.place: note.guid for note in self.notes if note.is_given}
        current = brought_up_to_date(
            self.moved, digests, self.deck.retired, now, origins, lambda place: hidden_texts(notes[place]), guids
        )
        return with_translations(current, self.moved, self.made_of) if self.made_of else current

    @property
    def made_of(self) -> Mapping[str, Made]:
        """Of a deck in another language, what its cards were made of, by their ids; of others nothing."""
        translation = self.deck.translation
        return {} if translation is None else {card: Made(*made) for card, made in translation.made_of.items()}

    @cached_property
    def moved(self) -> Ledger:
        """What the ledger file says, with the lines of cards that were renamed or moved where these are now."""
        if self.claims is NO_CLAIMS:
            return self.ledger
        claims = claims_of_notes(self._composed)
        return moved(self.ledger, claims, self.claims.elsewhere, self.claims.gone_from(self.deck))

    @property
    def pictures(self) -> Mapping[str, str]:
        """The names of its pictures in packages, which tell contents apart, by the paths that cards give."""
        return {path: file.name for path, file in self.media.items()}

    @property
    def names(self) -> Names:
        """What learners know the deck by."""
        sections = ((section.id, " ".join(section.title.split())) for section in self.deck.sections)
        return Names(" ".join(self.deck.title.split()), self.deck.name, tuple(sorted(sections)))

    def times_at(self, tier: str = "") -> Mapping[str, int]:
        """Return each note's time in packages by its guid: when its content last changed, in seconds since 1970.

        Args:
            tier: Up to which tier kinds of one's own make cards; the seconds of its rank are added to the notes of
                these. The ledger keeps two contents of a note far enough apart for that (`cardgen.ledger.APART`).
        """
        entries = self.current.entries
        return {note.guid: _at_tier(entries[note.place].changed, note, tier) for note in self.notes}

    def changed_since_release(self) -> bool:
        """Return whether there is anything to tell in release notes."""
        if not self.ledger.released:
            return bool(self.current.entries)
        renamed = self.ledger.names is not None and self.ledger.names != self.names
        return renamed or any(entry.was is not None for entry in self.current.entries.values())

    def out_of_date(self) -> list[str]:
        """Name the notes that the ledger file does not know as they are."""
        before, now = self.ledger.entries, self.current.entries
        return sorted(place for place in before.keys() | now.keys() if before.get(place) != now.get(place))


class CompiledCollection(Findings, Struct, frozen=True, eq=False):
    """What a folder of decks holds; no decks and no collection if anything is wrong that stops a build.

    Attributes:
        kinds: The collection's own kinds; None if it has none.
    """

    collection: Collection | None
    decks: tuple[CompiledDeck, ...]
    diagnostics: tuple[Diagnostic, ...]
    media: Mapping[str, Mapping[str, MediaFile]]
    loaded: Loaded
    kinds: KeptKinds | None = None


def content_hash(compiled: CompiledDeck, notes: Iterable[Note]) -> str:
    """Return the hash of what some notes of a deck show, and of the deck's description."""
    content = hashlib.blake2b(compiled.deck.description.encode(), digest_size=16)
    for note in notes:
        content.update(f"\n{note.guid} {compiled.digest(note)}".encode())
    return content.hexdigest()


def _at_tier(changed: int, note: Note, tier: str) -> int:
    """Return a note's time at a tier; of most notes it is the ledger's own object, so that it is there only once."""
    return changed if note.part.own is None else changed + note.part.own.kind.rank(tier)


def _numbers(entry: Entry | None) -> dict[str, int]:
    """Return the numbers of a note's masks by their ids, also of those that it has no more."""
    return {} if entry is None else {mask: number for number, mask in (*entry.lost, *entry.gaps)}
