"""What a plan is asked for, and what of it makes no sense."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cardgen.errors import UsageError
from cardgen.model import Selection
from cardgen.model.edition import suffix
from cardgen.plan.season import WEEK, Season

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

FEWEST_MINUTES: Final = 5
MOST_MINUTES: Final = 480
"""Minutes a day that can be planned with: a couple of cards take five, and nobody studies cards for eight hours."""

LONGEST: Final = 366
"""Days that a plan may have."""


class PlanRequest(Struct, frozen=True):
    """What to plan.

    Attributes:
        season: The days.
        minutes: Minutes a day.
        decks: Folder of the decks; None as for a build.
        names: Names of decks, the most important first; empty for all.
        variants: Names of variants; cards of any of them may be chosen. None for whole decks.
        where: Pairs of a facet, `kind` or `tags` and a value; only cards that carry all may be chosen.
        languages: Languages of decks; empty for decks in their own, and for translations that are named.
        tier: Up to which tier kinds of one's own make cards; only decks that have it are planned. Empty for all.
    """

    season: Season
    minutes: int
    decks: Path | None = None
    names: Sequence[str] = ()
    variants: Sequence[str] = ()
    where: Sequence[tuple[str, str]] = ()
    languages: Sequence[str] = ()
    tier: str = ""

    @property
    def stem(self) -> str:
        """What the names of the plan's files begin with: what it is of, and the day of the first interview."""
        demands = Selection(tuple((key, frozenset({value})) for key, value in self.where))
        day = str(self.season.interviews[0])
        return "-".join(
            filter(
                None,
                ("plan", *self.names, *self.languages, *self.variants, self.tier, *suffix(demands), day),
            )
        )


def season_of(start: date, interviews: Sequence[date], rest: Sequence[int] = ()) -> Season:
    """Return the days of a plan.

    Args:
        start: The first day.
        interviews: In any order.
        rest: The days of the week without study; Monday is 0.

    Raises:
        UsageError: If there is no interview, one is not after the start or too far away, or there is no day to study.
    """
    if not interviews:
        raise UsageError("a plan needs a day to lead to: --interview 2027-01-15")
    ordered = tuple(sorted(set(interviews)))
    for day in ordered:
        if day <= start:
            far = "it is the first day itself" if day == start else f"the plan starts later, on {start}"
            raise UsageError(f"--interview {day}: {far}; name a later day, or an earlier one with --start")
        if (day - start).days > LONGEST:
            raise UsageError(
                f"--interview {day}: it is {(day - start).days:,} days after the start, {start}, and a plan has at "
                f"most {LONGEST}; name a later day with --start"
            )
    season = Season(start, ordered, frozenset(rest))
    if not season.study_days(season.goal):
        days = "every day" if len(season.rest) == WEEK else f"every day before {ordered[0]}"
        raise UsageError(f"--rest: {days} is one of rest, and none is left to study; name fewer")
    return season


def check_minutes(minutes: int) -> None:
    """Refuse minutes that no plan can be made for.

    Raises:
        UsageError: If there are too few or too many.
    """
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise UsageError(f"--minutes {minutes}: a day has from {FEWEST_MINUTES} to {MOST_MINUTES} of them to plan with")
