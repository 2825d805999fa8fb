"""What the ledger of a deck in another language knows of the texts that its notes were translated from.

A translation is out of date if the texts that it was made from have changed since, and it has not. Neither can be seen
in files alone, so the ledger keeps the digests of both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cardgen.ledger.entry import Entry, Ledger


class Made(NamedTuple):
    """A translated card as its files have it.

    Attributes:
        texts: The digest of the texts that there are to translate.
        block: The digest of the translation.
        said: The digest of the texts that it was made from, as its author says; or empty.
    """

    texts: str
    block: str
    said: str = ""

    def is_out_of_date(self, known: str) -> bool:
        """Return whether it was made from other texts than there are now.

        Args:
            known: What the ledger has of it, as `Entry.of`; or empty.
        """
        if self.said:
            return self.said != self.texts
        texts, _, block = known.partition("-")
        return bool(known) and block == self.block and texts != self.texts

    def known_next(self, known: str) -> str:
        """Return what the ledger is to have of it."""
        return known if known and self.is_out_of_date(known) else f"{self.texts}-{self.block}"


def of_card(entries: Mapping[str, Entry]) -> Callable[[str], str]:
    """Return what gives, by the id of a card, what a ledger has of its translation; or an empty text.

    All notes of a card have the same. Where a merge has left them with different ones, the greatest counts.
    """
    found: dict[str, str] = {}
    for place, entry in entries.items():
        if entry.of and entry.retired is None:
            card = place.partition("/")[0]
            found[card] = max(found.get(card, ""), entry.of)
    return lambda card: found.get(card, "")


def with_translations(ledger: Ledger, before: Ledger, made: Mapping[str, Made]) -> Ledger:
    """Return a ledger that knows what its notes were translated from.

    Args:
        ledger: The ledger as it is now.
        before: As it was, with the lines of cards that were renamed where these are now.
        made: The translated cards by their ids.

    Returns:
        The same ledger if nothing changed.
    """
    known = of_card(before.entries)
    entries = {
        place: replace(entry, of=of) if entry.of != of else entry
        for place, entry in ledger.entries.items()
        for of in (_of(place.partition("/")[0], entry, known, made),)
    }
    return ledger if entries == ledger.entries else replace(ledger, entries=entries)


def _of(card: str, entry: Entry, known: Callable[[str], str], made: Mapping[str, Made]) -> str:
    if entry.retired is not None or card not in made:
        return entry.of
    return made[card].known_next(known(card))
