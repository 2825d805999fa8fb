"""A plan day by day: who studies as it says, by the model of `learner`, and what they remember on the days that count.

The same cards, course and seed give the same run; each card has chances of its own, so that two plans which take up a
card on the same day see it answered alike.
"""

from __future__ import annotations

from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.plan.learner import Learner
from cardgen.plan.season import WEEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fsrs import Card

WEAK: Final = 0.8
"""A card that is remembered with less than this chance on the day is counted: docs/plan.md."""

LATER: Final = 30
"""So many days after the last interview a plan looks back, to tell what lasts."""

SEASON_RETENTION: Final = 0.90
"""The desired retention from the first interview on, if there are more: docs/plan.md."""


class Course(Struct, frozen=True):
    """What to do on which day.

    Attributes:
        study: The days to study on, in order, to the last interview.
        new: How many new cards come on each of the first of them; no later day has any.
        retention: The desired retention, to the first interview.
        goals: The days of the interviews, in order.
        top_up: The days on which weak cards come again.
        top_up_limit: How many of them on a day, at most.
        seconds: How long a day may take, and a week on average; only the weak cards are left out when they are over.
    """

    study: tuple[int, ...]
    new: tuple[int, ...]
    retention: float
    goals: tuple[int, ...]
    top_up: frozenset[int]
    top_up_limit: int
    seconds: float


class Worked(NamedTuple):
    """What was done on a day: how many cards came back, were new, or were weak, and how long it took."""

    day: int
    due: int
    new: int
    weak: int
    seconds: float


class Remembered(NamedTuple):
    """What is remembered on a day: the share of the cards that is to be expected, and how many are weak."""

    share: float
    weak: float


class Run(Struct, frozen=True):
    """How a course went.

    Attributes:
        days: What was done on each day to study on.
        goals: What is remembered on the day of each interview.
        later: What is remembered long after the last one, if nobody studies any more.
    """

    days: tuple[Worked, ...]
    goals: tuple[Remembered, ...]
    later: Remembered


class _Known(NamedTuple):
    """A card that was taken up, the day on which it is due, and that of its last answer."""

    card: Card
    due: int
    last: int


def chance_of(seed: int, number: int) -> Random:
    """Return the chances of a card, by its number in the queue."""
    # No seed of a plan comes near the number of cards that one would have to reach for two to meet.
    return Random(seed * 1_000_003 + number)  # noqa: S311 - no secret depends on it


def simulate(aloud: Sequence[int], course: Course, seed: int) -> Run:
    """Study some cards as a course says.

    Args:
        aloud: For each card, in the order in which they are taken up, the seconds for which its answer is spoken.
        course: The course.
        seed: Decides what is left to chance.
    """
    return _Simulation(aloud, course, seed).run()


class _Simulation:
    """One run: the cards that were taken up so far, by their numbers."""

    def __init__(self, aloud: Sequence[int], course: Course, seed: int) -> None:
        self._aloud = aloud
        self._course = course
        self._chances = [chance_of(seed, number) for number in range(len(aloud))]
        self._known: list[_Known] = []
        self._learner = Learner(course.retention)
        self._seconds = 0.0
        self._days: list[Worked] = []

    def run(self) -> Run:
        course = self._course
        goals: list[Remembered] = []
        new = iter(course.new)
        for day in sorted({*course.study, *course.goals}):
            if day in course.goals:
                goals.append(self._remembered(day))
                self._learner = Learner(SEASON_RETENTION)
            else:
                self._days.append(self._study(day, next(new, 0)))
        return Run(tuple(self._days), tuple(goals), self._remembered(course.goals[-1] + LATER))

    def _study(self, day: int, new: int) -> Worked:
        self._seconds = 0.0
        due = [number for number, known in enumerate(self._known) if known.due <= day]
        for number in due:
            self._answer(number, day)
        first = len(self._known)
        for number in range(first, min(first + new, len(self._aloud))):
            card, when, seconds = self._learner.meets(day, self._chances[number])
            self._known.append(_Known(card, when, day))
            self._seconds += seconds + self._aloud[number]
        weak = self._weakest(day) if day in self._course.top_up else ()
        room = self._room(day)
        topped = 0
        for number in weak:
            if self._seconds >= room:
                break
            self._answer(number, day)
            topped += 1
        return Worked(day, len(due), len(self._known) - first, topped, self._seconds)

    def _room(self, day: int) -> float:
        """Return how long a day may take so that neither it nor the week that ends with it takes too long."""
        week = [worked.seconds for worked in self._days if worked.day > day - WEEK]
        return min(self._course.seconds, self._course.seconds * (len(week) + 1) - sum(week))

    def _answer(self, number: int, day: int) -> None:
        card, when, seconds = self._learner.answers(self._known[number].card, day, self._chances[number])
        self._known[number] = _Known(card, when, day)
        self._seconds += seconds + self._aloud[number]

    def _weakest(self, day: int) -> Iterable[int]:
        """Return the cards that are least likely to be remembered now, as Anki's filtered deck would take them."""
        rested = [number for number, known in enumerate(self._known) if known.last < day]
        rested.sort(key=lambda number: self._learner.recall(self._known[number].card, day))
        return rested[: self._course.top_up_limit]

    def _remembered(self, day: int) -> Remembered:
        chances = [self._learner.recall(known.card, day) for known in self._known]
        return Remembered(fmean(chances) if chances else 0.0, sum(chance < WEAK for chance in chances))
