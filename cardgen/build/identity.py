"""What is wrong with the addresses that cards claim to have had, and with identities that learners know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cardgen.build.claims import NO_CLAIMS
from cardgen.build.guids import is_delivered
from cardgen.diagnostics import Diagnostic, did_you_mean
from cardgen.ledger import content_of, inside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cardgen.build.claims import Claims
    from cardgen.build.compiled import CompiledDeck
    from cardgen.ledger import Entry
    from cardgen.model import Card
    from cardgen.notes import Note


def wrong_claims(decks: Sequence[CompiledDeck], claims: Claims) -> Iterator[Diagnostic]:
    """Find what is wrong with the addresses that cards had before, and identities that are not what learners have."""
    if claims is not NO_CLAIMS:
        yield from _once_a_card(_in_use(decks))
        yield from _unknown(decks, claims)
    for deck in decks:
        yield from _once_a_card(_changed_identities(deck, claims))
    yield from _once_a_card(_renamed(decks))


class _Found(NamedTuple):
    deck: CompiledDeck
    note: Note
    code: str
    message: str
    hint: str = ""


def _once_a_card(found: Iterable[_Found]) -> Iterator[Diagnostic]:
    """Say of each card once what is wrong with its notes."""
    said: set[tuple[str, str, str]] = set()
    for deck, note, code, message, hint in found:
        key = (deck.deck.id, note.card.id, code)
        if key not in said:
            said.add(key)
            yield _at(deck, note.card, code, message, hint)


def _at(deck: CompiledDeck, card: Card, code: str, message: str, hint: str) -> Diagnostic:
    document, way = deck.home.cards[card.id]
    return document.diagnose(code, message, (*way, "formerly" if card.formerly else "id"), hint)


def _in_use(decks: Sequence[CompiledDeck]) -> Iterator[_Found]:
    """Find earlier addresses of notes that are addresses now, or earlier ones of two notes."""
    living = {f"{deck.deck.identity}/{note.place}" for deck in decks for note in deck.notes}
    owners: dict[str, str] = {}
    for deck in decks:
        for note in deck.notes:
            for address in note.formerly:
                if address in living:
                    yield _Found(deck, note, "CG608", f"`{address}` is a card that is still there")
                elif address in owners:
                    message = f"`{address}` is also an earlier address of `{owners[address]}`"
                    yield _Found(deck, note, "CG609", message)
                owners.setdefault(address, note.address)


def _unknown(decks: Sequence[CompiledDeck], claims: Claims) -> Iterator[Diagnostic]:
    """Find addresses that no ledger knows: where a card has taken over an identity, its addresses were right."""
    by_id = {deck.deck.id: deck for deck in decks}
    known: set[str] = set()
    for name, ledger in claims.ledgers.items():
        for place, entry in ledger.entries.items():
            for address in filter(None, (f"{name}/{place}", entry.origin)):
                known |= {address, address.rpartition("/")[0]}
    identities = {deck_id: deck.deck.identity for deck in decks for deck_id in deck.deck.ids}
    for claim in claims.claimed:
        if claim.deck.translation is not None:
            continue  # they follow from those of the deck that it translates, and may be older than itself
        name, _, rest = claim.address.partition("/")
        if (identity := identities.get(name, name)) != name:
            message = f"`{claim.address}` names a deck by a later id, and guids follow from its first"
            hint = f"Write `{identity}/{rest}`."
            yield _at(by_id[claim.deck.id], claim.card, "CG610", message, hint)
            continue
        entries = claims.ledgers[name].entries if name in claims.ledgers else {}
        own = by_id[claim.deck.id].ledger.entries
        taken_over = any(entry.origin and place.partition("/")[0] == claim.card.id for place, entry in own.items())
        if entries and claim.address not in known and not taken_over:
            hint = did_you_mean(claim.address, [f"{name}/{place}" for place in entries])
            yield _at(by_id[claim.deck.id], claim.card, "CG610", f"the ledger knows no `{claim.address}`", hint)
        elif claim.first and name not in claims.ledgers and not taken_over:
            message = f"there is no ledger of a deck `{name}`, so nobody can tell whether it had `{claim.address}`"
            yield _at(by_id[claim.deck.id], claim.card, "CG619", message, "")


def _changed_identities(deck: CompiledDeck, claims: Claims) -> Iterator[_Found]:
    """Find notes whose guid is not the one that learners have, and earlier addresses of another note type."""
    entries, released = deck.ledger.entries, deck.ledger.released
    for note in deck.notes if entries or claims is not NO_CLAIMS else ():
        entry = entries.get(note.place)
        origin = note.formerly[0] if note.formerly else ""
        known = entry is not None and entry.retired is None and is_delivered(entry, released)
        # Where a guid is given, it is the guid that counts.
        if entry is not None and known and entry.origin != origin and not entry.guid and not note.is_given:
            had = f"the identity of `{entry.origin}`" if entry.origin else "an identity of its own"
            hint = f"Write `formerly: {entry.origin}`." if entry.origin else "Delete `formerly`."
            yield _Found(deck, note, "CG611", f"learners have `{note.place}` with {had}", hint)
            continue
        for address in note.formerly:
            place = inside(address, deck.deck.identity)
            old = entries.get(place) if place else claims.elsewhere(address)
            if old is None:
                continue
            if old.origin and old.origin != origin:
                message = f"`{address}` has the identity of `{old.origin}`"
                yield _Found(deck, note, "CG611", message, f"Write `{old.origin}` before it.")
            elif old.form != note.part.note_type:
                message = f"`{address}` is a {old.form} note for those who have it, and would be {note.part.note_type}"
                yield _Found(deck, note, "CG612", message)


class _Vanished(NamedTuple):
    """A note that is no longer in its deck, and whose author has not said what became of it."""

    deck: CompiledDeck
    place: str
    entry: Entry


def _renamed(decks: Sequence[CompiledDeck]) -> Iterator[_Found]:
    """Find new notes that ask and answer what others did that are gone."""
    # Where cards of a translation are called something else, those of the deck that it translates are, too.
    decks = [deck for deck in decks if deck.deck.translation is None]
    vanished: dict[str, list[_Vanished]] = {}
    for deck in decks:
        for gone in _vanished(deck):
            vanished.setdefault(gone.entry.content, []).append(gone)
    if not vanished:
        return
    for deck in decks:
        for note in deck.notes:
            if note.formerly:
                continue
            known = deck.ledger.entries.get(note.place)
            for gone in vanished.get(content_of(deck.digest(note)), ()):
                if known is None or _is_newer(known, gone, deck.ledger.released):
                    yield _of_a_renamed(deck, note, gone)
                    break


def _vanished(deck: CompiledDeck) -> Iterator[_Vanished]:
    if not deck.ledger.entries:
        return  # Before its first release nothing can have gone, and a check need not compose the notes.
    places = {note.place for note in deck.notes}
    claimed = deck.claims.gone_from(deck.deck)
    mine = {address for note in deck.notes for address in note.formerly}
    released = deck.ledger.released
    for place, entry in deck.ledger.entries.items():
        told = entry.retired is not None and (entry.replaced_by or (released and entry.retired <= released))
        address = f"{deck.deck.identity}/{place}"
        if place in places or told or place.partition("/")[0] in deck.deck.retired:
            continue
        if address not in mine and entry.origin not in mine and not claimed(entry.origin or address):
            yield _Vanished(deck, place, entry)


def _is_newer(known: Entry, gone: _Vanished, released: int) -> bool:
    """Return whether a note came when or after another one went, and its learners do not have it yet."""
    return gone.entry.retired is not None and known.added >= gone.entry.retired and known.added > released


def _of_a_renamed(deck: CompiledDeck, note: Note, gone: _Vanished) -> _Found:
    address = f"{gone.deck.deck.id}/{gone.place}"
    card, _, part = address.rpartition("/") if address.count("/") > 1 else (address, "", "")
    as_card = part == note.part.id
    written = f"formerly: {card if as_card else address}"
    if gone.entry.origin:
        origin = gone.entry.origin
        origin = origin.removesuffix(f"/{part}") if as_card and part else origin
        written = f"formerly: [{origin}, {card if as_card else address}]"
    where = "" if as_card else f" at `{note.part.id}`" if note.part.id else ""
    message = f"`{note.place}` asks and answers what `{address}` did, which is gone"
    hint = f"If it was renamed or moved, write `{written}`{where}; without it learners get it a second time."
    return _Found(deck, note, "CG613", message, hint)
