"""From what is asked for to a plan: finds the decks, chooses, and studies the choice day by day."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from statistics import fmean
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from cardgen.build.compile import compile_collection
from cardgen.build.plan import editions
from cardgen.build.request import Request
from cardgen.errors import UsageError
from cardgen.notes import at_tier
from cardgen.plan.choose import SEEDS, Chooser, busiest_week, new_per_day, retention_of
from cardgen.plan.queue import LEVEL, queue
from cardgen.plan.request import MOST_MINUTES, check_minutes
from cardgen.plan.simulate import LATER, Course, simulate
from cardgen.plan.study_plan import Expected, Offer, PlannedDay, Share, StudyPlan, TopUp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cardgen.build.compiled import CompiledDeck
    from cardgen.diagnostics import Diagnostic
    from cardgen.model import Collection, Deck
    from cardgen.model.edition import Edition
    from cardgen.notes import Note
    from cardgen.plan.queue import Unit
    from cardgen.plan.request import PlanRequest
    from cardgen.plan.season import Season
    from cardgen.plan.simulate import Remembered, Run

MORE_MINUTES: Final = 10
MORE_DAYS: Final = 14
"""Where cards are left out, a plan says how many more would fit with so much more time."""

LATE: Final = 7
"""A plan of fewer days is one of cramming."""

_TOPPED_UP_IN: Final = 5
"""In so many days each card could come once more: docs/plan.md, "The last days"."""


class Pool(Struct, frozen=True):
    """What a plan chooses from.

    Attributes:
        title: What the cards are called together.
        edition: What they are cut by, for people; empty for whole decks.
        units: All that may be chosen, the most important first.
        collection: The collection.
        decks: Its decks with their notes, by their ids.
        tier: Up to which tier kinds of one's own make cards; empty for all.
    """

    title: str
    edition: str
    units: tuple[Unit, ...]
    collection: Collection
    decks: Mapping[str, CompiledDeck]
    tier: str = ""


def find(request: PlanRequest) -> tuple[Pool | None, tuple[Diagnostic, ...]]:
    """Return what may be chosen, or None, and what was found on the way.

    Raises:
        UsageError: If the request makes no sense.
    """
    names = tuple(dict.fromkeys(request.names))
    compiled = compile_collection(request.decks, names, languages=request.languages)
    collection = compiled.collection
    if collection is None:
        return None, compiled.diagnostics
    tiers = (request.tier,) if request.tier else ()
    wanted = Request(request.decks, request.names, request.variants, request.where, tiers=tiers)
    cut, problems = editions(wanted, collection)
    if problems:
        return None, (*problems, *compiled.diagnostics)
    if not (request.names or request.languages):
        # Nobody learns a card in each of its languages.
        cut = tuple(edition for edition in cut if edition.deck.translation is None)
    rank = {name: number for number, name in enumerate(request.names)}
    cut = tuple(sorted(cut, key=lambda edition: rank.get(edition.deck.name, len(rank))))
    decks = {deck.deck.id: deck for deck in compiled.decks}

    def notes_of(deck: Deck) -> Sequence[Note]:
        notes = decks[deck.id].notes
        return tuple(at_tier(notes, request.tier)) if request.tier else notes

    units = queue(cut, collection.facets.get(LEVEL, ()), notes_of)
    title = cut[0].deck.title if len({edition.deck.id for edition in cut}) == 1 else collection.title
    return Pool(title, _edition(cut), units, collection, decks, request.tier), compiled.diagnostics


def _edition(cut: Sequence[Edition]) -> str:
    return ", ".join(dict.fromkeys(edition.title for edition in cut if edition.title))


def make_plan(units: tuple[Unit, ...], season: Season, minutes: int, title: str = "", edition: str = "") -> StudyPlan:
    """Return the plan that has most of what may be chosen.

    Args:
        units: What may be chosen, the most important first; there is something.
        season: The days.
        minutes: Minutes a day.
        title: What the cards are called together.
        edition: What they are cut by, for people.

    Raises:
        UsageError: If there are too few minutes or too many.
    """
    check_minutes(minutes)
    longer = _longer(season)
    chooser = Chooser(units, longer.goal)
    count = chooser.choose(season, minutes)
    if not count:
        raise UsageError(f"--minutes {minutes}: not even the first card fits into them; plan with more")
    chosen, left_out = units[:count], units[count:]
    course = _course(chooser.cards(count), season, minutes)
    aloud = [seconds for unit in chosen for seconds in unit.aloud]
    went = _Average([simulate(aloud, course, seed) for seed in SEEDS], season)
    return StudyPlan(
        title=title,
        edition=edition,
        season=season,
        minutes=minutes,
        chosen=chosen,
        left_out=left_out,
        shares=tuple(_shares(chosen, units)),
        new_per_day=course.new[0],
        new_days=_new_days(course, season),
        retention=course.retention,
        top_up=_top_up(course, season),
        days=went.days,
        busiest_week=went.busiest_week,
        expected=went.expected,
        later=went.later,
        with_minutes=_with_minutes(chooser, season, minutes) if left_out else None,
        with_days=Offer(MORE_DAYS, chooser.cards(chooser.choose(longer, minutes))) if left_out else None,
    )


def _longer(season: Season) -> Season:
    later = timedelta(days=MORE_DAYS)
    return replace(season, interviews=tuple(day + later for day in season.interviews))


def _course(cards: int, season: Season, minutes: int) -> Course:
    each = new_per_day(cards, season)
    full, rest = divmod(cards, each)
    return Course(
        study=season.study_days(season.end),
        new=(each,) * full + (rest,) * bool(rest),
        retention=retention_of(cards),
        goals=tuple(map(season.day_of, season.interviews)),
        top_up=frozenset(season.days_of_top_up),
        top_up_limit=-(-cards // _TOPPED_UP_IN),
        seconds=60.0 * minutes,
    )


def _new_days(course: Course, season: Season) -> tuple[date, date]:
    return season.date_of(course.study[0]), season.date_of(course.study[len(course.new) - 1])


def _top_up(course: Course, season: Season) -> TopUp | None:
    days = tuple(season.date_of(day) for day in sorted(course.top_up))
    return TopUp(days, course.top_up_limit) if days else None


def _with_minutes(chooser: Chooser, season: Season, minutes: int) -> Offer | None:
    more = minutes + MORE_MINUTES
    return Offer(MORE_MINUTES, chooser.cards(chooser.choose(season, more))) if more <= MOST_MINUTES else None


def _shares(chosen: Sequence[Unit], units: Sequence[Unit]) -> Iterator[Share]:
    have, there_are = _counted(chosen), _counted(units)
    for (deck, level), cards in there_are.items():
        yield Share(deck, level, have[deck, level], cards)


def _counted(units: Sequence[Unit]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for unit in units:
        counts[unit.deck.name, unit.level] += len(unit.aloud)
    return counts


class _Average:
    """What several runs of a course come to on average."""

    def __init__(self, runs: Sequence[Run], season: Season) -> None:
        self._runs = runs
        self._season = season

    @property
    def days(self) -> tuple[PlannedDay, ...]:
        """What to expect of each day."""
        return tuple(
            PlannedDay(
                day=self._season.date_of(same[0].day),
                new=same[0].new,
                due=fmean(worked.due for worked in same),
                weak=fmean(worked.weak for worked in same),
                minutes=fmean(worked.seconds for worked in same) / 60,
            )
            for same in zip(*(run.days for run in self._runs), strict=True)
        )

    @property
    def busiest_week(self) -> tuple[date, float]:
        """The busiest week before the first interview: its first day, and the minutes of a day in it."""
        minutes = {self._season.day_of(day.day): day.minutes for day in self.days}
        week = busiest_week(minutes, self._season)
        return self._season.date_of(week.day), week.load

    @property
    def expected(self) -> tuple[Expected, ...]:
        """What is remembered on the day of each interview."""
        goals = zip(*(run.goals for run in self._runs), strict=True)
        return tuple(_expected(day, same) for day, same in zip(self._season.interviews, goals, strict=True))

    @property
    def later(self) -> Expected:
        """What is remembered long after the last one."""
        return _expected(self._season.date_of(self._season.end + LATER), [run.later for run in self._runs])


def _expected(day: date, same: Sequence[Remembered]) -> Expected:
    return Expected(day, fmean(found.share for found in same), fmean(found.weak for found in same))
