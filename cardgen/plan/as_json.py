"""A plan for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cardgen.diagnostics.shown import json_document
from cardgen.plan.season import WEEKDAYS
from cardgen.plan.steps import search_of, steps
from cardgen.words import ENGLISH

if TYPE_CHECKING:
    from cardgen.plan.study_plan import Expected, Offer, PlannedDay, StudyPlan

JSON_VERSION: Final = 1
"""Version of the JSON form; it grows when a field changes its meaning or goes away."""


def as_json(plan: StudyPlan, file: str) -> str:
    """Write a plan; docs/plan.md describes the fields.

    Args:
        plan: The plan.
        file: Name of its package.
    """
    start, end = plan.new_days
    week, minutes = plan.busiest_week
    return json_document(
        {
            "version": JSON_VERSION,
            "title": plan.title,
            "edition": plan.edition,
            "start": plan.season.start.isoformat(),
            "interviews": [day.isoformat() for day in plan.season.interviews],
            "rest": [WEEKDAYS[day] for day in sorted(plan.season.rest)],
            "minutes": plan.minutes,
            "cards": plan.cards,
            "available": plan.available,
            "shares": [{"deck": s.deck, "level": s.level, "cards": s.cards, "of": s.of} for s in plan.shares],
            "new": {"per_day": plan.new_per_day, "first": start.isoformat(), "last": end.isoformat()},
            "desired_retention": plan.retention,
            "top_up": None
            if plan.top_up is None
            else {"days": [day.isoformat() for day in plan.top_up.days], "limit": plan.top_up.limit},
            "search": search_of(plan),
            "mean_minutes": round(plan.mean_minutes, 1),
            "busiest_week": {"first": week.isoformat(), "minutes": round(minutes, 1)},
            "busiest_day": {"day": plan.busiest_day.day.isoformat(), "minutes": round(plan.busiest_day.minutes, 1)},
            "expected": [_expected(expected) for expected in plan.expected],
            "later": _expected(plan.later),
            "with_minutes": _offer(plan.with_minutes),
            "with_days": _offer(plan.with_days),
            "steps": [step.plain for step in steps(plan, ENGLISH, file)],
            "days": [_day(day) for day in plan.days],
            "chosen": [f"{unit.deck.id}/{unit.card.id}" for unit in plan.chosen],
        }
    )


def _expected(expected: Expected) -> dict[str, Any]:
    return {"day": expected.day.isoformat(), "recall": round(expected.recall, 3), "weak": round(expected.weak, 1)}


def _offer(offer: Offer | None) -> dict[str, int] | None:
    return None if offer is None else {"more": offer.more, "cards": offer.cards}


def _day(day: PlannedDay) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "new": day.new,
        "due": round(day.due, 1),
        "weak": round(day.weak, 1),
        "minutes": round(day.minutes, 1),
    }
