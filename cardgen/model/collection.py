"""Decks, their sections and variants, and the collection they form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct, field

from cardgen.model.card import has_tag
from cardgen.model.printing import NO_WISHES
from cardgen.model.site import NO_SITE_TEXTS
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.model.card import Card, Direction
    from cardgen.model.own_kind import OwnKind
    from cardgen.model.printing import Printing
    from cardgen.model.site import SiteTexts
    from cardgen.model.source import Source
    from cardgen.words import Words


class Section(Struct, frozen=True):
    """One card file: its name, its title, its cards in study order, and the tags that all of them carry."""

    id: str
    title: str
    cards: tuple[Card, ...]
    tags: tuple[str, ...] = ()


class Selection(Struct, frozen=True):
    """Which cards are wanted.

    Attributes:
        demands: Pairs of a property (a facet of the collection, ``kind`` or ``tags``) and the values of which a card
            must carry one. All pairs must hold; none at all selects every card.
    """

    demands: tuple[tuple[str, frozenset[str]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.demands)

    def __and__(self, other: Selection) -> Selection:
        return Selection(self.demands + other.demands)

    def selects(self, card: Card) -> bool:
        """Return whether a card is wanted. A card that does not state a facet is not selected by it."""
        return all(_carries(card, key, values) for key, values in self.demands)


EVERYTHING: Final = Selection()
"""Selects every card."""


def _carries(card: Card, key: str, values: frozenset[str]) -> bool:
    if key == "kind":
        return card.kind in values
    if key == "tags":
        return has_tag(card.tags, values)
    return not values.isdisjoint(card.facets.get(key, ()))


class Variant(Struct, frozen=True):
    """A named selection of a deck's cards."""

    name: str
    title: str
    selection: Selection


class Preset(Struct, frozen=True):
    """Anki's deck options that a deck brings along; None leaves Anki's own value.

    Attributes:
        new_per_day: New cards a day.
        reviews_per_day: Reviews a day.
        desired_retention: Share of reviews to be remembered, 0.7 to 0.99.
    """

    new_per_day: int | None = None
    reviews_per_day: int | None = None
    desired_retention: float | None = None

    def __bool__(self) -> bool:
        return self != Preset()


class MadeOf(NamedTuple):
    """What a card in another language was made of.

    Attributes:
        texts: The digest of the texts that its card has in the deck's own language now.
        block: The digest of its own texts.
        said: The digest of the texts that it was made from, if its author says it; else empty.
    """

    texts: str
    block: str
    said: str = ""


class Translation(Struct, frozen=True):
    """What makes a deck one that translates another.

    Attributes:
        of: The id of the other deck.
        made_of: For each of its cards, by the id, what it was made of.
        missing: The ids of the other deck's cards that nobody has translated, in study order.
        skipped: How many cards are left out on purpose.
        untitled: The ids of sections whose title nobody has translated.
    """

    of: str
    made_of: Mapping[str, MadeOf]
    missing: tuple[str, ...] = ()
    skipped: int = 0
    untitled: tuple[str, ...] = ()

    @property
    def whole(self) -> int:
        """How many cards the other deck has."""
        return len(self.made_of) + len(self.missing) + self.skipped


class Deck(Struct, frozen=True):
    """A deck.

    Attributes:
        id: The identity of its notes depends on it.
        name: Name of its folder, by which commands know it and after which its artefacts are named.
        title: Its name in Anki; ``::`` makes levels.
        description: Markdown, or empty.
        language: BCP 47 tag.
        sections: In study order.
        variants: By the author's order.
        preset: Deck options, the collection's filled in.
        retired: Ids of cards that stay in the sources as a record only, each with the ids of its successors; of a
            translation, also of cards that are left out on purpose.
        printing: How it is printed, with the collection's options where it has none of its own.
        formerly: The ids that it had before, the oldest first.
        subdecks: Whether each section is a deck of its own in Anki.
        version: What its author calls its present state, or empty.
        words: What cardgen itself says on its cards, in its language.
        private: Whether it is for its author alone.
        guids: The guids that its author gives notes, by their places in the deck: ``card``, or ``card/part``.
        section_tags: Whether its notes have a tag that names their section.
        translation: What it translates, if it is a deck of this folder in another language.
    """

    id: str
    name: str
    title: str
    description: str
    language: str
    sections: tuple[Section, ...]
    variants: tuple[Variant, ...]
    preset: Preset
    retired: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    printing: Printing = NO_WISHES
    formerly: tuple[str, ...] = ()
    subdecks: bool = False
    version: str = ""
    words: Words = ENGLISH
    private: bool = False
    guids: Mapping[str, str] = field(default_factory=dict)
    section_tags: bool = True
    translation: Translation | None = None

    @property
    def identity(self) -> str:
        """The id that the guids of its notes are computed from: the first that it had."""
        return self.ids[0]

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids that it has had, the oldest first: a note that left the deck bears the one of its time."""
        return *self.formerly, self.id

    def addresses(self, places: Iterable[str]) -> list[str]:
        """Return all addresses that notes at these places may bear, those with its newest id first."""
        return [f"{deck_id}/{place}" for place in places for deck_id in reversed(self.ids)]

    def with_identity(self, address: str) -> str:
        """Return the address of a card with the id of its deck that guids are computed from; other decks' as it is."""
        deck, _, place = address.partition("/")
        return f"{self.identity}/{place}" if deck in self.ids else address

    def cards(self) -> Iterator[Card]:
        """Yield all cards in study order."""
        for section in self.sections:
            yield from section.cards

    def variant(self, name: str) -> Variant | None:
        """Return the variant of a name, or None."""
        return next((variant for variant in self.variants if variant.name == name), None)


class Collection(Struct, frozen=True):
    """The decks of a folder and what they share.

    Attributes:
        title: Its name.
        facets: For each facet the values that it may take, none where it takes any.
        sources: By id.
        decks: In order of their folders' names.
        printing: How decks are printed that do not say it themselves.
        language: BCP 47 tag of what decks have in common.
        direction: Its writing direction.
        words: What cardgen itself says in that language.
        site: What the pages of a site say.
        own_kinds: Its own kinds of card by their ids, in its own language.
    """

    title: str
    facets: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, Source]
    decks: tuple[Deck, ...]
    printing: Printing = NO_WISHES
    language: str = "en"
    direction: Direction = "ltr"
    words: Words = ENGLISH
    site: SiteTexts = NO_SITE_TEXTS
    own_kinds: Mapping[str, OwnKind] = field(default_factory=dict)

    def kinds_of(self, deck: Deck) -> tuple[OwnKind, ...]:
        """Return the kinds of one's own of which a deck has cards."""
        used = dict.fromkeys(card.kind for card in deck.cards()) if self.own_kinds else ()
        return tuple(self.own_kinds[name] for name in used if name in self.own_kinds)

    def tiers_of(self, deck: Deck) -> tuple[str, ...]:
        """Return the tiers that kinds of one's own have of which a deck has cards, the smallest of each kind first."""
        return tuple(dict.fromkeys(tier for kind in self.kinds_of(deck) for tier in kind.tiers))
