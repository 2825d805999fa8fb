"""Dates as people read them: the same words on cards, in print and in tables."""

from __future__ import annotations

from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
"""English, as all words that cardgen itself puts on cards."""


@lru_cache(maxsize=1024)
def day_in_words(written: str) -> str:
    """Write ``2026``, ``2026-06`` or ``2026-06-30`` as people read it."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = _MONTHS[int(rest[0]) - 1]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


@lru_cache(maxsize=1024)
def end_in_words(day: date) -> str:
    """Write the last day of a time as people read it: the month alone where the day is its last."""
    written = day.isoformat()
    return day_in_words(written[:7] if day.day == monthrange(day.year, day.month)[1] else written)
