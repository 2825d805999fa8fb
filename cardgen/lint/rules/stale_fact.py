"""P04: facts that are due for another check."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from cardgen.lint.base import Finding, Rule, Setting, Severity
from cardgen.lint.literature import SHORT_LIST
from cardgen.model import has_tag
from cardgen.model.when import as_date, is_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cardgen.lint.base import Settings
    from cardgen.lint.view import CardView
    from cardgen.model import Card


def check(card: CardView, settings: Settings) -> Iterator[Finding]:
    """Compare a card's dates with the day of the check (SOURCE_DATE_EPOCH, else today)."""
    day = card.shared.day
    if card.card.stale_after is not None and card.card.stale_after < day:
        yield Finding(f"the fact has been overdue since {card.card.stale_after}", ("stale_after",))
        return
    future = [name for name, written in _dates(card.card) if not is_named(written) and _is_after(written, day)]
    for name in future:
        yield Finding(f"`{name}` is {getattr(card.card, name)}, which is in the future", (name,))
    if future or not settings["days"] or card.card.stale_after is not None:
        return
    allowed = _allowed(card.card.tags, settings["days"])
    # Of a source without a date, the day on which it was read.
    for name, written in _dates(card.card)[:1]:
        last = _last(as_date(written))
        if allowed is not None and last is not None and (day - last).days > allowed:
            yield Finding(f"the fact is from {written}, more than {allowed} days old", (name,))


def _dates(card: Card) -> list[tuple[str, str]]:
    return [(name, written) for name, written in (("as_of", card.as_of), ("checked", card.checked)) if written]


def _is_after(written: str, day: date) -> bool:
    # Both are YYYY-MM-DD from the left.
    return written > day.isoformat()[: len(written)]


def _last(text: str) -> date | None:
    """Return the last day of a year, month or day; None if it does not exist, which CG308 reports."""
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    month = month or 12
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


def _allowed(tags: tuple[str, ...], days: Mapping[str, int]) -> int | None:
    found = [limit for tag, limit in days.items() if has_tag(tags, (tag,))]
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
    needs=frozenset({"as_of", "checked", "stale_after", "tags"}),
)
