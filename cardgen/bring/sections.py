"""Cards that are brought over, by the sections of the deck that they become, and the deck's files."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Any, Final

from cardgen.bring.names import Names, clean_title, id_of
from cardgen.bring.yaml import card_file, deck_file
from cardgen.read.names import trouble_on_windows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_LEVELS: Final = "::"
_LONGEST_TITLE: Final = 200
"""Letters of a deck's title; see schema/deck.schema.json."""


class Sections:
    """Gathers the cards of a deck by its sections, which are the decks below the one that all have in common.

    Args:
        name: The deck's name.
        file: What the deck is called if its cards' decks have nothing in common.
        decks: The names of its cards' decks.

    Attributes:
        root: The levels that all names of decks begin with.
        cards: The cards by the titles of sections, in order.
    """

    def __init__(self, name: str, file: str, decks: Iterable[str]) -> None:
        self._name = name
        self.root = _common([deck.split(_LEVELS) for deck in decks])
        self._title = _LEVELS.join(self.root) or file
        self._ids = Names()
        self._decks: dict[str, str] = {}
        self.cards: dict[str, list[dict[str, Any]]] = {}

    def add(self, deck: str, words: str, fields: Mapping[str, Any]) -> str:
        """Add a card.

        Args:
            deck: The full name of its deck.
            words: What its id is made of.
            fields: All but its id.

        Returns:
            Its id.
        """
        card_id = self._ids.free(id_of(words) or "card")
        self._decks[deck] = section = self._section(deck)
        self.cards.setdefault(section, []).append({"id": card_id, **fields})
        return card_id

    @property
    def deck(self) -> str:
        """The full name of the deck that all have in common; empty if there is none."""
        return _LEVELS.join(self.root)

    def moved(self) -> Iterator[tuple[str, str]]:
        """Yield decks whose cards come into another one, if sections become decks: their names, and those of these."""
        title = self._deck_title()
        for deck, section in self._decks.items():
            new = f"{title}{_LEVELS}{section}" if len(self.cards) > 1 else title
            if new != deck:
                yield deck, new

    def _section(self, deck: str) -> str:
        levels = deck.split(_LEVELS)[len(self.root) :]
        found = clean_title(" – ".join(levels)) or clean_title(self.root[-1] if self.root else self._title)  # noqa: RUF001 - a dash of print
        return found or "Cards"

    def _deck_title(self) -> str:
        levels = filter(None, map(clean_title, self._title.split(_LEVELS)))
        return _LEVELS.join(levels)[:_LONGEST_TITLE] or self._name

    def files(self, more: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Return the deck's YAML files by their names.

        Args:
            more: What deck.yaml says beside the deck's id, its title and its sections.
        """
        names = Names("deck")
        taken: dict[str, str] = {}
        for section in self.cards:
            stem = id_of(section) or "cards"
            if trouble_on_windows(stem):
                names.free(stem)
            taken[names.free(stem)] = section
        files = {"deck.yaml": deck_file(self._name, self._deck_title(), [*taken], more or {})}
        for name, section in taken.items():
            files[f"{name}.yaml"] = card_file(section, self.cards[section])
        return files


def _common(paths: Sequence[list[str]]) -> list[str]:
    """Return the levels that all names of decks begin with."""
    if not paths:
        return []
    same = takewhile(lambda pair: pair[0] == pair[1], zip(min(paths), max(paths), strict=False))
    return [level for level, _ in same]
