"""P04: facts that are due for another check."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare a card's dates with the day of the check (SOURCE_DATE_EPOCH, else today)."""
    day = card.shared.day
    if card.card.stale_after is not None and card.card.stale_after < day:
        yield Finding(f"the fact has been overdue since {card.card.stale_after}", ("stale_after",))
        return
    if not card.card.as_of:
        return
    # Both are prefixes of YYYY-MM-DD.
    if card.card.as_of > day.isoformat()[: len(card.card.as_of)]:
        yield Finding(f"`as_of` is {card.card.as_of}, which is in the future", ("as_of",))
    elif settings["days"] and card.card.stale_after is None:
        allowed = _allowed(card.card.tags, settings["days"])
        last = _last(card.card.as_of)
        if allowed is not None and last is not None and (day - last).days > allowed:
            yield Finding(f"the fact is from {card.card.as_of}, more than {allowed} days old", ("as_of",))


def _last(text: str) -> date | None:
    """Return the last day of a year, month or day; None if it does not exist, which CG308 reports."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _allowed(tags: tuple[str, ...], days: Mapping[str, int]) -> int | None:
    found = [limit for tag, limit in days.items() if any(own == tag or own.startswith(f"{tag}::") for own in tags)]
    return min(found, default=None)


RULE = Rule(
    code="P04",
    name="stale-fact",
    severity=Severity.WARNING,
    finds="A fact is past its `stale_after`, older than its tag allows, or dated in the future.",
    why="An outdated fact can do harm.",
    way_out="Check it again and update the dates, or retire the card.",
    references=(SHORT_LIST,),
    bad="""\
- id: payment-rule
  kind: basic
  front: Until when did the payment rule of 2025 run?
  back: Until September 2020
  as_of: 2019-10
  stale_after: ⟦2020-09-30⟧
""",
    good="""\
- id: payment-rule
  kind: basic
  front: Until when did the payment rule of 2025 run?
  back: Until September 2026
  as_of: 2025-10
  stale_after: 9999-12-31
""",
    settings=(
        Setting("days", {}, "By tag, the days after `as_of` for which a fact without `stale_after` is trusted."),
    ),
    card=check,
    needs=frozenset({"as_of", "stale_after", "tags"}),
)
