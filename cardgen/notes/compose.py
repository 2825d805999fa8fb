"""From cards to notes: each kind makes its parts, and what all cards share is put around them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from cardgen.kinds import Form, kind_named
from cardgen.ledger import given
from cardgen.memory import NO_MEMORY
from cardgen.notes.note import Note, guid_of
from cardgen.notes.works import work
from cardgen.richtext import EMPTY, Link, Paragraph, parse
from cardgen.richtext.gaps import gap_numbers
from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cardgen.kinds import Part
    from cardgen.memory import Memory
    from cardgen.model import Card, Citation, Deck, Section, Source
    from cardgen.richtext import Inline, RichText

_ORDINALS: Final = {Form.BASIC: (0,), Form.TWO_WAY: (0, 1), Form.TYPED: (0,)}


def compose(deck: Deck, sources: Mapping[str, Source], memory: Memory = NO_MEMORY) -> tuple[Note, ...]:
    """Make the notes of a deck, in study order.

    Args:
        deck: The deck.
        sources: The collection's sources, by id.
        memory: What knows the notes already of sections that have not changed.
    """
    composer = _Composer(deck, sources)
    around = (deck.ids, deck.words, sources, deck.guids, deck.section_tags)
    notes: list[Note] = []
    position = 1
    for section in deck.sections:
        composed = memory.recall(
            ("notes", deck.id, section.id), (section, around), partial(composer.section, section, position)
        )
        notes += composed.starting_at(position)
        position += composed.cards
    return tuple(notes)


def at_tier(notes: Iterable[Note], tier: str) -> Iterator[Note]:
    """Yield notes with the cards that kinds of one's own make up to a tier, without notes that have none there."""
    for note in notes:
        own = note.part.own
        if own is None or not own.kind.tiers:
            yield note
        elif cards := _own_cards(note.card, tier, note.tags):
            same = cards == note.ordinals
            yield note if same else replace(note, part=_with_cards(note.part, cards), ordinals=cards)


def with_mask_numbers(note: Note, known: Mapping[str, int]) -> Note:
    """Return a note whose masks have the numbers that they have had, by their ids; other notes as they are.

    Numbers cannot be known from a deck's files alone: they say what order masks have now, and not in which they came.
    """
    if note.part.masked is None:
        return note
    part = replace(note.part, masked=note.part.masked.with_numbers(known))
    return replace(note, part=part, ordinals=_ordinals(part))


class _Composed(NamedTuple):
    """The notes of a section, with the place of their first Anki card and how many there are."""

    notes: list[Note]
    first: int
    cards: int

    def starting_at(self, first: int) -> list[Note]:
        """Return the notes with another place of the first card."""
        if first == self.first:
            return self.notes
        return [replace(note, position=note.position - self.first + first) for note in self.notes]


class _Composer:
    """Composes the cards of one deck; remembers what many of them share."""

    def __init__(self, deck: Deck, sources: Mapping[str, Source]) -> None:
        self._deck_id = deck.id
        self._identity = deck.identity
        self._words = deck.words
        self._with_identity = deck.with_identity
        self._guids = deck.guids
        self._section_tags = deck.section_tags
        self._sources = sources
        self._citations: dict[tuple[tuple[Citation, ...], ...], RichText] = {}
        # Cards that state the same share one mapping, which lives as long as they do: its id names it.
        self._tagged: dict[tuple[str, tuple[str, ...], int], tuple[str, ...]] = {}
        self._next = 1
        self._notes: list[Note] = []

    def section(self, section: Section, first: int) -> _Composed:
        """Compose a section whose first Anki card has a place."""
        self._next = first
        self._notes = []
        for card in section.cards:
            self._add(section, card)
        return _Composed(self._notes, first, self._next - first)

    def _add(self, section: Section, card: Card) -> None:
        cited = (card.see, card.citations)
        source = self._citations.get(cited)
        if source is None:
            # A learner can trust the first of what is shown.
            check_at = fill(self._words.label, label=self._words.check_at)
            see = (Paragraph((f"{check_at} ", *self._cited(citation))) for citation in card.see)
            source = (*see, *(Paragraph(self._cited(citation)) for citation in card.citations))
            self._citations[cited] = source
        tags = self._tags(section, card)
        note = parse(card.note) if card.note else EMPTY
        hint = parse(card.hint) if card.hint else EMPTY
        status = (self._words.secondary,) if card.secondary else ()
        for part in kind_named(card.kind).compose(card.content, self._words):
            if part.own is not None and not tags:
                part = _with_cards(part, _own_cards(card, "", tags) or part.own.cards)  # noqa: PLW2901 - it is that part
            ordinals = _ordinals(part)
            formerly = self._formerly(card, part) if card.formerly or card.parts_formerly else ()
            first = formerly[0].split("/") if formerly else (self._identity, card.id, part.id)
            place = f"{card.id}/{part.id}" if part.id else card.id
            computed = guid_of(*first)
            guid = given(self._guids, place, formerly, self._identity) or computed if self._guids else computed
            self._notes.append(
                Note(
                    deck_id=self._deck_id,
                    identity=self._identity,
                    formerly=formerly,
                    section_id=section.id,
                    section=section.title,
                    card=card,
                    part=part,
                    position=self._next,
                    ordinals=ordinals,
                    tags=tags,
                    note=note,
                    hint=EMPTY if part.id else hint,
                    source=source,
                    status=status,
                    words=self._words,
                    place=place,
                    guid=guid,
                    is_given=guid != computed,
                )
            )
            self._next += len(ordinals)

    def _tags(self, section: Section, card: Card) -> tuple[str, ...]:
        tagged = (section.id, card.tags, id(card.facets))
        tags = self._tagged.get(tagged)
        if tags is None:
            generated = {f"{facet}::{value}" for facet, values in card.facets.items() for value in values}
            named = {f"{self._deck_id}::section::{section.id}"} if self._section_tags else set()
            tags = tuple(sorted({*named, *generated, *card.tags}))
            self._tagged[tagged] = tags
        return tags

    def _formerly(self, card: Card, part: Part) -> tuple[str, ...]:
        """Return the earlier addresses of a part: its own, else those of its card with the part's id behind them."""
        own = dict(card.parts_formerly).get(part.id)
        addresses = own or tuple(f"{address}/{part.id}" if part.id else address for address in card.formerly)
        return tuple(map(self._with_identity, addresses))

    def _cited(self, citation: Citation) -> tuple[Inline, ...]:
        source = self._sources[citation.source]
        before, title, after = work(source, citation.locator, self._words)
        linked = Link(source.url, (title,)) if source.url else title
        return (*filter(None, (before,)), linked, *filter(None, (after,)))


def _own_cards(card: Card, tier: str, tags: tuple[str, ...]) -> tuple[int, ...]:
    """Return which cards a card of a kind of one's own makes up to a tier, counted from 0."""
    from cardgen.kinds.own import Own, cards_at  # brings Anki's template language, which most decks do without

    return cards_at(card.content, tier, tagged=bool(tags)) if isinstance(card.content, Own) else ()


def _with_cards(part: Part, cards: tuple[int, ...]) -> Part:
    own = part.own
    return part if own is None else replace(part, own=replace(own, cards=cards))


def _ordinals(part: Part) -> tuple[int, ...]:
    if part.own is not None:
        return part.own.cards
    if part.masked is not None:
        return tuple(mask.number - 1 for mask in part.masked.masks)
    if part.form is not Form.CLOZE:
        return _ORDINALS[part.form]
    return tuple(number - 1 for number in gap_numbers(part.front))
