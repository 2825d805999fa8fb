"""The model of a learner: what somebody remembers, how long an answer takes, and when a card comes again.

It is FSRS-6 with its default parameters, as Anki has it, and the answers of the average user of Anki; docs/plan.md says
where each figure comes from and what the model leaves out. Nothing here knows the clock: days are numbers, and what is
left to chance comes from a generator that the caller seeds.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from fsrs import Card, Rating, Scheduler

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_DAY_0: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands for the start of every plan: a plan depends on how many days there are, not on which."""

_Chances = tuple[float, ...]
"""For each rating in order, Again first, the chance of it or of an earlier one."""


def _chances(*shares: float) -> _Chances:
    return tuple(accumulate(shares))


# The defaults of the simulator of fsrs-rs, which Anki uses: `default_simulator_config()` of fsrs-rs-python 0.9.3. They
# are averages over users of Anki. A test compares them with that package.
FIRST: Final = _chances(0.24, 0.094, 0.495, 0.171)
"""How a new card is answered."""
REMEMBERED: Final = _chances(0, 0.224, 0.631, 0.145)
"""How a card is answered that is remembered."""
LEARNING: Final = (
    _chances(0.3686, 0.0628, 0.5108, 0.0577),
    _chances(0.0442, 0.4553, 0.4457, 0.0549),
    _chances(0.0519, 0.0470, 0.8462, 0.0550),
)
"""How a new card is answered when it comes again on the same day, by the answer before: Again, Hard or Good."""
RELEARNING: Final = (
    _chances(0.2157, 0.0643, 0.6595, 0.0604),
    _chances(0.0500, 0.4638, 0.4475, 0.0387),
    _chances(0.1057, 0.1434, 0.7266, 0.0244),
)
"""The same for a card that was forgotten."""
SECONDS_OF_NEW: Final = (19.58, 18.79, 13.78, 10.71)
SECONDS_OF_REVIEW: Final = (19.38, 17.59, 12.38, 8.94)
SECONDS_OF_FORGOTTEN: Final = (16.44, 15.25, 12.32, 8.03)
"""How long an answer takes, by its rating."""
STEPS_OF_NEW: Final = 2
STEPS_OF_FORGOTTEN: Final = 1
"""Anki's learning steps: how often a card must be remembered on the day before it leaves it."""
_MOST_STEPS: Final = 5
"""How often a card comes again on a day at most."""


class Answered(NamedTuple):
    """A card after all its answers of a day.

    Attributes:
        card: What the model knows of it.
        due: The day on which it comes again.
        seconds: How long the answers took.
    """

    card: Card
    due: int
    seconds: float


class Learner:
    """Answers cards as the model has it.

    Args:
        retention: The desired retention that is set in Anki.
    """

    def __init__(self, retention: float) -> None:
        self._scheduler = Scheduler(
            desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )

    def meets(self, day: int, chance: Random) -> Answered:
        """Answer a new card on a day, until it leaves the learning steps."""
        rating = _drawn(FIRST, chance)
        card = self._reviewed(Card(card_id=1, due=_DAY_0), rating, day)
        steps = STEPS_OF_NEW - (rating >= Rating.Good)
        seconds = SECONDS_OF_NEW[rating - 1]
        return self._again(card, rating, day, steps, LEARNING, SECONDS_OF_NEW, chance, seconds)

    def answers(self, card: Card, day: int, chance: Random) -> Answered:
        """Answer a card on a later day; one that is forgotten until it leaves the relearning step."""
        remembered = chance.random() < self.recall(card, day)
        rating = _drawn(REMEMBERED, chance) if remembered else Rating.Again
        card = self._reviewed(card, rating, day)
        seconds = SECONDS_OF_REVIEW[rating - 1]
        if remembered:
            return Answered(card, _day(card.due), seconds)
        steps = STEPS_OF_FORGOTTEN
        return self._again(card, rating, day, steps, RELEARNING, SECONDS_OF_FORGOTTEN, chance, seconds)

    def recall(self, card: Card, day: int) -> float:
        """Return how likely a card is remembered on a day."""
        return self._scheduler.get_card_retrievability(card, _DAY_0 + timedelta(days=day))

    def _again(
        self,
        card: Card,
        rating: Rating,
        day: int,
        steps: int,
        chances: Sequence[_Chances],
        costs: Sequence[float],
        chance: Random,
        seconds: float,
    ) -> Answered:
        """Answer a card again on the same day until it was remembered so many times in a row, or was easy."""
        in_a_row = 0
        for _ in range(_MOST_STEPS):
            if in_a_row >= steps or rating is Rating.Easy:
                break
            rating = _drawn(chances[rating - 1], chance)
            card = self._reviewed(card, rating, day)
            seconds += costs[rating - 1]
            in_a_row = in_a_row + 1 if rating >= Rating.Good else 0 if rating is Rating.Again else in_a_row
        return Answered(card, _day(card.due), seconds)

    def _reviewed(self, card: Card, rating: Rating, day: int) -> Card:
        return self._scheduler.review_card(card, rating, _DAY_0 + timedelta(days=day))[0]


def _drawn(chances: _Chances, chance: Random) -> Rating:
    drawn = chance.random()
    return next((rating for rating, bound in zip(Rating, chances, strict=True) if drawn < bound), Rating.Easy)


def _day(due: datetime) -> int:
    return (due - _DAY_0).days
