"""A plan on paper: its numbers, a calendar to tick off, and the steps."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cardgen._version import __version__
from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.plan.milestones import Occasion, milestones
from cardgen.plan.season import WEEK
from cardgen.plan.steps import steps, written
from cardgen.print import lacking
from cardgen.print.plan_page import PlanDay, PlanSheet, set_plan
from cardgen.print.workers import PrintingError
from cardgen.words import fill
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from cardgen.export import Content
    from cardgen.plan.bundle import PlanBundle
    from cardgen.plan.study_plan import StudyPlan
    from cardgen.words import Words

SUFFIX: Final = ".pdf"

_SEPARATOR: Final = " · "


def content(bundle: PlanBundle) -> Content:
    """Return the page as PDF.

    Raises:
        PrintingError: If it cannot be set.
    """
    if why := lacking():
        raise PrintingError(why)
    return set_plan(sheet_of(bundle), bundle.printing)


def sheet_of(bundle: PlanBundle) -> PlanSheet:
    """Return what the page says."""
    plan, words = bundle.plan, bundle.words
    return PlanSheet(
        title=f"{words.plan}{_SEPARATOR}{plan.title.split(DECK_SEPARATOR)[-1]}",
        subtitle=_subtitle(plan, words),
        figures=tuple(_figures(plan, words)),
        heading=words.plan_calendar,
        weekdays=tuple(words.short_weekday_name(day) for day in range(WEEK)),
        weeks=tuple(_weeks(plan, words)),
        steps_heading=words.plan_in_anki,
        steps=tuple(
            tuple((run.text, run.look) for run in step.runs) for step in steps(plan, words, f"{bundle.name}.apkg")
        ),
        imprint=_SEPARATOR.join((f"cardgen {__version__}", bundle.name)),
        day=plan.season.start,
        language=plan.decks[0].language,
        words=words,
    )


def _subtitle(plan: StudyPlan, words: Words) -> str:
    days = ", ".join(written(day, words) for day in plan.season.interviews)
    return _SEPARATOR.join(filter(None, (f"{fill(words.label, label=words.interview)} {days}", plan.edition)))


def _figures(plan: StudyPlan, words: Words) -> Iterator[tuple[str, str]]:
    yield fill(words.plan_cards, n=plan.cards, count=plan.available), words.plan_cards_note
    start, end = (day_in_words(day.isoformat(), words) for day in plan.new_days)
    yield fill(words.plan_new, n=plan.new_per_day), fill(words.plan_new_note, start=start, end=end)
    most = round(plan.busiest_week[1])
    yield fill(words.plan_minutes, n=round(plan.mean_minutes)), fill(words.plan_minutes_note, most=most)
    yield fill(words.plan_recall, n=round(100 * plan.expected[0].recall)), words.plan_recall_note


def _weeks(plan: StudyPlan, words: Words) -> Iterator[tuple[PlanDay | None, ...]]:
    """Yield the weeks from the first day to the last interview, each from Monday to Sunday."""
    start, last = plan.season.start, plan.season.interviews[-1]
    minutes = {day.day: day.minutes for day in plan.days}
    occasions: defaultdict[date, list[Occasion]] = defaultdict(list)
    for milestone in milestones(plan):
        occasions[milestone.day].append(milestone.occasion)
    monday = start - timedelta(days=start.weekday())
    while monday <= last:
        days = [monday + timedelta(days=day) for day in range(WEEK)]
        yield tuple(_day(day, plan, minutes, occasions[day], words) if start <= day <= last else None for day in days)
        monday += timedelta(days=WEEK)


def _day(
    day: date, plan: StudyPlan, minutes: Mapping[date, float], occasions: Sequence[Occasion], words: Words
) -> PlanDay:
    is_named = day.day == 1 or day == plan.season.start
    date = fill(words.short_day, day=day.day, month=words.short_month_name(day.month)) if is_named else str(day.day)
    tasks = tuple(words[occasion] for occasion in occasions)
    if day in plan.season.interviews:
        return PlanDay(date, "", tasks, "interview")
    if day not in minutes:
        return PlanDay(date, "", (*tasks, words.plan_rest), "rest")
    return PlanDay(date, fill(words.plan_day_minutes, n=max(1, round(minutes[day]))), tasks)
