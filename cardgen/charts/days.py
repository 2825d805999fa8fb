"""Days as timelines show them, whatever they are drawn with."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cardgen.charts.model import Span

MONTHS: Final = tuple(month_abbr)
"""Short names, from 1 on; English, as all words that cardgen itself puts on cards."""


def next_month(day: date) -> date:
    """Give the first day of the next month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def told(span: Span) -> str:
    """Say when a step is, as short as its author's own precision allows."""
    first, _, last = span.written.partition("/")
    parts = [short(day, part) for day, part in ((span.start, first), (span.end, last)) if part]
    return "\N{EN DASH}".join(dict.fromkeys(parts))


def short(day: date, written: str = "YYYY-MM-DD") -> str:
    """Say a day, a month or a year, whichever its author wrote."""
    match written.count("-"):
        case 0:
            return str(day.year)
        case 1:
            return MONTHS[day.month]
        case _:
            return f"{day.day} {MONTHS[day.month]}"
