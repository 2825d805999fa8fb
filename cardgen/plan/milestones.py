"""The days of a plan that are not like the others, for calendars and paper."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cardgen.plan.season import Season
    from cardgen.plan.study_plan import StudyPlan

_MOCK: Final = ((14, (10, 4)), (7, (3,)))
"""How long a plan is at least, in days, and how many days before the interview to practise it with somebody: late
enough to have cards to speak from, and early enough to change something. Why two: docs/plan.md."""


class Occasion(StrEnum):
    """What happens on a day: the name of the entry of the words that says it."""

    START = "plan_start"
    LAST_NEW = "plan_last_new"
    TOP_UP = "plan_top_up"
    MOCK = "plan_mock"
    EVE = "plan_eve"
    INTERVIEW = "interview"


class Milestone(Struct, frozen=True):
    """A day, and what happens on it; several things on one day are several milestones."""

    day: date
    occasion: Occasion


def milestones(plan: StudyPlan) -> tuple[Milestone, ...]:
    """Return the days that are not like the others, in order."""
    return tuple(sorted(_milestones(plan), key=lambda stone: stone.day))


def _milestones(plan: StudyPlan) -> Iterator[Milestone]:
    season = plan.season
    yield Milestone(plan.new_days[0], Occasion.START)
    yield Milestone(plan.new_days[1], Occasion.LAST_NEW)
    for day in _mock_interviews(season):
        yield Milestone(season.date_of(day), Occasion.MOCK)
    for top_up in plan.top_up.days if plan.top_up else ():
        yield Milestone(top_up, Occasion.TOP_UP)
    for interview in season.interviews:
        eve = season.day_of(interview) - 1
        if eve >= 0 and season.date_of(eve) not in season.interviews:
            yield Milestone(season.date_of(eve), Occasion.EVE)
        yield Milestone(interview, Occasion.INTERVIEW)


def _mock_interviews(season: Season) -> Iterator[int]:
    """Yield the days on which to practise: days to study on, moved forward if need be."""
    before = next((days for least, days in _MOCK if season.goal >= least), ())
    for days in before:
        wanted = season.goal - days
        yield next((day for day in range(wanted, -1, -1) if season.is_study_day(day)), wanted)
