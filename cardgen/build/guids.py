"""What is wrong with guids that authors give: one that two notes have, that no card has, or that learners do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.diagnostics import Diagnostic, diagnose, did_you_mean
from cardgen.ledger import given, inside
from cardgen.load.guids import place_of, place_of_name
from cardgen.notes import guid_of
from cardgen.read import label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.build.compiled import CompiledDeck
    from cardgen.ledger import Entry, GuidLine
    from cardgen.notes import Note


_GUESSES: Final = 20
"""For how many places one is looked for that is meant: each is compared with all, and one file in the place of another
has thousands."""


def wrong_guids(decks: Sequence[CompiledDeck]) -> Iterator[Diagnostic]:
    """Find what is wrong with the guids of decks, if any is given to a note, now or as far as a ledger knows."""
    if not any(deck.deck.guids or _knows_any(deck) for deck in decks):
        return
    yield from _twice(decks)
    owners = _owners(decks)
    for deck in decks:
        yield from _of_no_card(deck, decks)
        yield from _not_what_learners_have(deck, owners)


def _knows_any(deck: CompiledDeck) -> bool:
    """Return whether any guid was given to a note of a deck, or to one of a deck that cards have come from."""
    ledgers = (deck.ledger, *deck.claims.ledgers.values())
    return any(entry.guid for ledger in ledgers for entry in ledger.entries.values())


class _Owner(NamedTuple):
    """A note that learners have, by its addresses of today and as its deck's identity has it."""

    address: str
    identity: str


def _owners(decks: Sequence[CompiledDeck]) -> Mapping[str, _Owner]:
    """Return what ledgers know of notes that are gone, by their guids."""
    found = {}
    for deck in decks:
        living = {note.place for note in deck.notes}
        for place, entry in deck.moved.entries.items():
            if place not in living:
                identity = f"{deck.deck.identity}/{place}"
                guid = entry.guid or guid_of(*(entry.origin or identity).split("/"))
                found[guid] = _Owner(f"{deck.deck.id}/{place}", identity)
    return found


def _twice(decks: Sequence[CompiledDeck]) -> Iterator[Diagnostic]:
    """Find lines that give a guid which another line gives as well, or which is that of a note without a line."""
    # What is computed comes first: only a line can be changed.
    owners = {note.guid: note.address for deck in decks for note in deck.notes if _line_of(deck, note) is None}
    for deck in decks:
        for line in deck.home.guids.lines.values():
            address = f"{deck.deck.id}/{line.place}"
            owner = owners.setdefault(line.guid, address)
            if owner != address:
                yield _at_line(deck, line, "CG627", f"`{line.guid}` is also the guid of `{owner}`")


def _of_no_card(deck: CompiledDeck, decks: Sequence[CompiledDeck]) -> Iterator[Diagnostic]:
    """Find lines for places that no note of the deck has, or has had; learners may have what is not translated yet."""
    translation = deck.deck.translation
    of = [other for other in decks if translation is not None and other.deck.id == translation.of]
    if not deck.home.whole or (translation is not None and not of):
        return
    living = {note.place for one in (deck, *of) for note in one.notes}
    earlier = {inside(address, deck.deck.identity) for note in deck.notes for address in note.formerly}
    lines = deck.home.guids.lines
    known = living | earlier | deck.ledger.entries.keys()
    free = sorted(living - lines.keys())
    found = (line for line in lines.values() if line.place not in known)
    strange = [line for line in found if line.place.partition("/")[0] not in deck.deck.retired]
    for number, line in enumerate(strange):
        hint = did_you_mean(line.place, free) if number < _GUESSES else ""
        where = place_of_name(deck.home.guids, line)
        yield diagnose("CG628", f"the deck has no `{line.place}`", where, hint)


def _not_what_learners_have(deck: CompiledDeck, owners: Mapping[str, _Owner]) -> Iterator[Diagnostic]:
    """Find notes whose guid is not the one that learners have, or is one that they have another note with."""
    entries = deck.moved.entries
    for note in deck.notes:
        entry = entries.get(note.place)
        if entry is not None and entry.guid and entry.guid != note.guid:
            yield _at(
                deck,
                note,
                f"learners have `{note.place}` with the guid `{entry.guid}`",
                f"Write `{note.place} {entry.guid}` in {deck.home.guids.name}. If no learner has it, delete "
                f"`guid {entry.guid}` from its line of {label(deck.home.ledger)}.",
            )
        elif entry is not None and note.is_given and not entry.guid and is_delivered(entry, deck.ledger.released):
            message = f"learners have `{note.place}` with the guid that follows from its address"
            yield _at(deck, note, message, "Delete the line.")
        elif note.is_given and (owner := owners.get(note.guid)) is not None:
            message = f"learners have `{owner.address}` with the guid of `{note.place}`"
            hint = f"If it is the same card, write `formerly: {owner.identity}`; else it needs another guid."
            yield _at(deck, note, message, hint)


def is_delivered(entry: Entry, released: int) -> bool:
    """Return whether learners have a note with the identity that a ledger knows.

    Until it is released with its own, it may still take another one.

    Args:
        entry: What the ledger knows of the note.
        released: When release notes were last written, as `Ledger` has it.
    """
    return bool(entry.origin or entry.guid or (released and entry.added <= released))


def _at(deck: CompiledDeck, note: Note, message: str, hint: str) -> Diagnostic:
    """Say that a note has another guid, at the line that gives it, or at its card where there is none."""
    if (line := _line_of(deck, note)) is not None:
        return _at_line(deck, line, "CG629", message, hint)
    document, way = deck.home.cards[note.card.id]
    return document.diagnose("CG629", message, (*way, "id"), hint)


def _line_of(deck: CompiledDeck, note: Note) -> GuidLine | None:
    """Return the line that gives a note its guid: that of its place, or of its oldest one in the deck."""
    return given(deck.home.guids.lines, note.place, note.formerly, deck.deck.identity)


def _at_line(deck: CompiledDeck, line: GuidLine, code: str, message: str, hint: str = "") -> Diagnostic:
    return diagnose(code, message, place_of(deck.home.guids, line), hint)
