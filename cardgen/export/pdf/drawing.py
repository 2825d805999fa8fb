"""Charts as data for the templates: places are parts of the drawing's width, or lines of its text from the top."""

from __future__ import annotations

from calendar import month_abbr
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from cardgen.charts import Bars, Lines, Timeline, as_rows, described, named
from cardgen.export.pdf.text import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.charts import Chart, Figure, Span

_GROUPED_FROM: Final = 10_000
"""Numbers from here on have their thousands set apart, by the narrow space that ISO 80000-1 recommends."""

_PLOT: Final = 7.5
"""Height of the lines' plot, in lines of text."""
_KEY: Final = 18
"""Letters of a line's label that stand beside each other."""
_ROOM: Final = 0.62
"""Where a bar of a timeline ends behind this, its time stands before it."""
_MONTHS: Final = tuple(month_abbr)


def chart_data(chart: Chart, most_rows: int, letters: int) -> dict[str, Any]:
    """Give a chart for the templates.

    Args:
        chart: What to draw.
        most_rows: One that would be higher becomes a table.
        letters: Those that stand beside each other under the plot of lines.
    """
    data: dict[str, Any]
    match chart:
        case Bars(bars=bars) if len(bars) <= most_rows:
            data = {"form": "bars", "rows": _bars(chart), "room": 1.2 + 0.6 * max(len(_figure(f)) for _, f in bars)}
        case Lines(lines=lines) if len(lines) <= most_rows // 2:
            data = {"form": "lines"} | _lines(chart, letters)
        case Timeline(spans, marks) if len(spans) + len(marks) <= most_rows:
            data = {"form": "timeline"} | _timeline(chart)
        case _:
            head, rows = as_rows(chart)
            return {
                "t": "table",
                "align": ["start", *["right"] * (len(rows[0]) - 1)],
                "head": [[printable(cell)] if cell else [] for cell in head],
                "rows": [[[printable(cell)] if cell else [] for cell in row] for row in rows],
            }
    unit = getattr(chart, "unit", "")
    return {"t": "chart", "alt": printable(f"{named(chart)}. {described(chart)}"), "unit": printable(unit)} | data


def _figure(figure: Figure) -> str:
    large = figure >= _GROUPED_FROM or figure <= -_GROUPED_FROM
    return f"{figure:,}".replace(",", "\u202f") if large else str(figure)


def _bars(chart: Bars) -> list[dict[str, Any]]:
    values = [float(figure) for _, figure in chart.bars]
    lowest, highest = min(0.0, *values), max(0.0, *values)
    room = (highest - lowest) or 1.0
    return [
        {
            "label": printable(label),
            "value": _figure(figure),
            "from": (min(0.0, float(figure)) - lowest) / room,
            "width": abs(float(figure)) / room,
            "chosen": index in chart.chosen,
        }
        for index, (label, figure) in enumerate(chart.bars)
    ]


def _lines(chart: Lines, letters: int) -> dict[str, Any]:
    points = chart.points
    places = _places(points)
    values = [float(figure) for _, figures in chart.lines for _, figure in figures]
    lowest, room = min(values), (max(values) - min(values)) or 1.0
    lines: list[dict[str, Any]] = []
    for row, (label, figures) in enumerate(chart.lines):
        ordered = sorted(
            (places[point], _PLOT * (1 - (float(figure) - lowest) / room), figure) for point, figure in figures
        )
        lines.append(
            {
                "label": printable(label),
                "dots": [[x, y] for x, y, _ in ordered],
                "first": _figure(ordered[0][2]) if len(ordered) > 1 and ordered[0][0] == 0 else "",
                "last": _figure(ordered[-1][2]),
                # Only the line that the card asks about has all its figures: those of the others are in its table.
                "between": _between(ordered) if row == 0 else [],
            }
        )
    _set_apart(lines)
    lowest_key = max(float(line["key"]) for line in lines)
    return {"lines": lines, "points": _named(points, places, letters), "height": max(_PLOT, lowest_key)}


def _between(dots: Sequence[tuple[float, float, Figure]]) -> list[dict[str, Any]]:
    """Place the figures between the first and the last where their line does not run through them."""
    found = []
    for (_, before, _), (x, y, figure), (_, after, _) in zip(dots, dots[1:], dots[2:], strict=False):
        under = before < y and after < y
        # On a slope the figure stands on the outer side of the line.
        shift = (
            0.0
            if under or (before > y and after > y)
            else (-0.9 if after < y - 1 or before > y + 1 else 0.9 if after > y + 1 else 0.0)
        )
        found.append({"x": x, "y": y, "value": _figure(figure), "under": under, "shift": shift})
    return found


def _places(points: Sequence[str]) -> dict[str, float]:
    """Give each point its place from 0 to 1: by value if all are whole numbers, such as years, else evenly."""
    digits = all(point.isascii() and point.isdigit() for point in points)
    values = [int(point) for point in points] if digits else list(range(len(points)))
    first, last = min(values), max(values)
    return {point: (value - first) / ((last - first) or 1) for point, value in zip(points, values, strict=True)}


def _set_apart(lines: list[dict[str, Any]]) -> None:
    """Place the words beside both ends of the lines, each below those above it."""
    free = 0.0
    for line in sorted(lines, key=lambda line: line["dots"][-1][1]):
        high = 1.15 * -(-(len(line["label"]) + len(line["last"]) + 1) // _KEY)
        line["key"] = max(line["dots"][-1][1], free)
        free = line["key"] + high
    free = 0.0
    for line in sorted(lines, key=lambda line: line["dots"][0][1]):
        line["start"] = max(line["dots"][0][1], free)
        free = line["start"] + (1.1 if line["first"] else 0.0)


def _named(points: Sequence[str], places: dict[str, float], letters: int) -> list[dict[str, Any]]:
    """Name the points that have room under the chart; the last always has."""
    names: list[dict[str, Any]] = []
    right = 2.0
    for point in sorted(points, key=lambda point: -places[point]):
        if right - places[point] >= (len(point) + 1.5) / letters:
            names.append({"x": places[point], "label": printable(point)})
            right = places[point]
    return names[::-1]


def _timeline(chart: Timeline) -> dict[str, Any]:
    days = [day for span in chart.spans for day in (span.start, span.end)] + [day for _, day in chart.marks]
    first = min(days).replace(day=1)
    last = _next_month(max(days))
    total = (last - first).days

    def place(day: date) -> float:
        return (day - first).days / total

    rows = []
    for span in chart.spans:
        start, width = place(span.start), (span.end - span.start).days / total
        rows.append(
            {
                "number": str(span.number),
                "from": start,
                "width": width,
                "value": _dates(span),
                "before": start + width > _ROOM and start > 1 - _ROOM,
            }
        )
    marks = [{"x": place(day), "label": printable(f"{label}, {_short(day)}")} for label, day in chart.marks]
    return {"rows": rows, "marks": marks, "ticks": _ticks(first, last, total)}


def _ticks(first: date, last: date, total: int) -> list[dict[str, Any]]:
    """Mark the months, or the years where months are too narrow; name those that have room."""
    by_year = total > 2 * 366
    ticks: list[dict[str, Any]] = []
    day, free = first, 0.0
    while day < last:
        x = (day - first).days / total
        name = str(day.year) if by_year else _MONTHS[day.month] + ("" if ticks and day.month > 1 else f" {day.year}")
        room = 0.025 * len(name)
        named_here = x >= free and x + room <= 1
        ticks.append({"x": x, "label": name if named_here else ""})
        free = x + room if named_here else free
        day = date(day.year + 1, 1, 1) if by_year else _next_month(day)
    return ticks


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _dates(span: Span) -> str:
    """Say when a step is, as short as its author's own precision allows."""
    first, _, last = span.written.partition("/")
    parts = [_short(day, part) for day, part in ((span.start, first), (span.end, last)) if part]
    return "\N{EN DASH}".join(dict.fromkeys(parts))


def _short(day: date, written: str = "YYYY-MM-DD") -> str:
    match written.count("-"):
        case 0:
            return str(day.year)
        case 1:
            return _MONTHS[day.month]
        case _:
            return f"{day.day} {_MONTHS[day.month]}"
