"""The addresses that cards had before, as they and their decks claim them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from cardgen.ledger import Claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cardgen.ledger import Entry, Ledger
    from cardgen.model import Card, Deck
    from cardgen.notes import Note


class _Claimed(NamedTuple):
    """An address that a card, or a part of one, had before; `first` if its guid is computed from it."""

    deck: Deck
    card: Card
    address: str
    first: bool


class Claims(Struct, frozen=True):
    """The addresses that the cards of some decks had before.

    Attributes:
        claimed: All claims, in the order of decks and cards.
        ledgers: The ledgers of the decks that are claimed from, by the ids that guids are computed from.
    """

    claimed: Sequence[_Claimed] = ()
    ledgers: Mapping[str, Ledger] = field(default_factory=dict)

    def gone_from(self, deck: Deck) -> Callable[[str], bool]:
        """Return what says of the address of an identity in a deck whether a note of another deck has it now."""
        taken = {claim.address for claim in self.claimed if claim.first and claim.deck.id != deck.id}
        return lambda address: address in taken or "/".join(address.split("/")[:2]) in taken

    def elsewhere(self, address: str) -> Entry | None:
        """Return the entry of an address in the ledger of its deck."""
        deck, _, place = address.partition("/")
        ledger = self.ledgers.get(deck)
        return ledger.entries.get(place) if ledger is not None else None


NO_CLAIMS = Claims()
"""Where no card had another address before."""


def claims_of(decks: Iterable[Deck], ledger_of: Callable[[str], Ledger | None]) -> Claims:
    """Find all claims of decks; `ledger_of` gives the ledger of a deck by the id that guids are computed from."""
    claimed = [claim for deck in decks for card in deck.cards() for claim in _claims(deck, card)]
    if not claimed:
        return NO_CLAIMS
    names = dict.fromkeys((*(claim.address.partition("/")[0] for claim in claimed), *(deck.identity for deck in decks)))
    found = {name: ledger_of(name) for name in names}
    return Claims(claimed, {name: ledger for name, ledger in found.items() if ledger is not None})


def _claims(deck: Deck, card: Card) -> Iterator[_Claimed]:
    for addresses in (card.formerly, *(addresses for _, addresses in card.parts_formerly)):
        for index, address in enumerate(addresses):
            yield _Claimed(deck, card, deck.with_identity(address), index == 0)


def claims_of_notes(notes: Iterable[Note]) -> tuple[Claim, ...]:
    """Return the claims of notes on lines of ledgers."""
    return tuple(Claim(note.place, note.formerly) for note in notes if note.formerly)
