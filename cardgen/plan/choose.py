"""The largest set of cards that fits into the minutes of a day."""

from __future__ import annotations

from itertools import accumulate
from statistics import fmean
from typing import TYPE_CHECKING, Final, NamedTuple

from cardgen.plan.learner import SECONDS_OF_NEW, Learner
from cardgen.plan.season import WEEK
from cardgen.plan.simulate import chance_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.plan.queue import Unit
    from cardgen.plan.season import Season

SEEDS: Final = (1, 2, 3)
"""A plan is what comes out on average of so many runs."""

FEW: Final = 60
"""So many cards or fewer are learnt with `RETENTION_OF_FEW`: docs/plan.md, "The settings"."""
RETENTION: Final = 0.85
RETENTION_OF_FEW: Final = 0.90


class Week(NamedTuple):
    """A week: the day on which it begins, and the work of a day to study on in it, on average."""

    day: int
    load: float


def retention_of(cards: int) -> float:
    """Return the desired retention for so many cards."""
    return RETENTION_OF_FEW if cards < FEW else RETENTION


def new_per_day(cards: int, season: Season) -> int:
    """Return how many new cards a day bring so many cards in, in time."""
    return -(-cards // len(season.days_with_new))


def busiest_week(load: Mapping[int, float], season: Season) -> Week:
    """Return the busiest week before the first interview; of a shorter time, the whole of it.

    Args:
        load: The work of each day, in seconds or minutes.
        season: The days.
    """
    goal = season.goal
    totals = [0.0, *accumulate(load.get(day, 0.0) for day in range(goal))]
    studied = [0, *accumulate(map(season.is_study_day, range(goal)))]
    length = min(WEEK, goal)
    weeks = [
        Week(first, (totals[first + length] - totals[first]) / days)
        for first in range(goal - length + 1)
        if (days := studied[first + length] - studied[first])
    ]
    return max(weeks, key=lambda week: week.load)


class _Again(NamedTuple):
    """A day on which a card is studied, counted from the one on which it is new, and how long that takes."""

    after: int
    seconds: float


class Chooser:
    """Chooses from a queue for different days and minutes, and remembers how each card went.

    Only the work that must be done decides: cards that are due, and new ones. Weak cards that come again in the last
    days take what is left of the minutes.

    Args:
        queue: What may be chosen, the most important first.
        longest: The day of the first interview in the longest season that will be asked for.
    """

    def __init__(self, queue: Sequence[Unit], longest: int) -> None:
        self._queue = queue
        self._longest = longest
        self._aloud = [seconds for unit in queue for seconds in unit.aloud]
        self._cards = [0, *accumulate(len(unit.aloud) for unit in queue)]
        self._courses: dict[tuple[object, ...], tuple[_Again, ...]] = {}

    def cards(self, units: int) -> int:
        """Return how many Anki cards the first so many of the queue are."""
        return self._cards[units]

    def choose(self, season: Season, minutes: int) -> int:
        """Return how many of the first of the queue fit: no more would, or no more are left.

        More minutes never give fewer, as the same numbers are tried in the same order.
        """
        fits, too_many = 0, len(self._queue) + 1
        while too_many - fits > 1:
            # All of them first: that is what most hope for.
            tried = len(self._queue) if too_many > len(self._queue) else (fits + too_many) // 2
            if self._fits(tried, season, minutes * 60):
                fits = tried
            else:
                too_many = tried
        return fits

    def _fits(self, units: int, season: Season, seconds: float) -> bool:
        """Return whether a day of the busiest week takes so long at most, on average, if so many are learnt."""
        cards = self._cards[units]
        if cards * min(SECONDS_OF_NEW) > seconds * len(season.study_days(season.goal)):
            return False  # not even if all were easy and none came back; there is no need to study thousands to know
        loads = (self._load(cards, season, seed) for seed in SEEDS)
        return fmean(busiest_week(load, season).load for load in loads) <= seconds

    def _load(self, cards: int, season: Season, seed: int) -> dict[int, float]:
        """Return how long each day takes with so many cards."""
        retention, each = retention_of(cards), new_per_day(cards, season)
        days, goal = season.days_with_new, season.goal
        load: dict[int, float] = {}
        for number in range(cards):
            first = days[number // each]
            for again in self._course(number, first, retention, season, seed):
                day = first + again.after
                if day >= goal:
                    break
                load[day] = load.get(day, 0.0) + again.seconds
        return load

    def _course(self, number: int, first: int, retention: float, season: Season, seed: int) -> tuple[_Again, ...]:
        """Return the days on which a card is studied that is new on a certain day.

        Counted from that day they are always the same, but for days of rest, which move them: then it matters which day
        of the week it is.
        """
        weekday = season.date_of(first).weekday() if season.rest else None
        key = (number, retention, season.rest, weekday, seed)
        course = self._courses.get(key)
        if course is None:
            course = self._courses[key] = tuple(self._studied(number, first, retention, season, seed))
        return course

    def _studied(self, number: int, first: int, retention: float, season: Season, seed: int) -> Iterator[_Again]:
        learner, chance, aloud = Learner(retention), chance_of(seed, number), self._aloud[number]
        card, due, seconds = learner.meets(0, chance)
        yield _Again(0, seconds + aloud)
        while True:
            while season.rests_on(first + due):
                due += 1
            if due >= self._longest:
                return
            day = due
            card, due, seconds = learner.answers(card, day, chance)
            yield _Again(day, seconds + aloud)
