"""Axes of figures: from zero where that shows what there is to see, else cut, and then they say so."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardgen.charts.model import Figure

_ALIKE: Final = Decimal("0.15")
"""If the smallest of several bars lacks less than this fraction of the largest, they all look alike: 231 to 253."""

_LEAST_RANGE: Final = Decimal("0.1")
"""A cut axis spans at least this fraction of the largest figure: a rise from 25.1 to 25.3 is no cliff."""

_STEPS: Final = 5
"""Most steps from one round number to the next in what an axis shows."""


class Axis(NamedTuple):
    """An axis from `low` to `high`; it is cut unless zero is on it."""

    low: Decimal
    high: Decimal

    @property
    def cut(self) -> bool:
        """Whether zero is not on it."""
        return not self.low <= 0 <= self.high

    def place(self, figure: Figure) -> float:
        """Return the place of a figure, from 0 at the low end to 1 at the high one."""
        return float((Decimal(figure) - self.low) / (self.high - self.low))


def axis_of_bars(figures: Sequence[Figure]) -> Axis | None:
    """Return the axis that shows how figures differ which as bars would look alike; None if they do not.

    A bar shows its figure by its length, so it begins at zero; what stands on this axis is a point.
    """
    low, high = _ends(figures)
    if low <= 0 or low == high or high - low >= _ALIKE * high:
        return None
    step = _step(high - low)
    return Axis(_down(low - (high - low) / 4, step), -_down(-high, step))


def axis_of_lines(figures: Sequence[Figure], *, slope: bool) -> Axis:
    """Return the axis of lines: from zero, unless their figures differ by less than half of the largest.

    Args:
        figures: All figures.
        slope: Whether there are but two points. Two points say how much, and nothing of a course, so their axis begins
            at zero, and their line never rises by more than half of the height.
    """
    low, high = _ends(figures)
    spread = high - low
    if slope or low < 0 or 2 * spread >= high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
        return Axis(low, max(high, low + 2 * spread) if slope else high) if high > low else Axis(low, Decimal(1))
    spread, middle = max(spread, _LEAST_RANGE * high), (low + high) / 2
    return Axis(max(Decimal(0), _down(middle - spread / 2, _step(spread))), middle + spread / 2)


def _ends(figures: Sequence[Figure]) -> tuple[Decimal, Decimal]:
    return Decimal(min(figures)), Decimal(max(figures))


def _step(spread: Decimal) -> Decimal:
    """Return the smallest of 1, 2 and 5 times a power of ten that goes into a spread at most `_STEPS` times."""
    power = Decimal(1).scaleb(spread.adjusted() - 1)
    return next(step for step in (factor * power for factor in (1, 2, 5, 10, 20)) if spread <= _STEPS * step)


def _down(figure: Decimal, step: Decimal) -> Decimal:
    """Return the greatest multiple of a step that is no greater than a figure."""
    whole, rest = divmod(figure, step)
    return (whole - (rest < 0)) * step
