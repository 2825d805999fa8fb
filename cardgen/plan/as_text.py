"""A plan for a terminal."""

from __future__ import annotations

import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cardgen.diagnostics import counted
from cardgen.diagnostics.shown import line
from cardgen.plan.planner import LATE
from cardgen.plan.simulate import LATER, WEAK
from cardgen.plan.steps import steps, written
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cardgen.plan.study_plan import Expected, StudyPlan

_WIDTH: Final = 100

_LATE_START: Final = (
    f"in fewer than {LATE} days new cards come to the end and are hardly repeated; the figure for the day is that of "
    "cramming, which fades"
)


def as_text(plan: StudyPlan, file: str) -> str:
    """Write a plan: what fits, what it takes, what to expect, and what to do in Anki.

    Args:
        plan: The plan.
        file: Name of its package.
    """
    rows = list(_rows(plan))
    width = max(len(label) for label, _ in rows)
    lines = [*_wrapped(_head(plan)), ""]
    lines += [part for label, text in rows for part in _wrapped(text, f"  {label:{width}}  ")]
    lines += ["", "In Anki:"]
    for number, step in enumerate(steps(plan, ENGLISH, file), 1):
        lines += _wrapped(step.plain, f"  {number}. ")
    return "\n".join(lines)


def _wrapped(text: str, label: str = "") -> list[str]:
    """Break a text into lines behind a label; a search or a name stays whole."""
    wrapped = textwrap.wrap(line(text), _WIDTH - len(label), break_long_words=False, break_on_hyphens=False)
    return [f"{label if number == 0 else ' ' * len(label)}{part}" for number, part in enumerate(wrapped)]


def _head(plan: StudyPlan) -> str:
    what = ", ".join(filter(None, (plan.title, plan.edition)))
    days, first = plan.season.goal, plan.season.interviews[0]
    length = counted(days, "day")
    return f"{what}: {length} to the interview on {_day(first)}, {plan.minutes} minutes a day"


def _rows(plan: StudyPlan) -> Iterator[tuple[str, str]]:
    yield "chosen", f"{plan.cards:,} of {counted(plan.available, 'card')}"
    for level, shares in groupby(plan.shares, key=lambda share: share.level):
        yield f"  {level or 'other'}", ", ".join(f"{share.deck} {share.cards:,} of {share.of:,}" for share in shares)
    yield "new cards", _new(plan)
    yield "minutes", _minutes(plan)
    for expected in plan.expected:
        yield "on the day" if len(plan.expected) == 1 else f"on {expected.day}", _expected(expected)
    yield f"{LATER} days on", f"{plan.later.recall:.1%} of them, if you stop studying"
    if plan.season.goal < LATE:
        yield "late start", _LATE_START
    if plan.left_out:
        first = plan.left_out[0]
        yield "left out", f"{counted(plan.available - plan.cards, 'card')}, from {first.deck.id}/{first.card.id} on"
    if plan.with_minutes is not None:
        yield f"+{plan.with_minutes.more} minutes", f"{counted(plan.with_minutes.cards, 'card')} would fit"
    if plan.with_days is not None:
        yield f"+{plan.with_days.more} days", f"{counted(plan.with_days.cards, 'card')} would fit"


def _new(plan: StudyPlan) -> str:
    start, end = plan.new_days
    if start == end:
        return f"all on {_day(start)}"
    return f"{plan.new_per_day:,} a day, {_day(start)} to {_day(end)}"


def _minutes(plan: StudyPlan) -> str:
    first, minutes = plan.busiest_week
    busiest = plan.busiest_day
    return (
        f"{plan.mean_minutes:.0f} a day on average, {minutes:.0f} in the busiest week (from {_day(first)}), "
        f"{busiest.minutes:.0f} on the busiest day ({_day(busiest.day)})"
    )


def _expected(expected: Expected) -> str:
    weak = "none" if not expected.weak else f"{expected.weak:.0f}" if expected.weak >= 1 else "fewer than 1"
    return f"{expected.recall:.1%} of them remembered, if the model fits you; {weak} with a chance below {WEAK:.0%}"


def _day(day: date) -> str:
    return written(day, ENGLISH)
