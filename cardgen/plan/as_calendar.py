"""A plan for calendars: the days that are not like the others, each for all day, none repeated daily.

The same plan gives the same bytes: what iCalendar wants to know of the clock is the plan's first day.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, Event

from cardgen._version import __version__
from cardgen.diagnostics.shown import line
from cardgen.plan.milestones import Occasion, milestones
from cardgen.plan.steps import steps
from cardgen.words import fill

if TYPE_CHECKING:
    from cardgen.export import Content
    from cardgen.plan.bundle import PlanBundle
    from cardgen.plan.milestones import Milestone

SUFFIX: Final = ".ics"


def content(bundle: PlanBundle) -> Content:
    """Return the file, an iCalendar (RFC 5545)."""
    calendar = Calendar()
    calendar.add("prodid", f"-//cardgen {__version__}//plan//")
    calendar.add("version", "2.0")
    for milestone in milestones(bundle.plan):
        calendar.add_component(_event(bundle, milestone))
    return bytes(calendar.to_ical())


def _event(bundle: PlanBundle, milestone: Milestone) -> Event:
    plan, words = bundle.plan, bundle.words
    said = words[milestone.occasion]
    label = "" if milestone.occasion is Occasion.INTERVIEW else f"{fill(words.label, label=words.plan)} "
    event = Event()
    event.add("uid", f"{_identity(bundle, milestone)}@cardgen")
    event.add("dtstamp", datetime.combine(plan.season.start, time(), UTC))
    event.add("dtstart", milestone.day)
    event.add("dtend", milestone.day + timedelta(days=1))
    event.add("summary", line(label + said))
    if text := _description(bundle, milestone.occasion):
        event.add("description", text)
    # It is a reminder, and blocks no time.
    event.add("transp", "TRANSPARENT")
    return event


def _identity(bundle: PlanBundle, milestone: Milestone) -> str:
    """Return what tells an event from all others: a plan that is imported again is the same one."""
    named = f"{bundle.name}\n{milestone.day}\n{milestone.occasion}"
    return hashlib.blake2b(named.encode(), digest_size=16).hexdigest()


def _description(bundle: PlanBundle, occasion: Occasion) -> str:
    """Return what to do from then on: the steps in Anki that begin with an occasion, by their numbers."""
    found = enumerate(steps(bundle.plan, bundle.words, f"{bundle.name}.apkg"), 1)
    return "\n".join(f"{number}. {line(step.plain)}" for number, step in found if step.occasion is occasion)
