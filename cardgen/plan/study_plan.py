"""The plan itself: a value that whoever writes it down takes all from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import date

    from cardgen.model import Deck
    from cardgen.plan.queue import Unit
    from cardgen.plan.season import Season


class Share(Struct, frozen=True):
    """What of a deck and a level is chosen: Anki cards, and how many there are."""

    deck: str
    level: str
    cards: int
    of: int


class PlannedDay(Struct, frozen=True):
    """What to expect of a day to study on: on average, but for new cards and days of the top-up, which are set.

    Attributes:
        day: The day.
        new: New cards.
        due: Cards that come back.
        weak: Weak cards that come once more.
        minutes: How long all of it takes.
    """

    day: date
    new: int
    due: float
    weak: float
    minutes: float


class TopUp(Struct, frozen=True):
    """The days on which weak cards come once more, and how many on each at most."""

    days: tuple[date, ...]
    limit: int


class Expected(Struct, frozen=True):
    """What is remembered on a day, if the model fits: the share of the cards, and how many are likely to be lost."""

    day: date
    recall: float
    weak: float


class Offer(Struct, frozen=True):
    """How many cards would fit with more minutes a day, or with more days."""

    more: int
    cards: int


class StudyPlan(Struct, frozen=True, eq=False):
    """A plan.

    Attributes:
        title: What the cards are called together.
        edition: What they are chosen by, for people; empty for whole decks.
        season: The days.
        minutes: Minutes a day that were asked for.
        chosen: The cards to learn, in order.
        left_out: Those for which there is no room, in order.
        shares: What is chosen, by level and deck in the order of choice.
        new_per_day: New cards a day.
        new_days: The first and the last day with new cards.
        retention: The desired retention.
        top_up: When weak cards come once more; None if never.
        days: What to expect of each day.
        busiest_week: The first day of the busiest week before the first interview, and the minutes of a day in it.
        expected: What is remembered on the day of each interview.
        later: What is remembered long after the last one, if nobody studies any more.
        with_minutes, with_days: What more minutes, or more days, would bring; None if all cards fit.
    """

    title: str
    edition: str
    season: Season
    minutes: int
    chosen: tuple[Unit, ...]
    left_out: tuple[Unit, ...]
    shares: tuple[Share, ...]
    new_per_day: int
    new_days: tuple[date, date]
    retention: float
    top_up: TopUp | None
    days: tuple[PlannedDay, ...]
    busiest_week: tuple[date, float]
    expected: tuple[Expected, ...]
    later: Expected
    with_minutes: Offer | None
    with_days: Offer | None

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The decks of the cards that are chosen."""
        return tuple({unit.deck.id: unit.deck for unit in self.chosen}.values())

    @property
    def cards(self) -> int:
        """How many Anki cards are chosen."""
        return sum(len(unit.aloud) for unit in self.chosen)

    @property
    def available(self) -> int:
        """How many there were to choose from."""
        return self.cards + sum(len(unit.aloud) for unit in self.left_out)

    @property
    def busiest_day(self) -> PlannedDay:
        """The busiest day."""
        return max(self.days, key=lambda day: day.minutes)

    @property
    def mean_minutes(self) -> float:
        """How long a day to study on takes on average, to the first interview."""
        before = [day.minutes for day in self.days if day.day < self.season.interviews[0]]
        return sum(before) / len(before)
