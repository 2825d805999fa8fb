"""Days as timelines show them, whatever they are drawn with."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.charts.model import Span, Timeline

MONTHS: Final = tuple(month_abbr)
"""Short names, from 1 on; English, as all words that cardgen itself puts on cards."""

_MOST_MONTHS: Final = 24
"""A longer calendar is divided by years."""
_MOST_TICKS: Final = 100
"""A longer one by tens of years, or hundreds: more lines would run into one."""


class Calendar:
    """The days under a timeline: whole months, from the first day of one to the first after another.

    Args:
        chart: The timeline.

    Attributes:
        first: The first day.
        last: The day after the last; the last itself where the calendar ends, on 9999-12-31.
        has_years: Whether it is divided by years, so that days need theirs to be told apart.
    """

    def __init__(self, chart: Timeline) -> None:
        days = [day for _, day in chart.marks]
        self.first = min([*days, *(span.start for span in chart.spans)]).replace(day=1)
        self.last = _next_month(max([*days, *(span.end for span in chart.spans)]))
        months = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month
        self.has_years = months > _MOST_MONTHS

    def place(self, day: date, *, end: bool = False) -> float:
        """Give the place of a day's beginning, or of its end, from 0 to 1."""
        return min(1.0, ((day - self.first).days + end) / (self.last - self.first).days)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Give the beginnings of months or years, with their names."""
        if not self.has_years:
            day = self.first
            while day < self.last:
                yield day, MONTHS[day.month] + (f" {day.year}" if day == self.first or day.month == 1 else "")
                day = _next_month(day)
            return
        step = 1
        while (self.last.year - self.first.year) // step > _MOST_TICKS:
            step *= 10
        for year in range(self.first.year, self.last.year + 1):
            day = max(self.first, date(year, 1, 1))
            if year % step == 0 and day < self.last:
                yield day, str(year)

    def told(self, span: Span) -> str:
        """Say when a step is, as short as its author's own precision allows."""
        first, _, last = span.written.partition("/")
        parts = [self.short(day, part) for day, part in ((span.start, first), (span.end, last)) if part]
        return "\N{EN DASH}".join(dict.fromkeys(parts))

    def short(self, day: date, written: str = "YYYY-MM-DD") -> str:
        """Say a day, a month or a year, whichever its author wrote."""
        year = f" {day.year}" if self.has_years else ""
        match written.count("-"):
            case 0:
                return str(day.year)
            case 1:
                return MONTHS[day.month] + year
            case _:
                return f"{day.day} {MONTHS[day.month]}{year}"


def _next_month(day: date) -> date:
    """Give the first day of the next month; the last day that there is where no month follows."""
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
