"""What a package's collection holds: its note types, and the notes that have cards."""

from __future__ import annotations

import sys
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cardgen.anki.collection import COLLECTION_VERSION, FIELD_SEPARATOR
from cardgen.anki.reading.database import opened
from cardgen.anki.reading.found import FoundCollection, FoundDeck, FoundNote, UnreadablePackageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cardgen.anki.reading.database import Database
    from cardgen.anki.reading.found import FoundNoteType

_NO_CARD: Final = (sys.maxsize, 0, 0, 0, 0, 0)
"""What comes after the last card: a note's id, those of two decks, a template's number, a state and a place."""

_NEW: Final = 0
"""The state of a card that was never learnt; its place is one in the queue of new cards."""


def read_collection(file: Path) -> FoundCollection:
    """Read a collection's database, which belongs to us: its journal mode is changed.

    Raises:
        UnreadablePackageError: If it is no collection, is damaged, or exceeds the limits.
        OSError: If the file cannot be read.
    """
    with opened(file) as database:
        return _collection(database)


def _collection(database: Database) -> FoundCollection:
    versions = [version for (version,) in database.rows("col", ("ver", int))]
    if len(versions) != 1:
        raise UnreadablePackageError("no Anki package (its collection has no settings)")
    if versions[0] <= COLLECTION_VERSION:
        from cardgen.anki.reading.legacy import decks, note_types
    else:
        from cardgen.anki.reading.latest import decks, note_types
    types = note_types(database)
    found = decks(database)
    described = {deck.name: deck for deck in found.values() if deck.description}
    return FoundCollection(types, tuple(_notes(database, types, found)), described)


def _notes(
    database: Database, types: Mapping[int, FoundNoteType], decks: Mapping[int, FoundDeck]
) -> Iterator[FoundNote]:
    """Yield the notes that have cards, in the order of their ids: notes and cards are read side by side."""
    wanted_of_cards = [(name, int) for name in ("nid", "did", "odid", "ord", "type", "due")]
    cards = database.rows("cards", *wanted_of_cards, order="nid, ord")
    firsts = (next(same) for _, same in groupby(cards, key=lambda card: card[0]))
    owner, deck_id, home_id, _, state, place = next(firsts, _NO_CARD)
    columns = (("id", int), ("guid", str), ("mid", int), ("mod", int), ("tags", str), ("flds", str))
    for note_id, guid, type_id, changed, joined_tags, joined in database.rows("notes", *columns, order="id"):
        while owner < note_id:
            owner, deck_id, home_id, _, state, place = next(firsts, _NO_CARD)
        if owner > note_id:
            continue
        if type_id not in types:
            raise UnreadablePackageError(f"no Anki package (the note {guid!a} is of no note type in it)")
        fields, wanted = tuple(joined.split(FIELD_SEPARATOR)), len(types[type_id].fields)
        if len(fields) != wanted:
            raise UnreadablePackageError(
                f"no Anki package (the note {guid!a} has {len(fields)} fields, its note type {wanted})"
            )
        tags = tuple(sorted(joined_tags.split()))
        database.keep(guid, *fields, *tags)
        # A card in a filtered deck has a home, to which it returns.
        deck = decks.get(home_id or deck_id, _NO_DECK)
        yield FoundNote(guid, type_id, changed, fields, tags, deck.name, place if state == _NEW else None)


_NO_DECK: Final = FoundDeck("")
