"""What charts show. They know neither cards nor outputs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

Figure = Decimal | int
"""A number with the digits that its author wrote."""


@dataclass(frozen=True, slots=True)
class Bars:
    """Figures of one unit side by side.

    Attributes:
        unit: What they count; may be empty.
        bars: Labels and figures, in the order to show.
        chosen: Indexes of the bars that the card asks about.
        separator: What the author sets between thousands; empty if that is not known.
    """

    unit: str
    bars: tuple[tuple[str, Figure], ...]
    chosen: tuple[int, ...] = ()
    separator: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Figures of one unit over time.

    Attributes:
        unit: What they count; may be empty.
        lines: Label of each line, and its points (usually years) with their figures. The first is what the card
            asks about.
        separator: What the author sets between thousands; empty if that is not known.
    """

    unit: str
    lines: tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...]
    separator: str = ""

    @property
    def points(self) -> tuple[str, ...]:
        """All points, in the order in which they first come."""
        return tuple(dict.fromkeys(point for _, figures in self.lines for point, _ in figures))


@dataclass(frozen=True, slots=True)
class Span:
    """A time on a calendar, both days included; a single day where they are the same.

    Attributes:
        number: The step it belongs to, counted from 1.
        label: What happens, in plain words.
        start, end: First and last day.
        written: The time as its author wrote it, ``2027-03`` or ``2027-03-19/2027-04-02``.
    """

    number: int
    label: str
    start: date
    end: date
    written: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Steps on a calendar, and the days that everything turns around.

    Attributes:
        spans: The steps that have a time, in the order of the steps.
        marks: Labels and days.
    """

    spans: tuple[Span, ...]
    marks: tuple[tuple[str, date], ...] = ()


Chart = Bars | Lines | Timeline
