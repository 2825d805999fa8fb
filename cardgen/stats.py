"""What is in an edition: counts, lengths of answers, where facts come from, and what becomes overdue when."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import date
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.lint.text import count_words
from cardgen.lint.view import CardView, Shared
from cardgen.notes import at_tier, compose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cardgen.model import Card, Collection, Section, Source
    from cardgen.model.edition import Edition

MONTHS: Final = (3, 6, 12)
"""How far ahead to look for what becomes overdue."""

_LONGEST: Final = 5
_AGES: Final = (0, 1, 3, 5, 10)
NONE: Final = "none"
"""Stands where a card or a source does not say."""


class Answers(Struct, frozen=True):
    """How long answers are, in words.

    Attributes:
        count: How many there are; a card may have several.
        median, ninetieth: Half of the answers, and nine in ten, are no longer.
        longest: Ids of the cards with the longest answers, each with the words of it.
    """

    count: int
    median: float
    ninetieth: int
    longest: tuple[tuple[str, int], ...]


class Stats(Struct, frozen=True):
    """The figures of an edition.

    Attributes:
        name, title: Its name, as its artefacts bear it, and the deck's title.
        cards: How many there are.
        kinds, sections: Cards by each.
        facets: By the collection's facets, cards by the values that they state; a card may state several.
        answers: How long answers are.
        sources: How many works are cited.
        grades: Works by grade.
        ages: Works by age in years on the day: ``0-1``, ``1-3`` and so on, or ``none`` for no date.
        overdue: Ids of cards that are overdue on the day.
        upcoming: By months ahead, ids of cards that become overdue by then and are not yet; each includes the earlier.
    """

    name: str
    title: str
    cards: int
    kinds: Mapping[str, int]
    facets: Mapping[str, Mapping[str, int]]
    sections: Mapping[str, int]
    answers: Answers
    sources: int
    grades: Mapping[str, int]
    ages: Mapping[str, int]
    overdue: tuple[str, ...]
    upcoming: Mapping[int, tuple[str, ...]]


def stats_of(edition: Edition, collection: Collection, day: date) -> Stats:
    """Count what is in an edition.

    Args:
        edition: The edition.
        collection: The collection that its deck is in.
        day: The day for which to say what is overdue, and how old works are.
    """
    is_there = _selects(edition, collection)
    chosen = [(section, card) for section in edition.deck.sections for card in section.cards if is_there(card)]
    cards = [card for _, card in chosen]
    cited = dict.fromkeys(citation.source for card in cards for citation in card.citations)
    works = [collection.sources[name] for name in cited]
    return Stats(
        name=edition.name,
        title=edition.deck.title,
        cards=len(cards),
        kinds=_counted(card.kind for card in cards),
        facets={
            facet: _counted(value for card in cards for value in card.facets.get(facet, (NONE,)))
            for facet in collection.facets
        },
        sections=dict(Counter(section.id for section, _ in chosen)),
        answers=_answers(chosen, Shared(collection.sources, day)),
        sources=len(works),
        grades=_counted(work.grade or NONE for work in works),
        ages=_ages(works, day),
        overdue=tuple(card.id for card in cards if card.overdue(day)),
        upcoming={months: _becoming(cards, day, _later(day, months)) for months in MONTHS},
    )


def _selects(edition: Edition, collection: Collection) -> Callable[[Card], bool]:
    """Return what says whether a card is in an edition; up to a tier, one of which no template makes a card is not."""
    if not edition.tier:
        return edition.selection.selects
    there = {note.card.id for note in at_tier(compose(edition.deck, collection.sources), edition.tier)}
    return lambda card: card.id in there and edition.selection.selects(card)


def _counted(values: Iterable[str]) -> dict[str, int]:
    """Count values, the most frequent first and what is not said last."""
    counts = Counter(values)
    return dict(sorted(counts.items(), key=lambda item: (item[0] == NONE, -item[1], item[0])))


def _answers(chosen: Sequence[tuple[Section, Card]], shared: Shared) -> Answers:
    lengths: list[tuple[int, str]] = []
    for section, card in chosen:
        view = CardView(card, section, shared)
        lengths.extend((count_words(text.plain), card.id) for text in view.answers)
        lengths.extend((count_words(gap.hidden), card.id) for text in view.gapped for gap in text.gaps)
    if not lengths:
        return Answers(0, 0, 0, ())
    counts = sorted(words for words, _ in lengths)
    longest = sorted(lengths, key=lambda item: (-item[0], item[1]))[:_LONGEST]
    # The nearest rank: nine in ten answers have at most so many words.
    ninetieth = counts[-(-9 * len(counts) // 10) - 1]
    return Answers(len(counts), median(counts), ninetieth, tuple((card_id, words) for words, card_id in longest))


def _ages(works: Sequence[Source], day: date) -> dict[str, int]:
    counts = dict.fromkeys((*(f"{low}-{high}" for low, high in pairwise(_AGES)), f"{_AGES[-1]}+", NONE), 0)
    for work in works:
        year = work.issued[:4]
        if not (len(year) == len("2026") and year.isascii() and year.isdigit()):
            counts[NONE] += 1
            continue
        month = work.issued[5:7] if work.issued[4:5] == "-" else ""
        months = 12 * (day.year - int(year)) + day.month - (int(month) if month.isascii() and month.isdigit() else 1)
        bracket = next((f"{low}-{high}" for low, high in pairwise(_AGES) if months < 12 * high), f"{_AGES[-1]}+")
        counts[bracket] += 1
    return {name: count for name, count in counts.items() if count}


def _becoming(cards: Iterable[Card], day: date, until: date) -> tuple[str, ...]:
    """Return the ids of cards that are not overdue on the one day, and are on the other."""
    return tuple(card.id for card in cards if card.overdue(until) and not card.overdue(day))


def _later(day: date, months: int) -> date:
    """Return the same day of a later month, or its last where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = min(index // 12, date.max.year), index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
