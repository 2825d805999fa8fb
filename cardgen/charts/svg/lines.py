"""Line charts: a key, the lines with figures at their points, and the names of the points below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cardgen.charts.plot import plot
from cardgen.charts.svg.elements import SMALL, WIDTH, element, number, text, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.charts.figures import Dot
    from cardgen.charts.model import Lines
    from cardgen.charts.plot import Plot

_LINE: Final = 16
_KEY: Final = 20
_SAMPLE: Final = 26
_BESIDE: Final = 8
_HEIGHT: Final = 130
_NAMES: Final = 18
_STUB: Final = 22
"""How high the axis stands on which the cut is."""

_DASHES: Final = ("", "6 3", "2 3", "10 3 2 3", "1 4", "8 2 2 2 2 2")
"""Lines differ in these as well as in colour; after the last, the first is used again."""


def draw(chart: Lines) -> tuple[int, str]:
    """Draw lines.

    Returns:
        The height, and the shapes.
    """
    laid = plot(chart, WIDTH, _HEIGHT, SMALL)
    top, shapes = _keys([label for label, _ in chart.lines]) if len(chart.lines) > 1 else (0, [])
    base = round(top + laid.base)
    shapes += _axis(laid, base)
    for row, runs in enumerate(laid.runs):
        shapes += [_stroke(row, "L".join(f"{number(x)} {number(top + y)}" for x, y in run)) for run in runs if run[1:]]
        shapes += [
            element("circle", class_=f"dot line-{row}", cx=x, cy=top + y, r=3 if row == 0 else 2.5)
            for x, y in _dots(runs, close=laid.close)
        ]
    shapes += [
        text(
            figure.x,
            top + figure.y + 3.5,
            figure.words,
            role=f"value line-{figure.row}",
            anchor="" if figure.anchor == "start" else figure.anchor,
            size=SMALL.size,
        )
        for figure in laid.figures
    ]
    return base + _NAMES, "".join(shapes)


def _keys(labels: Sequence[str]) -> tuple[int, list[str]]:
    """Draw the key: a sample of each line with its label.

    Returns:
        The height, and the shapes.
    """
    y = 0
    shapes = []
    for row, label in enumerate(labels):
        shapes.append(_stroke(row, f"0 {number(y + _KEY / 2 - 3)}h{_SAMPLE}"))
        written = wrapped(label, WIDTH - _SAMPLE - _BESIDE)
        shapes.extend(
            text(_SAMPLE + _BESIDE, y + _KEY / 2 + 1.5 + index * _LINE, words, role=f"label line-{row}")
            for index, words in enumerate(written)
        )
        y += _KEY + (len(written) - 1) * _LINE
    return y, shapes


def _stroke(row: int, path: str) -> str:
    return element(
        "path",
        class_=f"stroke line-{row}",
        d=f"M{path}",
        fill="none",
        stroke="currentColor",
        stroke_dasharray=_DASHES[row % len(_DASHES)],
    )


def _dots(runs: Sequence[Sequence[Dot]], *, close: bool) -> Sequence[Dot]:
    """Return the dots that are drawn: where they would merge, only the ends of what is drawn in one go."""
    return [dot for run in runs for dot in (dict.fromkeys((run[0], run[-1])) if close else run)]


def _axis(laid: Plot, base: int) -> list[str]:
    """Draw the base line with what it stands for, and the cut between it and zero."""
    shapes = [
        element("path", class_="axis", d=f"M{number(laid.left)} {base}H{WIDTH}", fill="none", stroke="currentColor"),
        text(laid.left - 4, base + 3.5, laid.low, role="point", anchor="end", size=SMALL.size),
        *(
            text(name.x, base + _NAMES - 4, name.words, role="point", anchor="middle", size=SMALL.size)
            for name in laid.names
        ),
    ]
    if laid.cut:
        stub = f"M{number(laid.left)} {base}v-{_STUB}"
        shapes.append(element("path", class_="axis", d=stub, fill="none", stroke="currentColor"))
        at = f"M{number(laid.left - 4)} {base - _STUB / 2}"
        shapes.append(element("path", class_="cut", d=f"{at}l8 -4{at}m0 4l8 -4", fill="none", stroke="currentColor"))
    return shapes
