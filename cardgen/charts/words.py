"""Charts in words: for readers who cannot see them, and for outputs that cannot draw."""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cardgen.charts.model import Bars, Lines, Timeline
from cardgen.words import fill
from cardgen.words.dates import day_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cardgen.charts.model import Chart, Figure
    from cardgen.words import Words

_GROUPED_FROM: Final = 10_000
"""If the author does not separate thousands, numbers from here on get the narrow space of ISO 80000-1."""


def named(chart: Chart) -> str:
    """Return the type of a chart and its unit, in a few words."""
    match chart:
        case Bars(unit):
            name = chart.words.bar_chart
        case Lines(unit):
            name = chart.words.line_chart
        case Timeline():
            return chart.words.timeline
    return fill(chart.words.chart_of, chart=name, unit=unit) if unit else name


def told(chart: Chart) -> tuple[str, ...]:
    """Return the words that cardgen itself puts on a chart and says of it."""
    if isinstance(chart, Timeline):
        words = chart.words
        return named(chart), words.short_months, words.short_day, words.first_day
    return (named(chart),)


def described(chart: Chart) -> str:
    """Return everything that a chart shows, in one line."""
    match chart:
        case Bars(_, bars):
            return _listed(bars)
        case Lines(_, lines):
            return "; ".join(f"{label}: {_listed(figures)}" for label, figures in lines)
        case Timeline(spans, marks):
            steps = [f"{span.number}. {span.label}: {_when(span.written, chart.words)}" for span in spans]
            return "; ".join([*steps, *(f"{label}: {day_in_words(str(day), chart.words)}" for label, day in marks)])


def as_rows(chart: Chart) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Convert a chart to a table.

    Returns:
        The header, which may be empty, and the rows; all have the same length.
    """
    match chart:
        case Bars(_, bars):
            return (), tuple((label, _digits(figure)) for label, figure in bars)
        case Lines(_, lines):
            columns = [dict(figures) for _, figures in lines]
            rows = tuple(
                (point, *(_digits(column[point]) if point in column else "" for column in columns))
                for point in chart.points
            )
            return ("", *(label for label, _ in lines)), rows
        case Timeline(spans, marks):
            steps = [(span.start, f"{span.number}. {span.label}", _when(span.written, chart.words)) for span in spans]
            days = [(day, label, day_in_words(str(day), chart.words)) for label, day in marks]
            ordered = sorted([*steps, *days], key=lambda row: row[0])
            return (), tuple((label, written) for _, label, written in ordered)


def _when(written: str, words: Words) -> str:
    """Return a time as people read it: ``2027-03`` or ``2027-03-19/2027-04-02``."""
    return " \N{EN DASH} ".join(day_in_words(part, words) for part in written.split("/"))


def _listed(figures: Iterable[tuple[str, Figure]]) -> str:
    return ", ".join(f"{label} {_digits(figure)}" for label, figure in figures)


def figure_text(figure: Figure, separator: str) -> str:
    """Return a figure as charts show it, with `separator` between thousands if the author uses one."""
    large = figure >= _GROUPED_FROM or figure <= -_GROUPED_FROM
    if separator or large:
        return _digits(figure, ",").replace(",", separator or "\u202f")
    return _digits(figure)


def _digits(figure: Figure, separator: str = "") -> str:
    """Return a figure with its author's digits; `str` would write a small Decimal with an exponent."""
    return format(figure, f"{separator}f" if isinstance(figure, Decimal) else separator)


def letters_of(words: str) -> int:
    """Return the width of words in letters; wide characters, such as Chinese ones, count as two."""
    return len(words) + (0 if words.isascii() else sum(map(is_wide, words)))


def is_wide(char: str) -> bool:
    """Return whether a character is as wide as it is high (https://www.unicode.org/reports/tr11/)."""
    return unicodedata.east_asian_width(char) in "WF"
