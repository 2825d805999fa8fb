"""What cards that were renamed, moved or merged make of a ledger.

A note keeps the guid of its oldest address, which its author names with ``formerly``. The line of that address becomes
the note's own, with its times; the lines of its other earlier addresses are retired into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cardgen.ledger.entry import Entry, Ledger


class Claim(NamedTuple):
    """A note that had other addresses before.

    Attributes:
        place: Its address in the deck: ``card``, or ``card/part``.
        formerly: Its earlier addresses with the deck, the oldest first: ``deck/card``, or ``deck/card/part``.
    """

    place: str
    formerly: tuple[str, ...]

    @property
    def origin(self) -> str:
        """The address that its guid is computed from."""
        return self.formerly[0]


def moved(
    ledger: Ledger,
    claims: Iterable[Claim],
    elsewhere: Callable[[str], Entry | None],
    gone: Callable[[str], bool],
) -> Ledger:
    """Return a ledger in which the lines of notes stand at their addresses of today.

    Args:
        ledger: The ledger as it was.
        claims: The deck's notes that had other addresses before.
        elsewhere: Gives the entry of an address of another deck, or None.
        gone: Says of the address of an identity whether a note of another deck has it now.

    Returns:
        The same ledger if nothing moved.
    """
    entries = {place: entry for place, entry in ledger.entries.items() if not gone(_identity(ledger, place, entry))}
    for claim in claims:
        found: Entry | None = entries.get(claim.place)
        mine = found if found is not None and found.origin == claim.origin else None
        for address in claim.formerly:
            place = inside(address, ledger.deck)
            entry = entries.get(place) if place else elsewhere(address)
            if entry is None or place == claim.place:
                continue
            if (entry.origin or address) == claim.origin:
                mine = mine or entry
                entries.pop(place, None)
            elif place:
                entries[place] = replace(entry, replaced_by=(claim.place,))
        if mine is not None and mine is not found:
            entries[claim.place] = replace(mine, origin=claim.origin, retired=None, replaced_by=())
        elif found is not None:
            entries[claim.place] = replace(found, origin=claim.origin)
    return ledger if entries == ledger.entries else replace(ledger, entries=entries)


def _identity(ledger: Ledger, place: str, entry: Entry) -> str:
    return entry.origin or f"{ledger.deck}/{place}"


def inside(address: str, deck: str) -> str:
    """Return an address without its deck, or an empty text if it is one of another deck."""
    head, _, place = address.partition("/")
    return place if head == deck else ""
