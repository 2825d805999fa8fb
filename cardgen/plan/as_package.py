"""A plan for Anki: its cards in a package of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.anki.collection import DECK_SEPARATOR
from cardgen.anki.plan_package import PlanNumbers, plan_package

if TYPE_CHECKING:
    from cardgen.export import Content
    from cardgen.plan.bundle import PlanBundle

SUFFIX: Final = ".apkg"


def content(bundle: PlanBundle) -> Content:
    """Return the package, with a preset that is called as the cards are and has the plan's numbers."""
    plan = bundle.plan
    name = f"{plan.title.replace(DECK_SEPARATOR, ' - ')}, {plan.season.interviews[0]}"
    return plan_package(name, bundle.stages, PlanNumbers(plan.new_per_day, plan.retention)).write_to
