"""Dates as people read them: the same words on cards, in print and in tables."""

from __future__ import annotations

from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from cardgen.words import fill

if TYPE_CHECKING:
    from datetime import date

    from cardgen.words import Words


@lru_cache(maxsize=1024)
def day_in_words(written: str, words: Words) -> str:
    """Write ``2026``, ``2026-06`` or ``2026-06-30`` as people read it in a language."""
    year, *rest = written.split("-")
    if not rest:
        return year
    month = words.month_name(int(rest[0]))
    if len(rest) == 1:
        return fill(words.month, month=month, year=year)
    day = int(rest[1])
    return fill(words.day, day=words.first_day if day == 1 else day, month=month, year=year)


@lru_cache(maxsize=1024)
def end_in_words(day: date, words: Words) -> str:
    """Write the last day of a time as people read it: the month alone where the day is its last."""
    written = day.isoformat()
    return day_in_words(written[:7] if day.day == monthrange(day.year, day.month)[1] else written, words)
