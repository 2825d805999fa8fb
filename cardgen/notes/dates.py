"""Dates as people read them: the same words on cards, in print and in tables."""

from __future__ import annotations

from calendar import monthrange
from functools import lru_cache
from typing import TYPE_CHECKING

from cardgen.model.when import is_named
from cardgen.words import fill
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from datetime import date

    from cardgen.words import Words


@lru_cache(maxsize=1024)
def dated(as_of: str, checked: str, words: Words) -> str:
    """Return the line that says when a fact was true and when its sources were last read, or nothing.

    Args:
        as_of: As a card has it: ``2026-06``, ``2026 Match`` or empty.
        checked: Likewise; of a day, people need the month.
        words: The catalogue of the deck's language.
    """
    parts = []
    if as_of:
        parts.append(fill(words.as_of, date=_in_a_sentence(as_of, words)))
    if checked:
        month = checked if is_named(checked) else checked[: len("2026-11")]
        parts.append(fill(words.checked, date=_in_a_sentence(month, words)))
    line = " · ".join(parts)
    return f"{line[:1].upper()}{line[1:]}"


def _in_a_sentence(written: str, words: Words) -> str:
    """Write a date; in English, what has a name gets the article: the 2026 Match, but Match 2026."""
    if is_named(written) and not written.rpartition(" ")[2][:1].isdigit():
        return fill(words.season, season=written)
    return day_in_words(written, words)


@lru_cache(maxsize=1024)
def end_in_words(day: date, words: Words) -> str:
    """Write the last day of a time as people read it: the month alone where the day is its last."""
    written = day.isoformat()
    return day_in_words(written[:7] if day.day == monthrange(day.year, day.month)[1] else written, words)
