"""What may be chosen, in the order in which it is: what matters most first."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cardgen.model import Card, Deck
    from cardgen.model.edition import Edition
    from cardgen.notes import Note

LEVEL: Final = "level"
"""The facet that says how important cards are: its values in the collection's order, the most important first."""


class Unit(Struct, frozen=True, eq=False):
    """One card of the author's: all that Anki makes of it is learnt, or none.

    Attributes:
        deck: Its deck.
        level: The value of the facet `level` that it is chosen by; empty if it has none.
        notes: Its notes, in study order.
        aloud: For each of its Anki cards in study order, the seconds for which the answer is to be spoken aloud.
    """

    deck: Deck
    level: str
    notes: tuple[Note, ...]
    aloud: tuple[int, ...]

    @property
    def card(self) -> Card:
        """The author's card."""
        return self.notes[0].card


def queue(
    editions: Sequence[Edition], levels: Sequence[str], notes_of: Callable[[Deck], Sequence[Note]]
) -> tuple[Unit, ...]:
    """Return all that may be chosen, each card once: by level, then by deck, then in the order of the sheet.

    Args:
        editions: What to choose from, the most important deck first; a deck may be cut in several ways.
        levels: The values of the facet `level`, the most important first; none if the collection does not have it.
        notes_of: Returns all notes of a deck, in study order.
    """
    rank = {level: number for number, level in enumerate(levels)}
    cut: dict[str, list[Edition]] = {}
    for edition in editions:
        cut.setdefault(edition.deck.id, []).append(edition)
    units = [unit for same in cut.values() for unit in _units(same, rank, notes_of(same[0].deck))]
    return tuple(sorted(units, key=lambda unit: rank.get(unit.level, len(rank))))


def _units(editions: Sequence[Edition], rank: Mapping[str, int], notes: Sequence[Note]) -> Iterator[Unit]:
    """Yield the cards of a deck that are in any of its editions."""
    for _, group in groupby(notes, key=lambda note: note.card.id):
        together = tuple(group)
        card = together[0].card
        if any(edition.selection.selects(card) for edition in editions):
            aloud = tuple(note.part.aloud for note in together for _ in note.ordinals)
            levels = [level for level in card.facets.get(LEVEL, ()) if level in rank]
            yield Unit(editions[0].deck, min(levels, key=rank.__getitem__, default=""), together, aloud)
