"""Where everything of a timeline stands, independent of what draws it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardgen.charts.days import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from cardgen.charts.lettering import Lettering
    from cardgen.charts.model import Span, Timeline

# Distances, in sizes of the small letters.
_BESIDE: Final = 0.5
"""From a bar to its time."""
_THICK: Final = 0.55
"""How wide a bar is at least."""
_NAMES: Final = 0.6
"""From the name of a month to the next."""
_EDGE: Final = 0.4
"""From the calendar's end to the edge of the drawing."""
_ROUNDING: Final = 1e-6
"""By how much sums of distances may be off."""


class Step(NamedTuple):
    """A step.

    Attributes:
        number: As shown.
        start, end: Where its bar begins and ends.
        words: Its time.
        left, right: Where the time begins and ends.
    """

    number: str
    start: float
    end: float
    words: str
    left: float
    right: float


class Mark(NamedTuple):
    """A day that matters.

    Attributes:
        x: Where its line stands.
        left, right: Where its label begins and ends.
        level: On which line of labels, from the top.
        words: The label.
    """

    x: float
    left: float
    right: float
    level: int
    words: str


class Tick(NamedTuple):
    """The first day of a month or year: its place, and its name, empty if it has no room."""

    x: float
    words: str


class Schedule(Struct, frozen=True):
    """A timeline laid out: x from its left edge, in the unit in which its width was given.

    Attributes:
        steps: A row each.
        marks: Over the rows.
        levels: How many lines the labels of the marks take.
        ticks: Under the rows.
        left, right: Where the calendar begins and ends.
    """

    steps: tuple[Step, ...]
    marks: tuple[Mark, ...]
    levels: int
    ticks: tuple[Tick, ...]
    left: float
    right: float


def schedule(chart: Timeline, width: float, left: float, small: Lettering, labels: Lettering) -> Schedule:
    """Lay out a timeline.

    Args:
        chart: The timeline.
        width: Of the whole drawing.
        left: Where the calendar begins; before it are the numbers of the steps.
        small: Letters of times and months.
        labels: Letters of the marks.
    """
    calendar = Calendar(chart)
    right = _end(chart.spans, calendar, left, width, small)
    marks = tuple(_marks(chart.marks, calendar, left, right, width, labels))
    return Schedule(
        steps=tuple(_steps(chart.spans, calendar, left, right, width, small)),
        marks=marks,
        levels=max((mark.level for mark in marks), default=-1) + 1,
        ticks=tuple(_ticks(calendar, left, right, width, small)),
        left=left,
        right=right,
    )


def _end(spans: Sequence[Span], calendar: Calendar, left: float, width: float, small: Lettering) -> float:
    """Return where the calendar ends: at the right edge, or earlier if the time of a bar had room on neither side."""
    right = width - _EDGE * small.size
    behind = right
    short = False
    for span in spans:
        room = small.width(calendar.told(span)) + _BESIDE * small.size
        start, end = calendar.place(span.start), calendar.place(span.end, end=True)
        behind = min(behind, left + max(_THICK * small.size, (width - left - room) / end))
        short = short or (left + (right - left) * end + room > width and (right - left) * start < room)
    return behind if short else right


def _steps(
    spans: Sequence[Span], calendar: Calendar, left: float, right: float, width: float, small: Lettering
) -> Iterator[Step]:
    gap, thick = _BESIDE * small.size, _THICK * small.size
    for span in spans:
        start = left + (right - left) * calendar.place(span.start)
        end = left + (right - left) * calendar.place(span.end, end=True)
        if end - start < thick:
            start = min(start, right - thick)
            end = start + thick
        words = calendar.told(span)
        room = small.width(words)
        before = end + gap + room > width + _ROUNDING and start - gap - room >= left
        words_at = start - gap - room if before else max(0.0, min(end + gap, width - room))
        yield Step(str(span.number), start, end, words, words_at, words_at + room)


def _marks(
    marks: Sequence[tuple[str, date]], calendar: Calendar, left: float, right: float, width: float, labels: Lettering
) -> Iterator[Mark]:
    """Yield the marks, each on the first line on which its label does not run into an earlier one."""
    taken: list[list[tuple[float, float]]] = []
    for label, day in marks:
        x = left + (right - left) * calendar.place(day)
        words = f"{label}, {calendar.short(day)}"
        room = labels.width(words)
        start = max(0.0, min(x - room / 2, width - room))
        end = start + room
        gap = _NAMES * labels.size
        free = (i for i, spans in enumerate(taken) if all(end + gap <= a or b + gap <= start for a, b in spans))
        level = next(free, len(taken))
        if level == len(taken):
            taken.append([])
        taken[level].append((start, end))
        yield Mark(x, start, end, level, words)


def _ticks(calendar: Calendar, left: float, right: float, width: float, small: Lettering) -> Iterator[Tick]:
    free = 0.0
    for day, name in calendar.ticks():
        x = left + (right - left) * calendar.place(day)
        room = small.width(name)
        has_room = x >= free and x + room <= width
        yield Tick(x, name if has_room else "")
        if has_room:
            free = x + room + _NAMES * small.size
