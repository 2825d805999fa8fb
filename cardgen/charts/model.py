"""The data of charts, which know neither cards nor outputs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from cardgen.words import ENGLISH, Words

if TYPE_CHECKING:
    from datetime import date

Figure = Decimal | int
"""A number with the digits its author wrote."""


class Bars(Struct, frozen=True):
    """Figures of one unit side by side.

    Attributes:
        unit: What they count; may be empty.
        bars: Labels and figures, in the order shown.
        chosen: Indexes of the bars that the card asks about.
        separator: What the author writes between thousands; empty if unknown.
        words: In which it is told.
    """

    unit: str
    bars: tuple[tuple[str, Figure], ...]
    chosen: tuple[int, ...] = ()
    separator: str = ""
    words: Words = ENGLISH


class Lines(Struct, frozen=True):
    """Figures of one unit over time.

    Attributes:
        unit: What they count; may be empty.
        lines: The label of each line, and its points (usually years) with their figures. The first line is the one
            that the card asks about.
        separator: What the author writes between thousands; empty if unknown.
        words: In which it is told.
    """

    unit: str
    lines: tuple[tuple[str, tuple[tuple[str, Figure], ...]], ...]
    separator: str = ""
    words: Words = ENGLISH

    @property
    def points(self) -> tuple[str, ...]:
        """All points, in order of first appearance."""
        return tuple(dict.fromkeys(point for _, figures in self.lines for point, _ in figures))


class Span(Struct, frozen=True):
    """A period on a calendar, both days included; a single day if they are the same.

    Attributes:
        number: The number of the step it belongs to, from 1.
        label: What happens, in plain words.
        start, end: First and last day.
        written: The period as its author wrote it: ``2027-03`` or ``2027-03-19/2027-04-02``.
    """

    number: int
    label: str
    start: date
    end: date
    written: str


class Timeline(Struct, frozen=True):
    """Steps on a calendar, and the days that matter.

    Attributes:
        spans: The steps that have a time, in order.
        marks: Labels and days.
        words: In which it is told.
    """

    spans: tuple[Span, ...]
    marks: tuple[tuple[str, date], ...] = ()
    words: Words = ENGLISH


Chart = Bars | Lines | Timeline
