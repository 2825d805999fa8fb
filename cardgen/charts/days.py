"""Days as timelines show them, independent of what draws them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from cardgen.words import fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardgen.charts.model import Span, Timeline

_MOST_MONTHS: Final = 24
"""A longer calendar has ticks at years instead of months."""
_MOST_TICKS: Final = 100
"""A calendar of more years has a tick every 10 or 100 years; more ticks would merge."""


class Calendar:
    """The calendar of a timeline: whole months, from the first day of one to the first day after another.

    Args:
        chart: The timeline.

    Attributes:
        first: The first day.
        last: The day after the last; the last day itself if that is 9999-12-31, where the calendar ends.
        has_years: Whether its ticks are years, so that days are shown with their year.
    """

    def __init__(self, chart: Timeline) -> None:
        self._words = chart.words
        days = [day for _, day in chart.marks]
        self.first = min([*days, *(span.start for span in chart.spans)]).replace(day=1)
        self.last = _next_month(max([*days, *(span.end for span in chart.spans)]))
        months = 12 * (self.last.year - self.first.year) + self.last.month - self.first.month
        self.has_years = months > _MOST_MONTHS

    def place(self, day: date, *, end: bool = False) -> float:
        """Return the position of the beginning of a day, or of its end, from 0 to 1."""
        return min(1.0, ((day - self.first).days + end) / (self.last - self.first).days)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """Yield the first days of months or years, with their names."""
        if not self.has_years:
            day = self.first
            while day < self.last:
                yield day, self._month(day) + (f" {day.year}" if day == self.first or day.month == 1 else "")
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
        """Return the time of a step, no more precise than its author wrote it."""
        first, _, last = span.written.partition("/")
        parts = [self.short(day, part) for day, part in ((span.start, first), (span.end, last)) if part]
        return "\N{EN DASH}".join(dict.fromkeys(parts))

    def short(self, day: date, written: str = "YYYY-MM-DD") -> str:
        """Return a day, a month or a year, whichever its author wrote."""
        year = f" {day.year}" if self.has_years else ""
        match written.count("-"):
            case 0:
                return str(day.year)
            case 1:
                return self._month(day) + year
            case _:
                number = self._words.first_day if day.day == 1 else day.day
                return fill(self._words.short_day, day=number, month=self._month(day)) + year

    def _month(self, day: date) -> str:
        return self._words.short_month_name(day.month)


def _next_month(day: date) -> date:
    """Return the first day of the next month, or `date.max` if there is none."""
    if (day.year, day.month) == (date.max.year, 12):
        return date.max
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
