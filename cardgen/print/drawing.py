"""Charts as data for the templates: everything has its place, in sizes of the drawing's letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts import Bars, Lines, Timeline, as_rows, described, named
from cardgen.charts.axis import axis_of_bars
from cardgen.charts.lettering import Lettering
from cardgen.charts.plot import plot
from cardgen.charts.schedule import schedule
from cardgen.charts.words import figure_text
from cardgen.print.text import printable

if TYPE_CHECKING:
    from cardgen.charts import Chart
    from cardgen.charts.axis import Axis
    from cardgen.print.data import BarRow, BarsNode, ChartNode, InlineNode, LinesNode, TableNode, TimelineNode

_LETTERS: Final = Lettering(1.0, 0.66)
"""Inter: figures of one width take 0.62 of the size, strong ones up to 0.66, words 0.56."""

_LABELS: Final = 0.5
"""Most of the width that labels of bars take; longer ones are broken."""

_NUMBERS: Final = 1.9
"""What the numbers of steps take before a calendar, in sizes of the letters."""


def chart_data(chart: Chart, most_rows: int, width: float, height: float) -> ChartNode | TableNode:
    """Return a chart for the templates; one with more rows than there is room for becomes a table.

    Args:
        chart: The chart.
        most_rows: As many rows as a chart may have.
        width: Of the drawing, in sizes of its letters.
        height: Of the lines of a chart, in the same.
    """
    alt, unit = printable(f"{named(chart)}. {described(chart)}"), printable(getattr(chart, "unit", ""))
    match chart:
        case Bars(bars=bars) if len(bars) <= most_rows:
            return _bars(chart, width, alt, unit)
        case Lines(lines=lines) if len(lines) <= most_rows // 2:
            return _lines(chart, width, height, alt, unit)
        case Timeline(spans, marks) if len(spans) + len(marks) <= most_rows:
            return _timeline(chart, width, alt)
    head, rows = as_rows(chart)
    return {
        "t": "table",
        "align": ["start", *["right"] * (len(rows[0]) - 1)],
        "head": list(map(_cell, head)),
        "rows": [list(map(_cell, row)) for row in rows],
    }


def _cell(text: str) -> list[InlineNode]:
    return [printable(text)] if text else []


def _bars(chart: Bars, width: float, alt: str, unit: str) -> BarsNode:
    axis = axis_of_bars([figure for _, figure in chart.bars])
    rows = _points(chart, axis) if axis else _from_zero(chart)
    return {
        "t": "chart",
        "form": "bars",
        "alt": alt,
        "unit": unit,
        "rows": rows,
        "labels": min(_LABELS * width, max(_LETTERS.width(row["label"]) for row in rows)),
        "room": max(_LETTERS.width(row["value"]) for row in rows) + 0.9,
        "axis": [figure_text(end.normalize(), chart.separator) for end in axis] if axis else [],
    }


def _from_zero(chart: Bars) -> list[BarRow]:
    values = [float(figure) for _, figure in chart.bars]
    lowest, highest = min(0.0, *values), max(0.0, *values)
    room = (highest - lowest) or 1.0
    return [
        {
            "label": printable(label),
            "value": figure_text(figure, chart.separator),
            "start": (min(0.0, value) - lowest) / room,
            "width": abs(value) / room,
            "chosen": index in chart.chosen,
        }
        for index, ((label, figure), value) in enumerate(zip(chart.bars, values, strict=True))
    ]


def _points(chart: Bars, axis: Axis) -> list[BarRow]:
    return [
        {
            "label": printable(label),
            "value": figure_text(figure, chart.separator),
            "start": axis.place(figure),
            "width": 0.0,
            "chosen": index in chart.chosen,
        }
        for index, (label, figure) in enumerate(chart.bars)
    ]


def _lines(chart: Lines, width: float, height: float, alt: str, unit: str) -> LinesNode:
    laid = plot(chart, width, height, _LETTERS)
    return {
        "t": "chart",
        "form": "lines",
        "alt": alt,
        "unit": unit,
        "labels": [printable(label) for label, _ in chart.lines] if len(chart.lines) > 1 else [],
        "runs": [[[[*dot] for dot in run] for run in runs] for runs in laid.runs],
        "close": laid.close,
        "figures": [
            {"row": at.row, "x": at.x, "y": at.y, "label": printable(at.words), "anchor": at.anchor}
            for at in laid.figures
        ],
        "points": [{"x": name.x, "label": printable(name.words)} for name in laid.names],
        "left": laid.left,
        "base": laid.base,
        "low": printable(laid.low),
        "cut": laid.cut,
        "width": width,
    }


def _timeline(chart: Timeline, width: float, alt: str) -> TimelineNode:
    laid = schedule(chart, width, _NUMBERS, _LETTERS, _LETTERS)
    return {
        "t": "chart",
        "form": "timeline",
        "alt": alt,
        "unit": "",
        "rows": [
            {"number": step.number, "start": step.start, "end": step.end, "x": step.left, "value": step.words}
            for step in laid.steps
        ],
        "marks": [
            {"x": mark.x, "start": mark.left, "level": mark.level, "label": printable(mark.words)}
            for mark in laid.marks
        ],
        "levels": laid.levels,
        "ticks": [{"x": tick.x, "label": tick.words} for tick in laid.ticks],
        "left": laid.left,
        "right": laid.right,
        "width": width,
    }
