"""The days of a plan: when to study, when to take up new cards, when to go through weak ones again.

Days are counted from the start, which is day 0. Nobody studies on the day of an interview itself, as far as the plan
goes.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from msgspec import Struct

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week, from Monday, as the command line and the JSON form write them."""

WEEK: Final = len(WEEKDAYS)
"""Days of a week."""

_WITHOUT_NEW: Final = ((28, 7), (14, 5), (10, 3), (7, 2))
"""How long a plan is at least, in days, and how many of its last days bring no new cards; a shorter one has them to the
end. Why: docs/plan.md, "The last days"."""

_TOP_UP: Final = 5
"""How many of the last days go through weak cards again: likewise."""

_LONG: Final = 14
"""A plan of fewer days does so only on those that bring no new cards."""


class Season(Struct, frozen=True):
    """The days between the start of a plan and its last interview.

    Attributes:
        start: The first day.
        interviews: In order, all after the start.
        rest: The days of the week without study; Monday is 0.
    """

    start: date
    interviews: tuple[date, ...]
    rest: frozenset[int] = frozenset()

    @property
    def goal(self) -> int:
        """The day of the first interview."""
        return self.day_of(self.interviews[0])

    @property
    def end(self) -> int:
        """The day of the last interview."""
        return self.day_of(self.interviews[-1])

    def day_of(self, when: date) -> int:
        """Return the number of a day."""
        return (when - self.start).days

    def date_of(self, day: int) -> date:
        """Return the date of a day."""
        return self.start + timedelta(days=day)

    def rests_on(self, day: int) -> bool:
        """Return whether a day is one of rest."""
        return bool(self.rest) and self.date_of(day).weekday() in self.rest

    def is_study_day(self, day: int) -> bool:
        """Return whether a day is one to study on: no day of rest, and no interview."""
        return not self.rests_on(day) and self.date_of(day) not in self.interviews

    def study_days(self, until: int) -> tuple[int, ...]:
        """Return the days to study on before a day."""
        return tuple(filter(self.is_study_day, range(until)))

    @property
    def days_with_new(self) -> tuple[int, ...]:
        """The days on which new cards may come; where all of these are days of rest, those left before the goal."""
        return self.study_days(_days_with_new(self.goal)) or self.study_days(self.goal)

    @property
    def days_of_top_up(self) -> tuple[int, ...]:
        """The last days before the goal, on which weak cards come again."""
        count = _TOP_UP if self.goal >= _LONG else min(_TOP_UP, self.goal - _days_with_new(self.goal))
        return tuple(filter(self.is_study_day, range(self.goal - count, self.goal)))


def _days_with_new(length: int) -> int:
    """Return on how many of its first days a plan of a length has new cards; one that is longer never on fewer."""
    return max(days - _without_new(days) for days in range(length + 1))


def _without_new(length: int) -> int:
    return next((count for least, count in _WITHOUT_NEW if length >= least), 0)
