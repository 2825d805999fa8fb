"""Charts as data for the templates: places are parts of the drawing's width, or lines of its text from the top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts import Bars, Lines, Timeline, as_rows, described, named
from cardgen.charts.days import Calendar
from cardgen.charts.plot import Plot, apart
from cardgen.charts.words import figure_text
from cardgen.print.text import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cardgen.charts import Chart
    from cardgen.print.data import (
        BarRow,
        ChartNode,
        InlineNode,
        LineRow,
        LinesNode,
        SpanRow,
        TableNode,
        Tick,
        TimelineNode,
    )

_PLOT: Final = 7.5
"""Height of the lines' plot, in lines of text."""
_LINE: Final = 1.05
"""From a figure beside the end of a line to the next, in lines of text."""
_ROOM: Final = 0.62
"""Where a bar of a timeline ends behind this, its time stands before it."""


def chart_data(chart: Chart, most_rows: int, letters: int) -> ChartNode | TableNode:
    """Return a chart for the templates.

    Args:
        chart: What to draw.
        most_rows: One that would be higher becomes a table.
        letters: Those that stand beside each other from the first point of lines to the last.
    """
    alt, unit = printable(f"{named(chart)}. {described(chart)}"), printable(getattr(chart, "unit", ""))
    match chart:
        case Bars(bars=bars) if len(bars) <= most_rows:
            room = 1.2 + 0.6 * max(len(figure_text(figure, chart.separator)) for _, figure in bars)
            return {"t": "chart", "form": "bars", "alt": alt, "unit": unit, "rows": _bars(chart), "room": room}
        case Lines(lines=lines) if len(lines) <= most_rows // 2:
            return _lines(chart, letters, alt, unit)
        case Timeline(spans, marks) if len(spans) + len(marks) <= most_rows:
            return _timeline(chart, letters, alt, unit)
    head, rows = as_rows(chart)
    return {
        "t": "table",
        "align": ["start", *["right"] * (len(rows[0]) - 1)],
        "head": list(map(_cell, head)),
        "rows": [list(map(_cell, row)) for row in rows],
    }


def _cell(text: str) -> list[InlineNode]:
    return [printable(text)] if text else []


def _bars(chart: Bars) -> list[BarRow]:
    values = [float(figure) for _, figure in chart.bars]
    lowest, highest = min(0.0, *values), max(0.0, *values)
    room = (highest - lowest) or 1.0
    return [
        {
            "label": printable(label),
            "value": figure_text(figure, chart.separator),
            "start": (min(0.0, float(figure)) - lowest) / room,
            "width": abs(float(figure)) / room,
            "chosen": index in chart.chosen,
        }
        for index, (label, figure) in enumerate(chart.bars)
    ]


def _lines(chart: Lines, letters: int, alt: str, unit: str) -> LinesNode:
    plot = Plot(chart)
    every = plot.has_room_for_all(letters)
    lines: list[LineRow] = [
        {
            "label": printable(label) if len(chart.lines) > 1 else "",
            "dots": [{"x": dot.x, "y": _PLOT * dot.y, "value": dot.words, "under": dot.under} for dot in dots],
        }
        for (label, _), dots in zip(chart.lines, plot.lines, strict=True)
    ]
    return {
        "t": "chart",
        "form": "lines",
        "alt": alt,
        "unit": unit,
        "lines": lines,
        "every": every,
        "ends": [] if every else [_beside(plot, end) for end in (0, -1)],
        "room": 0.62 * plot.letters,
        "points": _named(plot.places, letters),
        "height": _PLOT,
    }


def _beside(plot: Plot, end: int) -> list[float]:
    """Return for each line where the figure at one of its ends stands, in lines of text from the top."""
    rows = sorted(range(len(plot.lines)), key=lambda row: plot.lines[row][end].y)
    heights = apart([_PLOT * plot.lines[row][end].y for row in rows], _LINE, _PLOT + 1)
    return [height for _, height in sorted(zip(rows, heights, strict=True))]


def _named(places: Mapping[str, float], letters: int) -> list[Tick]:
    """Name the points that have room under the chart; the last always has."""
    names: list[Tick] = []
    right = 2.0
    for point in sorted(places, key=lambda point: -places[point]):
        if right - places[point] >= (len(point) + 0.8) / letters:
            names.append({"x": places[point], "label": printable(point)})
            right = places[point]
    return names[::-1]


def _timeline(chart: Timeline, letters: int, alt: str, unit: str) -> TimelineNode:
    calendar = Calendar(chart)
    rows: list[SpanRow] = []
    for span in chart.spans:
        start = calendar.place(span.start)
        width = (span.end - span.start).days / (calendar.last - calendar.first).days
        rows.append(
            {
                "number": str(span.number),
                "start": start,
                "width": width,
                "value": calendar.told(span),
                "before": start + width > _ROOM and start > 1 - _ROOM,
            }
        )
    marks: list[Tick] = [
        {"x": calendar.place(day), "label": printable(f"{label}, {calendar.short(day)}")} for label, day in chart.marks
    ]
    return {
        "t": "chart",
        "form": "timeline",
        "alt": alt,
        "unit": unit,
        "rows": rows,
        "marks": marks,
        "ticks": _ticks(calendar, letters),
    }


def _ticks(calendar: Calendar, letters: int) -> list[Tick]:
    """Mark months or years; name those that have room."""
    ticks: list[Tick] = []
    free = 0.0
    for day, name in calendar.ticks():
        x = calendar.place(day)
        room = (len(name) + 0.8) / letters
        named_here = x >= free and x + room <= 1
        ticks.append({"x": x, "label": name if named_here else ""})
        free = x + room if named_here else free
    return ticks
