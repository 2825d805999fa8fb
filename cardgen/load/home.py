"""What loading hands on: decks with their homes, and what the decks of a collection have in common."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from cardgen.ledger import NO_GUIDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cardgen.check import Known, MediaFile
    from cardgen.ledger import GuidFile
    from cardgen.load.neighbours import Neighbours
    from cardgen.load.own_kinds import OwnKinds
    from cardgen.load.values import Fields
    from cardgen.load.words import Entries
    from cardgen.model import Deck, Printing
    from cardgen.read import Document, InputFolder, KeyPath


class CardFile(NamedTuple):
    """Where the cards of a file stand in it.

    Attributes:
        document: The file's document.
        ids: The ids of its cards in their order; empty for one that could not be read.
    """

    document: Document
    ids: tuple[str, ...]


class _CardPlaces(Mapping[str, "tuple[Document, KeyPath]"]):
    """For each card its document and its path there; of each it keeps a number, since few of them are asked for.

    Args:
        files: The card files of a deck.
    """

    def __init__(self, files: Sequence[CardFile]) -> None:
        self._files = files
        self._firsts = list(accumulate((len(file.ids) for file in files), initial=0))
        ids = chain.from_iterable(file.ids for file in files)
        self._numbers = {card_id: number for number, card_id in enumerate(ids) if card_id}

    def __getitem__(self, card_id: str) -> tuple[Document, KeyPath]:
        number = self._numbers[card_id]
        file = bisect_right(self._firsts, number) - 1
        return self._files[file].document, ("cards", number - self._firsts[file])

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


class Home(Struct, frozen=True, dict=True):
    """Where a deck is on the disk, and what of it can be relied on.

    Attributes:
        folder: Its folder.
        ledger: The file of its ledger, whether it is there or not.
        deck: The document of deck.yaml; of a deck in another language, that of the language.
        files: Its card files, in the deck's order.
        flawed: Ids of cards with an error of their own.
        unsure: By the ids of cards, the fields whose value is not known, because what gives it has a flaw.
        whole: Whether all cards that its files mean to have were read.
        guids: What its file of guids says.
    """

    folder: Path
    ledger: Path
    deck: Document
    files: tuple[CardFile, ...]
    flawed: frozenset[str] = frozenset()
    unsure: Mapping[str, frozenset[str]] = field(default_factory=dict)
    whole: bool = True
    guids: GuidFile = NO_GUIDS

    @cached_property
    def cards(self) -> Mapping[str, tuple[Document, KeyPath]]:
        """For each card its document and its path there; made for who asks."""
        return _CardPlaces(self.files)


class Shared(Struct, frozen=True):
    """What the decks of a collection have in common.

    Attributes:
        fields: The fields of collection.yaml.
        known: What cards may refer to.
        printing: How decks are printed that do not say it themselves.
        files: Opens the files of the collection.
        words: Its own words, in place of cardgen's.
        macros: TeX by the names that stand for it in formulas.
        neighbours: Finds the cards of other decks that cards name.
        own: Its own kinds of card; None if it has none.
    """

    fields: Fields
    known: Known
    printing: Printing
    files: InputFolder
    words: Entries
    macros: Mapping[str, str]
    neighbours: Neighbours
    own: OwnKinds | None = None

    def known_in(self, language: str) -> Known:
        """Return what cards in a language may refer to."""
        return self.known if self.own is None else replace(self.known, own_kinds=self.own.in_language(language))

    def assets_of(self, deck: Deck) -> dict[str, MediaFile]:
        """Return the files that packages bring for the kinds of a deck's cards, by the paths that assets have."""
        return self.own.files_of(deck) if self.own is not None else {}


class LoadedDeck(Struct, frozen=True):
    """A deck with its home and its pictures by the paths that cards give."""

    deck: Deck
    home: Home
    media: Mapping[str, MediaFile]
