"""Where the figures of a line chart stand: at their points, and on no line, dot or other figure."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from cardgen.charts.lettering import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cardgen.charts.lettering import Lettering

# Distances, in sizes of the letters.
BESIDE: Final = 0.6
"""From a dot to the figure beside it."""
_FROM_DOT: Final = 0.95
"""From a dot to the middle of the figure over or under it."""
_SHIFT: Final = 0.7
"""How far a figure over or under a dot may stand to the side, in halves of its width."""
_APART: Final = 1.05
"""From the middle of a figure to that of the next below it."""
_DOT: Final = 0.25
"""The radius of a dot."""
_HALF: Final = 0.45
"""From the middle of a figure to its upper and lower edge."""

Anchor = Literal["start", "middle", "end"]


class Dot(NamedTuple):
    """A point of a line."""

    x: float
    y: float


class Spot(NamedTuple):
    """A point of a line with its figure.

    Attributes:
        value: Where it stands from left to right, in years or in points.
        dot: Where that is on the drawing.
        words: The figure, as shown.
    """

    value: int
    dot: Dot
    words: str


class FigureAt(NamedTuple):
    """A figure on the drawing.

    Attributes:
        row: Whose it is: the index of the line.
        x: Of its start, middle or end, as `anchor` says.
        y: Of its middle.
        words: As shown.
        anchor: What `x` is of.
    """

    row: int
    x: float
    y: float
    words: str
    anchor: Anchor


def place_figures(
    lines: Sequence[Sequence[Spot]],
    runs: Sequence[Sequence[Sequence[Dot]]],
    room: Box,
    letters: Lettering,
    *,
    before_lines: bool,
    between: bool,
) -> tuple[FigureAt, ...]:
    """Place the first and last figure of each line, and others where they cover nothing.

    Args:
        lines: The points of each line, from left to right.
        runs: Of each line, what is drawn in one go.
        room: The drawing above its base line; behind the last point of all there is room for figures.
        letters: Those of the figures.
        before_lines: Whether there is room for figures before the first point of all, too.
        between: Whether figures between the first and the last are wanted.
    """
    figures = _Figures(lines, runs, room, letters)
    last = max(spots[-1].value for spots in lines)
    figures.beside([row for row, spots in enumerate(lines) if spots[-1].value == last], -1)
    if before_lines:
        first = min(spots[0].value for spots in lines)
        figures.beside([row for row, spots in enumerate(lines) if spots[0].value == first < last], 0)
    figures.ends()
    if between:
        figures.between()
    return tuple(sorted(figures.placed))


class _Figures:
    """Places figures one after the other; `placed` are those that have found a place."""

    def __init__(
        self, lines: Sequence[Sequence[Spot]], runs: Sequence[Sequence[Sequence[Dot]]], room: Box, letters: Lettering
    ) -> None:
        self.placed: list[FigureAt] = []
        self._done: set[tuple[int, int]] = set()
        self._lines = lines
        self._room = room
        self._letters = letters
        self._segments = [pair for parts in runs for run in parts for pair in pairwise(run)]
        radius = _DOT * letters.size
        self._taken = [
            Box(spot.dot.x - radius, spot.dot.y - radius, spot.dot.x + radius, spot.dot.y + radius)
            for spots in lines
            for spot in spots
        ]

    def beside(self, rows: Sequence[int], end: Literal[0, -1]) -> None:
        """Place the first or last figures of some lines beside them, one below the other."""
        size = self._letters.size
        ordered = sorted(rows, key=lambda row: self._lines[row][end].dot.y)
        heights = [self._lines[row][end].dot.y for row in ordered]
        for row, y in zip(ordered, _apart(heights, _APART * size, self._room.bottom - _HALF * size), strict=True):
            spot = self._lines[row][end]
            x = spot.dot.x + (BESIDE if end else -BESIDE) * size
            self._put(FigureAt(row, x, y, spot.words, "start" if end else "end"), spot)

    def ends(self) -> None:
        """Place those first and last figures that have no place yet: where they cover least."""
        for row, spots in enumerate(self._lines):
            for index in (0, len(spots) - 1):
                if (row, spots[index].value) not in self._done:
                    self._put(min(self._choices(row, index), key=self._covered), spots[index])

    def between(self) -> None:
        """Place figures between the ends where they cover nothing."""
        for row, spots in enumerate(self._lines):
            for index, spot in enumerate(spots[1:-1], 1):
                free = (choice for choice in self._choices(row, index) if not self._covered(choice))
                if choice := next(free, None):
                    self._put(choice, spot)

    def _put(self, figure: FigureAt, spot: Spot) -> None:
        self.placed.append(figure)
        self._taken.append(self._box(figure))
        self._done.add((figure.row, spot.value))

    def _choices(self, row: int, index: int) -> Iterator[FigureAt]:
        """Yield places at a point: on the side away from the other line, else from its own, then on the other side.

        On each side first in the middle, then to the left or right, where a steep line leaves room.
        """
        spots = self._lines[row]
        spot = spots[index]
        others = [
            other.dot.y for line in self._lines if line is not spots for other in line if other.value == spot.value
        ]
        around = [spots[near].dot.y for near in (index - 1, index + 1) if 0 <= near < len(spots)]
        under = any(y < spot.dot.y for y in others) if others else bool(around) and all(y < spot.dot.y for y in around)
        half = self._letters.width(spot.words) / 2
        for sign in (1, -1) if under else (-1, 1):
            y = spot.dot.y + sign * _FROM_DOT * self._letters.size
            for shift in (0, -_SHIFT * half, _SHIFT * half):
                x = min(max(spot.dot.x + shift, self._room.left + half), self._room.right - half)
                yield FigureAt(row, x, y, spot.words, "middle")

    def _box(self, figure: FigureAt) -> Box:
        width, half = self._letters.width(figure.words), _HALF * self._letters.size
        left = figure.x - {"start": 0.0, "middle": width / 2, "end": width}[figure.anchor]
        return Box(left, figure.y - half, left + width, figure.y + half)

    def _covered(self, figure: FigureAt) -> int:
        """Return how many lines, dots, figures and edges a figure would cover."""
        box = self._box(figure)
        outside = box.top < self._room.top or box.bottom > self._room.bottom
        return sum(map(box.overlaps, self._taken)) + sum(_crosses(*pair, box) for pair in self._segments) + 9 * outside


def _crosses(start: Dot, end: Dot, box: Box) -> bool:
    """Return whether a line from left to right runs through a box."""
    left, right = max(start.x, box.left), min(end.x, box.right)
    if left > right:
        return False
    rise = (end.y - start.y) / ((end.x - start.x) or 1)
    heights = sorted(start.y + rise * (x - start.x) for x in (left, right))
    return heights[0] < box.bottom and box.top < heights[1]


def _apart(heights: Sequence[float], room: float, lowest: float) -> list[float]:
    """Return ascending heights moved so that figures at them do not overlap and none is below `lowest`."""
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + room) if moved else height)
    for index in range(len(moved) - 1, -1, -1):
        limit = moved[index + 1] - room if index + 1 < len(moved) else lowest
        moved[index] = min(moved[index], limit)
    return moved
