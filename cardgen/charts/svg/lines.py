"""Line charts: a key, the lines with figures at their points, and the names of the points below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.plot import Plot, apart
from cardgen.charts.svg.elements import WIDTH, element, number, text, width_of, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cardgen.charts.model import Lines

_MARGIN: Final = 16
"""On both sides, so that the first and last figures fit above or below their points."""
_SIZE: Final = 13
_LINE: Final = 16
_KEY: Final = 20
_SAMPLE: Final = 26
_BESIDE: Final = 8
_DOT: Final = 7
"""If points are closer than this, their dots would merge, and only the ends of lines have dots."""
_PLOT: Final = 120
_ROOM: Final = 20
"""Above and below the lines, for figures."""
_SMALL: Final = 10.5
_NAMES: Final = 18

_DASHES: Final = ("", "6 3", "2 3", "10 3 2 3", "1 4", "8 2 2 2 2 2")
"""Lines differ in these as well as in colour; after the last, the first is used again."""


def draw(chart: Lines) -> tuple[int, str]:
    """Draw lines on an axis from their lowest to their highest figure.

    Returns:
        The height, and the shapes.
    """
    plot = Plot(chart)
    every = plot.has_room_for_all((WIDTH - 2 * _MARGIN) / width_of("0", _SMALL))
    margin = _MARGIN if every else width_of("0" * plot.letters, _SMALL) + 8
    room = WIDTH - 2 * margin
    top, shapes = _keys([label for label, _ in chart.lines]) if len(chart.lines) > 1 else (0, [])
    bottom = top + _PLOT + 2 * _ROOM
    lines = [[(margin + room * dot.x, top + _ROOM + _PLOT * dot.y) for dot in dots] for dots in plot.lines]
    shapes.append(element("path", class_="axis", d=f"M0 {bottom}H{WIDTH}", fill="none", stroke="currentColor"))
    shapes.extend(_names({point: margin + room * x for point, x in plot.places.items()}, bottom + _NAMES - 4))
    every_dot = room * plot.nearest >= _DOT
    for row, dots in enumerate(lines):
        shapes.append(_line(row, dots))
        shapes.extend(
            element("circle", class_=f"dot line-{row}", cx=x, cy=y, r=3 if row == 0 else 2.5)
            for x, y in (dots if every_dot else (dots[0], dots[-1]))
        )
    shapes.extend(_at_every_point(plot, lines) if every else _at_both_ends(plot, lines, bottom - 4))
    return bottom + _NAMES, "".join(shapes)


def _keys(labels: Sequence[str]) -> tuple[int, list[str]]:
    """Draw the key: a sample of each line with its label.

    Returns:
        The height, and the shapes.
    """
    y = 0
    shapes = []
    for row, label in enumerate(labels):
        shapes.append(
            element(
                "path",
                class_=f"stroke line-{row}",
                d=f"M0 {number(y + _KEY / 2 - 3)}h{_SAMPLE}",
                fill="none",
                stroke="currentColor",
                stroke_dasharray=_dash(row),
            )
        )
        written = wrapped(label, WIDTH - _SAMPLE - _BESIDE, _SIZE)
        shapes.extend(
            text(_SAMPLE + _BESIDE, y + _KEY / 2 + 1.5 + index * _LINE, words, role=f"label line-{row}")
            for index, words in enumerate(written)
        )
        y += _KEY + (len(written) - 1) * _LINE
    return y, shapes


def _line(row: int, dots: list[tuple[float, float]]) -> str:
    path = "L".join(f"{number(x)} {number(y)}" for x, y in dots)
    return element(
        "path",
        class_=f"stroke line-{row}",
        d=f"M{path}",
        fill="none",
        stroke="currentColor",
        stroke_dasharray=_dash(row),
    )


def _dash(row: int) -> str:
    return _DASHES[row % len(_DASHES)]


def _names(places: Mapping[str, float], y: float) -> list[str]:
    """Return the names of the points that there is room for; the last always has its name."""
    names: list[str] = []
    right = float(WIDTH + _MARGIN)
    for point in sorted(places, key=lambda point: -places[point]):
        half = width_of(point, _SMALL) / 2
        x = min(max(places[point], half), WIDTH - half)
        if x + half + 4 <= right:
            names.append(text(x, y, point, role="point", anchor="middle", size=_SMALL))
            right = x - half
    return names[::-1]


def _at_every_point(plot: Plot, lines: list[list[tuple[float, float]]]) -> Iterator[str]:
    """Yield each figure above its point, or below it."""
    for row, (dots, places) in enumerate(zip(plot.lines, lines, strict=True)):
        for dot, (x, y) in zip(dots, places, strict=True):
            half = width_of(dot.words, _SMALL) / 2
            yield text(
                min(max(x, half), WIDTH - half),
                y + (15 if dot.under else -7),
                dot.words,
                role=f"value line-{row}",
                anchor="middle",
                size=_SMALL,
            )


def _at_both_ends(plot: Plot, lines: list[list[tuple[float, float]]], lowest: float) -> Iterator[str]:
    """Yield the first and last figure of each line beside it, without overlaps."""
    for end in (0, -1):
        words = [dots[end].words for dots in plot.lines]
        rows = sorted(range(len(lines)), key=lambda row: lines[row][end][1])
        heights = apart([lines[row][end][1] + 4 for row in rows], _SMALL + 0.5, lowest)
        for row, y in zip(rows, heights, strict=True):
            x = lines[row][end][0]
            yield text(
                x + (6 if end else -6),
                y,
                words[row],
                role=f"value line-{row}",
                anchor="" if end else "end",
                size=_SMALL,
            )
